"""An identifier in, what it may be read as out: two identifiers agree where they share a reading.

A value as printed has more in it than the number: "Afghan passport number OA296623", "58593 (Jalisco)",
"DCBK KPPY". A reading is a key, which has to be equal, and a qualifier, which may be missing on either side
but not differ: the branch of a bank, the register that a number stands in, ship or company of an IMO number.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from screenkit.model import Identifier, IdentifierType
from screenkit.model.countries import country_code

from .check_digits import check_digit_holds, is_company_number, is_ship_number

#: The least count of values that a number of as many digits and letters may have (six digits, five letters) for
#: it to identify where its sort isn't stated on both sides. Of 10,000 random numbers of five digits 36 stand on
#: the lists of the UN, EU, OFAC and Canada under some sort, of six digits 5, of seven 2.
LEAST_VALUES = 10**6

_Sort = IdentifierType
#: Sorts whose numbers are unique in the world: the issuing country is not part of them, and a flag or a seat
#: that is given as one contradicts nothing.
_WORLDWIDE = frozenset(
    {
        _Sort.BIC, _Sort.LEI, _Sort.DUNS, _Sort.IMO, _Sort.COMPANY_IMO, _Sort.MMSI, _Sort.CALL_SIGN,
        _Sort.TAIL_NUMBER, _Sort.WALLET, _Sort.WEBSITE, _Sort.EMAIL, _Sort.CHINESE_COMMERCIAL_CODE,
    }
)  # fmt: skip
#: Sorts that lists (and customers) file the same number under: an INN is a tax number here and a registration
#: there, a Libyan number a passport in one list and an identity card in another, older LEIs are registrations.
_KINDRED = (
    frozenset({_Sort.TAX, _Sort.REGISTRATION, _Sort.NATIONAL_ID, _Sort.LEI}),
    frozenset({_Sort.PASSPORT, _Sort.NATIONAL_ID}),
    frozenset({_Sort.IMO, _Sort.COMPANY_IMO}),
)
#: Sorts whose values may do without a digit. Of any other, "Provisional" or "unknown" is no number.
_LETTERED = frozenset(
    {_Sort.BIC, _Sort.CALL_SIGN, _Sort.TAIL_NUMBER, _Sort.WALLET, _Sort.WEBSITE, _Sort.EMAIL}
)  # fmt: skip
_CONTACTS = (_Sort.WEBSITE, _Sort.EMAIL, _Sort.PHONE)
#: Sorts that are compared letter by letter, with nothing around the number taken away. A tail number has its
#: hyphen or not (ICAO Annex 7 paints EP-MNA, flight plans write EPMNA) and is otherwise exact.
_WHOLE = frozenset({_Sort.TAIL_NUMBER, _Sort.CALL_SIGN, _Sort.SERIAL_NUMBER})

_SEPARATORS = re.compile(r"[\W_]+")
_TOKEN = re.compile(r"[^\W_]+")
_NUMBER_SIGN = re.compile(r"\bN\s*[°º]|№|#|\b(?:[Nn]o|[Nn]r)\b\.?|\b(?:No|no|Nr)\.?(?=\d)")
#: A remark in parentheses has a word in it; "C234897(0)" has its check digit there.
_REMARK = re.compile(r"\(([^()]*[^\W\d_]{2}[^()]*)\)")
_VALIDITY = re.compile(r"\s*(?:expir|issued|valid)", re.IGNORECASE)
#: What documents and numbers are called, which says nothing on which number it is.
_CALLED = frozenset(
    {
        "and", "booklet", "card", "cedula", "certificate", "code", "counterfeit", "diplomatic", "document", "foreign",
        "identification", "identity", "laissez", "licence", "license", "national", "number", "official", "ordinary",
        "pasaporte", "passeport", "passer", "passport", "permit", "personal", "provisional", "registration",
        "security", "service", "social", "the", "travel",
    }
)  # fmt: skip
#: Letters that a hyphen or stop ties to digits are part of the number: "FOCA-640326", "CHE-309.842.573".
_BETWEEN_PIECES = re.compile(r"[^\w./\-]+")
#: A word of three letters or more, "Laissez-passer" included; "TR-T" is a series.
_WORD = re.compile(r"(?=.*[^\W\d_]{3})[^\W\d_]+(?:-[^\W\d_]+)*\.?\Z")
#: "N348171/IRAQ".
_LAST_WORD = re.compile(r"/([^\W\d_]{4,})\Z")
_IMO = re.compile(r"(?:IMO)?\W*(?:n(?:o|umber)\b)?\W*(\d{7})\Z", re.IGNORECASE)
_STATED_IMO = re.compile(r"IMO\W*(?:n(?:o|umber)\b)?\W*\d{7}\Z", re.IGNORECASE)
_SHIP, _COMPANY = "ship", "company"
_SHIP_LABEL, _COMPANY_LABEL = re.compile(r"vessel|ship", re.IGNORECASE), re.compile("company|owner", re.IGNORECASE)
_BIC_LABEL = re.compile(r"\s*(?:(?:swift|bic|code)\b\W*)+", re.IGNORECASE)
_BIC = re.compile(r"([a-z]{6}[a-z0-9]{2})([a-z0-9]{3})?")
_HEAD_OFFICE = "xxx"
#: INN and KPP of a Russian company, as in "7704734000/ 770301001"; the KPP is the tax office's part.
_INN_AND_KPP = re.compile(r"(\d{10})\s*/\s*\d{9}\Z")
_SEVERAL = re.compile(r"\s*[;,\n]\s*|\s+(?:and|or)\s+")
_PAYMENT_SCHEME = re.compile(r"(?:bitcoin|bitcoincash|litecoin|ethereum|dash|monero|ripple|tron):", re.IGNORECASE)
_HEX_WALLET = re.compile(r"(?:0x|xdc)[0-9a-f]{40,64}\Z", re.IGNORECASE)
#: Bech32 (BIP 173) and CashAddr are printed in small letters or in capitals, never mixed.
_ONE_CASE_WALLET = re.compile(r"(?:[a-z]{1,10}1[02-9ac-hj-np-z]{11,100}|[qp][02-9ac-hj-np-z]{41})\Z")
_BASE58_WALLET = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[1-9A-HJ-NP-Za-km-z]{25,110}\Z")
_WEB = re.compile(r"(?:https?://)?(?:www\.)?(.*?)/*\Z")
_DASH = re.compile("[\u2010-\u2015\u2212]")


#: How many digits a number has at least that may have lost the zeros before them.
_LEAST_DIGITS = 5


class Reading(NamedTuple):
    """One way to read an identifier's value."""

    #: What has to be equal.
    key: str
    #: What must not differ where both sides state it. Empty where nothing is stated.
    qualifier: str = ""

    def agrees(self, other: Reading) -> bool:
        """Whether the keys are equal and the qualifiers don't differ."""
        return self.key == other.key and (
            not self.qualifier or not other.qualifier or self.qualifier == other.qualifier
        )


def lookup_keys(identifier: Identifier) -> tuple[str, ...]:
    """Keys of which two identifiers share at least one if `identifiers_agree`."""
    return tuple(dict.fromkeys(reading.key for reading in _read(identifier)[0]))


def identifiers_agree(one: Identifier, other: Identifier) -> bool:
    """Whether two identifiers can be the same number; a sort or country that isn't stated agrees with any."""
    return bool(_shared(one, other))


def identifies(one: Identifier, other: Identifier) -> bool:
    """Whether two identifiers agree and the number is long enough to tell one party from another."""
    is_one_sort = _sort(one) is _sort(other) is not _Sort.OTHER
    is_lettered = not _LETTERED.isdisjoint((_sort(one), _sort(other)))
    for key in _shared(one, other):
        number = key.rpartition(":")[2]
        says_something = is_lettered or any(character in "123456789" for character in number)
        # An extension, one of several numbers in a text, is no telephone number either.
        is_whole = is_one_sort and _sort(one) is not _Sort.PHONE
        if says_something and (is_whole or _values(number) >= LEAST_VALUES):
            return True
    return False


def identifier_rule(one: Identifier, other: Identifier) -> str:
    """By which rule two identifiers agree: a check digit that is wrong is told and changes nothing."""
    checks = [check_digit_holds(identifier) for identifier in (one, other)]
    # An untyped number can't be checked; its counterpart can, and the other way round.
    return "equal, check digit fails" if False in checks and True not in checks else "equal"


def _shared(one: Identifier, other: Identifier) -> list[str]:
    sorts = {_sort(one), _sort(other)}
    if len(sorts) > 1 and _Sort.OTHER not in sorts and not any(sorts <= kindred for kindred in _KINDRED):
        return []
    readings, countries = _read(one)
    other_readings, other_countries = _read(other)
    if countries and other_countries and countries.isdisjoint(other_countries) and sorts.isdisjoint(_WORLDWIDE):
        return []
    return [reading.key for reading in readings if any(reading.agrees(listed) for listed in other_readings)]


def _sort(identifier: Identifier) -> IdentifierType:
    """The sort as given, but for a value that says itself that it is an IMO number."""
    if identifier.type in (_Sort.REGISTRATION, _Sort.OTHER) and _STATED_IMO.match(identifier.value.strip()):
        return _Sort.IMO
    return identifier.type


@functools.lru_cache(maxsize=16_384)
def _read(identifier: Identifier) -> tuple[tuple[Reading, ...], frozenset[str]]:
    """All readings of an identifier, never none, and the countries that it or its wording states."""
    sort, text = _sort(identifier), _plain(identifier.value)
    countries = {identifier.country} if identifier.country else set()
    if sort in (_Sort.IMO, _Sort.COMPANY_IMO) and (number := _IMO.match(text)):
        return (Reading(number[1], _ship_or_company(identifier, number[1])),), frozenset(countries)
    found: list[Reading] = []
    if sort in (_Sort.WALLET, _Sort.OTHER):
        found.append(Reading(_wallet_key(text)))
    # An address in Base58 is nothing without its case, which all other readings fold.
    is_address = sort is _Sort.WALLET or (sort is _Sort.OTHER and _BASE58_WALLET.match(text) is not None)
    if not is_address and sort in (*_CONTACTS, _Sort.OTHER):
        found.extend(Reading(key) for key in _contact_keys(sort, text))
    if not is_address and sort in (_Sort.BIC, _Sort.OTHER):
        found.extend(_bic(text))
    if not is_address and sort not in _CONTACTS:
        number_readings, stated = _number(sort, text)
        found.extend(number_readings)
        countries |= stated
    if not found or sort in (*_CONTACTS, _Sort.OTHER) or _BASE58_WALLET.match(text):
        found.append(Reading(f"as is:{text}"))
    return tuple(dict.fromkeys(found)), frozenset(countries)


def _plain(value: str) -> str:
    """The value without what can't be seen, in one width, with digits as ASCII has them."""
    seen = (character for character in unicodedata.normalize("NFKC", value) if unicodedata.category(character) != "Cf")
    return "".join(str(unicodedata.decimal(character, character)) for character in seen).strip()


def _squashed(text: str) -> str:
    return _SEPARATORS.sub("", text).casefold()


def _number(sort: IdentifierType, text: str) -> tuple[list[Reading], set[str]]:
    """The value whole, and the number in it without the words around it; each also without zeros in front."""
    found, stated = _stated_numbers(sort, text)
    bare = [Reading(key, reading.qualifier) for reading in found if (key := _without_zeros(reading.key))]
    return found + bare, stated


def _without_zeros(number: str) -> str:
    """The number without zeros in front, which one list prints and another doesn't; empty where there are none."""
    bare = number.lstrip("0")
    return bare if bare != number and number.isdigit() and len(bare) >= _LEAST_DIGITS else ""


def _stated_numbers(sort: IdentifierType, text: str) -> tuple[list[Reading], set[str]]:
    found = [Reading(whole)] if (whole := _squashed(text)) else []
    if sort in _WHOLE:
        return found, set()
    if both := _INN_AND_KPP.match(text):
        found.append(Reading(both[1]))
    remarks = [remark for remark in _REMARK.findall(text) if not _VALIDITY.match(remark)]
    bare = _LAST_WORD.sub(r" \1", _NUMBER_SIGN.sub(" ", _REMARK.sub(" ", text)))
    pieces = [piece.casefold() for piece in _BETWEEN_PIECES.split(bare)]
    words = [piece for piece in pieces if _WORD.match(piece)]
    number = "".join(_squashed(piece) for piece in pieces if piece not in words)
    if not any(map(str.isdigit, number)):
        return found, set()
    stated = [token.casefold() for piece in (*words, *remarks) for token in _TOKEN.findall(piece)]
    country, rest = _country_of([word for word in stated if word not in _CALLED])
    # A number whose wording names its country is that country's; the word no longer tells registers apart.
    found.append(Reading(number, "".join(rest)))
    return found, {country} if country else set()


def _country_of(words: list[str]) -> tuple[str | None, list[str]]:
    """The country that the words begin with, and the other words."""
    for end in range(len(words), 0, -1):
        if country := country_code(" ".join(words[:end])):
            return country, words[end:]
    return None, words


def _ship_or_company(identifier: Identifier, digits: str) -> str:
    """Whose IMO number it is: by sort, by the publisher's label, else by its check digit; empty where all fail.

    Ships and companies are numbered apart, both in seven digits, and lists file both under one sort. Of 1,689
    published ships' numbers all have the ship's check digit, of 293 companies' 247 the company's alone.
    """
    if identifier.type is _Sort.COMPANY_IMO:
        return _COMPANY
    is_ship, is_company = is_ship_number(digits), is_company_number(digits)
    if is_ship is not is_company:
        return _SHIP if is_ship else _COMPANY
    if _COMPANY_LABEL.search(identifier.label):
        return _COMPANY
    return _SHIP if _SHIP_LABEL.search(identifier.label) else ""


def _bic(text: str) -> Iterator[Reading]:
    """The institution, and its branch if it is another than the head office (ISO 9362).

    Eight characters name the institution at its place with all its branches; two branches differ.
    """
    if found := _BIC.fullmatch(_squashed(_BIC_LABEL.sub("", text))):
        branch = found[2] or _HEAD_OFFICE
        yield Reading(found[1], "" if branch == _HEAD_OFFICE else branch)


def _wallet_key(text: str) -> str:
    address = _PAYMENT_SCHEME.sub("", "".join(text.split()))
    folded = address.casefold()
    is_one_case = address in (folded, address.upper())
    if _HEX_WALLET.match(address) or (is_one_case and _ONE_CASE_WALLET.match(folded)):
        return f"wallet:{folded}"
    return f"wallet:{address}"


def _contact_keys(sort: IdentifierType, text: str) -> Iterator[str]:
    """Addresses and numbers in a text that may name several, "a@x.com and b@x.com"."""
    # Typesetters' dashes and hyphens stand in published addresses.
    stated = list(filter(None, _SEVERAL.split(_DASH.sub("-", text).casefold())))
    if sort in (_Sort.EMAIL, _Sort.OTHER):
        yield from (f"email:{''.join(one.split())}" for one in stated)
    if sort in (_Sort.WEBSITE, _Sort.OTHER):
        yield from (f"web:{site[1]}" for one in stated if (site := _WEB.match(one)) and site[1])
    if sort is _Sort.PHONE or (sort is _Sort.OTHER and not any(map(str.isalpha, text))):
        yield from (f"phone:{digits}" for digits in _phone_digits(stated))


def _phone_digits(stated: Iterable[str]) -> Iterator[str]:
    for one in stated:
        # The trunk's nought is not dialled from abroad, nor is "00" part of the country's code.
        digits = re.sub(r"\D", "", one.replace("(0)", "")).removeprefix("00")
        if digits:
            yield digits


def _values(number: str) -> int:
    """How many values a text of as many digits and letters can have; 1 for a text of one character repeated."""
    characters = _squashed(number)
    letters = sum(map(str.isalpha, characters))
    return 10 ** (len(characters) - letters) * 26**letters if len(set(characters)) > 1 else 1
