"""Readings of a name as that of a Chinese, Korean or Japanese person: `person_readings`.

The whole name must parse in one system, with or without what looks like a title (Hon, Gen are syllables too); that
strictness is what detects the language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import attrs

from screenkit.model import Reading, Role, Sound, Space, Token, TokenKind

from .chinese import han as chinese
from .chinese import latin as chinese_latin
from .chinese.phonetic import printed
from .chinese.syllables import may_be_chinese
from .chinese.systems.palladius import palladius_syllables
from .japanese import persons as japanese
from .korean import hangul as korean
from .korean import latin as korean_latin
from .split import Word

#: The most readings of a name that are kept.
MOST_READINGS = 64
#: The most (0 to 10,000) that the Korean reading of Chinese characters reaches, and Palladius' of a Chinese name.
HANJA_CAP, PALLADIUS_CAP = 9_500, 9_800
_LONGEST_NAME = 6
#: Surname and given name of two characters each; longer names in Han or Hangul are of organizations, of any other
#: script parsing decides.
_LONGEST_WRITTEN = 4
_MEASURED = ({"Han"}, {"Hangul"})


def person_readings(words: Sequence[Word], tokens: Sequence[Token]) -> tuple[Reading, ...]:
    """All readings, at most 64, the most likely of each system first."""
    titles = [token.text for token in tokens if token.kind is TokenKind.TITLE]
    found = [] if titles and any(word.is_title for word in words) else _readings(words)
    if titles:
        texts = {text for title in titles for text in title.split()}
        named = [word for word in words if word.text not in texts]
        if named and named[-1].before_comma:
            named[-1] = attrs.evolve(named[-1], before_comma=False)
        found += _readings(named)
    return tuple(islice(dict.fromkeys(found), MOST_READINGS)) if found else ()


def _readings(words: Sequence[Word]) -> list[Reading]:
    if len(words) > _LONGEST_NAME:
        return []
    scripts = {word.script for word in words}
    reader = _READERS.get(next(iter(scripts)) or "") if len(scripts) == 1 else _reader_of_several(scripts)
    if reader is None or (scripts in _MEASURED and sum(len(word.text) for word in words) > _LONGEST_WRITTEN):
        return []
    return list(islice(reader(words), MOST_READINGS))


def _reader_of_several(scripts: set[str | None]) -> Callable[[Sequence[Word]], Iterator[Reading]] | None:
    return japanese.japanese_readings if scripts and scripts <= japanese.SCRIPTS else None


def _han(words: Sequence[Word]) -> Iterator[Reading]:
    yield from chinese.han_readings(words, is_person=None)
    text = "".join(word.text for word in words)
    # Where the name is written in words, the first is the surname.
    for length in (1, 2) if len(words) == 1 else (len(words[0].text),):
        if length < len(text) <= length + 2:
            yield from _hanja(text[:length], text[length:], len(words))
    if japanese.looks_japanese(text):
        yield from japanese.japanese_readings(words)


def _hanja(surname: str, given: str, count: int) -> Iterator[Reading]:
    for one in chinese.hanja_as_hangul(surname, is_surname=True)[:2]:
        for other in chinese.hanja_as_hangul(given)[:4]:
            written = (Word(one, "Hangul", before_comma=True), Word(other, "Hangul"))
            for reading in korean.hangul_readings(written):
                sounds = tuple(attrs.evolve(sound, start=0, stop=count) for sound in reading.sounds)
                yield attrs.evolve(reading, system="hanja", sounds=sounds, cap=HANJA_CAP)


def _latin(words: Sequence[Word]) -> Iterator[Reading]:
    if korean_latin.may_be_korean(words, "Latin"):
        yield from islice(korean_latin.latin_readings(words), MOST_READINGS // 2)
    if may_be_chinese([word.text for word in words]):
        yield from chinese_latin.latin_readings(words)
    if len(words) == 2:
        yield from japanese.latin_readings(words)


def _cyrillic(words: Sequence[Word]) -> Iterator[Reading]:
    if korean_latin.may_be_korean(words, "Cyrillic"):
        yield from korean_latin.cyrillic_readings(words)
    parsed = [palladius_syllables(word.text) for word in words]
    read = ["-".join(syllables) for syllables in parsed if syllables]
    if len(read) != len(words) or not 2 <= len(words) <= 3:
        return
    surname, given = read[0], "-".join(read[1:])
    yield Reading(
        language="zh",
        system="palladius",
        space=Space.CHINESE,
        text=printed(surname, given),
        sounds=(Sound(surname, Role.SURNAME, 0, 1), Sound(given, Role.GIVEN, 1, len(words))),
        cap=PALLADIUS_CAP,
    )


_READERS = {
    "Han": _han,
    "Hangul": korean.hangul_readings,
    "Hiragana": japanese.japanese_readings,
    "Katakana": japanese.japanese_readings,
    "Latin": _latin,
    "Cyrillic": _cyrillic,
}
