"""Opening editions for a search: which editions are searched, their age, and their compiled file (`compiling`)."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import attrs

from screenkit.editions.compiling import compiled_file
from screenkit.editions.freshness import is_official, refuse_stale
from screenkit.editions.store import CLOCK_TOLERANCE, Store
from screenkit.editions.store_records import InstalledEdition, State
from screenkit.errors import InvalidRecordError, NoListError, StaleListError
from screenkit.policy import Policy
from screenkit.search.files.block_file import Blocks
from screenkit.search.files.snapshot import opened_segments
from screenkit.search.segment import LiveSegment, Segment
from screenkit.sources import manifest

#: A day (until its end, in UTC), a time with a time zone, or either as ISO 8601 text.
AsOf = dt.date | str


@attrs.define(eq=False)
class Guard:
    """Keeps an open screener from searching lists that have become stale since."""

    #: The store's folder.
    store: Path
    #: The editions that were opened without a date, as (source, hash).
    editions: tuple[tuple[str, str], ...]
    #: The maximum age.
    max_age: dt.timedelta
    #: The times between which all editions are fresh, in seconds since the epoch.
    fresh: tuple[float, float]

    def refuse_stale(self) -> None:
        """Raise `StaleListError` if an edition is stale now and has not been checked again."""
        now = time.time()
        if self.fresh[0] <= now <= self.fresh[1]:
            return
        store = Store(self.store)
        states = [store.current(source) for source, _ in self.editions]
        newer = [
            state.edition.source
            for state, (_, sha256) in zip(states, self.editions, strict=True)
            if state.edition.sha256 != sha256
        ]
        if newer:
            raise StaleListError(
                f"{', '.join(newer)}: a newer edition was installed since this screener was opened. Call"
                " Screener.open() again, or use screenkit.live, which goes over to new editions by itself."
            )
        refuse_stale(states, self.max_age, dt.datetime.fromtimestamp(now, dt.UTC))
        self.fresh = _fresh(states, self.max_age)


@attrs.frozen(kw_only=True)
class Choice:
    """The editions to open."""

    #: The store.
    store: Store
    #: The editions, each once.
    editions: tuple[InstalledEdition, ...]
    #: Refuses editions that become stale; None if all are of a given date or hash, or none can become stale.
    guard: Guard | None


def choose(store: Store, sources: Iterable[str] | None, *, as_of: AsOf | None, max_age: dt.timedelta | None) -> Choice:
    """Find the editions of these sources, or of all; a source may be a reference such as "un_sc@2025-11-20".

    With `as_of` they are the editions that were current in the store at that time, of any age. Raises
    `UnknownSourceError`, `NoListError` if there are none, `StaleListError` if an edition without a date was last
    checked longer ago than `max_age`, and `StoreError`.
    """
    wanted = _wanted(store, sources)
    states = [store.current(one) for one in wanted if "@" not in one]
    editions = [store.find(one) for one in wanted if "@" in one]
    guard = None
    if as_of is None:
        refuse_stale(states, max_age, dt.datetime.now(dt.UTC))
        editions += [state.edition for state in states]
        guard = _guard(store, states, max_age)
    else:
        editions += _current_at(store, states, _moment(as_of), is_each_wanted=sources is not None)
    each = {(edition.source, edition.sha256): edition for edition in editions}
    return Choice(store=store, editions=tuple(each[key] for key in sorted(each)), guard=guard)


def _wanted(store: Store, sources: Iterable[str] | None) -> list[str]:
    wanted = [sources] if isinstance(sources, str) else list(store.sources() if sources is None else sources)
    if not wanted:
        raise NoListError(
            f"no list is installed in {store.path}. Run `screenkit update`, or `screenkit import FILE --source ID`."
            if sources is None
            else "no source is given; give some, or omit them to search all installed lists"
        )
    for one in wanted:
        # An unknown source is reported as such, not as a source that is not installed.
        manifest(one.partition("@")[0])
    return wanted


def _guard(store: Store, states: Sequence[State], max_age: dt.timedelta | None) -> Guard | None:
    checkable = [state for state in states if is_official(state.edition.source)]
    if max_age is None or not checkable:
        return None
    return Guard(
        store=store.path,
        editions=tuple((state.edition.source, state.edition.sha256) for state in checkable),
        max_age=max_age,
        fresh=_fresh(checkable, max_age),
    )


def _fresh(states: Iterable[State], max_age: dt.timedelta) -> tuple[float, float]:
    """The times between which all are fresh. Before the first, the clock was set back."""
    checked = [dt.datetime.fromisoformat(state.checked).timestamp() for state in states]
    return max(checked) - CLOCK_TOLERANCE.total_seconds(), min(checked) + max_age.total_seconds()


def _moment(as_of: AsOf) -> dt.datetime:
    """The end of a day, or the time itself. Raises `InvalidRecordError` for what is neither, or in the future."""
    try:
        when = dt.datetime.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    except ValueError as error:
        raise InvalidRecordError(f"as_of must be a date such as 2025-11-20, or a time, not {as_of!r}.") from error
    is_day = len(as_of) == len("2025-11-20") if isinstance(as_of, str) else not isinstance(as_of, dt.datetime)
    if is_day:
        # East of Greenwich tomorrow has begun.
        when, latest = dt.datetime.combine(when, dt.time.max, dt.UTC), dt.timedelta(days=2)
    elif not isinstance(when, dt.datetime) or when.tzinfo is None:
        raise InvalidRecordError(f"as_of must be a date, or a time with a time zone such as +00:00, not {as_of}.")
    else:
        latest = CLOCK_TOLERANCE
    if when > dt.datetime.now(dt.UTC) + latest:
        raise InvalidRecordError(f"as_of must not be in the future; it is {as_of}.")
    return when


def _current_at(
    store: Store, states: Iterable[State], moment: dt.datetime, *, is_each_wanted: bool
) -> list[InstalledEdition]:
    """The editions current at that time. A source that was first installed later is left out unless it was named."""
    found, later = [], []
    for state in states:
        held = [change for change in state.history if dt.datetime.fromisoformat(change.when) <= moment]
        if held:
            found.append(store.edition(state.edition.source, held[-1].edition))
        else:
            later.append(f"the first edition of {state.edition.source} was installed on {state.history[0].when}")
    if later and (is_each_wanted or not found):
        day = moment.isoformat(timespec="seconds")
        raise NoListError(f"{store.path} has no edition as of {day}: {'; '.join(later)}. Choose a later date.")
    return found


def signature(store: Store) -> tuple[tuple[str, int, int], ...]:
    """A value that changes with any state in the store. No file is read, since each change makes a new file."""
    found = []
    for source in store.sources():
        with suppress(OSError):  # Opening it raises the error.
            told = store.state_path(source).stat()
            found.append((source, told.st_ino, told.st_mtime_ns))
    return tuple(found)


def opened(choice: Choice, policy: Policy) -> tuple[list[LiveSegment], Blocks | None]:
    """The segments of a screener that searches the editions, and the file that they are mapped from.

    If the store can't be written there is no file. Raises `StoreError` if a list file in the store is missing or
    altered, and what `sources.read` raises.
    """
    file = compiled_file(choice.store, choice.editions)
    if file is not None:
        return opened_segments(file, policy), file
    designations = tuple(one for edition in choice.editions for one in choice.store.read(edition))
    return [LiveSegment.whole(Segment.made(designations, policy))], None
