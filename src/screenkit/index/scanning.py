"""A query's words in, the names that can reach the points with the words that meet out: by numpy, in steps.

`compiled` does the same in one pass where its kernel was compiled. What is near a word is remembered here, by the word.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from screenkit.model.found import FULL_SCORE
from screenkit.policy import Policy
from screenkit.spans import Span, Words

from .arrays import Stored, Wide
from .bounds import most_points
from .nearby import Matches, NearWords
from .words import Outline, WordTable

#: More rows than this are made each one's own before they are looked up.
_MANY_ROWS = 4_096
#: Adding a row of an array costs as much as this part of looking one up.
_ROWS_A_LOOKUP = 8
#: What is near equal spans, their weight together, and how many they are.
_Group = tuple[Matches, int, int]


class Meeting(NamedTuple):
    """Equal spans of the query, and a listed name's span that may be near them."""

    #: The query's spans, by number.
    query: Sequence[int]
    #: The listed name's span, by number.
    listed: int
    #: The word that this is.
    word: int


class Search(Protocol):
    """Finds names by their words."""

    def __init__(self, stored: Stored, words: WordTable, policy: Policy) -> None: ...

    def search(
        self, found: Sequence[Span], words: Words, points: int, sure: Collection[int]
    ) -> list[tuple[int, list[Meeting]]]:
        """Names, rising, that can score the points by words, and those that are sure, each with what meets.

        `found` are the query's spans and `words` what they weigh. It may return too many names, never too few.
        """
        ...

    def outline(self, row: int) -> Outline:
        """The words of a name by their numbers and weights."""
        ...


class Scanning:
    """Finds names by their words with numpy."""

    def __init__(self, stored: Stored, words: WordTable, policy: Policy) -> None:
        self._policy = policy
        self._words = words
        self._near = NearWords(stored, words, policy)
        self._scratch = threading.local()

    def search(
        self, found: Sequence[Span], words: Words, points: int, sure: Collection[int]
    ) -> list[tuple[int, list[Meeting]]]:
        """Names that can score the points; see `Search`."""
        matches = self._near.near(found)
        rows = self._reaching(words, matches, points)
        always = set(sure)
        groups = _places(matches)
        met: list[tuple[int, list[Meeting]]] = []
        for row in sorted(always.union(rows)) if always else rows:
            outline = self._words.outline(row)
            meetings = [
                (one, Meeting(places, other, number))
                for one, places in groups
                if not one.words.keys().isdisjoint(outline.numbers)
                for other, number in enumerate(outline.numbers)
                if number in one.words
            ]
            most = [(one.words[it.word], at, it.listed) for one, it in meetings for at in it.query]
            if row in always or most_points(words, outline, most, self._policy) >= points:
                met.append((row, [it for _, it in meetings]))
        return met

    def outline(self, row: int) -> Outline:
        """The words of a name; see `Search`."""
        return self._words.outline(row)

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
            held = self._scratch.arrays = (
                np.zeros(len(self._words), dtype=np.int64),
                np.zeros(len(self._words), dtype=np.int64),
            )
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
