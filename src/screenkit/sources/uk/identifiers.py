"""The identifiers of an entry of the UK Sanctions List: documents, registrations, IMO numbers, contacts.

Business registration numbers are printed with or without a word on what they are, and several in one cell
("INN: 7713226814 OGRN: 1027700285612"); where a cell is made of labeled numbers alone they are told apart.
"""

from __future__ import annotations

import re

from screenkit.model import Identifier, IdentifierType
from screenkit.sources.builder import DesignationBuilder
from screenkit.sources.documents import issuer

from . import fields as uk_fields
from .fields import Entry, split_values

_IMO = re.compile(r"(?:IMO)?\W*(\d{7})\Z", re.IGNORECASE)
_LABELED = re.compile(r"(?<![a-z])(?P<label>INN|TIN|OGRN|KPP|BIN)\s*[:–-]?\s*(?P<value>\d{6,15})(?!\d)", re.IGNORECASE)
_LABELED_TYPES = {"inn": IdentifierType.TAX, "tin": IdentifierType.TAX}
#: Field -> its sort, and the CSV's heading.
_PLAIN = {
    "hullidentificationnumber": (IdentifierType.SERIAL_NUMBER, "Hull identification number (HIN)"),
    "phonenumber": (IdentifierType.PHONE, "Phone number"),
    "website": (IdentifierType.WEBSITE, "Website"),
    "emailaddress": (IdentifierType.EMAIL, "Email address"),
}


def add_identifiers(record: DesignationBuilder, entry: Entry) -> None:
    """Read all of the entry's identifiers."""
    _documents(record, entry, uk_fields.PASSPORT, IdentifierType.PASSPORT, "Passport number")
    _documents(record, entry, uk_fields.NATIONAL_ID, IdentifierType.NATIONAL_ID, "National Identifier number")
    for text in entry.values("businessregistrationnumber"):
        record.identifiers += _registrations(text)
    record.identifiers += [_imo(text) for text in entry.values("imonumber")]
    record.identifiers += [
        Identifier(type=type, value=value, label=label)
        for field, (type, label) in _PLAIN.items()
        for value in entry.values(field)
    ]


def _documents(
    record: DesignationBuilder, entry: Entry, group: tuple[str, str], type: IdentifierType, label: str
) -> None:
    for text, information in entry.held(group):
        numbers, notes = split_values(text), split_values(information)
        if not numbers:
            record.keep(label, information, "describes a document without a number; its text is kept")
        if len(notes) != len(numbers):
            notes = [information] * len(numbers)
        for number, note in zip(numbers, notes, strict=True):
            country = issuer(note) or issuer(number)
            record.identifiers.append(Identifier(type=type, value=number, country=country, label=label, note=note))


def _registrations(text: str) -> list[Identifier]:
    labeled = list(_LABELED.finditer(text))
    if not labeled or re.search(r"\w", _LABELED.sub("", text)):
        label = "Business registration number (s)"
        return [Identifier(type=IdentifierType.REGISTRATION, value=text, label=label)]
    return [
        Identifier(
            type=_LABELED_TYPES.get(match["label"].lower(), IdentifierType.REGISTRATION),
            value=match["value"],
            label=match["label"],
        )
        for match in labeled
    ]


def _imo(text: str) -> Identifier:
    """The list prints a ship's number as IMO9562233, IMO 9562233 or 9562233."""
    match = _IMO.match(text)
    return Identifier(type=IdentifierType.IMO, value=match[1] if match else text, label="IMO number")
