"""Dates as lists print them."""

from __future__ import annotations

import pytest

from screenkit.sources.dates import parse_date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("circa 1961", "1961-01-01", "1961-12-31"),
        ("01 Jan 1970", "1970-01-01", "1970-01-01"),
        ("Mar 1970", "1970-03-01", "1970-03-31"),
        ("1955 to 1957", "1955-01-01", "1957-12-31"),
        ("approximately 1977/1978", "1977-01-01", "1978-12-31"),
        ("Between Aug. and Sep 1977", "1977-08-01", "1977-09-30"),
        ("12. Sep 1974", "1974-09-12", "1974-09-12"),
        ("24 Jan.1973", "1973-01-24", "1973-01-24"),
        ("19-Dec-1992", "1992-12-19", "1992-12-19"),
        ("23-Apr-68", "1968-04-23", "1968-04-23"),
        ("09/11/ 1954", "1954-11-09", "1954-11-09"),
        ("00/03/1975", "1975-03-01", "1975-03-31"),
        ("1971-12-15Z", "1971-12-15", "1971-12-15"),
    ],
)
def test_read(text: str, first: str, last: str) -> None:
    date = parse_date(text)
    assert date is not None
    assert (date.text, date.earliest.isoformat(), date.latest.isoformat()) == (text, first, last)


@pytest.mark.parametrize("text", ["", "29 March", "March 16", "10/061962", "23-Apr-12", "31 Feb 1970", "12/13", "na"])
def test_not_read(text: str) -> None:
    assert parse_date(text) is None
