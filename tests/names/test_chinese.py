"""Names in Han characters: their readings, the measure of the Chinese space, words of organizations."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from screenkit.model.name import Role, Space
from screenkit.names.chinese import edits_allowed, similarity
from screenkit.names.chinese.characters import han_equal_key, pinyin, simplify
from screenkit.names.chinese.han import han_readings, hanja_as_hangul, pinyin_words
from screenkit.names.chinese.romanization import TONES
from screenkit.names.chinese.surnames import surnames
from screenkit.names.clean import clean
from screenkit.names.combinations import MOST as MOST_READINGS
from screenkit.names.notation import read
from screenkit.names.split import split_words

KEY = re.compile("(yue )?[a-z]+(-[a-z]+)*")
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=8)
SYLLABLES = st.lists(st.sampled_from(sorted(TONES)), min_size=1, max_size=3).map("-".join)


def keys(name: str) -> list[tuple[str, ...]]:
    words = split_words(clean(name)[0])
    return [tuple(sound.key for sound in reading.sounds) for reading in han_readings(words, is_person=True)]


@given(st.one_of(st.text(max_size=30), HAN, HAN.map(" ".join)))
def test_any_text_is_read_within_bounds(text: str) -> None:
    words = split_words(clean(text)[0])
    readings = list(han_readings(words, is_person=None))
    assert len(readings) <= MOST_READINGS
    for reading in readings:
        assert reading.space is Space.CHINESE
        assert 0 < reading.cap <= 10_000
        assert all(KEY.fullmatch(sound.key) for sound in reading.sounds)
        assert all(0 <= sound.start < sound.stop <= len(words) for sound in reading.sounds)
    assert readings == list(han_readings(words, is_person=None))


@given(st.text(max_size=40))
def test_any_text_is_folded_and_spelled(text: str) -> None:
    assert han_equal_key(han_equal_key(text)) == han_equal_key(text)
    assert len(han_equal_key(text)) == len(simplify(text)) == len(text)
    assert all(syllable in TONES or KEY.fullmatch(syllable) for syllable in pinyin_words(text))
    assert len(hanja_as_hangul(text)) <= 8


@given(SYLLABLES, SYLLABLES)
def test_near_is_a_measure_inside_the_radius(a: str, b: str) -> None:
    assert similarity(a, a) == 10_000
    assert similarity(a, b) == similarity(b, a)
    if a != b and similarity(a, b):
        assert OSA.distance(a, b) <= edits_allowed(min(len(a), len(b)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("马晓红", ("ma", "xiao-hong")),
        ("馬曉紅", ("ma", "xiao-hong")),
        ("马 晓红", ("ma", "xiao-hong")),
        ("曾庆红", ("zeng", "qing-hong")),
        ("单田芳", ("shan", "tian-fang")),
        ("仇和", ("qiu", "he")),
        ("解振华", ("xie", "zhen-hua")),
        ("區瑞強", ("ou", "rui-qiang")),
        ("查良镛", ("zha", "liang-yong")),
        ("朴槿惠", ("piao", "jin-hui")),
        ("覃志刚", ("qin", "zhi-gang")),
        ("乐毅", ("yue", "yi")),
        ("吕布", ("lv", "bu")),
        ("欧阳修", ("ou-yang", "xiu")),
        ("尉迟恭", ("yu-chi", "gong")),
        ("万俟卨", ("mo-qi", "xie")),
        ("长孙无忌", ("zhang-sun", "wu-ji")),
        ("澹台灭明", ("tan-tai", "mie-ming")),
        ("单于", ("shan", "yu")),
        ("林鄭月娥", ("lin", "zheng-yue-e")),
        ("范縝", ("fan", "zhen")),
    ],
)
def test_the_first_reading_is_the_customary_one(name: str, expected: tuple[str, ...]) -> None:
    assert keys(name)[0] == expected


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("翟", ("di",)),
        ("曾参", ("zeng", "shen")),
        ("刘禅", ("liu", "shan")),
        ("司马懿", ("si", "ma-yi")),
        ("李家超", ("yue li", "yue ka-ciu")),
    ],
)
def test_another_reading_is_there_too(name: str, other: tuple[str, ...]) -> None:
    assert other in keys(name)


def test_organizations_and_long_names_have_no_reading_as_persons() -> None:
    words = split_words("丹东鸿祥实业发展有限公司")
    assert not list(han_readings(words, is_person=True))
    assert not list(han_readings(split_words("马晓红"), is_person=False))


def test_roles_and_text() -> None:
    reading = next(iter(han_readings(split_words("吕晓恩"), is_person=True)))
    assert reading.text == "Lü Xiao'en"
    assert [sound.role for sound in reading.sounds] == [Role.SURNAME, Role.GIVEN]


def test_han_against_han_keeps_people_apart_and_joins_writings() -> None:
    assert han_equal_key("马小红") != han_equal_key("马晓红")
    assert han_equal_key("馬曉紅") == han_equal_key("马晓红")
    assert han_equal_key("峯") == han_equal_key("峰")


@pytest.mark.parametrize(
    ("a", "b"), [("xiao-hong", "xiao-hua"), ("xiao-hong", "hong"), ("zhu", "chu"), ("lin", "ling")]
)
def test_other_syllables_are_other_names(a: str, b: str) -> None:
    assert similarity(a, b) == 0


@pytest.mark.parametrize(
    ("a", "b"), [("zhi-yong", "zi-yong"), ("xin-hua", "xing-hua"), ("li-na", "ni-na"), ("lian", "liang")]
)
def test_what_many_speakers_merge_is_half_near(a: str, b: str) -> None:
    assert similarity(a, b) == 5_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("丹东长春银行", "dan dong chang chun yin hang"),
        ("重慶重工", "chong qing zhong gong"),
        ("西藏音乐出版", "xi zang yin yue chu ban"),
        ("董事长", "dong shi zhang"),
        ("厦门大厦", "xia men da sha"),
        ("执行", "zhi xing"),
    ],
)
def test_words_of_organizations_are_read_in_context(text: str, expected: str) -> None:
    assert " ".join(pinyin_words(text)) == expected


def test_hanja_in_hangul() -> None:
    assert hanja_as_hangul("金", is_surname=True) == ["김"]
    assert "영남" in hanja_as_hangul("永南")
    assert "정은" in hanja_as_hangul("正恩")
    assert hanja_as_hangul("李") == hanja_as_hangul("李", is_surname=True)
    assert hanja_as_hangul("刘") == hanja_as_hangul("劉")
    assert hanja_as_hangul("한") == []


@pytest.mark.parametrize("table", ["surnames.txt", "pinyin_corrections.txt", "customary.txt", "mandarin.txt"])
def test_tables_are_sorted_and_say_a_thing_once(table: str) -> None:
    names = [row[0] for row in read(f"chinese/{table}").rows(5)]
    assert names == sorted(set(names))


def test_readings_in_tables_are_syllables() -> None:
    for surname in surnames().by_name.values():
        assert all(part in TONES for reading in surname.pinyin for part in reading.split("-"))
    for word, readings, _ in read("chinese/pinyin_corrections.txt").rows(3):
        assert len(readings.split(" ")) == len(word)
        assert all(part in TONES for part in readings.split(" "))


def _ways(name: str) -> list[str]:
    return ["".join(syllables) for syllables in product(*map(pinyin, name))]


def test_surnames_that_characters_alone_do_not_tell() -> None:
    """The table decides at least 105: surnames read unlike their characters, or in one of the ways these are read."""
    ways = {name: readings.split(" ") for name, _, readings, _, _ in read("chinese/surnames.txt").rows(5)}
    unusual = {name for name, readings in ways.items() if readings != _ways(name)[:1]}
    assert len(unusual) >= 70
    assert len(unusual | {name for name in ways if len(_ways(name)) > 1}) >= 105


def test_table_of_surnames_says_what_they_are_not_read_as() -> None:
    for name, _, readings, _, why in read("chinese/surnames.txt").rows(5):
        others = re.findall("[a-z]+", why.partition(";")[0]) if why.startswith("not ") else []
        assert set(others[1:]).isdisjoint(readings.split(" ")), name


@pytest.mark.parametrize(
    ("surname", "expected"),
    [
        ("仇", "qiu"),
        ("单", "shan"),
        ("区", "ou"),
        ("曾", "zeng"),
        ("解", "xie"),
        ("查", "zha"),
        ("盖", "ge"),
        ("朴", "piao"),
        ("员", "yun"),
        ("繁", "po"),
        ("种", "chong"),
        ("重", "chong"),
        ("秘", "bi"),
        ("泌", "bi"),
        ("适", "kuo"),
        ("拓", "tuo"),
        ("铫", "yao"),
        ("炅", "gui"),
        ("便", "pian"),
        ("还", "huan"),
        ("晟", "cheng"),
        ("冯", "feng"),
        ("贾", "jia"),
        ("沈", "shen"),
        ("车", "che"),
        ("中行", "zhong-hang"),
        ("单父", "shan-fu"),
        ("单于", "chan-yu"),
        ("尉迟", "yu-chi"),
        ("万俟", "mo-qi"),
        ("澹台", "tan-tai"),
        ("长孙", "zhang-sun"),
        ("乐正", "yue-zheng"),
    ],
)
def test_the_usual_reading_of_a_surname(surname: str, expected: str) -> None:
    assert surnames().by_name[surname].pinyin[0] == expected


@pytest.mark.parametrize(
    ("surname", "expected"),
    [("覃", {"qin", "tan"}), ("乐", {"yue", "le"}), ("谌", {"chen", "shen"}), ("藏", {"cang", "zang"})],
)
def test_surnames_read_in_two_ways(surname: str, expected: set[str]) -> None:
    assert set(surnames().by_name[surname].pinyin) == expected
