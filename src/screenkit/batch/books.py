"""The path of a file of customers in, the file opened and identified out: `open_book`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import BinaryIO

import attrs

from screenkit.errors import BatchError

from .columns import Columns, guess_columns, refuse_missing
from .delimited import DelimitedBook
from .identity import digest
from .json_lines import JsonLinesBook
from .layout import Layout, format_of, layout_of
from .rows import Book, Place, Row
from .work import Chunk

#: Rows that are worked on together, fewer where they are long.
_CHUNK_ROWS, _CHUNK_BYTES = 512, 1 << 20
#: Makes of the headings which column is what.
Chooser = Callable[[Sequence[str]], Columns]


@attrs.frozen(kw_only=True)
class OpenBook:
    """A file of customers, opened."""

    #: The file.
    file: BinaryIO
    #: How it is written.
    layout: Layout
    #: What gives its rows.
    reader: Book
    #: Which column is what.
    columns: Columns
    #: Its length in bytes when it was opened; what comes to it later is not read.
    size: int
    #: SHA-256 of so many bytes of it.
    sha256: str

    def chunks(self, place: Place | None) -> Iterator[Chunk]:
        """Its rows from a place on, some at a time."""
        rows: list[Row] = []
        start, after = place.offset if place else 0, place
        for row, after in self.reader.rows(self.columns, place):  # its last value is used below
            if row is not None:
                rows.append(row)
            if len(rows) >= _CHUNK_ROWS or (self.reader.unit == "bytes" and after.offset - start >= _CHUNK_BYTES):
                yield Chunk(rows, after)
                rows, start = [], after.offset
        if after is not None and after.offset > start:
            yield Chunk(rows, after)

    def grown_by(self) -> int:
        """Bytes that came to it since. Raises `BatchError` where what was there is another than it was."""
        if digest(self.file, self.size) != self.sha256:
            raise BatchError(
                f"{self.file.name}: was changed while it was read, so the result belongs to no file there is. Screen a"
                " copy that nobody writes to, with --overwrite."
            )
        return os.fstat(self.file.fileno()).st_size - self.size


@contextmanager
def open_book(
    path: str | PathLike[str],
    *,
    columns: Columns | Chooser = guess_columns,
    format: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    is_quoted: bool = True,
) -> Iterator[OpenBook]:
    """Open a file of customers, CSV, TSV, JSON lines, Parquet or Arrow, by its ending or the `format` stated.

    `columns` are those to be read, or a function that makes them of the headings. `encoding` (UTF-8 by default),
    `delimiter` (told from the headings by default) and `is_quoted` are about text. The whole file is read once to be
    identified by its hash. Raises `BatchError` where it can't be opened or read as its format, or a column is not
    there.
    """
    path = Path(path)
    format = format_of(path, format)
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for
            raise BatchError(f"{path}: is no regular file; a run that was ended could not go on. Write it to a file.")
        file = path.open("rb")
    except OSError as error:
        raise BatchError(f"{path}: can't be opened: {error.strerror or error}. Check the path.") from error
    with file:
        size = os.fstat(file.fileno()).st_size
        layout = layout_of(file, format, encoding=encoding, delimiter=delimiter, is_quoted=is_quoted)
        sha256 = digest(file, size)
        reader = _reader(file, size, layout)
        chosen = columns if isinstance(columns, Columns) else columns(reader.headings)
        refuse_missing(chosen, reader.headings)
        yield OpenBook(file=file, layout=layout, reader=reader, columns=chosen, size=size, sha256=sha256)


def _reader(file: BinaryIO, size: int, layout: Layout) -> Book:
    if layout.format in ("csv", "tsv"):
        return DelimitedBook(file, size, layout)
    if layout.format == "jsonl":
        return JsonLinesBook(file, size, layout)
    try:
        # The one place that needs pyarrow, which most who screen need not install.
        from .tables import TableBook
    except ImportError as error:
        raise BatchError(f"{layout.format} files are read by pyarrow: pip install 'screenkit[data]'") from error
    return TableBook(file, layout.format)
