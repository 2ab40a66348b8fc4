"""Rows of a frame in, the columns of the result out, as lists: what the kinds of frames share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import attrs

from screenkit import report
from screenkit.batch import Columns, Rejection, Row
from screenkit.batch.columns import refuse_missing
from screenkit.batch.customers import key_of
from screenkit.batch.screening import RememberingScreener
from screenkit.decisions import Decisions
from screenkit.errors import BatchError
from screenkit.model import Screening
from screenkit.screener import Screener

#: Rows whose values are taken out of a frame at once, so that no second copy of a column is ever made.
ROWS_AT_ONCE = 4_096
#: The columns of a hit -> the type of each. A type is one of "text", "int32", "int64", "bool" and "hits".
OF_HIT: Mapping[str, str] = MappingProxyType(
    {column: "int32" if column == "points" else "text" for column in report.COLUMNS}
)
_ROWS = MappingProxyType(
    {"row": "int64", "customer": "text", **OF_HIT, "total": "int32", "rejection": "text"},
)
_NESTED = MappingProxyType({"is_clear": "bool", "total": "int32", "hits": "hits", "rejection": "text"})

#: What is told of a cell that Python has no value for.
UNREADABLE = "is no UTF-8 text, or a date that is not of the years 1 to 9999"


@attrs.frozen(kw_only=True)
class Asked:
    """What is asked of each customer of a frame, and what is told."""

    #: What searches.
    screener: Screener
    #: Which column is what.
    columns: Columns
    #: Columns that are handed on as they are; None for all.
    keep: tuple[str, ...] | None
    #: Whether all hits of a customer stand in one row.
    is_nested: bool
    #: The lowest score that hits, None for the policy's.
    threshold: float | None
    #: The most hits of a customer, None for all.
    limit: int | None
    #: Reviewers' decisions, by which hits are suppressed.
    decisions: Decisions | None
    #: The time of all screenings.
    at: dt.datetime

    @property
    def types(self) -> Mapping[str, str]:
        """The columns of the result that are not the frame's own, and their types."""
        return _NESTED if self.is_nested else _ROWS

    def refuse_unfit(self, headings: Sequence[str]) -> None:
        """Raise `BatchError` where a column is not there, or is handed on and has the name of one of the result."""
        refuse_missing(self.columns, headings)
        if self.keep:
            refuse_missing(Columns(names=self.keep), headings)
        kept = headings if self.keep is None else self.keep
        clash = [heading for heading in kept if heading in self.types]
        if clash:
            raise BatchError(
                f"the frame's column {clash[0]!r} has the name of one of the result; rename it, or leave it out: keep"
            )


def rows_of(
    cells: Sequence[Sequence[object]], unreadable: Mapping[int, str], columns: Columns, before: int
) -> Iterator[Row]:
    """The rows that columns of cells make, with the count of those before them; `unreadable` are rejected."""
    for at, values in enumerate(zip(*cells, strict=True)):
        number = before + at + 1
        if at in unreadable:
            yield number, Rejection(row=number, id=key_of(values, columns), reason=unreadable[at])
        else:
            yield number, values


class Collector:
    """Screens rows one after another; equal subjects are scored once."""

    def __init__(self, asked: Asked) -> None:
        """Take what is asked."""
        self._asked = asked
        self._screener = RememberingScreener(
            asked.screener, threshold=asked.threshold, limit=asked.limit, decisions=asked.decisions, at=asked.at
        )

    def collect(self, rows: Iterable[Row]) -> tuple[list[int], dict[str, list[object]]]:
        """For each row of the result the number of the customer's row, from 1, and the values of its columns."""
        asked = self._asked
        numbers: list[int] = []
        columns: dict[str, list[object]] = {column: [] for column in asked.types}
        for row in rows:
            number, customer, found = self._screener.screen_row(row, asked.columns)
            for stated in _nested(found) if asked.is_nested else _rows(number, customer, found):
                numbers.append(number)
                for column, values in columns.items():
                    values.append(stated.get(column))
        return numbers, columns


def _rows(number: int, customer: str, found: Screening | Rejection) -> Iterator[Mapping[str, object]]:
    about = {"row": number, "customer": customer or None}
    if isinstance(found, Rejection):
        yield {**about, "outcome": "rejected", "rejection": found.reason}
        return
    for hit in _hits(found):
        yield {**about, **hit, "total": found.total}


def _nested(found: Screening | Rejection) -> Iterator[Mapping[str, object]]:
    if isinstance(found, Rejection):
        yield {"is_clear": False, "rejection": found.reason}
    else:
        yield {"is_clear": found.is_clear, "total": found.total, "hits": list(_hits(found))}


def _hits(found: Screening) -> Iterator[Mapping[str, object]]:
    for row in report.rows(found):
        yield {**row, "points": int(row["points"])}
