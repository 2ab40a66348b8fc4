"""A Senzing record while its features are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

import attrs

from screenkit.errors import InvalidRecordError
from screenkit.model import (
    Address,
    Identifier,
    Kind,
    ListedName,
    NamePart,
    NameType,
    PartialDate,
    Place,
    Relation,
)
from screenkit.model.countries import country_code
from screenkit.sources.builder import NO_DATE, DesignationBuilder, place
from screenkit.sources.dates import parse_date
from screenkit.sources.formats.json_values import Json, listed, shown

from .features import IDENTIFIERS, Feature

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


@attrs.define(kw_only=True, eq=False)
class Record(DesignationBuilder):
    """One record while its features are read."""

    #: Anchor key -> the name of the record that has it.
    named: Mapping[str, str]
    #: Whether a name stands in NAME_ORG, and whether one stands in parts.
    has_organization_name: bool = False
    has_parted_name: bool = False

    def read(self, feature: Feature) -> None:
        """Put a feature where it belongs; a value that is no text is kept as JSON, in a name it is a fault."""
        texts: dict[str, str] = {}
        for attribute, value in feature.attributes.items():
            if isinstance(value, str | None):
                texts[attribute] = shown(value)
            elif feature.family == "NAME":
                self.fault(attribute, shown(value), "expected a text")
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
                self.notice(attribute, shown(one), "expected a text; kept as JSON")

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
                self.keep("DATE_OF_BIRTH", text, NO_DATE)

    def _read_gender(self, feature: Feature, texts: dict[str, str]) -> None:
        for text in texts.values():
            self.state_gender("GENDER", text)

    def state_kind(self, stated: str) -> None:
        """Take the RECORD_TYPE; where none is stated, the sort of name tells the kind."""
        if stated.upper() in _KINDS:
            self.kind = _KINDS[stated.upper()]
            if self.kind is Kind.UNKNOWN:
                self.facts.append(("RECORD_TYPE", stated))
        elif stated:
            self.keep("RECORD_TYPE", stated, f"expected one of: {', '.join(_KINDS)}")
        elif self.has_organization_name != self.has_parted_name:
            # By the specification NAME_ORG is an organization's, NAME_LAST an individual's; NAME_FULL may be either's.
            self.kind = Kind.ORGANIZATION if self.has_organization_name else Kind.PERSON


def _places(field: str) -> Callable[[Record, Feature, dict[str, str]], None]:
    def read(record: Record, feature: Feature, texts: dict[str, str]) -> None:
        places: list[Place] = getattr(record, field)
        places += map(place, texts.values())

    return read


_READERS: Mapping[str, Callable[[Record, Feature, dict[str, str]], None]] = {
    "NAME": Record._read_name,
    "ADDR": Record._read_address,
    "REL": Record._read_relation,
    "ANCHOR": Record._read_anchor,
    "DATE_OF_BIRTH": Record._read_birth_date,
    "PLACE_OF_BIRTH": _places("birth_places"),
    "NATIONALITY": _places("nationalities"),
    "CITIZENSHIP": _places("citizenships"),
    "REGISTRATION_COUNTRY": Record._read_country,
    "COUNTRY_OF_ASSOCIATION": Record._read_country,
    "GENDER": Record._read_gender,
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
