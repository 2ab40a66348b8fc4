"""The index loses nothing: what it offers, against brute force over names of all scripts and over published ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from screenkit import Policy, ScreenkitError, normalize, read
from screenkit.index import NameIndex, deletions
from screenkit.model import Name, Space, TokenKind
from screenkit.nearness import RADII, lookups, near_sound
from screenkit.score import Span, near_spans, score_names, spans

POLICY = Policy()
#: From what the search looks for at the lowest threshold (the floor less what facts add) up to the full score.
THRESHOLDS = (4_400, 5_000, 6_500, 7_500, 9_000, 10_000)

# One line for each way in which two names can be one: spellings of a word across scripts, compounds, splits,
# homophones, readings, classes, particles, terms, symbols and scripts without a table.
VARIANTS = (
    ("Abd al-Rahman", "Abdulrahman", "Abdel Rahman", "Abd ar Rahman", "عبد الرحمن", "عبدالرحمن"),
    ("Salah al-Din", "Salahuddin", "Salah ad-Din", "صلاح الدين", "Saif Allah", "Saifullah", "سيف الله"),
    ("Abu Bakr", "Abubakr", "أبو بكر", "bin", "ibn", "بن", "al", "el", "van", "van der", "de la", "von", "Ben"),
    ("Mohammed", "Muhammad", "محمد", "Mahmoud", "محمود", "Hasan", "حسن", "Hussein", "حسين", "Ali", "علي"),
    ("Hong", "Xiang", "Hongxiang", "Hong-xiang", "洪祥", "鸿祥", "鴻祥"),
    ("Kim Jong Un", "Kim Jong-un", "Kim Jeong-eun", "김정은", "김종은", "金正恩", "Ким Чен Ын"),
    ("Ri Hong Il", "Lee Hong-il", "리홍일", "이홍일", "李红日", "Ли Хон Иль"),
    ("Mao Zedong", "Mao Tse-tung", "毛泽东", "毛澤東", "Мао Цзэдун"),
    ("Lee Ka-chiu", "李家超", "Ouyang Xiu", "欧阳修", "Ma Xiaohong", "马小红", "马晓红"),
    ("Vladimir", "Volodymyr", "Wladimir", "Владимир", "Володимир", "Уладзімір"),
    ("Aleksandr", "Oleksandr", "Alexander", "Александр", "Олександр"),
    ("Lavrov", "Lavrova", "Lawrow", "Лавров", "Лаврова", "Ivanovich", "Иванович", "Ivanovna"),
    ("Putin", "Poutine", "Путин", "Sergeevich", "Сергеевич"),
    ("44", "45", "3", "III", "IV", "Third", "Fund", "No. 9", "№ 9", "x", "J.", "K", "V.", "S.A.", "В."),
    ("Trading", "贸易", "торговля", "무역", "Bank", "银行", "банк", "은행", "Co Ltd", "有限公司", "ООО", "LLC"),
    ("China", "中国", "Iran", "Iraq", "Korea", "조선", "Banking", "Brandname", "Brand name"),
    ("Müller", "Mueller", "Muller", "Straße", "O'Brien", "Obrien", "Nguyễn", "Nguyen", "Đức", "Duc"),
    ("Giorgos", "Γιώργος", "Giorgi", "გიორგი", "Tigran", "Տիգրան", "Yitzhak", "יצחק"),
    ("ရန်ကုန်", "สมชาย", "ヤマハ", "もも", "田中", "★", "∞", "ᚠᚢᚦ", "ﷺ", "Dr", "Haji", "Sheikh", "الشيخ"),
)
WORDS = tuple(word for line in VARIANTS for word in line)


@st.composite
def spelled(draw: st.DrawFn) -> str:
    """A word of the table, sometimes with a letter dropped, added, changed or swapped."""
    word = draw(st.sampled_from(WORDS))
    slip = draw(st.sampled_from(["", "", "", "drop", "add", "change", "swap"]))
    at = draw(st.integers(0, max(len(word) - 2, 0)))
    letter = draw(st.sampled_from("aeiounhgyk -и东"))
    return {
        "": word,
        "drop": word[:at] + word[at + 1 :] or word,
        "add": word[:at] + letter + word[at:],
        "change": word[:at] + letter + word[at + 1 :],
        "swap": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }[slip]


@st.composite
def names(draw: st.DrawFn) -> Name:
    """One to five words in any order, spaced, run together, or the first before a comma."""
    words = draw(st.lists(spelled(), min_size=1, max_size=5))
    text = draw(st.sampled_from([" ", " ", " ", "", "-"])).join(words)
    if draw(st.integers(0, 4)) == 0:
        text = text.replace(" ", ", ", 1)
    try:
        return normalize(text)
    except ScreenkitError:
        return normalize(f"{text} Kim")


def assert_nothing_is_lost(queries: Iterable[Name], listed: Sequence[Name]) -> int:
    """Score every pair; what reaches a threshold has to be among what the index offers there. Returns the hits."""
    index = NameIndex(listed, POLICY)
    hits = 0
    for query in queries:
        points = [score_names(query, name, POLICY).points for name in listed]
        for threshold in THRESHOLDS:
            offered = set(index.candidates(query, threshold).tolist())
            for at, reached in enumerate(points):
                if reached < threshold:
                    continue
                hits += 1
                assert at in offered, (threshold, reached, query.text, listed[at].text)
    return hits


@given(st.lists(names(), min_size=2, max_size=7), names())
def test_every_name_that_reaches_a_threshold_is_offered_there(listed: list[Name], query: Name) -> None:
    assert_nothing_is_lost([query, listed[0]], listed)


@pytest.mark.parametrize("line", VARIANTS, ids=[line[0] for line in VARIANTS])
def test_every_spelling_of_a_word_is_offered_beside_every_other(line: tuple[str, ...]) -> None:
    words = [normalize(word) for word in line]
    beside = [normalize(f"{word} Karimov 7") for word in line] + [normalize(f"Li, {word}") for word in line]
    assert assert_nothing_is_lost(words + beside, words + beside)


def test_an_index_of_the_words_of_all_scripts_loses_no_pair() -> None:
    everything = [normalize(word) for word in dict.fromkeys(WORDS)]
    assert assert_nothing_is_lost(everything, everything) > len(everything)


def is_within_reach(space: Space, one: str, other: str) -> bool:
    """Whether the deletion neighbourhoods that the index stores for two keys of a space meet."""
    forms = (set(deletions(key, RADII[space](len(key)))) for key in (one, other))
    return not set.isdisjoint(*forms)


def has_reach(one: Span, other: Span) -> bool:
    """Whether two spans have lookup keys of one space within reach of each other, or are an initial and its word."""
    if TokenKind.INITIAL in (one.token.kind, other.token.kind) and one.token.key[0] == other.token.key[0]:
        return True
    theirs = list(lookups(other.token, is_joined=other.is_joined))
    return any(
        space is their_space and is_within_reach(space, key, their_key)
        for space, key in lookups(one.token, is_joined=one.is_joined)
        for their_space, their_key in theirs
    )


@given(names(), names())
def test_words_that_are_near_have_lookup_keys_within_the_radius(one: Name, other: Name) -> None:
    for left in spans(one, POLICY):
        assert all(key for _, key in lookups(left.token, is_joined=left.is_joined))
        for right in (*spans(other, POLICY), left):
            found = near_spans(left, right, POLICY)
            if found is not None:
                assert 0 < found.similarity <= 10_000
                assert has_reach(left, right), (left.token, right.token, found)


@given(names(), names())
def test_readings_that_are_near_have_given_names_within_the_radius(one: Name, other: Name) -> None:
    for left in one.readings[1:]:
        for right in other.readings[1:]:
            if left.space is not right.space:
                continue
            for mine in left.sounds:
                for theirs in right.sounds:
                    if near_sound(left.space, mine.key, theirs.key):
                        assert is_within_reach(left.space, mine.key, theirs.key), (mine, theirs)


sound_keys = st.text(st.sampled_from("aeiouvknmptsclxhyw"), min_size=1, max_size=12)
syllables = st.sampled_from(
    (
        "zhang",
        "zang",
        "shan",
        "san",
        "shang",
        "lin",
        "nin",
        "ling",
        "min",
        "ming",
        "ka",
        "ciu",
        "li",
        "ni",
        "chun",
        "cun",
    )
)
chinese_keys = st.lists(syllables, min_size=1, max_size=3).map("-".join)


@given(st.sampled_from([Space.KOREAN, Space.CHINESE]), st.data())
def test_sounds_that_are_near_are_within_the_radius_and_nearness_is_symmetric(
    space: Space, data: st.DataObject
) -> None:
    keys = sound_keys if space is Space.KOREAN else chinese_keys
    one = data.draw(keys)
    at = data.draw(st.integers(0, len(one)))
    other = data.draw(keys | st.sampled_from([one[:at] + one[at + 1 :], f"{one[:at]}h{one[at:]}", f"{one}g"]))
    points = near_sound(space, one, other)
    assert points == near_sound(space, other, one)
    assert near_sound(space, one, one) == 10_000
    if points:
        assert is_within_reach(space, one, other)


@given(st.text(st.sampled_from("abdn"), max_size=9), st.text(st.sampled_from("abdn"), max_size=9), st.integers(0, 2))
def test_two_keys_within_some_edits_share_a_form_with_as_many_letters_deleted(one: str, other: str, edits: int) -> None:
    if OSA.distance(one, other) <= edits:
        assert not set(deletions(one, edits)).isdisjoint(deletions(other, edits))


def test_an_initial_finds_the_compound_it_stands_for() -> None:
    query, listed = normalize("A. Bashir Karim"), normalize("Abd al-Rahman Bashir Karim")
    points = score_names(query, listed, POLICY).points
    assert points > 7_500
    assert NameIndex([listed], POLICY).candidates(query, points).tolist() == [0]


def test_words_longer_than_the_index_looks_up_are_equal_or_nothing() -> None:
    query = normalize("Водоканалстройэнергомонтажналадкасервис")
    listed = normalize("Vodokanalstroyenergomontazhnaladkaservic")
    points = score_names(query, listed, POLICY).points
    assert points == 0 or NameIndex([listed], POLICY).candidates(query, points).tolist() == [0]


def misspelled(text: str, chance: random.Random) -> str:
    """A name as somebody else types it: a letter dropped or swapped, a word left out, the words turned round."""
    words = text.split()
    at = chance.randrange(max(len(text) - 1, 1))
    return chance.choice(
        (
            text,
            text[:at] + text[at + 1 :],
            text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
            " ".join(words[1:] or words),
            " ".join(reversed(words)).replace(",", ""),
            "".join(words[:2]) + " " + " ".join(words[2:]),
        )
    )


def test_published_names_lose_nothing_against_brute_force(shared: Callable[[str], Path]) -> None:
    chance = random.Random(20210707)
    ofac = read("us_ofac_sdn", shared("lists/us_ofac_sdn/2021-07-07"))
    latin = sorted({name.text for designation in ofac for name in designation.names})
    canada = read("ca_sema", shared("lists/ca_sema/2025-03-20"))
    written = {name.text for designation in canada for name in designation.names}
    native = sorted(text for text in written if not text.isascii() and len(text) < 60)
    texts = [*chance.sample(latin, 1_000), *chance.sample(native, 500)]
    queries = [
        misspelled(text, chance) for text in (*chance.sample(texts[:1_000], 35), *chance.sample(texts[1_000:], 25))
    ]
    hits = assert_nothing_is_lost(map(normalize, queries), [normalize(text) for text in texts])
    assert hits > 120
