"""Screening of Arrow frames: a Table, a RecordBatch or a RecordBatchReader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow ships no types

from screenkit.books import Row
from screenkit.errors import BatchError

from .findings import NOT_A_DATE, NOT_TEXT, ROWS_AT_ONCE, Collector, rows_of
from .request import OF_HIT, Request

_SIMPLE: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "bool": pa.bool_(),
}


def screened(frame: Any, request: Request) -> pa.Table | pa.RecordBatch | pa.RecordBatchReader:
    """Screen a frame. A reader gives back a reader, which screens some rows whenever it is request for more."""
    if not isinstance(frame, pa.Table | pa.RecordBatch | pa.RecordBatchReader):
        raise BatchError(
            f"a pyarrow {type(frame).__name__} can't be screened; give a Table, RecordBatch or RecordBatchReader"
        )
    request.refuse_unfit(frame.schema.names)
    handed_on = frame.schema if request.keep is None else [frame.schema.field(column) for column in request.keep]
    ours = [pa.field(column, _type(sort)) for column, sort in request.types.items()]
    schema = pa.schema([*handed_on, *ours], metadata=frame.schema.metadata)
    if isinstance(frame, pa.RecordBatchReader):
        return pa.RecordBatchReader.from_batches(schema, _screened(frame, request, schema))
    batches = frame.to_batches() if isinstance(frame, pa.Table) else [frame]
    table = pa.Table.from_batches(_screened(batches, request, schema), schema=schema)
    if isinstance(frame, pa.Table):
        return table
    combined = table.combine_chunks().to_batches()
    return combined[0] if combined else pa.RecordBatch.from_pylist([], schema=schema)


def _screened(batches: Iterable[pa.RecordBatch], request: Request, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    collector, before = Collector(request), 0
    for whole in batches:
        for start in range(0, whole.num_rows, ROWS_AT_ONCE):
            batch = whole.slice(start, ROWS_AT_ONCE)
            numbers, columns = collector.collect(_rows(batch, request, before))
            kept = batch if request.keep is None else batch.select(list(request.keep))
            arrays = list(kept.columns)
            if not request.is_nested and arrays:
                places = pa.array([number - before - 1 for number in numbers], pa.int64())
                arrays = [column.take(places) for column in arrays]
            arrays += [pa.array(columns[column], _type(sort)) for column, sort in request.types.items()]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)
            before += batch.num_rows


def _rows(batch: pa.RecordBatch, request: Request, before: int) -> Iterator[Row]:
    unreadable: dict[int, str] = {}
    cells = [cells_of(batch, column, unreadable) for column in request.columns.used]
    yield from rows_of(cells, unreadable, request.columns, before)


def cells_of(batch: pa.RecordBatch, column: str, unreadable: dict[int, str]) -> Sequence[object]:
    """The values of a column. One that can't be read is None, and `unreadable` gets its place and the reason."""
    values = batch.column(column)
    try:
        return list(values.to_pylist())
    except (ValueError, OverflowError):
        pass  # one of them can't be read; which one shows below
    cells: list[object] = []
    for at, value in enumerate(values):
        try:
            cells.append(value.as_py())
        except (ValueError, OverflowError) as error:
            cells.append(None)
            reason = NOT_TEXT if isinstance(error, UnicodeDecodeError) else NOT_A_DATE
            unreadable.setdefault(at, f"{column}: {reason}")
    return cells


def _type(sort: str) -> pa.DataType:
    if sort == "hits":
        return pa.list_(pa.struct([pa.field(column, _SIMPLE[one]) for column, one in OF_HIT.items()]))
    return _SIMPLE[sort]
