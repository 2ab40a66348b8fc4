"""Patronymics are told by form in every script and romanisation; feminine surnames have their masculine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit.model import TokenKind
from screenkit.names import normalize
from screenkit.names.slavic.patronymic import is_patronymic, masculine, patronymic_in
from screenkit.names.slavic.phonetic import key


@pytest.mark.parametrize(
    "word",
    [
        "владимирович",
        "владимировна",
        "ильич",
        "ильинична",
        "никитич",
        "никитична",
        "сергеевич",
        "львович",
        "юрьевна",
        "анатолійович",
        "мамедоглы",
        "сергіївна",
        "іванівна",
        "миколаївна",
        "іванавіч",
        "пятроўна",
        "мікалаеўна",
        "васільевіч",
        "алиевич",
        "vladimirovich",
        "vladimirovna",
        "wladimirowitsch",
        "wladimirowicz",
        "vladimirovitch",
        "vladimirovič",
        "vladimirovitj",
        "ilyich",
        "ilinichna",
        "serhiivna",
        "ivanauna",
        "mikalaeuna",
        "piatrouna",
        "mykhailovych",
        "yuryevich",
        "iur'evich",
        "kasymuly",
        "нұрсұлтанұлы",
        "aliogly",
    ],
)
def test_a_patronymic_is_recognised(word: str) -> None:
    assert is_patronymic(word)


@pytest.mark.parametrize(
    "word",
    [
        "иванов",
        "иванова",
        "путин",
        "владимир",
        "марина",
        "наумов",
        "лаврова",
        "петровић",
        "petrović",
        "milošević",
        "shevchenko",
        "kovalchuk",
        "yakovina",
        "ковна",
        "рич",
        "ivan",
        "anna",
    ],
)
def test_another_word_is_none(word: str) -> None:
    assert not is_patronymic(word)


@pytest.mark.parametrize(
    ("words", "surname", "at"),
    [
        ("roman arkadievich abramovich", None, 1),
        ("abramovich roman arkadievich", 0, 2),
        ("abramovich roman arkadievich", None, 2),
        ("иванов иван иванович", None, 2),
        ("roman abramovich", None, None),
        ("abramovich", None, None),
        ("юлия владимировна тимошенко", None, 1),
        ("ivan petrov sidorov", None, None),
    ],
)
def test_the_patronymic_of_a_name_follows_the_given_name(words: str, surname: int | None, at: int | None) -> None:
    assert patronymic_in(words.split(), surname) == at


@pytest.mark.parametrize(
    ("feminine", "male"),
    [
        ("лаврова", "лавров"),
        ("зуева", "зуев"),
        ("пушкина", "пушкин"),
        ("ярославская", "ярославский"),
        ("высоцкая", "высоцкий"),
        ("ковальська", "ковальський"),
        ("kowalska", "kowalski"),
        ("yaroslavskaya", "yaroslavskiy"),
        ("белая", "белый"),
        ("наумава", "наумаў"),
    ],
)
def test_a_feminine_surname_has_the_key_of_its_masculine(feminine: str, male: str) -> None:
    assert masculine(key(feminine)) == key(male)
    assert masculine(key(male)) == key(male)


@pytest.mark.parametrize("surname", ["шевченко", "путин", "лукашенко", "koval", "дума", "шойгу"])
def test_a_surname_of_one_form_stays(surname: str) -> None:
    assert masculine(key(surname)) == key(surname)


@given(st.text(max_size=40))
def test_any_text_is_answered(text: str) -> None:
    assert is_patronymic(text) in (True, False)
    assert len(masculine(text)) <= len(text)


@given(st.lists(st.text(max_size=12), max_size=6))
def test_the_patronymic_is_never_the_first_word(words: list[str]) -> None:
    at = patronymic_in(words)
    assert at is None or (0 < at < len(words) and is_patronymic(words[at]))


def kinds_of(name: str) -> list[TokenKind]:
    return [token.kind for token in normalize(name).tokens]


WORD, INITIAL = TokenKind.WORD, TokenKind.INITIAL


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("Лукашенко Александр Григ.", [WORD, WORD, INITIAL]),
        ("Серг. Ник. Петров", [INITIAL, INITIAL, WORD]),
        # A known short form is a given name of its own.
        ("Сечин Влад. Ив.", [WORD, WORD, INITIAL]),
        # A point ends a sentence as well; abbreviations end in a consonant.
        ("Владимир Ким.", [WORD, WORD]),
        ("Петров Александр Григо.", [WORD, WORD, WORD]),
        ("Лукашенко Александр Григ", [WORD, WORD, WORD]),
    ],
)
def test_what_is_cut_short_is_an_initial(name: str, kinds: list[TokenKind]) -> None:
    assert kinds_of(name) == kinds


def test_an_organization_has_no_patronymic_that_is_cut_short() -> None:
    assert INITIAL not in kinds_of("ООО Александр Мех. Мет. Завод")
