"""OFAC's own words (labels, types, roles) and what they mean here: the tables that OFAC's formats share.

The labels are those of the SDN and consolidated files' `idType` (simple XML), `ID DOCUMENT TYPE` and feature
types (ENHANCED XML, ADVANCED XML) as published from 2020 to 2025. They are compared without regard to case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import attrs

from screenkit.model import Identifier, IdentifierType, Kind, Measure, NameType, Place
from screenkit.model.countries import country_code

from . import labels as ofac_labels

#: Source id -> the name of the list that the ENHANCED and ADVANCED files of that source hold.
LISTS: Mapping[str, str] = MappingProxyType({"us_ofac_sdn": "SDN List", "us_ofac_cons": "Consolidated List"})

#: Kind of party -> kind; all formats use these four words.
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "individual": Kind.PERSON,
        "entity": Kind.ORGANIZATION,
        "vessel": Kind.VESSEL,
        "aircraft": Kind.AIRCRAFT,
    }
)

#: Alias type -> name type.
NAME_TYPES: Mapping[str, NameType] = MappingProxyType(
    {
        "name": NameType.PRIMARY,
        "a.k.a.": NameType.AKA,
        "f.k.a.": NameType.FKA,
        "n.k.a.": NameType.NKA,
    }
)

#: Name part type -> role of `NamePart`.
ROLES: Mapping[str, str] = MappingProxyType(
    {
        "last name": "surname",
        "first name": "given",
        "middle name": "middle",
        "patronymic": "patronymic",
        "matronymic": "matronymic",
        "maiden name": "maiden",
        "nickname": "nickname",
        "entity name": "whole",
        "vessel name": "whole",
        "aircraft name": "whole",
    }
)

#: Scripts whose OFAC name says the language too -> ISO 639-1.
LANGUAGES: Mapping[str, str] = MappingProxyType(
    {"chinese simplified": "zh", "chinese traditional": "zh", "japanese": "ja", "korean": "ko"}
)

#: Sanctions type (ENHANCED, ADVANCED) -> measure.
MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "block": Measure.BLOCK,
        "reject": Measure.REJECT,
        # Correspondent and payable-through accounts: the CAPTA list and 31 CFR Part 561.
        "561 full restrictions": Measure.SPECIAL_MEASURE,
        "ndaa special conditions": Measure.SPECIAL_MEASURE,
        "executive order 14024 directive 2": Measure.SPECIAL_MEASURE,
        # New debt or equity, oil projects, securities, financial services: certain dealings only.
        "13662 sectoral directive 1": Measure.SECTORAL,
        "13662 sectoral directive 2": Measure.SECTORAL,
        "13662 sectoral directive 3": Measure.SECTORAL,
        "13662 sectoral directive 4": Measure.SECTORAL,
        "caatsa section 231/235 sanctions": Measure.SECTORAL,
        "executive order 13959 sanctions": Measure.SECTORAL,
        "cmic executive order": Measure.SECTORAL,
        "executive order 14014 directive 1": Measure.SECTORAL,
        "executive order 14024 directive 1a": Measure.SECTORAL,
        "executive order 14024 directive 3": Measure.SECTORAL,
        "executive order 14024 directive 4": Measure.SECTORAL,
        "executive order 14059 non-blocking": Measure.SECTORAL,
    }
)

#: Wording of a menu-based sanction -> measure, where it isn't that of the sanctions type ("CAATSA Section 231/235").
_MENU: Mapping[str, Measure] = MappingProxyType({"EXPORT SANCTIONS": Measure.EXPORT})

#: Labels that occur in the XML formats only; all others are in `ofac_labels`.
_MORE_IDENTIFIERS: Mapping[str, IdentifierType] = MappingProxyType(
    {
        "aircraft serial identification": IdentifierType.SERIAL_NUMBER,
        "c.i.n.": IdentifierType.NATIONAL_ID,
        "registration certificate number (dubai)": IdentifierType.REGISTRATION,
        "russian state individual business registration number pattern (ogrnip)": IdentifierType.REGISTRATION,
        "vessel call sign": IdentifierType.CALL_SIGN,
        "equity ticker": IdentifierType.OTHER,
        "micex code": IdentifierType.OTHER,
        "un/locode": IdentifierType.OTHER,
    }
)
#: Labels of what describes a target without identifying it, though some of the values look like codes.
_FACTS = frozenset(
    {
        "aircraft model",
        "aircraft manufacture date",
        "former vessel flag",
        "ifca determination -",
        "issuer name",
        "nationality of registration",
        "organization established date",
        "organization type:",
        "other vessel flag",
        "other vessel type",
        "target type",
        "vessel flag",
        "vessel gross registered tonnage",
        "vessel gross tonnage",
        "vessel tonnage",
        "vessel type",
    }
)
#: Labels of another party's name, each as the type of relation.
RELATIONS = frozenset({"aircraft operator", "vessel owner", "vessel operator", "vessel manager"})

#: How a label ends that introduces a statement and no code.
_DESCRIPTION = re.compile(r"[:-]\Z|\b(?:date|information|determination)\b")
_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}\Z")
_IMO = re.compile(r"IMO\s*(\d{7})\Z", re.IGNORECASE)
_SECONDARY = re.compile(r"secondary sanctions", re.IGNORECASE)
_PROHIBITION = re.compile(r"transactions prohibited", re.IGNORECASE)
_DIRECTIVE = re.compile(r"\b(1[345]\d{3})\b.*?\b(Directive \d\w*)")
#: The shortest name of a country that is looked for in a place: OFAC prints no codes, but "Los Angeles, CA".
_SHORTEST_COUNTRY = 4


def identifier_type(label: str, value: str) -> IdentifierType | None:
    """Tell which sort of identifier a label stands for; None where it describes and doesn't identify.

    A label that the tables don't know counts as an identifier of another sort where its value has a digit,
    because a code that is not searched is missed; but not a date, nor the heading of a statement ("... -").
    """
    key = label.casefold()
    # The value names the register: a vessel's is the IMO or a national one, a shipping company's the IMO, too.
    if imo_number(value):
        return IdentifierType.IMO
    # Older entries have national company numbers under this label, newer ones the ISO 17442 code.
    if key == "legal entity number" and _LEI.match(value):
        return IdentifierType.LEI
    if found := ofac_labels.identifier_type(label) or _MORE_IDENTIFIERS.get(key):
        return found
    if key in _FACTS or _DESCRIPTION.search(key) or not any(map(str.isdigit, value)):
        return None
    return IdentifierType.OTHER


def imo_number(value: str) -> str | None:
    """The seven digits of "IMO 9187629"; None for any other value."""
    found = _IMO.match(value)
    return found[1] if found else None


def whose_numbers(identifiers: Iterable[Identifier], kind: Kind) -> list[Identifier]:
    """The identifiers, an IMO number of an organization as the company's, unless its label says a vessel's."""
    return [
        attrs.evolve(found, type=IdentifierType.COMPANY_IMO)
        if found.type is IdentifierType.IMO and kind is Kind.ORGANIZATION and "vessel" not in found.label.casefold()
        else found
        for found in identifiers
    ]


def states_secondary_sanctions(label: str, value: str) -> bool:
    """Whether a statement is about secondary sanctions: both of OFAC's headings, and any that says so."""
    return _SECONDARY.search(label) is not None or _SECONDARY.search(value) is not None


def states_prohibition(label: str) -> bool:
    """Whether a label begins a prohibition on further persons, "Transactions Prohibited For Persons ..."."""
    return _PROHIBITION.match(label) is not None


def menu_measure(value: str) -> Measure | None:
    """The measure that a statement such as "EXPORT SANCTIONS Sec. 235(a)(2)" chooses from a statute's menu."""
    return next((measure for wording, measure in _MENU.items() if value.startswith(wording)), None)


def directive(statement: str) -> tuple[str, str] | None:
    """The number of an executive order and its directive, as in "13662 Sectoral Directive 4". Else None."""
    found = _DIRECTIVE.search(statement)
    return (found[1], found[2]) if found else None


def place(text: str) -> Place:
    """A place as published; its country is the longest ending that names one, as in "Nampo, Korea, North"."""
    pieces = text.split(", ")
    endings = (", ".join(pieces[start:]) for start in range(len(pieces)))
    countries = (country_code(ending) for ending in endings if len(ending) >= _SHORTEST_COUNTRY)
    return Place(text=text, country=next(filter(None, countries), None))
