"""What is searched, and whether it may be, as plain values."""

from __future__ import annotations

from typing import Any

from screenkit.editions.freshness import Verdict, aged
from screenkit.errors import ScreenkitError
from screenkit.results.record import plain
from screenkit.results.screening import coverage_of

from .lists import SearchedLists


def searched(lists: SearchedLists) -> dict[str, Any]:
    """What is searched, as plain values."""
    screener = lists.screener
    checked = {one.source: one for one in lists.freshness()}
    told = []
    for edition in screener.editions:
        one = checked.get(edition.source)
        told.append(
            {
                **plain(edition),
                "records": edition.records,
                "checked": one.checked if one else None,
                "verdict": one.verdict.value if one else None,
            }
        )
    return {
        "lists": told,
        "coverage": coverage_of(screener.editions, screener.policy.required_sources),
        "required_sources": list(screener.policy.required_sources),
        "policy": screener.policy.fingerprint,
        "threshold": screener.policy.threshold,
    }


def reasons(lists: SearchedLists) -> list[str]:
    """Why the service isn't ready, one sentence for each reason; nothing where it is."""
    if lists.problem:
        return [lists.problem]
    screener = lists.screener
    found = [
        f"{source} is required and not searched."
        for source in screener.policy.required_sources
        if source not in {edition.source for edition in screener.editions}
    ]
    if lists.is_starter:
        found.append("No list is installed; only the starter list is searched, which is a demonstration.")
    try:
        stale = [one for one in lists.freshness() if one.verdict is Verdict.STALE]
    except ScreenkitError as error:
        return [*found, str(error)]
    return [*found, *(f"{one.source} is stale: it was last checked {one.checked}, {aged(one.age)}." for one in stale)]
