"""Which column of a book or data frame holds what: `Columns`, and `guess_columns`, which tells it from headings."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

import attrs

from screenkit.errors import BatchError
from screenkit.model import IdentifierType
from screenkit.model.wording import counted


def _whole_names(given: Iterable[str | Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    if isinstance(given, str):
        return ((given,),)
    return tuple((name,) if isinstance(name, str) else tuple(name) for name in given)


def _texts(given: Iterable[str] | None) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given or ())


@attrs.frozen
class Columns:
    """Which column of a book or data frame holds what. A column is named by its heading, exactly as written."""

    #: For each name of a customer the columns that make it up, joined by spaces; usually one column each. A text is
    #: one column, a tuple inside the sequence joins several: `[("first", "last"), "alias"]`.
    names: tuple[tuple[str, ...], ...] = attrs.field(converter=_whole_names)
    #: The customer's key.
    id: str | None = attrs.field(default=None, kw_only=True)
    #: The date of birth.
    birth_date: str | None = attrs.field(default=None, kw_only=True)
    #: Countries the customer is tied to.
    countries: tuple[str, ...] = attrs.field(default=(), converter=_texts, kw_only=True)
    #: Person, organization, vessel or aircraft.
    kind: str | None = attrs.field(default=None, kw_only=True)
    #: Male or female.
    gender: str | None = attrs.field(default=None, kw_only=True)
    #: Passports, tax numbers, IMO numbers and the like; a usual heading tells the type of identifier.
    identifiers: tuple[str, ...] = attrs.field(default=(), converter=_texts, kw_only=True)
    #: How dates of birth are written where they are not ISO 8601, as `datetime.strptime` reads it ("%d/%m/%Y"). Of
    #: several forms the first that fits is taken; ISO 8601 is read beside them.
    date_format: tuple[str, ...] = attrs.field(default=(), converter=_texts, kw_only=True)
    #: "ignore": a customer is screened without a fact that can't be read, which is counted and said. "reject": the
    #: row is rejected. None is "ignore", but a book stops early where nearly all values of a column can't be read.
    unreadable_facts: Literal["ignore", "reject"] | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not self.names or not all(name and all(name) for name in self.names):
            raise BatchError("no column is given for the customer's name; say which one it is: --name HEADING")
        if self.unreadable_facts not in (None, "ignore", "reject"):
            raise BatchError(f"unreadable_facts must be 'ignore' or 'reject', not {self.unreadable_facts!r}")

    @property
    def used(self) -> tuple[str, ...]:
        """The columns that are read, each once. The values of a row are in this order."""
        facts = (self.id, self.birth_date, *self.countries, self.kind, self.gender, *self.identifiers)
        joined = (column for name in self.names for column in name)
        return tuple(dict.fromkeys(column for column in (*joined, *facts) if column is not None))

    def to_dict(self) -> dict[str, object]:
        """As texts and lists, ready for JSON."""
        stated = attrs.asdict(self, recurse=False)
        return {**stated, "names": list(map(list, self.names))} | {
            field: list(stated[field]) for field in ("countries", "identifiers", "date_format")
        }


#: The usual headings of columns, as `_key` writes them, in the order of preference.
_NAMES = (
    "name", "fullname", "customername", "clientname", "partyname", "counterpartyname", "entityname", "companyname",
    "legalname", "organizationname", "organisationname", "accountname", "accountholder", "accountholdername",
    "holdername", "beneficiaryname", "vesselname", "shipname", "nameen", "nameenglish", "customer", "counterparty",
    "company", "query", "caption", "nom", "nombre", "姓名", "名称", "имя", "фио", "наименование",
)  # fmt: skip
_OTHER_NAMES = (
    "alias", "aliases", "aka", "othername", "othernames", "alternativename", "alternatename", "formername",
    "previousname", "tradename", "tradingname", "dba", "localname", "nativename", "namenative", "namelocal",
    "originalname", "nameoriginal", "nameoriginalscript", "namenativescript", "maidenname",
)  # fmt: skip
_GIVEN = ("firstname", "givenname", "givennames", "forename", "forenames", "prenom", "vorname", "имя")
_MIDDLE = ("middlename", "middlenames", "secondname", "patronymic", "отчество")
_FAMILY = ("lastname", "surname", "familyname", "nachname", "фамилия")
_IDS = (
    "id", "customerid", "clientid", "partyid", "accountid", "cif", "cifno", "cifnumber", "customerno", "customernumber",
    "clientno", "clientnumber", "customerkey", "accountno", "accountnumber", "reference", "ref", "key", "uid", "uuid",
    "externalid", "recordid", "kundennummer", "kundennr", "numeroclient", "numerodecliente",
)  # fmt: skip
_BIRTH_DATES = (
    "birthdate", "dateofbirth", "dob", "birthday", "birthdt", "geburtsdatum", "datenaissance", "yearofbirth",
    "birthyear", "yob", "datedenaissance", "fechadenacimiento", "датарождения", "出生日期",
)  # fmt: skip
_COUNTRIES = (
    "country", "countries", "countrycode", "nationality", "nationalities", "citizenship", "residence",
    "countryofresidence", "residencecountry", "countryofbirth", "birthcountry", "domicile", "jurisdiction",
    "countryofincorporation", "land", "staat", "nationalitat", "staatsangehorigkeit", "pays", "nationalite", "pais",
    "nacionalidad", "страна", "国籍",
)  # fmt: skip
_KINDS = ("kind", "entitytype", "partytype", "customertype", "clienttype", "schema")
_GENDERS = ("gender", "sex", "geschlecht", "sexe", "sexo")
#: Headings of identifiers -> the type of each.
IDENTIFIER_TYPES: Mapping[str, IdentifierType] = MappingProxyType(
    {
        heading: sort
        for sort, headings in {
            IdentifierType.PASSPORT: ("passport", "passportno", "passportnumber"),
            IdentifierType.NATIONAL_ID: ("nationalid", "nationalidno", "nationalidnumber", "identitycard", "idcard"),
            IdentifierType.TAX: ("taxid", "taxnumber", "tin", "inn", "vat", "vatnumber"),
            IdentifierType.REGISTRATION: ("registrationnumber", "registrationno", "companynumber", "ogrn"),
            IdentifierType.LEI: ("lei", "leicode"),
            IdentifierType.BIC: ("bic", "swift", "swiftcode", "swiftbic"),
            IdentifierType.DUNS: ("duns", "dunsnumber"),
            IdentifierType.IMO: ("imo", "imono", "imonumber"),
            IdentifierType.MMSI: ("mmsi",),
            IdentifierType.WALLET: ("wallet", "walletaddress"),
        }.items()
        for heading in headings
    }
)
_NOT_LETTERS = re.compile(r"[\W_]+")


def guess_columns(
    headings: Iterable[str],
    *,
    names: Iterable[str | Iterable[str]] | None = None,
    id: str | None = None,
    birth_date: str | None = None,
    countries: Iterable[str] | None = None,
    kind: str | None = None,
    gender: str | None = None,
    identifiers: Iterable[str] | None = None,
    date_format: str | Iterable[str] | None = None,
    unreadable_facts: Literal["ignore", "reject"] | None = None,
) -> Columns:
    """Recognize columns by the usual headings, except those that are stated; "" or () states that there is no such
    column.

    The first usual heading for a name, in the order of preference, is the name, and every column of other names is a
    further name. Without one, a given and a family name are joined. Raises `BatchError` if no column is a name, if a
    stated column is missing, or if two columns have the same heading and it is one of those needed. The message quotes
    only headings that were stated, because the first row of a file without headings is a customer.
    """
    there = tuple(headings)
    by_key: dict[str, str] = {}
    for heading in there:
        by_key.setdefault(_key(heading), heading)

    def one(stated: str | None, usual: Iterable[str]) -> str | None:
        return _first(by_key, usual) if stated is None else stated or None

    def several(stated: Iterable[str] | None, usual: Iterable[str]) -> tuple[str, ...]:
        return _all(by_key, usual) if stated is None else tuple(filter(None, stated))

    columns = Columns(
        names=_guessed_names(by_key, len(there)) if names is None else names,
        id=one(id, _IDS),
        birth_date=one(birth_date, _BIRTH_DATES),
        countries=several(countries, _COUNTRIES),
        kind=one(kind, _KINDS),
        gender=one(gender, _GENDERS),
        identifiers=several(identifiers, IDENTIFIER_TYPES),
        date_format=date_format,
        unreadable_facts=unreadable_facts,
    )
    refuse_missing(columns, there)
    return columns


def refuse_missing(columns: Columns, headings: Iterable[str]) -> None:
    """Raise `BatchError` if a column that is needed is missing, or if two columns have its heading."""
    there = Counter(headings)
    for column in columns.used:
        if not there[column]:
            raise BatchError(
                f"no column has the heading {column!r} ({counted(len(there), 'column')}). Capitals and spaces matter."
            )
        if there[column] > 1:
            raise BatchError(f"{there[column]} columns have the heading {column!r}; rename all but one")


@lru_cache(maxsize=256)
def identifier_type(heading: str) -> IdentifierType:
    """The type of identifier in a column with this heading; `OTHER` if the heading doesn't tell."""
    return IDENTIFIER_TYPES.get(_key(heading), IdentifierType.OTHER)


def _guessed_names(by_key: Mapping[str, str], count: int) -> tuple[tuple[str, ...], ...]:
    given, family = _first(by_key, _GIVEN), _first(by_key, _FAMILY)
    whole = _first(by_key, [key for key in _NAMES if not (family and key in _GIVEN)])
    names: list[tuple[str, ...]] = []
    if whole is not None:
        names.append((whole,))
    elif given is not None and family is not None:
        middle = _first(by_key, _MIDDLE)
        names.append((given, family) if middle is None else (given, middle, family))
    names += [(heading,) for heading in _all(by_key, _OTHER_NAMES)]
    if not names:
        raise BatchError(
            f"no column has a usual heading for a name ({counted(count, 'column')}). The first row must be the"
            " headings; say which column is the name: --name HEADING"
        )
    return tuple(names)


def _first(by_key: Mapping[str, str], wanted: Iterable[str]) -> str | None:
    return next((by_key[key] for key in wanted if key in by_key), None)


def _all(by_key: Mapping[str, str], wanted: Iterable[str]) -> tuple[str, ...]:
    return tuple(by_key[key] for key in wanted if key in by_key)


def _key(heading: str) -> str:
    """A heading reduced to what is the same in "Date of Birth", "date_of_birth" and "DateOfBirth"."""
    decomposed = unicodedata.normalize("NFKD", heading.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFC", plain))
