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
#: The powers after none, one and two letters were deleted before.
_SHIFTED = np.array([_POWERS[2 - deleted : 2 - deleted + LONGEST + 2] for deleted in range(3)])
_HALF = np.uint64(32)
#: So many keys are hashed at once when a table is made: their forms take some tens of megabytes.
_AT_ONCE = 4_096
#: Bits of a form's hash that its place tells: at least 16, so that the rest fits 16 bits; at most 24, 64 MB of places.
_FEWEST_BITS, _MOST_BITS = 16, 24


def form_hashes(keys: Sequence[str], salts: NDArray[np.uint64], radii: NDArray[np.int64]) -> tuple[_Hashes, _Ints]:
    """The hashes (32 bits) of all forms of keys with up to `radii` (0 to 2) letters deleted, and whose each is.

    `salts` tells keys of different sorts apart. A form that arises twice from one key may come twice.
    """
    if not keys:
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int32)
    keys = [key if len(key) <= LONGEST else blake2b(key.encode(), digest_size=12).hexdigest() for key in keys]
    lengths = np.array([len(key) for key in keys], dtype=np.int64)
    longest = int(lengths.max())
    width = longest + 2
    letters = np.zeros((len(keys), width), dtype=np.uint64)
    letters[:, :longest] = (
        np.array(keys, dtype=f"<U{max(longest, 1)}").view(np.uint32).reshape(len(keys), -1)[:, :longest]
    )
    first, second, masks = _deletions(width)
    # sums[s][:, j]: letters before position j, each times its power after s letters before it were deleted.
    sums = np.zeros((3, len(keys), width + 1), dtype=np.uint64)
    (letters * _SHIFTED[:, None, :width]).cumsum(axis=2, out=sums[:, :, 1:])
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
    return forms >> _HALF, wanted.nonzero()[0].astype(np.int32)


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
    """Keys made findable by their misspellings.

    The forms are sorted by their hashes. The first bits of a hash tell where to look (`places`); what is kept of the
    hash itself is the rest (`forms`).
    """

    def __init__(self, places: _Ints, forms: NDArray[np.uint16], numbers: _Ints) -> None:
        """Take what `of` made: where the forms of each beginning start, the rests, and the key that each is of."""
        self.places = places
        self.forms = forms
        self.numbers = numbers
        bits = 32 - (len(places) - 1).bit_length() + 1
        self._shift, self._rest = np.uint64(bits), np.uint64((1 << bits) - 1)

    @classmethod
    def of(cls, keys: Sequence[str], salts: NDArray[np.uint64], radii: NDArray[np.int64]) -> Neighbourhoods:
        """Make them of keys, each known by its position."""
        order = np.argsort(np.fromiter(map(len, keys), dtype=np.int64, count=len(keys)), kind="stable")
        # A form's hash and the number of its key as one number: sorting those sorts both.
        parts: list[_Hashes] = [np.empty(0, dtype=np.uint64)]
        for start in range(0, len(order), _AT_ONCE):
            part = order[start : start + _AT_ONCE]
            found, owners = form_hashes([keys[at] for at in part.tolist()], salts[part], radii[part])
            parts.append(found << _HALF | part[owners].astype(np.uint64))
        pairs = np.concatenate(parts)
        pairs.sort()
        hashes = (pairs >> _HALF).astype(np.uint32)
        bits = min(max(len(pairs).bit_length() - 1, _FEWEST_BITS), _MOST_BITS)
        counts = np.bincount(hashes >> np.uint32(32 - bits), minlength=1 << bits)
        places = np.zeros((1 << bits) + 1, dtype=np.int32)
        counts.cumsum(out=places[1:])
        return cls(places, (hashes & np.uint32((1 << (32 - bits)) - 1)).astype(np.uint16), pairs.astype(np.int32))

    def around(self, keys: Sequence[str], salts: NDArray[np.uint64], radii: NDArray[np.int64]) -> list[tuple[int, int]]:
        """Pairs of a key given, by position, and a key that may be near it, by number; sorted, each once."""
        hashes, owners = form_hashes(keys, salts, radii)
        first = (hashes >> self._shift).astype(np.int64)
        starts = self.places[first]
        counts = self.places[first + 1] - starts
        stops = counts.cumsum(dtype=np.int64)
        if not len(stops) or not stops[-1]:
            return []
        places = np.arange(stops[-1]) + (starts - stops + counts).repeat(counts)
        held = (self.forms[places] == (hashes & self._rest).repeat(counts)).nonzero()[0]
        pairs = owners.astype(np.int64).repeat(counts)[held] << 32 | self.numbers[places[held]]
        return [(pair >> 32, pair & 0xFFFFFFFF) for pair in sorted(set(pairs.tolist()))]
