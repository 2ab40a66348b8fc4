"""Keys in, for any keys those within their edits out: deletion neighbourhoods as arrays.

Two keys within d edits (optimal string alignment) share a form with at most d letters deleted from each. The forms of
all keys are hashed and sorted once; a query hashes its own and looks them up. Hashes collide and forms meet beyond d
edits, so what comes out may be too much, never too little.

A form's hash is a polynomial in its letters, so that the hashes of all forms of a key follow from sums over its
beginning, middle and end: nothing is deleted, and nothing of a key's letters is looked at one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

#: The longest key whose misspellings are enumerated; a longer one is looked up as it is.
LONGEST = 32
_Ints = NDArray[np.int32]
_Hashes = NDArray[np.uint64]
_BASE = 0x9E3779B97F4A7C15
_MIX = np.uint64(0xD6E8FEB86659FD93)
_POWERS = np.array([pow(_BASE, at, 1 << 64) for at in range(LONGEST + 5)], dtype=np.uint64)
_HALF = np.uint64(32)
#: So many keys are hashed at once when a table is made: their forms take some tens of megabytes.
_AT_ONCE = 4_096


def form_hashes(keys: Sequence[str], salts: NDArray[np.uint64], radii: NDArray[np.int64]) -> tuple[_Hashes, _Ints]:
    """The hashes (32 bits) of all forms of keys with up to `radii` (0 to 2) letters deleted, and whose each is.

    `salts` tells keys of different sorts apart. A form that arises twice from one key may come twice.
    """
    keys = [key if len(key) <= LONGEST else blake2b(key.encode(), digest_size=12).hexdigest() for key in keys]
    lengths = np.array([len(key) for key in keys], dtype=np.int64)
    longest = int(lengths.max()) if len(keys) else 0
    width = longest + 2
    letters = np.zeros((len(keys), width), dtype=np.uint64)
    letters[:, :longest] = (
        np.array(keys, dtype=f"<U{max(longest, 1)}").view(np.uint32).reshape(len(keys), -1)[:, :longest]
    )
    first, second, masks = _deletions(width)
    # sums[s][:, j]: letters before position j, each times its power after s letters before it were deleted.
    sums = np.zeros((3, len(keys), width + 1), dtype=np.uint64)
    for deleted in range(3):
        np.cumsum(letters * _POWERS[2 - deleted : 2 - deleted + width], axis=1, out=sums[deleted, :, 1:])
    whole, middle, end = sums
    forms = (
        whole[:, first]
        + (middle[:, second] - middle[:, first + 1])
        + (end[:, -1:] - end[:, second + 1])
        + salts[:, None]
    )
    wanted = masks[radii, lengths]
    forms = forms[wanted]
    forms ^= forms >> _HALF
    forms *= _MIX
    return forms >> _HALF, np.nonzero(wanted)[0].astype(np.int32)


@lru_cache(maxsize=LONGEST + 3)
def _deletions(width: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Pairs of positions to delete, the first before the second; and which of them a radius and a length want.

    The two positions after the last letter stand for none.
    """
    first, second = np.triu_indices(width, 1)
    masks = np.zeros((3, width - 1, len(first)), dtype=np.bool_)
    for length in range(width - 1):
        none = (first == length) & (second == length + 1)
        one = (first < length) & (second == length)
        two = second < length
        masks[0, length] = none
        masks[1, length] = none | one
        masks[2, length] = none | one | two
    return first, second, masks


class Neighbourhoods:
    """Keys made findable by their misspellings."""

    def __init__(self, forms: NDArray[np.uint32], numbers: _Ints) -> None:
        """Take the sorted hashes of all forms and the number of the key that each is of (`Neighbourhoods.of`)."""
        self.forms = forms
        self.numbers = numbers
        # One bit for each of the hashes' first 26 bits: most forms of a query are told to be nowhere by one look.
        present = np.zeros(1 << 26, dtype=np.bool_)
        present[forms >> np.uint32(6)] = True
        self._bits = np.packbits(present, bitorder="little")

    @classmethod
    def of(cls, keys: Sequence[str], salts: NDArray[np.uint64], radii: NDArray[np.int64]) -> Neighbourhoods:
        """Make them of keys, each known by its position."""
        order = np.argsort([len(key) for key in keys], kind="stable")
        forms: list[NDArray[np.uint32]] = []
        numbers: list[_Ints] = []
        for start in range(0, len(order), _AT_ONCE):
            part = order[start : start + _AT_ONCE]
            found, owners = form_hashes([keys[at] for at in part], salts[part], radii[part])
            forms.append(found.astype(np.uint32))
            numbers.append(part[owners].astype(np.int32))
        hashes = np.concatenate(forms) if forms else np.empty(0, dtype=np.uint32)
        known = np.concatenate(numbers) if numbers else np.empty(0, dtype=np.int32)
        sorting = np.argsort(hashes, kind="stable")
        return cls(hashes[sorting], known[sorting])

    def around(self, keys: Sequence[str], salts: NDArray[np.uint64], radii: NDArray[np.int64]) -> list[tuple[int, int]]:
        """Pairs of a key given, by position, and a key that may be near it, by number; sorted, each once."""
        hashes, owners = form_hashes(keys, salts, radii)
        bits = self._bits[hashes >> np.uint64(9)] >> ((hashes >> np.uint64(6)) & np.uint64(7)).astype(np.uint8)
        maybe = np.flatnonzero(bits & 1)
        wanted = hashes[maybe].astype(np.uint32)
        starts = np.searchsorted(self.forms, wanted, side="left")
        counts = np.searchsorted(self.forms, wanted, side="right") - starts
        total = int(counts.sum())
        if not total:
            return []
        places = np.repeat(starts - np.concatenate(([0], np.cumsum(counts)[:-1])), counts) + np.arange(total)
        pairs = np.repeat(owners[maybe].astype(np.int64), counts) << 32 | self.numbers[places]
        return [(pair >> 32, pair & 0xFFFFFFFF) for pair in np.unique(pairs).tolist()]
