"""Initials in Cyrillic: whatever Latin letter a list begins the name with, searching finds what comparing finds."""

from __future__ import annotations

import pytest

from screenkit import Designation, ListedName, Screener, compare

GIVEN_NAMES = (
    "Yevgeniy", "Evgeny", "Yuri", "Iurii", "Jurij", "Yakov", "Iakov", "Grigory", "Hryhorii", "Khariton", "Hariton",
    "Tsvetan", "Cvetan", "Vasily", "Wassili", "Zhanna", "Sharif", "Chingiz", "Elena", "Igor",
)  # fmt: skip
LETTERS = "абвгдеёжзийклмнопрстуфхцчшщэюяіїєґ"
LISTED = Screener([Designation(id=given, names=[ListedName(f"PISKLIN, {given}")]) for given in GIVEN_NAMES])
INITIALS = Screener([Designation(id=letter, names=[ListedName(f"Писклин {letter.upper()}.")]) for letter in LETTERS])


@pytest.mark.parametrize("letter", LETTERS)
def test_an_initial_finds_each_name_that_it_may_stand_for(letter: str) -> None:
    asked = f"Писклин {letter.upper()}."
    found = {hit.designation.id: hit.points for hit in LISTED.screen(asked, threshold=0.4)}
    compared = {given: compare(asked, f"PISKLIN, {given}").points for given in GIVEN_NAMES}
    assert found == {given: points for given, points in compared.items() if points >= 4_000}


@pytest.mark.parametrize("given", GIVEN_NAMES)
def test_a_name_finds_each_initial_that_may_stand_for_it(given: str) -> None:
    asked = f"Pisklin {given}"
    found = {hit.designation.id: hit.points for hit in INITIALS.screen(asked, threshold=0.4)}
    compared = {letter: compare(asked, f"Писклин {letter.upper()}.").points for letter in LETTERS}
    assert found == {letter: points for letter, points in compared.items() if points >= 4_000}


@pytest.mark.parametrize(
    ("letter", "names"),
    [
        ("Е", {"Yevgeniy", "Evgeny", "Elena"}),
        ("Ю", {"Yuri", "Iurii", "Jurij"}),
        ("Я", {"Yakov", "Iakov"}),
        ("Г", {"Grigory", "Hryhorii", "Hariton"}),
        ("Х", {"Khariton", "Hariton", "Hryhorii"}),
        ("Ж", {"Zhanna"}),
    ],
)
def test_an_initial_stands_for_names_by_their_first_letters(letter: str, names: set[str]) -> None:
    found = {hit.designation.id for hit in LISTED.screen(f"Писклин {letter}.", threshold=0.6)}
    assert found == names
