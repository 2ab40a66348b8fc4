"""A designation as an entity of FollowTheMoney, which is what yente's clients read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from screenkit.model import Designation, IdentifierType, Kind, NameType, PartialDate, Relation
from screenkit.screener import Screener
from screenkit.sources.ftm.schema import EDGES

Entity = dict[str, Any]

_SCHEMATA = {
    Kind.PERSON: "Person",
    Kind.ORGANIZATION: "Organization",
    Kind.VESSEL: "Vessel",
    Kind.AIRCRAFT: "Airplane",
    Kind.UNKNOWN: "LegalEntity",
}
#: The property of each type of identifier; of types without one of their own, `idNumber`.
_IDENTIFIERS = {
    IdentifierType.PASSPORT: "passportNumber",
    IdentifierType.NATIONAL_ID: "idNumber",
    IdentifierType.TAX: "taxNumber",
    IdentifierType.REGISTRATION: "registrationNumber",
    IdentifierType.LEI: "leiCode",
    IdentifierType.DUNS: "dunsCode",
    IdentifierType.BIC: "swiftBic",
    IdentifierType.IMO: "imoNumber",
    IdentifierType.MMSI: "mmsi",
    IdentifierType.CALL_SIGN: "callSign",
    IdentifierType.SERIAL_NUMBER: "serialNumber",
    IdentifierType.WEBSITE: "website",
    IdentifierType.EMAIL: "email",
    IdentifierType.PHONE: "phone",
}
#: What a party's property is named that holds the edges of a schema: where it is the source, and where the target.
_REVERSE = {
    "Ownership": ("ownershipOwner", "ownershipAsset"),
    "Directorship": ("directorshipDirector", "directorshipOrganization"),
    "Membership": ("membershipMember", "membershipOrganization"),
    "Employment": ("employers", "employees"),
    "Representation": ("agencyClient", "agentRepresentation"),
    "Succession": ("successors", "predecessors"),
    "Family": ("familyPerson", "familyRelative"),
    "Associate": ("associates", "associations"),
    "UnknownLink": ("unknownLinkTo", "unknownLinkFrom"),
}
#: The source of lists that a house keeps itself.
_HOUSE = "house"
_PLAIN = re.compile(r"[A-Za-z0-9._-]")
_ESCAPED = re.compile(r"~([0-9a-f]+)~")


def entity_id(source: str, id: str) -> str:
    """The id of a designation among all lists, in characters that any path can hold: "us_ofac_sdn:22603"."""
    return f"{_escaped(source)}:{_escaped(id)}"


def find(screener: Screener, id: str) -> Designation | None:
    """The designation with this entity id, or None."""
    source, _, own = id.partition(":")
    return screener.find(_restored(source), _restored(own))


def entity(designation: Designation) -> Entity:
    """The flat entity of a designation: names, facts and programs, without entities beside it."""
    edition = designation.edition
    listed = designation.listed_on
    return {
        "id": entity_id(designation.source, designation.id),
        "caption": designation.name,
        "schema": _SCHEMATA[designation.kind],
        "properties": _properties(designation),
        "datasets": [designation.source],
        "referents": [designation.id],
        "target": True,
        "first_seen": f"{listed}T00:00:00" if listed and re.fullmatch(r"\d{4}-\d\d-\d\d", listed) else None,
        "last_seen": edition.retrieved if edition else None,
        "last_change": None,
    }


def nested(designation: Designation, screener: Screener) -> Entity:
    """The entity with the entities beside it: its sanctions, addresses and relations."""
    made = entity(designation)
    return {**made, "properties": {**made["properties"], **adjacent(designation, screener)}}


def adjacent(designation: Designation, screener: Screener) -> dict[str, list[Entity]]:
    """The entities beside a designation, by the property that leads to them."""
    own = entity_id(designation.source, designation.id)
    found: dict[str, list[Entity]] = {"sanctions": list(_sanctions(designation, own))}
    found["addressEntity"] = [
        _part(own, f"address-{at}", "Address", one.text, full=[one.text], city=[one.city], country=[one.country])
        for at, one in enumerate(designation.addresses)
    ]
    for at, relation in enumerate(designation.relations):
        name, edge = _edge(designation, relation, at, screener)
        found.setdefault(name, []).append(edge)
    return {name: entities for name, entities in found.items() if entities}


def topics(designation: Designation) -> list[str]:
    """The topics of a designation: a publisher's list sanctions, a house's own is of interest."""
    return ["poi"] if designation.source.partition(":")[0] == _HOUSE else ["sanction"]


def _properties(designation: Designation) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for name in designation.names:
        if name.is_weak:
            made.setdefault("weakAlias", []).append(name.text)
        elif name.type is NameType.PRIMARY:
            made.setdefault("name", []).append(name.text)
        else:
            made.setdefault("previousName" if name.type is NameType.FKA else "alias", []).append(name.text)
    for identifier in designation.identifiers:
        made.setdefault(_IDENTIFIERS.get(identifier.type, "idNumber"), []).append(identifier.value)
    tied = [place.country for place in (*designation.nationalities, *designation.citizenships)]
    made |= {
        "birthDate": [_iso(date) for date in designation.birth_dates],
        "birthPlace": [place.text for place in designation.birth_places],
        "nationality": [place.country or place.text for place in designation.nationalities],
        "citizenship": [place.country or place.text for place in designation.citizenships],
        "country": [code for code in (*tied, *(one.country for one in designation.addresses)) if code],
        "gender": [designation.gender] if designation.gender else [],
        "address": [one.text for one in designation.addresses],
        "position": list(designation.titles),
        "program": [program.title or program.code for program in designation.programs],
        "programId": [program.code for program in designation.programs],
        "notes": [designation.remarks] if designation.remarks else [],
        "topics": topics(designation),
    }
    return {name: list(dict.fromkeys(values)) for name, values in made.items() if values}


def _iso(date: PartialDate) -> str:
    """A date as ISO 8601, as precise as it is: a day, a month or a year; of a span of years, the first."""
    first, last = date.earliest, date.latest
    if first == last:
        return first.isoformat()
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    return f"{first:%Y}"


def _sanctions(designation: Designation, own: str) -> Iterable[Entity]:
    publisher = designation.edition.publisher if designation.edition else ""
    for at, program in enumerate(designation.programs):
        yield _part(
            own,
            f"sanction-{at}",
            "Sanction",
            program.title or program.code,
            entity=[own],
            authority=[publisher],
            program=[program.title or program.code],
            programId=[program.code],
            reason=[program.authority],
            provisions=[measure.value for measure in program.measures],
            listingDate=[designation.listed_on],
        )


def _edge(designation: Designation, relation: Relation, at: int, screener: Screener) -> tuple[str, Entity]:
    """The property that leads to a relation, and the entity of the relation with the other party in it."""
    own = entity_id(designation.source, designation.id)
    other = screener.find(designation.source, relation.id) if relation.id else None
    party = entity(other) if other else _part(own, f"party-{at}", "LegalEntity", relation.name, name=[relation.name])
    schema, is_source = _direction(relation.type)
    edge = EDGES[schema]
    ends: dict[str, list[Any]] = {edge.source: [own], edge.target: [party]}
    if not is_source:
        ends = {edge.source: [party], edge.target: [own]}
    return _REVERSE[schema][not is_source], _part(
        own, f"relation-{at}", schema, relation.type, **ends, **{edge.role: [relation.type]}
    )


def _direction(type: str) -> tuple[str, bool]:
    """The schema of a relation, and whether the designation is the source of its edges."""
    for schema, edge in EDGES.items():
        if type == edge.outward:
            return schema, True
        if type == edge.inward:
            return schema, False
    return "UnknownLink", True


def _part(own: str, which: str, schema: str, caption: str, /, **properties: list[Any]) -> Entity:
    stated = {name: [value for value in values if value] for name, values in properties.items()}
    return {
        "id": f"{own}:{which}",
        "caption": caption,
        "schema": schema,
        "properties": {name: values for name, values in stated.items() if values},
        "datasets": [_restored(own.partition(":")[0])],
        "referents": [],
        "target": False,
        "first_seen": None,
        "last_seen": None,
        "last_change": None,
    }


def _escaped(text: str) -> str:
    return "".join(one if _PLAIN.match(one) else f"~{ord(one):x}~" for one in text)


def _restored(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(min(int(found[1][:6], 16), 0x10FFFF)), text)
