"""Readings of Japanese names: kana letter by letter, Han characters by their on-readings, Latin where it parses.

Kana are read dependably. How a Japanese person's characters are read is not in the characters, and mostly it is not
their on-reading (山田 is Yamada, not San Den), so these readings are weak, and only of names that look Japanese: in
characters of Japan's lists for names, and not those of a Chinese surname with one or two characters after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from screenkit.model.name import Reading, Role, Sound, Space
from screenkit.names.chinese.characters import japanese_on
from screenkit.names.chinese.han import LONGEST, LONGEST_COMPOUND
from screenkit.names.chinese.surnames import surname_of
from screenkit.names.combinations import combinations
from screenkit.names.script import script_of
from screenkit.names.split import Word

from .phonetic import UNMARKED, key_of, printed

#: The most (0 to 10,000) that a reading in kana reaches, and one with a character's on-reading.
KANA_CAP, ON_CAP = 9_700, 9_400
#: What Japanese is written in.
SCRIPTS = frozenset({"Han", "Hiragana", "Katakana"})
#: The longest name in Japanese writing without a space: a surname of three characters, a given name of three.
_LONGEST_RUN, _LONGEST_PART = 6, 3
_MOST_OF_CHARACTER, _MOST_OF_SPLIT = 2, 4
_REPEATING_HAN = "々"
# Hepburn: no si, ti, tu, hu, zi, di, du, wi, yi; consonants are doubled before themselves (tch for ch).
_SYLLABLE = (
    "(?:(?:k(?=k)|s(?=s)|t(?=t|ch)|p(?=p))?"
    "(?:[kgnhmrbp]y(?=[auo])|(?:sh|ch|j)(?=[aiuo])|ts(?=u)|f(?=u)|[kgnmrbp](?=[aiueo])|[sz](?=[aueo])|[td](?=[aeo])"
    "|h(?=[aieo])|y(?=[auo])|w(?=a))?"
    "(?:oh(?![aiueoy])|[aiueo])(?:n'?(?![aiueoy])|n'(?=[aiueoy])|m(?=[bmp]))?)"
)
_HEPBURN = re.compile(f"{_SYLLABLE}+ {_SYLLABLE}+")


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


def _is_chinese_surname(text: str) -> bool:
    return surname_of(text) is not None


def _readings(parts: tuple[str, str], spans: tuple[tuple[int, int], tuple[int, int]]) -> Iterator[Reading]:
    surnames, givens = map(_ways, parts)
    is_kana = all(script_of(part[0]) != "Han" for part in parts)
    for one, other in combinations((surnames, givens), _MOST_OF_SPLIT)[:_MOST_OF_SPLIT]:
        yield Reading(
            language="ja",
            system="hepburn" if is_kana else "on-reading",
            space=Space.JAPANESE,
            text=f"{one} {other}".title(),
            sounds=(Sound(one, Role.SURNAME, *spans[0]), Sound(other, Role.GIVEN, *spans[1])),
            cap=KANA_CAP if is_kana else ON_CAP,
        )


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
    return tuple(
        dict.fromkeys(key_of("".join(one)) for one in combinations(cells, _MOST_OF_CHARACTER)[:_MOST_OF_SPLIT])
    )


def latin_readings(words: Sequence[Word]) -> Iterator[Reading]:
    """Read a name of two Latin words as Japanese where both are strictly Hepburn: surname first, and surname last."""
    if len(words) != 2:
        return
    text = f"{words[0].text} {words[1].text}"
    if not text.isascii():
        text = text.translate(UNMARKED)
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
