"""An identity of the Swiss list: its names, dates, places, documents and addresses.

A target has a main identity and perhaps further ones, which are other identities of the same target.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

import attrs

from screenkit.errors import InvalidRecordError
from screenkit.model import Address, Identifier, IdentifierType, Kind, PartialDate, Place
from screenkit.model.countries import country_code
from screenkit.sources.builder import DesignationBuilder
from screenkit.sources.formats import xml

from .names import completed_name, listed_names, titles_of

_DOCUMENTS = {
    "passport": IdentifierType.PASSPORT,
    "diplomatic-passport": IdentifierType.PASSPORT,
    "id-card": IdentifierType.NATIONAL_ID,
}


@attrs.frozen
class SecoPlace:
    """A place as the list's reference section gives it."""

    location: str = ""
    area: str = ""
    country_text: str = ""
    country: str | None = None
    #: Other spellings of the location and the area.
    variants: tuple[str, ...] = ()

    @classmethod
    def of(cls, element: Element) -> SecoPlace:
        """Read a `place` element."""
        country = element.find("country")
        return cls(
            location=xml.text(element, "location"),
            area=xml.text(element, "area"),
            country_text=xml.text(country),
            country=country_of(country),
            variants=(*xml.texts(element, "location-variant"), *xml.texts(element, "area-variant")),
        )

    @property
    def text(self) -> str:
        """Location, area and country, joined by ", "."""
        return ", ".join(filter(None, (self.location, self.area, self.country_text)))


@attrs.define(kw_only=True, eq=False)
class Target(DesignationBuilder):
    """One target while its identities are read, in published order."""

    #: The places of the list's reference section, by their ssid.
    places: Mapping[str, SecoPlace]

    def add_identity(self, identity: Element, *, is_main: bool) -> None:
        """Take over all that one identity states; a tag without a reader of its own becomes a fact."""
        names = identity.findall("name")
        main = next((name for name in names if name.get("name-type", "primary-name") == "primary-name"), None)
        for name in names:
            known = {listed.text for listed in self.names}
            for listed in listed_names(self, name, is_main=is_main):
                if listed.text not in known:
                    known.add(listed.text)
                    self.names.append(listed)
            if main is not None and self.kind is Kind.PERSON:
                self.noted_names += completed_name(name, main)
            self.titles += titles_of(name)
        for element in identity:
            if element.tag != "name":
                _READERS.get(element.tag, _add_fact)(self, element)

    def place(self, element: Element) -> SecoPlace:
        """Look up the place that an element points to."""
        place_id = element.get("place-id", "").strip()
        if place_id and place_id not in self.places:
            self.keep(f"{element.tag} place-id", place_id, "the file has no such place")
        return self.places.get(place_id, SecoPlace())


def country_of(element: Element | None) -> str | None:
    """The country that an element names in an attribute (iso-code, code) or in its text."""
    if element is None:
        return None
    code = element.get("iso-code") or element.get("code") or ""
    return country_code(code) or country_code(xml.text(element))


def _add_date(target: Target, element: Element) -> None:
    if element.tag == "year":
        numbers = [xml.text(element), "", ""]
    else:
        numbers = [element.get(field, "").strip() for field in ("year", "month", "day")]
    text = "-".join(filter(None, (number.zfill(2) for number in numbers if number)))
    calendar = element.get("calendar") or "Gregorian"
    if calendar.casefold() != "gregorian":
        target.keep("day-month-year", f"{text} ({calendar})", "the date is of another calendar; its text is kept")
        return
    if element.get("quality", "good") != "good":
        target.facts.append(("day-month-year quality", f"{text}: {element.get('quality')}"))
    if target.kind is not Kind.PERSON:
        target.facts.append(("day-month-year", text))
        return
    try:
        year, month, day = (int(number) if number else None for number in numbers)
        if year is None:
            raise InvalidRecordError("no year")
        target.birth_dates.append(PartialDate.of(year, month, day, text=text))
    except (ValueError, InvalidRecordError):
        target.keep("day-month-year", text, "not a date of the calendar; its text is kept")


def _add_birth_place(target: Target, element: Element) -> None:
    place = target.place(element)
    if place.text:
        target.birth_places.append(Place(text=place.text, country=place.country))
    target.facts += [("place-of-birth variant", variant) for variant in place.variants]
    _add_quality(target, element)


def _add_nationality(target: Target, element: Element) -> None:
    country = element.find("country")
    text = xml.text(country) or (country.get("iso-code", "") if country is not None else "")
    if text:
        target.nationalities.append(Place(text=text, country=country_of(country)))
    _add_quality(target, element)


def _add_document(target: Target, element: Element) -> None:
    sort = element.get("document-type", "")
    issuer = element.find("issuer")
    notes = [f"{tag.replace('-', ' ')} {stated}" for tag in ("date-of-issue", "expiry-date")
             if (stated := xml.text(element, tag))]  # fmt: skip
    place = element.find("place-of-issue")
    if place is not None and (text := target.place(place).text or xml.text(place)):
        notes.append(f"place of issue {text}")
    notes += [text for text in (xml.text(issuer), *xml.texts(element, "remark")) if text]
    note = "; ".join(notes)
    number = xml.text(element, "number")
    if number:
        type = _DOCUMENTS.get(sort, IdentifierType.OTHER)
        target.identifiers.append(
            Identifier(type=type, value=number, country=country_of(issuer), label=sort, note=note)
        )
    else:
        target.facts.append((sort or element.tag, note))


def _add_address(target: Target, element: Element) -> None:
    place = target.place(element)
    box = xml.text(element, "p-o-box")
    town = " ".join(filter(None, (xml.text(element, "zip-code"), place.location)))
    care_of, details = xml.text(element, "c-o"), xml.text(element, "address-details")
    stated = (care_of, details, f"P.O. Box {box}" if box else "", town, place.area, place.country_text)
    text = ", ".join(filter(None, stated))
    if text:
        target.addresses.append(Address(text=text, city=place.location or None, country=place.country))
    remarks = (*xml.texts(element, "remark"), *xml.texts(element, "remarks"))
    target.facts += [("address remark", remark) for remark in remarks]
    target.facts += [("address variant", variant) for variant in place.variants]
    if element.get("current") == "false":
        target.facts.append(("address not current", text))
    _add_quality(target, element)


def _add_quality(target: Target, element: Element) -> None:
    quality = element.get("quality") or "good"
    if quality != "good":
        target.facts.append((f"{element.tag} quality", quality))


def _add_fact(target: Target, element: Element) -> None:
    text = " ".join(" ".join(element.itertext()).split())
    if text:
        target.facts.append((element.tag, text))


_READERS: Mapping[str, Callable[[Target, Element], None]] = MappingProxyType(
    {
        "day-month-year": _add_date,
        "year": _add_date,
        "place-of-birth": _add_birth_place,
        "nationality": _add_nationality,
        "identification-document": _add_document,
        "address": _add_address,
    }
)
