"""A Latin word in, the syllables it may be in each system out: pinyin, Wade-Giles, Taiwan's mixture, Hong Kong's.

A `System` reads single words; chinese_latin.py reads names with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import zip_longest
from types import MappingProxyType

import attrs

from . import cantonese
from .chinese import CANTONESE_CAP, compounds, products, surnames
from .chinese_systems import bare, taiwan_table, tones, wade_giles_table
from .han_table import jyutping, pinyin, rows

PINYIN_CAP, WADE_GILES_CAP, TAIWAN_CAP = 10_000, 9_800, 9_700
#: A Cantonese spelling against Mandarin: what its characters may be read as, so merely possible.
BRIDGE_CAP = 9_500
#: Given names have one or two syllables.
MOST_GIVEN = 2
_TONES = re.compile("[\u0300\u0301\u0304\u030c\u0302\u0306]")
#: The last rank of tables/chinese_surnames.txt, but for 999.
_LEAST_RANK = 300
Syllables = tuple[str, ...]


@attrs.frozen
class System:
    """How one system reads words."""

    name: str
    cap: int
    #: A word to the ways to read it, each a tuple of syllables.
    word: Callable[[str], tuple[Syllables, ...]]
    #: Words of a surname to the keys of known surnames, the most usual first.
    surname: Callable[[Syllables], tuple[str, ...]]
    #: Whether a surname that no table knows is allowed where it stands first.
    takes_any_surname: bool = False
    #: The fewest syllables of a given name: two where the system is so wide that it takes in Joan.
    least_given: int = 1


def plain(word: str) -> str:
    """Drop tone marks, circumflex and breve (Wade-Giles ê, ŭ); keep ü."""
    return word.strip("'") if word.isascii() else _without_tones(word)


@lru_cache(maxsize=16_384)
def _without_tones(word: str) -> str:
    return unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", word))).strip("'")


@cache
def _spellings() -> frozenset[str]:
    """Every syllable in every system, without marks."""
    tables = (_pinyin_table(), wade_giles_table(False, False), taiwan_table(), cantonese.spellings(), _customary())
    return frozenset(bare(spelling) for table in tables for spelling in table)


def is_divisible(word: str) -> bool:
    """Whether a word may be one or two syllables of any system at all; most words of other languages aren't."""
    text, table, longest = bare(word), _spellings(), _longest_spelling()
    if text in table:
        return True
    if not text.endswith(_last_letters()):
        return False
    for at in range(max(1, len(text) - longest), min(longest + 1, len(text))):
        if text[:at] in table and text[at:] in table:
            return True
    return False


@lru_cache(maxsize=32_768)
def _is_foreign(word: str) -> bool:
    return not is_divisible(plain(word))


def may_be_chinese(texts: Sequence[str]) -> bool:
    """Whether words may be a name in any system, by their syllables alone: one of three words or more is left out."""
    return sum(map(_is_foreign, texts)) <= (len(texts) > 2)


@cache
def _longest_spelling() -> int:
    return max(map(len, _spellings()))


@cache
def _last_letters() -> tuple[str, ...]:
    return tuple(sorted({spelling[-1] for spelling in _spellings()}))


def systems(texts: Syllables) -> tuple[System, ...]:
    """The systems a name may be in, the surest first; apostrophes or ü leave pinyin and Wade-Giles."""
    return _systems(any("'" in text for text in texts), any("ü" in text for text in texts))


@cache
def _systems(has_apostrophes: bool, has_umlauts: bool) -> tuple[System, ...]:
    mandarin = (
        System("pinyin", PINYIN_CAP, _pinyin_word, _pinyin_surname, takes_any_surname=True),
        _wade_giles(has_apostrophes, has_umlauts),
    )
    if has_apostrophes or has_umlauts:
        return mandarin
    return (
        *mandarin,
        System("taiwan", TAIWAN_CAP, _taiwan_word, _taiwan_surname, least_given=MOST_GIVEN),
        System("hong kong", CANTONESE_CAP, _cantonese_word, cantonese_surname),
        System("hong kong in mandarin", BRIDGE_CAP, _bridged_word, _bridged_surname),
    )


@cache
def ranks() -> Mapping[str, int]:
    """The surnames in pinyin, each with the best rank of those that are read so."""
    found: dict[str, int] = {}
    for surname in surnames().values():
        for at, reading in enumerate(surname.pinyin):
            found[reading] = min(found.get(reading, 9_999), surname.rank + 500 * at)
    return MappingProxyType(found)


def is_usual(system: str, surname: str) -> bool:
    """Whether a surname is among the ranked ones, the two hundred most usual."""
    if system == "hong kong":
        return any(rank <= _LEAST_RANK for rank in _cantonese_surnames().get(surname, {}).values())
    return ranks().get(surname, 9_999) <= _LEAST_RANK


def _known(readings: Iterable[str]) -> tuple[str, ...]:
    known = ranks()
    return tuple(sorted({one for one in readings if one in known}, key=lambda one: (known[one], one)))


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
        dict.fromkeys(parts for cut in divided for parts in products([table[spelling] for spelling in cut], 4))
    )


@cache
def _pinyin_table() -> Mapping[str, Syllables]:
    """Spelling to syllables; ü is also printed v, yu (GB/T 28039-2011) and, the dots dropped, u."""
    found: dict[str, Syllables] = {}
    for syllable in tones():
        found[syllable] = (syllable,)
    for syllable in tones():
        if "v" in syllable:
            for written in ("ü", "yu", "u"):
                spelling = syllable.replace("v", written)
                found[spelling] = (*found.get(spelling, ()), syllable)
    return MappingProxyType(found)


@lru_cache(maxsize=16_384)
def _pinyin_word(word: str) -> tuple[Syllables, ...]:
    """Divide a word of pinyin; without an apostrophe before it, a syllable in a, e, o comes last in likelihood."""
    if "'" in word:
        cells = [_spelled(part, _pinyin_table(), MOST_GIVEN) for part in word.split("'") if part]
        found = ["".join(f"{one}-" for part in parts for one in part)[:-1] for parts in products(cells, 4)]
        return tuple(tuple(one.split("-")) for one in found)
    found_all = _spelled(word, _pinyin_table(), MOST_GIVEN)
    return tuple(sorted(found_all, key=lambda parts: (sum(one[0] in "aeo" for one in parts[1:]), len(parts))))


def _pinyin_surname(words: Syllables) -> tuple[str, ...]:
    if len(words) == 2:
        return _known(["-".join((*one, *two)) for one in _pinyin_word(words[0]) for two in _pinyin_word(words[1])])
    word = words[0].replace("'", "").replace("ü", "v")
    if word in compounds():
        return (compounds()[word],)
    singles = [parts[0] for parts in _pinyin_word(words[0]) if len(parts) == 1]
    return _known(singles) if any(one in ranks() for one in singles) else ()


def _wade_giles(has_apostrophes: bool, has_umlauts: bool) -> System:
    table = wade_giles_table(has_apostrophes, has_umlauts)

    def word(text: str) -> tuple[Syllables, ...]:
        return _wade_giles_word(text, has_apostrophes, has_umlauts)

    def surname(words: Syllables) -> tuple[str, ...]:
        return _surname(words, table, word)

    return System("wade-giles", WADE_GILES_CAP, word, surname)


@lru_cache(maxsize=16_384)
def _wade_giles_word(word: str, has_apostrophes: bool, has_umlauts: bool) -> tuple[Syllables, ...]:
    """A hyphen is due between syllables; where a list drops it, the second must begin with a consonant."""
    table = wade_giles_table(has_apostrophes, has_umlauts)
    if word in table:
        return tuple((syllable,) for syllable in table[word])
    joined = (cut for cut in _divide(word, table, MOST_GIVEN) if cut[1][0] not in "aeiou")
    return tuple(dict.fromkeys(parts for cut in joined for parts in products([table[one] for one in cut], 4)))


@cache
def _customary() -> Mapping[str, str]:
    return MappingProxyType({row[0]: row[1] for row in rows("chinese_spellings.txt")})


def _surname(
    words: Syllables, table: Mapping[str, Syllables], word: Callable[[str], tuple[Syllables, ...]]
) -> tuple[str, ...]:
    """The known surnames that words spell; a customary spelling goes with any system (Lee Teng-hui)."""
    if len(words) == 2:
        cells = [table.get(one, ()) for one in words]
        return _known(["-".join(parts) for parts in products(cells, 8)])
    customary = _customary().get(words[0])
    found = _known(["-".join(parts) for parts in word(words[0])])
    return tuple(dict.fromkeys((customary, *found))) if customary else found


@lru_cache(maxsize=16_384)
def _taiwan_word(word: str) -> tuple[Syllables, ...]:
    customary = _customary().get(word)
    found = taiwan_table().get(word, ())
    return tuple((syllable,) for syllable in dict.fromkeys((customary, *found) if customary else found))


def _taiwan_surname(words: Syllables) -> tuple[str, ...]:
    return _surname(words, taiwan_table(), _taiwan_word)


@lru_cache(maxsize=16_384)
def _cantonese_word(word: str) -> tuple[Syllables, ...]:
    return tuple((one,) for one in cantonese.classes(word))


@cache
def _cantonese_surnames() -> Mapping[str, Mapping[str, int]]:
    """The keys of surnames in Cantonese, each with the surnames in pinyin it may be and their ranks."""
    found: dict[str, dict[str, int]] = {}
    for surname in surnames().values():
        for at, heard in enumerate(surname.jyutping):
            key = "-".join(map(cantonese.class_of, heard.split("-")))
            cell = found.setdefault(key, {})
            for spoken in surname.pinyin[:1]:
                cell[spoken] = min(cell.get(spoken, 9_999), surname.rank + 500 * at)
    return MappingProxyType(found)


@lru_cache(maxsize=4_096)
def cantonese_surname(words: Syllables) -> tuple[str, ...]:
    """The known surnames; one of two syllables is also printed in one word (Auyeung, Szeto)."""
    if len(words) == 1:
        cuts = [(words[0],), *((words[0][:at], words[0][at:]) for at in range(1, len(words[0])))]
    else:
        cuts = [words]
    keys = ["-".join(parts) for cut in cuts for parts in products(list(map(cantonese.classes, cut)), 2)]
    return tuple(dict.fromkeys(key for key in keys if key in _cantonese_surnames()))


@lru_cache(maxsize=4_096)
def _bridged_surname(words: Syllables) -> tuple[str, ...]:
    ranked = [item for key in cantonese_surname(words) for item in _cantonese_surnames()[key].items()]
    return tuple(dict.fromkeys(one for one, _ in sorted(ranked, key=lambda item: (item[1], item[0]))))[:4]


@cache
def _bridge() -> Mapping[str, Syllables]:
    """Class of Cantonese to syllables of Mandarin, by the characters usual in given names, most usual first."""
    found: dict[str, dict[str, None]] = {}
    for (character,) in rows("chinese_given_characters.txt"):
        for heard in jyutping(character)[:1]:
            for spoken in pinyin(character)[:1]:
                found.setdefault(cantonese.class_of(heard), {})[spoken] = None
    return MappingProxyType({key: tuple(syllables) for key, syllables in found.items()})


@lru_cache(maxsize=16_384)
def _bridged_word(word: str) -> tuple[Syllables, ...]:
    """The syllables of Mandarin, those of each class in turn."""
    cells = [_bridge().get(key, ()) for key in cantonese.classes(word)]
    spoken = (one for turn in zip_longest(*cells) for one in turn if one)
    return tuple((one,) for one in dict.fromkeys(spoken))
