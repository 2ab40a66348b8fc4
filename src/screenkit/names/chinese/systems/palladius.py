"""Chinese syllables in Cyrillic, spelled in the Palladius system: `palladius_syllables`.

The Palladius system (of 1888; its table is from general knowledge) is how Russian writes Chinese: Си Цзиньпин is Xi
Jinping. Final -n is written нь and final -ng н; ъ is written between н and a following vowel (Чанъань is Chang'an).
"""

from __future__ import annotations

from collections.abc import Mapping

from screenkit.names.notation import read

#: The most syllables of one word: a given name has two, a compound surname joined to it four.
MOST_SYLLABLES = 4
_VOWELS = frozenset("аеёиоуыэюя")
_SYLLABLES: Mapping[str, str] = read("chinese/palladius.txt").pairs()
_LONGEST = max(map(len, _SYLLABLES))


def _parse(word: str, most: int) -> tuple[str, ...] | None:
    """The first parse with the longest syllables first; ng before a vowel only where ъ parts them."""
    if not word:
        return ()
    if not most:
        return None
    for length in range(min(_LONGEST, len(word)), 0, -1):
        syllable, rest = word[:length], word[length:]
        if syllable not in _SYLLABLES:
            continue
        if rest[:1] == "ъ" and syllable[-1] == "н" and rest[1:2] in _VOWELS and len(rest) > 1:
            rest = rest[1:]
        elif syllable[-1] == "н" and rest[:1] in _VOWELS and rest:
            # Without ъ the н opens the next syllable: Яньань is yan an, Данань would be da nan.
            continue
        parsed = _parse(rest, most - 1)
        if parsed is not None:
            return (_SYLLABLES[syllable], *parsed)
    return None


def palladius_syllables(word: str) -> list[str] | None:
    """The pinyin syllables of a casefolded word that is wholly Palladius; None for any other word.

    ü is written v. Strict: a word with one letter left over is no Chinese word, however much of it parses.

    >>> palladius_syllables("цзиньпин"), palladius_syllables("чанъань"), palladius_syllables("путин")
    (['jin', 'ping'], ['chang', 'an'], ['pu', 'ting'])
    >>> palladius_syllables("иванов") is None
    True
    """
    parsed = _parse(word, MOST_SYLLABLES) if 0 < len(word) <= MOST_SYLLABLES * (_LONGEST + 1) else None
    return list(parsed) if parsed else None
