"""How cells become facts of a customer: birth dates, countries, kinds, genders and identifiers.

Each function raises `InvalidSubjectError`, which doesn't quote the cell.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

from screenkit.errors import InvalidRecordError, InvalidSubjectError
from screenkit.model import Identifier, IdentifierType, Kind, PartialDate
from screenkit.model.countries import country_code
from screenkit.model.stated import LONGEST_IDENTIFIER, gender_of, identifier_of, is_missing, kind_of

#: A cell may hold several countries or numbers.
_SEVERAL = re.compile(r"[;|]")
#: What systems write for a fact that isn't known. "NA" is Namibia, and so a country.
_NOT_KNOWN = frozenset(
    {
        "n/a", "n.a.", "#n/a", "none", "null", "nil", "nan", "unknown", "not known", "not available", "not applicable",
        "not stated", "unspecified", "undisclosed", "tbd", "-", "--", "---", ".", "?", "0", "00/00/0000", "00.00.0000",
        "0000-00-00", "00000000",
    }
)  # fmt: skip
#: A year whose day and month aren't known: "00/00/1975", "1975-00-00".
_YEAR_ALONE = re.compile(r"(?:00?[/.-]00?[/.-])?(\d{4})(?:[/.-]00?[/.-]00?)?\Z")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_TIME = re.compile(r"[T ]\d{2}:\d{2}.*\Z", re.DOTALL)
_ISO_FORMS = ("YYYY", "YYYY-MM", "YYYY-MM-DD", "YYYYMMDD")
#: Usual forms of dates, one of which is named where dates can't be read.
_USUAL_FORMS = (
    "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d", "%d %b %Y", "%d-%b-%Y",
    "%d %B %Y", "%B %d, %Y", "%b %d, %Y", "%d-%b-%y", "%d/%m/%y", "%m/%d/%y", "%d.%m.%y",
)  # fmt: skip


def text_of(value: object) -> str | None:
    """A cell as text: None if it is missing, a number as its digits."""
    if type(value) is str:  # by far the most, and the quickest to tell
        return value if value and not value.isspace() else None
    if isinstance(value, list | tuple | dict | set | bytes | bool):
        raise InvalidSubjectError(f"must be text, not {type(value).__name__}")
    if is_missing(value):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def one(value: object) -> Iterator[str]:
    """The text of a cell that states one fact; nothing where it says that the fact isn't known."""
    text = text_of(value)
    if text is not None and text.strip().casefold() not in _NOT_KNOWN:
        yield text.strip()


def several(value: object) -> Iterator[str]:
    """The texts of a cell that may state several facts."""
    for cell in value if isinstance(value, list | tuple) else (value,):
        for text in one(cell):
            parts = _SEVERAL.split(text)
            yield from (part for part in parts if part.strip() and part.strip().casefold() not in _NOT_KNOWN)


def day_or_text(value: object) -> Iterator[str | dt.date]:
    """The date in a cell, or its text."""
    if isinstance(value, dt.date) and not is_missing(value):
        yield value
    else:
        yield from one(value)


@lru_cache(maxsize=4096)
def birth_date(stated: str | dt.date, formats: tuple[str, ...]) -> PartialDate:
    """A date in the first of the formats that fits; without formats, and for a year alone, as ISO 8601 writes it."""
    if isinstance(stated, dt.date):
        return PartialDate.of(stated.year, stated.month, stated.day)
    for form in formats:
        day = _day(stated, form)
        if day is not None:
            return PartialDate.of(day.year, day.month, day.day)
    year = _YEAR_ALONE.match(stated)
    text = year[1] if year else _COMPACT_DATE.sub(r"\1-\2-\3", _TIME.sub("", stated))
    try:
        return PartialDate.parse(text)
    except InvalidRecordError:
        forms = ", ".join((*formats, *_ISO_FORMS))
        hint = "" if formats else "; for other forms use --date-format"
        raise InvalidSubjectError(f"must be a valid date in the form {forms}{hint}") from None


@lru_cache(maxsize=4096)
def usual_forms(stated: str) -> tuple[str, ...]:
    """The usual forms in which a text is a date: two where day and month could be either way around."""
    return tuple(form for form in _USUAL_FORMS if _day(stated, form) is not None)


def _day(stated: str, form: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(stated, form)
    except ValueError:
        return None


def country(text: str) -> str:
    """The code of a country."""
    code = country_code(text)
    if code is None:
        raise InvalidSubjectError("is not an ISO 3166 code or the name of a country")
    return code


def kind(text: str) -> Kind:
    """A kind of customer."""
    found = kind_of(text)
    if found is None:
        raise InvalidSubjectError(f"must be one of {', '.join(Kind)}")
    return found


def gender(text: str) -> str | None:
    """ "male", "female" or None for a gender that no list states."""
    found, is_known = gender_of(text)
    if not is_known:
        raise InvalidSubjectError("must be 'male', 'female' or not given")
    return found


def identifier(text: str, sort: IdentifierType) -> Identifier:
    """An identifier of the type that the heading tells; without one, of the type that the text itself tells."""
    if len(text) > LONGEST_IDENTIFIER:
        raise InvalidSubjectError(f"has {len(text):,} characters, and at most {LONGEST_IDENTIFIER} are read")
    stated = identifier_of(text) if sort is IdentifierType.OTHER else None
    return stated or Identifier(value=text, type=sort)
