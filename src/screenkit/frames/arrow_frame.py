"""An Arrow Table, RecordBatch or RecordBatchReader of customers in, one of the same kind with what was found out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow ships no types

from screenkit.batch import Row
from screenkit.errors import BatchError

from .findings import OF_HIT, ROWS_AT_ONCE, UNREADABLE, Asked, Collector, rows_of

_SIMPLE: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "bool": pa.bool_(),
}


def screened(frame: Any, asked: Asked) -> pa.Table | pa.RecordBatch | pa.RecordBatchReader:
    """Screen a frame. A reader gives back a reader, which screens some rows whenever it is asked for more."""
    if not isinstance(frame, pa.Table | pa.RecordBatch | pa.RecordBatchReader):
        raise BatchError(
            f"a pyarrow {type(frame).__name__} is no frame of customers; give a Table, RecordBatch or RecordBatchReader"
        )
    asked.refuse_unfit(frame.schema.names)
    handed_on = frame.schema if asked.keep is None else [frame.schema.field(column) for column in asked.keep]
    ours = [pa.field(column, _type(sort)) for column, sort in asked.types.items()]
    schema = pa.schema([*handed_on, *ours], metadata=frame.schema.metadata)
    if isinstance(frame, pa.RecordBatchReader):
        return pa.RecordBatchReader.from_batches(schema, _screened(frame, asked, schema))
    batches = frame.to_batches() if isinstance(frame, pa.Table) else [frame]
    table = pa.Table.from_batches(_screened(batches, asked, schema), schema=schema)
    if isinstance(frame, pa.Table):
        return table
    combined = table.combine_chunks().to_batches()
    return combined[0] if combined else pa.RecordBatch.from_pylist([], schema=schema)


def _screened(batches: Iterable[pa.RecordBatch], asked: Asked, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    collector, before = Collector(asked), 0
    for whole in batches:
        for start in range(0, whole.num_rows, ROWS_AT_ONCE):
            batch = whole.slice(start, ROWS_AT_ONCE)
            numbers, columns = collector.collect(_rows(batch, asked, before))
            kept = batch if asked.keep is None else batch.select(list(asked.keep))
            arrays = list(kept.columns)
            if not asked.is_nested and arrays:
                places = pa.array([number - before - 1 for number in numbers], pa.int64())
                arrays = [column.take(places) for column in arrays]
            arrays += [pa.array(columns[column], _type(sort)) for column, sort in asked.types.items()]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)
            before += batch.num_rows


def _rows(batch: pa.RecordBatch, asked: Asked, before: int) -> Iterator[Row]:
    unreadable: dict[int, str] = {}
    cells = [_cells(batch, column, unreadable) for column in asked.columns.used]
    yield from rows_of(cells, unreadable, asked.columns, before)


def _cells(batch: pa.RecordBatch, column: str, unreadable: dict[int, str]) -> Sequence[object]:
    """The values of a column. One that can't be read is None, and `unreadable` gets its place and the reason."""
    values = batch.column(column)
    try:
        return list(values.to_pylist())
    except (ValueError, OverflowError):
        pass
    cells: list[object] = []
    for at, value in enumerate(values):
        try:
            cells.append(value.as_py())
        except (ValueError, OverflowError):
            cells.append(None)
            unreadable[at] = f"{column}: {UNREADABLE}"
    return cells


def _type(sort: str) -> pa.DataType:
    if sort == "hits":
        return pa.list_(pa.struct([pa.field(column, _SIMPLE[one]) for column, one in OF_HIT.items()]))
    return _SIMPLE[sort]
