"""The index of names read as those of Chinese, Korean and Japanese persons, by how their given names sound."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import numpy as np

from screenkit.comparison.lookups import radius
from screenkit.comparison.readings import near_sound, part_of
from screenkit.model import Name, Role, Space
from screenkit.search.deletions import Deletions, Probe

from .arrays import Block, Ints, Stored, Texts, deletions_blocks, starts_of, stored_deletions

_SPACES = tuple(Space)
#: What tells the keys of each sound space apart.
_SALTS = np.array([(0x9FB21C651E98DF25 * (at + 1)) & 0xFFFFFFFFFFFFFFFF for at in range(len(_SPACES))], dtype=np.uint64)

#: The space and the given name of readings -> the surname of each, and the name that it is of.
Given = dict[tuple[Space, str], list[tuple[str, int]]]


def reading_blocks(names: Sequence[Name]) -> dict[str, Block]:
    """What `ReadingIndex` is made of."""
    rows: list[int] = []
    given: Given = {}
    for row, name in enumerate(names):
        if len(name.readings) > 1:
            rows.append(row)
            for space, surname, own in dict.fromkeys(_parts(name)):
                given.setdefault((space, own), []).append((surname, row))
    return given_blocks(rows, given)


def given_blocks(rows: Sequence[int], given: Given) -> dict[str, Block]:
    """What keeps the names that have such readings, and them by their given names."""
    surnames = {surname: 0 for held in given.values() for surname, _ in held}
    surnames = {surname: number for number, surname in enumerate(surnames)}
    spaces = np.array([_SPACES.index(space) for space, _ in given], dtype=np.uint8)
    keys = [key for _, key in given]
    radii = np.array([radius(space, key) for space, key in given], dtype=np.uint8)
    deletions = Deletions.of(keys, _SALTS[spaces], radii)
    return {
        "reading rows": np.array(rows, dtype=np.int32),
        "given spaces": spaces,
        **Texts.blocks("given", keys),
        **Texts.blocks("surnames", surnames),
        "given row starts": starts_of(map(len, given.values())),
        "given surnames": np.array([surnames[one] for held in given.values() for one, _ in held], dtype=np.int32),
        "given rows": np.array([row for held in given.values() for _, row in held], dtype=np.int32),
        **deletions_blocks("given", deletions),
    }


def stored_given(stored: Stored) -> Given:
    """The readings that `given_blocks` keeps."""
    texts, surnames = Texts.stored(stored, "given"), Texts.stored(stored, "surnames")
    held = zip(stored.array("given surnames").tolist(), stored.array("given rows").tolist(), strict=True)
    pairs = [(surnames[surname], row) for surname, row in held]
    starts = stored.array("given row starts").tolist()
    return {
        (_SPACES[space], texts[at]): pairs[starts[at] : starts[at + 1]]
        for at, space in enumerate(stored.array("given spaces").tolist())
    }


class ReadingIndex:
    """Readings of persons, found by given names near the query's, then by near surnames."""

    def __init__(self, stored: Stored) -> None:
        #: The names that have such a reading, rising.
        self.rows: Ints = stored.array("reading rows")
        self._spaces = stored.array("given spaces")
        self._given = Texts.stored(stored, "given")
        self._surnames = Texts.stored(stored, "surnames")
        self._starts = stored.array("given row starts")
        self._surname_of = stored.array("given surnames")
        self._row_of = stored.array("given rows")
        self._deletions = stored_deletions(stored, "given")
        self._own = threading.local()

    def has(self, row: int) -> bool:
        """Whether a name is read as that of such a person."""
        at = int(self.rows.searchsorted(row))
        return at < len(self.rows) and int(self.rows[at]) == row

    def candidates(self, query: Name) -> set[int]:
        """The names that have a reading near one of the query's."""
        asked = list(dict.fromkeys(_parts(query)))
        found: set[int] = set()
        if not asked or not len(self._given):
            return found
        probe: Probe | None = getattr(self._own, "probe", None)
        if probe is None:
            probe = self._own.probe = Probe(self._deletions)
        for space, surname, given in asked:
            edits = radius(space, given)
            count = probe.find(given, int(_SALTS[_SPACES.index(space)]), edits, edits)
            for number in probe.found[:count]:
                if _SPACES[self._spaces[number]] is space and near_sound(space, given, self._given[number]):
                    for place in range(self._starts[number], self._starts[number + 1]):
                        if near_sound(space, surname, self._surnames[int(self._surname_of[place])]):
                            found.add(int(self._row_of[place]))
        return found


def _parts(name: Name) -> Iterator[tuple[Space, str, str]]:
    for reading in name.readings[1:]:
        surname, given = part_of(reading, Role.SURNAME), part_of(reading, Role.GIVEN)
        if surname and given and surname.key and given.key:
            yield reading.space, surname.key, given.key
