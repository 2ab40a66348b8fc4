"""Syllables of Mandarin in the romanizations that are in use beside pinyin: Wade-Giles, MPS II and Tongyong.

Syllables are in pinyin without tones, ü as "v"; tables/mandarin.txt lists them. Each system is a table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from screenkit.names.notation import read

#: Pinyin's j, q and x are followed by ü, which is written u (Scheme for the Chinese Phonetic Alphabet, 1958).
_HIDDEN_UMLAUT = re.compile("(?<=[jqx])u|(?<=^y)u")
_INITIAL = re.compile("[zcs]h|[bpmfdtnlgkhjqxrzcs]|")
#: The syllables of Mandarin, each with the tones it is read in.
TONES: Mapping[str, str] = read("chinese/mandarin.txt").pairs()


@attrs.frozen
class Romanization:
    """How a system spells the initials, the finals and some whole syllables of pinyin."""

    initials: Mapping[str, str]
    finals: Mapping[str, tuple[str, ...]]
    whole: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, table: str) -> Romanization:
        """Read a system's table."""
        found = read(f"chinese/{table}.txt")
        return cls(found.pairs("initials"), found.lists("finals"), found.lists("whole"))

    def spell(self, syllable: str) -> tuple[str, ...]:
        """The spellings of a syllable, the likeliest first."""
        syllable = umlauted(syllable)
        if (own := self.whole.get(syllable)) is not None:
            return own
        initial, final = divided(syllable)
        finals = self.finals.get(final, (final,)) if initial else (final,)
        return tuple(self.initials.get(initial, initial) + form for form in finals)


WADE_GILES, MPS2, TONGYONG = map(Romanization.of, ("wade_giles", "mps2", "tongyong"))


def umlauted(syllable: str) -> str:
    """Write the hidden ü of ju, qu, xu, yu as "v"."""
    return _HIDDEN_UMLAUT.sub("v", syllable)


def divided(syllable: str) -> tuple[str, str]:
    """The initial and the final of a syllable."""
    initial = _INITIAL.match(syllable)
    length = initial.end() if initial else 0
    return syllable[:length], syllable[length:]


def bare(spelling: str) -> str:
    """A spelling without apostrophes and with u for ü: what most lists print."""
    return spelling.replace("'", "").replace("ü", "u")
