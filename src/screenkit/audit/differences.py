"""The differences between the record of a screening and the record of its repetition."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from screenkit.model.wording import counted

#: What is not compared, because it differs between any two screenings: the time, and the subject; and which editions
#: were old when they were fetched, which affects no result.
_NOT_COMPARED = frozenset({"time", "subject", "old_editions"})
#: The time when a list was fetched doesn't affect results, and a list read from a path was not fetched.
_NOT_COMPARED_OF_EDITIONS = frozenset({"retrieved"})
#: The versions that made a result; another version can give the same result.
_VERSIONS = frozenset({"version", "components", "tables"})
#: Shown for a value that one side doesn't have.
NOT_STATED = "not stated"


@attrs.frozen(kw_only=True)
class Difference:
    """One place where a record and its repetition differ."""

    #: Where: the record's keys joined by periods, with the source and id of a hit or edition in brackets.
    place: str
    #: The recorded value, or `NOT_STATED`.
    recorded: Any
    #: The value in the repetition, or `NOT_STATED`.
    repeated: Any

    @property
    def is_version(self) -> bool:
        """True if the versions differ, not the result."""
        return self.place.partition(".")[0] in _VERSIONS

    def __str__(self) -> str:
        return f"{self.place}: recorded {_shown(self.recorded)}, now {_shown(self.repeated)}"


def compare_records(recorded: Mapping[str, Any], repeated: Mapping[str, Any]) -> Iterator[Difference]:
    """Compare the results of `Screening.to_dict` of two screenings, except the time and the subject."""
    for key in dict.fromkeys((*repeated, *recorded)):
        if key in _NOT_COMPARED:
            continue
        one, other = recorded.get(key, NOT_STATED), repeated.get(key, NOT_STATED)
        if key in ("hits", "suppressed"):
            yield from _keyed(key, by_designation(one), by_designation(other))
        elif key == "editions":
            yield from _keyed(key, by_source(one), by_source(other))
        else:
            yield from _differing(key, one, other)


def by_designation(hits: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Recorded hits by their source and id, joined by a space."""
    return {f"{hit['source'] or '-'} {hit['designation']['id']}": hit for hit in hits}


def by_source(editions: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Recorded editions by their source, without what doesn't affect a result."""
    return {
        str(edition["source"]): {name: edition[name] for name in edition if name not in _NOT_COMPARED_OF_EDITIONS}
        for edition in editions
    }


def _keyed(place: str, recorded: Mapping[str, Any], repeated: Mapping[str, Any]) -> Iterator[Difference]:
    """The differences between two collections: items that one side lacks, and differences between items."""
    for key in dict.fromkeys((*recorded, *repeated)):
        where = f"{place}[{key}]"
        if key not in repeated:
            yield Difference(place=where, recorded=_summary(recorded[key]), repeated=NOT_STATED)
        elif key not in recorded:
            yield Difference(place=where, recorded=NOT_STATED, repeated=_summary(repeated[key]))
        else:
            yield from _differing(where, recorded[key], repeated[key])
    shared = [[key for key in one if key in other] for one, other in ((recorded, repeated), (repeated, recorded))]
    if shared[0] != shared[1]:
        yield Difference(place=f"order of {place}", recorded=shared[0], repeated=shared[1])


def _summary(item: Mapping[str, Any]) -> str:
    what, noun = ("points", "point") if "points" in item else ("records", "designation")
    number = item.get(what)
    return counted(number, noun) if type(number) is int else "something else"


def _differing(place: str, recorded: Any, repeated: Any) -> Iterator[Difference]:
    if isinstance(recorded, dict) and isinstance(repeated, dict):
        for key in dict.fromkeys((*recorded, *repeated)):
            yield from _differing(f"{place}.{key}", recorded.get(key, NOT_STATED), repeated.get(key, NOT_STATED))
    elif isinstance(recorded, list) and isinstance(repeated, list):
        for at in range(max(len(recorded), len(repeated))):
            one, other = (side[at] if at < len(side) else NOT_STATED for side in (recorded, repeated))
            yield from _differing(f"{place}[{at}]", one, other)
    elif recorded != repeated or type(recorded) is not type(repeated):
        yield Difference(place=place, recorded=recorded, repeated=repeated)


def _shown(value: object) -> str:
    return NOT_STATED if value == NOT_STATED else json.dumps(value, ensure_ascii=False)
