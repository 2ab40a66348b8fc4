"""The keys of a word inside a longer name: a company's own word in Hangul, or in Latin letters where it is Korean.

A person's name is read as a whole (`hangul`, `latin`). A word of an organization stands among others, so it has to say
more by itself: two syllables, and four sounds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise, product
from typing import Final

from screenkit.names.notation import read

from .latin import MOST_SYLLABLES, is_marked, looks_korean, word_keys
from .phonetic import CLASSES, divided, initial_sound, is_syllable, plain_sounds

#: The syllables of a word; a single one is shared by too many words, and a longer word is a phrase.
FEWEST_SYLLABLES: Final = 2
MOST_HANGUL_SYLLABLES: Final = 5
#: A key of fewer sounds says too little.
_SHORTEST_KEY: Final = 4
#: The most keys of a word, and the most of each of its parts that are combined.
_MOST_KEYS: Final = 16
_MOST_OF_PART: Final = 8
#: Doubled consonants: tense in one system (KK), two syllables in another.
_DOUBLED: Final = re.compile(r"([kptcs])\1")
#: A final and the initial after it, as they are: both ways to hear them.
_CONTACTS: Final = read("korean/hangul.txt").lists("contacts")


def hangul_keys(syllables: str) -> tuple[str, ...]:
    """The keys of a word in Hangul: as it is written, and as it is heard where syllables meet.

    >>> hangul_keys("광선"), hangul_keys("천리마")
    (('kwaxsvn',), ('cvnlima', 'cvlima'))
    """
    if not FEWEST_SYLLABLES <= len(syllables) <= MOST_HANGUL_SYLLABLES or not all(map(is_syllable, syllables)):
        return ()
    initials, vowels, finals = CLASSES
    parts = [(initials[one], vowels[two], finals[three]) for one, two, three in divided(syllables)]
    ways = [parts[0][0] + parts[0][1]]
    for (_, _, final), (initial, vowel, _) in pairwise(parts):
        contact = final + initial
        heard = dict.fromkeys((contact, *_CONTACTS.get(contact, ())))
        ways = [way + one + vowel for way in ways for one in heard][:_MOST_KEYS]
    return _kept([way + parts[-1][2] for way in ways])


def latin_keys(texts: Sequence[str]) -> tuple[str, ...]:
    """The keys of a word in Latin letters, written in one or apart, likelier ones first; none where it isn't Korean.

    >>> latin_keys(["kum", "gang"]) == latin_keys(["kumgang"])
    True
    >>> latin_keys(["trading"])
    ()
    """
    if not all(len(text) > 1 and looks_korean(text) for text in texts):
        return ()
    marked = any(map(is_marked, texts))
    parts = [word_keys(text, "Latin", marked, MOST_SYLLABLES, at == 0)[:_MOST_OF_PART] for at, text in enumerate(texts)]
    ways = sorted(product(*parts), key=lambda way: sum(rank for rank, _ in way))
    return _kept(["".join(key for _, key in way) for way in ways])


def _kept(ways: Sequence[str]) -> tuple[str, ...]:
    keys = dict.fromkeys(_DOUBLED.sub(r"\1", initial_sound(plain_sounds(way))) for way in ways)
    return tuple(islice((key for key in keys if len(key) >= _SHORTEST_KEY), _MOST_KEYS))
