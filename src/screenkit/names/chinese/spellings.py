"""From the spellings of each romanization back to the syllables of pinyin: `spellings`, made once of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product

import attrs

from screenkit.names.notation import read

from .romanization import MPS2, TONES, TONGYONG, WADE_GILES, bare
from .systems.cantonese import spelled
from .systems.gwoyeu import gwoyeu

Syllables = tuple[str, ...]
_NEUTRAL_TONE = "5"


@attrs.frozen
class Spellings:
    """Spelling to syllables in each system, and what all spellings have in common."""

    pinyin: Mapping[str, Syllables]
    #: By whether apostrophes and diaereses are printed; what is not printed makes a spelling ambiguous.
    wade_giles: Mapping[tuple[bool, bool], Mapping[str, Syllables]]
    #: All systems in use in Taiwan at once, Wade-Giles first: every passport bearer chooses (Ma Ying-jeou).
    taiwan: Mapping[str, Syllables]
    #: As Hong Kong spells names, to classes of Cantonese.
    cantonese: Mapping[str, Syllables]
    #: Customary spellings of surnames to the surname.
    customary: Mapping[str, str]
    #: Every syllable in every system, without marks.
    known: frozenset[str]
    #: The length of the longest of them, and the letters that they end in.
    longest: int
    last_letters: tuple[str, ...]


@cache
def spellings() -> Spellings:
    """The spellings of all systems."""
    pinyin = _inverted(_pinyin())
    marks = product((False, True), (False, True))
    wade_giles = {(one, other): _inverted(_wade_giles(one, other)) for one, other in marks}
    taiwan = _inverted(_taiwan())
    cantonese = _inverted(spelled())
    customary = {spelling: surname for spelling, surname, _ in read("chinese/customary.txt").rows(3)}
    tables: tuple[Iterable[str], ...] = (pinyin, wade_giles[False, False], taiwan, cantonese, customary)
    known = frozenset(bare(spelling) for table in tables for spelling in table)
    last_letters = tuple(sorted({spelling[-1] for spelling in known}))
    return Spellings(pinyin, wade_giles, taiwan, cantonese, customary, known, max(map(len, known)), last_letters)


def cantonese_classes(spelling: str) -> tuple[str, ...]:
    """The classes a syllable may be read in, () where it is no syllable of Cantonese."""
    return spellings().cantonese.get(spelling, ())


def _inverted(pairs: Iterable[tuple[str, str]]) -> dict[str, Syllables]:
    """Spelling to its syllables, in the order of the pairs (syllable, spelling)."""
    found: dict[str, dict[str, None]] = {}
    for syllable, spelling in pairs:
        found.setdefault(spelling, {})[syllable] = None
    return {spelling: tuple(syllables) for spelling, syllables in found.items()}


def _pinyin() -> Iterator[tuple[str, str]]:
    """ü is also printed v, yu (GB/T 28039-2011) and, the dots dropped, u."""
    for syllable in TONES:
        yield syllable, syllable
    for syllable in TONES:
        if "v" in syllable:
            for written in ("ü", "yu", "u"):
                yield syllable, syllable.replace("v", written)


def _wade_giles(has_apostrophes: bool, has_umlauts: bool) -> Iterator[tuple[str, str]]:
    for syllable in TONES:
        for spelling in WADE_GILES.spell(syllable):
            marked = spelling if has_apostrophes else spelling.replace("'", "")
            yield syllable, marked if has_umlauts else marked.replace("ü", "u")


def _taiwan() -> Iterator[tuple[str, str]]:
    for syllable in TONES:
        for spelling in WADE_GILES.spell(syllable):
            yield syllable, bare(spelling)
    for syllable in TONES:
        yield syllable, syllable
        for system in (TONGYONG, MPS2):
            for spelling in system.spell(syllable):
                yield syllable, spelling
    for syllable, tones in TONES.items():
        for tone in tones.replace(_NEUTRAL_TONE, ""):
            yield syllable, gwoyeu(syllable, tone)
