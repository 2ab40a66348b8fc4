"""How similar two words are and by which rule: their spelling, their sounds, or what they mean.

The index finds all words that are similar by their `lookups`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import attrs
from rapidfuzz.distance import OSA, Indel

from screenkit.comparison.lookups import (
    LONGEST_EDITED,
    ONE_EDIT_FROM,
    TERMS,
    foreign_key,
    initial_beginnings,
    is_latin,
    latin_edits_allowed,
    latin_radius,
    meant_term,
    roman_number,
)
from screenkit.model import Token, TokenKind
from screenkit.model.evidence import FULL_SCORE
from screenkit.names.arabic.measure import similarity as near_arabic
from screenkit.names.arabic.measure import skeleton
from screenkit.names.foreign.measure import similarity as near_foreign
from screenkit.names.slavic.measure import similarity as near_slavic
from screenkit.names.small_scripts.burmese import is_burmese, is_one_syllable
from screenkit.names.vocabulary.commonness import LEAST_SKELETON
from screenkit.names.vocabulary.misreadings import is_misread, misread, without_stray_digits
from screenkit.names.vocabulary.near_concepts import near_groups
from screenkit.policy import Policy

#: Where an Arabic key has fewer consonants than say anything, so great a part of the letters has to be shared.
_LETTERS_IN_COMMON = 0.5

#: What Slavic keys of given-name classes and of masculine forms begin with.
MARKS = "@~"


@attrs.frozen
class Near:
    """How alike two words are (1 to 10,000), by which rule, and what that takes of what sharing them tells."""

    similarity: int
    rule: str
    #: In bits.
    cost: int = 0
    #: The most bits that sharing them tells, where the words themselves tell more.
    most_bits: int | None = None


#: Two words that have nothing in common.
_UNLIKE = Near(0, "")


def _edited(edits: int, longest: int, policy: Policy) -> int:
    """How alike two Latin keys of these edits are, the longer one of this length."""
    return max(FULL_SCORE - FULL_SCORE * edits * policy.edit_share // (100 * longest), 1)


def _edit_bits(edits: int, policy: Policy) -> int:
    """What edits take of what a word tells: the second one more, because two make another word more often."""
    return edits and policy.edit_bits + (edits - 1) * policy.second_edit_bits


@lru_cache(maxsize=64)
def near_equal(is_joined: bool, policy: Policy) -> Near:
    """How alike two words are that are written alike: "Ben" is a particle after a name and a word before one."""
    return Near(max(FULL_SCORE - policy.joined_deduction * is_joined, 1), "equal")


def near_initials(policy: Policy) -> Near:
    """How alike two initials written together and their words are."""
    return Near(policy.initial_similarity, "initials")


# Measured on mixed queries: half of the pairs were compared before, and a query takes a quarter less time.
@lru_cache(maxsize=16_384)
def near(query: Token, listed: Token, is_joined: bool, policy: Policy) -> Near | None:
    """How alike two words are by the rule that says most; None where they are not."""
    if query.text == listed.text:
        return near_equal(is_joined, policy)
    if query.key == listed.key and query.native == listed.native:
        if query.kind is TokenKind.GENERIC and _is_translated(query.text, listed.text):
            return Near(policy.translated_similarity, "same meaning", policy.translated_bits)
        return near_equal(is_joined, policy)
    if (query.kind is TokenKind.NUMERAL) != (listed.kind is TokenKind.NUMERAL) and not is_joined:
        number = roman_number(query)
        if number and number == roman_number(listed):
            return Near(policy.misspelled_similarity, "Roman numeral")
    if query.kind in TERMS and listed.kind in TERMS:
        # Iran and Iraq, a bank and a branch: terms of the tables are the same or not, but for a slip of the pen.
        if is_joined:
            return None
        if (meant_term(query) or query.key) != (meant_term(listed) or listed.key):
            return _near_concepts(query, listed, policy)
        return Near(policy.misspelled_similarity, "misspelled term", policy.edit_bits)
    by_class = 0 if is_joined else _shared_class(query.slavic, listed.slavic)
    if by_class < 0:
        return None
    by_latin = _latin_edits(query.key, listed.key, is_joined)
    best = _UNLIKE
    if not is_joined and _is_misread(query.key, listed.key):
        best = Near(policy.misread_similarity, "misread letters", policy.sound_bits)
    elif not is_joined and _has_stray_digits(query.key, listed.key):
        best = Near(policy.misread_similarity, "stray digit", policy.sound_bits)
    if by_latin > 0 and is_burmese(query.text) != is_burmese(listed.text):
        # A Burmese syllable with another letter is another syllable, unless both spell one sound (Htun, Tun).
        if is_one_syllable(query.key, listed.key):
            best = Near(policy.sound_similarity, "Burmese sounds", policy.sound_bits)
    elif by_latin >= 0:
        similarity = _edited(by_latin, max(len(query.key), len(listed.key)), policy)
        if by_latin and _is_syllabic(query) != _is_syllabic(listed):
            # A syllable of Chinese or Korean with another letter is another syllable, mostly another name.
            similarity = min(similarity, policy.native_edit_cap)
        if similarity > best.similarity:
            best = Near(similarity, ("equal", "1 edit", "2 edits")[by_latin], _edit_bits(by_latin, policy))
    elif not is_joined and _is_initial(query, listed):
        best = Near(policy.initial_similarity, "initial")
    for sound in _sounds(query, listed, is_joined, by_class, policy):
        if sound.similarity > best.similarity:
            best = sound
    by_foreign = 0 if is_joined else _foreign(query, listed)
    if by_foreign > best.similarity:
        best = Near(by_foreign, "foreign sounds", (FULL_SCORE - by_foreign) * policy.transcribed_bits // FULL_SCORE)
    if not best.similarity:
        return None
    if query.native and listed.native and query.native != listed.native:
        limit = _native_limit(query, listed, policy)
        best = Near(min(best.similarity, limit), "sounds alike, written differently", best.cost)
    if not is_joined:
        return best
    return Near(max(best.similarity - policy.joined_deduction, 1), best.rule, best.cost)


def _near_concepts(query: Token, listed: Token, policy: Policy) -> Near | None:
    """How alike two generic words are of which translators put one for the other: air and aviation."""
    if query.kind is not TokenKind.GENERIC or listed.kind is not TokenKind.GENERIC:
        return None
    if set(near_groups(query.key)).isdisjoint(near_groups(listed.key)):
        return None
    return Near(policy.near_concept_similarity, "near meaning", policy.translated_bits)


def _sounds(query: Token, listed: Token, is_joined: bool, by_class: int, policy: Policy) -> Iterator[Near]:
    """What the sounds of two words say: their Slavic keys, the class of their Slavic names, their Arabic keys."""
    is_cross_script = is_latin(query.text) != is_latin(listed.text)
    by_slavic = 0 if is_joined else _by_slavic(query, listed)
    # A given name is no patronymic: Oleksandr, Oleksandrovych.
    is_one_sort = (query.kind is TokenKind.PATRONYMIC) == (listed.kind is TokenKind.PATRONYMIC)
    by_arabic = _by_arabic(query, listed) if is_one_sort and (is_cross_script or not is_joined) else 0
    if is_joined and by_arabic < policy.joined_sound_least:
        by_arabic = 0
    if by_class:
        yield Near(by_class * policy.class_similarity // FULL_SCORE, "Slavic name class", policy.sound_bits)
    # Words of two scripts have nothing but their sound to be compared by.
    whole, edits = FULL_SCORE, 1
    if not is_cross_script:
        by_slavic = by_slavic if by_slavic >= policy.latin_sound_least else 0
        if by_arabic < policy.latin_sound_least or _is_sketch(query, listed):
            by_arabic = 0
        if not by_slavic and not by_arabic:
            return
        whole = policy.sound_similarity
        edits = OSA.distance(query.key, listed.key)
    for sound, rule in ((by_slavic, "Slavic sounds"), (by_arabic, "Arabic sounds")):
        if sound:
            # Spellings of one sound differ by many letters (Chruschtschow, Khrushchev); of a like sound by few.
            letters = edits if sound < FULL_SCORE else min(edits, 2)
            lost = (FULL_SCORE - sound) * policy.change_bits // FULL_SCORE
            yield Near(sound * whole // FULL_SCORE, rule, policy.sound_bits * letters + lost)


def _is_sketch(query: Token, listed: Token) -> bool:
    """Whether the Arabic sounds of two words in Latin letters say less than their letters: Alice and Ellissa, Wala and
    Valle. Two consonants are shared by too many words; where the letters are others too, so is the word.
    """
    fewest = min((len(skeleton(key)) for key in (*query.arabic, *listed.arabic)), default=0)
    return fewest < LEAST_SKELETON and Indel.normalized_similarity(query.key, listed.key) < _LETTERS_IN_COMMON


def _foreign(query: Token, listed: Token) -> int:
    """How alike a word that transcribes a foreign name and a word in Latin letters sound."""
    if bool(query.foreign) == bool(listed.foreign):
        return 0
    one, other = foreign_key(query), foreign_key(listed)
    return near_foreign(one, other) if one and other else 0


def _native_limit(query: Token, listed: Token, policy: Policy) -> int:
    """The most that two words of one script reach that are written differently: in an alphabet, a letter is a slip."""
    one, other = query.native, listed.native
    if len(one) < ONE_EDIT_FROM or len(other) < ONE_EDIT_FROM or not _is_arabic(one) or not _is_arabic(other):
        return policy.same_script_cap
    if OSA.distance(one, other, score_cutoff=1) > 1:
        return policy.same_script_cap
    return FULL_SCORE - FULL_SCORE * policy.edit_share // (100 * max(len(one), len(other)))


def _is_translated(one: str, other: str) -> bool:
    """Whether two generic words in Latin letters are words of two stems: Mundo and World, no plural."""
    return one[:3] != other[:3] and is_latin(one) and is_latin(other)


def _is_misread(one: str, other: str) -> bool:
    """Whether one key is the other as a scanner reads it: by a digit for a letter, or rn for m."""
    has_digits = not (one.isalpha() and other.isalpha())
    if has_digits and (is_misread(one) or is_misread(other)):
        return misread(one) == misread(other)
    return ("rn" in one) != ("rn" in other) and one.replace("rn", "m") == other.replace("rn", "m")


def _has_stray_digits(one: str, other: str) -> bool:
    """Whether one key is the other with a digit before or behind it: Putin1. Two words with digits are two (Sky17)."""
    if one.isalpha() == other.isalpha():
        return False
    word, digits = (one, other) if one.isalpha() else (other, one)
    return misread(without_stray_digits(digits)) == misread(word)


def _is_syllabic(token: Token) -> bool:
    return bool(token.native) and not _is_arabic(token.native)


def _is_arabic(text: str) -> bool:
    return "\u0590" <= text[0] <= "\u08ff"


def _is_initial(one: Token, other: Token) -> bool:
    """Whether one word is the initial of the other, or its beginning where it was cut short."""
    is_one = one.kind is TokenKind.INITIAL
    if is_one == (other.kind is TokenKind.INITIAL):
        return False
    short, whole = (one, other) if is_one else (other, one)
    if len(short.text) == 1:
        return whole.key[0].isalpha() and whole.key.startswith(initial_beginnings(short))
    if whole.key[0] != short.key[0]:
        return False
    return whole.key.startswith(short.key) or any(key.startswith(short.slavic) for key in whole.slavic)


def _by_slavic(query: Token, listed: Token) -> int:
    """How alike the Slavic keys of two words are that are most alike."""
    best = 0
    for one in query.slavic:
        for other in listed.slavic:
            if one[0] not in MARKS and other[0] not in MARKS and _may_be_near(one, other):
                best = max(best, near_slavic(one, other))
    return best


def _by_arabic(query: Token, listed: Token) -> int:
    """How alike the Arabic keys of two words are that are most alike."""
    best = 0
    for one in query.arabic:
        for other in listed.arabic:
            if _may_be_near(one, other):
                best = max(best, near_arabic(one, other))
    return best


def _may_be_near(one: str, other: str) -> bool:
    """Whether the radius of the index reaches: keys beyond `LONGEST_EDITED` are equal or nothing."""
    return one == other or max(len(one), len(other)) <= LONGEST_EDITED


def _shared_class(query: tuple[str, ...], listed: tuple[str, ...]) -> int:
    """10,000 where a class or masculine form is shared; -1 where both are known given names of different classes."""
    if not query or not listed:
        return 0
    if any(key[0] in MARKS and key in listed for key in query):
        return FULL_SCORE
    both = (any(key[0] == MARKS[0] for key in keys) for keys in (query, listed))
    return -1 if all(both) else 0


def _latin_edits(a: str, b: str, is_joined: bool) -> int:
    """The edit distance (optimal string alignment) of two Latin keys; -1 where it is more than they may differ by.

    Words with digits are equal or nothing: 44 is no slip of 45.
    """
    if a == b:
        return 0
    shorter, longer = sorted((len(a), len(b)))
    allowed = min(latin_radius(shorter), 1) if is_joined else latin_edits_allowed(shorter)
    if not allowed or longer - shorter > allowed or longer > LONGEST_EDITED or not (a.isalpha() and b.isalpha()):
        return -1
    distance = OSA.distance(a, b, score_cutoff=allowed)
    if distance > allowed or (shorter < ONE_EDIT_FROM and longer == shorter and a != b[::-1]):
        return -1
    return distance
