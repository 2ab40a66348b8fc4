"""Readings of a name in Latin letters as a Chinese one: every system under which the whole name parses.

Parsing is strict, since it is what distinguishes Chinese names from others: each word must divide into syllables of the
system, and unless the name has the order and spelling of pinyin, its surname must be a known one. Systems:
Hanyu Pinyin (ISO 7098:2015), Wade-Giles with or without its apostrophes and diaeresis, the mixture of systems in
use in Taiwan, and Cantonese as Hong Kong spells names or in Jyutping.

A spelling that stands for several syllables (Wade-Giles chu without marks: zhu, chu, ju, qu) gives several readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

import attrs

from screenkit.model.name import Reading, Role, Sound, Space
from screenkit.names.combinations import MOST, combinations
from screenkit.names.split import Word

from .phonetic import CANTONESE, printed
from .spellings import Syllables
from .syllables import MOST_GIVEN, System, doubled_part, is_divisible, is_usual, plain, systems

#: A Western given name is left out (John Lee Ka-chiu).
PARTIAL_CAP = 9_500
#: Two surnames, each of them perhaps in a system of its own.
DOUBLED_CAP = 9_500
MOST_WORDS = 5
_LONGEST_WORD = 18
_BUDGETS = {"pinyin": 12, "wade-giles": 20, "taiwan": 12, "hong kong": 8, "hong kong in mandarin": 24}
_LETTERS = re.compile("[a-zü']+")


@attrs.frozen
class _Layout:
    """A way to divide the words: the surname's span, the given name's, and whether the surname comes first."""

    surname: tuple[int, int]
    given: tuple[int, int]
    is_surname_first: bool
    #: False where a word is left out: then the surname must be a known one, and the reading is merely possible.
    is_whole: bool = True


def latin_readings(words: Sequence[Word]) -> Iterator[Reading]:
    """Read a name in Latin letters: at most 64 readings, the most likely first; none where it isn't Chinese."""
    if not 2 <= len(words) <= MOST_WORDS or any(word.script != "Latin" for word in words):
        return
    texts = tuple(plain(word.text) for word in words)
    if not all(_LETTERS.fullmatch(text) and len(text) <= _LONGEST_WORD for text in texts):
        return
    foreign = [at for at, text in enumerate(texts) if not is_divisible(text)]
    if len(foreign) > 1 or (foreign and len(words) < 3):
        return
    comma = next((at + 1 for at, word in enumerate(words[:-1]) if word.before_comma), 0)
    layouts = tuple(_layouts(len(words), comma, foreign[0] if foreign else None))
    yield from islice(_distinct(texts, layouts), MOST)


def _distinct(texts: Syllables, layouts: Sequence[_Layout]) -> Iterator[Reading]:
    seen: set[tuple[Sound, ...]] = set()
    for system in systems(texts):
        found = (reading for layout in layouts for reading in _read(texts, layout, system))
        for reading in islice(found, _BUDGETS[system.name]):
            if reading.sounds not in seen:
                seen.add(reading.sounds)
                yield reading


def _layouts(count: int, comma: int, foreign: int | None) -> Iterator[_Layout]:
    """A comma marks the surname; else it is first or last, in one word or, compound, in two.

    A Western given name beside a Chinese one comes before the whole name, before the Chinese given name or last
    (John Lee Ka-chiu; LEE, John Ka-chiu; Lee Ka-chiu John) and is left out.
    """
    if foreign is not None:
        if foreign == 0 and not comma:
            for length in (1, 2):
                if length + 1 < count:
                    yield _Layout((1, length + 1), (length + 1, count), True, False)
        elif comma == 2 and foreign in (2, count - 1) and count > 3:
            yield _Layout((0, 2), (3, count) if foreign == 2 else (2, count - 1), True, False)
        elif foreign in (1, count - 1) and comma in (0, 1):
            yield _Layout((0, 1), (2, count) if foreign == 1 else (1, count - 1), True, False)
    elif comma:
        if comma <= 2:
            yield _Layout((0, comma), (comma, count), True)
    else:
        for length in (1, 2):
            if length < count:
                yield _Layout((0, length), (length, count), True)
                yield _Layout((count - length, count), (0, count - length), False)


def _read(texts: Syllables, layout: _Layout, system: System) -> Iterator[Reading]:
    given_words = texts[slice(*layout.given)]
    options = [system.word(word) for word in given_words]
    if not all(options):
        return
    keys = system.surname(texts[slice(*layout.surname)])
    if not keys and layout.surname[1] - layout.surname[0] == 2 and layout.is_surname_first:
        yield from _read_doubled(texts, layout, system, options)
        return
    if (
        not keys
        and system.takes_any_surname
        and layout.is_surname_first
        and layout.is_whole
        and layout.surname == (0, 1)
    ):
        keys = tuple(parts[0] for parts in system.word(texts[0]) if len(parts) == 1)
    if not layout.is_whole:
        keys = tuple(key for key in keys if is_usual(system, key))
    if not keys:
        return
    givens: dict[str, None] = {}
    for parts in combinations(options, 4):
        syllables = [syllable for part in parts for syllable in part]
        if len(syllables) < (system.least_given if layout.is_whole else MOST_GIVEN):
            continue
        if len(syllables) <= MOST_GIVEN or (layout.is_surname_first and _is_doubled(given_words, syllables, system)):
            givens["-".join(syllables)] = None
    for surname, given in combinations((keys, tuple(givens)), MOST):
        yield _reading(texts, layout, system, surname, given)


def _read_doubled(
    texts: Syllables, layout: _Layout, system: System, options: Sequence[Sequence[Syllables]]
) -> Iterator[Reading]:
    """Read a name with two surnames, a husband's and the wife's own (范徐丽泰, Fan Hsu Lai-tai).

    Each may be spelled in a system of its own; then the name is read as Mandarin.
    """
    surnames = [doubled_part(word, system) for word in texts[slice(*layout.surname)]]
    givens = ("-".join(one for part in parts for one in part) for parts in combinations(options, 4))
    whole = tuple(dict.fromkeys(given for given in givens if given.count("-") == MOST_GIVEN - 1))
    if all(surnames) and whole:
        keys = tuple("-".join(parts) for parts in combinations(surnames, 2))
        for surname, given in combinations((keys, whole), MOST):
            reading = _reading(texts, layout, system, surname, given)
            yield reading if system.is_cantonese else attrs.evolve(reading, cap=min(reading.cap, DOUBLED_CAP))


def _is_doubled(given_words: Syllables, syllables: Sequence[str], system: System) -> bool:
    """Whether a second surname comes before the given name (林郑月娥, Lam Cheng Yuet-ngor)."""
    has_three = len(syllables) == MOST_GIVEN + 1 and len(given_words) >= 2
    return has_three and bool(system.surname(given_words[:1]))


def _reading(texts: Syllables, layout: _Layout, system: System, surname: str, given: str) -> Reading:
    prefix = CANTONESE if system.is_cantonese else ""
    text = " ".join(texts).title() if system.is_cantonese else printed(surname, given)
    sounds = (Sound(prefix + surname, Role.SURNAME, *layout.surname), Sound(prefix + given, Role.GIVEN, *layout.given))
    language = "yue" if system.is_cantonese else "zh"
    cap = system.cap if layout.is_whole else min(system.cap, PARTIAL_CAP)
    return Reading(language=language, system=system.name, space=Space.CHINESE, text=text, sounds=sounds, cap=cap)
