"""Rows of hits on both sides of a delta in, a row per hit that is new, changed or ended out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import groupby
from typing import Any

from screenkit import report

from .delta import FORMER, Key, Listing


class HitChange(StrEnum):
    """What became of a hit."""

    #: It was none before.
    NEW = "new hit"
    #: It was one before, and its score or what the list states about the target is another now.
    CHANGED = "hit changed"
    #: It is none any more.
    ENDED = "hit ended"


#: What is told of a changed hit as it was before.
_BEFORE = ("outcome", "points", "matched_name")
#: The columns of a row. A stable part of the output: columns are added at the end only.
CHANGE_COLUMNS = (
    "row",
    "customer",
    "change",
    "listing",
    *report.COLUMNS,
    *(f"{column}_before" for column in _BEFORE),
    "fields",
)


def change_rows(rows: Iterable[Mapping[str, Any]], listings: Mapping[Key, Listing]) -> Iterator[dict[str, Any]]:
    """Tell what became of each customer's hits.

    `rows` are those that a batch against the delta's screener writes, the rows of a customer together. A hit on a
    designation that is not in `listings` is the same as before. The rows that come back have all of `CHANGE_COLUMNS`,
    in the order of the customers, and of a customer by falling points, source and id.
    """
    for _, found in groupby(rows, lambda row: row["row"]):
        before: dict[Key, Mapping[str, Any]] = {}
        after: dict[Key, Mapping[str, Any]] = {}
        for row in found:
            side = before if row["id"].endswith(FORMER) else after
            key = row["source"], row["id"].removesuffix(FORMER)
            if key in listings:
                side[key] = row
        told = [_change(before.get(key), after.get(key), listings[key]) for key in {**after, **before}]
        yield from sorted(told, key=lambda row: (-row["points"], row["source"], row["id"]))


def _change(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, listing: Listing) -> dict[str, Any]:
    """The row of one designation; that it differs is known, so a hit before and after is a changed one."""
    if after is None:
        change, told = HitChange.ENDED, before or {}
    else:
        change, told = (HitChange.NEW if before is None else HitChange.CHANGED), after
    id = told["id"].removesuffix(FORMER)
    was = before if change is HitChange.CHANGED and before else {}
    return {
        **told,
        "change": change.value,
        "listing": listing.change,
        "id": id,
        "explanation": told["explanation"].replace(told["id"], id),
        **{f"{column}_before": was.get(column) for column in _BEFORE},
        "fields": "; ".join(listing.fields),
    }
