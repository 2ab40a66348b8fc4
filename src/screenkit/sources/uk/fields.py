"""The fields of the UK Sanctions List, and what they hold for one Unique ID: `Entry`.

The CSV prints one row for each combination of an entry's names, addresses and other values, so most of a row
repeats the one before it; the XML prints each value once. Both hand their texts to `Entry.take`, which puts
together what belongs together (the parts of a name, a passport and the words about it), keeps each value once
and keeps the order. A field is known by its label's letters and digits: "Sanctions Imposed" in the CSV and
SanctionsImposed in the XML are one field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import attrs

#: The fields that make up one name, one address ..., in the order in which they are put together.
NAME = ("name1", "name2", "name3", "name4", "name5", "name6", "nametype", "aliasstrength")
NATIVE_NAME = ("namenonlatinscript", "nonlatinscripttype", "nonlatinscriptlanguage")
ADDRESS = (*(f"addressline{number}" for number in range(1, 7)), "addresspostalcode", "addresscountry")
BIRTH_PLACE = ("townofbirth", "countryofbirth")
PASSPORT = ("passportnumber", "passportadditionalinformation")
NATIONAL_ID = ("nationalidentifiernumber", "nationalidentifieradditionalinformation")
_GROUPS = (NAME, NATIVE_NAME, ADDRESS, BIRTH_PLACE, PASSPORT, NATIONAL_ID)
_GROUPED = frozenset(field for group in _GROUPS for field in group)

_NO_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
#: Labels of one meaning: those of the CSV with a plural in brackets, and those of earlier layouts.
_ALIKE = {
    "individualentityship": "designationtype",
    "individualaliasstrength": "aliasstrength",
    "nationalityies": "nationality",
    "businessregistrationnumbers": "businessregistrationnumber",
    "currentowneroperators": "currentowneroperator",
    "previousowneroperators": "previousowneroperator",
    "previousflags": "previousflag",
    "subsidiaries": "subsidiary",
    "parentcompanies": "parentcompany",
    "hullidentificationnumberhin": "hullidentificationnumber",
    "hin": "hullidentificationnumber",
}


def field_of(label: str) -> str:
    """Name the field that a CSV heading or an XML tag stands for: "D.O.B" is "dob"."""
    letters = _NO_LETTER_OR_DIGIT.sub("", label).lower()
    return _ALIKE.get(letters, letters)


def split_values(text: str) -> list[str]:
    """Split what one cell holds several of: "(1) Aden (2) Sana'a", or "Asset freeze|Travel Ban"."""
    if not text.startswith("(1)"):
        return [value for part in text.split("|") if (value := part.strip())]
    parts, rest, number = [], text.removeprefix("(1)"), 2
    while f"({number})" in rest:
        part, _, rest = rest.partition(f"({number})")
        parts.append(part)
        number += 1
    return [value for part in (*parts, rest) if (value := part.strip().rstrip(";,").rstrip())]


@attrs.define(eq=False)
class Entry:
    """What the list states about one target, each value once and in published order."""

    id: str
    #: Group of fields -> what they hold, as a set that keeps its order.
    groups: dict[tuple[str, ...], dict[tuple[str, ...], None]] = attrs.field(factory=dict)
    #: Field -> its texts, as a set that keeps its order.
    texts: dict[str, dict[str, None]] = attrs.field(factory=dict)
    #: Field -> its label as published.
    labels: dict[str, str] = attrs.field(factory=dict)

    def take(self, stated: Iterable[tuple[str, str]]) -> None:
        """Add the texts of one row or element, as pairs of label and stripped text that is not empty."""
        grouped: dict[str, str] = {}
        for label, text in stated:
            field = field_of(label)
            if field in _GROUPED:
                grouped[field] = text
            else:
                self.texts.setdefault(field, {})[text] = None
                self.labels.setdefault(field, label)
        if grouped:
            self._take_groups(grouped)

    def _take_groups(self, grouped: Mapping[str, str]) -> None:
        for group in _GROUPS:
            held = tuple(grouped.get(field, "") for field in group)
            if any(held):
                self.groups.setdefault(group, {})[held] = None

    def all(self, field: str) -> list[str]:
        """The texts of a field."""
        return list(self.texts.get(field, ()))

    def values(self, field: str) -> list[str]:
        """The single values in a field's texts, each once."""
        return list(dict.fromkeys(value for text in self.all(field) for value in split_values(text)))

    def held(self, group: tuple[str, ...]) -> list[tuple[str, ...]]:
        """What a group's fields hold, one tuple in the group's order for each."""
        return list(self.groups.get(group, ()))
