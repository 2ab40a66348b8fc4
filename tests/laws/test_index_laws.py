"""The index loses nothing: what it offers, against brute force over names of all scripts."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screenkit import Policy, ScreenkitError, normalize
from screenkit.comparison.alignment import near_spans
from screenkit.comparison.bounds import SPACE_NUMBERS, SimilarityBound
from screenkit.comparison.compared_name import ComparedName
from screenkit.comparison.lookups import Lookup, asked_lookups, letter_class, radius, stored_lookups
from screenkit.comparison.own_words import RULES, asked_sounds, listed_sounds, near_sounds
from screenkit.comparison.readings import near_sound, part_of
from screenkit.comparison.score import NameScore, score_names, score_pairs
from screenkit.comparison.spans import Span, spans
from screenkit.model import Name, Role, Space, TokenKind
from screenkit.search.building import SALTS, SORTS
from screenkit.search.deletions import Deletions, Probe
from screenkit.search.index import NameIndex

#: The modules of the search by name, as they are installed and interpreted.
Both = Mapping[str, Mapping[str, ModuleType]]

#: By default one word in three is looked up among all, each with SCREENKIT_LAWS=full.
IS_SHORT = settings().max_examples < 100
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
    ("Maduro", "MADURO MOROS, Nicolas", "Мадуро", "President", "Mullah", "مادورو", "마두로", "Cilia Maduro"),
    ("Aleksandr", "Oleksandr", "Alexander", "Александр", "Олександр"),
    ("Lavrov", "Lavrova", "Lawrow", "Лавров", "Лаврова", "Ivanovich", "Иванович", "Ivanovna"),
    ("Putin", "Poutine", "Путин", "Sergeevich", "Сергеевич"),
    ("44", "45", "3", "III", "IV", "Third", "Fund", "No. 9", "№ 9", "x", "J.", "K", "V.", "S.A.", "В."),
    ("Trading", "贸易", "торговля", "무역", "Bank", "银行", "банк", "은행", "Co Ltd", "有限公司", "ООО", "LLC"),
    ("China", "中国", "Iran", "Iraq", "Korea", "조선", "Banking", "Brandname", "Brand name"),
    ("Müller", "Mueller", "Muller", "Straße", "O'Brien", "Obrien", "Nguyễn", "Nguyen", "Đức", "Duc"),
    ("Giorgos", "Γιώργος", "Giorgi", "გიორგი", "Tigran", "Տիգրան", "Yitzhak", "יצחק"),
    ("Barack", "贝拉克", "バラク", "버락", "Obama", "奥巴马", "オバマ", "오바마", "Jacques", "雅克", "Ch"),
    ("Barack Obama", "贝拉克·奥巴马", "バラク・オバマ", "Wladimir", "블라디미르", "Kim Popov", "김 포포프"),
    ("Yuri Ushakov", "Jurijs Ušakovs", "Jurijus Ušakovas", "Γιούρι Ουσακόφ", "Putin", "პუტინი", "Szergej", "Csajka"),
    ("Osvaldo", "أوزفالدو", "Chiara", "קיארה", "Renault", "Camacho", "קמאצ'ו", "Tsankov", "تسانكوف"),
    ("Zelensky", "젤렌스키", "泽连斯基", "Schröder", "施罗德", "シュレーダー"),
    ("광선", "광선은행", "光鲜", "Kwangson", "Kwang Son", "Kwangson Bank", "Gwangseon", "금강산", "Kum Gang San"),
    ("압록강", "천리마", "Amrokgang", "Chollima", "Chol Lima", "조선백호무역회사", "Korea Paekho Trading Corp"),
    ("至诚", "至誠", "Zhicheng", "Chih Ch'eng", "Chi Shing", "至诚公司", "新长江", "Hsin Chang Chiang", "Chihcheng Co"),
    ("ရန်ကုန်", "สมชาย", "ヤマハ", "もも", "田中", "★", "∞", "ᚠᚢᚦ", "ﷺ", "Dr", "Haji", "Sheikh", "الشيخ"),
)
WORDS = tuple(word for line in VARIANTS for word in line)
#: The other spellings of a word: those of all lines it stands in.
SPELLINGS = {word: [other for line in VARIANTS if word in line for other in line] for word in WORDS}


@st.composite
def edited(draw: st.DrawFn, word: str) -> str:
    """A word with a letter dropped, added, changed or swapped."""
    slip = draw(st.sampled_from(["drop", "add", "change", "swap"]))
    at = draw(st.integers(0, max(len(word) - 2, 0)))
    letter = draw(st.sampled_from("aeiounhgyk0 -и东"))
    return {
        "drop": word[:at] + word[at + 1 :] or word,
        "add": word[:at] + letter + word[at:],
        "change": word[:at] + letter + word[at + 1 :],
        "swap": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }[slip]


@st.composite
def respelled(draw: st.DrawFn, word: str) -> str:
    """A word as somebody else writes it: another spelling or script, an initial, split, with up to two slips."""
    word = draw(st.sampled_from(SPELLINGS.get(word, [word]))) if draw(st.booleans()) else word
    change = draw(st.sampled_from(["", "", "one slip", "two slips", "initial", "split"]))
    if change == "initial":
        return f"{word[0]}."
    if change == "split":
        at = draw(st.integers(0, len(word)))
        return f"{word[:at]} {word[at:]}"
    for _ in range(("", "one slip", "two slips").index(change)):
        word = draw(edited(word))
    return word


listed_words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8)


def named(words: Sequence[str], glue: str, has_comma: bool) -> Name:
    """A name of words, the first two perhaps written together, the first perhaps before a comma."""
    text = f"{words[0]}{glue}{' '.join(words[1:])}" if len(words) > 1 else words[0]
    try:
        return normalize(text.replace(" ", ", ", 1) if has_comma else text)
    except ScreenkitError:
        # Nothing but marks: no name by itself.
        return normalize(f"{text} Kim")


@st.composite
def texts(draw: st.DrawFn, words: Sequence[str]) -> Name:
    """A name made of words as they are."""
    return named(words, draw(st.sampled_from([" ", " ", " ", "", "-"])), draw(st.integers(0, 4)) == 0)


@st.composite
def names(draw: st.DrawFn) -> Name:
    """One to eight words, each perhaps misspelled."""
    words = [draw(respelled(word)) for word in draw(listed_words)]
    return draw(texts(words))


@st.composite
def searches(draw: st.DrawFn) -> tuple[Name, list[Name]]:
    """A list of names, and one of its names as somebody else writes it, words left out, added or turned round."""
    listed = draw(st.lists(listed_words, min_size=2, max_size=6))
    words = [draw(respelled(word)) for word in draw(st.sampled_from(listed))]
    change = draw(st.sampled_from(["", "", "drop", "add", "turn"]))
    if change == "drop":
        del words[draw(st.integers(0, len(words) - 1))]
    elif change == "add":
        words.append(draw(st.sampled_from(WORDS)))
    elif change == "turn":
        words = [*words[1:], words[0]]
    query = draw(texts(words or listed[0]))
    return query, [draw(texts(one)) for one in listed]


def assert_nothing_is_lost(queries: Iterable[Name], listed: Sequence[Name], both: Both) -> int:
    """Score every pair: at every threshold that it reaches, a name has to be offered, and weighed to the same score.

    The tightest threshold is the score itself. Both forms of the search are held against the same scores. Returns the
    count of pairs that reach the lowest.
    """
    indexes: list[NameIndex] = [
        modules["screenkit.search.index"].NameIndex(listed, POLICY) for modules in both.values()
    ]
    hits = 0
    for query in queries:
        compared = ComparedName.of(query, POLICY)
        scores = [score_names(query, name, POLICY) for name in listed]
        for index in indexes:
            assert_all_are_offered(compared, scores, listed, index)
        hits += sum(score.points >= THRESHOLDS[0] for score in scores)
    return hits


def assert_all_are_offered(
    compared: ComparedName, scores: Sequence[NameScore], listed: Sequence[Name], index: NameIndex
) -> None:
    """One query against one index: what it offers at each threshold, and what that is weighed to."""
    points = [score.points for score in scores]
    for threshold in sorted({*THRESHOLDS, *(reached for reached in points if reached >= THRESHOLDS[0])}):
        offered = [at for at, _ in index.candidates(compared, threshold)]
        assert offered == sorted(set(offered))
        lost = [at for at, reached in enumerate(points) if reached >= threshold and at not in offered]
        assert not lost, (threshold, compared.name.text, [(listed[at].text, points[at]) for at in lost])
    scored = 0
    for at, pairs in index.candidates(compared, THRESHOLDS[0]):
        name = index.name(at, lambda at: listed[at].text)
        found = score_pairs(compared, name, pairs, THRESHOLDS[0], POLICY)
        scored += found is not None
        assert (found is not None) == (points[at] >= THRESHOLDS[0])
        assert found is None or shown(found) == shown(scores[at])
    assert scored == sum(reached >= THRESHOLDS[0] for reached in points)


def shown(score: NameScore) -> object:
    """All that is seen of a score."""
    return score.points, score.is_equal, score.evidence, score.readings


@given(search=searches())
def test_every_name_that_reaches_a_threshold_is_offered_there_and_weighed_to_its_score(
    both_searches: Both, search: tuple[Name, list[Name]]
) -> None:
    query, listed = search
    assert_nothing_is_lost([query, listed[0]], listed, both_searches)


@pytest.mark.parametrize("line", VARIANTS, ids=[line[0] for line in VARIANTS])
def test_every_spelling_of_a_word_is_offered_beside_every_other(line: tuple[str, ...], both_searches: Both) -> None:
    words = [normalize(word) for word in line]
    beside = [normalize(f"{word} Karimov 7") for word in line] + [normalize(f"Li, {word}") for word in line]
    assert assert_nothing_is_lost(words + beside, words + beside, both_searches)


@pytest.mark.proofs
def test_an_index_of_the_words_of_all_scripts_loses_no_pair(both_searches: Both) -> None:
    everything = [normalize(word) for word in dict.fromkeys(WORDS)]
    asked = everything[:: 3 if IS_SHORT else 1]
    assert assert_nothing_is_lost(asked, everything, both_searches) > len(asked)


def kept(stored: Sequence[Lookup]) -> Probe:
    """Lookups as the index keeps them."""
    salts = SALTS[[SORTS[one.space, one.is_latin] for one in stored]]
    radii, reaches = (
        np.array(values, dtype=np.uint8) for values in ([one.radius for one in stored], [one.reach for one in stored])
    )
    return Probe(Deletions.of([one.key for one in stored], salts, radii, reaches))


def found_by(probe: Probe, asked: Lookup) -> list[int]:
    """The lookups, by position, that the index brings together with one."""
    count = probe.find(asked.key, int(SALTS[SORTS[asked.space, asked.is_latin]]), asked.radius, int(asked.reach))
    return list(probe.found[:count])


def share_a_form(one: Lookup, other: Lookup) -> bool:
    """Whether the index brings two lookups together, the second one's key stored."""
    return found_by(kept([other]), one) == [0]


def most_by_lookups(query: Span, listed: Span) -> int:
    """The most that the index takes two spans of organizations to be alike; 0 where it does not bring them together."""
    kinds = (query.token.kind, listed.token.kind)
    is_initial = TokenKind.INITIAL in kinds and letter_class(query.token.key[0]) == letter_class(listed.token.key[0])
    stored, probe = kept_lookups(listed)
    keys = [one.key for one in stored]
    letters, starts = array("I", map(ord, "".join(keys))), array("i", accumulate(map(len, keys), initial=0))
    bound = SimilarityBound(letters, starts, POLICY)
    most = 0
    words = 1 if query.is_compound else len(query.at)
    for asked in (*asked_lookups(query.token, POLICY, words=words), *asked_sounds(query.token)):
        bound.ask(asked.key)
        for number in found_by(probe, asked):
            most = max(most, bound.most(number, SPACE_NUMBERS[asked.space], int(asked.reach), asked.least))
    return most or is_initial * POLICY.initial_similarity


@lru_cache(maxsize=4_096)
def kept_lookups(span: Span) -> tuple[list[Lookup], Probe]:
    """A listed span's lookups as the index keeps them."""
    stored = stored_lookups(span.token, words=1 if span.is_compound else len(span.at)) + listed_sounds(span.token)
    return stored, kept(stored)


@given(searches())
def test_spans_that_are_near_have_lookups_that_meet_and_are_no_more_alike_than_these_say(
    search: tuple[Name, list[Name]],
) -> None:
    query, listed = search
    for one in spans(query):
        for name in listed:
            for other in spans(name):
                most = most_by_lookups(one, other)
                for found in (near_spans(one, other, POLICY), near_sounds(one, other, RULES, POLICY)):
                    assert found is None or 0 < found.similarity <= most, (one.token, other.token, found, most)


@given(names())
def test_every_span_has_lookups_that_are_not_empty_and_finds_itself(name: Name) -> None:
    for span in spans(name):
        words = 1 if span.is_compound else len(span.at)
        assert all(one.key for one in stored_lookups(span.token, words=words))
        if words == 1:
            assert most_by_lookups(span, span) == 10_000


@given(searches())
def test_readings_that_are_near_have_given_names_that_meet(search: tuple[Name, list[Name]]) -> None:
    query, listed = search
    for one in query.readings[1:]:
        for other in (reading for name in listed for reading in name.readings[1:] if reading.space is one.space):
            mine, theirs = part_of(one, Role.GIVEN), part_of(other, Role.GIVEN)
            if mine and theirs and near_sound(one.space, mine.key, theirs.key):
                assert share_a_form(sound(one.space, mine.key), sound(one.space, theirs.key)), (mine, theirs)


def sound(space: Space, key: str) -> Lookup:
    """A given name as the index looks it up."""
    return Lookup(space, False, key, radius(space, key))


sound_keys = st.text(st.sampled_from("aeiouvknmptsclxhyw"), min_size=1, max_size=12)
syllables = st.sampled_from(
    ("zhang", "zang", "shan", "san", "shang", "lin", "nin", "ling", "min", "ming", "ka", "ciu", "li", "ni", "chun")
)
chinese_keys = st.lists(syllables, min_size=1, max_size=3).map("-".join)


@given(st.sampled_from([Space.KOREAN, Space.CHINESE, Space.JAPANESE]), st.data())
def test_sounds_that_are_near_meet_and_nearness_is_symmetric(space: Space, data: st.DataObject) -> None:
    keys = chinese_keys if space is Space.CHINESE else sound_keys
    one = data.draw(keys)
    at = data.draw(st.integers(0, len(one)))
    other = data.draw(keys | st.sampled_from([one[:at] + one[at + 1 :], f"{one[:at]}h{one[at:]}", f"{one}g"]))
    points = near_sound(space, one, other)
    assert points == near_sound(space, other, one)
    assert near_sound(space, one, one) == 10_000
    if points:
        assert share_a_form(sound(space, one), sound(space, other))


def offered(query: Name, listed: Name, points: int) -> list[int]:
    """Whether an index of one name offers it at some points."""
    return [at for at, _ in NameIndex([listed], POLICY).candidates(ComparedName.of(query, POLICY), points)]


def test_an_initial_finds_the_compound_it_stands_for() -> None:
    query, listed = normalize("A. Bashir Karim"), normalize("Abd al-Rahman Bashir Karim")
    points = score_names(query, listed, POLICY).points
    assert points > 7_500
    assert offered(query, listed, points) == [0]


def test_words_longer_than_the_index_looks_up_are_equal_or_nothing() -> None:
    query = normalize("Водоканалстройэнергомонтажналадкасервис")
    listed = normalize("Vodokanalstroyenergomontazhnaladkaservic")
    points = score_names(query, listed, POLICY).points
    assert points == 0 or offered(query, listed, points) == [0]
