"""Greek, Armenian and Georgian words in Latin, by their passport systems."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit.names.small_scripts import armenian, georgian, greek, greek_readings

GREEK = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"
ARMENIAN = "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև"
GEORGIAN = "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"


@given(st.text())
def test_any_text_is_read_in_bounded_length(word: str) -> None:
    for reading in (*greek_readings(word), greek(word), armenian(word), georgian(word)):
        assert len(reading) <= 4 * len(word) + 24
    assert 1 <= len(greek_readings(word)) <= 2


@given(st.text(GREEK), st.text(ARMENIAN), st.text(GEORGIAN))
def test_every_letter_has_a_latin_one(hellenic: str, hayeren: str, kartuli: str) -> None:
    assert all(reading.isascii() for reading in (*greek_readings(hellenic), armenian(hayeren), georgian(kartuli)))
    assert bool(georgian(kartuli)) == bool(kartuli)
    assert bool(greek(hellenic)) == bool(hellenic)


@given(st.text(GREEK), st.text(ARMENIAN))
def test_capitals_read_like_small_letters(hellenic: str, hayeren: str) -> None:
    assert armenian(hayeren.upper()) == armenian(hayeren)
    unaccented = "".join(letter for letter in hellenic if letter in "αβγδεζηθικλμνξοπρστυφχψω")
    assert greek(unaccented.upper()) == greek(unaccented)


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("Παπανδρέου", "papandreou"),
        ("Μητσοτάκης", "mitsotakis"),
        ("Τσίπρας", "tsipras"),
        ("Μπακογιάννη", "bakogianni"),
        ("Λυμπέρης", "lymperis"),
        ("Αγγελόπουλος", "angelopoulos"),
        ("Ευάγγελος", "evangelos"),
        ("Ευθύμιος", "efthymios"),
        ("Παύλος", "pavlos"),
        ("Αυγουστίνος", "avgoustinos"),
        ("Αϋφαντής", "ayfantis"),
        ("Μαΐου", "maiou"),
        ("Χρυσοχοΐδης", "chrysochoidis"),
        ("Ψαρράς", "psarras"),
        ("Ἀθῆναι", "athinai"),
    ],
)
def test_greek_is_elot_743(word: str, latin: str) -> None:
    assert greek(word) == latin


@pytest.mark.parametrize(("word", "latin"), [("Ομπάμα", "obama"), ("Πούτιν", "putin"), ("Βλαντίμιρ", "vladimir")])
def test_foreign_names_in_greek_are_read_as_heard(word: str, latin: str) -> None:
    assert latin in greek_readings(word)


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("Սարգսյան", "sargsyan"),
        ("Եղիազարյան", "yeghiazaryan"),
        ("Ոսկանյան", "voskanyan"),
        ("Ուլուբաբյան", "ulubabyan"),
        ("Մկրտչյան", "mkrtchyan"),
        ("Փաշինյան", "pashinyan"),
        ("Հովհաննիսյան", "hovhannisyan"),
        ("Գևորգ", "gevorg"),
        ("Բարակ", "barak"),
    ],
)
def test_armenian_is_bgn_pcgn_1981(word: str, latin: str) -> None:
    assert armenian(word) == latin


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("სააკაშვილი", "saakashvili"),
        ("ივანიშვილი", "ivanishvili"),
        ("ღარიბაშვილი", "gharibashvili"),
        ("კობახიძე", "kobakhidze"),
        ("ჭყონდიდელი", "chqondideli"),
        ("ᲜᲘᲙᲐ", "nika"),
        ("Ⴌⴈⴉⴀ", "nika"),
    ],
)
def test_georgian_is_the_national_system_of_2002(word: str, latin: str) -> None:
    assert georgian(word) == latin
