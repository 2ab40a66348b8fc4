"""How Korean syllables are spelled in Latin and in Cyrillic: tables/latin.txt and tables/cyrillic.txt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from screenkit.names.notation import read


@attrs.frozen
class Orthography:
    """How a script spells Korean syllables: spellings and the sound classes they stand for."""

    initials: Mapping[str, str]
    vowels: Mapping[str, tuple[str, ...]]
    finals: Mapping[str, tuple[str, ...]]
    #: Spellings of initials only at the beginning of a word, of finals only at its end.
    edge_initials: frozenset[str]
    edge_finals: frozenset[str]
    #: The letters that vowels begin with.
    vowel_letters: frozenset[str] = attrs.field(init=False)

    @vowel_letters.default
    def _first_letters(self) -> frozenset[str]:
        return frozenset(vowel[0] for vowel in self.vowels)


#: The third column of spellings that are found only at the beginning (initials) or the end (finals) of a word.
_EDGE: Final = "edge"


def _orthography(table: str) -> Orthography:
    sections = {name: read(table).rows(3, name) for name in ("initials", "vowels", "finals")}
    spelled = {
        name: {spelling: tuple(classes.split(", ")) for texts, classes, _ in rows for spelling in texts.split(", ")}
        for name, rows in sections.items()
    }
    edges = {
        name: frozenset(spelling for texts, _, place in rows if place == _EDGE for spelling in texts.split(", "))
        for name, rows in sections.items()
    }
    return Orthography(
        initials={"": "", **{spelling: classes[0] for spelling, classes in spelled["initials"].items()}},
        vowels=spelled["vowels"],
        finals=spelled["finals"],
        edge_initials=edges["initials"],
        edge_finals=edges["finals"],
    )


#: The orthography of each script.
SPELLINGS: Final = {"Latin": _orthography("korean/latin.txt"), "Cyrillic": _orthography("korean/cyrillic.txt")}
