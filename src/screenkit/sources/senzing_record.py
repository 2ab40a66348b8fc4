"""The features of a Senzing record in, the parts of its designation out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

import attrs

from screenkit.errors import InvalidRecordError
from screenkit.model import (
    Address,
    Designation,
    Identifier,
    Kind,
    ListedName,
    NamePart,
    NameType,
    PartialDate,
    Place,
    Relation,
    Unparsed,
)

from .countries import country_code
from .dates import parse_date
from .job import Job
from .json_values import Json, listed, shown
from .senzing_features import IDENTIFIERS, Feature

_KINDS = {
    "PERSON": Kind.PERSON,
    "INDIVIDUAL": Kind.PERSON,
    "ORGANIZATION": Kind.ORGANIZATION,
    "COMPANY": Kind.ORGANIZATION,
    "BUSINESS": Kind.ORGANIZATION,
    "VESSEL": Kind.VESSEL,
    "AIRCRAFT": Kind.AIRCRAFT,
    "VEHICLE": Kind.UNKNOWN,
}
_NAME_TYPES = {
    "": NameType.AKA,
    "PRIMARY": NameType.PRIMARY,
    "ALIAS": NameType.AKA,
    "AKA": NameType.AKA,
    "FKA": NameType.FKA,
    "FORMER": NameType.FKA,
    "NKA": NameType.NKA,
}
_GENDERS = {"M": "male", "MALE": "male", "F": "female", "FEMALE": "female"}
#: Attribute -> the role of a part of a name, in the order in which the parts make up the name.
_PARTS = {"NAME_FIRST": "given", "NAME_MIDDLE": "middle", "NAME_LAST": "surname", "NAME_SUFFIX": "suffix"}
_ADDRESS = (
    "ADDR_FULL", *(f"ADDR_LINE{number}" for number in range(1, 7)),
    "ADDR_CITY", "ADDR_STATE", "ADDR_POSTAL_CODE", "ADDR_COUNTRY",
)  # fmt: skip
#: How attributes end that say who issued a number, or how far it goes.
_ISSUERS = ("_COUNTRY", "_STATE")
_QUALIFIERS = ("_DOMAIN", "_DATE")
#: The specification's own examples have the month first, many publishers' data the day.
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")


def name_text(feature: Feature) -> tuple[str, tuple[NamePart, ...]]:
    """The text of a NAME feature, empty where it has none, and the parts it is made up from."""
    stated = {key: shown(value) for key, value in feature.attributes.items()}
    whole = stated.get("NAME_FULL") or stated.get("NAME_ORG")
    if whole:
        return whole, ()
    parts = tuple(NamePart(role=role, text=stated[key]) for key, role in _PARTS.items() if stated.get(key))
    return " ".join(part.text for part in parts), parts


@attrs.define
class Gathered:
    """What is gathered about one record, as fields of a designation."""

    job: Job
    id: str
    #: Anchor key -> the name of the record that has it.
    named: Mapping[str, str]
    has_faults: bool = False
    #: Whether a name stands in NAME_ORG, and whether one stands in parts.
    has_organization_name: bool = False
    has_parted_name: bool = False
    names: list[ListedName] = attrs.field(factory=list)
    birth_dates: list[PartialDate] = attrs.field(factory=list)
    birth_places: list[Place] = attrs.field(factory=list)
    nationalities: list[Place] = attrs.field(factory=list)
    citizenships: list[Place] = attrs.field(factory=list)
    gender: str | None = None
    identifiers: list[Identifier] = attrs.field(factory=list)
    addresses: list[Address] = attrs.field(factory=list)
    relations: list[Relation] = attrs.field(factory=list)
    titles: list[str] = attrs.field(factory=list)
    facts: list[tuple[str, str]] = attrs.field(factory=list)
    unparsed: list[Unparsed] = attrs.field(factory=list)

    def read(self, feature: Feature) -> None:
        """Put a feature where it belongs; a value that is no text is kept as JSON, in a name it is a fault."""
        texts: dict[str, str] = {}
        for attribute, value in feature.attributes.items():
            if isinstance(value, str | None):
                texts[attribute] = shown(value)
            elif feature.family == "NAME":
                self.has_faults = True
                self.job.fault(self.id, attribute, shown(value), "expected a text")
            else:
                self._keep_json(attribute, value)
        texts = {attribute: text for attribute, text in texts.items() if text}
        if not texts:
            return
        if feature.family in IDENTIFIERS:
            self._read_identifier(feature, texts)
        elif feature.family in _READERS:
            _READERS[feature.family](self, feature, texts)
        else:
            self.facts += [(f"{feature.usage} {key}".strip(), text) for key, text in texts.items()]

    def _keep_json(self, attribute: str, value: Json) -> None:
        for one in listed(value):
            self.facts.append((attribute, shown(one)))
            if not isinstance(one, str | bool):
                self.job.notice(self.id, attribute, shown(one), "expected a text; kept as JSON")

    def _read_name(self, feature: Feature, texts: dict[str, str]) -> None:
        text, parts = name_text(feature)
        stated = texts.get("NAME_TYPE") or feature.usage
        if not text:
            self.facts += texts.items()
            return
        self.has_organization_name |= "NAME_ORG" in texts
        self.has_parted_name |= bool(parts)
        if stated.upper() not in _NAME_TYPES:
            self.facts.append((f"NAME_TYPE {stated}", text))
        first_untyped = not stated and not self.names
        type = NameType.PRIMARY if first_untyped else _NAME_TYPES.get(stated.upper(), NameType.AKA)
        self.names.append(ListedName(text, type=type, parts=parts))
        self.titles += [texts["NAME_PREFIX"]] if "NAME_PREFIX" in texts else []
        # The specification allows one whole name only; where a record has more, none is lost.
        others = [texts[key] for key in ("NAME_FULL", "NAME_ORG") if texts.get(key, text) != text]
        self.names += [ListedName(other, type=NameType.AKA) for other in others]
        if not parts:
            self.facts += [(key, texts[key]) for key in _PARTS if key in texts]

    def _read_address(self, feature: Feature, texts: dict[str, str]) -> None:
        text = ", ".join(texts[key] for key in _ADDRESS if key in texts)
        country = texts.get("ADDR_COUNTRY", "")
        if text:
            self.addresses.append(Address(text=text, city=texts.get("ADDR_CITY"), country=country_code(country)))
        kept = ", ".join(other for key, other in texts.items() if key not in _ADDRESS)
        if feature.usage or kept:
            self.facts.append((f"{feature.usage} ADDR".strip(), ", ".join(filter(None, (text, kept)))))

    def _read_country(self, feature: Feature, texts: dict[str, str]) -> None:
        # It says no more than that the party is tied to the country; so does an address of nothing but a country.
        for text in texts.values():
            self.addresses.append(Address(text=text, country=country_code(text)))
            self.facts.append((feature.family, text))

    def _read_relation(self, feature: Feature, texts: dict[str, str]) -> None:
        key = texts.get("REL_POINTER_KEY")
        if key is None:
            self.facts += texts.items()
            return
        role = texts.get("REL_POINTER_ROLE", "related to").replace("_", " ").lower()
        self.relations.append(Relation(type=role, name=self.named.get(key, key), id=key))
        known = ("REL_POINTER_KEY", "REL_POINTER_ROLE")
        self.facts += [(f"{attribute} {key}", text) for attribute, text in texts.items() if attribute not in known]

    def _read_anchor(self, feature: Feature, texts: dict[str, str]) -> None:
        self.facts += [(attribute, text) for attribute, text in texts.items() if text != self.id]

    def _read_identifier(self, feature: Feature, texts: dict[str, str]) -> None:
        sort = next((text for key, text in texts.items() if key.endswith("_TYPE")), "")
        # Of SSN_NUMBER and SSN_LAST4 both are values.
        values = {key: text for key, text in texts.items() if not key.endswith((*_ISSUERS, *_QUALIFIERS, "_TYPE"))}
        issuers = [text for key, text in texts.items() if key.endswith(_ISSUERS)]
        notes = [text for key, text in texts.items() if key.endswith((*_ISSUERS, *_QUALIFIERS))]
        country = next(filter(None, map(country_code, issuers)), None)
        for key, value in values.items():
            label = " ".join(filter(None, (feature.usage, key if len(values) > 1 else feature.family, sort)))
            self.identifiers.append(
                Identifier(
                    type=IDENTIFIERS[feature.family], value=value, country=country, label=label, note=", ".join(notes)
                )
            )
        if not values:
            self.facts += texts.items()

    def _read_birth_date(self, feature: Feature, texts: dict[str, str]) -> None:
        for text in texts.values():
            dates = _dates(text)
            self.birth_dates += dates
            if not dates:
                self._keep("DATE_OF_BIRTH", text, "no date that can be read")

    def _read_gender(self, feature: Feature, texts: dict[str, str]) -> None:
        for text in texts.values():
            gender = _GENDERS.get(text.upper())
            if gender is None or self.gender not in (None, gender):
                self._keep("GENDER", text, "expected one of: M, F, and one only")
            else:
                self.gender = gender

    def _keep(self, field: str, text: str, problem: str) -> None:
        self.unparsed.append(Unparsed(field=field, text=text))
        self.job.notice(self.id, field, text, problem)

    def _kind(self, record: Mapping[str, Json]) -> Kind:
        stated = shown(record.get("RECORD_TYPE"))
        if stated.upper() in _KINDS:
            kind = _KINDS[stated.upper()]
            if kind is Kind.UNKNOWN:
                self.facts.append(("RECORD_TYPE", stated))
            return kind
        if stated:
            self._keep("RECORD_TYPE", stated, f"expected one of: {', '.join(_KINDS)}")
            return Kind.UNKNOWN
        # By the specification NAME_ORG is an organization's, NAME_LAST an individual's; NAME_FULL may be either's.
        if self.has_organization_name == self.has_parted_name:
            return Kind.UNKNOWN
        return Kind.ORGANIZATION if self.has_organization_name else Kind.PERSON

    def designation(self, record: Mapping[str, Json]) -> Designation:
        """Make the record's designation."""
        kind = self._kind(record)
        source = shown(record.get("DATA_SOURCE"))
        return Designation(
            id=self.id,
            kind=kind,
            names=sorted(self.names, key=lambda name: name.type is not NameType.PRIMARY),
            programs=self.job.programs([source] if source else []),
            birth_dates=self.birth_dates,
            birth_places=self.birth_places,
            nationalities=self.nationalities,
            citizenships=self.citizenships,
            gender=self.gender,
            identifiers=self.identifiers,
            addresses=self.addresses,
            relations=self.relations,
            titles=self.titles,
            facts=self.facts,
            unparsed=self.unparsed,
            edition=self.job.edition,
        )


def _places(field: str) -> Callable[[Gathered, Feature, dict[str, str]], None]:
    def read(gathered: Gathered, feature: Feature, texts: dict[str, str]) -> None:
        places: list[Place] = getattr(gathered, field)
        places += [Place(text=text, country=country_code(text.rpartition(", ")[2])) for text in texts.values()]

    return read


_READERS: Mapping[str, Callable[[Gathered, Feature, dict[str, str]], None]] = {
    "NAME": Gathered._read_name,
    "ADDR": Gathered._read_address,
    "REL": Gathered._read_relation,
    "ANCHOR": Gathered._read_anchor,
    "DATE_OF_BIRTH": Gathered._read_birth_date,
    "PLACE_OF_BIRTH": _places("birth_places"),
    "NATIONALITY": _places("nationalities"),
    "CITIZENSHIP": _places("citizenships"),
    "REGISTRATION_COUNTRY": Gathered._read_country,
    "COUNTRY_OF_ASSOCIATION": Gathered._read_country,
    "GENDER": Gathered._read_gender,
}


def _dates(text: str) -> list[PartialDate]:
    """The date or, of a slashed one whose order can't be told, both dates that it may be."""
    slashed = _SLASHED.match(text)
    if slashed is None:
        date = parse_date(text)
        return [] if date is None else [date]
    first, second, year = map(int, slashed.groups())
    readings = dict.fromkeys([(second, first), (first, second)])
    return [date for month, day in readings for date in _day(year, month, day, text)]


def _day(year: int, month: int, day: int, text: str) -> Iterator[PartialDate]:
    try:
        yield PartialDate.of(year, month, day, text=text)
    except InvalidRecordError:
        return
