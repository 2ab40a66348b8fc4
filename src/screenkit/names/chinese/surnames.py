"""Chinese surnames: how each is read in Mandarin and Cantonese, and how usual it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import attrs

from screenkit.names.combinations import combinations
from screenkit.names.notation import read

from .characters import han_equal_key, jyutping, simplify
from .romanization import TONES

#: The last rank of tables/surnames.txt, but for 999; a reading that no surname has is beyond all.
LEAST_RANK = 300
UNKNOWN = 9_999
#: A surname's second reading is rarer by so many ranks than its first.
READING_STEP = 500


@attrs.frozen
class Surname:
    """A surname: how it is read, and how usual it is."""

    #: Readings in pinyin, syllables joined by "-", the usual one first.
    pinyin: tuple[str, ...]
    #: Readings in Jyutping, syllables joined by "-".
    jyutping: tuple[str, ...]
    #: 1 for the most usual; 999 without rank.
    rank: int


@attrs.frozen
class Surnames:
    """The surnames of tables/surnames.txt."""

    #: By their simplified form.
    by_name: Mapping[str, Surname]
    #: The pinyin of surnames of two characters, joined, to the same with "-" between the syllables.
    compounds: Mapping[str, str]
    #: In pinyin, each with the best rank of the surnames that are read so.
    ranks: Mapping[str, int]


@cache
def surnames() -> Surnames:
    """The surnames, read once."""
    rows = read("chinese/surnames.txt").rows(5)
    compounds = {reading: _divided(reading) for name, _, reading, _, _ in rows if len(name) == 2}
    by_name = {}
    for name, rank, readings, heard, _ in rows:
        spoken = tuple(compounds.get(one, one) if len(name) > 1 else one for one in readings.split(" "))
        cantonese = (heard.split(" ") if len(name) == 1 else [heard.replace(" ", "-")]) if heard else []
        cantonese = cantonese or ["-".join(parts) for parts in combinations(map(jyutping, name), 2)]
        by_name[name] = Surname(spoken, tuple(cantonese), int(rank))
    ranks: dict[str, int] = {}
    for surname in by_name.values():
        for at, reading in enumerate(surname.pinyin):
            ranks[reading] = min(ranks.get(reading, UNKNOWN), surname.rank + READING_STEP * at)
    return Surnames(by_name, compounds, ranks)


def _divided(reading: str) -> str:
    """Two syllables of pinyin written together, with "-" between them."""
    cuts = [at for at in range(1, len(reading)) if reading[:at] in TONES and reading[at:] in TONES]
    at = next((at for at in cuts if reading[at] not in "aeo"), cuts[0])
    return f"{reading[:at]}-{reading[at:]}"


def surname_of(characters: str) -> Surname | None:
    """Look a surname up, as written and in its simplified form."""
    table = surnames().by_name
    return table.get(characters) or table.get(simplify(characters)) or table.get(han_equal_key(characters))


def is_ranked(surname: str) -> bool:
    """Whether a surname in pinyin is among the ranked ones, the two hundred most usual."""
    return surnames().ranks.get(surname, UNKNOWN) <= LEAST_RANK


def known(readings: Iterable[str]) -> tuple[str, ...]:
    """Those of readings in pinyin that are surnames, the most usual first."""
    usual = surnames().ranks
    return tuple(sorted({one for one in readings if one in usual}, key=lambda one: (usual[one], one)))
