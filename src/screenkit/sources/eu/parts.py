"""The elements inside an EU sanctionEntity: names, births, documents, addresses and the like.

Each element that the schema of the export has is read by one function of `READERS`; what it doesn't have is
kept as a fact. See `reader` for the specification and for what is not kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

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
)
from screenkit.model.countries import country_code
from screenkit.sources.aliases.splitting import names_in_note
from screenkit.sources.builder import DesignationBuilder
from screenkit.sources.dates import parse_date
from screenkit.sources.formats import xml

_KINDS = {"person": Kind.PERSON, "enterprise": Kind.ORGANIZATION, "p": Kind.PERSON, "e": Kind.ORGANIZATION}
_NAME_PARTS = (("firstName", "given"), ("middleName", "middle"), ("lastName", "surname"))
#: The attribute `strong` is true throughout; it is the remark on a name that tells its quality.
_LOW_QUALITY = re.compile(r"\W*low quality\b", re.IGNORECASE)
_FORMERLY = re.compile(r"\W*(?:formerly known as|f\.?k\.?a\.?)\W*\Z", re.IGNORECASE)
_NOTED = re.compile(r"original script\s*:", re.IGNORECASE)
_CIRCA = re.compile(r"\W*(?:circa|approximately|approx\.?|about|around)\b", re.IGNORECASE)
#: The code of an identification's type -> its sort.
IDENTIFIERS = {
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


def attribute(element: Element, name: str) -> str:
    """The stripped text of an attribute; empty where there is none."""
    return element.get(name, "").strip()


def _subject_type(record: DesignationBuilder, element: Element) -> None:
    stated = attribute(element, "code") or attribute(element, "classificationCode")
    record.kind = _KINDS.get(stated.lower(), Kind.UNKNOWN)
    if record.kind is Kind.UNKNOWN:
        record.keep("subjectType", stated, "expected person or enterprise")


def _regulation(record: DesignationBuilder, element: Element) -> None:
    if programme := attribute(element, "programme"):
        record.programs.append(record.job.program(programme))
    record.state("regulation", _joined(element, "numberTitle", "regulationType", "organisationType"))
    for name in ("publicationDate", "entryIntoForceDate"):
        record.state(name, attribute(element, name))
    for child in element:
        record.state(child.tag, xml.text(child))


def _name(record: DesignationBuilder, element: Element) -> None:
    given = [(role, attribute(element, name)) for name, role in _NAME_PARTS]
    parts = tuple(NamePart(role=role, text=text) for role, text in given if text)
    whole = attribute(element, "wholeName") or " ".join(part.text for part in parts)
    remarks = xml.texts(element, "remark")
    record.titles += [text for name in ("title", "function") if (text := attribute(element, name))]
    if gender := attribute(element, "gender"):
        record.state_gender("gender", gender)
    for remark in remarks:
        record.state(f"remark on the name {whole}", remark)
    if not whole:
        record.notice("nameAlias", "", "the name is empty and is left out")
        return
    weak = attribute(element, "strong").lower() == "false" or any(map(_LOW_QUALITY.match, remarks))
    name = ListedName(
        whole,
        type=NameType.FKA if any(map(_FORMERLY.match, remarks)) else NameType.AKA,
        strength=Strength.WEAK if weak else Strength.STRONG,
        language=attribute(element, "nameLanguage").lower() or None,
        parts=parts,
    )
    record.names.append(name)
    record.noted_names += [noted for text in remarks if _NOTED.search(text) for noted in names_in_note(name, text)]


def _citizenship(record: DesignationBuilder, element: Element) -> None:
    text = ", ".join(filter(None, (attribute(element, "region"), _country_name(element))))
    if text:
        record.citizenships.append(Place(text=text, country=_country(element)))
    for remark in xml.texts(element, "remark"):
        record.state(f"remark on the citizenship {text}".rstrip(), remark)


def _birth(record: DesignationBuilder, element: Element) -> None:
    remarks = xml.texts(element, "remark")
    date = _birth_date(record, element, any(map(_CIRCA.match, remarks)))
    if date is not None:
        record.birth_dates.append(date)
    stated = [attribute(element, name) for name in ("place", "city", "zipCode", "region")]
    place = ", ".join(filter(None, (*stated, _country_name(element))))
    if place:
        record.birth_places.append(Place(text=place, country=_country(element)))
    for remark in remarks:
        record.state(f"remark on the birth {date.text if date else place}".rstrip(), remark)


def _birth_date(record: DesignationBuilder, element: Element, circa: bool) -> PartialDate | None:
    year, month, day = (attribute(element, name) for name in ("year", "monthOfYear", "dayOfMonth"))
    first, last = attribute(element, "yearRangeFrom"), attribute(element, "yearRangeTo")
    full = attribute(element, "birthdate")
    calendar = attribute(element, "calendarType")
    stated = full or "-".join(part.zfill(2) for part in (year, month, day) if part)
    if calendar not in ("GREGORIAN", ""):
        # Here `birthdate` is the publisher's own conversion: 24-6-1402 (ISLAMIC) has birthdate="1982-04-19".
        record.state("birthdate", f"{'-'.join(filter(None, (day, month, year)))} {calendar}")
        stated = full or f"{stated} {calendar}"
    if first or last:
        stated = f"{first} to {last}".strip()
    if not stated:
        return None
    date = parse_date(stated, circa=circa or attribute(element, "circa").lower() == "true")
    if date is None:
        record.keep("birthdate", stated, "expected a Gregorian date, month, year or range of years")
    return date


def _identification(record: DesignationBuilder, element: Element) -> None:
    code = attribute(element, "identificationTypeCode")
    number, latin = attribute(element, "number"), attribute(element, "latinNumber")
    notes = [f"latinNumber {latin}"] if number and latin and latin != number else []
    notes += [f"{name} {text}" for name in _DOCUMENT_NOTES if (text := attribute(element, name))]
    notes += [name for name in _DOCUMENT_FLAGS if attribute(element, name).lower() == "true"]
    notes += xml.texts(element, "remark")
    label = attribute(element, "identificationTypeDescription") or code
    if not (number or latin):
        record.keep("identification", "; ".join(filter(None, (label, *notes))), "expected a number")
        return
    record.identifiers.append(
        Identifier(
            type=IDENTIFIERS.get(code, IdentifierType.OTHER),
            value=number or latin,
            country=_country(element),
            label=label,
            note="; ".join(notes),
        )
    )


def _address(record: DesignationBuilder, element: Element) -> None:
    stated = [attribute(element, name) for name in ("street", "poBox", "zipCode", "city", "place", "region")]
    text = ", ".join(filter(None, (*stated, _country_name(element))))
    if text:
        city = attribute(element, "city") or None
        record.addresses.append(Address(text=text, city=city, country=_country(element)))
    if text and attribute(element, "asAtListingTime").lower() == "true":
        record.state("address as at listing time", text)
    # Of an address without any part (231 have at most a country) the remark may be the address, or a phone
    # number, or an owner: it can't be told, and stays a remark.
    for remark in xml.texts(element, "remark"):
        record.state(f"remark on the address {text}".rstrip(), remark)
    for contact in element.iterfind("contactInfo"):
        key, value = attribute(contact, "key"), attribute(contact, "value")
        if value:
            kind = _CONTACTS.get(key, IdentifierType.OTHER)
            record.identifiers.append(Identifier(type=kind, value=value, label=key))


def _remark(record: DesignationBuilder, element: Element) -> None:
    record.remarks += [text] if (text := xml.text(element)) else []


def keep_unknown(record: DesignationBuilder, element: Element) -> None:
    """Keep an element that the schema of this version doesn't have."""
    for part in element.iter():
        stated = [f"{name} {text}" for name, value in part.attrib.items() if (text := value.strip())]
        record.state(part.tag, "; ".join(filter(None, (xml.text(part), *stated))))
    record.new_field(element.tag, xml.text(element))


#: Element name -> its reader.
READERS: Mapping[str, Callable[[DesignationBuilder, Element], None]] = MappingProxyType(
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
