"""An identifier in, whether its check digit holds out. What fails is still compared: lists misprint, too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from stdnum import bic, bitcoin, iban, imo, lei
from stdnum.by import unp
from stdnum.ch import uid
from stdnum.cn import uscc
from stdnum.co import nit
from stdnum.es import nif
from stdnum.iso7064 import mod_11_2
from stdnum.it import codicefiscale
from stdnum.mx import curp, rfc
from stdnum.ru import inn, ogrn
from stdnum.tr import tckimlik, vkn
from stdnum.ua import edrpou, rntrc

from screenkit.model import Identifier, IdentifierType

_SEPARATORS = re.compile(r"[\W_]+")
_IMO = re.compile(r"(?:IMO)?\W*(\d{7})\Z", re.IGNORECASE)
_BITCOIN = re.compile(r"[13][1-9A-HJ-NP-Za-km-z]{25,34}\Z|bc1[02-9ac-hj-np-z]{11,71}\Z", re.IGNORECASE)
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}\Z")
#: Weights of the first six digits of a company's or owner's IMO number: they hold for 270 of 293 that lists print.
_COMPANY_WEIGHTS = (8, 6, 4, 2, 9, 7)


class _Check(Protocol):
    """A module of python-stdnum."""

    def is_valid(self, number: str) -> bool: ...


_Checks = tuple[tuple[_Check, re.Pattern[str]], ...]
#: Country -> what its tax and registration numbers are checked by; lists file one number under either sort.
#: A number of another shape is of a sort that isn't known here, and checks nothing.
_COMPANIES: Mapping[str, _Checks] = MappingProxyType(
    {
        "by": ((unp, re.compile(r"\d{9}")),),
        "ch": ((uid, re.compile(r"CHE\d{9}")),),
        "cn": ((uscc, re.compile(r"[0-9A-Z]{2}\d{6}[0-9A-Z]{10}")),),
        "co": ((nit, re.compile(r"\d{10}")),),
        "es": ((nif, re.compile(r"[0-9A-Z]\d{7}[0-9A-Z]")),),
        "it": ((codicefiscale, re.compile(r"[A-Z]{6}\w{10}|\d{11}")),),
        "mx": ((rfc, re.compile(r"[A-Z&Ñ]{3,4}\d{6}[A-Z0-9]{3}")),),
        "ru": ((inn, re.compile(r"\d{10}|\d{12}")), (ogrn, re.compile(r"\d{13}|\d{15}"))),
        "tr": ((vkn, re.compile(r"\d{10}")), (tckimlik, re.compile(r"\d{11}"))),
        "ua": ((edrpou, re.compile(r"\d{8}")), (rntrc, re.compile(r"\d{10}"))),
    }
)
#: Country -> what its numbers of persons are checked by. Ten digits of a Colombian or Russian are a cédula or an
#: inland passport, which have no check digit.
_PERSONS: Mapping[str, _Checks] = MappingProxyType(
    {
        # ISO 7064; `stdnum.cn.ric` also looks the county up, and fails on some.
        "cn": ((mod_11_2, re.compile(r"\d{17}[\dX]")),),
        "es": _COMPANIES["es"],
        "it": _COMPANIES["it"],
        "mx": ((curp, re.compile(r"[A-Z]{4}\d{6}[A-Z]{6}\w\d")),),
        "tr": ((tckimlik, re.compile(r"\d{11}")),),
        "ua": ((rntrc, re.compile(r"\d{10}")),),
    }
)
_STATE_NUMBERS = {
    IdentifierType.TAX: _COMPANIES,
    IdentifierType.REGISTRATION: _COMPANIES,
    IdentifierType.NATIONAL_ID: _PERSONS,
}


def check_digit_holds(identifier: Identifier) -> bool | None:
    """Whether the identifier's check digit is right; None where its sort has none that is known."""
    raw = identifier.value.strip()
    number = _SEPARATORS.sub("", raw).upper()
    found = _IMO.match(raw)
    match identifier.type:
        case IdentifierType.IMO:
            # Lists file the numbers of ships and of shipping companies under one sort.
            return found is not None and (is_ship_number(found[1]) or is_company_number(found[1]))
        case IdentifierType.COMPANY_IMO:
            return found is not None and is_company_number(found[1])
        case IdentifierType.LEI:
            return bool(lei.is_valid(number))
        case IdentifierType.BIC:
            return bool(bic.is_valid(number))
        case IdentifierType.WALLET:
            return bool(bitcoin.is_valid(raw)) if _BITCOIN.match(raw) else None
        case IdentifierType.ACCOUNT:
            return bool(iban.is_valid(number)) if _IBAN.match(number) else None
    checks = _STATE_NUMBERS.get(identifier.type, {}).get(identifier.country or "", ())
    fitting = [check for check, shape in checks if shape.fullmatch(number)]
    return any(check.is_valid(number) for check in fitting) if fitting else None


def is_ship_number(digits: str) -> bool:
    """Whether seven digits are a ship's IMO number by their check digit."""
    return bool(imo.is_valid(digits))


def is_company_number(digits: str) -> bool:
    """Whether seven digits are the IMO number of a company or registered owner by their check digit.

    The last digit is that of 11 less the remainder (by 11) of the weighted sum of the others.
    """
    total = sum(weight * int(digit) for weight, digit in zip(_COMPANY_WEIGHTS, digits, strict=False))
    return (11 - total % 11) % 10 == int(digits[-1])
