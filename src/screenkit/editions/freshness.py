"""Whether the current edition of a source was checked recently enough to be searched.

The age is counted from the last successful check: a download, an answer that nothing has changed, or an import. The
date of publication doesn't matter, because a list may stay the same for weeks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

import attrs

from screenkit.errors import StaleListError
from screenkit.model.wording import counted
from screenkit.sources import manifest

from .store import CLOCK_TOLERANCE
from .store_records import State


class Verdict(StrEnum):
    """Whether a source may be searched."""

    #: Checked within the maximum age.
    FRESH = "fresh"
    #: Checked longer ago than that, or, according to its record, in the future.
    STALE = "stale"
    #: Any age is allowed: there is no maximum, or nobody offers the list for download, such as a bank's own.
    UNLIMITED = "any age"


@attrs.frozen(kw_only=True)
class Freshness:
    """How fresh a source is."""

    #: The source id.
    source: str
    #: When it was last checked (ISO 8601, UTC).
    checked: str
    #: How long ago that was; negative if clocks disagree.
    age: dt.timedelta
    #: The maximum age, or None.
    max_age: dt.timedelta | None
    #: Whether it may be searched.
    verdict: Verdict


def is_official(source: str) -> bool:
    """Whether a publisher offers the source for download, so that it can be checked.

    A bank's own list can't be checked: its newest edition is the one that was imported last.
    """
    return bool(manifest(source).files)


def freshness(state: State, max_age: dt.timedelta | None, now: dt.datetime) -> Freshness:
    """How fresh a source is at a time (with a time zone), given a maximum age."""
    source = state.edition.source
    limit = max_age if is_official(source) else None
    age = now - dt.datetime.fromisoformat(state.checked)
    if limit is None:
        verdict = Verdict.UNLIMITED
    else:
        verdict = Verdict.FRESH if -CLOCK_TOLERANCE <= age <= limit else Verdict.STALE
    return Freshness(source=source, checked=state.checked, age=age, max_age=limit, verdict=verdict)


def refuse_stale(states: Iterable[State], max_age: dt.timedelta | None, now: dt.datetime) -> None:
    """Raise `StaleListError` if sources are stale at a time (with a time zone); it names all of them."""
    every = [freshness(state, max_age, now) for state in states]
    stale = [one for one in every if one.verdict is Verdict.STALE]
    if stale:
        told = "; ".join(f"{one.source} was last checked {one.checked}, {aged(one.age)}" for one in stale)
        raise StaleListError(
            f"{told}. The policy's max_age is {spelled(max_age)}. Run `screenkit update"
            f" {' '.join(one.source for one in stale)}`, import a newer file, or search the lists of an earlier date"
            " (as_of=, --as-of)."
        )


def aged(age: dt.timedelta) -> str:
    """An age in words, such as "3 hours ago"."""
    return f"{spelled(age)} ago" if age >= -CLOCK_TOLERANCE else "which is in the future: a clock is wrong"


def spelled(span: dt.timedelta | None) -> str:
    """A span of time in words, in whole units: "2 days", "24 hours", "5 minutes"."""
    if span is None:
        return "none"
    seconds = max(int(span.total_seconds()), 0)
    for unit, length, least in (("day", 86_400, 2), ("hour", 3_600, 1), ("minute", 60, 1)):
        if seconds >= length * least:
            return counted(seconds // length, unit)
    return "less than a minute"
