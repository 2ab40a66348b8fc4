"""Facts as people and systems state them: missing values, kinds, genders, countries and identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from .countries import country_code
from .listed import Identifier
from .terms import IdentifierType, Kind

#: What a kind may be called, in any case.
KindName = Literal[
    "person", "individual", "organization", "organisation", "company", "entity", "vessel", "ship", "aircraft", "unknown"
]
#: The longest identifier that is read. The longest ones published are addresses of web pages, below 300.
LONGEST_IDENTIFIER = 512

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
_GENDERS: Mapping[str, str] = MappingProxyType({"m": "male", "male": "male", "f": "female", "female": "female"})
#: A gender that is not known, or that no list states.
_NO_GENDER = frozenset({"x", "u", "unknown", "other", "n/a", "d", "divers", "diverse", "non-binary"})

_TYPES: Mapping[str, IdentifierType] = MappingProxyType(
    {
        **{sort.value: sort for sort in IdentifierType},
        **{
            word: sort
            for sort, words in {
                IdentifierType.NATIONAL_ID: ("id", "id card", "identity card", "national identity card", "nid"),
                IdentifierType.TAX: ("tax id", "tin", "inn", "vat", "vat id", "tax identification"),
                IdentifierType.REGISTRATION: ("registration", "company", "company registration", "ogrn", "reg"),
                IdentifierType.BIC: ("swift", "swift code", "swift/bic", "bic code"),
                IdentifierType.LEI: ("lei code",),
                IdentifierType.WALLET: (
                    "wallet address", "digital currency address", "xbt", "btc", "eth", "xmr", "ltc", "zec", "dash",
                    "btg", "etc", "bsv", "bch", "xvg", "usdt", "usdc", "xrp", "trx", "arb", "bsc",
                ),
                IdentifierType.WEBSITE: ("url", "web"),
                IdentifierType.EMAIL: ("e-mail", "mail"),
                IdentifierType.PHONE: ("telephone", "tel"),
                IdentifierType.ACCOUNT: ("iban", "bank account"),
            }.items()
            for word in words
        },
    }
)  # fmt: skip
_WALLET = IdentifierType.WALLET
#: Types whose names are labels even without a colon after them; "ID 12" and "Reg 12" may be a number as it is printed.
_BEFORE_A_BLANK = frozenset({IdentifierType.PASSPORT, IdentifierType.TAX, IdentifierType.LEI, IdentifierType.BIC})
#: The shortest wallet address; a currency's code before something shorter is no label.
_ADDRESS = 20
#: What a label may end with: "Passport no.", "Tax ID number".
_NUMBER_WORD = re.compile(r"\s*(?:\b(?:no|nr|num|number)\b\.?|№|#)\s*\Z", re.IGNORECASE)
#: What a colon follows in a value without a type: a web address, a payment address.
_SCHEMES = frozenset(
    {"http", "https", "mailto", "bitcoin", "bitcoincash", "litecoin", "ethereum", "dash", "monero", "ripple", "tron"}
)
_COUNTRY_AT_THE_END = re.compile(r"(.*):\s*([A-Za-z]{2})?\s*\Z", re.DOTALL)
#: An IMO number in a text about a ship: "Flag 12, IMO 9116412".
_IMO = re.compile(r"\bIMO\b\W{0,3}(?:(?:no|number)\b\W{0,3})?(\d{7})\b", re.IGNORECASE)
#: A label that is words, and a value with a digit or of some length after it: "XBT 12Qt...", "Passport D0001203".
_LABELED = re.compile(r"([A-Za-z/-]+(?: [A-Za-z/-]+){0,2}?(?: ?(?:[Nn]o|[Nn]r)?\.|№|#)?)\s+(\S.*)", re.DOTALL)


def is_missing(value: object) -> bool:
    """Whether a value says that nothing is known: None, a blank text, NaN, pandas' NaT and NA."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Iterable):
        return False
    try:
        return bool(value != value)
    except TypeError:  # pandas' NA can't even be asked
        return True


def kind_of(text: str) -> Kind | None:
    """The kind that a word means, in any case; None for an unknown word."""
    return _KINDS.get(text.strip().casefold())


def gender_of(text: str) -> tuple[str | None, bool]:
    """ "male", "female" or None for a gender that no list states, and whether the word is known."""
    word = text.strip().casefold()
    return _GENDERS.get(word), word in _GENDERS or word in _NO_GENDER


def identifier_of(text: str) -> Identifier | None:
    """Read an identifier: "passport:D0001203:af", "Passport no: D0001203", "XBT 12Qt...", or a value alone.

    None for a text that can't be read: one with an unknown type before a colon, without any letter or digit, or longer
    than `LONGEST_IDENTIFIER`.
    """
    text = text.strip()
    if len(text) > LONGEST_IDENTIFIER or not any(map(str.isalnum, text)):
        return None
    label, colon, value = text.partition(":")
    if colon and (sort := _type_of(label)) is not None:
        return _of_type(sort, value)
    if imo := _IMO.search(text):
        return Identifier(type=IdentifierType.IMO, value=imo[1])
    if not colon:
        labeled = _LABELED.fullmatch(text)
        sort = _type_of(labeled[1]) if labeled else None
        is_label = labeled is not None and (
            sort in _BEFORE_A_BLANK or (sort is _WALLET and len(labeled[2]) >= _ADDRESS)
        )
        return _of_type(sort, labeled[2]) if labeled and sort and is_label else Identifier(value=text)
    # "CHE-309.842.573" has no colon; a text with one and a digit before it ("AA1:BB") is a value alone.
    is_value = label.strip().casefold() in _SCHEMES or any(map(str.isdigit, label))
    return Identifier(value=text) if is_value else None


def identifiers_of(stated: Mapping[str, object]) -> Iterator[Identifier | None]:
    """The identifiers in a mapping of types to values; a value may be a list. None for each that can't be read."""
    for label, values in stated.items():
        sort = _type_of(label) if isinstance(label, str) else None
        for value in values if isinstance(values, list | tuple) else (values,):
            if is_missing(value):
                continue
            is_read = sort is not None and isinstance(value, str | int) and not isinstance(value, bool)
            yield _of_type(sort, str(value)) if is_read and sort is not None else None


def _of_type(sort: IdentifierType, stated: str) -> Identifier | None:
    """The identifier in "D0001203" or "D0001203:af"; a closing colon says that there is no country."""
    value, country = stated.strip(), None
    at_end = _COUNTRY_AT_THE_END.fullmatch(value)
    if at_end and (code := country_code(at_end[2]) if at_end[2] else ""):
        value, country = at_end[1].strip(), code
    elif at_end and not at_end[2]:
        value = at_end[1].strip()
    if len(value) > LONGEST_IDENTIFIER or not any(map(str.isalnum, value)):
        return None
    return Identifier(type=sort, value=value, country=country)


def _type_of(label: str) -> IdentifierType | None:
    word = " ".join(_NUMBER_WORD.sub("", label.replace("_", " ")).casefold().split())
    return _TYPES.get(word)
