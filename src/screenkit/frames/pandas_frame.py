"""Screening of pandas DataFrames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd  # type: ignore[import-untyped]  # pandas ships no types

from screenkit.books import Row
from screenkit.errors import BatchError

from .findings import ROWS_AT_ONCE, Collector
from .request import Request

#: Types in which a missing value is neither zero nor the text "nan".
_TYPES: Mapping[str, str] = {"text": "string", "int32": "Int32", "int64": "int64", "bool": "bool", "hits": "object"}


def screened(frame: object, request: Request) -> pd.DataFrame:
    """Screen a frame; each row of the result has the index of its customer's row."""
    if not isinstance(frame, pd.DataFrame):
        raise BatchError(f"a pandas {type(frame).__name__} can't be screened; give a DataFrame")
    request.refuse_unfit(list(frame.columns))
    numbers, columns = Collector(request).collect(_rows(frame, request.columns.used))
    # The shallow copy shares the values; what is added to it is not added to the caller's frame.
    result = frame.copy(deep=False) if request.keep is None else frame[list(request.keep)].copy(deep=False)
    if not request.is_nested:
        result = result.take([number - 1 for number in numbers])
    for column, sort in request.types.items():
        result[column] = pd.array(columns[column], dtype=_TYPES[sort]) if sort != "hits" else _objects(columns[column])
    return result


def _rows(frame: pd.DataFrame, used: tuple[str, ...]) -> Iterator[Row]:
    chosen = [frame[column] for column in used]
    for start in range(0, len(frame), ROWS_AT_ONCE):
        cells = [map(_cell, column.iloc[start : start + ROWS_AT_ONCE].tolist()) for column in chosen]
        yield from enumerate(zip(*cells, strict=True), start + 1)


def _cell(value: object) -> object:
    """A value as a customer's row states it: nothing for `NA`, which can't be request whether it is missing."""
    if type(value) is str:
        return value
    if value is pd.NA:
        return None
    return value.tolist() if isinstance(value, np.ndarray) else value


def _objects(values: list[object]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """An array of lists; made of them in one go it could become one of more dimensions."""
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made
