"""The phonetic keys of Korean words: a surname or a given name in sound classes.

A *key* has one ASCII letter a class: what the romanizations of Korean write in different ways is one letter.
Consonants: k (ㄱ ㄲ ㅋ), t, p, c (ㅈ ㅉ ㅊ), s, l (ㄹ), n, m, h and x (final ㅇ); vowels: a, e (ㅐ ㅔ), v (ㅓ), o (ㅗ),
u (ㅜ ㅡ), i (ㅣ ㅢ), with the glides y and w before them (ㅕ yv, ㅝ wo, ㅟ wi, ㅚ ㅙ ㅞ we). 정은 is "cvxun", and so
are Jeong-eun, Chŏng-ŭn and one reading of Jong-un. The classes of the letters are in tables/hangul.txt.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from screenkit.names.notation import NOTHING, read

_FIRST: Final = 0xAC00
_LAST: Final = 0xD7A3
# Conjoining behavior of Hangul (Unicode Standard, 3.12): syllable = (initial * 21 + vowel) * 28 + final.
_VOWELS_TIMES_FINALS: Final = 588
_FINALS_COUNT: Final = 28


def _letters(section: str, column: int) -> tuple[str, ...]:
    """One column of the letters of a section, in the order of Unicode."""
    return tuple(row[column].replace(NOTHING, "") for row in read("korean/hangul.txt").rows(3, section))


#: The classes of initials, vowels and finals.
CLASSES: Final = tuple(_letters(section, 1) for section in ("initials", "vowels", "finals"))
_REVISED: Final = tuple(_letters(section, 2) for section in ("initials", "vowels", "finals"))


def initial_sound(key: str) -> str:
    """Apply the initial-sound rule to a key: South Korean 이, 유, 노, 여 for North Korean 리, 류, 로, 녀.

    Korean Orthography (Ministry of Education notice 88-1), articles 10 to 12: at the beginning of a word ㄴ and ㄹ
    are dropped before i and y, and ㄹ is ㄴ elsewhere. Both forms get the South Korean key.
    """
    if key[:1] in ("l", "n") and key[1:2] in ("i", "y"):
        return key[1:]
    return "n" + key[1:] if key[:1] == "l" else key


def plain_sounds(key: str) -> str:
    """Drop what is not heard (y after c and s: 져 is 저; Standard Pronunciation, 5) or not always written (ll)."""
    return key.replace("cy", "c").replace("sy", "s").replace("ww", "w").replace("ll", "l")


def divided(syllables: str) -> Iterator[tuple[int, int, int]]:
    """The numbers of the initial, the vowel and the final of each syllable of Hangul."""
    for syllable in syllables:
        initial, rest = divmod(ord(syllable) - _FIRST, _VOWELS_TIMES_FINALS)
        yield initial, *divmod(rest, _FINALS_COUNT)


def hangul_key(syllables: str) -> str:
    """The key of Hangul syllables: "정은" is "cvxun"."""
    initials, vowels, finals = CLASSES
    letters = [initials[one] + vowels[two] + finals[three] for one, two, three in divided(syllables)]
    return initial_sound(plain_sounds("".join(letters)))


def revised(syllables: str) -> str:
    """Hangul syllables in the Revised Romanization of names, hyphen between syllables: "jeong-eun"."""
    initials, vowels, finals = _REVISED
    return "-".join(initials[one] + vowels[two] + finals[three] for one, two, three in divided(syllables))


def hangul_equal_key(text: str) -> str:
    """The Hangul syllables of a text, composed and unspaced; "" if there are none.

    Two names in Hangul are compared by it, unfolded: 김종은 and 김정은 fold to one key and are different people.
    """
    return "".join(character for character in unicodedata.normalize("NFKC", text) if is_syllable(character))


def is_syllable(character: str) -> bool:
    """Whether a character is a whole syllable of Hangul."""
    return _FIRST <= ord(character) <= _LAST
