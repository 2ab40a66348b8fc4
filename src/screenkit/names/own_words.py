"""The sounds of an organization's own word, in Korean and in Chinese: `own_word_keys`.

A person's name is read as a whole (`readings`). An organization's name has words that are translated (은행, Bank),
which are terms of the tables, and words of its own (광선, Kwangson). These are read here, word by word, by the systems
that persons' names are read by.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from screenkit.model import Space

from . import chinese, korean
from .chinese.han import CANTONESE_CAP, hanja_as_hangul
from .chinese.phonetic import CANTONESE
from .chinese.syllables import PINYIN_CAP, WADE_GILES_CAP
from .chinese.words import WADE_GILES_KEY
from .readings import HANJA_CAP
from .script import scripts_of

_CAPS = {CANTONESE: CANTONESE_CAP, WADE_GILES_KEY: WADE_GILES_CAP}
_KOREAN_CAP = 10_000


class WordKey(NamedTuple):
    """One way to pronounce a word: its key in a phonetic space, and the most (0 to 10,000) that it is worth."""

    space: Space
    key: str
    cap: int


# Measured: a query's word is compared with each listed word of its keys, and would be read anew each time.
@lru_cache(maxsize=4_096)
def own_word_keys(text: str) -> tuple[WordKey, ...]:
    """The ways to pronounce a word in Han, Hangul or Latin letters, which may be written apart; none in other scripts.

    >>> own_word_keys("광선")
    (WordKey(space=<Space.KOREAN: 'korean'>, key='kwaxsvn', cap=10000),)
    """
    scripts = scripts_of(text)
    return tuple(_keys(text, scripts[0])) if len(scripts) == 1 else ()


def _keys(text: str, script: str) -> Iterator[WordKey]:
    if script in ("Hangul", "Latin"):
        yield from (WordKey(Space.KOREAN, key, _KOREAN_CAP) for key in korean.keys(text))
    if script in ("Han", "Latin"):
        for key in chinese.keys(text):
            cap = next((cap for prefix, cap in _CAPS.items() if key.startswith(prefix)), PINYIN_CAP)
            yield WordKey(Space.CHINESE, key, cap)
    if script == "Han":
        hangul = hanja_as_hangul(text.replace(" ", ""))
        heard = dict.fromkeys(key for word in hangul for key in korean.keys(word))
        yield from (WordKey(Space.KOREAN, key, HANJA_CAP) for key in heard)
