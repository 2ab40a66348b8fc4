"""Screening of data frames: `screen` takes a frame of customers and returns a frame of the same kind with the hits.

Polars, pandas and Arrow each have a module of their own, which is imported when one of its frames is given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from importlib import import_module
from typing import TypeVar

from screenkit.books import Columns
from screenkit.decisions import Decisions
from screenkit.errors import BatchError
from screenkit.options import ScreeningOptions
from screenkit.policy import Policy
from screenkit.screener import Screener

from .request import Hits, Request, columns_of, is_nested, screener_of

__all__ = ["Columns", "screen"]

Frame = TypeVar("Frame")
#: The package that a frame's class comes from -> the module that screens its frames.
_ADAPTERS = {"pandas": "pandas_frame", "polars": "polars_frame", "pyarrow": "arrow_frame"}


def screen(
    frame: Frame,
    columns: Columns | str,
    *,
    keep: str | Iterable[str] | None = None,
    screener: Screener | None = None,
    policy: Policy | None = None,
    threshold: float | None = None,
    limit: int | None = None,
    decisions: Decisions | None = None,
    at: dt.datetime | None = None,
    hits: Hits = "rows",
) -> Frame:
    """Screen the customers of a data frame; every customer's results are those of `Screener.screen`.

    `frame` is a Polars DataFrame or LazyFrame (which is collected now), a pandas DataFrame, or an Arrow Table,
    RecordBatch or RecordBatchReader (which is screened as it is read). The result is of the same kind. `columns` says
    which column holds what; a text is the column of names. `screener` is what searches, by default
    `Screener.open(policy=policy)`. `threshold`, `limit`, `decisions` and `at` are those of `Screener.screen`.

    With `hits="rows"` there is one row for each hit, each suppressed hit and each rejected customer. A customer without
    hits has one only with a fact that can't be read or a caution about a name. The column "row" has the number of the
    customer's row, from 1. With `hits="nested"` the rows are those of the frame, in their order. `keep` names columns
    to pass on unchanged, by default none, and all with "nested". A customer who can't be screened has a `rejection`
    that says why. docs/how-to/frames.md has the columns and their types.

    Raises `BatchError` for something that is not such a frame, for columns that are missing or have the same name as
    one of the result, and for decisions without an `id`; `InvalidPolicyError`; and what `Screener.open` and
    `Screener.screen` raise.
    """
    adapter = _adapter(frame)
    columns, nested = columns_of(columns), is_nested(hits)
    if decisions is not None and columns.id is None:
        raise BatchError("decisions are kept under the customer's key; say which column has it: Columns(..., id=...)")
    request = Request(
        screener=screener_of(screener, policy),
        columns=columns,
        keep=_kept(keep, is_nested=nested),
        is_nested=nested,
        options=ScreeningOptions(threshold=threshold, limit=limit, decisions=decisions, at=at),
    )
    screened: Frame = import_module(f"{__name__}.{adapter}").screened(frame, request)
    return screened


def _adapter(frame: object) -> str:
    """The module that screens a frame of this class, or of the class that it is derived from."""
    for base in type(frame).__mro__:
        adapter = _ADAPTERS.get(base.__module__.partition(".")[0])
        if adapter is not None:
            return adapter
    raise BatchError(
        f"a {type(frame).__qualname__} can't be screened as a data frame; give one of Polars, pandas or pyarrow"
    )


def _kept(keep: str | Iterable[str] | None, *, is_nested: bool) -> tuple[str, ...] | None:
    """The columns to pass on, None for all."""
    if keep is None:
        return None if is_nested else ()
    return (keep,) if isinstance(keep, str) else tuple(dict.fromkeys(keep))
