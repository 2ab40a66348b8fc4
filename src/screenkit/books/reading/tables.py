"""Reading of Parquet and Arrow files, by pyarrow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow ships no types
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # likewise

from screenkit.books.columns import Columns
from screenkit.errors import BatchError

from .customers import Rejection
from .rows import Place, Row

#: Rows decoded at once.
_ROWS = 1_024


class TableBook:
    """Customers in a columnar file. Only the columns needed are read, a few rows at a time."""

    def __init__(self, file: BinaryIO, format: str) -> None:
        """Read the schema. Raises `BatchError` if the file is damaged or in another format."""
        self._name = file.name
        #: What `size` and the offset of a place count.
        self.unit = "rows"
        try:
            self._table: _Parquet | _Arrow = _Parquet(file) if format == "parquet" else _Arrow(file)
        except (pa.ArrowException, OSError) as error:
            raise BatchError(f"{file.name}: can't be read as {format}: {_first_line(error)}") from error
        #: The names of its columns.
        self.headings: tuple[str, ...] = tuple(self._table.schema.names)
        #: Its count of rows.
        self.size: int = self._table.size

    def rows(self, columns: Columns, place: Place | None = None) -> Iterator[tuple[Row | None, Place]]:
        """Each row after a place, with the place after the row."""
        used = list(columns.used)
        number = place.rows if place else 0
        try:
            for batch in self._table.batches(used, number):
                for start in range(0, batch.num_rows, _ROWS):
                    for values in _values(batch.slice(start, _ROWS), used):
                        number += 1
                        row = Rejection(row=number, reason=values) if isinstance(values, str) else values
                        yield (number, row), Place(number, number, 0)
        except (pa.ArrowException, OSError) as error:
            raise BatchError(f"{self._name}: can't be read after row {number:,}: {_first_line(error)}") from error


class _Parquet:
    def __init__(self, file: BinaryIO) -> None:
        # Without these two, a whole row group of each column is read ahead.
        self._file = pq.ParquetFile(file, pre_buffer=False, buffer_size=1 << 20)
        self.schema = self._file.schema_arrow
        self.size = self._file.metadata.num_rows

    def batches(self, used: list[str], skipped: int) -> Iterator[pa.RecordBatch]:
        groups = list(range(self._file.num_row_groups))
        while groups and skipped >= (count := self._file.metadata.row_group(groups[0]).num_rows):
            skipped -= count
            del groups[0]
        batches = self._file.iter_batches(_ROWS, row_groups=groups, columns=used, use_threads=False)
        yield from _from(batches, skipped)


class _Arrow:
    def __init__(self, file: BinaryIO) -> None:
        self._path = file.name
        with self._opened() as source:
            reader = self._reader(source, None)
            self.schema = reader.schema
            self.size = sum(batch.num_rows for batch in self._all(reader))

    def batches(self, used: list[str], skipped: int) -> Iterator[pa.RecordBatch]:
        with self._opened() as source:
            wanted = [self.schema.get_field_index(column) for column in used]
            yield from _from(self._all(self._reader(source, wanted)), skipped)

    def _opened(self) -> pa.MemoryMappedFile:
        # Mapped, a batch of any size takes no memory of its own, unless it is compressed.
        return pa.memory_map(self._path)

    @staticmethod
    def _reader(
        source: pa.MemoryMappedFile, wanted: list[int] | None
    ) -> pa.RecordBatchFileReader | pa.RecordBatchStreamReader:
        options = pa.ipc.IpcReadOptions(included_fields=wanted)
        is_file = source.read(6) == b"ARROW1"
        source.seek(0)
        return (pa.ipc.open_file if is_file else pa.ipc.open_stream)(source, options=options)

    @staticmethod
    def _all(reader: pa.RecordBatchFileReader | pa.RecordBatchStreamReader) -> Iterator[pa.RecordBatch]:
        if isinstance(reader, pa.RecordBatchFileReader):
            yield from map(reader.get_batch, range(reader.num_record_batches))
        else:
            yield from reader


def _from(batches: Iterator[pa.RecordBatch], skipped: int) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        if skipped < batch.num_rows:
            yield batch.slice(skipped)
        skipped = max(skipped - batch.num_rows, 0)


def _values(batch: pa.RecordBatch, used: list[str]) -> Iterator[tuple[object, ...] | str]:
    columns = [batch.column(name) for name in used]
    try:
        yield from zip(*(column.to_pylist() for column in columns), strict=True)
        return
    except (UnicodeDecodeError, ValueError):
        pass  # one value or more can't be decoded: look for it row by row
    for at in range(batch.num_rows):
        try:
            yield tuple(column[at].as_py() for column in columns)
        except UnicodeDecodeError:
            yield "has text that is not UTF-8"
        except ValueError:
            yield "has a value that can't be read as text, number or date"


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
