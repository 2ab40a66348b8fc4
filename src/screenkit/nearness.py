"""Two words in, how alike they are and by which rule out: the nearness of every sound space, in one place.

The index stores a word by the keys that `stored_lookups` gives and asks for those that `asked_lookups` gives; two words
that are near have one of each in common, or within the edits of both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import attrs
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from screenkit.model import Space, Token, TokenKind
from screenkit.model.found import FULL_SCORE
from screenkit.names.arabic_sound import EDIT as ARABIC_EDIT
from screenkit.names.arabic_sound import RADIUS as ARABIC_RADIUS
from screenkit.names.arabic_sound import near_arabic, skeleton
from screenkit.names.chinese import near_chinese
from screenkit.names.japanese import near_japanese
from screenkit.names.korean import RADIUS as KOREAN_RADIUS
from screenkit.names.korean import near_korean
from screenkit.names.misreadings import is_misread, misread
from screenkit.names.misspellings import misspelled_term
from screenkit.names.slavic import ONE_EDIT_FROM as SLAVIC_ONE_EDIT_FROM
from screenkit.names.slavic import TWO_EDITS_FROM as SLAVIC_TWO_EDITS_FROM
from screenkit.names.slavic import near_slavic
from screenkit.policy import Policy

#: Words shorter than this must be equal, but for a letter too many or two letters swapped (Ri, Rii, Ir); words below
#: `TWO_EDITS_FROM` may differ by one edit, others by two.
ONE_EDIT_FROM = 3
TWO_EDITS_FROM = 5
#: Words longer than this must be equal again; no word of a name is, and their neighbourhoods would be huge.
LONGEST_EDITED = 32
#: What Slavic keys of given-name classes and of masculine forms begin with.
MARKS = "@~"
_TERMS = frozenset({TokenKind.GENERIC, TokenKind.NUMERAL, TokenKind.LEGAL_FORM})


@attrs.frozen
class Near:
    """How alike two words are (1 to 10,000), by which rule, and what that takes of what sharing them tells."""

    similarity: int
    rule: str
    #: In bits.
    cost: int = 0


def latin_radius(length: int) -> int:
    """How many edits a Latin or Slavic key of this length may be away from another one, the shorter one counting."""
    return (length >= ONE_EDIT_FROM) + (length >= TWO_EDITS_FROM) if length <= LONGEST_EDITED else 0


def _slavic_radius(length: int) -> int:
    return (length >= SLAVIC_ONE_EDIT_FROM) + (length >= SLAVIC_TWO_EDITS_FROM) if length <= LONGEST_EDITED else 0


def _arabic_radius(length: int) -> int:
    return sum(length >= least for least in ARABIC_RADIUS) if length <= LONGEST_EDITED else 0


def _korean_radius(length: int) -> int:
    return KOREAN_RADIUS[min(length, len(KOREAN_RADIUS) - 1)] if length <= LONGEST_EDITED else 0


#: Space -> edits allowed for a lookup key of a length.
RADII: Mapping[Space, Callable[[int], int]] = MappingProxyType(
    {
        Space.LATIN: latin_radius,
        Space.SLAVIC: _slavic_radius,
        Space.ARABIC: _arabic_radius,
        Space.CHINESE: latin_radius,
        Space.KOREAN: _korean_radius,
        Space.JAPANESE: latin_radius,
    }
)


class Lookup(NamedTuple):
    """A key that a word is found by: its space, whether the word is in Latin letters, and how many edits are tried."""

    space: Space
    is_latin: bool
    key: str
    radius: int
    #: How alike keys have to be to count.
    least: int = 1

    @property
    def reach(self) -> int:
        """How many edits away another key may be; of two Latin letters, a third may be too many (Ri, Rii)."""
        return self.radius or (self.space is Space.LATIN and len(self.key) == ONE_EDIT_FROM - 1)


def stored_lookups(token: Token, *, is_joined: bool = False) -> list[Lookup]:
    """The keys a listed word is found by. In the Latin space one key serves words of every script."""
    found = _latin_lookups(token, is_joined)
    if token.slavic or token.arabic:
        found.extend(_sound_lookups(token, is_joined, _is_latin(token.text)))
    return found


def _latin_lookups(token: Token, is_joined: bool) -> list[Lookup]:
    key, text = token.key, token.text
    edits = radius(Space.LATIN, key)
    found = [Lookup(Space.LATIN, True, key, min(edits, 1) if is_joined else edits)]
    if text != key:
        found.append(Lookup(Space.LATIN, True, text if text.isascii() else f"={text}", 0))
    term = _meant(token) if token.is_approximate else ""
    if term:
        found.append(Lookup(Space.LATIN, True, term, 0))
    if not is_joined:
        found.append(Lookup(Space.LATIN, True, f"~{misread(key)}", 0))
        if len(key) == ONE_EDIT_FROM - 1 and key.isalpha():
            found.append(Lookup(Space.LATIN, True, f"^{min(key, key[::-1])}", 0))
    return found


def _sound_lookups(token: Token, is_joined: bool, is_latin: bool) -> list[Lookup]:
    keys = token.slavic if not is_joined else ()
    found = [Lookup(Space.SLAVIC, is_latin, key, radius(Space.SLAVIC, key)) for key in keys]
    skeletons = dict.fromkeys(map(skeleton, token.arabic))
    found.extend([Lookup(Space.ARABIC, is_latin, key, radius(Space.ARABIC, key)) for key in skeletons])
    return found


def asked_lookups(token: Token, policy: Policy, *, is_joined: bool = False) -> list[Lookup]:
    """The keys that words near a query's word are looked up by.

    Sounds of two words in Latin letters, or of two that are not, count only where they are nearly the same
    (`Policy.latin_sound_least`), and those of joined words not at all: fewer edits are tried.
    """
    found = _latin_lookups(token, is_joined)
    if not token.slavic and not token.arabic:
        return found
    is_latin = _is_latin(token.text)
    least = max(policy.latin_sound_least, 1)
    for one in _sound_lookups(token, is_joined, not is_latin):
        found.append(one)
        if not is_joined:
            edits = one.radius if one.space is Space.SLAVIC else _least_radius(one, policy)
            found.append(Lookup(one.space, is_latin, one.key, edits, least))
    return found


def _least_radius(one: Lookup, policy: Policy) -> int:
    """Edits of an Arabic skeleton that leave two words as alike as `Policy.latin_sound_least` asks for."""
    return min(one.radius, max(FULL_SCORE - policy.latin_sound_least, 0) * (len(one.key) + one.radius) // ARABIC_EDIT)


def radius(space: Space, key: str) -> int:
    """How many edits away from a key others are looked up; keys with digits and marks are equal or nothing."""
    return RADII[space](len(key)) if key.replace("-", "").isalpha() else 0


_SOUND: Mapping[Space, Callable[[str, str], int]] = MappingProxyType(
    {Space.CHINESE: near_chinese, Space.KOREAN: near_korean, Space.JAPANESE: near_japanese}
)


def near_sound(space: Space, one: str, other: str) -> int:
    """How alike two keys of a person's reading are, from 0 to 10,000."""
    return _SOUND[space](one, other)


#: More edits than any two near keys are apart.
_TOO_MANY = 3


def most_alike(asked: Sequence[Lookup], stored: Sequence[str], policy: Policy) -> list[int]:
    """The most that words of two lookup keys, brought together by the index, can be alike by these keys; 0 for not.

    Pair by pair, each key asked for with a stored one of its sort.
    """
    edits = cpdist([one.key for one in asked], stored, scorer=OSA.distance, score_cutoff=_TOO_MANY - 1).tolist()
    return [
        _alike_at(one, other, apart, policy) if apart < _TOO_MANY else 0
        for one, other, apart in zip(asked, stored, edits, strict=True)
    ]


def _alike_at(asked: Lookup, other: str, edits: int, policy: Policy) -> int:
    one = asked.key
    if not edits:
        return FULL_SCORE
    if asked.space is Space.LATIN:
        edits = _allowed_edits(one, other, False, edits)
        return _edited(edits, max(len(one), len(other)), policy) if edits >= 0 else 0
    if asked.space is Space.SLAVIC:
        alike = near_slavic(one, other)
        return alike if alike >= asked.least else 0
    allowed = min(asked.radius, _arabic_radius(min(len(one), len(other))))
    return FULL_SCORE - ARABIC_EDIT * edits // max(len(one), len(other)) if edits <= allowed else 0


def _edited(edits: int, longest: int, policy: Policy) -> int:
    """How alike two Latin keys of these edits are, the longer one of this length."""
    return max(FULL_SCORE - FULL_SCORE * edits * policy.edit_share // (100 * longest), 1)


@lru_cache(maxsize=128)
def near_equal(is_joined: bool, policy: Policy) -> Near:
    """How alike two words are that are written alike: "Ben" is a particle after a name and a word before one."""
    return Near(max(FULL_SCORE - policy.joined_deduction * is_joined, 1), "equal")


@lru_cache(maxsize=16_384)
def near(query: Token, listed: Token, is_joined: bool, policy: Policy) -> Near | None:
    """How alike two words are by the rule that says most; None where they are not."""
    if query.text == listed.text:
        return near_equal(is_joined, policy)
    if query.key == listed.key and query.native == listed.native:
        if query.kind is TokenKind.GENERIC and _is_translated(query.text, listed.text):
            return Near(policy.translated_similarity, "same meaning", policy.translated_bits)
        return near_equal(is_joined, policy)
    if query.kind in _TERMS and listed.kind in _TERMS:
        # Iran and Iraq, a bank and a branch: terms of the tables are the same or not, but for a slip of the pen.
        if is_joined or (_meant(query) or query.key) != (_meant(listed) or listed.key):
            return None
        return Near(policy.misspelled_similarity, "misspelled term", policy.edit_bits)
    by_latin, by_slavic, by_class, by_arabic = _relations(query, listed, is_joined)
    if by_class < 0:
        return None
    best = Near(0, "")
    if not is_joined and _is_misread(query.key, listed.key):
        best = Near(policy.misread_similarity, "misread letters", policy.sound_bits)
    if by_latin >= 0:
        similarity = _edited(by_latin, max(len(query.key), len(listed.key)), policy)
        if by_latin and _is_syllabic(query) != _is_syllabic(listed):
            # A syllable of Chinese or Korean with another letter is another syllable, mostly another name.
            similarity = min(similarity, policy.native_edit_cap)
        if similarity > best.similarity:
            best = Near(similarity, ("equal", "1 edit", "2 edits")[by_latin], by_latin * policy.edit_bits)
    elif not is_joined and _is_initial(query, listed):
        best = Near(policy.initial_similarity, "initial")
    for sound in _sounds(query, listed, is_joined, (by_slavic, by_class, by_arabic), policy):
        if sound.similarity > best.similarity:
            best = sound
    if not best.similarity:
        return None
    if query.native and listed.native and query.native != listed.native:
        limit = _native_limit(query, listed, policy)
        best = Near(min(best.similarity, limit), "sounds alike, written differently", best.cost)
    return Near(max(best.similarity - policy.joined_deduction * is_joined, 1), best.rule, best.cost)


def _sounds(
    query: Token, listed: Token, is_joined: bool, sounds: tuple[int, int, int], policy: Policy
) -> Iterator[Near]:
    """What the sounds of two words say: their Slavic keys, the class of their Slavic names, their Arabic keys."""
    by_slavic, by_class, by_arabic = sounds
    is_cross_script = _is_latin(query.text) != _is_latin(listed.text)
    if is_joined and (not is_cross_script or by_arabic < policy.joined_sound_least):
        by_arabic = 0
    if by_class:
        yield Near(by_class * policy.class_similarity // FULL_SCORE, "Slavic name class", policy.sound_bits)
    # Words of two scripts have nothing but their sound to be compared by.
    whole, edits = FULL_SCORE, 1
    if not is_cross_script:
        by_slavic, by_arabic = (sound if sound >= policy.latin_sound_least else 0 for sound in (by_slavic, by_arabic))
        whole = policy.sound_similarity
        edits = OSA.distance(query.key, listed.key)
    for sound, rule in ((by_slavic, "Slavic sounds"), (by_arabic, "Arabic sounds")):
        if sound:
            # Spellings of one sound differ by many letters (Chruschtschow, Khrushchev); of a like sound by few.
            letters = edits if sound < FULL_SCORE else min(edits, 2)
            lost = (FULL_SCORE - sound) * policy.change_bits // FULL_SCORE
            yield Near(sound * whole // FULL_SCORE, rule, policy.sound_bits * letters + lost)


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
    return one[:3] != other[:3] and _is_latin(one) and _is_latin(other)


def _meant(token: Token) -> str:
    """The key of the term that a word is a misspelling of; empty for every other word."""
    if not token.is_approximate or token.kind not in _TERMS:
        return ""
    term = misspelled_term(token.key)
    return term.key if term else ""


def _is_misread(one: str, other: str) -> bool:
    """Whether one key is the other as a scanner reads it: by a digit for a letter, or rn for m."""
    if is_misread(one) or is_misread(other):
        return misread(one) == misread(other)
    return ("rn" in one) != ("rn" in other) and one.replace("rn", "m") == other.replace("rn", "m")


def _is_syllabic(token: Token) -> bool:
    return bool(token.native) and not _is_arabic(token.native)


def _is_arabic(text: str) -> bool:
    return "\u0590" <= text[0] <= "\u08ff"


def _is_initial(one: Token, other: Token) -> bool:
    is_one = one.kind is TokenKind.INITIAL
    return is_one != (other.kind is TokenKind.INITIAL) and one.key[0] == other.key[0] and one.key[0].isalpha()


def _relations(query: Token, listed: Token, is_joined: bool) -> tuple[int, int, int, int]:
    """Latin edits (-1: too many) and the nearness of Slavic keys, Slavic classes (-1: two names) and Arabic keys."""
    by_slavic = by_class = by_arabic = 0
    if not is_joined:
        by_class = _shared_class(query.slavic, listed.slavic)
        for one in query.slavic:
            for other in listed.slavic:
                if one[0] not in MARKS and other[0] not in MARKS and _may_be_near(one, other):
                    by_slavic = max(by_slavic, near_slavic(one, other))
    for one in query.arabic:
        for other in listed.arabic:
            if not _may_be_near(one, other):
                continue
            by_arabic = max(by_arabic, near_arabic(one, other))
    return _latin_edits(query.key, listed.key, is_joined), by_slavic, by_class, by_arabic


def _may_be_near(one: str, other: str) -> bool:
    """Whether the radius of the index reaches: keys beyond `LONGEST_EDITED` are equal or nothing."""
    return one == other or max(len(one), len(other)) <= LONGEST_EDITED


@lru_cache(maxsize=65_536)
def _is_latin(text: str) -> bool:
    """Whether a word is in Latin letters, diacritics included."""
    return text.isascii() or all(letter < "\u0370" or "\u1e00" <= letter <= "\u1eff" for letter in text)


def _shared_class(query: tuple[str, ...], listed: tuple[str, ...]) -> int:
    """10,000 where a class or masculine form is shared; -1 where both are known given names of different classes."""
    if any(key[0] in MARKS and key in listed for key in query):
        return FULL_SCORE
    both = (any(key[0] == MARKS[0] for key in keys) for keys in (query, listed))
    return -1 if all(both) else 0


def _latin_edits(a: str, b: str, is_joined: bool) -> int:
    """The edit distance (optimal string alignment) of two Latin keys; -1 where it is more than they may differ by."""
    return 0 if a == b else _allowed_edits(a, b, is_joined, None)


def _allowed_edits(a: str, b: str, is_joined: bool, distance: int | None) -> int:
    """The edit distance of two keys that differ, or -1; words with digits are equal or nothing: 44 is no slip of 45."""
    shorter, longer = sorted((len(a), len(b)))
    allowed = latin_radius(shorter) or int(shorter == ONE_EDIT_FROM - 1)
    if is_joined:
        allowed = min(latin_radius(shorter), 1)
    if not allowed or longer - shorter > allowed or longer > LONGEST_EDITED or not (a.isalpha() and b.isalpha()):
        return -1
    if distance is None:
        distance = OSA.distance(a, b, score_cutoff=allowed)
    if distance > allowed or (shorter < ONE_EDIT_FROM and longer == shorter and a != b[::-1]):
        return -1
    return distance
