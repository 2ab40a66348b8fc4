"""A store and the sources wanted in, the parts of a screener that searches their editions out.

The compiled form of a set of editions is one file in the store. It is made when it is first needed, beside and renamed,
and made again where it is refused; so nobody waits for anybody, and at worst two processes make the same file.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import os
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import attrs

from screenkit.blocks import Blocks
from screenkit.editions.freshness import is_official, refuse_stale
from screenkit.editions.installed_edition import InstalledEdition, State
from screenkit.editions.store import CLOCK_TOLERANCE, Store
from screenkit.errors import DamagedFileError, InvalidRecordError, NoListError, StaleListError
from screenkit.policy import Policy
from screenkit.saved import KIND, Part, opened_parts, results_rest_on, save_parts, tables
from screenkit.searchable import Searchable
from screenkit.sources import manifest

#: A day (to its end, in UTC), a moment with a time zone, or either as ISO 8601 text.
AsOf = dt.date | str
_log = logging.getLogger(__name__)


@attrs.define(eq=False)
class Guard:
    """What keeps an opened screener from searching lists that have become stale meanwhile."""

    #: The store's folder.
    store: Path
    #: The editions opened without a date, as (source, hash).
    editions: tuple[tuple[str, str], ...]
    #: The oldest age allowed.
    max_age: dt.timedelta
    #: From when until when nothing has to be looked up, in seconds since the epoch.
    fresh: tuple[float, float]

    def refuse_stale(self) -> None:
        """Raise `StaleListError` where an edition opened is stale now; one that was checked again meanwhile is not."""
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
                f"{', '.join(newer)}: the edition that is being searched was replaced by a newer one. Call"
                " Screener.open() again."
            )
        refuse_stale(states, self.max_age, dt.datetime.fromtimestamp(now, dt.UTC))
        self.fresh = _fresh(states, self.max_age)


@attrs.frozen(kw_only=True)
class Choice:
    """What is to be opened."""

    #: The store.
    store: Store
    #: The editions, each once.
    editions: tuple[InstalledEdition, ...]
    #: What refuses them once they are stale; None where each was asked for by date or hash, or none can be stale.
    guard: Guard | None


def choose(store: Store, sources: Iterable[str] | None, *, as_of: AsOf | None, max_age: dt.timedelta | None) -> Choice:
    """Find the editions of these sources, or of all; a source may be a reference such as "un_sc@2025-11-20".

    With `as_of` they are those that were current in the store then, of any age. Raises `UnknownSourceError`,
    `NoListError` where there is none, `StaleListError` where one asked for without a date is older than `max_age`,
    `StoreError`.
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
            f"no list is installed in {store.path}; run `screenkit update`, or `screenkit import FILE --source ID`"
            if sources is None
            else "no source is named; name some, or leave them out for all that are installed"
        )
    for one in wanted:
        # An unknown source is told as such, not as one that is yet to be installed.
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
    """Between which times all are fresh: a clock that was set back far tells no age."""
    checked = [dt.datetime.fromisoformat(state.checked).timestamp() for state in states]
    return max(checked) - CLOCK_TOLERANCE.total_seconds(), min(checked) + max_age.total_seconds()


def _moment(as_of: AsOf) -> dt.datetime:
    """The end of a day, or the moment itself. Raises `InvalidRecordError` for what is neither, or not yet known."""
    try:
        when = dt.datetime.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    except ValueError as error:
        raise InvalidRecordError(f"as_of is {as_of!r}; it has to be a date such as 2025-11-20, or a time") from error
    is_day = len(as_of) == len("2025-11-20") if isinstance(as_of, str) else not isinstance(as_of, dt.datetime)
    if is_day:
        # East of Greenwich tomorrow has begun.
        when, latest = dt.datetime.combine(when, dt.time.max, dt.UTC), dt.timedelta(days=2)
    elif not isinstance(when, dt.datetime) or when.tzinfo is None:
        raise InvalidRecordError(f"as_of is {as_of}, a time without a zone; add one, such as +00:00")
    else:
        latest = CLOCK_TOLERANCE
    if when > dt.datetime.now(dt.UTC) + latest:
        raise InvalidRecordError(f"as_of is {as_of}, in the future: nobody knows what will be current then")
    return when


def _current_at(
    store: Store, states: Iterable[State], moment: dt.datetime, *, is_each_wanted: bool
) -> list[InstalledEdition]:
    """The editions current at that moment. A source that was first installed later is left out, if it was not named."""
    found, later = [], []
    for state in states:
        held = [change for change in state.history if dt.datetime.fromisoformat(change.when) <= moment]
        if held:
            found.append(store.edition(state.edition.source, held[-1].edition))
        else:
            later.append(f"{state.edition.source} was first installed on {state.history[0].when}")
    if later and (is_each_wanted or not found):
        raise NoListError(f"{store.path}, {moment.isoformat(timespec='seconds')}: {'; '.join(later)}. Ask for later.")
    return found


def signature(store: Store) -> tuple[tuple[str, int, int], ...]:
    """What differs as soon as anything current has changed, without reading it: a change puts a new file in place."""
    found = []
    for source in store.sources():
        with suppress(OSError):  # Whoever opens it is told.
            told = store.state_path(source).stat()
            found.append((source, told.st_ino, told.st_mtime_ns))
    return tuple(found)


def opened(choice: Choice, policy: Policy) -> tuple[list[Part], Blocks | None]:
    """The parts of a screener that searches the editions, and the file they are mapped from.

    There is no file where the store can't be written, which is logged. Raises `StoreError` where a list file in the
    store is missing or altered, and what `sources.read` raises.
    """
    path = choice.store.compiled_path(_key(choice.editions))
    found = _sound(path, choice.editions, policy)
    if found is not None:
        return found
    designations = tuple(one for edition in choice.editions for one in choice.store.read(edition))
    made = [Part.whole(Searchable.made(designations, policy))]
    try:
        save_parts(path, made)
    except OSError as error:
        _log.warning("%s: can't be written (%s); the next opening indexes again", path, error.strerror or error)
        return made, None
    return _sound(path, choice.editions, policy) or (made, None)


def _sound(path: Path, editions: Sequence[InstalledEdition], policy: Policy) -> tuple[list[Part], Blocks] | None:
    """What the file holds, checked whole, or None where there is none that can be used."""
    try:
        file = Blocks.open(path, KIND, results_rest_on())
        file.verify()
        parts = opened_parts(file, policy)
    except DamagedFileError:
        return None
    if {edition for part in parts for edition in part.held.editions()} != {edition.edition for edition in editions}:
        return None
    with suppress(OSError):
        # Writers remove what was not opened for long; a reader that may not write leaves no trace.
        os.utime(path)
    return parts, file


def _key(editions: Iterable[InstalledEdition]) -> str:
    """A name for the compiled form: of what is in it, and of all that it is made by."""
    made_of = [(one.source, one.sha256, one.retrieved, [file.name for file in one.files]) for one in editions]
    text = json.dumps([made_of, results_rest_on(), dict(tables())["reading"]], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
