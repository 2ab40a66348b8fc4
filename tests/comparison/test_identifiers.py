"""Which identifiers are the same number: by pairs as lists print them and customers write them."""

from __future__ import annotations

import pytest

from screenkit import Designation, Identifier, ListedName, Screener, Subject
from screenkit.comparison.facts import equal_identifier
from screenkit.comparison.facts.identifiers import identifier_rule, identifiers_agree, identifies, lookup_keys

_BASE58 = "1Df883c96LVauVsx9FEgnsourD8DELwCUQ"
_BECH32 = "bc1q9lvynkfpaw330uhqmunzdz6gmafsvapv7y3zty"
_HEX = "0x7Db418b5D567A4e0E8c59Ad71BE1FcE48f3E6107"


def passport(value: str, country: str | None = None) -> Identifier:
    return Identifier(type="passport", value=value, country=country)


def sorted_as(type: str, value: str, country: str | None = None, label: str = "") -> Identifier:
    return Identifier(type=type, value=value, country=country, label=label)


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        ("Afghan passport number OA296623", "OA296623"),
        ("Afghan passport number SE 012820", "SE-012820"),
        ("CAR diplomatic passport no. 06FBO2262", "06FBO2262"),
        ("Diplomatic Passport: Z30321794", "z30321794"),
        ("Libyan Passport No. 96/184442", "96184442"),
        ("Russian passport number 8208 No. 555627", "8208 555627"),
        ("German travel document (“Reiseausweis”) A 0139243", "A0139243"),
        ("Laissez-passer no. N°235/MISPAT/DIRCAB/DGPC/DGAEI/SI/SP", "N°235/MISPAT/DIRCAB/DGPC/DGAEI/SI/SP"),
        ("563210184 (Expires 18 Jun. 2018)", "563210184"),
        ("R00005943, South Sudan", "R00005943"),
        ("N348171/IRAQ", "N348171"),
        ("#H0044232", "H0044232"),
        ("Booklet: A6169832", "A6169832"),
        ("OA296623", "ＯＡ２９６６２３"),
        ("428720", "٤٢٨٧٢٠"),
        ("OA296623", "Passport No. OA\u200b296623"),
    ],
)
def test_a_passport_number_is_found_among_the_words_around_it(listed: str, asked: str) -> None:
    assert identifies(passport(asked), passport(listed))
    assert identifies(passport(listed), Identifier(value=asked))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (passport("Jordan 286062"), passport("286062", "ly")),
        (passport("Jordan 286062"), passport("Libya 286062")),
        (passport("A123456"), passport("B123456")),
        (passport("AB123456"), sorted_as("tax", "AB123456")),
        (sorted_as("registration", "58593 (Jalisco)"), sorted_as("registration", "58593 (Uraba)")),
        (sorted_as("registration", "HRB 40573"), sorted_as("registration", "HRA 40573")),
        # The letters of a Mexican tax number are its holder's, not a word beside the number.
        (sorted_as("tax", "FOCA-640326"), sorted_as("tax", "640326")),
        # Two securities of one issuer: the digits among the letters are no telephone number.
        (Identifier(value="CND10002DPC3"), Identifier(value="CND10002DZZ3")),
        (sorted_as("tail number", "EP-MNA"), sorted_as("tail number", "EP-MNB")),
        (sorted_as("tail number", "EP-MNA"), sorted_as("tail number", "Tail EP-MNA")),
        (sorted_as("bic", "DCBKKPPYAAA"), sorted_as("bic", "DCBKKPPYBBB")),
        (sorted_as("bic", "DCBKKPPY"), sorted_as("bic", "DCBKKPPX")),
        (sorted_as("wallet", _BASE58), sorted_as("wallet", _BASE58.upper())),
        (Identifier(value=_BASE58), Identifier(value=_BASE58.lower())),
        (sorted_as("wallet", _BECH32), sorted_as("wallet", _BECH32.title())),
        (sorted_as("imo", "9187629"), sorted_as("company imo", "9187629")),
        (sorted_as("company imo", "5342883"), sorted_as("imo", "IMO 9187629")),
        # The stops and hyphens of an address are part of it, other than those of a number.
        (sorted_as("email", "a.bell@silibank.com"), sorted_as("email", "abell@silibank.com")),
        (sorted_as("website", "first-bank.com"), sorted_as("website", "firstbank.com")),
    ],
)
def test_numbers_that_differ_or_belong_elsewhere_are_not_the_same(one: Identifier, other: Identifier) -> None:
    assert not identifiers_agree(one, other)
    assert not identifies(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # An organization's number of the OFAC list, filed as the IMO number that a ship has, too.
        (sorted_as("imo", "5342883", label="Identification Number"), sorted_as("company imo", "5342883")),
        (sorted_as("imo", "9187629"), sorted_as("registration", "IMO  9187629")),
        (sorted_as("imo", "IMO No. 9187629"), Identifier(value="9187629")),
        (sorted_as("imo", "9187629", "kp"), sorted_as("imo", "9187629", "pa")),
        (sorted_as("bic", "DCBK KPPY"), sorted_as("bic", "dcbkkppyxxx")),
        (sorted_as("bic", "DCBKKPPY"), sorted_as("bic", "DCBKKPPYBR1")),
        (sorted_as("bic", "SWIFT/BIC: DCBKKPPY"), Identifier(value="DCBKKPPYXXX")),
        (sorted_as("bic", "CMSYSYDA", "sy"), sorted_as("bic", "CMSYSYDA", "de")),
        (sorted_as("wallet", _HEX), sorted_as("wallet", _HEX.lower())),
        (sorted_as("wallet", _BECH32), sorted_as("wallet", _BECH32.upper())),
        (sorted_as("wallet", f"bitcoin:{_BASE58}"), Identifier(value=_BASE58)),
        (sorted_as("tail number", "EP-MNA"), sorted_as("tail number", "epmna")),
        (sorted_as("tax", "7704734000"), sorted_as("registration", "7704734000/ 770301001", "ru")),
        (sorted_as("tax", "7713226814", "ru"), sorted_as("registration", "INN: 7713226814")),
        (sorted_as("lei", "253400HA6URWT39X2982"), sorted_as("registration", "253400HA6URWT39X2982")),
        (sorted_as("email", "kndic@co.chesin.com"), sorted_as("email", "pac@silibank.com and kndic@co.chesin.com")),
        (sorted_as("website", "https://www.rosneft.com/"), sorted_as("website", "rosneft.com")),
        (sorted_as("phone", "+963 11 2218602"), sorted_as("phone", "00963 (0)11 221-8602; +963 11 5110117")),
        (sorted_as("registration", "12"), sorted_as("registration", "12")),
        (passport("00868774"), passport("868774")),
        (sorted_as("registration", "58593"), sorted_as("registration", "58593 (Jalisco)")),
    ],
)
def test_one_number_in_two_ways_of_writing_is_the_same(one: Identifier, other: Identifier) -> None:
    assert identifies(one, other)
    assert identifies(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Identifier(value="12"), sorted_as("registration", "12")),
        (Identifier(value="94573"), sorted_as("registration", "94573")),
        (Identifier(value="632"), sorted_as("serial number", "632")),
        (Identifier(value="0000000"), passport("0000000")),
        (Identifier(value="12"), Identifier(value="12")),
        (passport("unknown"), passport("Unknown")),
        (passport("000000"), passport("000000")),
        (Identifier(value="Provisional"), sorted_as("tax", "Provisional")),
        (sorted_as("tax", "---"), sorted_as("tax", "---")),
        (sorted_as("phone", "+850-2-18111, 18222"), sorted_as("phone", "18222")),
    ],
)
def test_a_value_that_many_share_agrees_and_does_not_identify(one: Identifier, other: Identifier) -> None:
    assert identifiers_agree(one, other)
    assert not identifies(one, other)


@pytest.mark.parametrize(
    ("identifier", "rule"),
    [
        (sorted_as("imo", "9187629"), "equal"),
        (sorted_as("imo", "9187620"), "equal, check digit fails"),
        (sorted_as("company imo", "5342883"), "equal"),
        (sorted_as("company imo", "5342884"), "equal, check digit fails"),
        (sorted_as("lei", "253400YGH90JM0RMLU50"), "equal"),
        (sorted_as("lei", "253400YGH90JM0RMLU51"), "equal, check digit fails"),
        (sorted_as("tax", "7707083893", "ru"), "equal"),
        (sorted_as("tax", "7707083890", "ru"), "equal, check digit fails"),
        (sorted_as("registration", "1027700132195", "ru"), "equal"),
        (sorted_as("registration", "91220101310012867G", "cn"), "equal"),
        # Ten digits that a Russian is identified by are an inland passport's, which has none.
        (sorted_as("national id", "7707083890", "ru"), "equal"),
        # Of a county that python-stdnum does not know.
        (sorted_as("national id", "11010519491231002X", "cn"), "equal"),
        (sorted_as("registration", "91220101310012868G", "cn"), "equal, check digit fails"),
        (sorted_as("tax", "7707083890"), "equal"),
        (sorted_as("wallet", _BASE58), "equal"),
        (sorted_as("wallet", _BASE58[:-1] + "R"), "equal, check digit fails"),
        (sorted_as("wallet", _HEX), "equal"),
        (sorted_as("account", "DE89370400440532013000"), "equal"),
        (sorted_as("account", "DE89370400440532013001"), "equal, check digit fails"),
        # An account number that is no IBAN has no check digit that is known.
        (sorted_as("account", "40817810099910004312"), "equal"),
        (sorted_as("bic", "DCBKKPPY"), "equal"),
        (sorted_as("bic", "DCBK99PY"), "equal, check digit fails"),
        (passport("OA296623"), "equal"),
    ],
)
def test_a_check_digit_is_told_and_blocks_nothing(identifier: Identifier, rule: str) -> None:
    subject = Subject("Somebody", identifiers=[identifier])
    listed = Designation(id="1", names=[ListedName("ELSE")], identifiers=[identifier])
    assert equal_identifier(subject, listed) == (identifier, identifier)
    assert identifier_rule(identifier, identifier) == rule
    assert identifier_rule(Identifier(value=identifier.value), identifier) == rule


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("0075258", "75258", True),
        ("Ration card no. 0075258", "75258", True),
        ("007", "7", False),
        ("0A1234", "A1234", False),
    ],
)
def test_zeros_in_front_never_part_two_numbers(one: str, other: str, agree: bool) -> None:
    pair = [Identifier(type="national id", value=value) for value in (one, other)]
    assert identifiers_agree(*pair) is agree
    assert bool(set(lookup_keys(pair[0])) & set(lookup_keys(pair[1]))) is agree


@pytest.mark.parametrize(
    ("listed", "asked", "type", "found"),
    [
        ("0075258", "75258", "national id", True),
        ("75258", "0075258", "national id", True),
        ("075258", "0000075258", "national id", True),
        # Nor does it where its sort is another one that lists file such numbers under.
        ("0075258", "75258", "passport", False),
        ("00752589", "752589", "passport", True),
        ("00752589", "752589", "tax", True),
        ("0075258", "752580", "national id", False),
        # Without its sort a number of five digits tells nobody apart; one of six does.
        ("0075258", "75258", "other", False),
        ("00752589", "752589", "other", True),
    ],
)
def test_zeros_in_front_are_none_for_the_search_either(listed: str, asked: str, type: str, found: bool) -> None:
    party = Designation(
        id="1", names=[ListedName("Else")], identifiers=[Identifier(type="national id", value=listed, country="af")]
    )
    subject = Subject("Somebody", identifiers=[Identifier(type=type, value=asked)])
    assert bool(equal_identifier(subject, party)) is found
    assert bool(Screener([party]).screen(subject).hits) is found
