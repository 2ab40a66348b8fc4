"""Screening of Polars DataFrames and LazyFrames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from screenkit.books import Columns, Row
from screenkit.errors import BatchError

from .findings import NOT_A_DATE, ROWS_AT_ONCE, Collector, rows_of
from .request import OF_HIT, Request

_SIMPLE: Mapping[str, type[pl.DataType]] = {
    "text": pl.String,
    "int32": pl.Int32,
    "int64": pl.Int64,
    "bool": pl.Boolean,
}
#: Units of a Datetime in a day; and the days since 1970 that Python's dates reach to, a day for time zones left out.
_A_DAY: Mapping[str, int] = {"ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
_DAYS = (-719_161, 2_932_895)


def screened(frame: object, request: Request) -> pl.DataFrame | pl.LazyFrame:
    """Screen a frame. A LazyFrame is collected, no more of it than is needed, and the result made lazy again."""
    if isinstance(frame, pl.LazyFrame):
        headings = frame.collect_schema().names()
        request.refuse_unfit(headings)
        # Chosen by number, because "*" is a pattern; the Polars of some years takes "^name$" for one even so.
        if request.keep is not None and not any(heading.startswith("^") for heading in headings):
            wanted = dict.fromkeys((*request.columns.used, *request.keep))
            frame = frame.select(pl.nth(*map(headings.index, wanted)))
        return _screened(frame.collect(), request).lazy()
    if not isinstance(frame, pl.DataFrame):
        raise BatchError(f"a Polars {type(frame).__name__} can't be screened; give a DataFrame or a LazyFrame")
    request.refuse_unfit(frame.columns)
    return _screened(frame, request)


def _screened(frame: pl.DataFrame, request: Request) -> pl.DataFrame:
    numbers, columns = Collector(request).collect(_rows(frame, request.columns))
    ours = pl.DataFrame(columns, schema={column: _type(sort) for column, sort in request.types.items()})
    kept = frame.get_columns() if request.keep is None else [frame.get_column(column) for column in request.keep]
    if not request.is_nested:
        places = [number - 1 for number in numbers]
        kept = [column[places] for column in kept]
    return pl.DataFrame([*kept, *ours.get_columns()])


def _rows(frame: pl.DataFrame, columns: Columns) -> Iterator[Row]:
    chosen = [frame.get_column(column) for column in columns.used]
    for start in range(0, frame.height, ROWS_AT_ONCE):
        unreadable: dict[int, str] = {}
        cells = [_cells(column.slice(start, ROWS_AT_ONCE), unreadable) for column in chosen]
        yield from rows_of(cells, unreadable, columns, start)


def _cells(column: pl.Series, unreadable: dict[int, str]) -> list[object]:
    """The values of a column. A date that Python has none for is None, and `unreadable` gets its place and why."""
    name, column = column.name, column.alias("cells")  # some methods take "^name$" for a pattern
    if isinstance(column.dtype, pl.Date | pl.Datetime):
        a_day = _A_DAY[column.dtype.time_unit] if isinstance(column.dtype, pl.Datetime) else 1
        is_out = ~(column.to_physical() // a_day).is_between(*_DAYS).fill_null(value=True)
        unreadable |= dict.fromkeys(is_out.arg_true(), f"{name}: {NOT_A_DATE}")
        column = pl.select(pl.when(is_out).then(None).otherwise(column)).to_series()
    return column.to_list()


def _type(sort: str) -> pl.DataType | type[pl.DataType]:
    if sort == "hits":
        return pl.List(pl.Struct({column: _SIMPLE[one] for column, one in OF_HIT.items()}))
    return _SIMPLE[sort]
