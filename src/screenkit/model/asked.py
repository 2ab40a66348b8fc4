"""What the caller screens, checked: `Subject`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

import attrs

from screenkit.errors import DecisionError, InvalidRecordError, InvalidSubjectError

from .dates import PartialDate
from .decided import check_text
from .listed import Identifier, Kind

#: The longest name that is screened, in characters. The longest name on any official list has under 400.
LONGEST_NAME = 4_096

_SURROGATE = re.compile("[\ud800-\udfff]")
_GENDERS = {"m": "male", "male": "male", "f": "female", "female": "female"}


def check_name(value: object) -> str:
    """Return `value` where it can be screened as a name; raise `InvalidSubjectError` where it can't.

    The message tells the length and the place, never the name: what is screened is confidential. So it is with the
    facts below, which hold names where columns are mixed up.
    """
    if not isinstance(value, str):
        raise InvalidSubjectError(f"a name has to be a str, not {type(value).__name__}")
    if not value.strip():
        raise InvalidSubjectError("the name is empty or blank; there is nothing to screen")
    if len(value) > LONGEST_NAME:
        raise InvalidSubjectError(f"the name has {len(value):,} characters; at most {LONGEST_NAME:,} are screened")
    if not value.isascii() and (lone := _SURROGATE.search(value)):
        raise InvalidSubjectError(f"the name is no valid Unicode text: a lone surrogate at position {lone.start()}")
    return value


def _names(value: str | Iterable[str]) -> tuple[str, ...]:
    given = (value,) if isinstance(value, str) else _listed(value, "names")
    if not given:
        raise InvalidSubjectError("the subject has no name; there is nothing to screen")
    return tuple(map(check_name, given))


def _listed(value: object, field: str) -> tuple[object, ...]:
    if not isinstance(value, Iterable):
        raise InvalidSubjectError(f"{field} has to be a sequence, not {type(value).__name__}")
    return tuple(value)


def _birth_date(value: PartialDate | dt.date | str | None) -> PartialDate | None:
    if value is None or isinstance(value, PartialDate):
        return value
    if isinstance(value, dt.date):
        return PartialDate.of(value.year, value.month, value.day)
    if not isinstance(value, str):
        raise InvalidSubjectError(
            f"a birth date has to be text (YYYY, YYYY-MM, YYYY-MM-DD) or a date, not {type(value).__name__}"
        )
    try:
        return PartialDate.parse(value)
    except InvalidRecordError:
        raise InvalidSubjectError(
            "birth_date is not of the form YYYY, YYYY-MM or YYYY-MM-DD, or the calendar has no such day"
        ) from None


def _countries(value: Iterable[str]) -> tuple[str, ...]:
    given = _listed((value,) if isinstance(value, str) else value, "countries")
    for at, country in enumerate(given, 1):
        if not (isinstance(country, str) and len(country) == 2 and country.isascii() and country.isalpha()):
            raise InvalidSubjectError(f"country {at} of {len(given)} is no ISO 3166-1 alpha-2 code such as 'cn'")
    return tuple(dict.fromkeys(str(country).casefold() for country in given))


def _kind(value: str | None) -> Kind:
    try:
        return Kind.UNKNOWN if value is None else Kind(value)
    except ValueError:
        raise InvalidSubjectError(f"kind is none of: {', '.join(Kind)}") from None


def _gender(value: str | None) -> str | None:
    if value is None:
        return None
    gender = _GENDERS.get(value.casefold()) if isinstance(value, str) else None
    if gender is None:
        raise InvalidSubjectError("gender is neither 'male' nor 'female'")
    return gender


def _identifiers(value: Iterable[Identifier | str]) -> tuple[Identifier, ...]:
    given = _listed((value,) if isinstance(value, str | Identifier) else value, "identifiers")
    made = []
    for at, item in enumerate(given, 1):
        if isinstance(item, str) and item.strip():
            made.append(Identifier(value=item))
        elif isinstance(item, Identifier):
            made.append(item)
        else:
            raise InvalidSubjectError(
                f"identifier {at} of {len(given)} is neither an Identifier nor a text that is not blank"
            )
    return tuple(made)


def _customer(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return check_text(value, "the customer key")
    except DecisionError as error:
        raise InvalidSubjectError(str(error)) from error


@attrs.frozen
class Subject:
    """A counterparty to be screened. A fact that is missing never costs anything."""

    #: Its name or names, in any script and spelling; a single string is one name.
    names: tuple[str, ...] = attrs.field(converter=_names)
    #: What it is, where known; another kind on the list never hides a hit.
    kind: Kind = attrs.field(default=Kind.UNKNOWN, converter=_kind, kw_only=True)
    #: Birth date: a `PartialDate`, a `datetime.date` or ISO text of any precision.
    birth_date: PartialDate | None = attrs.field(default=None, converter=_birth_date, kw_only=True)
    #: Countries it is tied to, ISO 3166-1 alpha-2, either case.
    countries: tuple[str, ...] = attrs.field(default=(), converter=_countries, kw_only=True)
    #: "male" or "female" ("m" and "f" are taken too), where known.
    gender: str | None = attrs.field(default=None, converter=_gender, kw_only=True)
    #: Passports, tax numbers, IMO numbers and the like; a plain text is an identifier of any sort.
    identifiers: tuple[Identifier, ...] = attrs.field(default=(), converter=_identifiers, kw_only=True)
    #: The caller's own key of the customer, such as an account number, by which reviewers' decisions are kept. It never
    #: bears on a score.
    customer: str | None = attrs.field(default=None, converter=_customer, kw_only=True)
