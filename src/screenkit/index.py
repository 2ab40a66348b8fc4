"""Normalised names in, an index out that answers: which of them can reach this score against that name?

It may return too many names, never too few. Words (and adjacent words joined) are interned; each knows the
names it stands in. A word is found from its misspellings by deletion neighbourhoods: two words within d
edits share a form with at most d letters deleted from each. What remains is arithmetic on coverage, whose
bound the score keeps to. See docs/architecture.md.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from screenkit.model import Name
from screenkit.model.found import FULL_SCORE
from screenkit.policy import Policy
from screenkit.score import Span, edits_allowed, name_weight, near, spans

_Ints = NDArray[np.int64]


class Neighbourhood:
    """Words in, for any word those within its edits out; complete for what `score.edits` accepts."""

    def __init__(self, words: Sequence[str]) -> None:
        checksums, positions = array("I"), array("i")
        for at, word in enumerate(words):
            forms = {crc32(form.encode()) for form in _deletions(word)}
            checksums.extend(forms)
            positions.extend([at] * len(forms))
        unsorted = np.array(checksums, dtype=np.uint32)
        order = np.argsort(unsorted, kind="stable")
        self._checksums = unsorted[order]
        self._words = np.array(positions, dtype=np.int32)[order]

    def around(self, word: str) -> set[int]:
        """Positions of the words that may be within reach; checksums collide, so the caller compares."""
        forms = np.array(sorted({crc32(form.encode()) for form in _deletions(word)}), dtype=np.uint32)
        starts = np.searchsorted(self._checksums, forms, side="left")
        stops = np.searchsorted(self._checksums, forms, side="right")
        return {int(at) for start, stop in zip(starts, stops, strict=True) for at in self._words[start:stop]}


def _deletions(word: str) -> Iterator[str]:
    """The word and its forms with as many letters deleted as its length allows edits."""
    yield word
    if word.isalpha():
        for count in range(1, edits_allowed(len(word)) + 1):
            for dropped in combinations(range(len(word)), count):
                yield "".join(letter for at, letter in enumerate(word) if at not in dropped)


class NameIndex:
    """An index over names; a name is known by its position in the sequence given."""

    def __init__(self, names: Sequence[Name], policy: Policy) -> None:
        self._policy = policy
        self._weights = np.array([name_weight(name, policy) for name in names], dtype=np.int64)
        numbers: dict[tuple[str, bool], int] = {}
        word, row, weight = array("i"), array("i"), array("i")
        for at, name in enumerate(names):
            for span in spans(name, policy):
                word.append(numbers.setdefault((span.key, span.stop - span.start > 1), len(numbers)))
                row.append(at)
                weight.append(span.weight)
        self._keys = list(numbers)
        self._spans = [Span(0, 1 + joined, key, 0) for key, joined in self._keys]
        # Postings of word w: positions _starts[w] to _starts[w + 1] of _rows and _row_weights.
        order = np.argsort(np.array(word, dtype=np.int32), kind="stable")
        self._rows = np.array(row, dtype=np.int64)[order]
        self._row_weights = np.array(weight, dtype=np.int64)[order]
        counts = np.bincount(np.array(word, dtype=np.int64), minlength=len(numbers))
        self._starts = np.concatenate(([0], np.cumsum(counts)))
        self._neighbourhood = Neighbourhood([key for key, _ in self._keys])
        self._by_initial = defaultdict(list)
        for at, (key, joined) in enumerate(self._keys):
            if not joined:
                self._by_initial[key[0]].append(at)

    def candidates(self, query: Name, points: int) -> _Ints:
        """Positions, rising, of all names that can score at least `points` against the query."""
        size = len(self._weights)
        if not size:
            return np.empty(0, dtype=np.int64)
        best: dict[int, _Ints] = {}
        best_listed: dict[int, _Ints] = {}
        for span in spans(query, self._policy):
            rows, similarities, weights = self._matches(span)
            if not len(rows):
                continue
            # A pair claims, of the query, the weight of each word it spans; of the listed name, its span's weight once.
            for at in range(span.start, span.stop):
                mine = best.setdefault(at, np.zeros(size, dtype=np.int64))
                np.maximum.at(mine, rows, similarities * self._policy.weight(query.tokens[at].kind))
            theirs = best_listed.setdefault(span.start, np.zeros(size, dtype=np.int64))
            np.maximum.at(theirs, rows, similarities * weights)
        query_covered = sum(best.values(), np.zeros(size, dtype=np.int64))
        listed_covered = sum(best_listed.values(), np.zeros(size, dtype=np.int64))
        whole = name_weight(query, self._policy)
        query_share = np.minimum(-(-query_covered // whole), FULL_SCORE)
        listed_share = np.minimum(-(-listed_covered // self._weights), FULL_SCORE)
        share = self._policy.lesser_share
        lesser, greater = np.minimum(query_share, listed_share), np.maximum(query_share, listed_share)
        bound = (share * lesser + (100 - share) * greater) // 100
        return np.flatnonzero(bound >= points)

    def _matches(self, span: Span) -> tuple[_Ints, _Ints, _Ints]:
        """Names that hold a word near the span's: their positions, the similarity and the word's weight there."""
        found = self._neighbourhood.around(span.key)
        if span.stop - span.start == 1:
            initial = self._by_initial.get(span.key[0], ())
            found.update(initial if len(span.key) == 1 else (at for at in initial if len(self._keys[at][0]) == 1))
        rows, similarities, weights = [], [], []
        for at in found:
            similarity = near(span, self._spans[at], self._policy)
            if similarity:
                posted = slice(self._starts[at], self._starts[at + 1])
                rows.append(self._rows[posted])
                weights.append(self._row_weights[posted])
                similarities.append(np.full(len(rows[-1]), similarity, dtype=np.int64))
        if not rows:
            empty = np.empty(0, dtype=np.int64)
            return empty, empty, empty
        return np.concatenate(rows), np.concatenate(similarities), np.concatenate(weights)
