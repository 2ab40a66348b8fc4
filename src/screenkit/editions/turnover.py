"""Whether the ids of a list still name the same parties: a sample of one edition is looked for in the next.

An institution that numbers its list anew, or exports it by row number, changes what every id means. Decisions and
records of earlier screenings go by the id, so that such an edition needs a person's acceptance.

The sample is the designations with the smallest hashes of their id and primary name. So it is the same on every
machine, spreads over the whole list, and says nothing about the parties on it.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable

from screenkit.model import Designation

#: How many designations a sample has. A fifth of them is estimated to within 5 points.
SAMPLE = 256
_MARK_BYTES = 8


class Turnover:
    """The comparison of an edition, taken designation by designation, with a sample of the one before."""

    def __init__(self, before: Iterable[str]) -> None:
        self._before = frozenset(before)
        self._found: set[str] = set()
        self._marks: list[str] = []

    def take(self, designation: Designation) -> None:
        """Take a designation. One that has a name of before among its names now is the same party."""
        marks = [_mark(designation.id, name.text) for name in designation.names]
        self._marks.append(marks[0])
        self._found.update(self._before.intersection(marks))

    @property
    def compared(self) -> int:
        """How many designations of the edition before were looked for."""
        return len(self._before)

    @property
    def changed(self) -> int:
        """How many of these are gone, or have another name under their id."""
        return len(self._before) - len(self._found)

    def sample(self) -> tuple[str, ...]:
        """The marks of a sample of the designations taken."""
        return tuple(heapq.nsmallest(SAMPLE, self._marks))


def _mark(id: str, name: str) -> str:
    content = f"{id}\n{name}".encode("utf-8", "backslashreplace")
    return hashlib.blake2b(content, digest_size=_MARK_BYTES).hexdigest()
