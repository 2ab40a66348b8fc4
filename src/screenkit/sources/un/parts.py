"""The elements inside an entry of the UN list: names, births, documents and the like.

Each element with a meaning of its own is read by one function of `READERS`; any other is kept as a fact under
its own name. The list is full of empty elements, which state nothing. See `reader` for the specification.
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
)
from screenkit.model.countries import country_at_end, country_code
from screenkit.sources.aliases.splitting import names_in_note
from screenkit.sources.builder import NO_DATE, DesignationBuilder
from screenkit.sources.dates import parse_date
from screenkit.sources.documents import documents_in, issuer, leading_number
from screenkit.sources.formats.xml import text, texts

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


def keep_as_fact(record: DesignationBuilder, element: Element) -> None:
    """Keep every text in the element, each under the name of the element that it is a value of."""
    for found in element.iter():
        if stated := text(found):
            record.facts.append((element.tag if found.tag == "VALUE" else found.tag, stated))


def _original_script(record: DesignationBuilder, element: Element) -> None:
    # The entry's own name once more, not an alias. It may hold several names, which are derived from it.
    if stated := text(element):
        record.names.append(ListedName(stated, type=NameType.PRIMARY))


def _alias(record: DesignationBuilder, element: Element) -> None:
    name, quality = text(element, "ALIAS_NAME"), text(element, "QUALITY")
    if not name:
        keep_as_fact(record, element)
        return
    if quality not in _QUALITIES:
        record.keep("QUALITY", quality, f"expected {', '.join(_QUALITIES)} for the alias {name!r}; read as strong")
    kind, strength = _QUALITIES.get(quality, (NameType.AKA, Strength.STRONG))
    alias = ListedName(name, type=kind, strength=strength)
    record.names.append(alias)
    for child in element:
        if child.tag in ("ALIAS_NAME", "QUALITY") or not (stated := text(child)):
            continue
        record.facts.append((f"{child.tag} of {name}", stated))
        if child.tag == "NOTE":
            record.noted_names.extend(names_in_note(alias, stated))
    # Papers in an alias give a birth of their own, which is what a customer under that alias states.
    if date := text(element, "DATE_OF_BIRTH"):
        _add_date(record, "DATE_OF_BIRTH", date, parse_date(date))
    country = text(element, "COUNTRY_OF_BIRTH")
    if place := ", ".join(filter(None, (text(element, "CITY_OF_BIRTH"), country))):
        record.birth_places.append(Place(text=place, country=country_code(country)))


def _birth_date(record: DesignationBuilder, element: Element) -> None:
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
        record.keep("TYPE_OF_DATE", sort, "expected EXACT, APPROXIMATELY or BETWEEN; read as exact")
    _add_date(record, "INDIVIDUAL_DATE_OF_BIRTH", shown, parsed)


def _add_date(record: DesignationBuilder, field: str, shown: str, parsed: PartialDate | None) -> None:
    if parsed is None:
        record.keep(field, shown, NO_DATE)
    else:
        record.birth_dates.append(attrs.evolve(parsed, text=shown))


def _birth_place(record: DesignationBuilder, element: Element) -> None:
    if place := _place(element):
        record.birth_places.append(Place(text=place, country=country_code(text(element, "COUNTRY"))))


def _address(record: DesignationBuilder, element: Element) -> None:
    if place := _place(element):
        city, country = text(element, "CITY"), country_code(text(element, "COUNTRY")) or country_at_end(place)
        record.addresses.append(Address(text=place, city=city or None, country=country))


def _place(element: Element) -> str:
    return ", ".join(filter(None, (text(element, field) for field in _PLACE_FIELDS)))


def _nationality(record: DesignationBuilder, element: Element) -> None:
    for value in texts(element, "VALUE"):
        # The UN prints "na" for "not available", which is Namibia's code as well.
        record.nationalities.append(Place(text=value, country=None if value == "na" else country_code(value)))


def _document(record: DesignationBuilder, element: Element) -> None:
    stated = {child.tag: value for child in element if (value := text(child))}
    if not stated:
        return
    label = " ".join(filter(None, (stated.get("TYPE_OF_DOCUMENT"), stated.get("TYPE_OF_DOCUMENT2"))))
    if "NUMBER" not in stated and (found := _noted_documents(stated, label)):
        record.identifiers += found
        return
    if "NUMBER" not in stated:
        record.keep("INDIVIDUAL_DOCUMENT", ", ".join(stated.values()), "expected a NUMBER; its text is kept")
        return
    issuers = list(dict.fromkeys(filter(None, (stated.get("ISSUING_COUNTRY"), stated.get("COUNTRY_OF_ISSUE")))))
    notes = [f"{words}{stated[field]}" for field, words in _DOCUMENT_NOTES.items() if field in stated]
    record.identifiers.append(
        Identifier(
            type=_document_type(stated),
            value=stated["NUMBER"],
            country=next(filter(None, map(country_code, issuers)), None)
            or next(filter(None, map(issuer, (stated["NUMBER"], stated.get("NOTE", "")))), None),
            label=label,
            note="; ".join([*notes, *issuers]),
        )
    )


def _noted_documents(stated: Mapping[str, str], label: str) -> list[Identifier]:
    """The documents in a note: "Tunisian passport number L 191609 issued on ...", or the number alone."""
    # The sentence is in the note, or in the field for the exact sort of document.
    note = ", ".join(filter(None, (stated.get("TYPE_OF_DOCUMENT2"), stated.get("NOTE"))))
    found = list(documents_in(note))
    if not found and (value := leading_number(note)):
        found = [Identifier(type=_document_type(stated), value=value, country=issuer(note), label=label)]
    return [attrs.evolve(one, note=note) for one in found]


def _document_type(stated: Mapping[str, str]) -> IdentifierType:
    # The second field, where there is one, is the more exact: "National Identification Number", "Passport".
    for field in ("TYPE_OF_DOCUMENT2", "TYPE_OF_DOCUMENT"):
        for wording, sort in _DOCUMENT_TYPES:
            if wording.search(stated.get(field, "")):
                return sort
    return IdentifierType.OTHER


def _titles(record: DesignationBuilder, element: Element) -> None:
    record.titles.extend(texts(element, "VALUE"))


def _gender(record: DesignationBuilder, element: Element) -> None:
    if stated := text(element):
        record.state_gender(element.tag, stated)


def _comments(record: DesignationBuilder, element: Element) -> None:
    if stated := text(element):
        record.remarks.append(stated)
        record.identifiers += [attrs.evolve(one, note="COMMENTS1") for one in documents_in(stated, record.kind)]
        found = _GENDER.search(stated)
        if found and record.kind is Kind.PERSON:
            record.gender = record.gender or found[1].lower()


def _listed_on(record: DesignationBuilder, element: Element) -> None:
    stated = text(element)
    record.state_listed_on(element.tag, stated)
    if record.listed_on and stated != record.listed_on:
        # "2015-04-07-04:00": the zone is New York's.
        record.facts.append((element.tag, stated))


def _nothing(_: DesignationBuilder, __: Element) -> None:
    """What `reader` reads itself."""


#: Element -> its reader.
READERS: Mapping[str, Callable[[DesignationBuilder, Element], None]] = MappingProxyType(
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
