"""Short texts that several commands print: editions with their dates, and counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from screenkit.model import Edition
from screenkit.model.wording import counted
from screenkit.results.screening import old_editions


def list_date(published: str | None) -> str:
    """The day of publication, "undated" where the list states none; never the day of its download."""
    return published[:10] if published else "undated"


def edition(found: Edition) -> str:
    """An edition by its source and day: "un_sc of 2025-11-20"."""
    return edition_of(found.source, found.published)


def edition_of(source: str, published: str | None) -> str:
    """As `edition`, of a source and a time of publication."""
    return f"{source} of {list_date(published)}" if published else f"{source}, undated"


def editions(found: Iterable[Edition]) -> str:
    """Several editions in one sentence."""
    return "; ".join(map(edition, found))


def lag_notice(found: Edition, max_lag: dt.timedelta | None, at: dt.datetime) -> str:
    """That an edition was old when it was fetched, or is when it is used; empty if it wasn't."""
    if not old_editions([found], max_lag, at):
        return ""
    lag = found.lag(at)
    days = counted(lag.days, "day") if lag else ""
    when = "it was imported" if found.retrieved else "it is used"
    return f"{found.source} was published {days} before {when}; there may be a newer one"


def searched(found: Edition) -> str:
    """What was searched, on one line."""
    date = f" of {list_date(found.published)}" if found.published else " (undated)"
    return f"searched {found.title}{date}, {counted(found.records, 'designation')}"
