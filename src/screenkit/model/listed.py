"""`Designation`: what a publisher states about one target, and the records it is made of.

Everything here is a fact as published. Text is verbatim; a derived value (an ISO code, a span of days) is given in
addition to the text that it was derived from, never instead of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Self, TypeVar

import attrs

from screenkit.errors import InvalidRecordError

from .dates import PartialDate
from .terms import IdentifierType, Kind, Measure, NameType, Strength

_Member = TypeVar("_Member", bound=StrEnum)


def _tuple(items: Iterable[Any]) -> tuple[Any, ...]:  # a type variable would reach the constructors unsolved
    if isinstance(items, str):
        raise InvalidRecordError("expected a sequence, not a single string; put the string in brackets")
    return items if isinstance(items, tuple) else tuple(items)


def _member(enum: type[_Member], value: str) -> _Member:
    """The member with this value. Raises `InvalidRecordError`, which names the values allowed."""
    if type(value) is enum:
        return value
    try:
        return enum(value)
    except ValueError:
        allowed = ", ".join(member.value for member in enum)
        raise InvalidRecordError(f"{enum.__name__} must be one of: {allowed}") from None


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
            f"{type(record).__name__}.{field.name} must be a text that is not blank; it is {found}"
        )


@attrs.frozen(kw_only=True)
class Edition:
    """One published version of one list. Counts don't affect equality."""

    #: The source id, a folder name below lists/, such as "un_sc".
    source: str
    #: The title of the list, from its manifest.
    title: str = ""
    #: Who publishes it.
    publisher: str = ""
    #: The id of the file's format, such as "un_xml".
    format: str = ""
    #: The date (ISO 8601) that the file itself states, or None if it states none.
    published: str | None = None
    #: When the file was fetched (ISO 8601, UTC), or None if it was read from a path.
    retrieved: str | None = None
    #: SHA-256 of the raw file; of several, of their hashes in order of their names. Empty if there is no file.
    sha256: str = ""
    #: How much of the list this is: "full", or "starter" for the embedded demonstration list.
    coverage: str = "full"
    #: Designations per kind, in the order of `Kind`.
    counts: Mapping[str, int] = attrs.field(factory=dict, eq=False, hash=False)
    #: Program codes, sorted, each with its number of designations.
    programs: Mapping[str, int] = attrs.field(factory=dict, eq=False, hash=False)

    def counted(self, kinds: Mapping[Kind, int], programs: Mapping[str, int]) -> Self:
        """This edition with its designations counted: per kind, and per program code."""
        counts = {kind.value: kinds[kind] for kind in Kind if kinds.get(kind)}
        return attrs.evolve(self, counts=counts, programs=dict(sorted(programs.items())))

    def lag(self, at: dt.datetime) -> dt.timedelta | None:
        """How long after its publication it was fetched; if it was read from a path, is used at a time.

        None if the file states no date.
        """
        try:
            published = dt.date.fromisoformat((self.published or "")[:10])
            used = dt.datetime.fromisoformat(self.retrieved) if self.retrieved else at
        except ValueError:
            return None
        return used.astimezone(dt.UTC).date() - published

    @property
    def records(self) -> int:
        """How many designations were counted."""
        return sum(self.counts.values())


@attrs.frozen
class Program:
    """A sanctions program under which a target is designated."""

    #: The code as published, such as "NPWMD" or "DPRK3".
    code: str = attrs.field(validator=_stated)
    #: What the code means; empty for a code that the manifest doesn't have.
    title: str = attrs.field(default="", kw_only=True)
    #: The legal authority, such as "E.O. 13382; 31 CFR Part 544".
    authority: str = attrs.field(default="", kw_only=True)
    #: What a listing under it entails.
    measures: tuple[Measure, ...] = attrs.field(default=(), converter=_measures, kw_only=True)
    #: A part of the program as published, such as "Schedule 1, Part 2" or "Directive 1".
    detail: str = attrs.field(default="", kw_only=True)
    #: False for a code that the source's manifest doesn't have; such a code is kept and counted.
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

    #: The name, verbatim; if the publisher splits it into fields, the fields of `parts` joined.
    text: str = attrs.field(validator=_stated)
    #: The type of name.
    type: NameType = attrs.field(default=NameType.PRIMARY, converter=_name_type, kw_only=True)
    #: Whether its publisher marks it as weak.
    strength: Strength = attrs.field(default=Strength.STRONG, converter=_strength, kw_only=True)
    #: Language, if stated: ISO 639-1 if the publisher uses it, else as published.
    language: str | None = attrs.field(default=None, kw_only=True)
    #: Script, if stated, as published ("Latin", "Cyrillic", "Han").
    script: str | None = attrs.field(default=None, kw_only=True)
    #: The publisher's own division of the name.
    parts: tuple[NamePart, ...] = attrs.field(default=(), converter=_tuple, kw_only=True)
    #: For a searchable name that is part of a longer published text: that text. Else None.
    derived_from: str | None = attrs.field(default=None, kw_only=True)

    @property
    def is_weak(self) -> bool:
        """True if its publisher marks it as weak."""
        return self.strength is Strength.WEAK


@attrs.frozen(kw_only=True)
class Place:
    """A place of birth, a nationality or a citizenship."""

    #: The place, verbatim.
    text: str
    #: The country as ISO 3166-1 alpha-2 in lower case, if the text names a known one. Else None.
    country: str | None = None


@attrs.frozen(kw_only=True)
class Address:
    """An address as published, its fields joined by ", "."""

    #: The address, verbatim.
    text: str
    #: City, if the publisher gives it in a separate field.
    city: str | None = None
    #: The country as ISO 3166-1 alpha-2 in lower case, if known. Else None.
    country: str | None = None


@attrs.frozen(kw_only=True)
class Identifier:
    """A number or code that identifies a target: a passport, an IMO number, a wallet address."""

    #: The type of identifier.
    type: IdentifierType = attrs.field(default=IdentifierType.OTHER, converter=_identifier_type)
    #: The value, verbatim.
    value: str = attrs.field(validator=_stated)
    #: The issuing country as ISO 3166-1 alpha-2 in lower case, if known. Else None.
    country: str | None = None
    #: The publisher's own name of the type ("D-U-N-S Number", "Digital Currency Address - XBT").
    label: str = ""
    #: Anything the publisher adds ("expires 2019", "(Iran)"), verbatim.
    note: str = ""


@attrs.frozen(kw_only=True)
class Relation:
    """A stated relation to another party."""

    #: The relation, in the publisher's words and lower case: "linked to", "owned by", "operator of".
    type: str
    #: The other party's name, verbatim.
    name: str
    #: Its id on the same list, if the publisher gives one. Else None.
    id: str | None = None


@attrs.frozen(kw_only=True)
class Unparsed:
    """An optional field that could not be parsed; its text is kept."""

    #: The publisher's field.
    field: str
    #: Its text, verbatim.
    text: str


@attrs.frozen(kw_only=True)
class Designation:
    """One listed target: a person, an organization, a vessel or an aircraft."""

    #: The publisher's own id, verbatim: OFAC's "22603", the UN's "KPi.035", the EU's "EU.27.28".
    id: str = attrs.field(validator=_stated)
    #: The kind of target; unknown if the list doesn't say.
    kind: Kind = attrs.field(default=Kind.UNKNOWN, converter=_kind)
    #: Its names, the primary name first.
    names: tuple[ListedName, ...] = attrs.field(converter=_tuple)
    #: The programs it is designated under, in published order.
    programs: tuple[Program, ...] = attrs.field(default=(), converter=_tuple)
    #: What the listing entails, as the entry states it; if it doesn't, what its programs entail.
    measures: tuple[Measure, ...] = attrs.field(default=(), converter=_measures)
    #: The entry's own statements about secondary-sanctions risk, verbatim; empty if it has none.
    secondary_sanctions: tuple[str, ...] = attrs.field(default=(), converter=_tuple)
    #: Further prohibitions the entry states, verbatim ("Transactions Prohibited For Persons Owned ...").
    prohibitions: tuple[str, ...] = attrs.field(default=(), converter=_tuple)
    #: Birth dates, alternatives included, in published order.
    birth_dates: tuple[PartialDate, ...] = attrs.field(default=(), converter=_tuple)
    #: Birth places.
    birth_places: tuple[Place, ...] = attrs.field(default=(), converter=_tuple)
    #: Nationalities.
    nationalities: tuple[Place, ...] = attrs.field(default=(), converter=_tuple)
    #: Citizenships, if the publisher distinguishes them from nationalities.
    citizenships: tuple[Place, ...] = attrs.field(default=(), converter=_tuple)
    #: "male", "female", or None if not stated.
    gender: str | None = None
    #: Passports, tax numbers, IMO numbers, wallets and the like.
    identifiers: tuple[Identifier, ...] = attrs.field(default=(), converter=_tuple)
    #: Addresses.
    addresses: tuple[Address, ...] = attrs.field(default=(), converter=_tuple)
    #: Stated relations to other parties.
    relations: tuple[Relation, ...] = attrs.field(default=(), converter=_tuple)
    #: Titles, positions and functions, verbatim.
    titles: tuple[str, ...] = attrs.field(default=(), converter=_tuple)
    #: The date (ISO 8601) of the listing, if stated.
    listed_on: str | None = None
    #: Remarks, verbatim and whole; several joined by a line break.
    remarks: str = ""
    #: Further published facts that have no field here: (label, text), both verbatim.
    facts: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_tuple)
    #: Optional fields that could not be parsed; their text is kept here and counted.
    unparsed: tuple[Unparsed, ...] = attrs.field(default=(), converter=_tuple)
    #: The edition it is from, if it comes from a list file.
    edition: Edition | None = None

    def __attrs_post_init__(self) -> None:
        if not self.names:
            raise InvalidRecordError(f"designation {self.id}: a designation must have at least one name")
        if not all(isinstance(name, ListedName) for name in self.names):
            raise InvalidRecordError(f"designation {self.id}: every name must be a ListedName")
        if not all(isinstance(program, Program) for program in self.programs):
            raise InvalidRecordError(f"designation {self.id}: every program must be a Program")
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
        """True if the entry itself states a secondary-sanctions risk."""
        return bool(self.secondary_sanctions)
