"""A file of entities, with the delta files that are given beside it applied to it.

OpenSanctions publishes, for each version of a data set, what changed since the version before it: entities.delta.json
(https://www.opensanctions.org/docs/bulk/delta/) has one change on each line, {"op": "ADD", "entity": {...}}. An entity
that is added ("ADD") or modified ("MOD") stands there whole, of one that is deleted ("DEL") only its id. Delta files
are applied in the order of their names, which therefore should begin with the version: 20241209074701.delta.json.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from screenkit.errors import ListFormatError
from screenkit.sources.files import ListFile
from screenkit.sources.format import json_keys
from screenkit.sources.formats.json_lines import records
from screenkit.sources.formats.json_values import Json, shown
from screenkit.sources.job import Job

from .entity import Entity

_KEYS = frozenset({"op", "entity"})
_ADD, _MODIFY, _DELETE = _OPERATIONS = ("ADD", "MOD", "DEL")


def is_delta(file: ListFile) -> bool:
    """Whether each line of the file is a change of an entity."""
    return file.head.lstrip().startswith(b"{") and json_keys(file) >= _KEYS


def entities(job: Job, *, faults: bool = True) -> Iterator[tuple[str, Entity]]:
    """Stream the entities of the newest version, each with its place; changed and added ones come last.

    A reader that goes over the files twice passes `faults=False` the first time. Raises `ListFormatError` unless
    there is one file of entities.
    """
    base = _base(job.files)
    changes = _changes(job, [file for file in job.files if file is not base], faults=faults)
    expected = {id for id, change in changes.items() if change.needs_earlier}
    for place, entity in records(job, base, faults=faults):
        id = shown(entity.get("id"))
        expected.discard(id)
        if id not in changes:
            yield place, entity
    for change in changes.values():
        if change.entity is not None:
            yield change.place, change.entity
    if expected and faults:
        problem = "entities that a delta file changes are not in the file before it; a version between may be missing"
        job.loss("-", "op", f"{len(expected):,}, such as {min(expected)}", problem)


@attrs.frozen(kw_only=True)
class _Change:
    """What became of one entity."""

    place: str
    #: The entity as it is now; None for one that was deleted.
    entity: Entity | None
    #: Whether the first change of it is of an entity that exists already.
    needs_earlier: bool


def _base(files: Sequence[ListFile]) -> ListFile:
    found = [file for file in files if not is_delta(file)]
    if len(found) != 1:
        names = ", ".join(file.name for file in files)
        raise ListFormatError(
            f"expected one file of entities, and beside it the delta files that change it, if any; found"
            f" {len(found) or 'no'} file{'s' if len(found) > 1 else ''} of entities in: {names}."
        )
    return found[0]


def _changes(job: Job, deltas: Sequence[ListFile], *, faults: bool) -> dict[str, _Change]:
    changes: dict[str, _Change] = {}
    for file in deltas:
        for place, line in records(job, file, faults=faults):
            operation, entity = shown(line.get("op")), line.get("entity")
            if problem := _problem(operation, entity):
                if faults:
                    job.fault(place, "op", operation, problem, file=file)
                continue
            assert isinstance(entity, dict)
            id = shown(entity["id"])
            earlier = changes.pop(id, None)
            changes[id] = _Change(
                place=f"{place} of {file.name}",
                entity=None if operation == _DELETE else entity,
                needs_earlier=earlier.needs_earlier if earlier else operation != _ADD,
            )
    return changes


def _problem(operation: str, entity: Json) -> str:
    if operation not in _OPERATIONS:
        return f"expected one of {', '.join(_OPERATIONS)}"
    if not isinstance(entity, dict) or not shown(entity.get("id")):
        return "the change has no entity with an ID"
    return ""
