"""Two names and a policy in, points and the evidence they are made of out.

The score of a name is the share of its words' weight that has a counterpart in the other name, each pair
counted by how alike its words are. The less covered name counts for more (`Policy.lesser_share`), so that
a word two names share says no more than what it leaves unexplained. Deductions follow. All arithmetic is in
whole numbers, so that contributions add up exactly and results are equal everywhere.

The index relies on three properties, and its tests check them:
`near` is 0 outside what `index.Neighbourhood` enumerates; a name's score is at most
`lesser_share` of the less covered name's share and the rest of the other's; everything after the coverage only deducts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import attrs
from rapidfuzz.distance import OSA

from screenkit.model import Evidence, EvidenceKind, Name, Token, TokenKind
from screenkit.model.found import FULL_SCORE
from screenkit.policy import Policy

#: Words shorter than this must be equal; words below `TWO_EDITS_FROM` may differ by one edit, others by two.
ONE_EDIT_FROM = 4
TWO_EDITS_FROM = 8
#: Words longer than this must be equal again; no word of a name is, and their neighbourhoods would be huge.
LONGEST_EDITED = 32
#: The most adjacent words that are compared as one.
MOST_JOINED = 2


def edits_allowed(length: int) -> int:
    """How many edits a word of this length may be away from another one, the shorter one counting."""
    return (length >= ONE_EDIT_FROM) + (length >= TWO_EDITS_FROM) if length <= LONGEST_EDITED else 0


@lru_cache(maxsize=262_144)
def edits(a: str, b: str) -> int | None:
    """The edit distance (optimal string alignment), or None beyond what the shorter word allows.

    Words with digits are equal or nothing: 44 is not a slip of 45.
    """
    if a == b:
        return 0
    allowed = min(edits_allowed(len(a)), edits_allowed(len(b)))
    if not allowed or abs(len(a) - len(b)) > allowed or not (a.isalpha() and b.isalpha()):
        return None
    distance = OSA.distance(a, b, score_cutoff=allowed)
    return distance if distance <= allowed else None


@attrs.frozen
class Span:
    """One word of a name, or a few adjacent ones compared as one."""

    start: int
    stop: int
    key: str
    weight: int


def spans(name: Name, policy: Policy) -> list[Span]:
    """The words of a name and its pairs of adjacent words, each with its weight."""
    return list(_spans(name.tokens, [policy.weight(token.kind) for token in name.tokens]))


def _spans(tokens: Sequence[Token], weights: Sequence[int]) -> Iterator[Span]:
    for at, token in enumerate(tokens):
        yield Span(at, at + 1, token.key, weights[at])
        if at + 1 < len(tokens) and is_joinable(token, tokens[at + 1]):
            yield Span(at, at + 2, token.key + tokens[at + 1].key, weights[at] + weights[at + 1])


def is_joinable(left: Token, right: Token) -> bool:
    """Whether two adjacent words may be one word elsewhere ("Hong Xiang", "van der", "44 th" not)."""
    unjoined = (TokenKind.NUMERAL, TokenKind.LEGAL_FORM)
    return left.kind not in unjoined and right.kind not in unjoined


def near(query: Span, listed: Span, policy: Policy) -> int:
    """How alike two spans are, from 0 to 10,000; two spans of several words each are not compared."""
    query_joined, listed_joined = query.stop - query.start > 1, listed.stop - listed.start > 1
    if query_joined and listed_joined:
        return 0
    distance = edits(query.key, listed.key)
    if distance is None:
        return 0 if query_joined or listed_joined else _initial(query.key, listed.key, policy)
    longest = max(len(query.key), len(listed.key))
    similarity = FULL_SCORE - FULL_SCORE * distance * policy.edit_share // (100 * longest)
    return max(similarity - policy.joined_deduction * (query_joined or listed_joined), 1)


def _initial(a: str, b: str, policy: Policy) -> int:
    is_initial = (len(a) == 1) != (len(b) == 1) and a[0] == b[0] and a[0].isalpha()
    return policy.initial_similarity if is_initial else 0


@attrs.frozen
class Pair:
    """A span of each name, how alike they are, and what the pair contributes."""

    query: Span
    listed: Span
    similarity: int
    points: int


@attrs.frozen
class NameScore:
    """The points of two names with their evidence; `is_equal` where they are equal after normalisation."""

    points: int
    evidence: tuple[Evidence, ...]
    is_equal: bool


def score_names(query: Name, listed: Name, policy: Policy) -> NameScore:
    """Score a customer's name against a listed one; the evidence's points add up to the score."""
    pairs = _align(spans(query, policy), spans(listed, policy), policy)
    weights = _Weights.of(query, listed, policy)
    pairs = _weighed(pairs, weights, policy)
    is_equal = query.canonical == listed.canonical
    evidence = [_pair_evidence(pair, query, listed) for pair in pairs]
    total = sum(pair.points for pair in pairs)
    if is_equal:
        # Equal names have the full score; what rounding left goes to the first pair.
        evidence[0] = attrs.evolve(evidence[0], points=evidence[0].points + FULL_SCORE - total)
        return NameScore(FULL_SCORE, tuple(evidence), True)
    for deduction in _deductions(pairs, query, listed, weights, policy):
        if total + deduction.points < 0:
            deduction = attrs.evolve(deduction, points=-total)
        total += deduction.points
        evidence.append(deduction)
    if total > policy.ceiling:
        evidence.append(Evidence(kind=EvidenceKind.CEILING, points=policy.ceiling - total))
        total = policy.ceiling
    return NameScore(total, tuple(evidence), False)


def _align(query: list[Span], listed: list[Span], policy: Policy) -> list[Pair]:
    """Pair spans greedily, the heaviest agreement first, each word once."""
    candidates = [
        (-similarity * (one.weight + other.weight), one.start, other.start, one, other, similarity)
        for one in query
        for other in listed
        if (similarity := near(one, other, policy))
    ]
    candidates.sort(key=lambda candidate: candidate[:3])
    pairs: list[Pair] = []
    query_used: set[int] = set()
    listed_used: set[int] = set()
    for *_, one, other, similarity in candidates:
        if query_used.isdisjoint(range(one.start, one.stop)) and listed_used.isdisjoint(range(other.start, other.stop)):
            query_used.update(range(one.start, one.stop))
            listed_used.update(range(other.start, other.stop))
            pairs.append(Pair(one, other, similarity, 0))
    return sorted(pairs, key=lambda pair: pair.query.start)


@attrs.frozen
class _Weights:
    """The weight of all words of each name."""

    query: int
    listed: int

    @classmethod
    def of(cls, query: Name, listed: Name, policy: Policy) -> _Weights:
        return cls(name_weight(query, policy), name_weight(listed, policy))


def name_weight(name: Name, policy: Policy) -> int:
    """The weight of all words of a name; at least 1."""
    return max(sum(policy.weight(token.kind) for token in name.tokens), 1)


def _weighed(pairs: list[Pair], weights: _Weights, policy: Policy) -> list[Pair]:
    covered_query = sum(pair.similarity * pair.query.weight for pair in pairs) * weights.listed
    covered_listed = sum(pair.similarity * pair.listed.weight for pair in pairs) * weights.query
    query_share = policy.lesser_share if covered_query <= covered_listed else 100 - policy.lesser_share
    whole = 100 * weights.query * weights.listed
    return [
        attrs.evolve(
            pair,
            points=pair.similarity
            * (
                query_share * pair.query.weight * weights.listed
                + (100 - query_share) * pair.listed.weight * weights.query
            )
            // whole,
        )
        for pair in pairs
    ]


def _deductions(pairs: list[Pair], query: Name, listed: Name, weights: _Weights, policy: Policy) -> Iterator[Evidence]:
    query_left = _unmatched(query, [(pair.query.start, pair.query.stop) for pair in pairs])
    listed_left = _unmatched(listed, [(pair.listed.start, pair.listed.stop) for pair in pairs])
    for token in query_left:
        yield Evidence(kind=EvidenceKind.UNMATCHED_WORD, points=0, query=token.text)
    for token in listed_left:
        yield Evidence(kind=EvidenceKind.UNMATCHED_WORD, points=0, listed=token.text)
    if query_left and listed_left:
        shares = (
            FULL_SCORE * sum(policy.weight(token.kind) for token in left) // whole
            for left, whole in ((query_left, weights.query), (listed_left, weights.listed))
        )
        yield Evidence(
            kind=EvidenceKind.CLASH,
            points=-(min(shares) * policy.clash_share // 100),
            query=" ".join(token.text for token in query_left),
            listed=" ".join(token.text for token in listed_left),
        )
    if len(pairs) > 1:
        weakest = min(pairs, key=lambda pair: (pair.similarity, pair.query.start))
        lack = sum(pair.similarity for pair in pairs) // len(pairs) - weakest.similarity
        if lack:
            yield Evidence(
                kind=EvidenceKind.WEAKEST_WORD,
                points=-(lack * policy.weakest_share // 100),
                query=_text(query, weakest.query),
                listed=_text(listed, weakest.listed),
            )


def _unmatched(name: Name, matched: list[tuple[int, int]]) -> list[Token]:
    used = {at for start, stop in matched for at in range(start, stop)}
    return [token for at, token in enumerate(name.tokens) if at not in used]


def _text(name: Name, span: Span) -> str:
    return " ".join(token.text for token in name.tokens[span.start : span.stop])


def _pair_evidence(pair: Pair, query: Name, listed: Name) -> Evidence:
    distance = edits(pair.query.key, pair.listed.key)
    rule = {None: "initial", 0: "equal", 1: "1 edit"}.get(distance, f"{distance} edits")
    if distance is None:
        kind = EvidenceKind.INITIAL
    elif pair.query.stop - pair.query.start > 1 or pair.listed.stop - pair.listed.start > 1:
        kind = EvidenceKind.JOINED_WORDS
    else:
        kind = EvidenceKind.SIMILAR_WORD if distance else EvidenceKind.WORD
    return Evidence(
        kind=kind,
        points=pair.points,
        query=_text(query, pair.query),
        listed=_text(listed, pair.listed),
        rule=rule,
    )
