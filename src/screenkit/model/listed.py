"""What a publisher states about one target, in the project's nouns: `Designation` and its parts.

Everything here is a fact as published. Text is verbatim; a derived value (an ISO code, a calendar span)
stands beside the text it was derived from, never in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Self, TypeVar

import attrs

from screenkit.errors import InvalidRecordError

from .dates import PartialDate

_Member = TypeVar("_Member", bound=StrEnum)


class Kind(StrEnum):
    """What sort of target or subject it is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    UNKNOWN = "unknown"


class NameType(StrEnum):
    """The publisher's sort of name: its main entry, or also, formerly or now known as."""

    PRIMARY = "primary"
    AKA = "a.k.a."
    FKA = "f.k.a."
    NKA = "n.k.a."


class Strength(StrEnum):
    """Whether the publisher calls a name weak (OFAC's weak a.k.a., UN's "Low" alias quality)."""

    STRONG = "strong"
    WEAK = "weak"


class Measure(StrEnum):
    """What a listing entails for those who deal with the target."""

    #: Property is frozen and may not be dealt in.
    BLOCK = "block"
    #: Transactions are rejected; property is not frozen.
    REJECT = "reject"
    #: Certain dealings only, such as new debt or equity of a stated maturity.
    SECTORAL = "sectoral"
    #: Goods, software or technology need a licence or may not be supplied; includes arms embargoes.
    EXPORT = "export"
    #: Entry and transit are refused.
    TRAVEL = "travel"
    #: A measure on financial institutions, such as section 311 of the USA PATRIOT Act.
    SPECIAL_MEASURE = "special measure"


class IdentifierType(StrEnum):
    """The sort of an identifier; the publisher's own wording is in `Identifier.label`."""

    PASSPORT = "passport"
    NATIONAL_ID = "national id"
    TAX = "tax"
    REGISTRATION = "registration"
    LEI = "lei"
    BIC = "bic"
    DUNS = "duns"
    #: The International Maritime Organization's number of a ship; also where a list doesn't tell ships from companies.
    IMO = "imo"
    #: Its number of a shipping company or registered owner, which is counted apart from the ships'.
    COMPANY_IMO = "company imo"
    MMSI = "mmsi"
    CALL_SIGN = "call sign"
    TAIL_NUMBER = "tail number"
    SERIAL_NUMBER = "serial number"
    WALLET = "wallet"
    CHINESE_COMMERCIAL_CODE = "chinese commercial code"
    WEBSITE = "website"
    EMAIL = "email"
    PHONE = "phone"
    ACCOUNT = "account"
    OTHER = "other"


def _tuple(items: Iterable[Any]) -> tuple[Any, ...]:  # a type variable would reach the constructors unsolved
    if isinstance(items, str):
        raise InvalidRecordError("one string is given where a sequence is expected: put it in brackets")
    return items if isinstance(items, tuple) else tuple(items)


def _member(enum: type[_Member], value: str) -> _Member:
    """The member of this value, or an error that names the values there are."""
    if type(value) is enum:
        return value
    try:
        return enum(value)
    except ValueError:
        allowed = ", ".join(member.value for member in enum)
        raise InvalidRecordError(f"what is given is no {enum.__name__}; one of: {allowed}") from None


def _kind(value: str | None) -> Kind:
    return Kind.UNKNOWN if value is None else _member(Kind, value)


def _name_type(value: str) -> NameType:
    return _member(NameType, value)


def _strength(value: str) -> Strength:
    return _member(Strength, value)


def _identifier_type(value: str) -> IdentifierType:
    return _member(IdentifierType, value)


def _measures(values: Iterable[str]) -> tuple[Measure, ...]:
    return tuple(_member(Measure, value) for value in _tuple(values))


def _stated(record: object, field: attrs.Attribute[str], value: str) -> None:
    if not isinstance(value, str) or not value.strip():
        found = "blank" if isinstance(value, str) else f"of type {type(value).__name__}"
        raise InvalidRecordError(
            f"{type(record).__name__}.{field.name} is {found}; it has to be a text that is not blank"
        )


@attrs.frozen(kw_only=True)
class Edition:
    """One published version of one list. Equality rests on its identity, not on what was counted in it."""

    #: The source id, a folder name below lists/, such as "un_sc".
    source: str
    #: The list's title as its manifest gives it.
    title: str = ""
    #: Who publishes it.
    publisher: str = ""
    #: The id of the format the raw file has, such as "un_xml".
    format: str = ""
    #: The date (ISO 8601) that the file itself states, or None where it states none.
    published: str | None = None
    #: When the file was fetched (ISO 8601, UTC), or None where it was read from a path.
    retrieved: str | None = None
    #: SHA-256 of the raw file; of several, of their hashes in order of their names. Empty where there is no file.
    sha256: str = ""
    #: How much of the list this is: "full", "starter" for the embedded demonstration list.
    coverage: str = "full"
    #: Designations per kind, in the order of `Kind`.
    counts: Mapping[str, int] = attrs.field(factory=dict, eq=False, hash=False)
    #: Program codes seen, sorted, each with its count of designations.
    programs: Mapping[str, int] = attrs.field(factory=dict, eq=False, hash=False)

    def counted(self, kinds: Mapping[Kind, int], programs: Mapping[str, int]) -> Self:
        """This edition with its designations counted: per kind, and per program code."""
        counts = {kind.value: kinds[kind] for kind in Kind if kinds.get(kind)}
        return attrs.evolve(self, counts=counts, programs=dict(sorted(programs.items())))

    @property
    def records(self) -> int:
        """How many designations were counted."""
        return sum(self.counts.values())


@attrs.frozen
class Program:
    """A sanctions program under which a target is designated."""

    #: The code as published, such as "NPWMD" or "DPRK3".
    code: str = attrs.field(validator=_stated)
    #: What the code stands for; empty for a code that the manifest doesn't know.
    title: str = attrs.field(default="", kw_only=True)
    #: The legal authority, such as "E.O. 13382; 31 CFR Part 544".
    authority: str = attrs.field(default="", kw_only=True)
    #: What a listing under it entails.
    measures: tuple[Measure, ...] = attrs.field(default=(), converter=_measures, kw_only=True)
    #: A part of the program as published, such as "Schedule 1, Part 2" or "Directive 1".
    detail: str = attrs.field(default="", kw_only=True)
    #: False for a code that the source's manifest has no entry for; such a code is kept and counted.
    is_known: bool = attrs.field(default=True, kw_only=True)


@attrs.frozen(kw_only=True)
class NamePart:
    """A part of a name that the publisher gives in a field of its own."""

    #: The publisher's field, in our words: "surname", "given", "middle", "patronymic", "maiden", "whole" ...
    role: str
    #: The part, verbatim.
    text: str


@attrs.frozen
class ListedName:
    """A name exactly as published."""

    #: The name, verbatim; where the publisher splits it into fields, the fields joined as `parts` tells.
    text: str = attrs.field(validator=_stated)
    #: Which sort of name it is.
    type: NameType = attrs.field(default=NameType.PRIMARY, converter=_name_type, kw_only=True)
    #: Whether its publisher calls it weak.
    strength: Strength = attrs.field(default=Strength.STRONG, converter=_strength, kw_only=True)
    #: Language if stated (ISO 639-1 where the publisher's is one, else as published).
    language: str | None = attrs.field(default=None, kw_only=True)
    #: Script if stated, as published ("Latin", "Cyrillic", "Han").
    script: str | None = attrs.field(default=None, kw_only=True)
    #: The publisher's own division of the name.
    parts: tuple[NamePart, ...] = attrs.field(default=(), converter=_tuple, kw_only=True)
    #: For a searchable name taken out of a longer published one: that published text. Else None.
    derived_from: str | None = attrs.field(default=None, kw_only=True)

    @property
    def is_weak(self) -> bool:
        """True where its publisher calls it weak."""
        return self.strength is Strength.WEAK


@attrs.frozen(kw_only=True)
class Place:
    """A place of birth, a nationality or a citizenship."""

    #: The place, verbatim.
    text: str
    #: The country as ISO 3166-1 alpha-2 in lower case, where the text names one that is known. Else None.
    country: str | None = None


@attrs.frozen(kw_only=True)
class Address:
    """An address as published, its fields joined by ", "."""

    #: The address, verbatim.
    text: str
    #: City, where the publisher gives it in a field of its own.
    city: str | None = None
    #: The country as ISO 3166-1 alpha-2 in lower case, where it is known. Else None.
    country: str | None = None


@attrs.frozen(kw_only=True)
class Identifier:
    """A number or code that identifies a target: a passport, an IMO number, a wallet address."""

    #: The sort of identifier.
    type: IdentifierType = attrs.field(default=IdentifierType.OTHER, converter=_identifier_type)
    #: The value, verbatim.
    value: str = attrs.field(validator=_stated)
    #: The issuing country as ISO 3166-1 alpha-2 in lower case, where known. Else None.
    country: str | None = None
    #: The publisher's own wording of the sort ("D-U-N-S Number", "Digital Currency Address - XBT").
    label: str = ""
    #: Anything the publisher adds ("expires 2019", "(Iran)"), verbatim.
    note: str = ""


@attrs.frozen(kw_only=True)
class Relation:
    """A stated tie to another party."""

    #: The sort, in the publisher's words and lower case: "linked to", "owned by", "operator of".
    type: str
    #: The other party's name, verbatim.
    name: str
    #: Its id in the same list, where the publisher gives one. Else None.
    id: str | None = None


@attrs.frozen(kw_only=True)
class Unparsed:
    """An optional field whose text is kept because it can't be read as what it should be."""

    #: The publisher's field.
    field: str
    #: Its text, verbatim.
    text: str


@attrs.frozen(kw_only=True)
class Designation:
    """One listed target: a person, an organization, a vessel or an aircraft."""

    #: The publisher's own id, verbatim: OFAC's "22603", the UN's "KPi.035", the EU's "EU.27.28".
    id: str = attrs.field(validator=_stated)
    #: Which kind of target it is; unknown where the list doesn't say.
    kind: Kind = attrs.field(default=Kind.UNKNOWN, converter=_kind)
    #: Its names, the primary name first.
    names: tuple[ListedName, ...] = attrs.field(converter=_tuple)
    #: The programs it is designated under, in published order.
    programs: tuple[Program, ...] = attrs.field(default=(), converter=_tuple)
    #: What the listing entails, as this entry states it; else what its programs entail.
    measures: tuple[Measure, ...] = attrs.field(default=(), converter=_measures)
    #: The entry's own wordings about secondary-sanctions risk, verbatim; empty where it states none.
    secondary_sanctions: tuple[str, ...] = attrs.field(default=(), converter=_tuple)
    #: Further prohibitions the entry states, verbatim ("Transactions Prohibited For Persons Owned ...").
    prohibitions: tuple[str, ...] = attrs.field(default=(), converter=_tuple)
    #: Birth dates, alternatives included, in published order.
    birth_dates: tuple[PartialDate, ...] = attrs.field(default=(), converter=_tuple)
    #: Birth places.
    birth_places: tuple[Place, ...] = attrs.field(default=(), converter=_tuple)
    #: Nationalities.
    nationalities: tuple[Place, ...] = attrs.field(default=(), converter=_tuple)
    #: Citizenships, where the publisher tells them from nationalities.
    citizenships: tuple[Place, ...] = attrs.field(default=(), converter=_tuple)
    #: "male", "female" or None where not stated.
    gender: str | None = None
    #: Passports, tax numbers, IMO numbers, wallets and the like.
    identifiers: tuple[Identifier, ...] = attrs.field(default=(), converter=_tuple)
    #: Addresses.
    addresses: tuple[Address, ...] = attrs.field(default=(), converter=_tuple)
    #: Stated ties to other parties.
    relations: tuple[Relation, ...] = attrs.field(default=(), converter=_tuple)
    #: Titles, positions and functions, verbatim.
    titles: tuple[str, ...] = attrs.field(default=(), converter=_tuple)
    #: The date (ISO 8601) of the listing, where stated.
    listed_on: str | None = None
    #: Remarks, verbatim and whole; several joined by a line break.
    remarks: str = ""
    #: Further published facts without a field of their own: (label, text), both verbatim.
    facts: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_tuple)
    #: Optional fields that could not be read; their text is kept here and counted.
    unparsed: tuple[Unparsed, ...] = attrs.field(default=(), converter=_tuple)
    #: The edition it stands in, where it comes from a list file.
    edition: Edition | None = None

    def __attrs_post_init__(self) -> None:
        if not self.names:
            raise InvalidRecordError(f"designation {self.id}: names is empty; a designation has at least one name")
        if not all(isinstance(name, ListedName) for name in self.names):
            raise InvalidRecordError(f"designation {self.id}: every name has to be a ListedName")
        if not all(isinstance(program, Program) for program in self.programs):
            raise InvalidRecordError(f"designation {self.id}: every program has to be a Program")
        if not self.measures and self.programs:
            entailed = dict.fromkeys(measure for program in self.programs for measure in program.measures)
            object.__setattr__(self, "measures", tuple(entailed))

    @property
    def name(self) -> str:
        """The first name, which is the primary one."""
        return self.names[0].text

    @property
    def source(self) -> str:
        """The source id of its edition; empty for a designation made by hand."""
        return self.edition.source if self.edition else ""

    @property
    def has_secondary_sanctions_risk(self) -> bool:
        """True where the entry itself states a secondary-sanctions risk."""
        return bool(self.secondary_sanctions)
