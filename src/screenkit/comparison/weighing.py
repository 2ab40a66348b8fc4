"""The score of two names word by word: what their pairs cover of both, less the deductions; and its upper bound."""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul
from typing import NamedTuple, Protocol

from screenkit.comparison.alignment import Alike, Pair, align
from screenkit.comparison.bounds import ScoreBound
from screenkit.comparison.deductions import Contribution, deductions
from screenkit.comparison.single_names import single_name_gain
from screenkit.comparison.spans import Words
from screenkit.model import EvidenceKind
from screenkit.model.evidence import FULL_SCORE
from screenkit.policy import Policy


class Weighing(NamedTuple):
    """The points of two names word by word, and what they are made of."""

    points: int
    contributions: list[Contribution]
    is_equal: bool


class Weighed(Protocol):
    """The words of a name by their weights, such as `Words`."""

    @property
    def weights(self) -> Sequence[int]:
        """What each word weighs."""

    @property
    def spans(self) -> Sequence[tuple[int, ...]]:
        """The positions of each span."""

    @property
    def whole(self) -> int:
        """The weight of all words, at least 1."""


def weigh(
    query: Words,
    listed: Words,
    alike: Sequence[Alike],
    is_equal: bool,
    policy: Policy,
    is_syllabic: bool = False,
    is_whole: bool = False,
) -> Weighing:
    """Score two names word by word from the spans that are near.

    `is_syllabic` where both are read in one language; `is_whole` where the customer's name has all its words.
    """
    pairs = align(query, listed, alike, policy)
    contributions = _weighed(pairs, query, listed, policy)
    total = sum(one.points for one in contributions)
    if is_equal:
        # Equal names have the full score; what rounding left goes to the first pair.
        contributions[0] = contributions[0]._replace(points=contributions[0].points + FULL_SCORE - total)
        return Weighing(FULL_SCORE, contributions, True)
    gain = None if is_syllabic or is_whole else single_name_gain(pairs, total, query, listed, policy)
    if gain:
        contributions.append(gain)
        total += gain.points
    for deduction in deductions(pairs, total, query, listed, policy, is_syllabic, is_whole, bool(gain)):
        points = max(deduction.points, -total)
        contributions.append(deduction if points == deduction.points else deduction._replace(points=points))
        total += points
    if total > policy.ceiling:
        contributions.append(Contribution(EvidenceKind.CEILING, policy.ceiling - total))
        total = policy.ceiling
    return Weighing(total, contributions, False)


def upper_bound(query: Weighed, listed: Weighed, alike: Sequence[Alike], bound: ScoreBound) -> int:
    """The most that `weigh` gives two names that are not equal: each word by the best of its counterparts."""
    ours, theirs = [0] * len(query.weights), [0] * len(listed.weights)
    for how, one, other in alike:
        similarity = how.similarity
        for at in query.spans[one]:
            if ours[at] < similarity:
                ours[at] = similarity
        for at in listed.spans[other]:
            if theirs[at] < similarity:
                theirs[at] = similarity
    return bound.points(
        bound.coverage(sum(map(mul, ours, query.weights)), query.whole),
        bound.coverage(sum(map(mul, theirs, listed.weights)), listed.whole),
    )


_KINDS = {"equal": EvidenceKind.WORD, "initial": EvidenceKind.INITIAL, "initials": EvidenceKind.INITIAL}


def _weighed(pairs: Sequence[Pair], query: Words, listed: Words, policy: Policy) -> list[Contribution]:
    """What each pair contributes: its part of both names' coverage."""
    covered_query = sum([pair.similarity * pair.query_weight for pair in pairs]) * listed.whole
    covered_listed = sum([pair.similarity * pair.listed_weight for pair in pairs]) * query.whole
    query_share = policy.lesser_share if covered_query <= covered_listed else 100 - policy.lesser_share
    for_query, for_listed = query_share * listed.whole, (100 - query_share) * query.whole
    whole = 100 * query.whole * listed.whole
    return [
        Contribution(
            EvidenceKind.JOINED_WORDS
            if (len(pair.query) > 1 or len(pair.listed) > 1) and pair.rule != "initials"
            else _KINDS.get(pair.rule, EvidenceKind.SIMILAR_WORD),
            pair.similarity * (for_query * pair.query_weight + for_listed * pair.listed_weight) // whole,
            pair.query,
            pair.listed,
            pair.rule,
        )
        for pair in pairs
    ]
