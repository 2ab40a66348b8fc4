"""Japanese words in, Hepburn out: kana letter by letter, Han characters by their on-readings, Latin where it parses.

Kana are read dependably. How a Japanese person's characters are read is not in the characters, and mostly it is not
their on-reading (山田 is Yamada, not San Den), so these readings are weak, and only of names that look Japanese: in
characters of Japan's lists for names, and not those of a Chinese surname with one or two characters after it.

A key of `Space.JAPANESE` is Hepburn in ASCII letters without marks of length: "tarō", "tarou" and "taro" are one.
Spellings are those of Japanese passports (ou, oo, uu: o, u; m before b, m, p), from general knowledge of the Passport
Act's ordinance; keys write n for that m.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType

from rapidfuzz.distance import OSA

from screenkit.model.normalized import Reading, Role, Sound, Space

from .chinese import LONGEST, LONGEST_COMPOUND, products, surname_of
from .fallback import to_ascii
from .han_table import japanese_on
from .script import script_of
from .words import Word

#: The most (0 to 10,000) that a reading in kana reaches, and one with a character's on-reading.
KANA_CAP, ON_CAP = 9_700, 9_400
SIMILAR = 7_000
#: What Japanese is written in.
SCRIPTS = frozenset({"Han", "Hiragana", "Katakana"})
#: The least length of two keys, and the greatest, that may differ by one letter.
SHORTEST_EDITED, LONGEST_EDITED = 4, 32
#: The longest name in Japanese writing without a space: a surname of three characters, a given name of three.
_LONGEST_RUN, _LONGEST_PART = 6, 3
_MOST_OF_CHARACTER, _MOST_OF_SPLIT = 2, 4

_ROWS = (
    ("a i u e o", "あいうえお"),
    ("ka ki ku ke ko ga gi gu ge go", "かきくけこがぎぐげご"),
    ("sa shi su se so za ji zu ze zo", "さしすせそざじずぜぞ"),
    ("ta chi tsu te to da ji zu de do", "たちつてとだぢづでど"),
    ("na ni nu ne no", "なにぬねの"),
    ("ha hi fu he ho ba bi bu be bo pa pi pu pe po", "はひふへほばびぶべぼぱぴぷぺぽ"),
    ("ma mi mu me mo ya yu yo", "まみむめもやゆよ"),
    ("ra ri ru re ro wa i e o vu n", "らりるれろわゐゑをゔん"),
)
_SMALL = dict(zip("ぁぃぅぇぉゃゅょゎ", ("a", "i", "u", "e", "o", "ya", "yu", "yo", "wa"), strict=True))
_DOUBLING, _PROLONGING, _REPEATING_HAN = "っ", "ー", "々"
_REPEATED = re.compile("(.)([ゝゞ])")
_TO_HIRAGANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}

_UNMARKED = str.maketrans("āīūēōâîûêô", "aiueo" * 2)
_LONG = re.compile(r"o(?:[uo](?!e))*(?:h+(?![aiueoyh]))?|uu+")
_N_BEFORE_LIP = re.compile("n(?=[bmp])")
_M_BEFORE_LIP = re.compile("m(?=[bmp])")
# Hepburn: no si, ti, tu, hu, zi, di, du, wi, yi; consonants are doubled before themselves (tch for ch).
_SYLLABLE = (
    "(?:(?:k(?=k)|s(?=s)|t(?=t|ch)|p(?=p))?"
    "(?:[kgnhmrbp]y(?=[auo])|(?:sh|ch|j)(?=[aiuo])|ts(?=u)|f(?=u)|[kgnmrbp](?=[aiueo])|[sz](?=[aueo])|[td](?=[aeo])"
    "|h(?=[aieo])|y(?=[auo])|w(?=a))?"
    "(?:oh(?![aiueoy])|[aiueo])(?:n'?(?![aiueoy])|n'(?=[aiueoy])|m(?=[bmp]))?)"
)
_HEPBURN = re.compile(f"{_SYLLABLE}+ {_SYLLABLE}+")


@cache
def _kana() -> Mapping[str, str]:
    return MappingProxyType(
        {kana: romaji for syllables, row in _ROWS for romaji, kana in zip(syllables.split(" "), row, strict=True)}
    )


@lru_cache(maxsize=16_384)
def printed(text: str) -> str:
    """A word in kana as a Japanese passport prints it, without marks of length: さとう is sato, じゅんいち junichi.

    >>> printed("しんぺい"), printed("ハットリ"), printed("ジェームズ")
    ('shimpei', 'hattori', 'jemuzu')
    """
    return _N_BEFORE_LIP.sub("m", _LONG.sub(_shortened, "".join(_syllables(text))))


def _shortened(found: re.Match[str]) -> str:
    return found[0][0]


def _syllables(text: str) -> list[str]:
    table, found, doubling = _kana(), list[str](), False
    for character in _REPEATED.sub(_repeated, text.translate(_TO_HIRAGANA)):
        if character in _PROLONGING:
            continue
        if character == _DOUBLING:
            doubling = True
            continue
        if character in _SMALL and found:
            found[-1] = _joined(found[-1], _SMALL[character])
            continue
        syllable = table.get(character) or _SMALL.get(character) or to_ascii(character).lower()
        if doubling and syllable[:1] not in ("", *"aiueo"):
            syllable = ("t" if syllable.startswith("ch") else syllable[0]) + syllable
        doubling = False
        found.append(syllable)
    return found


def _repeated(found: re.Match[str]) -> str:
    """Kana and what repeats it: こゝ is ここ, すゞ is すず."""
    voiced = unicodedata.normalize("NFC", f"{found[1]}\u3099") if found[2] == "ゞ" else found[1]
    return found[1] + (voiced if len(voiced) == 1 else found[1])


def _joined(syllable: str, small: str) -> str:
    """Kana with a small one: き + ゃ is kya, し + ゃ sha, ふ + ぁ fa, う + ぃ wi."""
    stem = "w" if syllable == "u" and small != "u" else syllable.rstrip("aiueo")
    return stem + (small[1:] if stem.endswith(("sh", "ch", "j")) and small[0] == "y" else small)


@lru_cache(maxsize=16_384)
def key_of(hepburn: str) -> str:
    """The key of a word in Hepburn, its length written in any way or not at all: "ōno", "ohno", "oono" are "ono".

    >>> key_of("ohno"), key_of("namba"), key_of("jun'ichi"), key_of("inoue")
    ('ono', 'nanba', 'junichi', 'inoue')
    """
    plain = _LONG.sub(_shortened, hepburn.translate(_UNMARKED).replace("'", ""))
    return _M_BEFORE_LIP.sub("n", plain)


def japanese_readings(words: Sequence[Word]) -> Iterator[Reading]:
    """Read a person's name in kana, in Han characters that look Japanese or in both: surname first."""
    if not words or any(word.script not in SCRIPTS for word in words):
        return
    if all(word.script == "Han" for word in words) and not looks_japanese("".join(word.text for word in words)):
        return
    if len(words) == 2:
        yield from _readings((words[0].text, words[1].text), ((0, 1), (1, 2)))
    elif len(words) == 1 and words[0].script == "Han":
        text = words[0].text
        for length in range(1, _LONGEST_PART + 1):
            if length < len(text) <= min(length + _LONGEST_PART, _LONGEST_RUN):
                yield from _readings((text[:length], text[length:]), ((0, 1), (0, 1)))


def looks_japanese(text: str) -> bool:
    """Whether a name in Han characters is not simply a Chinese surname and one or two characters after it."""
    if len(text) < LONGEST and _is_chinese_surname(text[0]):
        return _REPEATING_HAN in text
    return not _is_chinese_surname(text[:2]) or len(text) > LONGEST_COMPOUND or _REPEATING_HAN in text


@lru_cache(maxsize=16_384)
def _is_chinese_surname(text: str) -> bool:
    return surname_of(text) is not None


def _readings(parts: tuple[str, str], spans: tuple[tuple[int, int], tuple[int, int]]) -> Iterator[Reading]:
    surnames, givens = map(_ways, parts)
    is_kana = all(script_of(part[0]) != "Han" for part in parts)
    for one, other in products((surnames, givens), _MOST_OF_SPLIT)[:_MOST_OF_SPLIT]:
        yield Reading(
            language="ja",
            system="hepburn" if is_kana else "on-reading",
            space=Space.JAPANESE,
            text=f"{one} {other}".title(),
            sounds=(Sound(one, Role.SURNAME, *spans[0]), Sound(other, Role.GIVEN, *spans[1])),
            cap=KANA_CAP if is_kana else ON_CAP,
        )


@lru_cache(maxsize=16_384)
def _ways(text: str) -> tuple[str, ...]:
    """The keys of a part of a name in kana, or in Han characters; none where one of them has no reading."""
    if script_of(text[0]) != "Han":
        spelled = key_of(printed(text))
        return (spelled,) if spelled.isascii() and spelled.isalpha() else ()
    cells: list[tuple[str, ...]] = []
    for character in text:
        cells.append(cells[-1] if character == _REPEATING_HAN and cells else japanese_on(character))
    if not all(cells):
        return ()
    return tuple(dict.fromkeys(key_of("".join(one)) for one in products(cells, _MOST_OF_CHARACTER)[:_MOST_OF_SPLIT]))


def latin_readings(words: Sequence[Word]) -> Iterator[Reading]:
    """Read a name of two Latin words as Japanese where both are strictly Hepburn: surname first, and surname last."""
    if len(words) != 2:
        return
    text = f"{words[0].text} {words[1].text}"
    if not text.isascii():
        text = text.translate(_UNMARKED)
    if not _HEPBURN.fullmatch(text):
        return
    one, other = text.split(" ")
    orders = ((0, 1),) if words[0].before_comma else ((0, 1), (1, 0))
    for surname, given in orders:
        pair = (one, other)
        yield Reading(
            language="ja",
            system="hepburn",
            space=Space.JAPANESE,
            text=f"{pair[surname]} {pair[given]}".title(),
            sounds=(
                Sound(key_of(pair[surname]), Role.SURNAME, surname, surname + 1),
                Sound(key_of(pair[given]), Role.GIVEN, given, given + 1),
            ),
        )


@lru_cache(maxsize=32_768)
def near_japanese(a: str, b: str) -> int:
    """How alike two keys are: 10,000 equal; 7,000 with one letter different, from four letters on; else 0."""
    if a == b:
        return 10_000
    shorter, longer = sorted((len(a), len(b)))
    if shorter < SHORTEST_EDITED or longer > LONGEST_EDITED or longer - shorter > 1:
        return 0
    return SIMILAR if OSA.distance(a, b, score_cutoff=1) <= 1 else 0
