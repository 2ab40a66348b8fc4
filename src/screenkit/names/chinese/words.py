"""The keys of a word inside a longer name: a company's own word in Han, or in Latin letters where it is Chinese.

A person's name is read as a whole (`han`, `latin`). A word of an organization is one among others, so it has to say
more by itself: two syllables at least. A key is of one system: pinyin ("zhi-cheng"), Wade-Giles as it is printed,
mostly without its marks ("wg chih-cheng"), or the classes of Cantonese ("yue ci-sing").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, islice, product

from screenkit.names.combinations import combinations

from .characters import jyutping, pinyin
from .han import pinyin_words
from .phonetic import CANTONESE
from .romanization import TONES, WADE_GILES, bare
from .spellings import Syllables, spellings
from .syllables import plain
from .systems.cantonese import class_of

#: What the keys of Wade-Giles begin with.
WADE_GILES_KEY = "wg "
#: The syllables of a word; a single one is shared by too many words, and a longer word is a phrase.
FEWEST_SYLLABLES, MOST_SYLLABLES = 2, 4
#: The most keys of a system, and the most ways to read a character.
_MOST_KEYS, _MOST_READINGS = 8, 2
_MOST_DIVISIONS = 16
_LONGEST_WORD, _LONGEST_SPELLING = 24, 7


def han_keys(characters: str) -> tuple[str, ...]:
    """The keys of a word in Han characters, by each system.

    >>> han_keys("至诚")
    ('zhi-cheng', 'wg chih-cheng', "wg chih-ch'eng", 'yue ci-sing')
    """
    if not FEWEST_SYLLABLES <= len(characters) <= MOST_SYLLABLES:
        return ()
    return tuple(dict.fromkeys((*_in_mandarin(characters), *_in_cantonese(characters))))


def _in_mandarin(characters: str) -> Iterator[str]:
    in_context = pinyin_words(characters)
    if len(in_context) != len(characters):
        return
    cells = [
        tuple(dict.fromkeys((first, *pinyin(character))))
        for first, character in zip(in_context, characters, strict=True)
    ]
    spoken = combinations(cells, _MOST_READINGS)[:_MOST_KEYS]
    yield from map("-".join, spoken)
    for syllables in spoken:
        for spelled in map("-".join, combinations([WADE_GILES.spell(one) for one in syllables], _MOST_READINGS)):
            for written in (bare(spelled), spelled.replace("ü", "u"), spelled):
                yield WADE_GILES_KEY + written


def _in_cantonese(characters: str) -> Iterator[str]:
    for heard in combinations(list(map(jyutping, characters)), _MOST_READINGS)[:_MOST_KEYS]:
        yield CANTONESE + "-".join(map(class_of, heard))


def latin_keys(texts: Sequence[str]) -> tuple[str, ...]:
    """The keys of a word in Latin letters, written in one or apart; none of a system that it doesn't parse in wholly.

    >>> latin_keys(["chih", "ch'eng"]), latin_keys(["trading"])
    (("wg chih-ch'eng",), ())
    """
    if not all(map(_looks_chinese, texts)):
        return ()
    words = tuple(map(plain, texts))
    found: list[str] = []
    for prefix, table in _systems().items():
        keys = (
            prefix + "-".join(syllables)
            for cut in _divisions(words, table)
            for syllables in product(*[table[spelling] for spelling in cut])
        )
        found += islice(dict.fromkeys(keys), _MOST_KEYS)
    return tuple(found)


@cache
def _systems() -> Mapping[str, Mapping[str, Syllables]]:
    """What the keys of each system begin with, and its spellings with the syllables that each stands for."""
    marked = {spelling for syllable in TONES for spelling in WADE_GILES.spell(syllable)}
    printed = {written for one in marked for written in (one, one.replace("ü", "u"), bare(one))}
    return {
        "": spellings().pinyin,
        WADE_GILES_KEY: {spelling: (spelling,) for spelling in printed},
        CANTONESE: spellings().cantonese,
    }


@cache
def _every_spelling() -> frozenset[str]:
    """The spellings of all systems."""
    return frozenset(chain.from_iterable(_systems().values()))


@lru_cache(maxsize=32_768)
def _looks_chinese(word: str) -> bool:
    """Whether a word divides into spellings, whatever their system: refuses most words of other languages at once."""
    word = plain(word)
    if not 1 < len(word) <= _LONGEST_WORD:
        return False
    ends = [True] + [False] * len(word)
    known = _every_spelling()
    for at in range(len(word)):
        if ends[at]:
            start = at + (at > 0 and word[at] == "'")
            for stop in range(start + 1, min(start + _LONGEST_SPELLING, len(word)) + 1):
                ends[stop] = ends[stop] or word[start:stop] in known
    return ends[-1]


def _divisions(words: Sequence[str], table: Mapping[str, Syllables]) -> list[tuple[str, ...]]:
    """The ways to divide words into two to four spellings of a table, those of fewer syllables first."""
    ways = product(*[list(_divided(word, table, MOST_SYLLABLES)) for word in words])
    cuts = [tuple(chain.from_iterable(way)) for way in ways]
    return sorted([cut for cut in cuts if FEWEST_SYLLABLES <= len(cut) <= MOST_SYLLABLES], key=len)[:_MOST_DIVISIONS]


def _divided(word: str, table: Mapping[str, Syllables], most: int) -> Iterator[tuple[str, ...]]:
    """The ways to divide a word into at most so many spellings; an apostrophe may be between two (Xi'an)."""
    if word in table:
        yield (word,)
    if most > 1:
        for at in range(1, min(_LONGEST_SPELLING, len(word) - 1) + 1):
            if word[:at] in table:
                for rest in _divided(word[at:].removeprefix("'"), table, most - 1):
                    yield (word[:at], *rest)
