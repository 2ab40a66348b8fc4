"""Two editions of each list in, what differs between them, indexed, out: `Delta`.

One screener holds both sides: designations added or changed as they are stated now, and those removed or changed as
they were stated before. So a book is searched once. A former designation is told by a mark at the end of its id, which
nothing that bears on a score looks at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from os import PathLike

import attrs

from screenkit import installed
from screenkit.editions.diff import EditionDiff, compare_editions
from screenkit.editions.installed_edition import InstalledEdition
from screenkit.editions.store import Store
from screenkit.errors import InvalidRecordError, NoListError
from screenkit.model import Designation, Edition
from screenkit.policy import Policy
from screenkit.screener import Screener

#: What the id of a designation ends with that is searched as an older edition states it.
FORMER = "\x1eformer"
_NO_EDITION = "since is {!r}; give an edition of each list, such as un_sc@2025-11-20, or one day for all"
#: A designation: its source id, and its id there.
Key = tuple[str, str]


@attrs.frozen(kw_only=True)
class Listing:
    """What became of a designation between two editions."""

    #: "added", "changed" or "removed".
    change: str
    #: Of one that changed the fields of `Designation` that differ.
    fields: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Delta:
    """What differs between older editions of some lists and newer ones, made searchable."""

    #: The older editions, without those of lists that were first installed later.
    since: tuple[Edition, ...]
    #: The newer editions.
    now: tuple[Edition, ...]
    #: How many designations were added, removed and changed, and how many are as they were.
    counts: Mapping[str, int]
    #: What became of each designation that differs.
    listings: Mapping[Key, Listing]
    #: What searches them. Where nothing differs, one designation of the lists, so that the book is looked through.
    screener: Screener


def delta_of(old: Iterable[Designation], new: Iterable[Designation], *, policy: Policy | None = None) -> Delta:
    """What differs between two editions of a list, or of several.

    Raises `InvalidRecordError` where one side has two designations of one source and id, `NoListError` where there is
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

    `since` names an older edition of each list ("un_sc@2025-04-19", "un_sc@9743e2bb10ea"), or it is a day or a time:
    the editions that were current in the store then, at the end of the day in UTC. A list that was first installed
    later has all its designations added. `sources` are the newer editions, as `Screener.open` takes them: by default
    the current ones of the sources that `since` names, with a day of all.

    Raises `NoListError` where an edition is not there, `StaleListError` where a current one is older than
    `Policy.max_age`, `InvalidRecordError` for what is no edition or day, `StoreError`, and what `sources.read` raises.
    """
    policy = policy or Policy()
    held = Store(store)
    wanted = None if sources is None else list(sources)
    before = _older(held, since, wanted)
    if wanted is None and not _is_moment(since):
        wanted = [edition.source for edition in before]
    now = installed.choose(held, wanted, as_of=None, max_age=policy.max_age).editions
    _refuse_unlike(before, now, is_each_named=not _is_moment(since))
    same = {(one.source, one.sha256) for one in before} & {(one.source, one.sha256) for one in now}
    difference = compare_editions(
        *(
            (each for one in side if (one.source, one.sha256) not in same for each in held.read(one))
            for side in (before, now)
        )
    )
    others = (each for one in now for each in held.read(one))
    # The editions that are the same in both have not been read; all of their designations are as they were.
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
        screener=Screener(searched, policy=policy),
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
    """The editions that `since` names, or that were current in the store at its time."""
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
    """Refuse two editions of one list on one side, and lists of one side alone."""
    for side in (before, now):
        sources = [one.source for one in side]
        twice = sorted({one for one in sources if sources.count(one) > 1})
        if twice:
            raise InvalidRecordError(f"two editions of {', '.join(twice)} are to be compared with one; name one")
    there = {one.source for one in before}
    lacking = [one.source for one in now if one.source not in there]
    if lacking and (is_each_named or not there):
        raise NoListError(
            f"no older edition of {', '.join(lacking)} is named, or none was installed then; name one, or screen the"
            " whole book against it: screenkit batch"
        )
    gone = there - {one.source for one in now}
    if gone:
        raise NoListError(f"of {', '.join(sorted(gone))} an older edition is named, but no newer one; name it too")
