"""Korean in Hangul: readings, keys and their nearness."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from screenkit.model.name import Reading, Role, Space
from screenkit.names.clean import clean
from screenkit.names.korean import edits_allowed, similarity
from screenkit.names.korean.hangul import hangul_readings
from screenkit.names.korean.phonetic import hangul_equal_key, hangul_key
from screenkit.names.korean.surnames import SURNAME_KEYS
from screenkit.names.notation import read as read_table
from screenkit.names.split import split_words

SYLLABLES = st.integers(0xAC00, 0xD7A3).map(chr)
KEYS = st.text("aeiouvywktpcslnmhx", max_size=10)
NAMELIKE = st.text(SYLLABLES, min_size=1, max_size=3).map(hangul_key)


def read(text: str) -> list[Reading]:
    return list(hangul_readings(split_words(clean(text)[0])))


def keys(text: str) -> list[tuple[str, str]]:
    return [(reading.sounds[0].key, reading.sounds[1].key) for reading in read(text)]


@pytest.mark.parametrize(
    ("text", "surname", "given_name"),
    [
        ("김정은", "kim", "cvxun"),
        ("김 정은", "kim", "cvxun"),
        ("정은 김", "kim", "cvxun"),
        ("이명박", "i", "myvxpak"),
        ("리명박", "i", "myvxpak"),
        ("노무현", "no", "muhyvn"),
        ("로무현", "no", "muhyvn"),
        ("류미영", "yu", "miyvx"),
        ("최룡해", "cwe", "yoxhe"),
        ("남궁원", "namkux", "won"),
        ("선우은숙", "svnu", "unsuk"),
        ("김구", "kim", "ku"),
    ],
)
def test_a_name_in_hangul_is_read(text: str, surname: str, given_name: str) -> None:
    assert (surname, given_name) in keys(text)


def test_a_surname_of_two_syllables_comes_first_and_leaves_the_other_reading() -> None:
    assert keys("선우진") == [("svnu", "cin"), ("svn", "ucin")]


def test_a_reading_prints_the_revised_romanization() -> None:
    (reading,) = read("김정은")
    assert (reading.text, reading.language, reading.system, reading.space) == (
        "Gim Jeong-eun",
        "ko",
        "hangul",
        Space.KOREAN,
    )
    assert [sound.role for sound in reading.sounds] == [Role.SURNAME, Role.GIVEN]


@pytest.mark.parametrize("text", ["", "김", "習近平", "Kim Jong Un", "김 Jong", "조선민주주의인민공화국", "ㄱㄴ ㄷ"])
def test_what_is_no_name_in_hangul_is_not_read(text: str) -> None:
    assert read(text) == []


def test_names_in_hangul_are_told_apart_unfolded() -> None:
    assert hangul_equal_key("김 정은") == hangul_equal_key(unicodedata.normalize("NFD", "김정은")) == "김정은"
    assert hangul_equal_key("김정은") != hangul_equal_key("김종은")
    assert hangul_equal_key("Kim") == ""


def test_the_initial_sound_rule_gives_north_and_south_korean_forms_one_key() -> None:
    pairs = [
        ("리", "이"),
        ("림", "임"),
        ("로", "노"),
        ("녀", "여"),
        ("려", "여"),
        ("류", "유"),
        ("량", "양"),
        ("라", "나"),
    ]
    assert all(hangul_key(north) == hangul_key(south) for north, south in pairs)


def test_the_table_of_surnames_is_sorted_and_in_hangul() -> None:
    table = [surname for surname, _ in read_table("korean/surnames.txt").rows(2)]
    assert table == sorted(table)
    assert all(1 <= len(surname) <= 2 and hangul_equal_key(surname) == surname for surname in table)
    assert {"kim", "i", "pak", "cwe", "cvx", "namkux"} <= SURNAME_KEYS


@pytest.mark.parametrize(
    ("one", "other"),
    [("정은", "성은"), ("정은", "정일"), ("정남", "정은"), ("춘성", "은성"), ("영철", "영호"), ("정", "성")],
)
def test_another_syllable_is_another_name(one: str, other: str) -> None:
    assert similarity(hangul_key(one), hangul_key(other)) < 6_000


@pytest.mark.parametrize(("one", "other"), [("성락", "성낙"), ("경률", "경율"), ("두현", "도현"), ("중문", "종문")])
def test_what_spellings_confuse_is_near(one: str, other: str) -> None:
    assert similarity(hangul_key(one), hangul_key(other)) >= 8_000


@given(st.one_of(KEYS, NAMELIKE), st.one_of(KEYS, NAMELIKE))
def test_nearness_is_symmetric_and_zero_beyond_the_radius(one: str, other: str) -> None:
    near = similarity(one, other)
    assert near == similarity(other, one)
    assert 0 <= near <= 10_000
    assert (near == 10_000) == (one == other)
    if near:
        assert OSA.distance(one, other) <= edits_allowed(min(len(one), len(other)))


@given(NAMELIKE, st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["o", "v", "u", "", "y"])), max_size=4))
def test_cheap_differences_stay_within_the_radius(key: str, changes: list[tuple[int, str]]) -> None:
    other = key
    for at, letter in changes:
        other = other[:at] + letter + other[at + 1 :]
    near = similarity(key, other)
    assert near == similarity(other, key)
    allowed = edits_allowed(min(len(key), len(other)))
    assert not near or OSA.distance(key, other) <= allowed


@given(st.text(max_size=40))
def test_any_text_gives_few_readings_and_never_raises(text: str) -> None:
    readings = read(text)
    assert len(readings) <= 4
    assert all(sound.key.isascii() and sound.key.isalpha() for reading in readings for sound in reading.sounds)


@given(st.text(SYLLABLES, min_size=2, max_size=5))
def test_every_name_of_hangul_syllables_is_read_alike_composed_or_not(text: str) -> None:
    assert read(text) == read(unicodedata.normalize("NFD", text)) != []
