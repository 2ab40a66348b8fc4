"""The table of forms of a symmetric-delete index: sorted by hash, in eight bytes a form or less.

A form is a number that sorts by its hash: hash (32 bits), number of the key (30), letters lost (2). The first bits of
the hash tell where to look (`places`); `rests` has the other bits.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Bits of a form's hash that its place tells: at least 16, so that the rest fits 16 bits; at most 24, 64 MB of places.
_FEWEST_BITS, _MOST_BITS = 16, 24


class FormTable(NamedTuple):
    """Forms, sorted."""

    #: Where the forms of each beginning start, and after them where the last ones end.
    places: NDArray[np.int32]
    rests: NDArray[np.uint16]
    #: The key that each form is of, with the letters it lost in the lowest two bits.
    numbers: NDArray[np.int32]

    @classmethod
    def of(cls, forms: NDArray[np.uint64]) -> FormTable:
        """A table of forms, which are sorted in place."""
        forms.sort()
        hashes = (forms >> np.uint64(32)).astype(np.uint32)
        bits = min(max(len(forms).bit_length() - 1, _FEWEST_BITS), _MOST_BITS)
        places = np.zeros((1 << bits) + 1, dtype=np.int32)
        np.bincount(hashes >> np.uint32(32 - bits), minlength=1 << bits).cumsum(out=places[1:])
        rests = (hashes & np.uint32((1 << (32 - bits)) - 1)).astype(np.uint16)
        return cls(places, rests, forms.astype(np.int32))

    def forms(self) -> NDArray[np.uint64]:
        """The forms that it was made of, sorted."""
        bits = 32 - (len(self.places) - 1).bit_length() + 1
        beginnings = np.arange(len(self.places) - 1, dtype=np.uint64).repeat(np.diff(self.places))
        hashes = beginnings << np.uint64(bits) | self.rests.astype(np.uint64)
        return hashes << np.uint64(32) | self.numbers.astype(np.uint64)
