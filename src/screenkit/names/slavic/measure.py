"""How similar two Slavic keys are: `similarity`."""

from __future__ import annotations

from rapidfuzz.distance import OSA, Levenshtein

from screenkit.names.notation import read

#: Edits that two keys may be apart, by the length of the shorter: none below 4, one below 8, else two.
ONE_EDIT_FROM = 4
TWO_EDITS_FROM = 8
_FULL = 10_000
#: What one edit takes off, in hundredths of a letter: a plain one, and one that spelling systems disagree about.
_PLAIN = 150
CHEAPEST_EDIT = 50
_TABLE = read("slavic/similarity.txt")
#: Sounds that systems or neighboring languages exchange, and those that they add or drop.
_CHEAP_PAIRS = frozenset(_TABLE.pairs("exchanged"))
_CHEAP_INSERTED = frozenset(_TABLE.pairs("added"))


def edits_allowed(length: int) -> int:
    """How many edits two keys may be apart, by the length of the shorter one."""
    return (length >= ONE_EDIT_FROM) + (length >= TWO_EDITS_FROM)


def similarity(one: str, other: str) -> int:
    """How similar two Slavic keys are, from 0 to 10,000; 0 beyond the edits their length allows (OSA distance).

    An edit costs 1.5 letters of the longer key, half a letter where spelling systems or neighboring languages
    exchange the two sounds.
    """
    if one == other:
        return _FULL
    a, b = sorted((one, other))
    allowed = edits_allowed(min(len(a), len(b)))
    if not allowed or abs(len(a) - len(b)) > allowed:
        return 0
    distance = OSA.distance(a, b, score_cutoff=allowed)
    if distance > allowed:
        return 0
    return max(_FULL - _FULL * _cost(a, b, distance) // (100 * max(len(a), len(b))), 1)


def _cost(a: str, b: str, distance: int) -> int:
    edits = Levenshtein.editops(a, b)
    if len(edits) > distance:  # two neighbors changed places
        return _PLAIN * distance
    cost = 0
    for edit in edits:
        if edit.tag == "replace":
            one, other = a[edit.src_pos], b[edit.dest_pos]
            is_cheap = (one + other if one < other else other + one) in _CHEAP_PAIRS
        else:
            is_cheap = (a[edit.src_pos] if edit.tag == "delete" else b[edit.dest_pos]) in _CHEAP_INSERTED
        cost += CHEAPEST_EDIT if is_cheap else _PLAIN
    return cost
