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
from collections.abc import Iterable, Iterator, Sequence
from typing import Self

import numpy as np

from screenkit.model import Name
from screenkit.model.found import FULL_SCORE
from screenkit.policy import Policy
from screenkit.score import Alike, Weighing, weigh
from screenkit.spans import Words, spans

from .arrays import InMemory, Stored, Texts, Wide, text_hash
from .bounds import most_points
from .building import build, canonical_text
from .nearby import Matches, NearWords
from .readings import ReadingIndex
from .words import Tokens, WordTable

__all__ = ["NameIndex"]

_NONE: frozenset[int] = frozenset()
#: More rows than this are made each one's own before they are looked up.
_MANY_ROWS = 4_096
#: Adding a row of an array costs as much as this part of looking one up.
_ROWS_A_LOOKUP = 8
#: What is near equal spans, their weight together, and how many they are.
_Group = tuple[Matches, int, int]


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
        if not rows:
            return
        groups = _places(matches)
        is_read = len(query.readings) > 1
        for row in rows:
            outline = self._words.outline(row)
            numbers = outline.numbers
            met = [
                (one, places, other, number)
                for one, places in groups
                if not one.words.keys().isdisjoint(numbers)
                for other, number in enumerate(numbers)
                if number in one.words
            ]
            is_sure = row in equal or (is_read and self.has_reading(row))
            most = [(one.words[number], at, other) for one, places, other, number in met for at in places]
            if not is_sure and most_points(words, outline, most, policy) < points:
                continue
            alike = [
                Alike(how, at, other)
                for one, places, other, number in met
                if (how := near.compared(found[places[0]], one, number)) is not None
                for at in places
            ]
            most = [(one.near.similarity, one.query, one.listed) for one in alike]
            if is_sure or most_points(words, outline, most, policy) >= points:
                yield row, weigh(words, self._words.listed(row, outline), alike, row in equal, policy)

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
        asked = np.uint64(text_hash(canonical))
        start = stop = int(self._canonical_hashes.searchsorted(asked))
        while stop < len(self._canonical_hashes) and self._canonical_hashes[stop] == asked:
            stop += 1
        if start == stop:
            return _NONE
        alike = self._canonical_rows[start:stop].tolist()
        return frozenset([row for row in alike if self._canonical[row] == canonical])

    def _reaching(self, words: Words, matches: Sequence[Matches], points: int) -> list[int]:
        """Names whose words can be near enough to the query's, rising."""
        share = self._policy.lesser_share
        # Both names have to be covered by at least so much, in ten-thousandths (see `weigh`).
        least = -(-(100 * points - (100 - share) * FULL_SCORE) // share)
        spared = _spared(words, matches, max(least, 1))
        weights = [sum([words.weights[place] for place in places]) for places in words.spans]
        sought = _grouped(weights, matches, [at for at in range(len(matches)) if at not in spared])
        if not sought:
            return []
        rest = _grouped(weights, matches, spared)
        # A name that several words find comes several times; those that reach are few, and told apart at the end.
        rows = sought[0][0].rows if len(sought) == 1 else np.concatenate([one.rows for one, _, _ in sought])
        if len(rows) > _MANY_ROWS:
            rows = np.unique(rows)
        # Many rows are found sooner in an array of all names than by looking each one up.
        dense = [group for group in rest if len(group[0].rows) < _ROWS_A_LOOKUP * len(rows)]
        ours, theirs = self._zeroed()
        for one, weight, times in (*sought, *dense):
            # The arrays are narrow; numpy before 2 would keep the product so.
            ours[one.rows] += np.multiply(one.similarities, weight, dtype=np.int64)
            theirs[one.rows] += np.multiply(one.covered, times, dtype=np.int64) if times > 1 else one.covered
        query_covered, listed_covered = ours[rows], theirs[rows]
        for one, _, _ in (*sought, *dense):
            ours[one.rows] = 0
            theirs[one.rows] = 0
        for one, weight, times in rest:
            if len(one.rows) >= _ROWS_A_LOOKUP * len(rows):
                places = one.rows.searchsorted(rows)
                places[places == len(one.rows)] = 0
                holds = one.rows[places] == rows
                query_covered += np.multiply(one.similarities[places], holds * weight, dtype=np.int64)
                listed_covered += np.multiply(one.covered[places], holds * times, dtype=np.int64)
        # Few names hold enough of the query: the rest is reckoned of these alone.
        enough = (query_covered > (least - 1) * words.whole).nonzero()[0]
        if not len(enough):
            return []
        rows, query_covered, listed_covered = rows[enough], query_covered[enough], listed_covered[enough]
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


def _grouped(weights: Sequence[int], matches: Sequence[Matches], wanted: Iterable[int]) -> list[_Group]:
    """What is near some spans and their weight, equal spans together, with how many these are."""
    groups: dict[int, _Group] = {}
    for at in wanted:
        one = matches[at]
        if len(one.rows):
            _, weight, times = groups.get(id(one), (one, 0, 0))
            groups[id(one)] = one, weight + weights[at], times + 1
    return list(groups.values())


def _places(matches: Sequence[Matches]) -> list[tuple[Matches, list[int]]]:
    """What is near spans, equal spans together, and which spans these are."""
    groups: dict[int, tuple[Matches, list[int]]] = {}
    for at, one in enumerate(matches):
        if one.words:
            groups.setdefault(id(one), (one, []))[1].append(at)
    return list(groups.values())


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
