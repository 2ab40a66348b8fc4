"""Normalised names in, an index out that answers: which of them can reach this score against that name?

It may return too many names, never too few. Words (and adjacent words joined) are interned; each knows the
names it stands in. A word is found from its misspellings by deletion neighbourhoods: two words within d
edits share a form with at most d letters deleted from each. What remains is arithmetic on coverage, whose
bound the score keeps to. See docs/architecture.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from screenkit.model import Name
from screenkit.policy import Policy
from screenkit.score import FULL_SCORE, Span, edits_allowed, name_weight, near, spans

_Ints = NDArray[np.int64]


class Neighbourhood:
    """Words in, for any word those within its edits out; complete for what `score.edits` accepts."""

    def __init__(self, words: Sequence[str]) -> None:
        entries = [(crc32(form.encode()), at) for at, word in enumerate(words) for form in _deletions(word)]
        table = np.array(entries, dtype=np.int64).reshape(-1, 2)
        table = table[np.argsort(table[:, 0], kind="stable")]
        self._checksums = table[:, 0].astype(np.uint32)
        self._words = table[:, 1].astype(np.int32)

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
        occurrences: dict[tuple[str, bool], list[tuple[int, int]]] = defaultdict(list)
        for row, name in enumerate(names):
            for span in spans(name, policy):
                occurrences[span.key, span.stop - span.start > 1].append((row, span.weight))
        self._keys = list(occurrences)
        self._spans = [Span(0, 1 + joined, key, 0) for key, joined in self._keys]
        self._postings = [np.array(rows, dtype=np.int64).T for rows in occurrences.values()]
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
            found.update(
                initial if len(span.key) == 1 else (at for at in initial if len(self._keys[at][0]) == 1)
            )
        rows, similarities, weights = [], [], []
        for at in found:
            similarity = near(span, self._spans[at], self._policy)
            if similarity:
                postings = self._postings[at]
                rows.append(postings[0])
                weights.append(postings[1])
                similarities.append(np.full(postings.shape[1], similarity, dtype=np.int64))
        if not rows:
            empty = np.empty(0, dtype=np.int64)
            return empty, empty, empty
        return np.concatenate(rows), np.concatenate(similarities), np.concatenate(weights)
