"""The laws of the score under any policy: each is headed by the sentence it proves."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import assume, example, given
from hypothesis import strategies as st

from screenkit import EvidenceKind, Policy, normalize
from screenkit.comparison.alignment import Alike
from screenkit.comparison.score import score_names
from screenkit.comparison.similarity import Near
from screenkit.comparison.spans import Words
from screenkit.comparison.weighing import weigh
from screenkit.model import TokenKind

#: Beginnings and ends of names that no list has, no letter in common, so that only what a law is about is alike.
SURNAMES = ("Brandokov", "Zhukhimet", "Lesterin", "Wolfendal")
GIVEN = ("Mikhail", "Ivan", "Pyotr", "Boris")
PATRONYMICS = ("Yurevich", "Ivanovich", "Петрович", "Andreevna")
TEXTS = (
    "Mikhail Yur'evich Pisklin", "PISKLIN, Mikhail", "Salman bin Muhammad", "Muhammad bin Salman",
    "Abd al-Rahman Karim", "Abdulrahman Karimi", "Hong Xiang Trading Co., Ltd.", "Hongxiang",
    "Brigade 44", "Brigade 45 Ltd", "44", "J. Karim", "김정은", "Kim Jong Un", "金正恩", "马小红", "马晓红",
    "မိုးမြင့်ထွန်း", "TUN, Moe Myint",
    "Ma Xiaohong", "Mao Tse-tung", "毛泽东", "بن محمد سلمان", "Trading Trading", "Bank", "S.A.", "bin",
    "Dr", "Юлія Тимошенко", "Tymoshenko", "Mundo Bank", "World Bank",
)  # fmt: skip
names = st.sampled_from(TEXTS)

#: Weights of nought, shares of nothing and of more than everything, and the two ends of what a share may be.
amounts = st.sampled_from([0, 1, 2, 40, 99, 100, 250, 10_000, 1_000_000])
#: The numbers that decide a score; how many reviewers a clearance needs decides none.
_INTS = [one.name for one in attrs.fields(Policy) if str(one.type) == "int" and one.name != "required_reviewers"]
_BOUNDED = {"ceiling": 10_000, "same_script_cap": 10_000, "surname_share": 100, "joined_deduction": 10_000,
            "initial_similarity": 10_000, "misread_similarity": 10_000, "misspelled_similarity": 10_000,
            "translated_similarity": 10_000, "class_similarity": 10_000, "sound_similarity": 10_000,
            "native_edit_cap": 10_000, "near_concept_similarity": 10_000, "least_weight_share": 100,
            "weakest_share": 100}  # fmt: skip


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A policy with some of its numbers at their extremes, no similarity or share above what one can be."""
    chosen = draw(st.lists(st.sampled_from(_INTS), max_size=8, unique=True))
    numbers: dict[str, Any] = {name: min(draw(amounts), _BOUNDED.get(name, 1_000_000)) for name in chosen}
    numbers["needed_bits"] = draw(st.sampled_from([0, 1, 36, 1_000]))
    numbers["lesser_share"] = draw(st.sampled_from([50, 70, 100]))
    return attrs.evolve(Policy(), **numbers)


@st.composite
def weighed(draw: st.DrawFn) -> tuple[Words, Words, list[Alike]]:
    """Two names as the score weighs them, and which of their words are near, each to one of the other's at most."""

    def words() -> Words:
        count = draw(st.integers(1, 5))

        def some(values: st.SearchStrategy[int]) -> list[int]:
            return draw(st.lists(values, min_size=count, max_size=count))

        keys = draw(st.lists(st.text("abcdxyz", min_size=1, max_size=6), min_size=count, max_size=count))
        kinds = draw(st.lists(st.sampled_from(TokenKind), min_size=count, max_size=count))
        weights, bits = some(st.integers(0, 1_000)), some(st.integers(0, 24))
        fathers = frozenset(draw(st.sets(st.integers(0, count - 1), max_size=1)))
        return Words(keys, kinds, weights, bits, max(sum(weights), 1), [(at,) for at in range(count)], fathers)

    one, two = words(), words()
    places = draw(st.permutations(range(len(two.keys))))
    alike = [
        Alike(Near(draw(st.integers(1, 10_000)), "", draw(st.integers(0, 30))), at, other)
        for at, other in zip(range(len(one.keys)), places, strict=False)
        if draw(st.booleans())
    ]
    return one, two, alike


@given(weighed(), policies())
@example((Words("a", [TokenKind.WORD], [1], [0], 1, [(0,)]), Words("ab", [TokenKind.WORD] * 2, [1, 1], [0, 0], 2,
          [(0,), (1,)]), [Alike(Near(5_000, ""), 0, 0)]), Policy(needed_bits=0))  # fmt: skip
def test_contributions_add_up_and_stay_within_nought_and_the_ceiling(
    search: tuple[Words, Words, list[Alike]], policy: Policy
) -> None:
    query, listed, alike = search
    found = weigh(query, listed, alike, False, policy)
    assert sum(one.points for one in found.contributions) == found.points
    assert 0 <= found.points <= policy.ceiling


@given(names, names, policies())
def test_evidence_of_two_names_adds_up_under_any_policy(query: str, listed: str, policy: Policy) -> None:
    found = score_names(normalize(query), normalize(listed), policy)
    assert sum(one.points for one in found.evidence) == found.points
    assert found.is_equal == (normalize(query).canonical == normalize(listed).canonical)
    assert 0 <= found.points <= (10_000 if found.is_equal else policy.ceiling)


@given(weighed(), policies(), st.data())
def test_a_rarer_shared_word_never_scores_less(
    search: tuple[Words, Words, list[Alike]], policy: Policy, data: st.DataObject
) -> None:
    query, listed, alike = search
    assume(alike)
    shared = data.draw(st.sampled_from(alike))
    more = data.draw(st.integers(1, 20))

    def rarer(words: Words, place: int) -> Words:
        return words._replace(bits=[bits + more * (at == place) for at, bits in enumerate(words.bits)])

    rare = weigh(rarer(query, shared.query), rarer(listed, shared.listed), alike, False, policy)
    assert rare.points >= weigh(query, listed, alike, False, policy).points


@given(weighed(), policies())
def test_a_name_that_nobody_shares_a_word_with_scores_nothing(
    search: tuple[Words, Words, list[Alike]], policy: Policy
) -> None:
    query, listed, _ = search
    assert weigh(query, listed, [], False, policy).points == 0


@given(weighed(), policies())
def test_no_deduction_adds_points_and_no_pair_takes_any(
    search: tuple[Words, Words, list[Alike]], policy: Policy
) -> None:
    query, listed, alike = search
    pairs = {EvidenceKind.WORD, EvidenceKind.SIMILAR_WORD, EvidenceKind.INITIAL, EvidenceKind.JOINED_WORDS}
    for one in weigh(query, listed, alike, False, policy).contributions:
        assert one.points >= 0 if one.kind in pairs else one.points <= 0, one


@given(weighed(), policies(), st.integers(1, 1_000))
def test_a_word_more_that_only_one_name_has_never_raises_the_score(
    search: tuple[Words, Words, list[Alike]], policy: Policy, weight: int
) -> None:
    """Its letters are like none of the others'; a clash that was there before is left out of account."""
    query, listed, alike = search
    policy = attrs.evolve(policy, clash_share=0)
    more = listed._replace(
        keys=[*listed.keys, "qqqq"],
        kinds=[*listed.kinds, TokenKind.WORD],
        weights=[*listed.weights, weight],
        bits=[*listed.bits, 20],
        whole=sum(listed.weights) + weight,
        spans=[*listed.spans, (len(listed.keys),)],
    )
    assume(sum(listed.weights))
    # Rounding may leave a pair a point more of the other name's share.
    most = weigh(query, listed, alike, False, policy).points + len(alike)
    assert weigh(query, more, alike, False, policy).points <= most


@given(st.sampled_from(SURNAMES), st.sampled_from(GIVEN), st.sampled_from(PATRONYMICS))
def test_leaving_out_a_patronymic_costs_less_than_a_word(surname: str, given_name: str, middle: str) -> None:
    listed = normalize(f"{given_name} {middle} {surname}")
    points = {
        left: score_names(normalize(left), listed, Policy()).points
        for left in (f"{given_name} {surname}", f"{given_name} {middle}", f"{middle} {surname}")
    }
    without = points.pop(f"{given_name} {surname}")
    assert all(without > other for other in points.values()), (without, points)


@given(st.text("abcdxyz", min_size=4, max_size=8), st.text("abcdxyz", min_size=4, max_size=8), policies())
def test_a_clash_of_unlike_words_costs_no_less_than_one_of_like_words(one: str, slip: str, policy: Policy) -> None:
    """Of two words of one length against the same word, the one that has some of its letters costs no more."""

    def of(*keys: str) -> Words:
        return Words(keys, [TokenKind.WORD] * 2, [500, 500], [20, 20], 1_000, [(0,), (1,)])

    same = [Alike(Near(10_000, "equal"), 0, 0)]
    like = weigh(of("same", one), of("same", slip), same, False, policy)
    unlike = weigh(of("same", one), of("same", "q" * len(slip)), same, False, policy)
    assert unlike.points <= like.points


@given(weighed(), policies())
def test_a_father_exchanged_for_the_son_never_scores_more(
    search: tuple[Words, Words, list[Alike]], policy: Policy
) -> None:
    query, listed, alike = search
    known = weigh(query, listed, alike, False, policy).points
    none = frozenset[int]()
    assert known <= weigh(query._replace(fathers=none), listed._replace(fathers=none), alike, False, policy).points
