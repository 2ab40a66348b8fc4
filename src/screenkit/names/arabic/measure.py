"""How similar two Arabic keys are: `similarity`; and the `skeleton` of a key.

A key has one letter a sound, whichever script it was read from:

* consonants `b t v j c h x d p z r s f q k g l m n`: `c` is ش چ (sh, ch), `x` خ (kh), `v` ث (th),
  `p` ذ ض ظ (dh), `g` غ گ (gh, g);
* long vowels and glides, which both scripts show: `o` (ا, aa, ā), `w` (و, w, v, oo, ū), `y` (ي, y, ee, ī), and `e`
  for alef maksura, which is a or i;
* vowels whose length Latin doesn't show: `a e i u`; an apostrophe for ع and hamza, which Latin shows as any vowel
  or not at all.

The skeleton keeps the consonants, in classes that no romanization divides. It is what an index has: `similarity`
is 0 unless the skeletons of both keys are equal or within `edits_allowed` of the shorter one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from screenkit.names.notation import read

FULL = 10_000
#: Least length of the shorter skeleton for one edit and for two.
RADIUS = (4, 8)
#: Longer skeletons must be equal.
LONGEST_EDITED = 32

_TABLE = read("arabic/similarity.txt")
#: Consonants by the class that romanizations do not divide; vowels go.
_CLASSES = str.maketrans(_TABLE.letters("classes") | dict.fromkeys("oweyaiu'", ""))
#: The second half of ai, ei, au: in Arabic script a ya or waw.
_DIPHTHONG = re.compile(r"(?<=[ae])[iu]")
_DOUBLED_GLIDE = re.compile(r"i?(y)y+|u?(w)w+")
_CONSONANT = re.compile(r"[^oweyaiu']")

# Costs in hundredths of a wrong consonant: of two consonants of one class, and of a vowel that the other name lacks.
_CONSONANT_COSTS = {pair[::step]: cost for pair, cost in _TABLE.numbers("consonants").items() for step in (1, -1)}
_VOWELS = _TABLE.rows(4, "vowels")
_UNMATCHED = {vowel: int(inside) for vowel, inside, _, _ in _VOWELS}
_UNMATCHED_LAST = {vowel: int(last) for vowel, _, last, _ in _VOWELS}
_QUALITIES = {vowel: qualities for vowel, _, _, qualities in _VOWELS}
# Short vowels differ from dialect to dialect (Mohammed, Muhammad), long ones don't (Mahmud, Muhammad).
_OTHER_SHORT = 40
#: French and Persian e stands for any short vowel (Youssef, Mohsen).
_NEUTRAL = 15
#: An ayn or hamza is no ya or waw (Sa'd, Sa'id).
_UNVOICED = 60
_OTHER_LONG = 80
#: What a wrong consonant takes from a word of one consonant, and a dropped, added or swapped one.
_WRONG = 13_000
EDIT = 15_000


class Parts(NamedTuple):
    """What `similarity` compares."""

    #: The consonants by class, after "a" where the word begins with a vowel.
    skeleton: str
    #: The consonants, a final h dropped.
    consonants: tuple[str, ...]
    #: The vowels before, between and after the consonants: one more.
    slots: tuple[str, ...]
    #: True where a final h was dropped: Abdullah, Abdulla; Fatimah, Fatima.
    last_h: bool


@lru_cache(maxsize=4_096)
def parts(key: str) -> Parts:
    """The parts of a key."""
    last_h = len(key) > 2 and key[-1] == "h"
    body = key[:-1] if last_h else key
    consonants = tuple(_CONSONANT.findall(body))
    slots = tuple(_CONSONANT.split(body))
    # Every word that begins with a vowel, ع, و or ي begins in the same way: Omar, 'Umar; Walid, Oualid; Yusuf, Iusuf.
    skeleton = ("a" if slots[0] else "") + "".join(consonants).translate(_CLASSES)
    return Parts(skeleton, consonants, slots, last_h)


def skeleton(key: str) -> str:
    """The consonants of a key by class, an "a" before them where it begins with a vowel: what an index holds."""
    return parts(key)[0]


# The vowels at one place of a word are of few kinds: nearly every pair was compared before.
@lru_cache(maxsize=8_192)
def slot_cost(one: str, other: str, is_last: bool) -> int:
    """How unlike the vowels at one place of two words are: the cheapest alignment of their letters."""
    one, other = _plain_glides(one), _plain_glides(other)
    left_costs, right_costs = _unmatched(one, other, is_last), _unmatched(other, one, is_last)
    row = [0]
    for cost in right_costs:
        row.append(row[-1] + cost)
    for left, left_cost in zip(one, left_costs, strict=True):
        above, row = row, [row[0] + left_cost]
        for at, right in enumerate(other):
            same = above[at] + _quality_cost(left, right)
            row.append(min(same, above[at + 1] + left_cost, row[at] + right_costs[at]))
    return row[-1]


def _unmatched(slot: str, other: str, is_last: bool) -> list[int]:
    if len(slot) == 1 and other and slot in "aeiu":
        # Two different vowels are no cheaper as one too few and one too many.
        return [_OTHER_SHORT // 2]
    costs = [(_UNMATCHED_LAST if is_last else _UNMATCHED)[letter] for letter in slot]
    # The first half of a diphthong isn't written.
    return [0 if slot[at : at + 2] in ("ay", "ey", "aw", "ew") else cost for at, cost in enumerate(costs)]


def _plain_glides(slot: str) -> str:
    """Diphthongs with their glide, and a doubled glide once (Sayyid, Sayed; Daoud, Dawud; Zakariyya, Zakaria)."""
    glides = _DIPHTHONG.sub(lambda second: "y" if second.group() == "i" else "w", slot)
    return _DOUBLED_GLIDE.sub(lambda glide: glide[1] or glide[2], glides)


def _quality_cost(left: str, right: str) -> int:
    both = {left, right}
    if both in ({"'", "y"}, {"'", "w"}):
        return _UNVOICED
    if set(_QUALITIES[left]) & set(_QUALITIES[right]):
        return 0
    if both & {"o", "w", "y"}:
        return _OTHER_LONG
    return _NEUTRAL if "e" in both else _OTHER_SHORT


def edits_allowed(length: int) -> int:
    """How many edits two skeletons may be apart, by the length of the shorter one."""
    return (length >= RADIUS[0]) + (length >= RADIUS[1]) if length <= LONGEST_EDITED else 0


def similarity(one: str, other: str) -> int:
    """How similar two keys are, from 0 to 10,000; 0 beyond the edits that their skeletons' length allows.

    >>> similarity("hsn", "hasan"), similarity("hsyn", "husein") > similarity("hsyn", "hasan")
    (10000, True)
    """
    return _similarity(one, other) if one <= other else _similarity(other, one)


def _similarity(one: str, other: str) -> int:
    if one == other:
        return FULL
    a, a_consonants, a_slots, a_h = parts(one)
    b, b_consonants, b_slots, b_h = parts(other)
    if a != b:
        return _edited(a, b)
    if not a:
        return 0
    cost = 0
    for left, right in zip(a_consonants, b_consonants, strict=True):
        if left != right:
            cost += _CONSONANT_COSTS[left + right]
    last = len(a_slots) - 1
    for at in range(last):
        left, right = a_slots[at], b_slots[at]
        if left != right:
            cost += slot_cost(left, right, False)
    if a_slots[last] != b_slots[last]:
        cost += slot_cost(a_slots[last], b_slots[last], not (a_h or b_h))
    return max(FULL - cost * _WRONG // (100 * max(len(a), 2)), 0)


def _edited(a: str, b: str) -> int:
    shorter = min(len(a), len(b))
    allowed = edits_allowed(shorter)
    if not allowed or abs(len(a) - len(b)) > allowed:
        return 0
    distance = OSA.distance(a, b, score_cutoff=allowed)
    return max(FULL - EDIT * distance // max(len(a), len(b)), 0) if distance <= allowed else 0
