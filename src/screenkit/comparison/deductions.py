"""What comes off two names' coverage: words that contradict each other, that are common, or that are least similar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from screenkit.comparison.alignment import Pair
from screenkit.comparison.spans import Words
from screenkit.model import EvidenceKind, TokenKind
from screenkit.model.evidence import FULL_SCORE
from screenkit.names.vocabulary.commonness import is_unheard
from screenkit.policy import Policy


class Contribution(NamedTuple):
    """One piece of evidence before it is quoted: positions of words instead of their text."""

    kind: EvidenceKind
    points: int
    query: tuple[int, ...] = ()
    listed: tuple[int, ...] = ()
    rule: str = ""


#: What a name may have or lack without becoming another name: it is no part of a clash.
_BESIDE_THE_NAME = frozenset({TokenKind.LEGAL_FORM, TokenKind.TITLE, TokenKind.PARTICLE})


#: Rules of pairs that are possible, not certain: they don't make another pair look weak.
_INITIALS = frozenset({"initial", "initials"})


def deductions(
    pairs: Sequence[Pair],
    total: int,
    query: Words,
    listed: Words,
    policy: Policy,
    is_syllabic: bool = False,
    is_whole: bool = False,
    is_single: bool = False,
) -> Iterator[Contribution]:
    """What comes off the total of the pairs.

    `is_syllabic` where both names are read in one language of syllables, in which no given name is left out.
    `is_whole` where the customer's name has all its words: a person's word that is in one name alone then contradicts.
    `is_single` where it is one name alone, which the other one has.
    """
    query_left = _unmatched(query, [pair.query for pair in pairs])
    listed_left = _unmatched(listed, [pair.listed for pair in pairs])
    query_own = [] if is_single else _own(query, query_left)
    listed_own = _own(listed, listed_left)
    # Where both names have one, they clash instead.
    is_another = is_whole and bool(query_own) != bool(listed_own) and _is_person(query) and _is_person(listed)
    added = None if is_single else _added(query, listed, query_own)
    for at in query_left:
        points = -_clashing(query, at, policy) if is_another and at in query_own else 0
        if at == added:
            points = min(points, -policy.added_word_loss)
        yield Contribution(EvidenceKind.UNMATCHED_WORD, points, query=(at,))
    for at in listed_left:
        points = -_clashing(listed, at, policy) if is_another and at in listed_own else 0
        yield Contribution(EvidenceKind.UNMATCHED_WORD, points, listed=(at,))
    # Where nothing is left of one of them, that is so too.
    is_generic = _are_generic(query, query_own) or _are_generic(listed, listed_own)
    if query_own and listed_own:
        yield _clash(query, listed, query_own, listed_own, is_generic, policy)
    exchanged = _exchanged(pairs, query, listed) or _taken_for_father(pairs, query, listed, query_own, listed_own)
    if exchanged:
        yield Contribution(EvidenceKind.FATHER_AND_SON, -policy.father_loss, exchanged[0], exchanged[1])
    left = [query.kinds[at] for at in query_own] + [listed.kinds[at] for at in listed_own]
    lacking = sum([kind is not TokenKind.PATRONYMIC for kind in left])
    left_bits = policy.left_syllable_bits if is_syllabic else policy.left_bits
    bits = sum([pair.bits for pair in pairs]) - left_bits * lacking
    if is_generic and bits < policy.needed_bits:
        bits += policy.unheard_bits * _count_unheard(pairs, query, listed)
    aside = _aside(query, listed, query_left, listed_left, policy)
    is_shortened = is_single or (not query_own and _is_shortened(pairs, query, listed, listed_own))
    most = min(policy.shortened_most, policy.common_most) if is_shortened else policy.common_most
    points = off_for_common(total + aside, bits, most, policy)
    may_be_contained = listed_own and not query_own and not is_shortened and not is_syllabic
    if may_be_contained and _is_contained(pairs, query, listed, policy):
        relieved = off_for_common(total + aside, bits, min(policy.contained_most, policy.common_most), policy)
        points = max(points, min(relieved, policy.contained_cap - total))
    if pairs and points:
        yield Contribution(EvidenceKind.COMMON_WORDS, points, tuple(at for pair in pairs for at in pair.query))
    pairs = [pair for pair in pairs if pair.rule not in _INITIALS]
    if len(pairs) > 1:
        weakest = min(pairs, key=lambda pair: (pair.similarity, pair.query))
        lack = sum([pair.similarity for pair in pairs]) // len(pairs) - weakest.similarity
        if lack:
            points = -(lack * policy.weakest_share // 100)
            yield Contribution(EvidenceKind.WEAKEST_WORD, points, weakest.query, weakest.listed)


def _added(query: Words, listed: Words, query_own: Sequence[int]) -> int | None:
    """The first word by which a person's name is longer than a listed one of a single word; None where it is not so.

    "Esperanza Silva" is no ship named Esperanza. What is added to a firm's word says what it does: Buller Trade.
    """
    if len(listed.kinds) != 1 or listed.kinds[0] is not TokenKind.WORD or not _is_person(query):
        return None
    return next((at for at in query_own if query.kinds[at] is TokenKind.WORD), None)


def _clash(
    query: Words,
    listed: Words,
    query_own: Sequence[int],
    listed_own: Sequence[int],
    is_generic: bool,
    policy: Policy,
) -> Contribution:
    """What comes off for the words that each name has and the other lacks, by how unlike they are."""
    shares = [
        FULL_SCORE * sum([_own_weight(words, at, policy) for at in own]) // words.whole
        for words, own in ((query, query_own), (listed, listed_own))
    ]
    unlike = _unlike([query.keys[at] for at in query_own], [listed.keys[at] for at in listed_own])
    share = policy.clash_share
    if is_generic:
        share = share * policy.generic_clash_share // 100
    points = -(min(*shares, FULL_SCORE) * share * unlike // 10_000)
    return Contribution(EvidenceKind.CLASH, points, tuple(query_own), tuple(listed_own))


def _count_unheard(pairs: Sequence[Pair], query: Words, listed: Words) -> int:
    """How many equal words are unheard of elsewhere.

    They tell more only where no own words contradict each other: two people of a rare surname have other given names.
    """
    if not query.tokens or not listed.tokens:
        return 0
    return sum(
        all(map(is_unheard, (query.tokens[pair.query[0]], listed.tokens[pair.listed[0]])))
        for pair in pairs
        if pair.rule == "equal" and pair.similarity == FULL_SCORE and len(pair.query) == 1 == len(pair.listed)
    )


def _aside(query: Words, listed: Words, query_left: Sequence[int], listed_left: Sequence[int], policy: Policy) -> int:
    """At most what names lack for legal forms, titles and particles that one of them has and the other has not."""
    shares = [
        sum([words.weights[at] for at in left if words.kinds[at] in _BESIDE_THE_NAME]) * FULL_SCORE // words.whole
        for words, left in ((query, query_left), (listed, listed_left))
    ]
    return (policy.lesser_share * max(shares) + (100 - policy.lesser_share) * min(shares)) // 100


def _exchanged(pairs: Sequence[Pair], query: Words, listed: Words) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The words of the first pair that is a father's name here and none there, where another is so the other way."""
    here = [pair for pair in pairs if pair.query[0] in query.fathers and pair.listed[0] not in listed.fathers]
    there = [pair for pair in pairs if pair.query[0] not in query.fathers and pair.listed[0] in listed.fathers]
    return (here[0].query, here[0].listed) if here and there else None


def _taken_for_father(
    pairs: Sequence[Pair], query: Words, listed: Words, query_own: Sequence[int], listed_own: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The words of a pair that is a father's name in one name and the own one in the other, which lacks the child's."""
    for pair in pairs:
        ours, theirs = pair.query[0], pair.listed[0]
        is_father = ours in query.fathers, theirs in listed.fathers
        if is_father == (True, False) and _is_own(listed, theirs) and any(at < ours for at in query_own):
            return pair.query, pair.listed
        if is_father == (False, True) and _is_own(query, ours) and any(at < theirs for at in listed_own):
            return pair.query, pair.listed
    return None


def _is_own(words: Words, at: int) -> bool:
    """Whether a word may be a person's own name: a patronymic is the father's too."""
    return words.kinds[at] is TokenKind.WORD


def _own_weight(words: Words, at: int, policy: Policy) -> int:
    """What a word weighs that stands against another: a patronymic that is missing says little, another one much."""
    return policy.word_weight if words.kinds[at] is TokenKind.PATRONYMIC else words.weights[at]


def _unlike(query: Sequence[str], listed: Sequence[str]) -> int:
    """How unlike the letters of two names' own words are, in percent; too far apart to be near, they may resemble."""
    one, other = "".join(query), "".join(listed)
    return 100 * Indel.distance(one, other) // (len(one) + len(other))


#: Kinds of words that names of organizations have.
_OF_ORGANIZATIONS = frozenset({TokenKind.GENERIC, TokenKind.LEGAL_FORM, TokenKind.NUMERAL})


def _clashing(words: Words, at: int, policy: Policy) -> int:
    """What a word that makes another name of it takes: its share of the name."""
    return FULL_SCORE * words.weights[at] * policy.clash_share // (100 * words.whole)


def _is_person(words: Words) -> bool:
    return _OF_ORGANIZATIONS.isdisjoint(words.kinds)


def _are_generic(words: Words, left: Sequence[int]) -> bool:
    """Whether the words left say only what an organization does: people leave these out or put others."""
    return all(words.kinds[at] is TokenKind.GENERIC for at in left)


def _unmatched(words: Words, matched: Sequence[tuple[int, ...]]) -> list[int]:
    """Positions of the words in no pair."""
    used = {at for positions in matched for at in positions}
    return [at for at in range(len(words.kinds)) if at not in used]


def _own(words: Words, left: Sequence[int]) -> list[int]:
    """Those of the unmatched words that tell one name from another."""
    return [at for at in left if words.kinds[at] not in _BESIDE_THE_NAME]


def _is_shortened(pairs: Sequence[Pair], query: Words, listed: Words, listed_own: Sequence[int]) -> bool:
    """Whether a customer's name has only own words, all found, and lacks only generic ones of the listed name."""
    shared = [query.kinds[at] for pair in pairs for at in pair.query]
    return bool(listed_own) and TokenKind.GENERIC not in shared and _are_generic(listed, listed_own)


def _is_contained(pairs: Sequence[Pair], query: Words, listed: Words, policy: Policy) -> bool:
    """Whether a customer's given name and surname are both a listed person's, who has further names: Lotfi Rihani.

    A misspelled name may be another one: Ali Vellabati, Ali Akbar Velayati.
    """
    if not _is_person(query) or not _is_person(listed):
        return False
    named = [pair for pair in pairs if query.kinds[pair.query[0]] is TokenKind.WORD]
    if len(named) < 2 or min(pair.similarity for pair in named) < policy.sound_similarity:
        return False
    return any(at in pair.listed for pair in named for at in listed.surnames)


def off_for_common(total: int, bits: int, most: int, policy: Policy) -> int:
    """What comes off where the words shared tell too few bits for what the names lack: at most so many points."""
    if bits >= policy.needed_bits or not policy.needed_bits:
        return 0
    lack = min(policy.needed_bits - bits, policy.needed_bits)
    at_stake = min(max(FULL_SCORE - total, 0) * policy.common_rise // 100, most)
    return -(at_stake * lack // policy.needed_bits)
