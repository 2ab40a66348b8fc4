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

from collections.abc import Iterator
from functools import lru_cache

import attrs

from screenkit.model import Evidence, EvidenceKind, Name, Reading, Role, Sound, Token, TokenKind
from screenkit.model.found import FULL_SCORE
from screenkit.names.quote import as_given
from screenkit.nearness import Near, near, near_sound
from screenkit.policy import Policy


@attrs.frozen
class Span:
    """One word of a name, or a few adjacent ones compared as one."""

    start: int
    stop: int
    token: Token
    weight: int
    #: True where the words are one by the rules of Arabic names (Abd al-Rahman).
    is_compound: bool = False

    @property
    def is_joined(self) -> bool:
        """True where it spans several words."""
        return self.stop - self.start > 1


def spans(name: Name, policy: Policy) -> list[Span]:
    """The words of a name, its pairs of adjacent words and its compounds, each with its weight."""
    tokens = name.tokens
    weights = [policy.weight(token.kind) for token in tokens]
    compounds = {(compound.start, compound.stop) for compound in name.compounds}
    return [
        *(Span(at, at + 1, token, weights[at]) for at, token in enumerate(tokens)),
        *(
            Span(at, at + 2, _joined(tokens[at], tokens[at + 1]), weights[at] + weights[at + 1])
            for at in range(len(tokens) - 1)
            if (at, at + 2) not in compounds and is_joinable(tokens[at], tokens[at + 1])
        ),
        *(
            Span(one.start, one.stop, one.token, sum(weights[one.start : one.stop]), is_compound=True)
            for one in name.compounds
        ),
    ]


@lru_cache(maxsize=65_536)
def _joined(left: Token, right: Token) -> Token:
    arabic = (left.arabic[0] + right.arabic[0],) if left.arabic and right.arabic else ()
    return Token(f"{left.text} {right.text}", left.key + right.key, arabic=arabic)


_UNJOINED = frozenset({TokenKind.NUMERAL, TokenKind.LEGAL_FORM})


def is_joinable(left: Token, right: Token) -> bool:
    """Whether two adjacent words may be one word elsewhere: "Hong Xiang" may, "44 Ltd" may not."""
    return left.kind not in _UNJOINED and right.kind not in _UNJOINED


@attrs.frozen
class Pair:
    """A span of each name, how alike they are and by which rule, and what the pair contributes."""

    query: Span
    listed: Span
    near: Near
    points: int

    @property
    def similarity(self) -> int:
        """How alike the spans are, from 0 to 10,000."""
        return self.near.similarity


@attrs.frozen
class NameScore:
    """The points of two names with their evidence; `is_equal` where they are equal after normalisation."""

    points: int
    evidence: tuple[Evidence, ...]
    is_equal: bool
    #: The two readings that the score rests on; empty where it was made word by word.
    readings: tuple[Reading, ...] = ()


def score_names(query: Name, listed: Name, policy: Policy) -> NameScore:
    """Score a customer's name against a listed one; the evidence's points add up to the score."""
    by_words = _score_words(query, listed, policy)
    if by_words.is_equal or len(query.readings) < 2 or len(listed.readings) < 2:
        return by_words
    by_reading = _score_readings(query, listed, policy)
    return by_reading if by_reading is not None and by_reading.points > by_words.points else by_words


def _score_words(query: Name, listed: Name, policy: Policy) -> NameScore:
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
    return _below_ceiling(total, evidence, policy)


def _below_ceiling(total: int, evidence: list[Evidence], policy: Policy) -> NameScore:
    if total > policy.ceiling:
        evidence.append(Evidence(kind=EvidenceKind.CEILING, points=policy.ceiling - total))
        total = policy.ceiling
    return NameScore(total, tuple(evidence), False)


def _score_readings(query: Name, listed: Name, policy: Policy) -> NameScore | None:
    """The best score of two readings in one sound space: surnames and given names have to be near, both."""
    best: tuple[int, Reading, Reading, int, int] | None = None
    for one in query.readings[1:]:
        for other in listed.readings[1:]:
            if one.space is not other.space:
                continue
            surnames, givens = (_near_parts(one, other, role) for role in (Role.SURNAME, Role.GIVEN))
            if not surnames or not givens:
                continue
            points = _reading_points(surnames, givens, min(one.cap, other.cap), policy)
            if best is None or points > best[0]:
                best = points, one, other, surnames, givens
    if best is None:
        return None
    points, one, other, surnames, givens = best
    limit = policy.same_script_cap if _is_same_native_script(query, listed) else FULL_SCORE
    return _reading_score(min(points, limit), (query, listed), (one, other), (surnames, givens), policy)


def _is_same_native_script(query: Name, listed: Name) -> bool:
    """Whether both names are written in Han, or both in Hangul: then the characters decide, not how they sound."""
    return query.scripts == listed.scripts and query.scripts in (("Han",), ("Hangul",))


def part_of(reading: Reading, role: Role) -> Sound | None:
    """The surname or given name of a reading."""
    return next((sound for sound in reading.sounds if sound.role is role), None)


def _near_parts(one: Reading, other: Reading, role: Role) -> int:
    left, right = part_of(one, role), part_of(other, role)
    return near_sound(one.space, left.key, right.key) if left and right else 0


def _reading_points(surnames: int, givens: int, cap: int, policy: Policy) -> int:
    share = policy.surname_share
    average = (share * surnames + (100 - share) * givens) // 100
    lack = (average - min(surnames, givens)) * policy.weakest_share // 100
    return (average - lack) * cap // FULL_SCORE


def _reading_score(
    points: int,
    names: tuple[Name, Name],
    readings: tuple[Reading, Reading],
    similarities: tuple[int, int],
    policy: Policy,
) -> NameScore:
    one, other = readings
    query, listed = (name.text for name in names)
    heard = one.text if one.text == other.text else f"{one.text} / {other.text}"
    rule = f"{heard} ({one.language}: {one.system} / {other.system})"
    evidence: list[Evidence] = []
    shares = (policy.surname_share, 100 - policy.surname_share)
    for role, similarity, share in zip((Role.SURNAME, Role.GIVEN), similarities, shares, strict=True):
        kind = EvidenceKind.SURNAME_READING if role is Role.SURNAME else EvidenceKind.GIVEN_READING
        evidence.append(Evidence(kind=kind, points=similarity * share // 100, query=query, listed=listed, rule=rule))
    total = sum(item.points for item in evidence)
    if total != points:
        evidence.append(Evidence(kind=EvidenceKind.READING_CAP, points=points - total, rule=rule))
    scored = _below_ceiling(points, evidence, policy)
    return attrs.evolve(scored, readings=readings)


def _align(query: list[Span], listed: list[Span], policy: Policy) -> list[Pair]:
    """Pair spans greedily, the heaviest agreement first, each word once."""
    candidates = [
        (-found.similarity * (one.weight + other.weight), one.start, other.start, one, other, found)
        for one in query
        for other in listed
        if (found := near_spans(one, other, policy)) is not None
    ]
    candidates.sort(key=lambda candidate: candidate[:3])
    pairs: list[Pair] = []
    query_used: set[int] = set()
    listed_used: set[int] = set()
    for *_, one, other, found in candidates:
        if query_used.isdisjoint(range(one.start, one.stop)) and listed_used.isdisjoint(range(other.start, other.stop)):
            query_used.update(range(one.start, one.stop))
            listed_used.update(range(other.start, other.stop))
            pairs.append(Pair(one, other, found, 0))
    return sorted(pairs, key=lambda pair: pair.query.start)


def near_spans(query: Span, listed: Span, policy: Policy) -> Near | None:
    """How alike two spans are; spans of several words each are not compared with each other."""
    if query.is_joined and listed.is_joined and not (query.is_compound and listed.is_compound):
        return None
    is_joined = (query.is_joined and not query.is_compound) or (listed.is_joined and not listed.is_compound)
    return near(query.token, listed.token, is_joined, policy)


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


#: What a name may have or lack without becoming another name: it is no part of a clash.
_BESIDE_THE_NAME = frozenset({TokenKind.LEGAL_FORM, TokenKind.TITLE, TokenKind.PARTICLE})


def _deductions(pairs: list[Pair], query: Name, listed: Name, weights: _Weights, policy: Policy) -> Iterator[Evidence]:
    query_left = _unmatched(query, [(pair.query.start, pair.query.stop) for pair in pairs])
    listed_left = _unmatched(listed, [(pair.listed.start, pair.listed.stop) for pair in pairs])
    query_words, listed_words = as_given(query.text), as_given(listed.text)
    for at in query_left:
        yield Evidence(kind=EvidenceKind.UNMATCHED_WORD, points=0, query=query_words[at])
    for at in listed_left:
        yield Evidence(kind=EvidenceKind.UNMATCHED_WORD, points=0, listed=listed_words[at])
    query_own, listed_own = _own(query, query_left), _own(listed, listed_left)
    if query_own and listed_own:
        shares = (
            FULL_SCORE * sum(policy.weight(name.tokens[at].kind) for at in own) // whole
            for name, own, whole in ((query, query_own, weights.query), (listed, listed_own, weights.listed))
        )
        yield Evidence(
            kind=EvidenceKind.CLASH,
            points=-(min(shares) * policy.clash_share // 100),
            query=" ".join(query_words[at] for at in query_own),
            listed=" ".join(listed_words[at] for at in listed_own),
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


def _unmatched(name: Name, matched: list[tuple[int, int]]) -> list[int]:
    """Positions of the tokens in no pair."""
    used = {at for start, stop in matched for at in range(start, stop)}
    return [at for at in range(len(name.tokens)) if at not in used]


def _own(name: Name, left: list[int]) -> list[int]:
    """Those of the unmatched tokens that tell one name from another."""
    return [at for at in left if name.tokens[at].kind not in _BESIDE_THE_NAME]


def _text(name: Name, span: Span) -> str:
    return " ".join(as_given(name.text)[span.start : span.stop])


def _pair_evidence(pair: Pair, query: Name, listed: Name) -> Evidence:
    return Evidence(
        kind=_KINDS.get(pair.near.rule, EvidenceKind.SIMILAR_WORD)
        if not (pair.query.is_joined or pair.listed.is_joined)
        else EvidenceKind.JOINED_WORDS,
        points=pair.points,
        query=_text(query, pair.query),
        listed=_text(listed, pair.listed),
        rule=pair.near.rule,
    )


_KINDS = {"equal": EvidenceKind.WORD, "initial": EvidenceKind.INITIAL}
