"""Syllables of Cantonese, in Jyutping or as Hong Kong spells names, and the classes they fold to.

Hong Kong's habits (tables/hong_kong.txt) show neither aspiration (陳 Chan, 張 Cheung) nor the long a (李 Lei, Lee). A
class has all syllables of Jyutping that one spelling may stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from screenkit.names.chinese.characters import every_jyutping
from screenkit.names.notation import read

_JYUTPING = re.compile("(ng|gw|kw|[bpmfdtnlgkhwzcsj]|)((?:yu|[aeiou])[a-z]*|m|ng)")
_TABLE = read("chinese/hong_kong.txt")
_INITIALS, _FINALS = _TABLE.pairs("jyutping initials"), _TABLE.pairs("jyutping finals")
#: Finals that are syllables by themselves, without an initial.
_ALONE = ("m", "ng")


def class_of(jyutping: str) -> str:
    """Fold a syllable in Jyutping without tone to its class, in the letters that Hong Kong would use."""
    parts = _JYUTPING.fullmatch(jyutping)
    if parts is None:
        return jyutping
    initial, final = parts[1], parts[2]
    if final in _ALONE:
        return final if initial in ("", "h") else jyutping
    return _INITIALS.get(initial, initial) + _FINALS.get(final, final)


def spelled() -> Iterator[tuple[str, str]]:
    """Classes with their spellings in Hong Kong: only classes that some character is read in."""
    heard = {class_of(syllable) for syllable in every_jyutping()}
    for (onset, onsets), (rhyme, rhymes) in product(_TABLE.lists("initials").items(), _TABLE.lists("finals").items()):
        if onset + rhyme not in heard or (rhyme in _ALONE and onset):
            continue
        # Hong Kong drops the y before an i: 葉 is Yip or Ip.
        for written in (*onsets, *([""] if onset == "y" and rhyme[0] == "i" else [])):
            for other in rhymes:
                if len(written + other) > 1:
                    yield onset + rhyme, written + other
