"""How similar two foreign keys are: `similarity`; and the `skeletons` of a key, which an index has.

A key has a letter for each sound that a spelling may stand for (tables/phones.txt): small letters are one sound,
capitals several sounds, or a vowel that may be silent. Two keys are aligned so that as little as possible is exchanged
or lacking.

The skeleton keeps the consonants, in classes that no transcription divides: p b f v w, t d, k g, all sibilants, m n,
l r. A word that begins with no consonant has an "a" first. A key whose letters may belong to several classes has
several skeletons. `similarity` is 0 unless a skeleton of one key and one of the other are equal, or within
`edits_allowed` of the shorter one.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import NamedTuple

from rapidfuzz.distance import OSA

from screenkit.names.notation import read

FULL = 10_000
#: Edits that two skeletons may be apart, by the length of the shorter: none below 3, one below 6, else two.
ONE_EDIT_FROM = 3
TWO_EDITS_FROM = 6
#: Longer skeletons must be equal.
LONGEST_EDITED = 32
#: The most skeletons of a key: further ones are of spellings that hardly anybody reads so.
MOST_SKELETONS = 8
#: What an edit takes at least of a skeleton of one letter.
EDIT = 10_000
#: Points that a wrong consonant takes from a word of one consonant: of a word with two thirds of its sounds wrong
#: nothing is left, because so many agree by chance.
_WRONG = 15_000
#: Hundredths of a wrong consonant: any two consonants, any two vowels, and a sound that isn't the likeliest of its
#: letter.
_CONSONANTS, _VOWELS, _UNLIKELY = 100, 60, 4
#: What costs at least this where it lacks is a consonant.
_CONSONANT = 60

_TABLE = read("foreign/phones.txt")
_PHONES = {letter: (sounds, int(cost)) for letter, sounds, cost in _TABLE.rows(3, "phones")}
_CLASSES = _TABLE.letters("classes")
_EXCHANGED = {pair[::step]: cost for pair, cost in _TABLE.numbers("exchanged").items() for step in (1, -1)}
_LACKING = {letter: cost for letter, (_, cost) in _PHONES.items()}


def _exchange(one: str, other: str) -> int:
    """What it costs that two letters stand for each other, by the sounds that are nearest."""
    best = _CONSONANTS
    for at, left in enumerate(_PHONES[one][0]):
        for place, right in enumerate(_PHONES[other][0]):
            cost = 0
            if left != right:
                otherwise = _VOWELS if left in "aeiou" and right in "aeiou" else _CONSONANTS
                cost = _EXCHANGED.get(left + right, otherwise)
            best = min(best, cost + _UNLIKELY * (bool(at) + bool(place)))
    return best


_EXCHANGE = {one: {other: _exchange(one, other) for other in _PHONES} for one in _PHONES}


def _skeleton_letters() -> dict[str, tuple[str, ...]]:
    """The classes that each letter may belong to; "" where it may have no consonant."""
    found = {}
    for letter, (sounds, cost) in _PHONES.items():
        classes = [_CLASSES[sound] for sound in sounds]
        found[letter] = tuple(dict.fromkeys([*classes, *([""] if cost < _CONSONANT else [])]))
    return found


_LETTER_CLASSES = _skeleton_letters()


class Parts(NamedTuple):
    """What `similarity` compares beside the keys."""

    skeletons: tuple[str, ...]
    #: What all letters cost where they lack.
    weight: int


@lru_cache(maxsize=4_096)
def parts(key: str) -> Parts:
    """The parts of a key."""
    if not key:
        return Parts((), 0)
    choices = [_LETTER_CLASSES[letter] for letter in key]
    choices[0] = tuple(dict.fromkeys([one or "a" for one in choices[0]]))
    found = dict.fromkeys("".join(one) for one, _ in zip(product(*choices), range(4 * MOST_SKELETONS), strict=False))
    return Parts(tuple(found)[:MOST_SKELETONS], sum(min(_LACKING[letter], _CONSONANTS) for letter in key))


def skeletons(key: str) -> tuple[str, ...]:
    """The consonants of a key by class, the likeliest first: what an index holds.

    >>> skeletons("obama"), skeletons("SelenSUki")
    (('aPN',), ('SLNSK',))
    """
    return parts(key).skeletons


def edits_allowed(length: int) -> int:
    """How many edits two skeletons may be apart, by the length of the shorter one."""
    return (length >= ONE_EDIT_FROM) + (length >= TWO_EDITS_FROM) if length <= LONGEST_EDITED else 0


def similarity(one: str, other: str) -> int:
    """How similar two keys are, from 0 to 10,000; 0 beyond the edits that their skeletons' length allows.

    >>> similarity("AoBama", "obama"), similarity("AoBama", "omaR")
    (9878, 0)
    """
    a, b = parts(one), parts(other)
    most = _most(a.skeletons, b.skeletons)
    if not most:
        return 0
    cost = _cost(one, other)
    return max(min(FULL - cost * _WRONG // max(a.weight, b.weight, 1), most), 0)


def _most(ours: tuple[str, ...], theirs: tuple[str, ...]) -> int:
    """The most that two keys are similar by the edits between their skeletons."""
    if not set(ours).isdisjoint(theirs):
        return FULL
    best = 0
    for one, other in product(ours, theirs):
        allowed = edits_allowed(min(len(one), len(other)))
        longest = max(len(one), len(other))
        if not allowed or longest - min(len(one), len(other)) > allowed or longest > LONGEST_EDITED:
            continue
        edits = OSA.distance(one, other, score_cutoff=allowed)
        if edits <= allowed:
            best = max(best, FULL - edits * EDIT // longest)
    return best


def _cost(one: str, other: str) -> int:
    """The cheapest alignment of two keys."""
    lacking = [_LACKING[letter] for letter in other]
    row = [0]
    for cost in lacking:
        row.append(row[-1] + cost)
    for letter in one:
        lack, exchange = _LACKING[letter], _EXCHANGE[letter]
        above, row = row, [row[0] + lack]
        for at, right in enumerate(other):
            row.append(min(above[at] + exchange[right], above[at + 1] + lack, row[at] + lacking[at]))
    return row[-1]
