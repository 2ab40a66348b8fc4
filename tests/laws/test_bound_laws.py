"""Nothing scores more than its upper bound, and both forms of the bounds say the same."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from itertools import accumulate
from types import ModuleType

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from screenkit import Policy, normalize
from screenkit.comparison.bounds import SPACE_NUMBERS, ScoreBound, SimilarityBound
from screenkit.comparison.compared_name import ComparedName
from screenkit.comparison.lookups import LONGEST_EDITED
from screenkit.comparison.score import score_names, score_pairs
from screenkit.model import Space
from screenkit.policy import LOWEST_FLOOR
from screenkit.search.index import NameIndex

Modules = Mapping[str, ModuleType]
POLICY = Policy()
LOWEST_POINTS = round(LOWEST_FLOOR * 10_000)
NAMES = (
    "Hong Xiang Industrial Co Ltd", "Hongxiang Trading", "Salman bin Muhammad", "Muhammad bin Salman", "Li, Hong Xiang",
    "조선광선은행", "Korea Kwang Son Bank", "至诚公司", "Chih Ch'eng Co",
    "Abd al-Rahman Karimov", "Abdulrahman Karimi", "Mikhail Yur'evich Pisklin", "M. Pisklin", "Iran Bank", "Bank 44",
)  # fmt: skip
words = st.sampled_from([word for name in NAMES for word in name.replace(",", "").split()])
names = st.lists(words, min_size=1, max_size=5).map(" ".join) | st.sampled_from(NAMES)
policies = st.builds(
    Policy,
    lesser_share=st.integers(50, 100),
    word_weight=st.integers(0, 3_000),
    joined_deduction=st.integers(0, 3_000),
    ceiling=st.integers(9_000, 10_000),
)
#: Few letters, so that two keys are often near; some beyond ASCII and beyond 16 bits.
letters = st.sampled_from("abdn-1и鴻𠮷")
keys = st.text(letters, max_size=9) | st.text(letters, min_size=LONGEST_EDITED - 2, max_size=LONGEST_EDITED + 2)


@given(names, names, policies)
def test_the_search_offers_what_scores_by_any_policy(one: str, other: str, policy: Policy) -> None:
    query, listed = normalize(one), normalize(other)
    whole = score_names(query, listed, policy)
    for points in {LOWEST_POINTS, max(whole.points, LOWEST_POINTS)}:
        asked = ComparedName.of(query, policy)
        found = NameIndex([listed], policy).candidates(asked, points)
        scored = [score_pairs(asked, ComparedName.of(listed, policy), pairs, points, policy) for _, pairs in found]
        told = [(one.points, one.evidence) for one in scored if one is not None]
        assert told == ([(whole.points, whole.evidence)] if whole.points >= points else [])


@given(keys, keys, st.sampled_from(list(SPACE_NUMBERS)), st.integers(0, 2), st.integers(1, 9_000))
def test_the_bound_of_two_keys_falls_with_their_edits(
    search_modules: Modules, one: str, other: str, space: Space, reach: int, least: int
) -> None:
    listed = [other, one, f"{other}a"]
    table, starts = array("I", map(ord, "".join(listed))), array("i", accumulate(map(len, listed), initial=0))
    made = [SimilarityBound, search_modules["screenkit.comparison.bounds"].SimilarityBound]
    bounds = [each(table, starts, POLICY) for each in made]
    for bound in bounds:
        bound.ask(one)
    for number, key in enumerate(listed):
        said = {bound.most(number, SPACE_NUMBERS[space], reach, least) for bound in bounds}
        (most,) = said
        edits = OSA.distance(one, key)
        if not edits:
            assert most == 10_000
        elif most:
            # Chinese and Korean words are looked up as they are.
            cost = {
                Space.LATIN: 100 * POLICY.edit_share,
                Space.SLAVIC: 5_000,
                Space.ARABIC: 15_000,
                Space.FOREIGN: 10_000,
            }.get(space, 0)
            assert edits <= reach
            assert most == max(10_000 - edits * cost // max(len(one), len(key)), 1) >= least


@given(policies, st.integers(4_000, 10_000))
def test_the_least_coverage_is_the_least_with_which_the_points_can_be_reached(policy: Policy, points: int) -> None:
    bound = ScoreBound(policy)
    least = bound.least_coverage(points)
    assert bound.points(least, 10_000) >= points
    assert least == 1 or bound.points(least - 1, 10_000) < points


@given(policies, st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 10**9), st.integers(1, 10**6))
def test_compiled_and_interpreted_bounds_of_scores_are_the_same(
    search_modules: Modules, policy: Policy, query: int, listed: int, covered: int, whole: int
) -> None:
    one, other = ScoreBound(policy), search_modules["screenkit.comparison.bounds"].ScoreBound(policy)
    assert one.points(query, listed) == other.points(query, listed)
    assert one.coverage(covered, whole) == other.coverage(covered, whole)
    assert one.least_coverage(query) == other.least_coverage(query)
