"""How similar two Chinese keys are: `similarity`."""

from __future__ import annotations

from screenkit.names.notation import read

from .phonetic import CANTONESE

_FULL, SIMILAR = 10_000, 5_000
#: The fewest letters of two keys that may be one edit apart.
_SHORTEST_EDITED, _LONGEST_EDITED = 4, 32
_EXCHANGED_INITIALS = frozenset(read("chinese/similarity.txt").rows(2))


def edits_allowed(length: int) -> int:
    """How many edits two keys may be apart, by the length of the shorter one."""
    return int(_SHORTEST_EDITED <= length <= _LONGEST_EDITED)


def similarity(one: str, other: str) -> int:
    """How similar two keys are: 10,000 equal; 5,000 with one syllable that many speakers don't distinguish; else 0.

    z/zh, c/ch, s/sh, l/n and n/ng at the end differ by one letter, and a syllable like that is a slip as often as
    another name; any other changed syllable is another name. Keys of Cantonese and short keys are equal or nothing.
    """
    if one == other:
        return _FULL
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < _SHORTEST_EDITED:
        return 0
    if (one[0] != other[0] and one[1] != other[1]) or one.startswith(CANTONESE) or other.startswith(CANTONESE):
        return 0
    ours, theirs = one.split("-"), other.split("-")
    differing = [pair for pair in zip(ours, theirs, strict=False) if pair[0] != pair[1]]
    return SIMILAR if len(ours) == len(theirs) and len(differing) == 1 and _is_similar(*differing[0]) else 0


def _is_similar(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=lambda syllable: (len(syllable), syllable))
    if longer == shorter + "g" and shorter.endswith("n"):
        return True
    if len(longer) == len(shorter) + 1:
        return longer[1] == "h" and (shorter[0], longer[:2]) in _EXCHANGED_INITIALS and longer[2:] == shorter[1:]
    return (shorter[0], longer[0]) in _EXCHANGED_INITIALS and shorter[1:] == longer[1:]
