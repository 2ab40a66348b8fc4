"""Which hits are new, changed or ended: rows of hits before and after a change of the lists are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import groupby
from typing import Any

from screenkit.decisions.basis import COLUMN
from screenkit.results import rows as report

from .delta import FORMER, Key, Listing


class HitChange(StrEnum):
    """How a hit changed."""

    #: There was no hit before.
    NEW = "new hit"
    #: There was a hit before, but its score or what the list states about the target has changed.
    CHANGED = "hit changed"
    #: There is no longer a hit.
    ENDED = "hit ended"


#: The columns that show a changed hit as it was before.
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
    COLUMN,
)


def change_rows(rows: Iterable[Mapping[str, Any]], listings: Mapping[Key, Listing]) -> Iterator[dict[str, Any]]:
    """Compare the hits of each customer before and after the change of the lists.

    `rows` are those that a batch against the delta's screener writes, the rows of a customer together. A hit on a
    designation that is not in `listings` did not change. Each row of the result has all of `CHANGE_COLUMNS`. The rows
    are in the order of the customers, and for each customer by falling points, source and id.
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
    """The row of one designation. The designation differs, so a hit before and after is a changed one."""
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
        # A hit that has ended can't be decided.
        COLUMN: told[COLUMN] if after is told else "",
    }
