"""A key in, the shape that the spellings confused by scanners and hasty eyes share out: `misread`.

Optical recognition mixes up what is drawn alike: 0 and o, 1 and l, 1 and capital I, l and capital I, 5 and s, 8 and b,
rn and m. A digit counts as a letter only in a word that is plainly one: aircraft, units and numbers keep their digits.
"""

from __future__ import annotations

import re
from functools import lru_cache

#: Of fewer letters a word is a code, unless a 0 or 1 stands between two: no name of the public lists but one (M1X) and
#: none of 30,000 ordinary people and companies has such a word.
_FEWEST_LETTERS = 3
_BETWEEN = re.compile("[a-z][01][a-z]")
_MISREAD_DIGITS = frozenset("0158")
# A number is written behind its word (mig15, fund10), where only a doubled letter is misread twice (mitche11).
_NUMBER = re.compile(r"\d{3}|(\d)(?!\1)\d$")
_LETTERS = str.maketrans("01i58", "ollsb")


@lru_cache(maxsize=16_384)
def is_misread(key: str) -> bool:
    """Whether a key of letters and digits is a word whose digits are misread letters.

    All its digits are among 0, 1, 5 and 8; it has three letters or more, and more letters than digits; no three
    digits stand together, nor two different ones at its end. Of two letters with one digit between them, 0 or 1.

    >>> [is_misread(key) for key in ("m0hammed", "mitche11", "a1i", "mohammed", "a1", "a320", "mig29", "mig15", "2011")]
    [True, True, True, False, False, False, False, False, False]
    """
    digits = [character for character in key if character.isdecimal()]
    letters = len(key) - len(digits)
    return (
        bool(digits)
        and key.isalnum()
        and (letters >= _FEWEST_LETTERS or _BETWEEN.fullmatch(key) is not None)
        and letters > len(digits)
        and _MISREAD_DIGITS.issuperset(digits)
        and _NUMBER.search(key) is None
    )


@lru_cache(maxsize=32_768)
def misread(key: str) -> str:
    """The shape of a Latin key: equal for two keys where one may be the other misread; numbers and codes keep theirs.

    >>> misread("m0hammed") == misread("mohammed") == misread("moharnmed"), misread("mig29")
    (True, 'mig29')
    """
    if not key.isalpha() and not is_misread(key):
        return key
    return key.translate(_LETTERS).replace("rn", "m")
