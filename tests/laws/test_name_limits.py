"""Names of any length are compared in bounded time, or are an error or a counted fact: never cut silently (A3)."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit import Designation, InvalidRecordError, InvalidSubjectError, ListedName, Screener, Subject, compare, read
from screenkit.books import Columns, Rejection
from screenkit.books.screening import RememberingScreener
from screenkit.model.name_limits import LONGEST_NAME, MOST_WORDS, too_long
from screenkit.options import ScreeningOptions

#: NFKC makes eighteen characters of it, in four words.
LIGATURE = "\ufdfa"
ATTACKS = {
    "words": "a " * 2_048,
    "a ligature": LIGATURE * 1_000,
    "points": "a." * 2_000,
    "hyphens": "ab-" * 1_000,
    "circled digits": "\u2460 " * 500,
}


@pytest.mark.parametrize("name", ATTACKS.values(), ids=list(ATTACKS))
def test_a_name_beyond_the_bounds_is_refused_on_both_sides(name: str) -> None:
    """`compare("a " * 2048, ...)` took 38 seconds, and a listed name like that 29 seconds a query."""
    begun = time.process_time()
    for comparing in (lambda: compare(name, "Ann"), lambda: compare("Ann", name), lambda: Subject(name)):
        with pytest.raises(InvalidSubjectError, match=r"has [\d,]+ (words|characters), and at most"):
            comparing()
    with pytest.raises(InvalidRecordError, match=r"designation 1 has a name that .* is too long"):
        Screener([Designation(id="1", names=[ListedName(name)])])
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("piece", ["a ", "ab ", "\u674e ", "\uae40\uc815 ", "\u0438\u0432\u0430\u043d ", "a1 "])
def test_the_longest_names_are_compared_soon(piece: str) -> None:
    name = piece * MOST_WORDS
    assert too_long(name) == ""
    begun = time.process_time()
    compare(name, name[::-1])
    compare(name, piece * (MOST_WORDS - 1) + "other")
    assert time.process_time() - begun < 8


@given(st.text(), st.integers(1, 600))
def test_what_is_not_too_long_is_within_the_bounds(text: str, times: int) -> None:
    name = text * times
    composed = unicodedata.normalize("NFKC", name)
    words = "".join(one if one.isalnum() else " " for one in composed).split()
    assert bool(too_long(name)) == (len(name) > LONGEST_NAME or len(composed) > LONGEST_NAME or len(words) > MOST_WORDS)


def test_a_listed_name_beyond_the_bounds_is_kept_and_counted(tmp_path: Path) -> None:
    """The others of its record are searched; a record without another name is a fault."""
    (tmp_path / "house.csv").write_text(f"id,name,aliases\n1,Zanzibar Trading,{'a ' * 300}\n", encoding="utf-8")
    reader = read("house", tmp_path / "house.csv")
    [designation] = reader
    assert [name.text for name in designation.names] == ["Zanzibar Trading"]
    assert [one.text for one in designation.unparsed] == [("a " * 300).strip()]
    assert "has 300 words" in " ".join(str(notice) for notice in reader.notices)
    assert len(Screener([designation]).screen("Zanzibar Trading")) == 1
    (tmp_path / "alone.csv").write_text(f"id,name\n1,{'a ' * 300}\n", encoding="utf-8")
    with pytest.raises(Exception, match="has 300 words"):
        list(read("house", tmp_path / "alone.csv"))


def test_a_customer_with_such_a_name_is_a_rejected_row() -> None:
    screener = RememberingScreener(Screener([Designation(id="1", names=[ListedName("Ann Lee")])]), ScreeningOptions())
    found = screener.screen_row((1, ("a " * 300,)), Columns("name")).found
    assert isinstance(found, Rejection)
    assert "300 words" in found.reason
