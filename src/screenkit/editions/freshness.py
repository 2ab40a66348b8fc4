"""What is current of a source and a time in, whether it is fresh enough to be searched out.

Age is counted from the last successful check: a fetch, a server's word that nothing changed, an import. The date of
publication says nothing about it, because a list may rightly stay the same for weeks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

import attrs

from screenkit.errors import StaleListError
from screenkit.sources import manifest

from .installed_edition import State
from .store import CLOCK_TOLERANCE


class Verdict(StrEnum):
    """Whether a source may be searched."""

    #: Checked within the oldest age allowed.
    FRESH = "fresh"
    #: Checked longer ago than that, or, by its record, in the future.
    STALE = "stale"
    #: Of any age: a list that its publisher offers nowhere, such as a bank's own, or no oldest age.
    UNLIMITED = "any age"


@attrs.frozen(kw_only=True)
class Freshness:
    """How fresh a source is."""

    #: The source id.
    source: str
    #: When it was last found current (ISO 8601, UTC).
    checked: str
    #: How long ago that was; below nothing where clocks disagree.
    age: dt.timedelta
    #: The oldest age allowed, or None.
    max_age: dt.timedelta | None
    #: Whether it may be searched.
    verdict: Verdict


def is_official(source: str) -> bool:
    """Whether its publisher offers the source somewhere, so that it can be checked at all.

    A bank's own list can't be: its newest edition is the one that the bank imported last.
    """
    return bool(manifest(source).files)


def freshness(state: State, max_age: dt.timedelta | None, now: dt.datetime) -> Freshness:
    """How fresh a source is at a time (with a time zone) if it may be so old."""
    source = state.edition.source
    limit = max_age if is_official(source) else None
    age = now - dt.datetime.fromisoformat(state.checked)
    if limit is None:
        verdict = Verdict.UNLIMITED
    else:
        verdict = Verdict.FRESH if -CLOCK_TOLERANCE <= age <= limit else Verdict.STALE
    return Freshness(source=source, checked=state.checked, age=age, max_age=limit, verdict=verdict)


def refuse_stale(states: Iterable[State], max_age: dt.timedelta | None, now: dt.datetime) -> None:
    """Raise `StaleListError`, which names every source that is stale at a time (with a time zone)."""
    every = [freshness(state, max_age, now) for state in states]
    stale = [one for one in every if one.verdict is Verdict.STALE]
    if stale:
        told = "; ".join(f"{one.source} was last found current on {one.checked}, {aged(one.age)}" for one in stale)
        raise StaleListError(
            f"{told}; the policy's max_age is {spelled(max_age)}. Run `screenkit update"
            f" {' '.join(one.source for one in stale)}`, import a newer file, or ask for a dated search (as_of=,"
            " --as-of)."
        )


def aged(age: dt.timedelta) -> str:
    """An age in words, such as "3 hours ago"."""
    return f"{spelled(age)} ago" if age >= -CLOCK_TOLERANCE else "which is in the future: one of the clocks is wrong"


def spelled(span: dt.timedelta | None) -> str:
    """A span of time in words, whole units only: "2 days", "24 hours", "5 minutes"."""
    if span is None:
        return "none"
    seconds = max(int(span.total_seconds()), 0)
    for unit, length, least in (("day", 86_400, 2), ("hour", 3_600, 1), ("minute", 60, 1)):
        if seconds >= length * least:
            return f"{seconds // length:,} {unit}{'s' if seconds // length > 1 else ''}"
    return "less than a minute"
