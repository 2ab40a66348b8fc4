"""Words in Han characters in, readings in Mandarin, Cantonese and Korean out; and the measure of the Chinese space.

A key of `Space.CHINESE` is the pinyin of a surname or of a given name, without tones, syllables joined by "-", ü as
"v" (ISO 7098:2015 gives v as the keyboard form of ü): "ma", "xiao-hong", "ou-yang". A Cantonese key begins with
"yue " and holds classes (see cantonese.py): "yue ka-ciu". Keys of the two kinds never are near each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice, product
from types import MappingProxyType
from typing import TypeVar

import attrs

from screenkit.model.normalized import Reading, Role, Sound, Space

from .cantonese import class_of
from .han_table import han_equal_key, hangul, jyutping, pinyin, rows, simplify
from .words import Word

_T = TypeVar("_T")

#: The most readings of one name.
MOST_READINGS = 64
#: Edits that `near_chinese` bridges: of keys of at least four letters, one; nothing beyond.
RADIUS = ((0, 0), (4, 1))
CANTONESE = "yue "
CANTONESE_CAP = 9_700
#: A character read otherwise than is customary.
UNUSUAL_CAP = 9_900
SIMILAR = 5_000
#: The longest name without a compound surname: a doubled surname (林郑月娥), and the longest with one.
LONGEST, LONGEST_COMPOUND = 4, 5
_READINGS_OF_CHARACTER = 3
#: Pairs that southern speakers don't tell apart (general knowledge of the dialects): initials, and endings.
_ALIKE_INITIALS = frozenset({("z", "zh"), ("c", "ch"), ("s", "sh"), ("l", "n")})


@attrs.frozen
class Surname:
    """A surname: how it is read, and how usual it is."""

    #: Readings in pinyin, syllables joined by "-", the usual one first.
    pinyin: tuple[str, ...]
    #: Readings in Jyutping, syllables joined by "-".
    jyutping: tuple[str, ...]
    #: 1 for the most usual; 999 without rank.
    rank: int


@cache
def surnames() -> Mapping[str, Surname]:
    """The surnames of tables/chinese_surnames.txt, by their simplified form."""
    found = {}
    for name, rank, readings, heard, _ in rows("chinese_surnames.txt"):
        spoken = tuple(readings.split(" "))
        cantonese = tuple(heard.split(" ")) if len(name) == 1 and heard else (heard.replace(" ", "-"),) if heard else ()
        found[name] = Surname(
            tuple(_divided(reading, len(name)) for reading in spoken),
            cantonese or tuple("-".join(parts) for parts in products(map(jyutping, name), 2)),
            int(rank),
        )
    return MappingProxyType(found)


def _divided(reading: str, syllables: int) -> str:
    return reading if syllables == 1 else compounds().get(reading, reading)


@cache
def compounds() -> Mapping[str, str]:
    """The pinyin of surnames of two characters, joined, to the same with "-" between the syllables."""
    syllables = {row[0] for row in rows("mandarin.txt")}
    joined = (row[2] for row in rows("chinese_surnames.txt") if len(row[0]) == 2)
    found = {}
    for reading in joined:
        cuts = [at for at in range(1, len(reading)) if reading[:at] in syllables and reading[at:] in syllables]
        at = next((at for at in cuts if reading[at] not in "aeo"), cuts[0])
        found[reading] = f"{reading[:at]}-{reading[at:]}"
    return MappingProxyType(found)


def surname_of(characters: str) -> Surname | None:
    """Look a surname up, as it stands and in its simplified form."""
    table = surnames()
    return table.get(characters) or table.get(simplify(characters)) or table.get(han_equal_key(characters))


def products(options: Iterable[Sequence[_T]], most: int) -> list[tuple[_T, ...]]:
    """Combine one option of each, the most likely first: by the sum of their places, then by the places."""
    cells = [tuple(enumerate(cell[:most])) for cell in options]
    if not cells or not all(cells):
        return []
    found = list(islice(product(*cells), 4_096))
    if len(found) > 1:
        found.sort(key=lambda parts: (sum(at for at, _ in parts), [at for at, _ in parts]))
    return [tuple(text for _, text in parts) for parts in found[:MOST_READINGS]]


def han_readings(words: Sequence[Word], *, is_person: bool | None) -> Iterator[Reading]:
    """Read a person's name in Han characters: at most 64 readings, the most likely first.

    Organizations (`is_person` False) and names too long for a Chinese person have none here: see `pinyin_words`.
    """
    if is_person is False or not words or any(word.script != "Han" for word in words):
        return
    read = [list(_mandarin(split)) + list(_cantonese(split)) for split in _splits(words)]
    yield from islice((reading for readings in read for reading in readings), MOST_READINGS)


@attrs.frozen
class _Split:
    surname: str
    given: str
    #: Spans in words: of the surname, of the given name.
    spans: tuple[tuple[int, int], tuple[int, int]]


def _splits(words: Sequence[Word]) -> Iterator[_Split]:
    """The ways to divide a name: where the words do, else where the table of surnames does."""
    text = "".join(word.text for word in words)
    places = [at for at, word in enumerate(words) for _ in word.text]
    if len(words) > 1 and (len(words[0].text) == 2 or words[0].before_comma):
        lengths = [len(words[0].text)] + [1] * (len(words[0].text) == 2 and surname_of(words[0].text) is None)
    elif surname_of(text[:2]) is not None and len(text) > 2:
        lengths = [2, 1] if surname_of(text[0]) is not None else [2]
    else:
        lengths = [1]
    for length in dict.fromkeys(lengths):
        longest = LONGEST if length == 1 else LONGEST_COMPOUND
        if length <= 2 and length <= len(text) <= longest:
            stop = places[length - 1] + 1
            start = places[length] if length < len(text) else len(words)
            yield _Split(text[:length], text[length:], ((0, stop), (start, len(words))))


def _reading(split: _Split, surname: str, given: str, *, system: str, text: str, cap: int) -> Reading:
    (first, stop), (start, last) = split.spans
    sounds = [Sound(surname, Role.SURNAME, first, stop)]
    if given:
        sounds.append(Sound(given, Role.GIVEN, start, last))
    language = "yue" if system == "jyutping" else "zh"
    return Reading(language=language, system=system, space=Space.CHINESE, text=text, sounds=tuple(sounds), cap=cap)


def _mandarin(split: _Split) -> Iterator[Reading]:
    known = surname_of(split.surname)
    surnames_read = known.pinyin if known else tuple(map("-".join, products(map(pinyin, split.surname), 2)))
    givens = list(map("-".join, products(map(pinyin, split.given), _READINGS_OF_CHARACTER))) if split.given else [""]
    for at, (surname, given) in enumerate(products((surnames_read, givens), MOST_READINGS)):
        cap = UNUSUAL_CAP if at else 10_000
        yield _reading(split, surname, given, system="pinyin", text=printed(surname, given), cap=cap)


def _cantonese(split: _Split) -> Iterator[Reading]:
    known = surname_of(split.surname)
    surnames_heard = known.jyutping if known else tuple(map("-".join, products(map(jyutping, split.surname), 2)))
    givens = list(map("-".join, products(map(jyutping, split.given), 2))) if split.given else [""]
    seen = set()
    for surname, given in products((surnames_heard, givens), 4):
        keys = cantonese_key(surname), cantonese_key(given) if given else ""
        if keys not in seen:
            seen.add(keys)
            text = f"{surname.title()} {given.capitalize()}".strip()
            yield _reading(split, *keys, system="jyutping", text=text, cap=CANTONESE_CAP)


@lru_cache(maxsize=16_384)
def cantonese_key(spoken: str) -> str:
    """The key of a part of a name in Jyutping, syllables joined by "-"."""
    return CANTONESE + "-".join(map(class_of, spoken.split("-")))


def printed(surname: str, given: str) -> str:
    """A name in pinyin as one prints it (GB/T 28039-2011): Ma Xiaohong, Ouyang Xiu, Shi Nai'an, Lü Bu."""
    return " ".join(_joined(part).capitalize() for part in (surname, given) if part)


def _joined(key: str) -> str:
    syllables = key.split("-")
    text = syllables[0] + "".join(f"'{one}" if one[0] in "aeo" else one for one in syllables[1:])
    return text.replace("v", "ü")


def hanja_as_hangul(word: str, *, is_surname: bool = False) -> list[str]:
    """Write Hanja in Hangul: at most eight ways, [] where a character has no Korean reading (kHangul).

    A surname is read by Korean custom: 金 is Kim, not Geum; the initial-sound rule (리, 이) is the reader's.
    """
    special = _KOREAN_SURNAMES.get(han_equal_key(word)) if is_surname else None
    if special is not None:
        return [special]
    return ["".join(parts) for parts in products(map(hangul, word), 3)][:8]


#: Surnames whose Korean reading isn't the character's first in kHangul (general knowledge of Korean usage).
_KOREAN_SURNAMES = {han_equal_key(one): other for one, other in zip("金車沈葉丁泗", "김차심엽정사", strict=True)}


@cache
def _phrases() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({row[0]: tuple(row[1].split(" ")) for row in rows("pinyin_corrections.txt")})


def pinyin_words(text: str) -> list[str]:
    """Read the name of an organization, one syllable of pinyin for each character, in context: 银行 is yin hang.

    The longest word of tables/pinyin_corrections.txt decides, else the customary reading; characters without one
    are left out.
    """
    plain, phrases = simplify(text), _phrases()
    found: list[str] = []
    at = 0
    while at < len(plain):
        word = next((plain[at : at + n] for n in range(5, 1, -1) if plain[at : at + n] in phrases), None)
        if word is None:
            found += pinyin(text[at])[:1]
            at += 1
        else:
            found += phrases[word]
            at += len(word)
    return found


@lru_cache(maxsize=32_768)
def near_chinese(a: str, b: str) -> int:
    """How alike two keys are: 10,000 equal; 5,000 with one syllable that many speakers don't tell apart; else 0.

    z/zh, c/ch, s/sh, l/n and n/ng at the end differ by one letter, and a syllable like that is a slip as often as
    another name; any other changed syllable is another name. Keys of Cantonese and short keys are equal or nothing.
    """
    if a == b:
        return 10_000
    if abs(len(a) - len(b)) > 1 or min(len(a), len(b)) < RADIUS[1][0] or (a[0] != b[0] and a[1] != b[1]):
        return 0
    if " " in a or " " in b:
        return 0
    ours, theirs = a.split("-"), b.split("-")
    differing = [pair for pair in zip(ours, theirs, strict=False) if pair[0] != pair[1]]
    return SIMILAR if len(ours) == len(theirs) and len(differing) == 1 and _is_alike(*differing[0]) else 0


def _is_alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=lambda syllable: (len(syllable), syllable))
    if longer == shorter + "g" and shorter.endswith("n"):
        return True
    if len(longer) == len(shorter) + 1:
        return longer[1] == "h" and (shorter[0], longer[:2]) in _ALIKE_INITIALS and longer[2:] == shorter[1:]
    return (shorter[0], longer[0]) in _ALIKE_INITIALS and shorter[1:] == longer[1:]
