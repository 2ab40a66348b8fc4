"""Normalised names in, an index out that answers: which of them can reach this score against that name?

It may return too many names, never too few. Words (adjacent words joined, and compounds) are interned; each knows the
names it stands in. A word is found by the keys of its sound spaces and their misspellings (`neighbourhood`). What
remains is arithmetic on coverage, whose bound the score keeps to. Readings of persons are found by their given names
alike. See docs/architecture.md.

An index is arrays (`building`), in memory or mapped from a file; what rests on the policy is computed from them when it
is made or opened.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import Self

import numpy as np

from screenkit.model import Name
from screenkit.model.found import FULL_SCORE
from screenkit.policy import Policy
from screenkit.score import Alike, Weighing, Words, spans, weigh

from .arrays import InMemory, Stored, Texts, Wide
from .building import build, canonical_hash, canonical_text
from .nearby import Matches, NearWords
from .readings import ReadingIndex
from .words import Tokens, WordTable

__all__ = ["NameIndex"]


class NameIndex:
    """An index over names; a name is known by its position in the sequence given. Safe to share between threads."""

    def __init__(self, names: Sequence[Name], policy: Policy) -> None:
        """Index some names."""
        blocks, tokens = build(names)
        self._take(InMemory(blocks), tokens, policy)

    @classmethod
    def opened(cls, stored: Stored, tokens: Tokens, policy: Policy) -> Self:
        """The index that `building.build` made, from what was stored of it."""
        index = cls.__new__(cls)
        index._take(stored, tokens, policy)
        return index

    def _take(self, stored: Stored, tokens: Tokens, policy: Policy) -> None:
        self._policy = policy
        #: What it is made of.
        self.stored, self.tokens = stored, tokens
        self._words = WordTable(stored, tokens, policy)
        self._near = NearWords(stored, self._words, policy)
        self._readings = ReadingIndex(stored)
        self._canonical_hashes = stored.array("canonical hashes")
        self._canonical_rows = stored.array("canonical rows")
        self._canonical = Texts.stored(stored, "canonical")
        self._scratch = threading.local()

    def __len__(self) -> int:
        return len(self._words)

    def candidates(self, query: Name, points: int) -> Wide:
        """Positions, rising, of all names that can score at least `points` against the query."""
        found = spans(query)
        rows = self._rows(query, Words.of(query, found, self._policy), self._near.near(found), points)[0]
        return np.array(rows, dtype=np.int64)

    def weighed(self, query: Name, points: int) -> Iterator[tuple[int, Weighing]]:
        """Names that can score at least `points` by words or reading, each with its score by words."""
        policy, near = self._policy, self._near
        found = spans(query)
        words = Words.of(query, found, policy)
        matches = near.near(found)
        rows, equal = self._rows(query, words, matches, points)
        for row in rows:
            listed, numbers = self._words.listed(row)
            alike = [
                Alike(how, at, other)
                for at, one in enumerate(matches)
                if not one.words.isdisjoint(numbers)
                for other, number in enumerate(numbers)
                if number in one.words and (how := near.compared(found[at], one, number)) is not None
            ]
            yield row, weigh(words, listed, alike, row in equal, policy)

    def has_reading(self, row: int) -> bool:
        """Whether a name is read as that of a Chinese, Korean or Japanese person too."""
        return self._readings.has(row)

    def _rows(
        self, query: Name, words: Words, matches: Sequence[Matches], points: int
    ) -> tuple[list[int], frozenset[int]]:
        """The candidates, rising, and those of them that are equal to the query."""
        equal = self._equal(query)
        rows = self._reaching(words, matches, points)
        others = self._readings.candidates(query) if len(query.readings) > 1 else ()
        if not equal and not others:
            return rows, equal
        return sorted({*rows, *others, *equal}), equal

    def _equal(self, query: Name) -> frozenset[int]:
        """The names that are equal to the query after normalisation."""
        canonical = canonical_text(query)
        asked = np.uint64(canonical_hash(canonical))
        start = int(self._canonical_hashes.searchsorted(asked))
        stop = int(self._canonical_hashes.searchsorted(asked, side="right"))
        alike = self._canonical_rows[start:stop].tolist()
        return frozenset([row for row in alike if self._canonical[row] == canonical])

    def _reaching(self, words: Words, matches: Sequence[Matches], points: int) -> list[int]:
        """Names whose words can be near enough to the query's, rising."""
        share = self._policy.lesser_share
        # Both names have to be covered by at least so much, in ten-thousandths (see `weigh`).
        least = max(-(-(100 * points - (100 - share) * FULL_SCORE) // share), 1)
        spared = _spared(words, matches, least)
        sought = [at for at in range(len(matches)) if at not in spared and len(matches[at].rows)]
        if not sought:
            return []
        ours, theirs = self._zeroed()
        weights = [sum([words.weights[place] for place in places]) for places in words.spans]
        for at in sought:
            one = matches[at]
            ours[one.rows] += one.similarities * np.int64(weights[at])
            theirs[one.rows] += one.covered
        # A name that several words find comes several times; those that reach are few, and told apart at the end.
        rows = np.concatenate([matches[at].rows for at in sought])
        query_covered, listed_covered = ours[rows], theirs[rows]
        ours[rows] = 0
        theirs[rows] = 0
        for at in spared:
            one = matches[at]
            if len(one.rows):
                places = one.rows.searchsorted(rows)
                places[places == len(one.rows)] = 0
                holds = one.rows[places] == rows
                query_covered += one.similarities[places] * holds * np.int64(words.weights[at])
                listed_covered += one.covered[places] * holds
        # However many words are near one of a name's, only as many pairs are made as the name has words.
        pairs = self._words.counts[rows] * (max(weights) * FULL_SCORE)
        query_share = np.minimum(-(-np.minimum(query_covered, pairs) // words.whole), FULL_SCORE)
        listed_share = np.minimum(-(-listed_covered // self._words.whole[rows]), FULL_SCORE)
        lesser, greater = np.minimum(query_share, listed_share), np.maximum(query_share, listed_share)
        reach = share * lesser + (100 - share) * greater >= 100 * points
        return sorted(set(rows[reach].tolist()))

    def _zeroed(self) -> tuple[Wide, Wide]:
        """Two arrays of noughts, one for each name, of this thread."""
        held: tuple[Wide, Wide] | None = getattr(self._scratch, "arrays", None)
        if held is None:
            held = self._scratch.arrays = (np.zeros(len(self), dtype=np.int64), np.zeros(len(self), dtype=np.int64))
        return held


def _spared(words: Words, matches: Sequence[Matches], least: int) -> list[int]:
    """Single words that stand in the most names and without which no name can be covered enough: not searched by."""
    allowed = least * words.whole
    spared: list[int] = []
    for at in sorted(range(len(words.kinds)), key=lambda at: (-len(matches[at].rows), at)):
        allowed -= matches[at].best * words.weights[at]
        if allowed <= 0:
            break
        spared.append(at)
    return spared
