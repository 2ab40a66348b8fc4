"""How much of what a list states of a sort was read: birth dates, countries, places and identifiers.

A date that can't be read keeps its text, a country without a code its name, and an identifier of no known type its
label; all of them are searched less well. A list of which less is read than before has changed its wording.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from screenkit.model import Designation, IdentifierType

from .builder import is_not_available

BIRTH_DATES, COUNTRIES, BIRTH_PLACES, ADDRESSES, IDENTIFIERS = SORTS = (
    "birth dates",
    "countries",
    "birth places",
    "addresses",
    "identifiers",
)
#: The publishers' fields of birth dates: "D.O.B", "DATE_OF_BIRTH", "birthdate", "bd".
_BIRTH_DATE_FIELD = re.compile(r"birth|d\.?o\.?b\b|bd\Z|day-month-year", re.IGNORECASE)


#: What lists write where nothing is known, or nothing in particular.
_NOTHING = frozenset({"unknown", "not known", "undetermined", "various", "worldwide"})


class Shares:
    """What was read, and what was stated, of the designations taken so far."""

    def __init__(self) -> None:
        self._read = dict.fromkeys(SORTS, 0)
        self._stated = dict.fromkeys(SORTS, 0)

    def take(self, designation: Designation) -> None:
        """Count one designation."""
        dates, unparsed, identifiers = designation.birth_dates, designation.unparsed, designation.identifiers
        if dates or unparsed:
            unread = sum(
                _BIRTH_DATE_FIELD.search(found.field) is not None and not _says_nothing(found.text)
                for found in unparsed
            )
            self._count(BIRTH_DATES, len(dates), len(dates) + unread)
        for sort, places in (
            (COUNTRIES, designation.nationalities + designation.citizenships),
            (BIRTH_PLACES, designation.birth_places),
            (ADDRESSES, designation.addresses),
        ):
            if places:
                unstated = sum([place.country is None and _says_nothing(place.text) for place in places])
                known = sum([place.country is not None for place in places])
                self._count(sort, known, len(places) - unstated)
        if identifiers:
            known = sum([found.type is not IdentifierType.OTHER for found in identifiers])
            self._count(IDENTIFIERS, known, len(identifiers))

    def _count(self, sort: str, read: int, stated: int) -> None:
        self._read[sort] += read
        self._stated[sort] += stated

    def counts(self) -> Mapping[str, tuple[int, int]]:
        """Sort -> (read, stated): dates with a span, places with a country, identifiers of a known type."""
        return {sort: (self._read[sort], self._stated[sort]) for sort in SORTS}


def _says_nothing(text: str) -> bool:
    return is_not_available(text) or text.strip(" .").casefold() in _NOTHING
