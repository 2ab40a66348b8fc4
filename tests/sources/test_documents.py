"""Documents with their numbers, found in the sentences of notes."""

from __future__ import annotations

import time

import pytest

from screenkit.model import IdentifierType, Kind
from screenkit.sources.documents import documents_in, issuer, leading_number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Libyan passport number 347834, issued under name Ibrahim", ("passport", "347834", "ly")),
        ("Tunisian passport number L 191609 issued on 28 Feb. 1996", ("passport", "L 191609", "tn")),
        ("born 1958 and diplomatic passport number 836110034, which expires", ("passport", "836110034", None)),
        ("Italian Fiscal Code: DAOMMD74T11Z352Z", ("tax", "DAOMMD74T11Z352Z", "it")),
        ("SSN 156-92-9858 (United States of America)", ("national id", "156-92-9858", "us")),
        ("Moroccan national identity card DE- 473900", ("national id", "DE- 473900", "ma")),
        ("Afghan national identification card (tazkira) number 57388", ("national id", "57388", "af")),
        ("Employer Identification\nNumber (United States of America): 36-3804626", ("tax", "36-3804626", "us")),
        ("Passport no: Sudan number P07834700 National", ("passport", "P07834700", "sd")),
        ("Passport No. B/014965 (expired end 2013).", ("passport", "B/014965", None)),
        ("Passport no: 302001581. Has coordinated exports to North Korea", ("passport", "302001581", None)),
        ("Passport information: 83633502.", ("passport", "83633502", None)),
        ("Passport no: Democratic Republic of the Congo number OB 0243318", ("passport", "OB 0243318", "cd")),
        ("National identification no.: Pakistani 5430312277059", ("national id", "5430312277059", "pk")),
        ("Identification Number 103185046 (Jordan)", ("national id", "103185046", "jo")),
        ("Company identification number: 1081673001541; https://x.com/", ("registration", "1081673001541", None)),
        ("State registration number: 1025202830290", ("registration", "1025202830290", None)),
        ("Tax ID No.: 5047074511 (Russia)", ("tax", "5047074511", "ru")),
        ("Passport no: Muster 12345678", None),
        ("Owner of the vessel Example, IMO number 1234567.", None),
        ("Passport, issued under the name Jordan in France, no 1234", None),
        ("Collects taxes and bribes as of April 2015", None),
    ],
)
def test_documents(text: str, found: tuple[str, str, str | None] | None) -> None:
    stated = [(one.type.value, one.value, one.country) for one in documents_in(text)]
    assert stated == ([found] if found else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Passport number: a) 014797 b) 524521 c) Libya number AA862825, issued on 19 May 2021. Of Chad.",
            [("passport", "014797", None), ("passport", "524521", None), ("passport", "AA862825", "ly")],
        ),
        (
            "Passport no.:  a) 472320665  (Expires 26 Sep. 2017)  b) 563120356. Served as the Iran envoy",
            [("passport", "472320665", None), ("passport", "563120356", None)],
        ),
        (
            "National identification number a) 04643632 issued 18 Jun 1999. b) Italian Fiscal Code: DAOMMD74T11Z352Z",
            [("tax", "DAOMMD74T11Z352Z", "it"), ("national id", "04643632", None)],
        ),
        (
            "Tax ID No: 7714789249; Company No: 62817565; Registration No: 109774656366",
            [("tax", "7714789249", None), ("registration", "62817565", None), ("registration", "109774656366", None)],
        ),
    ],
)
def test_several_documents(text: str, found: list[tuple[str, str, str | None]]) -> None:
    assert [(one.type.value, one.value, one.country) for one in documents_in(text)] == found


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Sells oil. IMO number: 5963351.", "5963351"),
        ("International Maritime Organization (IMO) Number: 1790183.", "1790183"),
        ("Company Identification No.1053001124483;\nIMO Identification Number: 6016988 (Company)", "6016988"),
        ("Owner of the tanker Example, IMO number: 1234567.", None),
        ("Owner of the tanker Example (IMO 1234567).", None),
    ],
)
def test_an_organizations_own_imo_number_begins_a_sentence(text: str, number: str | None) -> None:
    found = [one.value for one in documents_in(text, Kind.ORGANIZATION) if one.type is IdentifierType.COMPANY_IMO]
    assert found == ([number] if number else [])
    assert not [one for one in documents_in(text) if one.type is IdentifierType.COMPANY_IMO]


def test_a_number_that_begins_a_note() -> None:
    assert leading_number("04643632 issued on 18 Jun. 1999") == "04643632"
    assert leading_number("issued in 1993") == ""


def test_the_issuer_is_named_before_the_holder() -> None:
    assert issuer("Egypt issued in 1993, under name Muhammad Iran") == "eg"
    assert issuer("issued in Kuwait, expired in Iraq") is None


@pytest.mark.parametrize(
    "text",
    [
        "Passport number A (" * 20_000,
        "Passport" + ":" * 200_000,
        "Passport no: " + "Aaa " * 50_000,
        "Passport no: a) 12345 b) 12346 " * 8_000,
        "Passport A-" + "A-" * 100_000,
        "x " * 100_000 + "passport",
    ],
    ids=["brackets", "colons", "words", "enumerations", "hyphens", "late"],
)
def test_any_note_takes_little_time(text: str) -> None:
    started = time.process_time()
    assert len(list(documents_in(text, Kind.ORGANIZATION))) < 3
    assert time.process_time() - started < 5
