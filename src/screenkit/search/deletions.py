"""The symmetric-delete index (as in SymSpell): keys that are found by the hashes of their forms with letters deleted.

Two keys within d edits (optimal string alignment) share a form with at most d letters deleted from each. The forms of
all keys are hashed and sorted once; a query hashes its own and looks them up. Hashes collide and forms agree beyond d
edits, so what is found may be too much, never too little. It costs a key of n letters n * (n - 1) / 2 hashes for two
edits; that is why no longer key than `LONGEST` has any.

A form's hash is a polynomial in its letters, so the hashes of all forms of a key follow from running sums over its
letters: no form is ever made. `deletions.pxd` has the types that this module is compiled with; without a compiler it
runs as it is.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .form_table import FormTable

#: The longest key whose misspellings are enumerated; a longer one is looked up as it is.
LONGEST = 32
#: Of a key of LONGEST letters: itself, one deleted, two deleted.
_MOST_FORMS = 1 + LONGEST + LONGEST * (LONGEST - 1) // 2
_BASE = 0x9E3779B97F4A7C15
_MIX = 0xD6E8FEB86659FD93
#: Keeps a sum or product to 64 bits.
_MASK = (1 << 64) - 1


def hashed_key(key: str) -> str:
    """What a key is hashed as: itself, or for one that is too long, what stands for all of it."""
    return key if len(key) <= LONGEST else blake2b(key.encode(), digest_size=12).hexdigest()


class Forms:
    """Hashes the forms of one key after another. For one thread."""

    def __init__(self) -> None:
        #: The hashes (32 bits) of the last key's forms, and how many letters each form lost.
        self.hashes = array("I", bytes(4 * _MOST_FORMS))
        self.lost = array("B", bytes(_MOST_FORMS))
        self._powers = array("Q", [pow(_BASE, at, 1 << 64) for at in range(LONGEST + 2)])
        # Sums of the letters up to each position, times the powers that they have after none, one and two were lost.
        self._begins = array("Q", bytes(8 * (LONGEST + 1)))
        self._middles = array("Q", bytes(8 * (LONGEST + 1)))
        self._ends = array("Q", bytes(8 * (LONGEST + 1)))

    def take(self, key: str, salt: int, radius: int) -> int:
        """Hash all forms of a key of at most `LONGEST` letters with up to `radius` (0 to 2) deleted; returns how many.

        `salt` tells keys of different sorts apart. A form that arises twice from one key may come twice.
        """
        length = len(key)
        hashes, lost = self.hashes, self.lost
        powers, begins, middles, ends = self._powers, self._begins, self._middles, self._ends
        for one in range(length):
            letter = ord(key[one])
            begins[one + 1] = (begins[one] + letter * powers[one + 2]) & _MASK
            middles[one + 1] = (middles[one] + letter * powers[one + 1]) & _MASK
            ends[one + 1] = (ends[one] + letter * powers[one]) & _MASK
        hashes[0] = _mixed(begins[length] + salt)
        lost[0] = 0
        count = 1
        if radius:
            for one in range(length):
                hashes[count] = _mixed(begins[one] + middles[length] - middles[one + 1] + salt)
                lost[count] = 1
                count += 1
        if radius > 1:
            for one in range(length):
                rest = begins[one] - middles[one + 1] + ends[length] + salt
                for other in range(one + 1, length):
                    hashes[count] = _mixed(rest + middles[other] - ends[other + 1])
                    lost[count] = 2
                    count += 1
        return count


def _mixed(total: int) -> int:
    """The hash of a form by the sum of its letters."""
    total &= _MASK
    total ^= total >> 32
    return ((total * _MIX) & _MASK) >> 32


def all_forms(keys: Sequence[str], salts: Sequence[int], radii: Sequence[int]) -> Sequence[int]:
    """The forms of many keys, each as a number that sorts by its hash: hash, number of the key, letters lost."""
    forms = Forms()
    room = 0
    for number in range(len(keys)):
        length = min(len(keys[number]), LONGEST)
        room += (1, 1 + length, 1 + length + length * (length - 1) // 2)[radii[number]]
    found = array("Q", bytes(8 * room))
    total = 0
    for number in range(len(keys)):
        count = forms.take(hashed_key(keys[number]), salts[number], radii[number])
        for one in range(count):
            form = forms.hashes[one]
            found[total] = form << 32 | number << 2 | forms.lost[one]
            total += 1
    return found[:total]


class Deletions(NamedTuple):
    """Keys, by number, that are found by their misspellings.

    Two keys agree in a form only where neither lost more letters than the other may lose (its reach, mostly its
    radius).
    """

    #: The forms of all keys, as a `FormTable` has them.
    places: NDArray[np.int32]
    forms: NDArray[np.uint16]
    numbers: NDArray[np.int32]
    reaches: NDArray[np.uint8]

    @classmethod
    def of(
        cls,
        keys: Sequence[str],
        salts: NDArray[np.uint64],
        radii: NDArray[np.uint8],
        reaches: NDArray[np.uint8] | None = None,
    ) -> Deletions:
        """Index keys, each known by its position; the reaches are the radii where none are given."""
        forms = np.array(all_forms(keys, salts.data, radii.data), dtype=np.uint64)
        return cls(*FormTable.of(forms), radii if reaches is None else reaches)


class Probe:
    """Looks keys up in a symmetric-delete index. For one thread."""

    def __init__(self, deletions: Deletions, marked: int = 0) -> None:
        """Take the index, whose arrays stay as they are, and the last mark that was used; each key takes one."""
        bits = 32 - (len(deletions.places) - 1).bit_length() + 1
        self._shift, self._rest = bits, (1 << bits) - 1
        self._places, self._rests = deletions.places.data, deletions.forms.data
        self._numbers, self._reaches = deletions.numbers.data, deletions.reaches.data
        self._forms = Forms()
        # The mark of the key looked up that met each key last.
        self._marks = array("q", bytes(8 * len(deletions.reaches)))
        self._mark = marked
        #: What `find` found last: the numbers of keys.
        self.found = array("i", bytes(4 * len(deletions.reaches)))

    def find(self, key: str, salt: int, radius: int, reach: int) -> int:
        """Find the keys that may be near one, each once, in `found`; returns how many. They are more, never fewer.

        `reach` is how many letters the other key may have lost, mostly the radius.
        """
        forms = self._forms
        count = forms.take(hashed_key(key), salt, radius)
        shift, marks, found = self._shift, self._marks, self.found
        self._mark += 1
        mark = self._mark
        total = 0
        for at in range(count):
            form = forms.hashes[at]
            rest = form & self._rest
            first = form >> shift
            for place in range(self._places[first], self._places[first + 1]):
                if self._rests[place] != rest:
                    continue
                number = self._numbers[place] >> 2
                if marks[number] == mark or forms.lost[at] > self._reaches[number]:
                    continue
                if (self._numbers[place] & 3) > reach:
                    continue
                marks[number] = mark
                found[total] = number
                total += 1
        return total
