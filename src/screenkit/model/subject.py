"""`Subject`: the customer or other party to be screened, checked when it is made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

import attrs

from screenkit.errors import DecisionError, InvalidRecordError, InvalidSubjectError

from .countries import country_code
from .dates import PartialDate
from .decision import check_text
from .listed import Identifier
from .name_limits import too_long
from .stated import (
    LONGEST_IDENTIFIER,
    KindName,
    gender_of,
    identifier_of,
    identifiers_of,
    is_missing,
    kind_of,
)
from .terms import IdentifierType, Kind

#: The most identifiers of a subject. A customer has a few; each costs a search.
MOST_IDENTIFIERS = 100
#: Identifiers as a caller gives them: one, several, or a mapping of types to values.
Identifiers = Mapping[str, object] | Iterable[Identifier | str] | None

_SURROGATE = re.compile("[\ud800-\udfff]")


def check_name(value: object) -> str:
    """Return `value` if it can be screened as a name. Raises `InvalidSubjectError`.

    The message gives the length and the position, never the name, because what is screened is confidential. The same
    goes for the facts below, which contain names if columns are mixed up.
    """
    if not isinstance(value, str):
        raise InvalidSubjectError(f"a name must be a string, not {type(value).__name__}")
    if not value.strip():
        raise InvalidSubjectError("the name is empty or blank; there is nothing to screen")
    if problem := too_long(value):
        raise InvalidSubjectError(f"the name is too long: it {problem}")
    if not value.isascii() and (lone := _SURROGATE.search(value)):
        raise InvalidSubjectError(
            f"the name is not valid Unicode: there is a lone surrogate at position {lone.start()}"
        )
    return value


def _names(value: str | Iterable[str]) -> tuple[str, ...]:
    if isinstance(value, Mapping | bytes):
        raise InvalidSubjectError(f"a name must be text, or several in a list, not {type(value).__name__}")
    given = (value,) if isinstance(value, str) else _listed(value, "names")
    if not given:
        raise InvalidSubjectError("the subject has no name; there is nothing to screen")
    return tuple(map(check_name, given))


def _listed(value: object, field: str) -> tuple[object, ...]:
    if not isinstance(value, Iterable):
        raise InvalidSubjectError(f"{field} must be a sequence, not {type(value).__name__}")
    return tuple(value)


def _birth_date(value: PartialDate | dt.date | str | None) -> PartialDate | None:
    if is_missing(value) or isinstance(value, PartialDate):
        return value if isinstance(value, PartialDate) else None
    if isinstance(value, dt.date):
        return PartialDate.of(value.year, value.month, value.day)
    if not isinstance(value, str):
        raise InvalidSubjectError(
            f"birth_date must be text (YYYY, YYYY-MM or YYYY-MM-DD) or a date, not {type(value).__name__}"
        )
    try:
        return PartialDate.parse(value)
    except InvalidRecordError:
        raise InvalidSubjectError("birth_date must be a valid date in the form YYYY, YYYY-MM or YYYY-MM-DD") from None


def _countries(value: Iterable[str] | str | None) -> tuple[str, ...]:
    found = []
    given = () if is_missing(value) else _listed((value,) if isinstance(value, str) else value, "countries")
    for at, country in enumerate(given, 1):
        if is_missing(country):
            continue
        code = country_code(country) if isinstance(country, str) else None
        if code is None:
            raise InvalidSubjectError(
                f"country {at} of {len(given)} must be an ISO 3166 code such as 'cn', or the name of a country"
            )
        found.append(code)
    return tuple(dict.fromkeys(found))


def _kind(value: Kind | KindName | None) -> Kind:
    if is_missing(value):
        return Kind.UNKNOWN
    kind = kind_of(value) if isinstance(value, str) else None
    if kind is None:
        raise InvalidSubjectError(f"kind must be one of {', '.join(Kind)}")
    return kind


def _gender(value: str | None) -> str | None:
    if is_missing(value):
        return None
    gender, is_known = gender_of(value) if isinstance(value, str) else (None, False)
    if not is_known:
        raise InvalidSubjectError("gender must be 'male', 'female' or not given")
    return gender


def _identifiers(value: Identifiers) -> tuple[Identifier, ...]:
    if is_missing(value):
        return ()
    given: tuple[object, ...]
    if isinstance(value, Mapping):
        given = tuple(identifiers_of(value))
    else:
        stated = _listed((value,) if isinstance(value, str | Identifier) else value, "identifiers")
        given = tuple(identifier_of(one) if isinstance(one, str) else one for one in stated if not is_missing(one))
    if len(given) > MOST_IDENTIFIERS:
        raise InvalidSubjectError(f"there are {len(given):,} identifiers; at most {MOST_IDENTIFIERS} are screened")
    for at, one in enumerate(given, 1):
        if not isinstance(one, Identifier) or len(one.value) > LONGEST_IDENTIFIER:
            raise InvalidSubjectError(
                f"identifier {at} of {len(given)} can't be read; give an Identifier, type:value:country such as"
                f" passport:A1234567:cn, or a number alone. Types: {', '.join(IdentifierType)}"
            )
    return tuple(one for one in given if isinstance(one, Identifier))


def _customer(value: str | None) -> str | None:
    if is_missing(value):
        return None
    try:
        return check_text(value, "the customer key")
    except DecisionError as error:
        raise InvalidSubjectError(str(error)) from error


@attrs.frozen
class Subject:
    """A counterparty to be screened. A missing fact never costs anything.

    None, a blank text, NaN and pandas' NaT and NA all mean that a fact is not given.
    """

    #: The name or names, in any script and spelling; a single string is one name.
    names: tuple[str, ...] = attrs.field(converter=_names)
    #: What it is, where known, in any case; "company", "individual", "entity" and "ship" are understood. Another kind
    #: on the list never hides a hit.
    kind: Kind = attrs.field(default=Kind.UNKNOWN, converter=_kind, kw_only=True)
    #: Birth date: a `PartialDate`, a `datetime.date` or ISO text of any precision.
    birth_date: PartialDate | None = attrs.field(default=None, converter=_birth_date, kw_only=True)
    #: Countries it is tied to: ISO 3166-1 codes in any case, or names.
    countries: tuple[str, ...] = attrs.field(default=(), converter=_countries, kw_only=True)
    #: "male" or "female" ("m" and "f" are accepted), if known.
    gender: str | None = attrs.field(default=None, converter=_gender, kw_only=True)
    #: Passports, tax numbers, IMO numbers and the like: `Identifier`s, texts such as "passport:D0001203:af",
    #: "IMO 9116412" or a number alone, or a mapping of types to values.
    identifiers: tuple[Identifier, ...] = attrs.field(default=(), converter=_identifiers, kw_only=True)
    #: Your own key for the customer, such as an account number; reviewers' decisions are recorded under it. It never
    #: affects a score.
    customer: str | None = attrs.field(default=None, converter=_customer, kw_only=True)
