"""Cantonese spellings of names and the Mandarin they may be: Lee Ka-chiu and Li Jiachao are one person."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import zip_longest

import attrs

from screenkit.names.combinations import combinations
from screenkit.names.notation import read

from .characters import jyutping, pinyin
from .spellings import Syllables, cantonese_classes
from .surnames import LEAST_RANK, READING_STEP, UNKNOWN, surnames
from .systems.cantonese import class_of

#: The most surnames in Mandarin for one in Cantonese.
_MOST_SURNAMES = 4


@attrs.frozen
class _Bridge:
    """From classes of Cantonese to Mandarin."""

    #: The keys of surnames in Cantonese, each with the surnames in pinyin it may be and their ranks.
    surnames: Mapping[str, Mapping[str, int]]
    #: Classes to syllables of Mandarin, by the characters usual in given names, the most usual first.
    syllables: Mapping[str, Syllables]


@cache
def _bridge() -> _Bridge:
    """The bridge, made once of the tables."""
    ranked: dict[str, dict[str, int]] = {}
    for surname in surnames().by_name.values():
        for at, heard in enumerate(surname.jyutping):
            cell = ranked.setdefault("-".join(map(class_of, heard.split("-"))), {})
            for spoken in surname.pinyin[:1]:
                cell[spoken] = min(cell.get(spoken, UNKNOWN), surname.rank + READING_STEP * at)
    found: dict[str, dict[str, None]] = {}
    for (character,) in read("chinese/given_characters.txt").rows(1):
        for heard in jyutping(character)[:1]:
            for spoken in pinyin(character)[:1]:
                found.setdefault(class_of(heard), {})[spoken] = None
    return _Bridge(ranked, {key: tuple(syllables) for key, syllables in found.items()})


def is_ranked_in_cantonese(surname: str) -> bool:
    """Whether the key of a surname in Cantonese may be one of the two hundred most usual surnames."""
    return any(rank <= LEAST_RANK for rank in _bridge().surnames.get(surname, {}).values())


def cantonese_word(word: str) -> tuple[Syllables, ...]:
    """The classes that a word may be, a syllable each."""
    return tuple((one,) for one in cantonese_classes(word))


def cantonese_surname(words: Syllables) -> tuple[str, ...]:
    """The known surnames; one of two syllables is also printed in one word (Auyeung, Szeto)."""
    if len(words) == 1:
        cuts = [(words[0],), *((words[0][:at], words[0][at:]) for at in range(1, len(words[0])))]
    else:
        cuts = [words]
    keys = ["-".join(parts) for cut in cuts for parts in combinations(list(map(cantonese_classes, cut)), 2)]
    return tuple(dict.fromkeys(key for key in keys if key in _bridge().surnames))


def bridged_surname(words: Syllables) -> tuple[str, ...]:
    """The surnames in pinyin that a Cantonese spelling may be, the most usual first."""
    ranked = [item for key in cantonese_surname(words) for item in _bridge().surnames[key].items()]
    ranked.sort(key=lambda item: (item[1], item[0]))
    return tuple(dict.fromkeys(one for one, _ in ranked))[:_MOST_SURNAMES]


def bridged_word(word: str) -> tuple[Syllables, ...]:
    """The syllables of Mandarin that a Cantonese syllable may be, those of each class in turn."""
    cells = [_bridge().syllables.get(key, ()) for key in cantonese_classes(word)]
    spoken = (one for turn in zip_longest(*cells) for one in turn if one)
    return tuple((one,) for one in dict.fromkeys(spoken))
