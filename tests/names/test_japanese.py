"""Japanese names: kana in Hepburn, on-readings of Han characters, Latin names that are Hepburn, and their measure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from screenkit.comparison.score import score_names
from screenkit.model import Reading, Role, Space, TokenKind
from screenkit.names import normalize
from screenkit.names.chinese.characters import japanese_on
from screenkit.names.clean import clean
from screenkit.names.japanese import edits_allowed, similarity
from screenkit.names.japanese.persons import KANA_CAP, ON_CAP, japanese_readings, latin_readings
from screenkit.names.japanese.phonetic import key_of, printed
from screenkit.names.split import Word, split_words
from screenkit.policy import Policy

JAPANESE = st.text(st.characters(min_codepoint=0x3040, max_codepoint=0x30FF) | st.sampled_from("山田佐藤健一々林"))
KEYS = st.text("aiueokstnhmr", min_size=1, max_size=9)


def words(name: str) -> tuple[Word, ...]:
    return split_words(clean(name)[0])


def pairs(readings: list[Reading]) -> list[str]:
    return [" ".join(sound.key for sound in reading.sounds) for reading in readings]


@given(st.one_of(st.text(max_size=30), JAPANESE))
def test_any_text_is_read_within_bounds(text: str) -> None:
    for reading in (found := [*japanese_readings(words(text)), *latin_readings(words(text))]):
        assert reading.space is Space.JAPANESE
        assert 0 < reading.cap <= 10_000
        assert [sound.role for sound in reading.sounds] == [Role.SURNAME, Role.GIVEN]
        assert all(sound.key.isascii() and sound.key.isalpha() and sound.key.islower() for sound in reading.sounds)
        assert all(0 <= sound.start < sound.stop <= len(words(text)) for sound in reading.sounds)
    assert len(found) <= 24
    printed(text)


@given(st.text("aiueonmkh", max_size=12))
def test_a_key_is_its_own_key(hepburn: str) -> None:
    assert key_of(key_of(hepburn)) == key_of(hepburn)


@given(KEYS, KEYS)
def test_near_is_a_measure_inside_the_radius(a: str, b: str) -> None:
    assert similarity(a, a) == 10_000
    assert similarity(a, b) == similarity(b, a)
    if similarity(a, b):
        allowed = edits_allowed(min(len(a), len(b)))
        assert OSA.distance(a, b) <= allowed


@pytest.mark.parametrize(
    ("kana", "expected"),
    [
        ("さとう", "sato"),
        ("サトウ", "sato"),
        ("おおの", "ono"),
        ("いのうえ", "inoue"),
        ("こういち", "koichi"),
        ("ゆうき", "yuki"),
        ("しんぺい", "shimpei"),
        ("はっとり", "hattori"),
        ("はっちょう", "hatcho"),
        ("きょうこ", "kyoko"),
        ("じゅんいち", "junichi"),
        ("ヂヅ", "jizu"),
        ("ジョン", "jon"),
        ("スティーブ", "sutibu"),
        ("ヴァレリー", "vareri"),
        ("ウィリアム", "wiriamu"),
        ("フェルナンド", "ferunando"),
        ("シェーン", "shen"),
        ("いすゞ", "isuzu"),
        ("こゝろ", "kokoro"),
    ],
)
def test_kana_is_printed_as_in_passports(kana: str, expected: str) -> None:
    assert printed(kana) == expected


@pytest.mark.parametrize("spelled", ["ōno", "ôno", "ohno", "oono", "ouno", "ono"])
def test_length_is_written_in_any_way(spelled: str) -> None:
    assert key_of(spelled) == "ono"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Sato Kenichi", ["sato kenichi", "kenichi sato"]),
        ("Satō, Ken'ichi", ["sato kenichi"]),
        ("Hattori Hanzo", ["hattori hanzo", "hanzo hattori"]),
        ("Namba Inoue", ["nanba inoue", "inoue nanba"]),
        ("John Smith", []),
        ("Sito Tisu", []),
        ("Li Na", []),
        ("Kim Jong Un", []),
        ("Tanaka", []),
        ("Xi Jinping", []),
        ("Taro Yamada Ichiro", []),
    ],
)
def test_latin_must_be_hepburn_throughout(name: str, expected: list[str]) -> None:
    assert pairs(list(latin_readings(words(name)))) == expected


@pytest.mark.parametrize(
    ("name", "expected", "cap"),
    [
        ("やまだ たろう", "yamada taro", KANA_CAP),
        ("サトウ・ケンイチ", "sato kenichi", KANA_CAP),
        ("佐藤健一", "sato kenichi", ON_CAP),
        ("佐藤 けんいち", "sato kenichi", ON_CAP),
        ("佐々健", "sasa ken", ON_CAP),
    ],
)
def test_japanese_writing_is_read(name: str, expected: str, cap: int) -> None:
    found = list(japanese_readings(words(name)))
    assert expected in pairs(found)
    assert {reading.cap for reading in found} == {cap}


@pytest.mark.parametrize("name", ["毛泽东", "王小明", "欧阳修文", "林健", "たろう", "中国银行股份有限公司", "김정은"])
def test_what_does_not_look_japanese_is_not_read(name: str) -> None:
    assert not list(japanese_readings(words(name)))


def test_on_readings_are_those_of_characters_in_japans_lists() -> None:
    assert japanese_on("藤") == ("tou", "dou")
    assert japanese_on("一") == ("ichi", "itsu")
    assert japanese_on("沢") == ("taku",)
    assert japanese_on("𠮷") == japanese_on("k") == ()


def test_kana_words_are_dependable_in_hepburn() -> None:
    (token,) = normalize("さとう").tokens
    assert (token.key, token.kind, token.is_approximate) == ("sato", TokenKind.WORD, False)


@pytest.mark.parametrize(
    ("native", "latin", "least"),
    [
        ("やまだ たろう", "Taro Yamada", 9_500),
        ("佐藤健一", "Kenichi Sato", 7_000),
        ("佐藤健一", "Satou Kenichi", 7_000),
    ],
)
def test_names_meet_across_scripts(native: str, latin: str, least: int) -> None:
    assert score_names(normalize(native), normalize(latin), Policy()).points >= least


@pytest.mark.parametrize(("native", "latin"), [("佐藤健一", "Kenji Kato"), ("やまだ たろう", "Jiro Yamada")])
def test_other_names_stay_apart(native: str, latin: str) -> None:
    assert score_names(normalize(native), normalize(latin), Policy()).points < 7_500
