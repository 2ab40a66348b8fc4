"""An `Entry` of the UK Sanctions List in, its identifiers out: documents, registrations, IMO numbers, contacts.

Business registration numbers are printed with or without a word on what they are, and several in one cell
("INN: 7713226814 OGRN: 1027700285612"); where a cell is made of labeled numbers alone they are told apart.
"""

from __future__ import annotations

import re

from screenkit.model import Identifier, IdentifierType

from . import uk_fields
from .countries import country_code
from .uk_fields import Entry, split_values

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


def identifiers(entry: Entry) -> tuple[Identifier, ...]:
    """Read all of the entry's identifiers, each once."""
    found = _documents(entry, uk_fields.PASSPORT, IdentifierType.PASSPORT, "Passport number")
    found += _documents(entry, uk_fields.NATIONAL_ID, IdentifierType.NATIONAL_ID, "National Identifier number")
    found += [number for text in entry.values("businessregistrationnumber") for number in _registrations(text)]
    found += [_imo(text) for text in entry.values("imonumber")]
    found += [
        Identifier(type=type, value=value, label=label)
        for field, (type, label) in _PLAIN.items()
        for value in entry.values(field)
    ]
    return tuple(dict.fromkeys(found))


def _documents(entry: Entry, group: tuple[str, str], type: IdentifierType, label: str) -> list[Identifier]:
    found = []
    for text, information in entry.held(group):
        numbers, notes = split_values(text), split_values(information)
        if not numbers:
            entry.keep(label, information, "words about a document that has no number")
        if len(notes) != len(numbers):
            notes = [information] * len(numbers)
        for number, note in zip(numbers, notes, strict=True):
            country = country_code(note) if note else None
            found.append(Identifier(type=type, value=number, country=country, label=label, note=note))
    return found


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
