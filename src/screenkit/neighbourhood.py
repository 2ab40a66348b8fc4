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
from typing import NamedTuple

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


class Forms(NamedTuple):
    """Forms of keys: their hashes (32 bits), whose each is, and how many letters are deleted in it."""

    hashes: _Hashes
    owners: _Ints
    deleted: _Ints


def hashed_key(key: str) -> str:
    """What a key is hashed as: itself, or for one that is too long, what stands for all of it."""
    return key if len(key) <= LONGEST else blake2b(key.encode(), digest_size=12).hexdigest()


def form_hashes(keys: Sequence[str], salts: NDArray[np.uint64], radii: NDArray[np.int64]) -> Forms:
    """All forms of keys with up to `radii` (0 to 2) letters deleted.

    `salts` tells keys of different sorts apart. A form that arises twice from one key may come twice.
    """
    if not keys:
        return Forms(np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32))
    if max(map(len, keys)) > LONGEST:
        keys = list(map(hashed_key, keys))
    # Those with the largest radius first, so that the keys of each number of deletions are a beginning.
    order = (-radii).argsort(kind="stable").astype(np.int32)
    lengths = np.array([len(key) for key in keys])[order]
    width = max(int(lengths.max()), 1)
    letters: _Hashes = (
        np.array(keys, dtype=f"<U{width}").view(np.uint32).reshape(len(keys), -1)[order].astype(np.uint64)
    )
    salts = salts[order]
    parts = [(letters * _SHIFTED[0, :width]).sum(axis=1, dtype=np.uint64) + salts]
    owners, deleted = [order], [np.zeros(len(keys), dtype=np.int32)]
    for radius, forms_of in ((1, _one_deleted), (2, _two_deleted)):
        count = int(np.count_nonzero(radii >= radius))
        if not count:
            break
        forms, wanted = forms_of(letters[:count, : int(lengths[:count].max())], lengths[:count])
        forms += salts[:count, None]
        parts.append(forms[wanted])
        owners.append(order[:count].repeat(wanted.sum(axis=1)))
        deleted.append(np.full(len(owners[-1]), radius, dtype=np.int32))
    found = np.concatenate(parts)
    found ^= found >> _HALF
    found *= _MIX
    found >>= _HALF
    return Forms(found, np.concatenate(owners), np.concatenate(deleted))


def _sums(letters: _Hashes, before: int) -> _Hashes:
    """Sums of each key's letters up to each position, each times its power after so many were deleted before it."""
    sums = np.zeros((len(letters), letters.shape[1] + 1), dtype=np.uint64)
    (letters * _SHIFTED[before, : letters.shape[1]]).cumsum(axis=1, out=sums[:, 1:])
    return sums


def _one_deleted(letters: _Hashes, lengths: NDArray[np.int64]) -> tuple[_Hashes, NDArray[np.bool_]]:
    """What remains of keys without the letter at each position, and which positions are theirs."""
    begins, ends = _sums(letters, 0), _sums(letters, 1)
    return begins[:, :-1] + (ends[:, -1:] - ends[:, 1:]), np.arange(letters.shape[1]) < lengths[:, None]


def _two_deleted(letters: _Hashes, lengths: NDArray[np.int64]) -> tuple[_Hashes, NDArray[np.bool_]]:
    """What remains of keys without the letters at each two positions, and which of these are theirs."""
    first, second = _pairs(letters.shape[1])
    begins, middles, ends = _sums(letters, 0), _sums(letters, 1), _sums(letters, 2)
    forms = begins.take(first, axis=1)
    forms += (middles[:, :-1]).take(second, axis=1)
    forms -= (middles[:, 1:]).take(first, axis=1)
    forms += (ends[:, -1:] - ends[:, 1:]).take(second, axis=1)
    return forms, second < lengths[:, None]


@lru_cache(maxsize=LONGEST + 1)
def _pairs(width: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every two positions, the first before the second."""
    return np.triu_indices(width, 1)


class Neighbourhoods:
    """Keys made findable by their misspellings.

    The forms are sorted by their hashes. The first bits of a hash tell where to look (`places`); what is kept of the
    hash itself is the rest (`forms`). Two keys meet in a form only where neither lost more letters than the other may
    lose (its reach, mostly its radius): within d edits of each other, they have a form with at most d deleted of each.
    """

    def __init__(self, places: _Ints, forms: NDArray[np.uint16], numbers: _Ints, reaches: NDArray[np.uint8]) -> None:
        """Take what `of` made.

        Where the forms of each beginning start, the rests, the key that each is of (with the letters deleted in the
        lowest two bits), and the keys' reaches.
        """
        self.places = places
        self.forms = forms
        self.numbers = numbers
        self.reaches = reaches
        bits = 32 - (len(places) - 1).bit_length() + 1
        self._shift, self._rest = np.uint64(bits), np.uint64((1 << bits) - 1)

    @classmethod
    def of(
        cls,
        keys: Sequence[str],
        salts: NDArray[np.uint64],
        radii: NDArray[np.int64],
        reaches: NDArray[np.int64] | None = None,
    ) -> Neighbourhoods:
        """Make them of keys, each known by its position; the reaches are the radii where none are given."""
        order = np.argsort(np.fromiter(map(len, keys), dtype=np.int64, count=len(keys)), kind="stable")
        # A form's hash, the number of its key and its letters deleted as one number: sorting those sorts all.
        parts: list[_Hashes] = [np.empty(0, dtype=np.uint64)]
        for start in range(0, len(order), _AT_ONCE):
            part = order[start : start + _AT_ONCE]
            found, owners, deleted = form_hashes([keys[at] for at in part.tolist()], salts[part], radii[part])
            found <<= _HALF
            found |= (part[owners] << 2 | deleted).astype(np.uint64)
            parts.append(found)
        pairs = np.concatenate(parts)
        pairs.sort()
        hashes = (pairs >> _HALF).astype(np.uint32)
        bits = min(max(len(pairs).bit_length() - 1, _FEWEST_BITS), _MOST_BITS)
        counts = np.bincount(hashes >> np.uint32(32 - bits), minlength=1 << bits)
        places = np.zeros((1 << bits) + 1, dtype=np.int32)
        counts.cumsum(out=places[1:])
        forms = (hashes & np.uint32((1 << (32 - bits)) - 1)).astype(np.uint16)
        return cls(places, forms, pairs.astype(np.int32), (radii if reaches is None else reaches).astype(np.uint8))

    def around(
        self,
        keys: Sequence[str],
        salts: NDArray[np.uint64],
        radii: NDArray[np.int64],
        reaches: NDArray[np.int64] | None = None,
    ) -> list[tuple[int, int]]:
        """Pairs of a key given, by position, and a key that may be near it, by number; sorted, each once."""
        hashes, owners, deleted = form_hashes(keys, salts, radii)
        first = (hashes >> self._shift).astype(np.int64)
        starts = self.places[first]
        counts = self.places[first + 1] - starts
        stops = counts.cumsum(dtype=np.int64)
        if not len(stops) or not stops[-1]:
            return []
        form = np.arange(len(counts)).repeat(counts)
        places = np.arange(stops[-1]) + (starts - stops + counts)[form]
        held = (self.forms[places] == (hashes & self._rest)[form]).nonzero()[0]
        form, numbers = form[held], self.numbers[places[held]]
        owner, number = owners[form], numbers >> 2
        met = deleted[form] <= self.reaches[number]
        met &= numbers & 3 <= (radii if reaches is None else reaches)[owner]
        pairs = owner[met].astype(np.int64) << 32 | number[met]
        return [(pair >> 32, pair & 0xFFFFFFFF) for pair in sorted(set(pairs.tolist()))]
