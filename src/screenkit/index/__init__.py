"""Normalised names in, an index out that answers: which of them can reach this score against that name?

It may return too many names, never too few. Words (adjacent words joined, and compounds) are interned; each knows the
names it stands in. A word is found by the keys of its sound spaces and their misspellings (`neighbourhood`). What
remains is arithmetic on coverage, whose bound the score keeps to. Readings of persons are found by their given names
alike. See docs/architecture.md.

An index is arrays (`building`), in memory or mapped from a file; what rests on the policy is computed from them when it
is made or opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Self

import numpy as np

from screenkit.model import Name
from screenkit.policy import Policy
from screenkit.score import Alike, Weighing, near_spans, weigh
from screenkit.spans import Words, spans

from .arrays import InMemory, Stored, Texts, Wide, text_hash
from .bounds import most_points
from .building import build, canonical_text
from .compiled import ENGINES
from .readings import ReadingIndex
from .scanning import Search
from .words import Tokens, WordTable

__all__ = ["NameIndex"]

_NONE: frozenset[int] = frozenset()


class NameIndex:
    """An index over names; a name is known by its position in the sequence given. Safe to share between threads."""

    def __init__(self, names: Sequence[Name], policy: Policy, engine: type[Search] = ENGINES[0]) -> None:
        """Index some names, to be searched by the fastest engine there is."""
        blocks, tokens = build(names)
        self._take(InMemory(blocks), tokens, policy, engine)

    @classmethod
    def opened(cls, stored: Stored, tokens: Tokens, policy: Policy) -> Self:
        """The index that `building.build` made, from what was stored of it."""
        index = cls.__new__(cls)
        index._take(stored, tokens, policy, ENGINES[0])
        return index

    def _take(self, stored: Stored, tokens: Tokens, policy: Policy, engine: type[Search]) -> None:
        self._policy = policy
        #: What it is made of.
        self.stored, self.tokens = stored, tokens
        self._words = WordTable(stored, tokens, policy)
        self._search = engine(stored, self._words, policy)
        self._readings = ReadingIndex(stored)
        self._canonical_hashes = stored.array("canonical hashes")
        self._canonical_rows = stored.array("canonical rows")
        self._canonical = Texts.stored(stored, "canonical")

    def __len__(self) -> int:
        return len(self._words)

    def candidates(self, query: Name, points: int) -> Wide:
        """Positions, rising, of all names that can score at least `points` against the query."""
        found = spans(query)
        sure = self._sure(query, self._equal(query))
        met = self._search.search(found, Words.of(query, found, self._policy), points, sure)
        return np.array([row for row, _ in met], dtype=np.int64)

    def weighed(self, query: Name, points: int) -> Iterator[tuple[int, Weighing]]:
        """Names that can score at least `points` by words or reading, each with its score by words."""
        policy = self._policy
        found = spans(query)
        words = Words.of(query, found, policy)
        equal = self._equal(query)
        sure = self._sure(query, equal)
        for row, met in self._search.search(found, words, points, sure):
            alike = [
                Alike(how, at, one.listed)
                for one in met
                if (how := near_spans(found[one.query[0]], self._words.span(one.word), policy)) is not None
                for at in one.query
            ]
            outline = self._search.outline(row)
            most = [(one.near.similarity, one.query, one.listed) for one in alike]
            if row in sure or most_points(words, outline, most, policy) >= points:
                yield row, weigh(words, self._words.listed(row, outline), alike, row in equal, policy)

    def has_reading(self, row: int) -> bool:
        """Whether a name is read as that of a Chinese, Korean or Japanese person too."""
        return self._readings.has(row)

    def _sure(self, query: Name, equal: frozenset[int]) -> frozenset[int]:
        """The names that reach any score whatever their words: those equal to the query, and those read like it."""
        return equal.union(self._readings.candidates(query)) if len(query.readings) > 1 else equal

    def _equal(self, query: Name) -> frozenset[int]:
        """The names that are equal to the query after normalisation."""
        canonical = canonical_text(query)
        asked = np.uint64(text_hash(canonical))
        start = stop = int(self._canonical_hashes.searchsorted(asked))
        while stop < len(self._canonical_hashes) and self._canonical_hashes[stop] == asked:
            stop += 1
        if start == stop:
            return _NONE
        alike = self._canonical_rows[start:stop].tolist()
        return frozenset([row for row in alike if self._canonical[row] == canonical])
