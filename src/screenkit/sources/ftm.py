"""FollowTheMoney entities as JSON lines in, designations out.

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

from .files import ListFile
from .format import Format, json_keys
from .ftm_entity import Entity, Gathered, caption, ids, properties
from .ftm_schema import ABOUT, PARTIES
from .job import Job
from .json_lines import records
from .json_values import listed, shown

#: Keys with a field of their own in a designation, or without meaning beyond the file.
_READ = ("id", "schema", "caption", "properties", "target")


def read(job: Job) -> Iterator[Designation]:
    """Read a file of entities."""
    held = _Held.of(entity for _, entity in records(job, faults=False))
    others: Counter[str] = Counter()
    for place, entity in records(job):
        if not _is_sound(job, place, entity):
            continue
        schema = shown(entity["schema"])
        if not _is_designated(job, entity, schema):
            others[schema] += 1
        elif found := _designation(job, entity, held):
            yield found
    if others:
        counted = ", ".join(f"{schema} {count:,}" for schema, count in sorted(others.items()))
        job.notice("-", "schema", counted, "entities that are no targets: what they state about one is kept there")


def _recognizes(file: ListFile) -> bool:
    return file.head.lstrip().startswith(b"{") and {"id", "schema", "properties"} <= json_keys(file)


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
    for name in wrong:
        job.fault(id, name, shown(entity.get(name)), "is missing; every entity has one")
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
    found = Gathered(job=job, entity=entity, captions=held.captions)
    for name, values in properties(entity):
        for value in values:
            found.read(name, value)
            if name == "addressEntity" and isinstance(value, str) and value in held.addresses:
                found.read_about(held.addresses[value])
    for other in held.about.get(found.id, ()):
        found.read_about(other)
    names = found.main_name_first()
    if not names:
        job.fault(found.id, "name", "", "is missing; every party has one")
        return None
    datasets = [shown(value) for value in listed(entity.get("datasets"))]
    programs = job.programs(found.program_codes or datasets)
    entailing = (*programs, *job.programs(datasets))
    return Designation(
        id=found.id,
        kind=PARTIES.get(shown(entity["schema"]), Kind.UNKNOWN),
        names=names,
        programs=programs,
        measures=dict.fromkeys([*found.measures, *(measure for program in entailing for measure in program.measures)]),
        birth_dates=found.birth_dates,
        birth_places=found.birth_places,
        nationalities=found.nationalities,
        citizenships=found.citizenships,
        gender=found.gender,
        identifiers=found.identifiers,
        addresses=found.addresses,
        relations=found.relations,
        titles=found.titles,
        listed_on=min((date.earliest.isoformat() for date in found.listing_dates), default=None),
        remarks="\n".join(found.remarks),
        facts=[*_facts(entity), *found.facts],
        unparsed=found.unparsed,
        edition=job.edition,
    )


def _facts(entity: Entity) -> Iterator[tuple[str, str]]:
    yield "schema", shown(entity["schema"])
    if entity.get("target") is False:
        yield "target", "false"
    for key, value in entity.items():
        if key not in _READ:
            for one in listed(value):
                yield key, shown(one)


FORMAT = Format(id="ftm", title="FollowTheMoney entities (JSON lines)", read=read, recognizes=_recognizes)
