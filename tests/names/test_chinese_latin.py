"""Latin names read as Chinese: systems, orders, and names of other languages that must not parse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit.names.chinese.characters import every_jyutping
from screenkit.names.chinese.latin import latin_readings
from screenkit.names.chinese.romanization import TONES, WADE_GILES
from screenkit.names.chinese.spellings import cantonese_classes, spellings
from screenkit.names.chinese.systems.cantonese import class_of
from screenkit.names.chinese.systems.gwoyeu import gwoyeu
from screenkit.names.clean import clean
from screenkit.names.combinations import MOST as MOST_READINGS
from screenkit.names.split import split_words

SPELLINGS = sorted({*TONES, *spellings().taiwan, *spellings().wade_giles[True, True], *spellings().cantonese})


def read(name: str) -> dict[str, set[tuple[str, ...]]]:
    found: dict[str, set[tuple[str, ...]]] = {}
    for reading in latin_readings(split_words(clean(name)[0])):
        found.setdefault(reading.system, set()).add(tuple(sound.key for sound in reading.sounds))
    return found


@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(SPELLINGS), max_size=6).map(" ".join)))
def test_any_text_is_read_within_bounds(text: str) -> None:
    words = split_words(clean(text)[0])
    readings = list(latin_readings(words))
    assert len(readings) <= MOST_READINGS
    assert len({reading.sounds for reading in readings}) == len(readings)
    assert all(0 <= sound.start < sound.stop <= len(words) for reading in readings for sound in reading.sounds)


@pytest.mark.parametrize(
    "name",
    ["Ma Xiaohong", "MA, Xiaohong", "Ma Xiao Hong", "MA, Xiao-hong", "Xiaohong Ma", "Mǎ Xiǎohóng", "Xiao Hong Ma"],
)
def test_order_comma_hyphen_and_tones_do_not_matter(name: str) -> None:
    assert ("ma", "xiao-hong") in read(name)["pinyin"]


@pytest.mark.parametrize(
    ("system", "name", "expected"),
    [
        ("pinyin", "Shi Nai'an", ("shi", "nai-an")),
        ("pinyin", "Shi Naian", ("shi", "nai-an")),
        ("pinyin", "Ouyang Xiu", ("ou-yang", "xiu")),
        ("pinyin", "Ou Yang Xiu", ("ou-yang", "xiu")),
        ("pinyin", "Lü Bu", ("lv", "bu")),
        ("pinyin", "LYU Bu", ("lv", "bu")),
        ("pinyin", "Lv Bu", ("lv", "bu")),
        ("pinyin", "Lu Bu", ("lv", "bu")),
        ("pinyin", "Maria Li Xiaohong", ("li", "xiao-hong")),
        ("wade-giles", "Ch'en Shui-pien", ("chen", "shui-bian")),
        ("wade-giles", "Chen Shui-pien", ("chen", "shui-bian")),
        ("wade-giles", "Mao Tse-tung", ("mao", "ze-dong")),
        ("wade-giles", "Chou En-lai", ("zhou", "en-lai")),
        ("wade-giles", "Lü Hsiu-lien", ("lv", "xiu-lian")),
        ("wade-giles", "Teng Hsiao-p'ing", ("deng", "xiao-ping")),
        ("wade-giles", "Teng Hsiaoping", ("deng", "xiao-ping")),
        ("wade-giles", "Lee Teng-hui", ("li", "deng-hui")),
        ("wade-giles", "Kai-Fu Lee", ("li", "kai-fu")),
        ("wade-giles", "Chu Te", ("zhu", "de")),
        ("taiwan", "Ma Ying-jeou", ("ma", "ying-jiu")),
        ("taiwan", "Ko Wen-je", ("ke", "wen-zhe")),
        ("taiwan", "Tsai Ing-wen", ("cai", "ying-wen")),
        ("taiwan", "Joseph Wu Jau-shieh", ("wu", "zhao-xie")),
        ("hong kong", "Lee Ka-chiu", ("yue li", "yue ka-ciu")),
        ("hong kong", "LEE, John Ka-chiu", ("yue li", "yue ka-ciu")),
        ("hong kong", "Lei Gaa-ciu", ("yue li", "yue ka-ciu")),
        ("hong kong", "Szeto Wah", ("yue si-to", "yue wa")),
        ("hong kong", "Carrie Lam Cheng Yuet-ngor", ("yue lam", "yue ceng-yut-o")),
        ("hong kong", "Ip Man", ("yue yip", "yue man")),
        ("hong kong in mandarin", "Lee Ka-chiu", ("li", "jia-chao")),
        ("hong kong in mandarin", "Chow Yun-fat", ("zhou", "run-fa")),
    ],
)
def test_systems(system: str, name: str, expected: tuple[str, ...]) -> None:
    assert expected in read(name)[system]


@pytest.mark.parametrize(
    "name",
    ["Martin Lee", "Kim Jong Un", "Anna Martin", "Vladimir Putin", "Ma", "Xiaohong", "Osama bin Laden", "Panama", ""],
)
def test_names_of_other_languages_do_not_parse(name: str) -> None:
    assert read(name) == {}


def test_ambiguity_is_several_readings_and_marks_end_it() -> None:
    assert {surname for surname, _ in read("Chu Te")["wade-giles"]} >= {"zhu", "chu", "qu", "ju"}
    assert {surname for surname, _ in read("CH'Ü, T'ung")["wade-giles"]} == {"qu"}
    assert {surname for surname, _ in read("Zhu De")["pinyin"]} == {"zhu"}


@pytest.mark.parametrize("syllable", sorted(TONES))
def test_every_syllable_returns_from_wade_giles(syllable: str) -> None:
    for spelling in WADE_GILES.spell(syllable):
        assert syllable in spellings().wade_giles[True, True][spelling]
        assert syllable in spellings().wade_giles[False, False][spelling.replace("'", "").replace("ü", "u")]


def test_wade_giles_with_all_marks_is_nearly_unambiguous() -> None:
    several = {spelling: found for spelling, found in spellings().wade_giles[True, True].items() if len(found) > 1}
    assert all(len(found) == 2 for found in several.values()), several
    assert len(several) <= 6, several


@pytest.mark.parametrize("syllable", sorted(every_jyutping()))
def test_every_syllable_of_jyutping_is_of_one_class(syllable: str) -> None:
    found = cantonese_classes(syllable)
    if found:
        assert class_of(syllable) in found


@pytest.mark.parametrize(
    ("jyutping", "spelling"),
    [
        ("wong", "wong"),
        ("can", "chan"),
        ("lei", "lee"),
        ("zoeng", "cheung"),
        ("ng", "ng"),
        ("ze", "tse"),
        ("jip", "ip"),
        ("gwok", "kwok"),
        ("zi", "tsz"),
        ("heoi", "hui"),
        ("syun", "suen"),
        ("zau", "chow"),
        ("ngo", "ngor"),
        ("jyut", "yuet"),
    ],
)
def test_hong_kong_spellings(jyutping: str, spelling: str) -> None:
    assert class_of(jyutping) in cantonese_classes(spelling)


@pytest.mark.parametrize(
    ("syllable", "tone", "spelling"),
    [
        ("jiu", "3", "jeou"),
        ("hong", "2", "horng"),
        ("huang", "2", "hwang"),
        ("zhi", "4", "jyh"),
        ("xu", "2", "shyu"),
        ("ma", "3", "maa"),
        ("ma", "1", "mha"),
        ("yuan", "2", "yuan"),
        ("qi", "2", "chyi"),
        ("er", "4", "ell"),
        ("you", "3", "yeou"),
        ("wei", "4", "wey"),
        ("wu", "2", "wu"),
        ("fu", "4", "fuh"),
        ("jing", "4", "jinq"),
    ],
)
def test_gwoyeu_romatzyh(syllable: str, tone: str, spelling: str) -> None:
    assert gwoyeu(syllable, tone) == spelling
