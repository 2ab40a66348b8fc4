"""The elements inside an EU sanctionEntity in, the parts of a designation out: names, births, addresses.

Each element that the schema of the export has is read by one function of `READERS`; what it doesn't have is
kept as a fact. See `eu_fsf` for the specification and for what is not kept.
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
    NamePart,
    NameType,
    PartialDate,
    Place,
    Strength,
    Unparsed,
)

from . import xml
from .aliases import names_in_note
from .countries import country_code
from .dates import parse_date
from .job import Job

_KINDS = {"person": Kind.PERSON, "enterprise": Kind.ORGANIZATION, "p": Kind.PERSON, "e": Kind.ORGANIZATION}
_NAME_PARTS = (("firstName", "given"), ("middleName", "middle"), ("lastName", "surname"))
#: The attribute `strong` is true throughout; it is the remark on a name that tells its quality.
_LOW_QUALITY = re.compile(r"\W*low quality\b", re.IGNORECASE)
_FORMERLY = re.compile(r"\W*(?:formerly known as|f\.?k\.?a\.?)\W*\Z", re.IGNORECASE)
_NOTED = re.compile(r"original script\s*:", re.IGNORECASE)
_CIRCA = re.compile(r"\W*(?:circa|approximately|approx\.?|about|around)\b", re.IGNORECASE)
_IDENTIFIERS = {
    "passport": IdentifierType.PASSPORT,
    "id": IdentifierType.NATIONAL_ID,
    "ssn": IdentifierType.NATIONAL_ID,
    "fiscalcode": IdentifierType.TAX,
    "regnumber": IdentifierType.REGISTRATION,
    "tradelic": IdentifierType.REGISTRATION,
    "swiftbic": IdentifierType.BIC,
    "imo": IdentifierType.IMO,
}
_CONTACTS = {
    "PHONE": IdentifierType.PHONE,
    "FAX": IdentifierType.PHONE,
    "EMAIL": IdentifierType.EMAIL,
    "WEB": IdentifierType.WEBSITE,
}
_DOCUMENT_NOTES = ("issuedBy", "region", "issueDate", "validFrom", "validTo", "nameOnDocument")
_DOCUMENT_FLAGS = ("diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer")


@attrs.define(eq=False)
class Entry:
    """One sanctionEntity while its children are read."""

    job: Job
    label: str
    names: list[ListedName] = attrs.field(factory=list)
    #: Names that stand in the remarks on others.
    noted: list[ListedName] = attrs.field(factory=list)
    programs: list[str] = attrs.field(factory=list)
    genders: list[str] = attrs.field(factory=list)
    titles: list[str] = attrs.field(factory=list)
    birth_dates: list[PartialDate] = attrs.field(factory=list)
    birth_places: list[Place] = attrs.field(factory=list)
    citizenships: list[Place] = attrs.field(factory=list)
    identifiers: list[Identifier] = attrs.field(factory=list)
    addresses: list[Address] = attrs.field(factory=list)
    remarks: list[str] = attrs.field(factory=list)
    facts: list[tuple[str, str]] = attrs.field(factory=list)
    unparsed: list[Unparsed] = attrs.field(factory=list)
    kind: Kind = Kind.UNKNOWN

    def keep(self, field: str, value: str, problem: str) -> None:
        """Keep the text of what can't be read, and count it."""
        self.unparsed.append(Unparsed(field=field, text=value))
        self.job.notice(self.label, field, value, problem)

    def state(self, label: str, value: str) -> None:
        """Note a published fact without a field of its own, where there is one."""
        if value:
            self.facts.append((label, value))


def attribute(element: Element, name: str) -> str:
    """The stripped text of an attribute; empty where there is none."""
    return element.get(name, "").strip()


def _subject_type(entry: Entry, element: Element) -> None:
    stated = attribute(element, "code") or attribute(element, "classificationCode")
    entry.kind = _KINDS.get(stated.lower(), Kind.UNKNOWN)
    if entry.kind is Kind.UNKNOWN:
        entry.keep("subjectType", stated, "expected person or enterprise")


def _regulation(entry: Entry, element: Element) -> None:
    programme = attribute(element, "programme")
    if programme:
        entry.programs.append(programme)
    entry.state("regulation", _joined(element, "numberTitle", "regulationType", "organisationType"))
    for name in ("publicationDate", "entryIntoForceDate"):
        entry.state(name, attribute(element, name))
    for child in element:
        entry.state(child.tag, xml.text(child))


def _name(entry: Entry, element: Element) -> None:
    given = [(role, attribute(element, name)) for name, role in _NAME_PARTS]
    parts = tuple(NamePart(role=role, text=text) for role, text in given if text)
    whole = attribute(element, "wholeName") or " ".join(part.text for part in parts)
    remarks = xml.texts(element, "remark")
    entry.titles += [text for name in ("title", "function") if (text := attribute(element, name))]
    entry.genders += [text] if (text := attribute(element, "gender")) else []
    for remark in remarks:
        entry.state(f"remark on the name {whole}", remark)
    if not whole:
        entry.job.notice(entry.label, "nameAlias", "", "an empty name is left out")
        return
    weak = attribute(element, "strong").lower() == "false" or any(map(_LOW_QUALITY.match, remarks))
    name = ListedName(
        whole,
        type=NameType.FKA if any(map(_FORMERLY.match, remarks)) else NameType.AKA,
        strength=Strength.WEAK if weak else Strength.STRONG,
        language=attribute(element, "nameLanguage").lower() or None,
        parts=parts,
    )
    entry.names.append(name)
    entry.noted += [noted for text in remarks if _NOTED.search(text) for noted in names_in_note(name, text)]


def _citizenship(entry: Entry, element: Element) -> None:
    text = ", ".join(filter(None, (attribute(element, "region"), _country_name(element))))
    if text:
        entry.citizenships.append(Place(text=text, country=_country(element)))
    for remark in xml.texts(element, "remark"):
        entry.state(f"remark on the citizenship {text}".rstrip(), remark)


def _birth(entry: Entry, element: Element) -> None:
    remarks = xml.texts(element, "remark")
    date = _birth_date(entry, element, any(map(_CIRCA.match, remarks)))
    if date is not None:
        entry.birth_dates.append(date)
    stated = [attribute(element, name) for name in ("place", "city", "zipCode", "region")]
    place = ", ".join(filter(None, (*stated, _country_name(element))))
    if place:
        entry.birth_places.append(Place(text=place, country=_country(element)))
    for remark in remarks:
        entry.state(f"remark on the birth {date.text if date else place}".rstrip(), remark)


def _birth_date(entry: Entry, element: Element, circa: bool) -> PartialDate | None:
    year, month, day = (attribute(element, name) for name in ("year", "monthOfYear", "dayOfMonth"))
    first, last = attribute(element, "yearRangeFrom"), attribute(element, "yearRangeTo")
    full = attribute(element, "birthdate")
    calendar = attribute(element, "calendarType")
    stated = full or "-".join(part.zfill(2) for part in (year, month, day) if part)
    if calendar not in ("GREGORIAN", ""):
        # Here `birthdate` is the publisher's own conversion: 24-6-1402 (ISLAMIC) has birthdate="1982-04-19".
        entry.state("birthdate", f"{'-'.join(filter(None, (day, month, year)))} {calendar}")
        stated = full or f"{stated} {calendar}"
    if first or last:
        stated = f"{first} to {last}".strip()
    if not stated:
        return None
    date = parse_date(stated, circa=circa or attribute(element, "circa").lower() == "true")
    if date is None:
        entry.keep("birthdate", stated, "expected a Gregorian date, month, year or range of years")
    return date


def _identification(entry: Entry, element: Element) -> None:
    code = attribute(element, "identificationTypeCode")
    number, latin = attribute(element, "number"), attribute(element, "latinNumber")
    notes = [f"latinNumber {latin}"] if number and latin and latin != number else []
    notes += [f"{name} {text}" for name in _DOCUMENT_NOTES if (text := attribute(element, name))]
    notes += [name for name in _DOCUMENT_FLAGS if attribute(element, name).lower() == "true"]
    notes += xml.texts(element, "remark")
    label = attribute(element, "identificationTypeDescription") or code
    if not (number or latin):
        entry.keep("identification", "; ".join(filter(None, (label, *notes))), "expected a number")
        return
    entry.identifiers.append(
        Identifier(
            type=_IDENTIFIERS.get(code, IdentifierType.OTHER),
            value=number or latin,
            country=_country(element),
            label=label,
            note="; ".join(notes),
        )
    )


def _address(entry: Entry, element: Element) -> None:
    stated = [attribute(element, name) for name in ("street", "poBox", "zipCode", "city", "place", "region")]
    text = ", ".join(filter(None, (*stated, _country_name(element))))
    if text:
        city = attribute(element, "city") or None
        entry.addresses.append(Address(text=text, city=city, country=_country(element)))
    if text and attribute(element, "asAtListingTime").lower() == "true":
        entry.state("address as at listing time", text)
    # Of an address without any part (231 have at most a country) the remark may be the address, or a phone
    # number, or an owner: it can't be told, and stays a remark.
    for remark in xml.texts(element, "remark"):
        entry.state(f"remark on the address {text}".rstrip(), remark)
    for contact in element.iterfind("contactInfo"):
        key, value = attribute(contact, "key"), attribute(contact, "value")
        if value:
            kind = _CONTACTS.get(key, IdentifierType.OTHER)
            entry.identifiers.append(Identifier(type=kind, value=value, label=key))


def _remark(entry: Entry, element: Element) -> None:
    entry.remarks += [text] if (text := xml.text(element)) else []


def keep_unknown(entry: Entry, element: Element) -> None:
    """Keep an element that the schema of this version doesn't have."""
    for part in element.iter():
        stated = [f"{name} {text}" for name, value in part.attrib.items() if (text := value.strip())]
        entry.state(part.tag, "; ".join(filter(None, (xml.text(part), *stated))))
    problem = "an element that this format is not known to have; kept as a fact"
    entry.job.notice(entry.label, element.tag, xml.text(element), problem)


#: Element name -> its reader.
READERS: Mapping[str, Callable[[Entry, Element], None]] = MappingProxyType(
    {
        "remark": _remark,
        "regulation": _regulation,
        "subjectType": _subject_type,
        "nameAlias": _name,
        "citizenship": _citizenship,
        "birthdate": _birth,
        "identification": _identification,
        "address": _address,
    }
)


def _joined(element: Element, *names: str) -> str:
    return ", ".join(text for name in names if (text := attribute(element, name)))


def _country(element: Element) -> str | None:
    """The code "00" stands for an unknown country; YU and the like have no ISO code today."""
    return country_code(attribute(element, "countryIso2Code"))


def _country_name(element: Element) -> str:
    known = attribute(element, "countryIso2Code") not in ("", "00")
    description = attribute(element, "countryDescription")
    return description if known or description.upper() != "UNKNOWN" else ""
