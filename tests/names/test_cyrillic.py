"""Cyrillic words are printed as their language prints them, and the print folds to the word's own key; Palladius."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit.names.chinese.systems.palladius import MOST_SYLLABLES, palladius_syllables
from screenkit.names.clean import drop_loose_marks
from screenkit.names.slavic import keys
from screenkit.names.slavic.spelling import language_of, printed


@pytest.mark.parametrize(
    ("word", "language", "latin"),
    [
        ("путин", "ru", "Putin"),
        ("евгений", "ru", "Yevgeny"),
        ("хрущёв", "ru", "Khrushchyov"),
        ("медведев", "ru", "Medvedev"),
        # Cabinet of Ministers of Ukraine, Resolution 55 (2010), its own examples.
        ("їжакевич", "uk", "Yizhakevych"),
        ("мар'їне", "uk", "Marine"),
        ("єнакієве", "uk", "Yenakiieve"),
        ("сергій", "uk", "Serhii"),
        ("знам'янка", "uk", "Znamianka"),
        ("уладзімір", "be", "Uladzimir"),
        ("марозаў", "be", "Marozau"),
        # Transliteration Act of the Republic of Bulgaria (2009).
        ("първанов", "bg", "Parvanov"),
        # Gaj's alphabet.
        ("вучић", "sr", "Vučić"),
        ("ђоковић", "sr", "Đoković"),
        ("љубиша", "sr", "Ljubiša"),
        ("ѓорѓи", "mk", "Gjorgji"),
        ("нұрсұлтан", "kk", "Nursultan"),
        ("қасым", "kk", "Qasym"),
    ],
)
def test_a_word_is_printed_as_its_language_does(word: str, language: str, latin: str) -> None:
    assert language_of(word) == language
    assert printed(word) == latin


CONSONANTS = st.sampled_from("бвгджклмнпрфцш")
VOWELS = st.sampled_from("аеиоуыюя")
SYLLABLES = st.lists(st.tuples(CONSONANTS, VOWELS), min_size=1, max_size=5)


@given(SYLLABLES)
def test_the_print_of_a_russian_word_shares_its_key(syllables: list[tuple[str, str]]) -> None:
    word = "".join(consonant + vowel for consonant, vowel in syllables)
    assert set(keys(word)) & set(keys(printed(word).lower()))


@given(st.text(max_size=60))
def test_any_text_is_printed(text: str) -> None:
    assert len(printed(text)) <= 4 * len(text)
    assert not any("\u0430" <= letter <= "\u044f" for letter in printed(text))


@given(st.text(st.characters(min_codepoint=0x400, max_codepoint=0x52F, categories=["L"]), max_size=20))
def test_stress_marks_go_and_letters_stay(text: str) -> None:
    assert drop_loose_marks(text) == text
    assert drop_loose_marks("".join(letter + "\u0301" for letter in text)) == text


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("цзиньпин", "jin ping"),
        ("си", "xi"),
        ("цзэдун", "ze dong"),
        ("сяопин", "xiao ping"),
        ("чанъань", "chang an"),
        ("яньань", "yan an"),
        ("оуян", "ou yang"),
        ("хуэй", "hui"),
        ("хой", "hui"),
        ("люй", "lv"),
        ("чжу", "zhu"),
        ("юй", "yu"),
        ("ю", "you"),
        ("шицзин", "shi jing"),
        ("аомынь", "ao men"),
    ],
)
def test_palladius_is_read(word: str, syllables: str) -> None:
    assert palladius_syllables(word) == syllables.split()


@pytest.mark.parametrize("word", ["иванов", "владимир", "сергей", "", "xi", "цзиньпинк", "чанъ", "петрова", "ъ"])
def test_another_word_is_not_palladius(word: str) -> None:
    assert palladius_syllables(word) is None


def _palladius() -> dict[str, str]:
    text = files("screenkit.names.chinese").joinpath("tables", "palladius.txt").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


def test_the_palladius_table_is_sorted_and_whole() -> None:
    table = _palladius()
    assert list(table) == sorted(table)
    assert all(pinyin.isascii() and pinyin.isalpha() and pinyin.islower() for pinyin in table.values())
    # Standard Chinese has about 400 syllables without tones (Xinhua Zidian).
    assert 395 <= len(set(table.values())) <= 410


@given(st.lists(st.sampled_from(sorted(_palladius())), min_size=1, max_size=MOST_SYLLABLES))
def test_palladius_syllables_in_a_row_always_parse(syllables: list[str]) -> None:
    word = syllables[0]
    for syllable in syllables[1:]:
        word += ("ъ" if word.endswith("н") and syllable[0] in "аеёиоуыэюя" else "") + syllable
    assert palladius_syllables(word) is not None


@given(st.text(st.characters(min_codepoint=0x400, max_codepoint=0x460), max_size=80) | st.text(max_size=40))
def test_any_text_is_answered_within_bounds(text: str) -> None:
    read = palladius_syllables(text)
    assert read is None or 1 <= len(read) <= MOST_SYLLABLES
