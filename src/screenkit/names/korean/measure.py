"""How similar two Korean keys are: `similarity`."""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import OSA

from screenkit.names.notation import read

_FULL: Final = 10_000
#: How many edits (optimal string alignment) the keys of two similar sounds may be apart, by the shorter key's length;
#: the last entry holds for all greater lengths. A two-syllable given name has 4 to 7 letters, mostly 5 or 6.
#: With one edit up to 7 letters 96.8 % instead of 97.0 % of benchmarks/accuracy/pairs_korean.py are found.
RADIUS: Final = (0, 0, 0, 0, 1, 2)

LONGEST_EDITED: Final = 32
#: What an edit takes from 10,000. Spelling differences that no fold can settle are cheap (tables/similarity.txt);
#: everything else changes a syllable, a third of a Korean name.
_TABLE: Final = read("korean/similarity.txt")
_EXCHANGED: Final = {pair[::step]: cost for pair, cost in _TABLE.numbers("exchanged").items() for step in (1, -1)}
_ADDED: Final = _TABLE.numbers("added")
_VOWEL_CHANGED: Final = 4_500
_CONSONANT_CHANGED: Final = 5_500
#: A syllable whose vowel and final consonant both differ is another one, cheap as each may be (Chol, Chun).
_RHYME_CHANGED: Final = 5_000
_VOWELS: Final = frozenset("aeiouv")
#: At the end of a name, where nothing assimilates it, a final ㄹ is never read n (articles 18 to 20): Chol, Chon.
_FINALS: Final = frozenset({"ln", "nl"})


def edits_allowed(length: int) -> int:
    """How many edits two keys may be apart, by the length of the shorter one."""
    return RADIUS[min(length, len(RADIUS) - 1)] if length <= LONGEST_EDITED else 0


def similarity(one: str, other: str) -> int:
    """How similar two Korean keys are, from 0 to 10,000.

    10,000: equal, that is, some system spells them in the same way. 8,000 and more: one difference that spellings show
    without another name being meant (a vowel o/v/u, a glide, l/n, a final nasal). 4,500 to 5,500: another vowel or
    consonant, mostly another name. 0 beyond `RADIUS`. Of the given names of two different people of one surname
    (benchmarks/accuracy/pairs_korean.py) 0.1 % reach 8,000.
    """
    if one == other:
        return _FULL
    allowed = RADIUS[min(len(one), len(other), len(RADIUS) - 1)]
    if not allowed or abs(len(one) - len(other)) > allowed:
        return 0
    if OSA.distance(one, other, score_cutoff=allowed) > allowed:
        return 0
    cost = _cost(one, other)
    if one[-1] + other[-1] in _FINALS:
        cost = max(cost, _CONSONANT_CHANGED)
    return max(_FULL - cost, 0)


def _cost(a: str, b: str) -> int:
    """The cheapest way to turn one key into the other; keys within two edits, so the differing middle is short."""
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    if len(a) <= 1 and len(b) <= 1:
        return _change(a, b)
    if len(a) == len(b) == 2 and {a[0], b[0]} <= _VOWELS and _VOWELS.isdisjoint((a[1], b[1])):
        return max(_change(a[0], b[0]) + _change(a[1], b[1]), _RHYME_CHANGED)
    row = [0]
    for letter in b:
        row.append(row[-1] + _change("", letter))
    for left in a:
        above, row = row, [row[0] + _change(left, "")]
        for at, right in enumerate(b):
            kept = above[at] + (0 if left == right else _change(left, right))
            row.append(min(kept, above[at + 1] + _change(left, ""), row[at] + _change("", right)))
    return row[-1]


def _change(left: str, right: str) -> int:
    """What it costs to write one sound as another, or, where one of them is empty, to add or drop it."""
    pair = left + right
    cheap = _EXCHANGED.get(pair) if len(pair) == 2 else _ADDED.get(pair)
    if cheap is not None:
        return cheap
    return _VOWEL_CHANGED if _VOWELS.issuperset(pair) else _CONSONANT_CHANGED
