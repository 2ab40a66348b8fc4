"""A Cyrillic word in, the Chinese syllables it spells in the Palladius system out: `palladius_syllables`.

The Palladius system (of 1888; its table is from general knowledge) is how Russian writes Chinese: Си Цзиньпин is Xi
Jinping. Final -n is written нь and final -ng н; ъ stands between н and a following vowel (Чанъань is Chang'an).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

#: The most syllables of one word: a given name has two, a compound surname joined to it four.
MOST_SYLLABLES = 4
_VOWELS = frozenset("аеёиоуыэюя")


@cache
def _syllables() -> Mapping[str, str]:
    text = files("screenkit.names").joinpath("tables", "palladius.txt").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _longest() -> int:
    return max(map(len, _syllables()))


@lru_cache(maxsize=16_384)
def _parsed(word: str) -> tuple[str, ...] | None:
    return _parse(word, MOST_SYLLABLES)


def _parse(word: str, most: int) -> tuple[str, ...] | None:
    """The first parse with the longest syllables first; ng before a vowel only where ъ parts them."""
    if not word:
        return ()
    if not most:
        return None
    syllables = _syllables()
    for length in range(min(_longest(), len(word)), 0, -1):
        syllable, rest = word[:length], word[length:]
        if syllable not in syllables:
            continue
        if rest[:1] == "ъ" and syllable[-1] == "н" and rest[1:2] in _VOWELS and len(rest) > 1:
            rest = rest[1:]
        elif syllable[-1] == "н" and rest[:1] in _VOWELS and rest:
            # Without ъ the н opens the next syllable: Яньань is yan an, Данань would be da nan.
            continue
        parsed = _parse(rest, most - 1)
        if parsed is not None:
            return (syllables[syllable], *parsed)
    return None


def palladius_syllables(word: str) -> list[str] | None:
    """The pinyin syllables of a casefolded word that is wholly Palladius; None for any other word.

    ü is written v. Strict: a word with one letter left over is no Chinese word, however much of it parses.

    >>> palladius_syllables("цзиньпин"), palladius_syllables("чанъань"), palladius_syllables("путин")
    (['jin', 'ping'], ['chang', 'an'], ['pu', 'ting'])
    >>> palladius_syllables("иванов") is None
    True
    """
    parsed = _parsed(word) if 0 < len(word) <= MOST_SYLLABLES * (_longest() + 1) else None
    return list(parsed) if parsed else None
