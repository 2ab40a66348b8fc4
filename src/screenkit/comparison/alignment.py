"""The pairing of two names' words: which span of one is compared with which span of the other, each word once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from screenkit.comparison.lookups import is_initials_of
from screenkit.comparison.own_words import may_sound
from screenkit.comparison.similarity import Near, near, near_equal, near_initials
from screenkit.comparison.spans import Span, Words
from screenkit.model.evidence import FULL_SCORE
from screenkit.policy import Policy


class Alike(NamedTuple):
    """A span of each name, by number, that are near."""

    near: Near
    query: int
    listed: int


class Comparison(NamedTuple):
    """What comparing two spans by their letters said."""

    #: How alike they are; None where they are not near.
    near: Near | None
    #: Whether they may be near by their sounds, as organizations' own words are (`own_words`).
    may_sound: bool

    @property
    def most(self) -> int:
        """The most that they are alike (0 to 10,000), by letters or sounds."""
        if self.may_sound:
            return FULL_SCORE
        return self.near.similarity if self.near is not None else 0


#: A span of the query and one of the listed name, by number, and what comparing them said.
ComparedSpans = tuple[int, int, Comparison]


def compared_spans(query: Span, listed: Span, policy: Policy) -> Comparison:
    """Compare two spans by their letters."""
    return Comparison(near_spans(query, listed, policy), may_sound(query, listed))


def near_spans(query: Span, listed: Span, policy: Policy) -> Near | None:
    """How alike two spans are; spans of several words each are not compared with each other."""
    ours, theirs = len(query.at) > 1, len(listed.at) > 1
    if ours and theirs and not (query.is_compound and listed.is_compound):
        return None
    is_joined = (ours and not query.is_compound) or (theirs and not listed.is_compound)
    if query.token.text == listed.token.text:
        return near_equal(is_joined, policy)
    if is_joined and (query.is_run or listed.is_run):
        return near_equal(True, policy) if query.token.key == listed.token.key else None
    if is_joined and (is_initials_of(query.token, listed.token) or is_initials_of(listed.token, query.token)):
        return near_initials(policy)
    return near(query.token, listed.token, is_joined, policy)


class Pair(NamedTuple):
    """Words of two names that are taken for each other, what each side weighs, and what sharing them tells."""

    similarity: int
    rule: str
    query: tuple[int, ...]
    listed: tuple[int, ...]
    query_weight: int
    listed_weight: int
    bits: int


def align(query: Words, listed: Words, alike: Sequence[Alike], policy: Policy) -> list[Pair]:
    """Pair spans greedily, the heaviest agreement first, each word once; with joined words and without: the better."""
    candidates = []
    is_joined = False
    for found, one, other in alike:
        ours, theirs = query.spans[one], listed.spans[other]
        is_joined = is_joined or len(ours) > 1 or len(theirs) > 1
        weights = _sum(query.weights, ours), _sum(listed.weights, theirs)
        candidates.append((-found.similarity * sum(weights), one, other, found, ours, theirs, weights))
    candidates.sort(key=lambda candidate: candidate[:3])
    chosen = _chosen(candidates)
    if is_joined:
        apart = _chosen([one for one in candidates if len(one[4]) == 1 == len(one[5])])
        if sum([one[0] for one in apart]) <= sum([one[0] for one in chosen]):
            chosen = apart
    pairs = [
        Pair(
            found.similarity,
            found.rule,
            ours,
            theirs,
            *weights,
            _shared_bits(query, listed, ours, theirs, found, policy),
        )
        for _, _, _, found, ours, theirs, weights in chosen
    ]
    pairs.sort(key=lambda pair: pair.query)
    return pairs


_Candidate = tuple[int, int, int, Near, tuple[int, ...], tuple[int, ...], tuple[int, int]]


def _chosen(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The first of the candidates, and every later one whose words are not taken yet."""
    chosen = []
    ours_used: set[int] = set()
    theirs_used: set[int] = set()
    for candidate in candidates:
        ours, theirs = candidate[4], candidate[5]
        if ours_used.isdisjoint(ours) and theirs_used.isdisjoint(theirs):
            ours_used.update(ours)
            theirs_used.update(theirs)
            chosen.append(candidate)
    return chosen


def _shared_bits(
    query: Words, listed: Words, ours: tuple[int, ...], theirs: tuple[int, ...], found: Near, policy: Policy
) -> int:
    """What two spans that are near tell, in bits.

    As much as the commoner of the two, and no more than the rarer one less what it takes to make one of the other: a
    typing error in Mohammed is a word that nobody else has; Antonia and Antonio are two names that many have. Words
    that are written together here and apart there tell as much as all of them. Rare words in Latin and Cyrillic letters
    tell more, the longer they are, but for a transcription, whose letters are not the name's.
    """
    one, other = _sum(query.bits, ours), _sum(listed.bits, theirs)
    if found.rule == "initials":
        return policy.initial_bits * max(len(ours), len(theirs))
    is_same = len(ours) != len(theirs) and not found.cost
    bits = max(one, other) if is_same else min(max(one, other) - found.cost, one, other)
    if query.length_bits and listed.length_bits and found.rule != "foreign sounds":
        bits += min(_sum(query.length_bits, ours), _sum(listed.length_bits, theirs))
    return bits if found.most_bits is None else min(bits, found.most_bits)


def _sum(values: Sequence[int], places: tuple[int, ...]) -> int:
    return values[places[0]] if len(places) == 1 else sum([values[at] for at in places])
