"""Two names and a policy in, points and the evidence they are made of out.

Two names are compared word by word and, where both can be read as the name of a Chinese or Korean person, reading by
reading; the better of the two is the score.

Word by word, the score is the share of the words' weight that has a counterpart in the other name, each pair counted by
how alike its words are. The less covered name counts for more (`Policy.lesser_share`), so that a word two names share
says no more than what it leaves unexplained. Deductions follow. All arithmetic is in whole numbers, so that
contributions add up exactly and results are equal everywhere.

The index relies on three properties, and its tests check them: `nearness.near` is 0 outside what the index enumerates;
a name's score by words is at most `lesser_share` of the less covered name's share and the rest of the other's; and its
score by readings is 0 unless the given names are near in their sound space.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import attrs
from rapidfuzz.distance import Indel

from screenkit.model import Evidence, EvidenceKind, Name, Reading, TokenKind
from screenkit.model.found import FULL_SCORE
from screenkit.names import normalize, word_reading
from screenkit.names.quote import as_given
from screenkit.nearness import Near, near, near_equal
from screenkit.policy import Policy
from screenkit.reading_score import score_readings
from screenkit.spans import Span, Words, spans
from screenkit.weights import off_for_common


class Alike(NamedTuple):
    """A span of each name, by number, that are near."""

    near: Near
    query: int
    listed: int


class Contribution(NamedTuple):
    """One piece of evidence before it is quoted: positions of words instead of their text."""

    kind: EvidenceKind
    points: int
    query: tuple[int, ...] = ()
    listed: tuple[int, ...] = ()
    rule: str = ""


class Weighing(NamedTuple):
    """The points of two names word by word, and what they are made of."""

    points: int
    contributions: list[Contribution]
    is_equal: bool
    #: The listed name's words.
    listed: Words


@attrs.frozen
class NameScore:
    """The points of two names with their evidence; `is_equal` where they are equal after normalisation."""

    points: int
    evidence: tuple[Evidence, ...]
    is_equal: bool
    #: The two readings that the score rests on.
    readings: tuple[Reading, ...]


def score_names(query: Name, listed: Name, policy: Policy) -> NameScore:
    """Score a customer's name against a listed one; the evidence's points add up to the score."""
    query_spans, listed_spans = spans(query), spans(listed)
    alike = [
        Alike(found, at, other)
        for at, one in enumerate(query_spans)
        for other, two in enumerate(listed_spans)
        if (found := near_spans(one, two, policy)) is not None
    ]
    is_equal = query.canonical == listed.canonical
    words, listed_words = Words.of(query, query_spans, policy), Words.of(listed, listed_spans, policy)
    weighing = weigh(words, listed_words, alike, is_equal, policy)
    return best_score(weighing, query, listed.text, policy)


def best_score(weighing: Weighing, query: Name, listed_text: str, policy: Policy) -> NameScore:
    """The score word by word with its evidence quoted, or the score by readings where that is higher."""
    if not weighing.is_equal and len(query.readings) > 1:
        by_reading = score_readings(query, normalize(listed_text), policy)
        if by_reading is not None and by_reading.points > weighing.points:
            return NameScore(by_reading.points, by_reading.evidence, False, by_reading.readings)
    query_words, listed_words = as_given(query.text, query.tokens), as_given(listed_text, weighing.listed.tokens)
    evidence = tuple(
        Evidence(
            kind=one.kind,
            points=one.points,
            query=" ".join([query_words[at] for at in one.query]),
            listed=" ".join([listed_words[at] for at in one.listed]),
            rule=one.rule,
        )
        for one in weighing.contributions
    )
    readings = query.readings[0], word_reading(listed_text, weighing.listed.tokens)
    return NameScore(weighing.points, evidence, weighing.is_equal, readings)


def near_spans(query: Span, listed: Span, policy: Policy) -> Near | None:
    """How alike two spans are; spans of several words each are not compared with each other."""
    if query.is_joined and listed.is_joined and not (query.is_compound and listed.is_compound):
        return None
    is_joined = (query.is_joined and not query.is_compound) or (listed.is_joined and not listed.is_compound)
    if query.token.text == listed.token.text:
        return near_equal(is_joined, policy)
    return near(query.token, listed.token, is_joined, policy)


class _Pair(NamedTuple):
    similarity: int
    rule: str
    query: tuple[int, ...]
    listed: tuple[int, ...]
    query_weight: int
    listed_weight: int
    bits: int


def weigh(query: Words, listed: Words, alike: Sequence[Alike], is_equal: bool, policy: Policy) -> Weighing:
    """Score two names word by word from the spans that are near."""
    pairs = _align(query, listed, alike, policy)
    contributions = _weighed(pairs, query, listed, policy)
    total = sum(one.points for one in contributions)
    if is_equal:
        # Equal names have the full score; what rounding left goes to the first pair.
        contributions[0] = contributions[0]._replace(points=contributions[0].points + FULL_SCORE - total)
        return Weighing(FULL_SCORE, contributions, True, listed)
    for deduction in _deductions(pairs, total, query, listed, policy):
        points = max(deduction.points, -total)
        contributions.append(deduction if points == deduction.points else deduction._replace(points=points))
        total += points
    if total > policy.ceiling:
        contributions.append(Contribution(EvidenceKind.CEILING, policy.ceiling - total))
        total = policy.ceiling
    return Weighing(total, contributions, False, listed)


def _align(query: Words, listed: Words, alike: Sequence[Alike], policy: Policy) -> list[_Pair]:
    """Pair spans greedily, the heaviest agreement first, each word once; with joined words and without: the better."""
    candidates = []
    is_joined = False
    for found, one, other in alike:
        ours, theirs = query.spans[one], listed.spans[other]
        is_joined = is_joined or len(ours) > 1 or len(theirs) > 1
        weights = sum([query.weights[at] for at in ours]), sum([listed.weights[at] for at in theirs])
        candidates.append((-found.similarity * sum(weights), one, other, found, ours, theirs, weights))
    candidates.sort(key=lambda candidate: candidate[:3])
    chosen = _chosen(candidates)
    if is_joined:
        apart = _chosen([one for one in candidates if len(one[4]) == 1 == len(one[5])])
        if sum([one[0] for one in apart]) <= sum([one[0] for one in chosen]):
            chosen = apart
    pairs = [
        _Pair(
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


_KINDS = {"equal": EvidenceKind.WORD, "initial": EvidenceKind.INITIAL}


def _weighed(pairs: Sequence[_Pair], query: Words, listed: Words, policy: Policy) -> list[Contribution]:
    """What each pair contributes: its part of both names' coverage."""
    covered_query = sum([pair.similarity * pair.query_weight for pair in pairs]) * listed.whole
    covered_listed = sum([pair.similarity * pair.listed_weight for pair in pairs]) * query.whole
    query_share = policy.lesser_share if covered_query <= covered_listed else 100 - policy.lesser_share
    for_query, for_listed = query_share * listed.whole, (100 - query_share) * query.whole
    whole = 100 * query.whole * listed.whole
    return [
        Contribution(
            EvidenceKind.JOINED_WORDS
            if len(pair.query) > 1 or len(pair.listed) > 1
            else _KINDS.get(pair.rule, EvidenceKind.SIMILAR_WORD),
            pair.similarity * (for_query * pair.query_weight + for_listed * pair.listed_weight) // whole,
            pair.query,
            pair.listed,
            pair.rule,
        )
        for pair in pairs
    ]


#: What a name may have or lack without becoming another name: it is no part of a clash.
_BESIDE_THE_NAME = frozenset({TokenKind.LEGAL_FORM, TokenKind.TITLE, TokenKind.PARTICLE})


def _deductions(
    pairs: Sequence[_Pair], total: int, query: Words, listed: Words, policy: Policy
) -> Iterator[Contribution]:
    query_left = _unmatched(query, [pair.query for pair in pairs])
    listed_left = _unmatched(listed, [pair.listed for pair in pairs])
    for at in query_left:
        yield Contribution(EvidenceKind.UNMATCHED_WORD, 0, query=(at,))
    for at in listed_left:
        yield Contribution(EvidenceKind.UNMATCHED_WORD, 0, listed=(at,))
    query_own, listed_own = _own(query, query_left), _own(listed, listed_left)
    if query_own and listed_own:
        shares = [
            FULL_SCORE * sum([_own_weight(words, at, policy) for at in own]) // words.whole
            for words, own in ((query, query_own), (listed, listed_own))
        ]
        unlike = _unlike([query.keys[at] for at in query_own], [listed.keys[at] for at in listed_own])
        points = -(min(*shares, FULL_SCORE) * policy.clash_share * unlike // 10_000)
        yield Contribution(EvidenceKind.CLASH, points, tuple(query_own), tuple(listed_own))
    exchanged = _exchanged(pairs, query, listed)
    if exchanged:
        yield Contribution(EvidenceKind.FATHER_AND_SON, -policy.father_loss, exchanged[0], exchanged[1])
    left = [query.kinds[at] for at in query_own] + [listed.kinds[at] for at in listed_own]
    left_bits = policy.left_bits * sum([kind is not TokenKind.PATRONYMIC for kind in left])
    bits = sum([pair.bits for pair in pairs]) - left_bits
    aside = _aside(query, listed, query_left, listed_left, policy)
    points = off_for_common(total + aside, bits, policy)
    if pairs and points:
        yield Contribution(EvidenceKind.COMMON_WORDS, points, tuple(at for pair in pairs for at in pair.query))
    pairs = [pair for pair in pairs if pair.rule != "initial"]
    if len(pairs) > 1:
        weakest = min(pairs, key=lambda pair: (pair.similarity, pair.query))
        lack = sum([pair.similarity for pair in pairs]) // len(pairs) - weakest.similarity
        if lack:
            points = -(lack * policy.weakest_share // 100)
            yield Contribution(EvidenceKind.WEAKEST_WORD, points, weakest.query, weakest.listed)


def _shared_bits(
    query: Words, listed: Words, ours: tuple[int, ...], theirs: tuple[int, ...], found: Near, policy: Policy
) -> int:
    """What two spans that are near tell, in bits.

    As much as the commoner of the two, and no more than the rarer one less what it takes to make one of the other: a
    typing error in Mohammed is a word that nobody else has; Antonia and Antonio are two names that many have.
    """
    one, other = sum([query.bits[at] for at in ours]), sum([listed.bits[at] for at in theirs])
    return min(max(one, other) - found.cost, one, other)


def _aside(query: Words, listed: Words, query_left: Sequence[int], listed_left: Sequence[int], policy: Policy) -> int:
    """At most what names lack for legal forms, titles and particles that one of them has and the other has not."""
    shares = [
        sum([words.weights[at] for at in left if words.kinds[at] in _BESIDE_THE_NAME]) * FULL_SCORE // words.whole
        for words, left in ((query, query_left), (listed, listed_left))
    ]
    return (policy.lesser_share * max(shares) + (100 - policy.lesser_share) * min(shares)) // 100


def _exchanged(pairs: Sequence[_Pair], query: Words, listed: Words) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The words of the first pair that is a father's name here and none there, where another is so the other way."""
    here = [pair for pair in pairs if pair.query[0] in query.fathers and pair.listed[0] not in listed.fathers]
    there = [pair for pair in pairs if pair.query[0] not in query.fathers and pair.listed[0] in listed.fathers]
    return (here[0].query, here[0].listed) if here and there else None


def _own_weight(words: Words, at: int, policy: Policy) -> int:
    """What a word weighs that stands against another: a patronymic that is missing says little, another one much."""
    return policy.word_weight if words.kinds[at] is TokenKind.PATRONYMIC else words.weights[at]


def _unlike(query: Sequence[str], listed: Sequence[str]) -> int:
    """How unlike the letters of two names' own words are, in percent; too far apart to be near, they may resemble."""
    one, other = "".join(query), "".join(listed)
    return 100 * Indel.distance(one, other) // (len(one) + len(other))


def _unmatched(words: Words, matched: Sequence[tuple[int, ...]]) -> list[int]:
    """Positions of the words in no pair."""
    used = {at for positions in matched for at in positions}
    return [at for at in range(len(words.kinds)) if at not in used]


def _own(words: Words, left: Sequence[int]) -> list[int]:
    """Those of the unmatched words that tell one name from another."""
    return [at for at in left if words.kinds[at] not in _BESIDE_THE_NAME]
