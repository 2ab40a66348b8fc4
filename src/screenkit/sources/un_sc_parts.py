"""The elements inside an entry of the UN list in, the parts of a designation out: names, births, documents.

Each element with a meaning of its own is read by one function of `READERS`; any other is kept as a fact under
its own name. Empty elements, of which the list is full, state nothing. See `un_sc` for the specification.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

import attrs

from screenkit.model import (
    Address,
    Identifier,
    IdentifierType,
    Kind,
    ListedName,
    NameType,
    PartialDate,
    Place,
    Strength,
    Unparsed,
)

from .aliases import names_in_note
from .countries import country_code
from .dates import parse_date
from .job import Job
from .xml import text, texts

_PLACE_FIELDS = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE")
#: Individuals' aliases are Good or Low; entities' are a.k.a. or f.k.a., which are not graded.
_QUALITIES = {
    "Good": (NameType.AKA, Strength.STRONG),
    "Low": (NameType.AKA, Strength.WEAK),
    "a.k.a.": (NameType.AKA, Strength.STRONG),
    "f.k.a.": (NameType.FKA, Strength.STRONG),
}
_DOCUMENT_TYPES = (
    (re.compile(r"passe?port|pasaporte", re.IGNORECASE), IdentifierType.PASSPORT),
    (re.compile(r"fiscal code", re.IGNORECASE), IdentifierType.TAX),
    (re.compile(r"national|identi|social security", re.IGNORECASE), IdentifierType.NATIONAL_ID),
)
_DOCUMENT_NOTES = {"DATE_OF_ISSUE": "issued ", "CITY_OF_ISSUE": "in ", "NOTE": ""}
_APPROXIMATELY = re.compile(r"approx", re.IGNORECASE)
#: Many entries state it in their comments only: "Gender: male", "Gender [Male]".
_GENDER = re.compile(r"\bGender\s*[:\[]\s*(male|female)\b", re.IGNORECASE)


@attrs.define(eq=False)
class Entry:
    """One INDIVIDUAL or ENTITY while its children are read."""

    job: Job
    label: str
    kind: Kind
    names: list[ListedName] = attrs.field(factory=list)
    #: Spellings that notes on aliases state.
    noted: list[ListedName] = attrs.field(factory=list)
    birth_dates: list[PartialDate] = attrs.field(factory=list)
    birth_places: list[Place] = attrs.field(factory=list)
    nationalities: list[Place] = attrs.field(factory=list)
    identifiers: list[Identifier] = attrs.field(factory=list)
    addresses: list[Address] = attrs.field(factory=list)
    titles: list[str] = attrs.field(factory=list)
    remarks: list[str] = attrs.field(factory=list)
    facts: list[tuple[str, str]] = attrs.field(factory=list)
    unparsed: list[Unparsed] = attrs.field(factory=list)
    gender: str | None = None
    listed_on: str | None = None

    def keep(self, field: str, value: str, problem: str) -> None:
        """Keep the text of an optional field that can't be read as what it should be, and count it."""
        self.unparsed.append(Unparsed(field=field, text=value))
        self.job.notice(self.label, field, value, problem)


def keep_as_fact(entry: Entry, element: Element) -> None:
    """Keep every text in the element, each under the name of the element that it is a value of."""
    for found in element.iter():
        if stated := text(found):
            entry.facts.append((element.tag if found.tag == "VALUE" else found.tag, stated))


def _original_script(entry: Entry, element: Element) -> None:
    # The entry's own name once more, not an alias. It may hold several names, which are derived from it.
    if stated := text(element):
        entry.names.append(ListedName(stated, type=NameType.PRIMARY))


def _alias(entry: Entry, element: Element) -> None:
    name, quality = text(element, "ALIAS_NAME"), text(element, "QUALITY")
    if not name:
        keep_as_fact(entry, element)
        return
    if quality not in _QUALITIES:
        entry.keep("QUALITY", quality, f"expected {', '.join(_QUALITIES)} for the alias {name!r}; taken as strong")
    kind, strength = _QUALITIES.get(quality, (NameType.AKA, Strength.STRONG))
    alias = ListedName(name, type=kind, strength=strength)
    entry.names.append(alias)
    for child in element:
        if child.tag in ("ALIAS_NAME", "QUALITY") or not (stated := text(child)):
            continue
        entry.facts.append((f"{child.tag} of {name}", stated))
        if child.tag == "NOTE":
            entry.noted.extend(names_in_note(alias, stated))
    # Papers in an alias give a birth of their own, which is what a customer under that alias states.
    if date := text(element, "DATE_OF_BIRTH"):
        _add_date(entry, "DATE_OF_BIRTH", date, parse_date(date))
    country = text(element, "COUNTRY_OF_BIRTH")
    if place := ", ".join(filter(None, (text(element, "CITY_OF_BIRTH"), country))):
        entry.birth_places.append(Place(text=place, country=country_code(country)))


def _birth_date(entry: Entry, element: Element) -> None:
    sort, note = text(element, "TYPE_OF_DATE"), text(element, "NOTE")
    first, last = text(element, "FROM_YEAR"), text(element, "TO_YEAR")
    between = f"{first} to {last}" if first and last else first or last
    stated = text(element, "DATE") or text(element, "YEAR") or between
    if not stated and not note:
        return
    circa = sort == "APPROXIMATELY" or _APPROXIMATELY.match(note) is not None
    # "1958" with the note "Sep.": the note may be the missing part of the date, or all of it.
    whole = [f"{note} {stated}", stated] if stated else [note]
    parsed = next(filter(None, (parse_date(one, circa=circa) for one in whole)), None)
    shown = ", ".join(filter(None, (stated, note)))
    if parsed is not None and sort == "APPROXIMATELY":
        shown = f"approximately {shown}"
    elif sort not in ("EXACT", "APPROXIMATELY", "BETWEEN", ""):
        entry.keep("TYPE_OF_DATE", sort, "expected EXACT, APPROXIMATELY or BETWEEN; taken as exact")
    _add_date(entry, "INDIVIDUAL_DATE_OF_BIRTH", shown, parsed)


def _add_date(entry: Entry, field: str, shown: str, parsed: PartialDate | None) -> None:
    if parsed is None:
        entry.keep(field, shown, "no date that can be read")
    else:
        entry.birth_dates.append(attrs.evolve(parsed, text=shown))


def _birth_place(entry: Entry, element: Element) -> None:
    if place := _place(element):
        entry.birth_places.append(Place(text=place, country=country_code(text(element, "COUNTRY"))))


def _address(entry: Entry, element: Element) -> None:
    if place := _place(element):
        city, country = text(element, "CITY"), country_code(text(element, "COUNTRY"))
        entry.addresses.append(Address(text=place, city=city or None, country=country))


def _place(element: Element) -> str:
    return ", ".join(filter(None, (text(element, field) for field in _PLACE_FIELDS)))


def _nationality(entry: Entry, element: Element) -> None:
    for value in texts(element, "VALUE"):
        # The UN prints "na" for "not available", which is Namibia's code as well.
        entry.nationalities.append(Place(text=value, country=None if value == "na" else country_code(value)))


def _document(entry: Entry, element: Element) -> None:
    stated = {child.tag: value for child in element if (value := text(child))}
    if not stated:
        return
    label = " ".join(filter(None, (stated.get("TYPE_OF_DOCUMENT"), stated.get("TYPE_OF_DOCUMENT2"))))
    if "NUMBER" not in stated:
        # The number stands in a sentence, such as "Tunisian passport number L 191609 issued on ...".
        entry.keep("INDIVIDUAL_DOCUMENT", ", ".join(stated.values()), "expected a NUMBER")
        return
    issuers = list(dict.fromkeys(filter(None, (stated.get("ISSUING_COUNTRY"), stated.get("COUNTRY_OF_ISSUE")))))
    notes = [f"{words}{stated[field]}" for field, words in _DOCUMENT_NOTES.items() if field in stated]
    entry.identifiers.append(
        Identifier(
            type=_document_type(stated),
            value=stated["NUMBER"],
            country=next(filter(None, map(country_code, issuers)), None),
            label=label,
            note="; ".join([*notes, *issuers]),
        )
    )


def _document_type(stated: Mapping[str, str]) -> IdentifierType:
    # The second field, where there is one, is the more exact: "National Identification Number", "Passport".
    for field in ("TYPE_OF_DOCUMENT2", "TYPE_OF_DOCUMENT"):
        for wording, sort in _DOCUMENT_TYPES:
            if wording.search(stated.get(field, "")):
                return sort
    return IdentifierType.OTHER


def _titles(entry: Entry, element: Element) -> None:
    entry.titles.extend(texts(element, "VALUE"))


def _gender(entry: Entry, element: Element) -> None:
    stated = text(element)
    if stated in ("Male", "Female"):
        entry.gender = stated.lower()
    elif stated:
        entry.keep(element.tag, stated, "expected Male or Female")


def _comments(entry: Entry, element: Element) -> None:
    if stated := text(element):
        entry.remarks.append(stated)
        found = _GENDER.search(stated)
        if found and entry.kind is Kind.PERSON:
            entry.gender = entry.gender or found[1].lower()


def _listed_on(entry: Entry, element: Element) -> None:
    stated = text(element)
    date = parse_date(stated)
    if date is not None and date.is_exact:
        entry.listed_on = date.earliest.isoformat()
        if stated != entry.listed_on:
            # "2015-04-07-04:00": the zone is New York's.
            entry.facts.append((element.tag, stated))
    elif stated:
        entry.keep(element.tag, stated, "expected a date such as 2015-04-07")


def _nothing(_: Entry, __: Element) -> None:
    """What `un_sc` reads itself."""


#: Element -> its reader.
READERS: Mapping[str, Callable[[Entry, Element], None]] = MappingProxyType(
    {
        "FIRST_NAME": _nothing,
        "SECOND_NAME": _nothing,
        "THIRD_NAME": _nothing,
        "FOURTH_NAME": _nothing,
        "REFERENCE_NUMBER": _nothing,
        "UN_LIST_TYPE": _nothing,
        "NAME_ORIGINAL_SCRIPT": _original_script,
        "INDIVIDUAL_ALIAS": _alias,
        "ENTITY_ALIAS": _alias,
        "INDIVIDUAL_DATE_OF_BIRTH": _birth_date,
        "INDIVIDUAL_PLACE_OF_BIRTH": _birth_place,
        "INDIVIDUAL_ADDRESS": _address,
        "ENTITY_ADDRESS": _address,
        "INDIVIDUAL_DOCUMENT": _document,
        "NATIONALITY": _nationality,
        "TITLE": _titles,
        "DESIGNATION": _titles,
        "GENDER": _gender,
        "COMMENTS1": _comments,
        "LISTED_ON": _listed_on,
    }
)
