"""Korean in Latin and Cyrillic letters: every system's spelling of a name reads as the name."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit.model.name import Reading
from screenkit.names.clean import clean
from screenkit.names.korean.hangul import hangul_readings
from screenkit.names.korean.latin import MOST_READINGS, cyrillic_readings, latin_readings
from screenkit.names.korean.phonetic import hangul_key
from screenkit.names.korean.surnames import SURNAMES as TABLE
from screenkit.names.split import split_words

# Initials ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ, vowels ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ,
# finals none ㄱㄴㄷㄹㅁㅂㅇ.
FINALS = (0, 1, 4, 7, 8, 16, 17, 21)
REVISED = (
    "g kk n d tt r m b pp s ss - j jj ch k t p h",
    "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i",
    "- k n t l m p ng",
)
MCCUNE_REISCHAUER = (
    "k kk n t tt r m p pp s ss - ch tch ch' k' t' p' h",
    "a ae ya yae ŏ e yŏ ye o wa wae oe yo u wŏ we wi yu ŭ ŭi i",
    "- k n t l m p ng",
)
DPRK = (
    "k kk n t tt r m p pp s ss - j jj ch kh th ph h",
    "a ae ya yae ŏ e yŏ ye o wa wae oe yo u wŏ we wi yu ŭ ŭi i",
    "- k n t l m p ng",
)
KONTSEVICH = (
    "к кк н т тт р м п пп с сс - ч чч чх кх тх пх х",
    "а э я йя о е ё йе о ва вэ ве ё у во ве ви ю ы ый и",
    "- к н т ль м п н",
)
SYSTEMS = {"revised": REVISED, "mccune-reischauer": MCCUNE_REISCHAUER, "dprk": DPRK, "kontsevich": KONTSEVICH}
# No Sino-Korean reading and no native syllable of names is ㅔ (5) with final ㄴ or ㅇ; in Cyrillic its н would have
# six readings.
SYLLABLES = (
    st.tuples(st.integers(0, 18), st.integers(0, 20), st.sampled_from(FINALS))
    .filter(lambda jamo: not (jamo[1] == 5 and jamo[2] in (4, 21)))
    .map(lambda jamo: chr(0xAC00 + (jamo[0] * 21 + jamo[1]) * 28 + jamo[2]))
)
SURNAMES = st.sampled_from([surname for surname in sorted(TABLE) if len(surname) == 1])


def spell(syllable: str, system: tuple[str, str, str]) -> str:
    initials, vowels, finals = (part.split() for part in system)
    initial, rest = divmod(ord(syllable) - 0xAC00, 588)
    vowel, final = divmod(rest, 28)
    return (initials[initial] + vowels[vowel] + finals[FINALS.index(final)]).replace("-", "")


def read(text: str) -> list[Reading]:
    words = split_words(clean(text)[0])
    return [*latin_readings(words), *cyrillic_readings(words)]


def keys(text: str) -> set[tuple[str, str]]:
    return {(reading.sounds[0].key, reading.sounds[1].key) for reading in read(text)}


def hangul_keys(text: str) -> set[tuple[str, str]]:
    return {(reading.sounds[0].key, reading.sounds[1].key) for reading in hangul_readings(split_words(clean(text)[0]))}


@pytest.mark.parametrize("system", SYSTEMS)
@given(surname=SURNAMES, first=SYLLABLES, second=SYLLABLES)
def test_each_system_spells_each_name_so_that_it_is_read(system: str, surname: str, first: str, second: str) -> None:
    family, one, two = (spell(syllable, SYSTEMS[system]) for syllable in (surname, first, second))
    expected = (hangul_key(surname), hangul_key(first + second))
    assert expected in keys(f"{family} {one}-{two}")
    assert expected in keys(f"{family}, {one} {two}".upper())


@pytest.mark.parametrize("system", ["mccune-reischauer", "dprk"])
@given(surname=SURNAMES, first=SYLLABLES, second=SYLLABLES)
def test_breves_and_apostrophes_may_be_dropped(system: str, surname: str, first: str, second: str) -> None:
    plain = str.maketrans("ŏŭ", "ou", "'")
    family, one, two = (spell(syllable, SYSTEMS[system]).translate(plain) for syllable in (surname, first, second))
    assert (hangul_key(surname), hangul_key(first + second)) in keys(f"{family} {one}-{two}")


@pytest.mark.parametrize(
    ("latin", "hangul"),
    [
        ("Ri Chun Song", "리은성"),
        ("Kim Jeong-eun", "김종은"),
        ("Kim Chŏng-ŭn", "김종은"),
        ("Kim Jong-il", "김정은"),
        ("Pak Jong Un", "김정은"),
        ("Lim Jong Un", "김정은"),
        ("Jong, Un Kim", "김정은"),
    ],
)
def test_another_name_is_not_read_so(latin: str, hangul: str) -> None:
    assert read(latin)
    assert not keys(latin) & hangul_keys(hangul)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kim",
        "Martin Smith",
        "Kim Kardashian",
        "Catherine Kang",
        "Xi Jinping",
        "Kim J. Un 3",
        "Ким Иванов",
        "Владимир Путин",
        "Kim Ын",
        "Kim, Jong, Un",
        "Kim Jongun Minsu Hyeok",
    ],
)
def test_other_names_do_not_parse(text: str) -> None:
    assert read(text) == []


def test_a_reading_names_its_system_and_prints_the_name() -> None:
    cases = {
        "kim jeong-eun": ("revised", "Kim Jeong-eun"),
        "Kim Chŏng-ŭn": ("mccune-reischauer", "Kim Chŏng-ŭn"),
        "RI, Hong Il": ("dprk", "Ri Hong-il"),
        "Lee Myung-bak": ("customary", "Lee Myung-bak"),
        "Пак Кын Хе": ("kontsevich", "Пак Кын-хе"),
    }
    for text, expected in cases.items():
        reading = read(text)[0]
        assert (reading.system, reading.text) == expected


@given(st.one_of(st.text(max_size=60), st.text("aeouyhngkcj ',", max_size=80), st.text("аеоуынгкчхъ ,", max_size=80)))
def test_any_text_gives_few_readings_and_never_raises(text: str) -> None:
    found = read(text)
    assert len(found) <= 2 * MOST_READINGS
    assert all(sound.key.isascii() and sound.key.isalpha() for reading in found for sound in reading.sounds)


@pytest.mark.parametrize(
    "word", ["yeongyeongyeongyeong", "ngngngngngngngngngng", "ooooooooooooooooooo", "eoeueoeueoeueoeueo"]
)
def test_no_word_is_slow(word: str) -> None:
    start = process_time()
    read(f"{word} kim {word}")
    read(f"kim {word}")
    assert process_time() - start < 0.5


def test_the_revised_romanization_of_koroman_is_read() -> None:
    koroman = pytest.importorskip("koroman")
    names = [
        "정은",
        "민수",
        "영희",
        "철수",
        "혜진",
        "경희",
        "은영",
        "동현",
        "우성",
        "의석",
        "룡해",
        "원석",
        "귀남",
        "최근",
    ]
    for name in names:
        spelled = " ".join(koroman.romanize(syllable, use_pronunciation_rules=False) for syllable in name)
        assert ("kim", hangul_key(name)) in keys(f"kim {spelled}"), (name, spelled)
