"""Keys of Arabic, Persian, Urdu and Hebrew names: spellings of one name meet, different names stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from screenkit.names.arabic.compounds import is_particle, join_compounds
from screenkit.names.arabic.latin import MOST_KEYS, latin_key, latin_keys
from screenkit.names.arabic.measure import RADIUS, edits_allowed, parts, similarity, skeleton
from screenkit.names.arabic.script import NAMES, _letters, native_keys, printed
from screenkit.names.clean import clean
from screenkit.names.split import split_words

#: Spellings of one name are at least so near, different names below.
SAME = 9_000
DIFFERENT = 8_300

ARABIC_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىءآأؤإئةپچژگکیٹڈڑںھہ"
LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz'āīūḥṣš"
keys = st.one_of(
    st.text(ARABIC_LETTERS, max_size=12).map(lambda word: next(iter(native_keys(word)), "")),
    st.text(LATIN_LETTERS, max_size=14).map(latin_key),
    st.sampled_from(["Muhammad", "Mohamed", "Hassan", "Hussein", "Abdulrahman", "Salim", "Ali"]).map(latin_key),
    st.text("oweyaiu'btvjchxdpzrsfqkglmn", max_size=16),
)


def near(one: str, other: str) -> int:
    """The nearness of two words in whatever script."""
    return max((similarity(a, b) for a in keys_of(one) for b in keys_of(other)), default=0)


def keys_of(name: str) -> tuple[str, ...]:
    words = split_words(clean(name)[0])
    spans = join_compounds(words)
    text = "".join(word.text for start, stop in spans for word in words[start:stop])
    return latin_keys(text) if words[0].script == "Latin" else native_keys(text)


@given(st.text())
def test_any_text_has_a_bounded_number_of_keys_of_key_letters(word: str) -> None:
    for found in (native_keys(word), latin_keys(word)):
        assert len(found) <= MOST_KEYS
        assert all(key and set(key) <= set("oweyaiu'btvjchxdpzrsfqkglmn") for key in found)
    assert isinstance(printed(word), str)


@given(st.lists(st.text(min_size=1), max_size=8))
def test_spans_are_ordered_and_leave_out_articles_only(texts: list[str]) -> None:
    words = split_words(clean(" ".join(texts))[0])
    stops = [0]
    for start, stop in join_compounds(words):
        assert stops[-1] <= start < stop <= len(words)
        stops.append(stop)


@given(keys, keys)
def test_nearness_is_symmetric_bounded_and_full_for_equal_keys(one: str, other: str) -> None:
    found = similarity(one, other)
    assert 0 <= found <= 10_000
    assert found == similarity(other, one)
    assert similarity(one, one) == 10_000


@given(keys, keys)
def test_nearness_is_zero_outside_the_radius_of_the_skeletons(one: str, other: str) -> None:
    a, b = skeleton(one), skeleton(other)
    shorter = min(len(a), len(b))
    if OSA.distance(a, b) > edits_allowed(shorter):
        assert similarity(one, other) == 0


@given(keys, st.sampled_from("btjhdrskmln"), st.integers(0, 12))
def test_the_radius_is_used(key: str, letter: str, at: int) -> None:
    """One consonant more in a long word leaves it near, in a short one not."""
    longer = key[:at] + letter + key[at:]
    if OSA.distance(skeleton(longer), skeleton(key)) == 1:
        short = min(len(skeleton(key)), len(skeleton(longer))) < RADIUS[0]
        assert (similarity(key, longer) == 0) == short


APART = [
    ("Hasan", "Hussein"),
    ("حسن", "Hussein"),
    ("حسين", "Hassan"),
    ("Ali", "Alaa"),
    ("علي", "Alaa"),
    ("علاء", "Ali"),
    ("سليم", "Salam"),
    ("سلام", "Salim"),
    ("محمود", "Mohammad"),
    ("محمد", "Mahmoud"),
    ("Mahmud", "Muhammad"),
    ("كريم", "Karam"),
    ("حميد", "Hamad"),
    ("أحمد", "Hamad"),
    ("أحمد", "Mahmoud"),
    ("خالد", "Khalil"),
    ("فريد", "Fuad"),
    ("سعد", "Saud"),
    ("سعد", "Saeed"),
    ("سعيد", "Saad"),
    ("سعود", "Said"),
    ("طارق", "Tariki"),
    ("ناصر", "Nasir al-Din"),
    ("قاسم", "Qasimi"),
    ("عمر", "Amir"),
    ("عبدالرحمن", "Abdulrahim"),
    ("عبدالله", "Abdulaziz"),
    ("نور", "Nuri"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert near(one, other) < DIFFERENT


def test_letters_and_romanization_of_the_table_of_names_agree() -> None:
    assert len(NAMES) > 100
    for native, latin in NAMES.items():
        letters, romanized = parts(_letters(native)), parts(latin_key(latin))
        assert letters.skeleton == romanized.skeleton, (native, latin)
        assert len(letters.slots) == len(romanized.slots), (native, latin)


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("Abd al-Rahman al-Tikriti", ["abdalrahman", "tikriti"]),
        ("Abdul Rahman bin Said", ["abdulrahman", "bin", "said"]),
        ("Saif Allah Hasan", ["saifallah", "hasan"]),
        ("Salah ad-Din Omar", ["salahaddin", "omar"]),
        ("Abu Bakr as-Siddiq", ["abu", "bakr", "siddiq"]),
        ("Ad Darrat", ["darrat"]),
        ("As Darrat", ["as", "darrat"]),
        ("Abdo Al-Sikhni", ["abdo", "sikhni"]),
        ("Ali", ["ali"]),
        ("Al", ["al"]),
        ("عبد الرحمن بن سيف الله", ["عبدالرحمن", "بن", "سيفالله"]),
        ("نور الدين علي", ["نورالدين", "علي"]),
    ],
)
def test_compounds_are_one_unit(name: str, units: list[str]) -> None:
    words = split_words(clean(name)[0])
    assert ["".join(word.text for word in words[a:b]) for a, b in join_compounds(words)] == units


def test_particles_are_known_in_both_scripts() -> None:
    assert all(map(is_particle, ["bin", "ibn", "ben", "bint", "abu", "abou", "umm", "بن", "ابن", "أبو", "بنت"]))
    assert not any(map(is_particle, ["binali", "ali", "علي", "abbas", "ibrahim"]))


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("محمد", "Muhammad"),
        ("القذافي", "Qadhdhafi"),
        ("فرزات", "Farzat"),
        ("شکارچی", "Shakarchi"),
        ("عيسى", "Isa"),
        ("", ""),
    ],
)
def test_printed_is_readable(native: str, latin: str) -> None:
    assert printed(native) == latin


def test_a_run_of_letters_longer_than_any_name_has_no_key() -> None:
    assert native_keys("م" * 4_096) == ()
    assert latin_keys("a" * 4_096) == ()
    assert native_keys("12") == latin_keys("12") == ()
