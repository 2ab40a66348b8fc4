"""The checks of a new edition against the current one, and what is worth telling a person about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from screenkit.model.wording import counted
from screenkit.sources import Fault, ListReader

from .store_records import InstalledEdition
from .turnover import Turnover


@attrs.frozen(kw_only=True)
class Limits:
    """How much smaller an edition may be than the one before it."""

    #: By how many percent the number of designations, or of published names, may fall. Of OFAC's 8,976 designations of
    #: July 2021, 792 (8.8%) were removed by the end of 2023. In one day far fewer are removed, while a file that was
    #: cut off after a record, or that came without its aliases, mostly lacks more.
    shrinkage: int = 10
    #: The same limit applies to a kind of which the current edition has at least so many designations.
    least_of_kind: int = 100
    #: How many percent of the current designations may be gone or have another name under their id. Of OFAC's 8,976
    #: designations of July 2021 that were 9% by the end of 2023, of Australia's 6% across two formats. A list whose
    #: ids are row numbers loses half of them where a row is inserted in the middle.
    turnover: int = 20
    #: So many of them have to be gone or renamed, so that a short list can exchange an entry.
    least_turnover: int = 3


#: The limits for every edition.
LIMITS = Limits()


def objections(
    new: InstalledEdition,
    current: InstalledEdition | None,
    shortfalls: Mapping[str, tuple[int, int]],
    turnover: Turnover,
    limits: Limits = LIMITS,
) -> tuple[str, ...]:
    """Why an edition must not be installed, one line for each reason.

    `shortfalls` are the kinds of which it has fewer than a complete edition, as counted by `ListReader`; `turnover`
    compares its ids with those of the current edition.
    """
    few = [
        f"{counted(there, 'designation')} of kind {kind}, but a complete edition has at least {least:,}"
        for kind, (there, least) in shortfalls.items()
    ]
    if current is None:
        return tuple(few)
    return (*few, *_shrunk(new, current, limits), *_turned_over(turnover, limits), *_older(new, current))


def _shrunk(new: InstalledEdition, current: InstalledEdition, limits: Limits) -> list[str]:
    pairs = [("designation", "", new.records, current.records), ("name", "", new.names, current.names)]
    pairs += [
        ("designation", f" of kind {kind}", new.counts.get(kind, 0), count)
        for kind, count in current.counts.items()
        if count >= limits.least_of_kind
    ]
    return [
        f"{counted(now, noun)}{of}, but the current edition has {before:,}: more than {limits.shrinkage}% fewer"
        for noun, of, now, before in pairs
        if now * 100 < before * (100 - limits.shrinkage)
    ]


def _turned_over(turnover: Turnover, limits: Limits) -> list[str]:
    of, changed = turnover.compared, turnover.changed
    if changed < limits.least_turnover or changed * 100 <= of * limits.turnover:
        return []
    return [
        f"a turnover of IDs: {changed:,} of {counted(of, 'designation')} of the current edition are gone or have"
        " another name under their ID, by which decisions and earlier records know them"
    ]


def _older(new: InstalledEdition, current: InstalledEdition) -> list[str]:
    """By the dates of publication, or by the times of retrieval if one of the editions states no date."""
    if new.published and current.published:
        # By day, because one format of a list states a time of day and another doesn't.
        if new.published[:10] < current.published[:10]:
            return [f"it was published {new.published}, before the current edition ({current.published})"]
    elif new.retrieved < current.retrieved:
        return [f"it was retrieved {new.retrieved}, before the current edition ({current.retrieved})"]
    return []


def announcements(new: InstalledEdition, current: InstalledEdition | None, reader: ListReader) -> tuple[str, ...]:
    """What a person has to know about an installed edition, one line each.

    That is what `reader` met in it: columns and elements that its format isn't known to have, and what was lost of it;
    and new program codes. A new code never blocks an edition, because the designations under it must not be missed.
    """
    said = (*_new_fields(reader.new_fields), *_losses(reader.losses))
    return (*(f"{new.source}: {line}" for line in said), *_new_programs(new, current))


def _new_fields(found: Iterable[Fault]) -> Iterator[str]:
    """A line for each field, with how often it is there where that is more than once."""
    counts = Counter((fault.field, fault.problem) for fault in found)
    for (field, problem), count in counts.items():
        yield f"new field {field!r}{f' ({count:,} times)' if count > 1 else ''}: {problem}"


def _losses(found: Sequence[Fault]) -> Iterator[str]:
    if found:
        yield f"lost: {counted(len(found), 'field')} of the file, the first: {found[0]}"


def _new_programs(new: InstalledEdition, current: InstalledEdition | None) -> tuple[str, ...]:
    before = current.programs if current else {}
    lines = []
    for code, count in new.programs.items():
        if code not in before:
            if code in new.unknown_programs:
                told = "which the program table doesn't have; it is kept as published"
            elif current:
                told = "which nobody had in the previous edition"
            else:
                continue
            lines.append(f"{new.source}: new program code {code!r} ({counted(count, 'designation')}), {told}")
    return tuple(lines)
