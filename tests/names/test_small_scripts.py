"""Greek, Armenian and Georgian words in Latin, by their passport systems; Burmese by its syllables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit import compare, normalize
from screenkit.names.clean import clean
from screenkit.names.small_scripts import keys
from screenkit.names.small_scripts.burmese import burmese, is_one_syllable
from screenkit.names.small_scripts.devanagari import devanagari
from screenkit.names.small_scripts.spelling import armenian, georgian, greek
from screenkit.names.syllables import syllables

GREEK = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"
ARMENIAN = "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև"
BURMESE = "ကခဂစဇညတထဒနပဖဗမယရလဝသဟအဣဦဿာါိီုူေဲံ့း္်ျြွှ"
HINDI = "कखगचजटडणतदनपफबमयरलवशसहअआइईउऊएऐओऔािीुूेैोौ्ंँः़"
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


@given(st.text(BURMESE))
def test_burmese_syllables_are_the_text_and_each_is_read_in_bounded_length(myanmar: str) -> None:
    parts = syllables(myanmar)
    assert "".join(parts) == myanmar
    for part in parts:
        assert burmese(part).isascii()
        assert len(burmese(part)) <= 6 * len(part)


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("မင်းအောင်လှိုင်", "min aung hlaing"),
        ("မြထွန်းဦး", "mya htun oo"),
        ("ခင်သီရိသက်မွန်", "khin thiri thet mon"),
        ("အောင်ပြည့်စုံ", "aung pyae sone"),
        ("ကိုကိုဦး", "ko ko oo"),
        ("ခင်မောင်ဆွေ", "khin maung swe"),
        ("သန္တာမင်္ဂလာ", "thandar minga lar"),
    ],
)
def test_a_burmese_name_is_read_syllable_by_syllable(native: str, latin: str) -> None:
    assert " ".join(token.key for token in normalize(native).tokens) == latin


def test_the_order_in_which_tones_and_vowels_are_typed_does_not_matter() -> None:
    assert clean("မြင\u103a\u1037")[0] == clean("မြင\u1037\u103a")[0]
    assert burmese("မ\u102f\u102dး") == burmese("မ\u102d\u102fး") == "moe"
    assert burmese("ပါ") == burmese("ပာ")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("htun", "tun", True),
        ("khaing", "khine", True),
        ("zar", "za", True),
        ("kyi", "gyi", True),
        ("thein", "shein", False),
        ("than", "thaw", False),
    ],
)
def test_spellings_of_one_syllable(one: str, other: str, expected: bool) -> None:
    assert is_one_syllable(one, other) is expected


def test_a_syllable_that_one_burmese_name_lacks_makes_it_another_name() -> None:
    whole = compare("ဟိန်းထက်", "HTET, Hein")
    longer = compare("ဟိန်းထက်ရတနာ", "HTET, Hein")
    assert whole.points == 10_000
    assert longer.points < 6_000
    assert [one.points < 0 for one in longer.evidence if one.kind.value == "unmatched word"] == [True]


def test_vowel_signs_are_a_part_of_their_words() -> None:
    """They were taken for what is between two words, and short names for names written letter by letter."""
    for text in ("नरेन्द्र मोदी", "সীতা গীতা", "ហ៊ុន សែន", "மு க"):
        assert len(normalize(text).tokens) == 2
    assert normalize("मीनाकी सीताकी").cleaned == "मीनाकी सीताकी"


@given(st.text(HINDI))
def test_a_word_of_hindi_is_read_in_bounded_length(hindi: str) -> None:
    assert devanagari(hindi).isascii()
    assert len(devanagari(hindi)) <= 4 * len(hindi)
