"""An edition that was read whole and the current one in, why it is not to be taken up out; and what is new in it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from .installed_edition import InstalledEdition


@attrs.frozen(kw_only=True)
class Limits:
    """How far an edition may fall behind the one before it."""

    #: The most, in percent, that an edition may have fewer designations, or published names, than the current one. Of
    #: OFAC's 8,976 designations of July 2021, 792 (8.8 %) had gone by the end of 2023; one day takes far less away,
    #: while a file that was cut off at a record, or that came without its aliases, mostly lacks more.
    shrinkage: int = 10
    #: And of one kind, where the current edition has at least so many of it: of fewer, some removals are a large share.
    least_of_kind: int = 100


#: The limits that every edition is held to.
LIMITS = Limits()


def objections(
    new: InstalledEdition,
    current: InstalledEdition | None,
    shortfalls: Mapping[str, tuple[int, int]],
    limits: Limits = LIMITS,
) -> tuple[str, ...]:
    """Why an edition is not to be taken up, one line each; none where it may be.

    `shortfalls` are the kinds of which it has fewer than a whole edition, as `ListReader` counts them.
    """
    few = [
        f"{met:,} designations of kind {kind}, where a whole edition has at least {least:,}"
        for kind, (met, least) in shortfalls.items()
    ]
    if current is None:
        return tuple(few)
    return (*few, *_shrunk(new, current, limits), *_older(new, current))


def _shrunk(new: InstalledEdition, current: InstalledEdition, limits: Limits) -> list[str]:
    pairs = [("designations", new.records, current.records), ("names", new.names, current.names)]
    pairs += [
        (f"designations of kind {kind}", new.counts.get(kind, 0), count)
        for kind, count in current.counts.items()
        if count >= limits.least_of_kind
    ]
    return [
        f"{now:,} {what}, where the current edition has {before:,}: more than {limits.shrinkage} % fewer"
        for what, now, before in pairs
        if now * 100 < before * (100 - limits.shrinkage)
    ]


def _older(new: InstalledEdition, current: InstalledEdition) -> list[str]:
    """By the dates of publication; by the times of retrieval where one of the files states no date."""
    if new.published and current.published:
        # By day: one format of a list states a time of day, another doesn't.
        if new.published[:10] < current.published[:10]:
            return [f"published {new.published}, before the current edition of {current.published}"]
    elif new.retrieved < current.retrieved:
        return [f"retrieved {new.retrieved}, before the current edition, which was retrieved {current.retrieved}"]
    return []


def announcements(new: InstalledEdition, current: InstalledEdition | None) -> tuple[str, ...]:
    """What a person has to be told of an edition that is taken up, one line each: program codes that are new in it.

    A new code never blocks an edition, because the designations under it are the ones that must not be missed.
    """
    before = current.programs if current else {}
    lines = []
    for code, count in new.programs.items():
        if code not in before:
            if code in new.unknown_programs:
                told = "that the program table has no entry for; it is kept as published"
            elif current:
                told = "that the edition before had nobody under"
            else:
                continue
            lines.append(f"{new.source}: new program code {code!r}, {count:,} designations, {told}")
    return tuple(lines)
