"""How similar two Japanese keys are: `similarity`."""

from __future__ import annotations

from rapidfuzz.distance import OSA

_FULL, SIMILAR = 10_000, 7_000
#: The least length of two keys, and the greatest, that may differ by one letter.
SHORTEST_EDITED, LONGEST_EDITED = 4, 32


def edits_allowed(length: int) -> int:
    """How many edits two keys may be apart, by the length of the shorter one."""
    return int(SHORTEST_EDITED <= length <= LONGEST_EDITED)


def similarity(one: str, other: str) -> int:
    """How similar two keys are: 10,000 equal; 7,000 with one letter different, from four letters on; else 0."""
    if one == other:
        return _FULL
    shorter, longer = sorted((len(one), len(other)))
    if shorter < SHORTEST_EDITED or longer > LONGEST_EDITED or longer - shorter > 1:
        return 0
    return SIMILAR if OSA.distance(one, other, score_cutoff=1) <= 1 else 0
