"""What differs between two editions of each list, made searchable: `Delta`.

One screener has both sides: designations that were added or changed as they are now, and those that were removed or
changed as they were before. So a book is searched only once. A former designation has a mark at the end of its id,
which no score depends on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from os import PathLike

import attrs

from screenkit.editions import opening as installed
from screenkit.editions.diff import EditionDiff, compare_editions
from screenkit.editions.store import Store
from screenkit.editions.store_records import InstalledEdition
from screenkit.errors import InvalidRecordError, NoListError
from screenkit.model import Designation, Edition
from screenkit.policy import Policy
from screenkit.screener import Screener

#: The end of the id of a designation that is searched as an older edition states it.
FORMER = "\x1eformer"
_NO_EDITION = "since must be an edition of each list, such as un_sc@2025-11-20, or one day for all lists, not {!r}"
#: A designation: its source id, and its id there.
Key = tuple[str, str]


@attrs.frozen(kw_only=True)
class Listing:
    """How a designation changed between two editions."""

    #: "added", "changed" or "removed".
    change: str
    #: For a changed one, the fields of `Designation` that differ.
    fields: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Delta:
    """What differs between older editions of some lists and newer ones, made searchable."""

    #: The older editions, without those of lists that were first installed later.
    since: tuple[Edition, ...]
    #: The newer editions.
    now: tuple[Edition, ...]
    #: How many designations were added, removed, changed and unchanged.
    counts: Mapping[str, int]
    #: How each designation that differs has changed.
    listings: Mapping[Key, Listing]
    #: What searches them. If nothing differs, it has one designation of the lists, so that the book is still read.
    screener: Screener


def delta_of(old: Iterable[Designation], new: Iterable[Designation], *, policy: Policy | None = None) -> Delta:
    """What differs between two editions of a list, or of several lists.

    Raises `InvalidRecordError` if one side has two designations of the same source and id, `NoListError` if there is
    no designation at all.
    """
    old, new = tuple(old), tuple(new)
    since, now = (tuple(dict.fromkeys(one.edition for one in side if one.edition)) for side in (old, new))
    return _delta(compare_editions(old, new), since, now, new, policy)


def delta_since(
    since: str | dt.date | Iterable[str],
    *,
    sources: Iterable[str] | None = None,
    store: str | PathLike[str] | None = None,
    policy: Policy | None = None,
) -> Delta:
    """What differs between installed editions and older ones.

    `since` names an older edition of each list ("un_sc@2025-04-19", "un_sc@9743e2bb10ea"). Or it is a day or a time,
    and means the editions that were current in the store then, at the end of the day in UTC. All designations of a
    list that was first installed later count as added. `sources` are the newer editions, as for `Screener.open`: by
    default the current ones of the sources that `since` names, and of all sources if it is a day.

    Raises `NoListError` if an edition is missing, `StaleListError` if a current one is older than `Policy.max_age`,
    `InvalidRecordError` for something that is not an edition or a day, `StoreError`, and what `sources.read` raises.
    """
    policy = policy or Policy()
    held = Store(store)
    wanted = None if sources is None else list(sources)
    before = _older(held, since, wanted)
    if wanted is None and not _is_moment(since):
        wanted = [edition.source for edition in before]
    now = installed.choose(held, wanted, as_of=None, max_age=policy.max_age).editions
    missing = sorted({*policy.required_sources} - {edition.source for edition in now})
    if missing:
        raise NoListError(f"the policy requires {', '.join(missing)}, which this comparison does not include")
    _refuse_unlike(before, now, is_each_named=not _is_moment(since))
    same = {(one.source, one.sha256) for one in before} & {(one.source, one.sha256) for one in now}
    difference = compare_editions(
        *(
            (each for one in side if (one.source, one.sha256) not in same for each in held.read(one))
            for side in (before, now)
        )
    )
    others = (each for one in now for each in held.read(one))
    # Editions that both sides have were not read; all of their designations are unchanged.
    difference = attrs.evolve(
        difference,
        unchanged=difference.unchanged + sum(one.records for one in now if (one.source, one.sha256) in same),
    )
    editions = [tuple(one.edition for one in side) for side in (before, now)]
    return _delta(difference, editions[0], editions[1], others, policy)


def _delta(
    difference: EditionDiff,
    since: tuple[Edition, ...],
    now: tuple[Edition, ...],
    others: Iterable[Designation],
    policy: Policy | None,
) -> Delta:
    former = (*difference.removed, *(change.before for change in difference.changed))
    searched = (*difference.added_or_changed, *map(_marked, former)) or tuple(islice(others, 1))
    return Delta(
        since=since,
        now=now,
        counts={
            "added": len(difference.added),
            "removed": len(difference.removed),
            "changed": len(difference.changed),
            "unchanged": difference.unchanged,
        },
        listings=dict(_listings(difference)),
        # What the policy requires is checked of the editions; here are only the designations that differ.
        screener=Screener(searched, policy=attrs.evolve(policy or Policy(), required_sources=())),
    )


def _listings(difference: EditionDiff) -> Iterator[tuple[Key, Listing]]:
    for change, designations in (("added", difference.added), ("removed", difference.removed)):
        for one in designations:
            yield (one.source, one.id), Listing(change=change)
    for changed in difference.changed:
        one = changed.after
        yield (one.source, one.id), Listing(change="changed", fields=tuple(field.field for field in changed.fields))


def _marked(designation: Designation) -> Designation:
    return attrs.evolve(designation, id=f"{designation.id}{FORMER}")


def _is_moment(since: str | dt.date | Iterable[str]) -> bool:
    return isinstance(since, dt.date) or (isinstance(since, str) and "@" not in since)


def _older(store: Store, since: str | dt.date | Iterable[str], wanted: Sequence[str] | None) -> list[InstalledEdition]:
    """The editions that `since` names, or that were current in the store at that time."""
    if isinstance(since, dt.date) or (isinstance(since, str) and "@" not in since):
        try:
            found = installed.choose(store, None, as_of=since, max_age=None).editions
        except InvalidRecordError as error:
            raise InvalidRecordError(_NO_EDITION.format(since)) from error
        named = None if wanted is None else {one.partition("@")[0] for one in wanted}
        return [one for one in found if named is None or one.source in named]
    references = [since] if isinstance(since, str) else list(since)
    for one in references:
        if "@" not in one:
            raise InvalidRecordError(_NO_EDITION.format(one))
    return list(installed.choose(store, references, as_of=None, max_age=None).editions)


def _refuse_unlike(before: Sequence[InstalledEdition], now: Sequence[InstalledEdition], *, is_each_named: bool) -> None:
    """Refuse two editions of one list on the same side, and a list that only one side has."""
    for side in (before, now):
        sources = [one.source for one in side]
        twice = sorted({one for one in sources if sources.count(one) > 1})
        if twice:
            raise InvalidRecordError(f"two editions of {', '.join(twice)} are named on one side; name only one")
    there = {one.source for one in before}
    lacking = [one.source for one in now if one.source not in there]
    if lacking and (is_each_named or not there):
        raise NoListError(
            f"there is no older edition of {', '.join(lacking)} to compare with; name one, or screen the whole"
            " book with screenkit batch"
        )
    gone = there - {one.source for one in now}
    if gone:
        raise NoListError(
            f"an older edition of {', '.join(sorted(gone))} is named, but no newer one; name a newer one too"
        )
