"""Fuzzy term expansion: the listed terms that may be similar to a query's, each with how similar it is at most.

A term is found by its keys and their misspellings (`deletions`), and by its first letter where one of the two is an
initial. `expansion.pxd` has the types that this module is compiled with; without a compiler it runs as it is.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from screenkit.comparison.bounds import SimilarityBound
from screenkit.policy import Policy

from .deletions import Deletions, Probe


class TermKeys(NamedTuple):
    """The keys that listed terms are found by; nothing in them changes."""

    deletions: Deletions
    #: The letters of the keys, end to end, and where those of each start.
    letters: Sequence[int]
    starts: Sequence[int]
    #: The terms that have each key, and where those of each start.
    terms: Sequence[int]
    term_starts: Sequence[int]
    #: The terms by their first letter, and those of them that are initials.
    by_letter: Sequence[int]
    initials: Sequence[int]


class Expansion:
    """Expands one term of a query after another. For one thread."""

    def __init__(self, keys: TermKeys, terms: int, policy: Policy, marked: int = 0) -> None:
        """Take the keys, how many listed terms there are, and the last mark that was used; each term takes some."""
        self._probe = Probe(keys.deletions, marked)
        self._bound = SimilarityBound(keys.letters, keys.starts, policy)
        self._terms, self._term_starts = keys.terms, keys.term_starts
        self._by_letter, self._initials = keys.by_letter, keys.initials
        self._initial_similarity = policy.initial_similarity
        # The mark of the query that met each term last, and its place in what was found.
        self._marks = array("q", bytes(8 * terms))
        self._places = array("i", bytes(4 * terms))
        self._mark = marked
        # What is found: a term, how similar it is at most, the next term, and so on.
        self._kept = array("i", bytes(8 * 1024))
        self._found = self._kept
        self._count = 0

    def expand(
        self, lookups: Sequence[tuple[int, str, int, int, int, int]], initial: tuple[bool, int, int]
    ) -> array[int]:
        """The listed terms that may be similar to one, each followed by how similar it is at most.

        `lookups` are what it is looked up by: (number of the space, key, salt, radius, reach, least similarity).
        `initial` says where terms stand by their first letter that it may be the initial of (True) or that may be its
        initial (False): from, up to.
        """
        self._mark += 1
        self._count = 0
        for space, key, salt, radius, reach, least in lookups:
            self._look_up(space, key, salt, radius, reach, least)
        is_initial, start, stop = initial
        for at in range(start, stop):
            self._add(self._by_letter[at] if is_initial else self._initials[at], self._initial_similarity)
        return self._kept[: 2 * self._count]

    def _look_up(self, space: int, key: str, salt: int, radius: int, reach: int, least: int) -> int:
        """Take the terms that have a key similar to one."""
        probe, bound = self._probe, self._bound
        count = probe.find(key, salt, radius, reach)
        if count:
            bound.ask(key)
        for at in range(count):
            number = probe.found[at]
            similarity = bound.most(number, space, reach, least)
            if similarity:
                for place in range(self._term_starts[number], self._term_starts[number + 1]):
                    self._add(self._terms[place], similarity)
        return count

    def _add(self, term: int, similarity: int) -> int:
        """Take a term, or how similar it is where that is more than was known."""
        if self._marks[term] == self._mark:
            place = self._places[term]
            if self._found[place + 1] < similarity:
                self._found[place + 1] = similarity
            return 0
        place = 2 * self._count
        if place == len(self._found):
            self._kept = self._kept + self._kept
            self._found = self._kept
        self._marks[term] = self._mark
        self._places[term] = place
        self._found[place] = term
        self._found[place + 1] = similarity
        self._count += 1
        return 1
