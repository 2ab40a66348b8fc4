"""Dates as lists print them, read as `PartialDate`.

Covers the wordings that occur in official lists: "circa 1961", "01 Jan 1970", "Mar 1970", "1955 to 1957",
"1958-1963", "1977/1978", "approximately 1965", "Between 1955 and 1957", "Between Aug. and Sep. 1977",
"15/12/1971", "12/1971", "12. Sep 1974", "23-Apr-68", "1971-12-15Z". What isn't covered gives None, and the
caller keeps the text.
"""

from __future__ import annotations

import re

from screenkit.errors import InvalidRecordError
from screenkit.model import PartialDate

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"), start=1)
    for name in names.split()
}  # fmt: skip
_CIRCA = re.compile(r"^(?:circa|c\.|ca\.|about|approximately|approx\.?|around):?\s*", re.IGNORECASE)
_RANGE = re.compile(r"^(?:between\s+)?(.+?)\s+(?:to|and|-|–)\s+(.+)$", re.IGNORECASE)
_YEARS = re.compile(r"^(\d{4})\s*[-–/]\s*(\d{4})$")
#: "Aug. and Sep 1977": the year stands once.
_MONTHS_OF_A_YEAR = re.compile(r"^(?:between\s+)?([a-z]+)\.?\s+(?:to|and|-|–)\s+([a-z]+)\.?\s+(\d{4})$", re.IGNORECASE)
_ISO = re.compile(r"^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:Z|[+-]\d\d:\d\d|T[\d:.+Z-]*)?$")
_WORDS = re.compile(r"^(?:(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+)?([a-z]+)(?:\.,?\s*|,?[\s-]+)(\d{4})$", re.IGNORECASE)
#: "23-Apr-68": a spreadsheet's short form.
_SHORT = re.compile(r"^(\d{1,2})-([a-z]{3})-(\d{2})$", re.IGNORECASE)
#: The years that a short form can mean, for nobody listed today was born before 1920.
_FIRST_SHORT_YEAR = 20
_SLASHED = re.compile(r"^(\d{1,2})[/.]\s*(\d{1,2})[/.]\s*(\d{4})$")
_SLASHED_MONTH = re.compile(r"^(\d{1,2})/(\d{4})$")


def parse_date(text: str, *, circa: bool = False) -> PartialDate | None:
    """Read a date as a list prints it; None where its form isn't one of these.

    Slashed dates are day first, as the UK list prints them; a day or month of 00 is an unknown one.
    """
    stripped = text.strip().rstrip(".;,")
    about = _CIRCA.match(stripped)
    if about is not None:
        circa, stripped = True, stripped[about.end() :]
    try:
        one = _single(stripped, text, circa)
        if one is not None:
            return one
        if months := _MONTHS_OF_A_YEAR.match(stripped):
            sides: tuple[str, ...] = (f"{months[1]} {months[3]}", f"{months[2]} {months[3]}")
        elif span := _YEARS.match(stripped) or _RANGE.match(stripped):
            sides = span.groups()
        else:
            return None
        first, last = (_single(_CIRCA.sub("", side), text, circa) for side in sides)
        if first is None or last is None:
            return None
        circa = circa or "circa" in stripped.lower()
        return PartialDate.between(first, last, text=text, circa=circa)
    except InvalidRecordError:
        return None


def _single(stripped: str, text: str, circa: bool) -> PartialDate | None:
    if match := _ISO.match(stripped):
        year, month, day = match.groups()
        return PartialDate.of(int(year), _known(month), _known(day), text=text, circa=circa)
    if match := _WORDS.match(stripped):
        day, name, year = match.groups()
        month_number = _MONTHS.get(name.lower())
        if month_number is None:
            return None
        return PartialDate.of(int(year), month_number, _known(day), text=text, circa=circa)
    if (match := _SHORT.match(stripped)) and int(match[3]) >= _FIRST_SHORT_YEAR and match[2].lower() in _MONTHS:
        return PartialDate.of(1900 + int(match[3]), _MONTHS[match[2].lower()], int(match[1]), text=text, circa=circa)
    if match := _SLASHED.match(stripped):
        day, month, year = match.groups()
        return PartialDate.of(int(year), _known(month), _known(day), text=text, circa=circa)
    if match := _SLASHED_MONTH.match(stripped):
        month, year = match.groups()
        return PartialDate.of(int(year), _known(month), text=text, circa=circa)
    return None


def _known(number: str | None) -> int | None:
    return (int(number) or None) if number else None
