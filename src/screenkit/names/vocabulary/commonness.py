"""How common the word of a token is in names: `commonness`, from tables/commonness.txt.

The table is fixed: a word has one class, whatever lists are loaded. Its header says what was counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from screenkit.model import Token, TokenKind
from screenkit.names.arabic.measure import parts, similarity, skeleton
from screenkit.names.korean.phonetic import hangul_equal_key, hangul_key
from screenkit.names.notation import text_of

#: Arabic keys of this similarity are spellings of one name. A short vowel may differ where there are four consonants
#: (Mohammed, Mohamod), not where there are three (Karim, Karam); a long one makes two names (Mahmud).
SIMILAR = 8_700
#: Shorter skeletons and Slavic keys are shared by words of all languages.
LEAST_SKELETON = 3
LEAST_SLAVIC = 4
#: Shorter words are unheard of too often: three consonants are another firm's initials.
LEAST_UNHEARD = 5
#: Terms have a key that all their spellings share; their sounds would add the names they happen to resemble.
_SOUNDING = frozenset({TokenKind.WORD, TokenKind.PATRONYMIC})


#: The first letter after the Latin ones.
_AFTER_LATIN = "\u0250"


class _Table(NamedTuple):
    """The sections of the table: keys with their classes."""

    latin: Mapping[str, int]
    #: Words of everyday language, which companies take for their names; rare ones have class 0.
    words: Mapping[str, int]
    slavic: Mapping[str, int]
    #: Skeleton -> the keys that have it, each with its class, the commonest first.
    arabic: Mapping[str, tuple[tuple[int, str], ...]]
    korean: Mapping[str, int]


@cache
def _table() -> _Table:
    text = text_of("vocabulary/commonness.txt")
    _, latin, words, slavic, arabic, korean = (section.partition("]\n")[2] for section in text.split("\n["))
    groups: dict[str, list[tuple[int, str]]] = {}
    for key, value in _rows(arabic).items():
        groups.setdefault(skeleton(key), []).append((-value, key))
    found = {head: tuple((-value, key) for value, key in sorted(group)) for head, group in groups.items()}
    return _Table(_rows(latin), _rows(words), _rows(slavic), found, _rows(korean))


def _rows(section: str) -> dict[str, int]:
    cells = section.split()
    return dict(zip(cells[::2], map(int, cells[1::2]), strict=True))


# Most words of names were met before, and what they sound like takes long to find out.
@lru_cache(maxsize=16_384)
def commonness(token: Token) -> int:
    """How common the word of a token is in names, as a class: 0 where fewer than 10 of a million names hold it.

    Class 1 stands for 10 to 20 names of a million, each class more for twice as many. A word in any script has the
    class of its commonest spelling: its Latin key and, of words that are no terms, the everyday word that it is, its
    Slavic keys, the Arabic keys it sounds like and the surname in Hangul. Only these decide, so a word has one class
    whatever is beside it and whatever is loaded.

    >>> from screenkit.names import normalize
    >>> [commonness(token) for token in normalize("Dandong Hongxiang Trading").tokens]
    [3, 0, 12]
    """
    found = commonness_in_names(token)
    if token.kind is TokenKind.WORD and token.text < _AFTER_LATIN:
        found = max(found, _table().words.get(token.key, 0))
    return found


def is_unheard(token: Token) -> bool:
    """Whether a word in Latin letters is in no register, no list and no dictionary counted.

    Of 10,000 ordinary companies 6 have such a word, and no other of their own, as an organization on OFAC's list of
    2023-12-28 has it; 27 another word of class 0 that is as long.

    >>> from screenkit.names import normalize
    >>> [is_unheard(token) for token in normalize("Kangbong Everest").tokens]
    [True, False]
    """
    return (
        token.kind is TokenKind.WORD
        and len(token.key) >= LEAST_UNHEARD
        and token.text < _AFTER_LATIN
        and token.key.isalpha()
        and token.key not in _table().words
        and not commonness(token)
    )


def commonness_in_names(token: Token) -> int:
    """How common the word of a token is in names that were counted, whether or not it is an everyday word as well."""
    table = _table()
    found = table.latin.get(token.key, 0)
    if token.kind not in _SOUNDING:
        return found
    for key in token.slavic:
        found = max(found, table.slavic.get(key, 0))
    if token.arabic:
        found = _by_arabic(token, found, table.arabic)
    if token.native and hangul_equal_key(token.native) == token.native:
        found = max(found, table.korean.get(hangul_key(token.native), 0))
    return found


def _by_arabic(token: Token, found: int, groups: Mapping[str, tuple[tuple[int, str], ...]]) -> int:
    """The larger of `found` and the class of the commonest word that the token is a spelling of."""
    for key in token.arabic:
        consonants = skeleton(key)
        has_vowels = not token.native and len(consonants) <= LEAST_SKELETON
        for value, other in groups.get(consonants, ()):
            if value <= found:
                break
            if similarity(key, other) >= SIMILAR and (not has_vowels or _has_same_syllables(key, other)):
                found = value
    return found


def _has_same_syllables(key: str, other: str) -> bool:
    """Whether vowels are at the same places but the last: Latin letters show them, so Cream is no Karim."""
    one, two = parts(key).slots[:-1], parts(other).slots[:-1]
    return list(map(bool, one)) == list(map(bool, two))
