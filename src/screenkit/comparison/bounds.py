"""Upper bounds: the most that two words and two names can score. The search calls them by name.

They stand beside the score so that who changes one sees the other, and tests/laws/test_bound_laws.py checks that
nothing scores more than its bound. `bounds.pxd` has the types that this module is compiled with; without a compiler it
runs as it is.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from screenkit.comparison.lookups import LONGEST_EDITED, RADII, latin_edits_allowed
from screenkit.model import Space
from screenkit.model.evidence import FULL_SCORE
from screenkit.names.arabic.measure import EDIT as ARABIC_EDIT
from screenkit.names.foreign.measure import EDIT as FOREIGN_EDIT
from screenkit.names.slavic.measure import CHEAPEST_EDIT
from screenkit.policy import Policy

#: The numbers of the spaces that words have keys in; the Latin one, whose keys with digits have no edits, is 0.
SPACE_NUMBERS: Mapping[Space, int] = MappingProxyType(
    {Space.LATIN: 0, Space.SLAVIC: 1, Space.ARABIC: 2, Space.FOREIGN: 3, Space.CHINESE: 4, Space.KOREAN: 5}
)
_FULL = FULL_SCORE
_LONGEST = LONGEST_EDITED
#: Places for each space in the table of edits, and for each row of the table of distances.
_ROOM = LONGEST_EDITED + 2


class SimilarityBound:
    """The most that two words can be alike by a key of each: one asked for, the other of a table. For one thread."""

    def __init__(self, letters: Sequence[int], starts: Sequence[int], policy: Policy) -> None:
        """Take the letters of the table's keys, end to end, and where each key starts."""
        self._letters = letters
        self._starts = starts
        self._key = array("I", bytes(4 * _ROOM))
        self._length = 0
        self._is_word = False
        self._rows = array("i", bytes(4 * 3 * _ROOM))
        latin = [latin_edits_allowed(length) for length in range(_ROOM)]
        others = [[RADII[space](length) for length in range(_ROOM)] for space in SPACE_NUMBERS if SPACE_NUMBERS[space]]
        self._allowed = array("i", [edits for row in (latin, *others) for edits in row])
        #: What an edit takes at least of a key of one letter. Chinese and Korean words are looked up as they are.
        self._costs = array("q", [100 * policy.edit_share, 100 * CHEAPEST_EDIT, ARABIC_EDIT, FOREIGN_EDIT, 0, 0])

    def ask(self, key: str) -> int:
        """Set the key that others are compared with; returns its length."""
        length = len(key)
        if length > len(self._key):
            self._key = array("I", bytes(4 * length))
        is_word = True
        for at in range(length):
            letter = ord(key[at])
            self._key[at] = letter
            is_word = is_word and (letter >= 0x80 or 97 <= letter <= 122 or 65 <= letter <= 90)
        self._length = length
        self._is_word = is_word
        return length

    def most(self, number: int, space: int, reach: int, least: int) -> int:
        """The most that words are alike by the key asked for and the table's; 0 where they are not.

        They are not beyond the edits that their lengths and `reach` allow, nor where that is below `least`.
        """
        start = self._starts[number]
        length = self._length
        others = self._starts[number + 1] - start
        shorter = min(others, length)
        longer = length + others - shorter
        head = 0
        while head < shorter and self._key[head] == self._letters[start + head]:
            head += 1
        if head == longer:
            return _FULL
        if longer > _LONGEST:
            return 0
        allowed = self._allowed[space * _ROOM + shorter]
        if allowed > reach:
            allowed = reach
        if not allowed or longer - shorter > allowed:
            return 0
        if not space and not (self._is_word and self._may_be_word(start, others)):
            return 0
        edits = self._edits(head, start, others)
        if edits > allowed:
            return 0
        similarity = _FULL - edits * self._costs[space] // longer
        if similarity < 1:
            similarity = 1
        return similarity if similarity >= least else 0

    def _may_be_word(self, start: int, length: int) -> bool:
        """Whether a key may be letters only; beyond ASCII every character is taken for one."""
        for at in range(start, start + length):
            letter = self._letters[at]
            if not (letter >= 0x80 or 97 <= letter <= 122 or 65 <= letter <= 90):
                return False
        return True

    def _edits(self, head: int, start: int, others: int) -> int:
        """The edit distance (optimal string alignment) of the two keys, whose first letters are equal so far."""
        length = self._length
        while length > head and others > head and self._key[length - 1] == self._letters[start + others - 1]:
            length -= 1
            others -= 1
        length -= head
        others -= head
        if not length or not others:
            return length + others
        start += head
        rows = self._rows
        before, last, now = 0, _ROOM, 2 * _ROOM
        for other in range(others + 1):
            rows[last + other] = other
        for one in range(1, length + 1):
            rows[now] = one
            letter = self._key[head + one - 1]
            for other in range(1, others + 1):
                best = rows[last + other - 1]
                if letter != self._letters[start + other - 1]:
                    best += 1
                if rows[last + other] + 1 < best:
                    best = rows[last + other] + 1
                if rows[now + other - 1] + 1 < best:
                    best = rows[now + other - 1] + 1
                if (
                    one > 1
                    and other > 1
                    and rows[before + other - 2] + 1 < best
                    and letter == self._letters[start + other - 2]
                    and self._key[head + one - 2] == self._letters[start + other - 1]
                ):
                    best = rows[before + other - 2] + 1
                rows[now + other] = best
            before, last, now = last, now, before
        return rows[last + others]


class ScoreBound:
    """The most that two names can score word by word that are not equal: nothing is deducted from what they cover."""

    def __init__(self, policy: Policy) -> None:
        """Take the shares of the less and the better covered name."""
        self._share = policy.lesser_share

    def coverage(self, covered: int, whole: int) -> int:
        """The share of a name that is covered, rounded up; `covered` is in ten-thousandths of what `whole` weighs."""
        share = (covered + whole - 1) // whole
        return min(_FULL, share)

    def points(self, query: int, listed: int) -> int:
        """The most points of two names of which so much is covered."""
        share = self._share
        lesser = min(listed, query)
        return (share * lesser + (100 - share) * (query + listed - lesser)) // 100

    def least_coverage(self, points: int) -> int:
        """How much of each name has to be covered for so many points, at least 1."""
        share = self._share
        lacking = 100 * points - (100 - share) * _FULL
        return (lacking + share - 1) // share if lacking > 0 else 1
