"""A book as an open file that is identified by its hash: `open_book`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

import attrs

from screenkit.books.columns import Columns, guess_columns, refuse_missing
from screenkit.books.identity import digest
from screenkit.books.work import Chunk
from screenkit.errors import BatchError

from .delimited import DelimitedBook
from .json_lines import JsonLinesBook
from .layout import Layout, format_of, layout_of
from .rows import Book, Place, Row

#: Rows in a chunk, fewer if they are long.
_CHUNK_ROWS, _CHUNK_BYTES = 512, 1 << 20
#: A function that chooses the columns by the headings.
Chooser = Callable[[Sequence[str]], Columns]


@attrs.frozen(kw_only=True)
class OpenBook:
    """A file of customers, open."""

    #: The file.
    file: BinaryIO
    #: How it is written.
    layout: Layout
    #: What reads its rows.
    reader: Book
    #: Which column is what.
    columns: Columns
    #: Its length in bytes when it was opened; what is added later is not read.
    size: int
    #: SHA-256 of these bytes.
    sha256: str

    def chunks(self, place: Place | None) -> Iterator[Chunk]:
        """Its rows after a place, in chunks."""
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
        """How many bytes were added to the file since. Raises `BatchError` if the earlier content has changed."""
        if digest(self.file, self.size) != self.sha256:
            raise BatchError(
                f"{self.file.name}: was changed while it was read, so the result matches no existing file. Screen a"
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
    sheet: str | None = None,
) -> Iterator[OpenBook]:
    """Open a file of customers: CSV, TSV, JSON lines, Parquet, Arrow or a workbook, by its ending or by `format`.

    `columns` are the columns to read, or a function that chooses them by the headings. `encoding` (UTF-8 by default),
    `delimiter` (recognized by the headings by default) and `is_quoted` apply to text files, `sheet` to workbooks, of
    which by default only one sheet may have rows. The whole file is read once to compute its hash. Raises `BatchError`
    if it can't be opened or read in its format, or if a column is missing.
    """
    path = Path(path)
    format = format_of(path, format)
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for
            raise BatchError(
                f"{path}: is not a regular file, so an interrupted run could not be continued. Save it to a file first."
            )
        file = path.open("rb")
    except OSError as error:
        raise BatchError(f"{path}: can't be opened: {error.strerror or error}. Check the path.") from error
    with file:
        size = os.fstat(file.fileno()).st_size
        layout = layout_of(file, format, encoding=encoding, delimiter=delimiter, is_quoted=is_quoted, sheet=sheet)
        sha256 = digest(file, size)
        reader = _reader(file, size, layout)
        chosen = columns if isinstance(columns, Columns) else columns(reader.headings)
        refuse_missing(chosen, reader.headings)
        yield OpenBook(file=file, layout=layout, reader=reader, columns=chosen, size=size, sha256=sha256)


def sheet_names(file: BinaryIO) -> list[str]:
    """The names of the sheets of a workbook. Raises `BatchError` if it can't be read."""
    found: list[str] = _excel().sheet_names(file)
    return found


def _excel() -> ModuleType:
    """The reader of workbooks, which alone needs python-calamine. Raises `BatchError` if that is missing."""
    try:
        from . import excel
    except ImportError as error:
        raise BatchError(
            "reading workbooks needs the package python-calamine; run: pip install 'screenkit[excel]'"
        ) from error
    return excel


def _reader(file: BinaryIO, size: int, layout: Layout) -> Book:
    if layout.format in ("csv", "tsv"):
        return DelimitedBook(file, size, layout)
    if layout.format == "jsonl":
        return JsonLinesBook(file, size, layout)
    if layout.format == "excel":
        reader: Book = _excel().ExcelBook(file, layout.sheet)
        return reader
    try:
        # Imported here, because only these formats need pyarrow.
        from .tables import TableBook
    except ImportError as error:
        raise BatchError(
            f"reading {layout.format} files needs the package pyarrow; run: pip install 'screenkit[data]'"
        ) from error
    return TableBook(file, layout.format)
