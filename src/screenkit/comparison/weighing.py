"""The score of two names word by word: what their pairs cover of both, less the deductions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from screenkit.comparison.alignment import Alike, Pair, align
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


def weigh(
    query: Words,
    listed: Words,
    alike: Sequence[Alike],
    is_equal: bool,
    policy: Policy,
    is_syllabic: bool = False,
    is_whole: bool = False,
    least: int = 0,
) -> Weighing:
    """Score two names word by word from the spans that are near.

    `is_syllabic` where both are read in one language; `is_whole` where the customer's name has all its words. Weighing
    ends where the points fall below `least`: the names score no more than what is then returned.
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
    if total < least:
        # Nothing that follows adds to it.
        return Weighing(total, contributions, False)
    for deduction in deductions(pairs, total, query, listed, policy, is_syllabic, is_whole, bool(gain)):
        points = max(deduction.points, -total)
        contributions.append(deduction if points == deduction.points else deduction._replace(points=points))
        total += points
        if total < least:
            break
    if total > policy.ceiling:
        contributions.append(Contribution(EvidenceKind.CEILING, policy.ceiling - total))
        total = policy.ceiling
    return Weighing(total, contributions, False)


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
