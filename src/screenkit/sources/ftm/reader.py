"""The reader of FollowTheMoney entities as JSON lines.

The format is entities.ftm.json and targets.nested.json of https://www.opensanctions.org/docs/bulk/json/, one
entity a line, in the model of https://followthemoney.tech/. In the flat file a sanction, a passport, an
address or a family tie is an entity of its own that refers to its party; the nested file holds it inside the
party. A party's designation takes in what either form states about it.

Parties are designations; where the source's manifest says `targets_only`, only those marked as targets are:
OpenSanctions lists relatives, owned companies and addresses of its targets beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import attrs

from screenkit.model import Designation, Kind
from screenkit.sources.builder import report_missing_id
from screenkit.sources.files import ListFile
from screenkit.sources.format import Format, json_keys
from screenkit.sources.formats.json_values import listed, shown
from screenkit.sources.job import Job

from .delta import entities, is_delta
from .entity import Entity, Party, caption, ids, properties
from .schema import ABOUT, PARTIES

#: Keys with a field of their own in a designation, or without meaning beyond the file.
_READ = ("id", "schema", "caption", "properties", "target")


def read(job: Job) -> Iterator[Designation]:
    """Read a file of entities, with the delta files beside it."""
    held = _Held.of(entity for _, entity in entities(job, faults=False))
    others: Counter[str] = Counter()
    for place, entity in entities(job):
        if not _is_sound(job, place, entity):
            continue
        schema = shown(entity["schema"])
        if not _is_designated(job, entity, schema):
            others[schema] += 1
        elif found := _designation(job, entity, held):
            yield found
    if others:
        counted = ", ".join(f"{schema} {count:,}" for schema, count in sorted(others.items()))
        job.notice(
            "-", "schema", counted, "these entities are not targets; what they state about a target is kept there"
        )


def _recognizes(file: ListFile) -> bool:
    if not file.head.lstrip().startswith(b"{"):
        return False
    return is_delta(file) or {"id", "schema", "properties"} <= json_keys(file)


@attrs.define
class _Held:
    """The entities that are no parties, by the party they refer to, and the names of all that are referred to."""

    about: dict[str, list[Entity]] = attrs.field(factory=dict)
    addresses: dict[str, Entity] = attrs.field(factory=dict)
    captions: dict[str, str] = attrs.field(factory=dict)

    @classmethod
    def of(cls, entities: Iterator[Entity]) -> _Held:
        held = cls()
        for entity in entities:
            id, schema = shown(entity.get("id")), shown(entity.get("schema"))
            if schema not in ABOUT:
                held.captions[id] = caption(entity)
            if schema == "Address":
                held.addresses[id] = entity
            referring = ABOUT.get(schema, ())
            parties = [party for name, values in properties(entity) if name in referring for party in ids(values)]
            for party in dict.fromkeys(parties):
                held.about.setdefault(party, []).append(entity)
        return held


def _is_sound(job: Job, place: str, entity: Entity) -> bool:
    """Whether an entity has the form of one; what isn't so is reported as a fault."""
    id = shown(entity.get("id")) or place
    wrong = [name for name in ("id", "schema") if not isinstance(entity.get(name), str) or not shown(entity[name])]
    if "id" in wrong:
        report_missing_id(job, id, "id", value=shown(entity.get("id")))
    if "schema" in wrong:
        job.fault(id, "schema", shown(entity.get("schema")), "the entity has no schema")
    if not isinstance(entity.get("properties"), dict):
        wrong.append("properties")
        job.fault(id, "properties", shown(entity.get("properties")), "expected an object")
    if entity.get("target") not in (True, False, None):
        wrong.append("target")
        job.fault(id, "target", shown(entity["target"]), "expected true or false")
    return not wrong


def _is_designated(job: Job, entity: Entity, schema: str) -> bool:
    is_target = entity.get("target")
    if is_target is False and job.manifest.targets_only:
        return False
    return bool(is_target) or schema in PARTIES


def _designation(job: Job, entity: Entity, held: _Held) -> Designation | None:
    party = Party(job=job, id=shown(entity.get("id")), entity=entity, captions=held.captions)
    party.facts.extend(_facts(entity))
    party.kind = PARTIES.get(shown(entity["schema"]), Kind.UNKNOWN)
    for name, values in properties(entity):
        for value in values:
            party.read(name, value)
            if name == "addressEntity" and isinstance(value, str) and value in held.addresses:
                party.read_about(held.addresses[value])
    for other in held.about.get(party.id, ()):
        party.read_about(other)
    party.put_main_name_first()
    datasets = job.programs(shown(value) for value in listed(entity.get("datasets")))
    party.programs = party.programs or list(datasets)
    party.measures += [measure for program in (*party.programs, *datasets) for measure in program.measures]
    party.listed_on = min((date.earliest.isoformat() for date in party.listing_dates), default=None)
    return party.designation("name")


def _facts(entity: Entity) -> Iterator[tuple[str, str]]:
    yield "schema", shown(entity["schema"])
    if entity.get("target") is False:
        yield "target", "false"
    for key, value in entity.items():
        if key not in _READ:
            for one in listed(value):
                yield key, shown(one)


FORMAT = Format(id="ftm", title="FollowTheMoney entities (JSON lines)", read=read, recognizes=_recognizes)
