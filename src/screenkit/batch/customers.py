"""A row's values in, the `Subject` they say out, or a `Rejection` that says why there is none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

import attrs

from screenkit.errors import DecisionError, InvalidRecordError, InvalidSubjectError
from screenkit.model import Identifier, Kind, PartialDate, Subject
from screenkit.model.decided import check_text
from screenkit.sources.countries import country_code

from .columns import Columns, identifier_type


@attrs.frozen(kw_only=True)
class Rejection:
    """A row that could not be screened, and why; it never quotes the row."""

    #: The row's number, the first customer's is 1.
    row: int
    #: The customer's key, empty where it couldn't be told.
    id: str = ""
    #: What is wrong with it.
    reason: str


#: What books call kinds, in small letters.
_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        word: kind
        for kind, words in {
            Kind.PERSON: ("person", "p", "individual", "i", "natural person", "natural", "private", "retail", "np"),
            Kind.ORGANIZATION: (
                "organization", "organisation", "o", "entity", "e", "company", "c", "corporate", "legal person",
                "legal entity", "legal", "business", "enterprise", "le", "lp",
            ),
            Kind.VESSEL: ("vessel", "ship", "v"),
            Kind.AIRCRAFT: ("aircraft", "airplane"),
            Kind.UNKNOWN: ("unknown", "u", "other", "n/a"),
        }.items()
        for word in words
    }
)  # fmt: skip
#: What books write for a gender that is not known, or that no list states.
_NO_GENDER = frozenset({"x", "u", "unknown", "other", "n/a", "d", "divers", "diverse", "non-binary"})
#: A cell may hold several countries or numbers.
_SEVERAL = re.compile(r"[;|]")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_TIME = re.compile(r"[T ]\d{2}:\d{2}.*\Z", re.DOTALL)


def subject_of(values: Sequence[object], columns: Columns, *, row: int) -> Subject | Rejection:
    """Make the subject that a row states; the values stand in the order of `columns.used`.

    Blank texts, None and NaN are missing. Numbers are taken as their digits. A name that can't be screened, and a fact
    that can't be read, is a `Rejection`: a fact that was left out could cost a hit.
    """
    field, at = "id", _positions(columns)
    customer: str | None = None
    try:
        customer = None if at.id is None else _key_of(values[at.id])
        field = "name"
        names = _names(values, at.names)
        field = "birth_date"
        birth_date = None if at.birth_date is None else _birth_date(values[at.birth_date], columns.date_format)
        field = "country"
        countries = tuple(_country(text) for place in at.countries for text in _several(values[place]))
        field = "kind"
        kind = None if at.kind is None else _kind(values[at.kind])
        field = "gender"
        gender = None if at.gender is None else _gender(values[at.gender])
        field = "identifier"
        identifiers = tuple(
            Identifier(value=text, type=sort) for place, sort in at.identifiers for text in _several(values[place])
        )
        field = ""  # what Subject finds wrong it says with the field
        return Subject(
            names,
            kind=kind,
            birth_date=birth_date,
            countries=countries,
            gender=gender,
            identifiers=identifiers,
            customer=customer,
        )
    except InvalidSubjectError as error:
        return Rejection(row=row, id=customer or "", reason=f"{field}: {error}" if field else str(error))


class _Positions:
    """Where in a row's values the columns stand."""

    def __init__(self, columns: Columns) -> None:
        where = {column: at for at, column in enumerate(columns.used)}
        self.names = tuple(tuple(where[column] for column in name) for name in columns.names)
        self.id = None if columns.id is None else where[columns.id]
        self.birth_date = None if columns.birth_date is None else where[columns.birth_date]
        self.countries = tuple(where[column] for column in columns.countries)
        self.kind = None if columns.kind is None else where[columns.kind]
        self.gender = None if columns.gender is None else where[columns.gender]
        self.identifiers = tuple((where[column], identifier_type(column)) for column in columns.identifiers)


@lru_cache(maxsize=16)
def _positions(columns: Columns) -> _Positions:
    return _Positions(columns)


def key_of(values: Sequence[object], columns: Columns) -> str:
    """The customer's key that a row states, empty where it states none that can be kept."""
    at = _positions(columns).id
    try:
        return (_key_of(values[at]) if at is not None else None) or ""
    except InvalidSubjectError:
        return ""


def _is_missing(value: object) -> bool:
    # NaN and pandas' NaT are the values that don't equal themselves.
    return value is None or (isinstance(value, str) and not value.strip()) or bool(value != value)


def _text(value: object) -> str | None:
    """A cell as text: None where it is missing, a number as its digits."""
    if type(value) is str:  # by far the most, and the quickest to tell
        return value if value and not value.isspace() else None
    if isinstance(value, list | tuple | dict | set | bytes | bool):
        raise InvalidSubjectError(f"is of type {type(value).__name__}; a text is expected")
    if _is_missing(value):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _several(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list | tuple) else (value,):
        text = _text(one)
        if text is not None:
            yield from (part for part in _SEVERAL.split(text) if part.strip())


def _key_of(value: object) -> str | None:
    text = _text(value)
    if text is None:
        return None
    try:
        return check_text(text, "the customer key")
    except DecisionError as error:
        raise InvalidSubjectError(str(error)) from None


def _names(values: Sequence[object], places: Sequence[Sequence[int]]) -> tuple[str, ...]:
    names: list[str] = []
    for place in places:
        if len(place) == 1:
            value = values[place[0]]
            names.extend(
                name for one in (value if isinstance(value, list | tuple) else (value,)) if (name := _name(one))
            )
        else:
            parts = [part for at in place if (part := _name(values[at]))]
            if parts:
                names.append(" ".join(parts))
    if not names:
        raise InvalidSubjectError("the name is missing")
    return tuple(dict.fromkeys(names)) if len(names) > 1 else tuple(names)


def _name(value: object) -> str | None:
    text = _text(value)
    if text is None:
        return None
    if not isinstance(value, str):
        raise InvalidSubjectError(f"is of type {type(value).__name__}; a text is expected")
    if "\0" in text:
        raise InvalidSubjectError("holds a NUL character, so the text is damaged or in another encoding")
    return text


def _birth_date(value: object, date_format: str | None) -> PartialDate | None:
    if isinstance(value, dt.date) and not _is_missing(value):
        return PartialDate.of(value.year, value.month, value.day)
    text = _text(value)
    return None if text is None else _read_date(text.strip(), date_format)


@lru_cache(maxsize=4096)
def _read_date(text: str, date_format: str | None) -> PartialDate:
    if date_format is not None:
        try:
            day = dt.datetime.strptime(text, date_format)
        except ValueError:
            raise InvalidSubjectError(f"is not written as {date_format}, or the calendar has no such day") from None
        return PartialDate.of(day.year, day.month, day.day)
    try:
        return PartialDate.parse(_COMPACT_DATE.sub(r"\1-\2-\3", _TIME.sub("", text)))
    except InvalidRecordError:
        raise InvalidSubjectError(
            "is not of the form YYYY, YYYY-MM, YYYY-MM-DD or YYYYMMDD (say how dates are written: --date-format), or"
            " the calendar has no such day"
        ) from None


def _country(text: str) -> str:
    code = country_code(text)
    if code is None:
        raise InvalidSubjectError("is neither an ISO 3166 code nor a country's name")
    return code


def _kind(value: object) -> Kind | None:
    text = _text(value)
    if text is None:
        return None
    kind = _KINDS.get(text.strip().casefold())
    if kind is None:
        raise InvalidSubjectError(f"is none of: {', '.join(Kind)}")
    return kind


def _gender(value: object) -> str | None:
    text = _text(value)
    if text is None or text.strip().casefold() in _NO_GENDER:
        return None
    return text.strip()
