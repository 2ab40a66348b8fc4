"""Burmese text divided into its words, which are syllables: it has no spaces where names in Latin letters have them.

A syllable begins with a consonant that is not the end of the one before: none that a killer (\u103a) or a stacker
(\u1039) follows, and none that is stacked under another (The Unicode Standard, 16.3 Myanmar). Words of Pali that Latin
writes together are in small_scripts/burmese.txt.
"""

from __future__ import annotations

import re

from .notation import read

#: The letters and signs of Burmese, as a class of a regular expression; its digits and punctuation are not in it.
BURMESE = "\u1000-\u103f\u1050-\u108f\u109a-\u109f"
_STACKER, _KILLER = "\u1039", "\u103a"
# What a syllable goes on with: a vowel sign, a medial or a tone, a consonant that ends it, one that is stacked.
_SIGN, _CONSONANT = "[\u102b-\u103e]", "[\u1000-\u1021\u103f]"
_LAST = f"{_CONSONANT}(?=\u1037?[{_STACKER}{_KILLER}])"
_INSIDE = f"(?:{_SIGN}|{_LAST}|(?<={_STACKER}){_CONSONANT})"
_END = f"(?!{_SIGN}|{_LAST})"
_WORDS = sorted(read("small_scripts/burmese.txt").pairs("words"), key=lambda word: (-len(word), word))
_SYLLABLE = re.compile(f"(?:{'|'.join(_WORDS)}){_END}|.{_INSIDE}*", re.DOTALL)


def syllables(text: str) -> tuple[str, ...]:
    """The syllables of Burmese text, and words of several syllables that Latin writes together.

    >>> syllables("မင်းအောင်လှိုင်"), syllables("ခင်သီရိ")
    (('မင်း', 'အောင်', 'လှိုင်'), ('ခင်', 'သီရိ'))
    """
    return tuple(_SYLLABLE.findall(text))
