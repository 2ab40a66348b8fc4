"""A FollowTheMoney party, and what it and the entities about it state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import attrs

from screenkit.model import (
    Address,
    Identifier,
    IdentifierType,
    ListedName,
    NameType,
    PartialDate,
    Place,
    Relation,
)
from screenkit.model.countries import country_code
from screenkit.sources.builder import DesignationBuilder, place
from screenkit.sources.dates import parse_date
from screenkit.sources.formats.json_values import Json, listed, shown

from .schema import ABOUT, EDGES, IDENTIFIERS, NAMES, PROVISIONS

Entity = dict[str, Json]

_PLACES = {
    "birthPlace": "birth_places",
    "birthCountry": "birth_places",
    "nationality": "nationalities",
    "citizenship": "citizenships",
}
#: They say no more than that the party is tied to the country; so does an address of nothing but a country.
_COUNTRIES = ("country", "mainCountry", "jurisdiction")
#: The model's notation for a property together with its schema: "Person:alias".
_QUALIFIED = re.compile(r"[A-Z]\w*:(\w+)\Z")


def properties(entity: Entity) -> Iterator[tuple[str, list[Json]]]:
    """The properties of an entity, unqualified, each with its values; a bare value is a list of one."""
    stated = entity.get("properties")
    for name, value in stated.items() if isinstance(stated, dict) else ():
        qualified = _QUALIFIED.match(name)
        yield qualified[1] if qualified else name, listed(value)


def texts(entity: Entity, *names: str) -> list[str]:
    """The values of properties that are texts, in the order of the names."""
    stated = dict(properties(entity))
    return [value.strip() for name in names for value in stated.get(name, ()) if isinstance(value, str)]


def ids(values: Iterable[Json]) -> list[str]:
    """The ids of entities that a property refers to, or holds."""
    held = [shown(value.get("id")) if isinstance(value, dict) else value for value in values]
    return [id for id in held if isinstance(id, str) and id]


def caption(entity: Entity) -> str:
    """The name by which the publisher shows an entity; empty where that is only its sort, or its id."""
    stated = shown(entity.get("caption"))
    sort = shown(entity.get("schema")).lower()
    return "" if stated.replace(" ", "").lower() == sort or stated == shown(entity.get("id")) else stated


@attrs.define(kw_only=True, eq=False)
class Party(DesignationBuilder):
    """One party while it and the entities about it are read."""

    entity: Entity
    #: The name that an entity of that id is shown by.
    captions: Mapping[str, str]
    listing_dates: list[PartialDate] = attrs.field(factory=list)

    def read(self, name: str, value: Json) -> None:
        """Put one value of one of the party's properties where it belongs."""
        if isinstance(value, str):
            self._read_text(name, value.strip())
        elif isinstance(value, dict) and "schema" in value:
            self.read_about(value, name)
        elif name in NAMES:
            self.job.fault(self.id, name, shown(value), "expected a text")
        else:
            self.keep_as_fact(name, shown(value), "expected a text; kept as JSON")

    def _read_text(self, name: str, text: str) -> None:
        schema = self.entity.get("schema")
        if name in NAMES:
            type, strength = NAMES[name]
            self.names.append(ListedName(text, type=type, strength=strength))
        elif name in IDENTIFIERS:
            # The model calls an aircraft's tail number its registration number.
            is_tail = name == "registrationNumber" and schema == "Airplane"
            type_of = IdentifierType.TAIL_NUMBER if is_tail else IDENTIFIERS[name]
            self.identifiers.append(Identifier(type=type_of, value=text, label=name))
        elif name in _PLACES:
            places: list[Place] = getattr(self, _PLACES[name])
            places.append(place(text))
        elif name == "birthDate":
            self.state_birth_date(name, text)
        elif name == "gender" and text.lower() in ("male", "female") and self.gender in (None, text.lower()):
            self.gender = text.lower()
        elif name in _COUNTRIES:
            self.addresses.append(Address(text=text, country=country_code(text)))
        elif name == "address":
            self.addresses.append(Address(text=text))
        elif name in ("position", "title"):
            self.titles.append(text)
        elif name == "notes":
            self.remarks.append(text)
        elif name != "addressEntity" or text not in self.captions:
            self.facts.append((name, text))

    def read_about(self, entity: Entity, name: str = "") -> None:
        """Put what another entity states about the party where it belongs; `name` is the property that holds it."""
        schema = shown(entity.get("schema"))
        if schema == "Sanction":
            self._read_sanction(entity)
        elif schema in EDGES:
            self._read_edge(entity, schema)
        elif schema == "Occupancy":
            self._read_occupancy(entity)
        elif schema == "Address":
            self._read_address(entity)
        elif schema in ABOUT:
            self._read_identification(entity, schema)
        else:
            self.facts.append((name or schema, caption(entity) or shown(entity.get("id")) or schema))

    def _read_sanction(self, sanction: Entity) -> None:
        codes = texts(sanction, "programId") or texts(sanction, "program")
        self.programs += self.job.programs(codes)
        for text in texts(sanction, "provisions"):
            self.measures += [measure for wording, measure in PROVISIONS if wording in text.lower()]
        dates = map(parse_date, texts(sanction, "listingDate") or texts(sanction, "startDate"))
        self.listing_dates += [date for date in dates if date is not None]
        self._keep(sanction, "Sanction", besides=("entity",))

    def _read_edge(self, entity: Entity, schema: str) -> None:
        edge, stated = EDGES[schema], dict(properties(entity))
        sources, targets = stated.get(edge.source, []), stated.get(edge.target, [])
        # Where the party itself is left out, as in a nested entity, it stands on the empty side.
        is_outward = self.id in ids(sources) or (self.id not in ids(targets) and not sources)
        role = ", ".join(texts(entity, edge.role)).lower()
        type = edge.outward if is_outward else edge.inward
        if role and edge.outward == edge.inward:
            type = role if is_outward or schema == "UnknownLink" else f"{role} of"
        elif role:
            type = f"{type} ({role})"
        others = self._named(targets if is_outward else sources)
        self.relations += [Relation(type=type, name=name, id=id) for id, name in others]
        self._keep_one(entity, schema, [name for _, name in others], besides=(edge.source, edge.target, edge.role))

    def _read_occupancy(self, entity: Entity) -> None:
        posts = [name for _, name in self._named(dict(properties(entity)).get("post", []))]
        self.titles += posts
        self._keep_one(entity, "Occupancy", posts, besides=("holder", "post"))

    def _named(self, values: Iterable[Json]) -> list[tuple[str, str]]:
        """The ids of the entities that a property refers to or holds, each with the name it is shown by."""
        held = {id: caption(value) for value in values if isinstance(value, dict) for id in ids([value])}
        return [(id, held.get(id) or self.captions.get(id) or id) for id in ids(values)]

    def _read_address(self, entity: Entity) -> None:
        parts = ("street", "street2", "postOfficeBox", "city", "postalCode", "region", "state", "country")
        text = next(iter(texts(entity, "full")), "") or caption(entity) or ", ".join(texts(entity, *parts))
        if text:
            city, country = texts(entity, "city"), texts(entity, "country")
            self.addresses.append(
                Address(
                    text=text, city=city[0] if city else None, country=country_code(country[0]) if country else None
                )
            )
        self._keep(entity, "Address", besides=("full", *parts))

    def _read_identification(self, entity: Entity, schema: str) -> None:
        sort = IdentifierType.PASSPORT if schema == "Passport" else IdentifierType.OTHER
        country = next(iter(texts(entity, "country")), "")
        label = ", ".join(texts(entity, "type")) or schema
        for name in ("number", *IDENTIFIERS):
            for text in texts(entity, name):
                type = IDENTIFIERS.get(name, sort)
                self.identifiers.append(Identifier(type=type, value=text, country=country_code(country), label=label))
        self._keep(entity, schema, besides=("holder", "number", "type", "country", *IDENTIFIERS))

    def _keep(self, entity: Entity, schema: str, *, besides: tuple[str, ...]) -> None:
        """Keep as facts what an entity about the party states besides what was read."""
        for name, values in properties(entity):
            if name not in besides:
                self.facts += [(f"{schema} {name}", shown(value)) for value in values]

    def _keep_one(self, entity: Entity, schema: str, names: list[str], *, besides: tuple[str, ...]) -> None:
        """Keep as one fact what a tie states besides what was read, with the names of those at its other end."""
        stated = [
            f"{name} {shown(one)}" for name, values in properties(entity) if name not in besides for one in values
        ]
        if stated:
            self.facts.append((schema, ", ".join([*names, *stated])))

    def put_main_name_first(self) -> None:
        """Put first the name by which the publisher shows the party, which is one even if it stands nowhere else."""
        main, names = caption(self.entity), sorted(self.names, key=lambda name: name.type is not NameType.PRIMARY)
        self.names = names
        if not main:
            return
        is_named = bool(names) and names[0].type is NameType.PRIMARY
        type = NameType.AKA if is_named else NameType.PRIMARY
        found = next((name for name in names if name.text == main), None)
        if found is None:
            names.insert(len(names) if is_named else 0, ListedName(main, type=type))
        elif found.type is NameType.PRIMARY or not is_named:
            names.remove(found)
            names.insert(0, attrs.evolve(found, type=NameType.PRIMARY))
