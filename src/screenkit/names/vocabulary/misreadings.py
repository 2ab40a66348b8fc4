"""The shapes that spellings share which scanners, hasty eyes and evaders confuse: `misread_shapes`.

Optical recognition mixes up what looks the same: 0 and o, 1 and l, 1 and capital I, l and capital I, 5 and s, 8 and b,
rn and m. Who hides a name writes 3 for e, 4 for a and 7 for t as well, or puts a digit behind a word. A digit counts
as a letter only in a word that is plainly one: aircraft, units and numbers keep their digits.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from screenkit.model import Token

from .commonness import commonness_in_names

#: Of fewer letters a word is a code, unless a 0 or 1 is between two: no name of the public lists but one (M1X) and
#: none of 30,000 ordinary people and companies has such a word.
_FEWEST_LETTERS = 3
_BETWEEN = re.compile("[a-z][01][a-z]")
_MISREAD_DIGITS = frozenset("0158")
#: What stands for digits in writing that hides a word (leet); the last three only there.
_LETTERS_MEANT = {"0": "o", "1": "il", "5": "s", "8": "b", "3": "e", "4": "a", "7": "t"}
# Such digits are inside the word; else the word meant has to be a known name.
_INSIDE = re.compile("[a-z].*[a-z]")
_FEWEST_KNOWN, _MOST_DIGITS = 4, 3
# A number is written behind its word (mig15, fund10), where only a doubled letter is misread twice (mitche11).
_NUMBER = re.compile(r"\d{3}|(\d)(?!\1)\d$")
_LETTERS = str.maketrans("01i58347", "ollsbeat")
#: One digit before or behind a word of five letters or more, which tells nothing of itself (Putin1).
_STRAY = re.compile(r"\d?([a-z]{5,})\d?")


@lru_cache(maxsize=8_192)
def is_misread(key: str) -> bool:
    """Whether a key of letters and digits is a word whose digits are misread letters.

    All its digits are among 0, 1, 5 and 8; it has three letters or more, and more letters than digits; no three
    digits are in a row, nor two different ones at its end. Of two letters with one digit between them, 0 or 1. Of a
    word that is hidden on purpose, 3, 4 and 7 are letters too.

    >>> [is_misread(key) for key in ("m0hammed", "mitche11", "a1i", "mohammed", "a1", "a320", "mig29", "mig15", "2011")]
    [True, True, True, False, False, False, False, False, False]
    >>> [is_misread(key) for key in ("s3ch1n", "pu71n", "1g0r", "su34", "web3")]
    [True, True, True, False, False]
    """
    digits = [character for character in key if character.isdecimal()]
    letters = len(key) - len(digits)
    if not digits or not key.isalnum() or _NUMBER.search(key) is not None:
        return False
    if _MISREAD_DIGITS.issuperset(digits) and letters > len(digits):
        return letters >= _FEWEST_LETTERS or _BETWEEN.fullmatch(key) is not None
    return _is_hidden(key, letters, digits)


def _is_hidden(key: str, letters: int, digits: list[str]) -> bool:
    """Whether digits stand for letters on purpose: inside of a longer word, or in one that is a known name."""
    if not _LETTERS_MEANT.keys() >= set(digits) or letters < len(digits):
        return False
    if letters > len(digits) and letters >= _FEWEST_LETTERS and _INSIDE.fullmatch(key) is not None:
        return True
    if len(key) < _FEWEST_KNOWN or len(digits) > _MOST_DIGITS:
        return False
    spelled = product(*[_LETTERS_MEANT.get(character, character) for character in key])
    return any(commonness_in_names(Token(word, word)) > 0 for word in map("".join, spelled))


def without_stray_digits(key: str) -> str:
    """A word of five letters or more without the one digit before or behind it; empty for any other key.

    >>> without_stray_digits("putin1"), without_stray_digits("1putin2"), without_stray_digits("fund1")
    ('putin', 'putin', '')
    """
    found = None if key.isalpha() else _STRAY.fullmatch(key)
    return found[1] if found else ""


def misread_shapes(key: str) -> tuple[str, ...]:
    """The shapes of a Latin key: of its letters, and of its letters without a stray digit.

    >>> misread_shapes("putin1")
    ('putlnl', 'putln')
    """
    stray = without_stray_digits(key)
    return (misread(key), misread(stray)) if stray else (misread(key),)


def misread(key: str) -> str:
    """The shape of a Latin key: equal for two keys where one may be the other misread; numbers and codes keep theirs.

    >>> misread("m0hammed") == misread("mohammed") == misread("moharnmed"), misread("mig29")
    (True, 'mig29')
    """
    if not key.isalpha() and not is_misread(key):
        return key
    return key.translate(_LETTERS).replace("rn", "m")
