"""The headings of a book of customers in, which column is what out: `Columns`, and `guess_columns`."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

import attrs

from screenkit.errors import BatchError
from screenkit.model import IdentifierType


def _whole_names(given: Iterable[str | Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    if isinstance(given, str):
        return ((given,),)
    return tuple((name,) if isinstance(name, str) else tuple(name) for name in given)


def _texts(given: Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


@attrs.frozen(kw_only=True)
class Columns:
    """Which column of a book holds what. A column is meant by its heading, as it is written there."""

    #: For each name of a customer the columns whose texts, joined by a blank, are the name; mostly one column each.
    names: tuple[tuple[str, ...], ...] = attrs.field(converter=_whole_names)
    #: The customer's key.
    id: str | None = None
    #: The date of birth.
    birth_date: str | None = None
    #: Countries the customer is tied to.
    countries: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    #: Person, organization, vessel or aircraft.
    kind: str | None = None
    #: Male or female.
    gender: str | None = None
    #: Passports, tax numbers, IMO numbers and the like; the sort is told from the heading where it is a usual one.
    identifiers: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    #: How dates of birth are written where they are not ISO 8601, as `datetime.strptime` reads it ("%d/%m/%Y").
    date_format: str | None = None

    def __attrs_post_init__(self) -> None:
        if not self.names or not all(self.names):
            raise BatchError("no column is the customer's name; say which one is: --name HEADING")

    @property
    def used(self) -> tuple[str, ...]:
        """The columns that are read, each once: a row's values stand in this order."""
        facts = (self.id, self.birth_date, *self.countries, self.kind, self.gender, *self.identifiers)
        joined = (column for name in self.names for column in name)
        return tuple(dict.fromkeys(column for column in (*joined, *facts) if column is not None))

    def to_dict(self) -> dict[str, object]:
        """As texts and lists, ready for JSON."""
        stated = attrs.asdict(self, recurse=False)
        return {**stated, "names": list(map(list, self.names))} | {
            field: list(stated[field]) for field in ("countries", "identifiers")
        }


#: Headings, as `_key` writes them, in the order of preference, that a column of this meaning usually has.
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
    "externalid", "recordid",
)  # fmt: skip
_BIRTH_DATES = (
    "birthdate", "dateofbirth", "dob", "birthday", "birthdt", "geburtsdatum", "datenaissance", "yearofbirth",
    "birthyear", "yob", "датарождения", "出生日期",
)  # fmt: skip
_COUNTRIES = (
    "country", "countries", "countrycode", "nationality", "nationalities", "citizenship", "residence",
    "countryofresidence", "residencecountry", "countryofbirth", "birthcountry", "domicile", "jurisdiction",
    "countryofincorporation", "страна", "国籍",
)  # fmt: skip
_KINDS = ("kind", "entitytype", "partytype", "customertype", "clienttype", "schema")
_GENDERS = ("gender", "sex")
#: Headings of identifiers and the sort that each is.
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
    date_format: str | None = None,
) -> Columns:
    """Tell from the usual headings which column is what, but for what is stated; "" or () states that there is none.

    The first heading in the order of preference is the name, beside it every column of other names counts as a name;
    where there is none, a given and a family name are joined. Raises `BatchError` where no column is a name, one that
    is stated is not there, or two columns have one heading and it is one of those meant; of headings that are not
    stated the message quotes none, because the first row of a file without any is a customer.
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
    )
    refuse_missing(columns, there)
    return columns


def refuse_missing(columns: Columns, headings: Iterable[str]) -> None:
    """Raise `BatchError` where a column that is used is not there, or there twice."""
    there = Counter(headings)
    for column in columns.used:
        if not there[column]:
            raise BatchError(
                f"no column has the heading {column!r}, of {len(there):,} columns. Headings are taken as written,"
                " capitals and blanks included."
            )
        if there[column] > 1:
            raise BatchError(f"{there[column]} columns have the heading {column!r}; rename all but one")


@lru_cache(maxsize=256)
def identifier_type(heading: str) -> IdentifierType:
    """The sort of identifier that a column of this heading holds, `OTHER` where the heading doesn't tell."""
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
            f"none of the {count:,} columns has a heading that is usual for a name. The first row has to be the"
            " headings; say which one is the name: --name HEADING"
        )
    return tuple(names)


def _first(by_key: Mapping[str, str], wanted: Iterable[str]) -> str | None:
    return next((by_key[key] for key in wanted if key in by_key), None)


def _all(by_key: Mapping[str, str], wanted: Iterable[str]) -> tuple[str, ...]:
    return tuple(by_key[key] for key in wanted if key in by_key)


def _key(heading: str) -> str:
    """A heading without what headings of one meaning differ by: "Date of Birth", "date_of_birth", "DateOfBirth"."""
    decomposed = unicodedata.normalize("NFKD", heading.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFC", plain))
