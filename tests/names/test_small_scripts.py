"""Greek, Armenian and Georgian words in Latin, by their passport systems."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from screenkit.names.small_scripts import keys
from screenkit.names.small_scripts.spelling import armenian, georgian, greek

GREEK = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"
ARMENIAN = "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև"
GEORGIAN = "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"


@given(st.text())
def test_any_text_is_read_in_bounded_length(word: str) -> None:
    for reading in (greek(word), armenian(word), georgian(word)):
        assert len(reading) <= 4 * len(word) + 24
    assert len(keys(word)) <= 1


@given(st.text(GREEK), st.text(ARMENIAN), st.text(GEORGIAN))
def test_every_letter_has_a_latin_one(hellenic: str, hayeren: str, kartuli: str) -> None:
    assert all(reading.isascii() for reading in (greek(hellenic), armenian(hayeren), georgian(kartuli)))
    assert bool(georgian(kartuli)) == bool(kartuli)
    assert bool(greek(hellenic)) == bool(hellenic)


@given(st.text(GREEK), st.text(ARMENIAN))
def test_capitals_read_like_small_letters(hellenic: str, hayeren: str) -> None:
    assert armenian(hayeren.upper()) == armenian(hayeren)
    unaccented = "".join(letter for letter in hellenic if letter in "αβγδεζηθικλμνξοπρστυφχψω")
    assert greek(unaccented.upper()) == greek(unaccented)
