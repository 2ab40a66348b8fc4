"""The index of names, which answers: which of them can reach this score against that name?

It may return too many names, never too few. Terms (words, adjacent words joined, and compounds) are numbered; each has
the names it occurs in. A term is found by the keys of its phonetic spaces and their misspellings (`deletions`). What
remains is arithmetic on coverage, with the upper bound that the score keeps to. Names read as those of Chinese, Korean
and Japanese persons are found by their given names. See docs/architecture.md.

An index is arrays (`building`), in memory or mapped from a file; what rests on the policy is computed from them when it
is made or opened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Self

import numpy as np

from screenkit.comparison.alignment import ComparedSpans
from screenkit.comparison.compared_name import ComparedName
from screenkit.comparison.spans import Span, Words
from screenkit.model import Name
from screenkit.names import normalize
from screenkit.policy import Policy

from .arrays import InMemory, Stored, Texts, text_hash
from .building import build
from .readings import ReadingIndex
from .term_search import TermSearch
from .terms import Outline, TermDictionary, Tokens

_NONE: frozenset[int] = frozenset()


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
        #: What it is made of.
        self.stored, self.tokens = stored, tokens
        self.terms = TermDictionary(stored, tokens, policy)
        self.term_search = TermSearch(stored, self.terms, policy)
        self.readings = ReadingIndex(stored)
        self._canonical_hashes = stored.array("canonical hashes")
        self._canonical_names = stored.array("canonical names")
        self._canonical = Texts.stored(stored, "canonical")

    def __len__(self) -> int:
        return len(self.terms)

    def candidates(self, query: ComparedName, points: int) -> list[tuple[int, list[ComparedSpans]]]:
        """The ids, rising, of all names that can score at least `points` against a query, with the spans compared.

        These are pairs of a span of the query and one of the name, by number: all that may be near.
        """
        equal = self._equal(query)
        sure = equal.union(self.readings.candidates(query.name)) if query.has_readings else equal
        return self.term_search.search(query, points, sure)

    def name(self, id: int, text: Callable[[int], str]) -> IndexedName:
        """The name of an id, to be compared; `text` gives its text as it is listed."""
        return IndexedName(self, id, self.term_search.outline(id), text)

    def canonical(self, id: int) -> str:
        """What equal names share and no others."""
        return self._canonical[id]

    def _equal(self, query: ComparedName) -> frozenset[int]:
        """The names that are equal to the query after normalization."""
        canonical = query.canonical
        asked = np.uint64(text_hash(canonical))
        start = stop = int(self._canonical_hashes.searchsorted(asked))
        while stop < len(self._canonical_hashes) and self._canonical_hashes[stop] == asked:
            stop += 1
        if start == stop:
            return _NONE
        alike = self._canonical_names[start:stop].tolist()
        return frozenset([row for row in alike if self._canonical[row] == canonical])


class IndexedName:
    """A name of an index, to be compared (`Comparable`): what costs much is found out when it is asked for."""

    __slots__ = ("_id", "_index", "_outline", "_text", "spans", "weights", "whole")

    def __init__(self, index: NameIndex, id: int, outline: Outline, text: Callable[[int], str]) -> None:
        self._index, self._id, self._outline, self._text = index, id, outline, text
        self.weights, self.spans, self.whole = outline.weights, outline.spans, outline.whole

    @property
    def canonical(self) -> str:
        """What equal names share and no others."""
        return self._index.canonical(self._id)

    @property
    def has_readings(self) -> bool:
        """Whether it is read as the name of a Chinese, Korean or Japanese person too."""
        return self._index.readings.has(self._id)

    @property
    def text(self) -> str:
        """The name as it is listed."""
        return self._text(self._id)

    @property
    def name(self) -> Name:
        """The name normalized."""
        return normalize(self.text)

    @property
    def words(self) -> Words:
        """Its words by their weights."""
        return self._index.terms.words(self._id, self._outline)

    def span(self, at: int) -> Span:
        """The span of this number."""
        return self._index.terms.span(self._outline.terms[at])
