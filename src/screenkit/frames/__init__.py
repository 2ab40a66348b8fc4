"""A data frame of customers in, a frame of the same kind with what was found out: `screen`.

Polars, pandas and Arrow each stand in a module of their own, which is imported when a frame of theirs is given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from importlib import import_module
from typing import Literal, TypeVar

from screenkit.batch import Columns
from screenkit.decisions import Decisions
from screenkit.errors import BatchError, InvalidPolicyError
from screenkit.policy import Policy
from screenkit.screener import Screener

from .findings import Asked

__all__ = ["screen"]

#: Whether a hit is a row of its own, or all hits of a customer stand in the customer's row.
Hits = Literal["rows", "nested"]
Frame = TypeVar("Frame")
#: The package that a frame's class comes from -> the module that screens its frames.
_ADAPTERS = {"pandas": "pandas_frame", "polars": "polars_frame", "pyarrow": "arrow_frame"}


def screen(
    frame: Frame,
    *,
    name: str | Iterable[str | Iterable[str]],
    id: str | None = None,
    birth_date: str | None = None,
    countries: str | Iterable[str] = (),
    kind: str | None = None,
    gender: str | None = None,
    identifiers: str | Iterable[str] = (),
    date_format: str | None = None,
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
    RecordBatch or RecordBatchReader (which is screened as it is read); what is returned is of the same kind. `name` is
    a column, or several: each is a name of the customer, and columns given together in a tuple are the parts of one
    name. The further columns are those of `batch.Columns`. `screener` is what searches, by default
    `Screener.open(policy=policy)`; `threshold`, `limit`, `decisions` and `at` are those of `Screener.screen`.

    With `hits="rows"` there is a row for each hit, each suppressed hit and each customer rejected, and none for a
    customer with nothing found; "row" tells the customer's row, from 1. With `hits="nested"` there are the rows of the
    frame, in their order. `keep` are columns to hand on as they are, by default none, and all with "nested". A customer
    that can't be screened has a `rejection` that says why. docs/how-to/frames.md has the columns and their types.

    Raises `BatchError` for what is no such frame, for columns that are not there or clash with those of the result, and
    decisions without an `id`; `InvalidPolicyError`; and what `Screener.open` and `Screener.screen` raise.
    """
    adapter = _adapter(frame)
    if hits not in ("rows", "nested"):
        raise BatchError(f"hits is {hits!r}; it has to be 'rows' or 'nested'")
    if screener is not None and policy is not None:
        raise InvalidPolicyError("both a screener and a policy are given; a screener has its policy, so leave one out")
    columns = Columns(
        names=name,
        id=id,
        birth_date=birth_date,
        countries=countries,
        kind=kind,
        gender=gender,
        identifiers=identifiers,
        date_format=date_format,
    )
    if decisions is not None and id is None:
        raise BatchError("decisions are kept by the customer's key; say which column holds it: id=...")
    asked = Asked(
        screener=screener or Screener.open(policy=policy),
        columns=columns,
        keep=_kept(keep, is_nested=hits == "nested"),
        is_nested=hits == "nested",
        threshold=threshold,
        limit=limit,
        decisions=decisions,
        at=at or dt.datetime.now(dt.UTC),
    )
    screened: Frame = import_module(f"{__name__}.{adapter}").screened(frame, asked)
    return screened


def _adapter(frame: object) -> str:
    """The module that screens a frame of this class, or of the class that it is derived from."""
    for base in type(frame).__mro__:
        adapter = _ADAPTERS.get(base.__module__.partition(".")[0])
        if adapter is not None:
            return adapter
    raise BatchError(f"a {type(frame).__qualname__} is no data frame of Polars, pandas or Arrow (pyarrow)")


def _kept(keep: str | Iterable[str] | None, *, is_nested: bool) -> tuple[str, ...] | None:
    """The columns to hand on, None for all."""
    if keep is None:
        return None if is_nested else ()
    return (keep,) if isinstance(keep, str) else tuple(dict.fromkeys(keep))
