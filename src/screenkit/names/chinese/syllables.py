"""The systems in which Latin words are read as Chinese: pinyin, Wade-Giles, Taiwan's mixture, Hong Kong's.

A `System` reads single words; latin.py reads names with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

import attrs

from screenkit.names.combinations import combinations

from .bridge import bridged_surname, bridged_word, cantonese_surname, cantonese_word, is_ranked_in_cantonese
from .han import CANTONESE_CAP
from .romanization import bare
from .spellings import Syllables, spellings
from .surnames import is_ranked, known, surnames

PINYIN_CAP, WADE_GILES_CAP, TAIWAN_CAP = 10_000, 9_800, 9_700
#: A Cantonese spelling against Mandarin: what its characters may be read as, so merely possible.
BRIDGE_CAP = 9_500
#: Given names have one or two syllables.
MOST_GIVEN = 2
_TONES = re.compile("[\u0300\u0301\u0304\u030c\u0302\u0306]")


@attrs.frozen
class System:
    """How one system reads words."""

    name: str
    cap: int
    #: A word to the ways to read it, each a tuple of syllables.
    word: Callable[[str], tuple[Syllables, ...]]
    #: Words of a surname to the keys of known surnames, the most usual first.
    surname: Callable[[Syllables], tuple[str, ...]]
    #: Whether a surname that no table knows is allowed where it comes first.
    takes_any_surname: bool = False
    #: Whether its keys are those of Cantonese.
    is_cantonese: bool = False
    #: The fewest syllables of a given name: two where the system is so wide that it takes in Joan.
    least_given: int = 1


def plain(word: str) -> str:
    """Drop tone marks, circumflex and breve (Wade-Giles ê, ŭ); keep ü."""
    return word.strip("'") if word.isascii() else _without_tones(word)


def _without_tones(word: str) -> str:
    return unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", word))).strip("'")


def is_divisible(word: str) -> bool:
    """Whether a word may be one or two syllables of any system at all; most words of other languages aren't."""
    text, table = bare(word), spellings()
    if text in table.known:
        return True
    if not text.endswith(table.last_letters):
        return False
    for at in range(max(1, len(text) - table.longest), min(table.longest + 1, len(text))):
        if text[:at] in table.known and text[at:] in table.known:
            return True
    return False


@lru_cache(maxsize=32_768)
def _is_foreign(word: str) -> bool:
    return not is_divisible(plain(word))


def may_be_chinese(texts: Sequence[str]) -> bool:
    """Whether words may be a name in any system, by their syllables alone: one of three words or more is left out."""
    return sum(map(_is_foreign, texts)) <= (len(texts) > 2)


def systems(texts: Syllables) -> tuple[System, ...]:
    """The systems a name may be in, the surest first; apostrophes or ü leave pinyin and Wade-Giles."""
    has_apostrophes = any("'" in text for text in texts)
    has_umlauts = any("ü" in text for text in texts)
    return _SYSTEMS[has_apostrophes, has_umlauts]


def doubled_part(word: str, system: System) -> tuple[str, ...]:
    """The usual surnames that one of two surnames may be: in Cantonese, or in any system by its Mandarin."""
    heard = (system,) if system.is_cantonese else [one for one in systems((word,)) if not one.is_cantonese]
    keys = (key for one in heard for key in one.surname((word,)) if is_usual(one, key))
    return tuple(dict.fromkeys(keys))


def is_usual(system: System, surname: str) -> bool:
    """Whether a surname is among the ranked ones, the two hundred most usual."""
    return is_ranked_in_cantonese(surname) if system.is_cantonese else is_ranked(surname)


def _divide(word: str, table: Mapping[str, Syllables], most: int) -> Iterator[tuple[str, ...]]:
    """Divide a word into at most `most` spellings of a table."""
    if word in table:
        yield (word,)
    if most > 1:
        for at in range(1, len(word)):
            if word[:at] in table:
                for rest in _divide(word[at:], table, most - 1):
                    yield (word[:at], *rest)


def _spelled(word: str, table: Mapping[str, Syllables], most: int) -> tuple[Syllables, ...]:
    divided = _divide(word, table, most)
    return tuple(
        dict.fromkeys(parts for cut in divided for parts in combinations([table[spelling] for spelling in cut], 4))
    )


def _pinyin_word(word: str) -> tuple[Syllables, ...]:
    """Divide a word of pinyin; without an apostrophe before it, a syllable in a, e, o comes last in likelihood."""
    if "'" in word:
        cells = [_spelled(part, spellings().pinyin, MOST_GIVEN) for part in word.split("'") if part]
        found = ["".join(f"{one}-" for part in parts for one in part)[:-1] for parts in combinations(cells, 4)]
        return tuple(tuple(one.split("-")) for one in found)
    found_all = _spelled(word, spellings().pinyin, MOST_GIVEN)
    return tuple(sorted(found_all, key=lambda parts: (sum(one[0] in "aeo" for one in parts[1:]), len(parts))))


def _pinyin_surname(words: Syllables) -> tuple[str, ...]:
    if len(words) == 2:
        return known(["-".join((*one, *two)) for one in _pinyin_word(words[0]) for two in _pinyin_word(words[1])])
    word = words[0].replace("'", "").replace("ü", "v")
    if word in surnames().compounds:
        return (surnames().compounds[word],)
    singles = [parts[0] for parts in _pinyin_word(words[0]) if len(parts) == 1]
    return known(singles) if any(one in surnames().ranks for one in singles) else ()


def _wade_giles(has_apostrophes: bool, has_umlauts: bool) -> System:
    def word(text: str) -> tuple[Syllables, ...]:
        return _wade_giles_word(text, has_apostrophes, has_umlauts)

    def surname(words: Syllables) -> tuple[str, ...]:
        return _surname(words, spellings().wade_giles[has_apostrophes, has_umlauts], word)

    return System("wade-giles", WADE_GILES_CAP, word, surname)


def _wade_giles_word(word: str, has_apostrophes: bool, has_umlauts: bool) -> tuple[Syllables, ...]:
    """A hyphen is due between syllables; where a list drops it, the second must begin with a consonant."""
    table = spellings().wade_giles[has_apostrophes, has_umlauts]
    if word in table:
        return tuple((syllable,) for syllable in table[word])
    joined = (cut for cut in _divide(word, table, MOST_GIVEN) if cut[1][0] not in "aeiou")
    return tuple(dict.fromkeys(parts for cut in joined for parts in combinations([table[one] for one in cut], 4)))


def _surname(
    words: Syllables, table: Mapping[str, Syllables], word: Callable[[str], tuple[Syllables, ...]]
) -> tuple[str, ...]:
    """The known surnames that words spell; a customary spelling goes with any system (Lee Teng-hui)."""
    if len(words) == 2:
        cells = [table.get(one, ()) for one in words]
        return known(["-".join(parts) for parts in combinations(cells, 8)])
    customary = spellings().customary.get(words[0])
    found = known(["-".join(parts) for parts in word(words[0])])
    return tuple(dict.fromkeys((customary, *found))) if customary else found


def _taiwan_word(word: str) -> tuple[Syllables, ...]:
    customary = spellings().customary.get(word)
    found = spellings().taiwan.get(word, ())
    return tuple((syllable,) for syllable in dict.fromkeys((customary, *found) if customary else found))


def _taiwan_surname(words: Syllables) -> tuple[str, ...]:
    return _surname(words, spellings().taiwan, _taiwan_word)


_PINYIN = System("pinyin", PINYIN_CAP, _pinyin_word, _pinyin_surname, takes_any_surname=True)
#: By whether a name has apostrophes, and umlauts: with either it is in pinyin or Wade-Giles.
_SYSTEMS = {
    **{marks: (_PINYIN, _wade_giles(*marks)) for marks in ((True, True), (True, False), (False, True))},
    (False, False): (
        _PINYIN,
        _wade_giles(False, False),
        System("taiwan", TAIWAN_CAP, _taiwan_word, _taiwan_surname, least_given=MOST_GIVEN),
        System("hong kong", CANTONESE_CAP, cantonese_word, cantonese_surname, is_cantonese=True),
        System("hong kong in mandarin", BRIDGE_CAP, bridged_word, bridged_surname),
    ),
}
