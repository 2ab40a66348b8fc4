"""Normalised names in, an index out that answers: which of them can reach this score against that name?

It may return too many names, never too few. Words (adjacent words joined, and compounds) are interned; each knows the
names it stands in. A word is found by the keys of its sound spaces and their misspellings, by deletion neighbourhoods:
two keys within d edits share a form with at most d letters deleted from each. What remains is arithmetic on coverage,
whose bound the score keeps to. Readings of persons are found by their given names alike. See docs/architecture.md.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from zlib import crc32

import attrs
import numpy as np
from numpy.typing import NDArray

from screenkit.model import Name, Reading, Role, Space, Token, TokenKind
from screenkit.model.found import FULL_SCORE
from screenkit.nearness import RADII, lookups, near_sound
from screenkit.policy import Policy
from screenkit.score import Span, name_weight, near_spans, part_of, spans

_Ints = NDArray[np.int64]
#: Words whose neighbours are remembered, per index.
_REMEMBERED = 16_384


class Neighbourhood:
    """Keys in, for any key those within its edits out; complete for the radius given."""

    def __init__(self, keys: Sequence[tuple[str, int]], radius: Callable[[int], int]) -> None:
        """Store keys, each with the number it stands for; several may stand for one."""
        self._radius = radius
        checksums, numbers = array("I"), array("i")
        for key, number in keys:
            forms = _checksums(key, radius)
            checksums.extend(forms)
            numbers.extend([number] * len(forms))
        unsorted = np.array(checksums, dtype=np.uint32)
        order = np.argsort(unsorted, kind="stable")
        self._sorted = unsorted[order]
        self._numbers = np.array(numbers, dtype=np.int32)[order]

    def around(self, key: str) -> set[int]:
        """Numbers of the keys that may be within reach; checksums collide, so the caller compares."""
        forms = np.fromiter(_checksums(key, self._radius), dtype=np.uint32)
        starts = np.searchsorted(self._sorted, forms, side="left").tolist()
        stops = np.searchsorted(self._sorted, forms, side="right").tolist()
        found: set[int] = set()
        for start, stop in zip(starts, stops, strict=True):
            if start < stop:
                found.update(self._numbers[start:stop].tolist())
        return found


def _checksums(key: str, radius: Callable[[int], int]) -> set[int]:
    return {crc32(form.encode()) for form in deletions(key, radius(len(key)))}


def deletions(key: str, most: int) -> Iterator[str]:
    """The key and its forms with up to `most` (at most two) characters deleted; with digits or marks, the key alone."""
    yield key
    if not most or not key.replace("-", "").isalpha():
        return
    for at in range(len(key)):
        rest = key[:at] + key[at + 1 :]
        yield rest
        if most > 1:
            for second in range(at, len(rest)):
                yield rest[:second] + rest[second + 1 :]


@attrs.frozen
class _Matches:
    """Names that hold a word near another one: their positions, how near, and the word's weight there."""

    rows: _Ints
    similarities: _Ints
    weights: _Ints


class NameIndex:
    """An index over names; a name is known by its position in the sequence given."""

    def __init__(self, names: Sequence[Name], policy: Policy) -> None:
        self._policy = policy
        self._weights = np.array([name_weight(name, policy) for name in names], dtype=np.int64)
        numbers: dict[tuple[Token, bool, bool], int] = {}
        word, row, weight = array("i"), array("i"), array("i")
        for at, name in enumerate(names):
            for span in spans(name, policy):
                word.append(numbers.setdefault((span.token, span.is_joined, span.is_compound), len(numbers)))
                row.append(at)
                weight.append(span.weight)
        self._words = [Span(0, 1 + joined, token, 0, compound) for token, joined, compound in numbers]
        # Postings of word w: positions _starts[w] to _starts[w + 1] of _rows and _row_weights.
        order = np.argsort(np.array(word, dtype=np.int32), kind="stable")
        self._rows = np.array(row, dtype=np.int64)[order]
        self._row_weights = np.array(weight, dtype=np.int64)[order]
        counts = np.bincount(np.array(word, dtype=np.int64), minlength=len(numbers))
        self._starts = np.concatenate(([0], np.cumsum(counts)))
        self._neighbourhoods = self._by_space()
        self._by_initial: dict[str, list[int]] = defaultdict(list)
        self._initials: dict[str, list[int]] = defaultdict(list)
        for at, known in enumerate(self._words):
            if not known.is_joined or known.is_compound:
                self._by_initial[known.token.key[0]].append(at)
                if known.token.kind is TokenKind.INITIAL:
                    self._initials[known.token.key].append(at)
        self._readings = _ReadingIndex(names)
        self._matches = lru_cache(maxsize=_REMEMBERED)(self._find)

    def _by_space(self) -> dict[Space, Neighbourhood]:
        keys: dict[Space, list[tuple[str, int]]] = defaultdict(list)
        for at, known in enumerate(self._words):
            for space, key in lookups(known.token, is_joined=known.is_joined):
                keys[space].append((key, at))
        return {space: Neighbourhood(found, RADII[space]) for space, found in keys.items()}

    def candidates(self, query: Name, points: int) -> _Ints:
        """Positions, rising, of all names that can score at least `points` against the query."""
        by_reading = self._readings.candidates(query)
        by_words = np.flatnonzero(self._bounds(query) >= points)
        return np.union1d(by_words, by_reading)

    def _bounds(self, query: Name) -> _Ints:
        """For every name, the most it can score word by word."""
        size = len(self._weights)
        best: dict[int, _Ints] = {}
        best_listed: dict[int, _Ints] = {}
        for span in spans(query, self._policy):
            found = self._matches(span.token, span.is_joined, span.is_compound)
            if not len(found.rows):
                continue
            # A pair claims, of the query, the weight of each word it spans; of the listed name, its span's weight once.
            for at in range(span.start, span.stop):
                mine = best.setdefault(at, np.zeros(size, dtype=np.int64))
                np.maximum.at(mine, found.rows, found.similarities * self._policy.weight(query.tokens[at].kind))
            theirs = best_listed.setdefault(span.start, np.zeros(size, dtype=np.int64))
            np.maximum.at(theirs, found.rows, found.similarities * found.weights)
        query_covered = sum(best.values(), np.zeros(size, dtype=np.int64))
        listed_covered = sum(best_listed.values(), np.zeros(size, dtype=np.int64))
        whole = name_weight(query, self._policy)
        query_share = np.minimum(-(-query_covered // whole), FULL_SCORE)
        listed_share = np.minimum(-(-listed_covered // self._weights), FULL_SCORE)
        share = self._policy.lesser_share
        lesser, greater = np.minimum(query_share, listed_share), np.maximum(query_share, listed_share)
        bounds: _Ints = (share * lesser + (100 - share) * greater) // 100
        return bounds

    def _find(self, token: Token, is_joined: bool, is_compound: bool) -> _Matches:
        span = Span(0, 1 + is_joined, token, 0, is_compound)
        found: set[int] = set()
        for space, key in lookups(token, is_joined=is_joined):
            if space in self._neighbourhoods:
                found |= self._neighbourhoods[space].around(key)
        if not is_joined or is_compound:
            is_initial = token.kind is TokenKind.INITIAL
            found.update((self._by_initial if is_initial else self._initials).get(token.key[0], ()))
        rows, similarities, weights = [], [], []
        for at in sorted(found):
            near = near_spans(span, self._words[at], self._policy)
            if near is not None:
                posted = slice(self._starts[at], self._starts[at + 1])
                rows.append(self._rows[posted])
                weights.append(self._row_weights[posted])
                similarities.append(np.full(len(rows[-1]), near.similarity, dtype=np.int64))
        empty = np.empty(0, dtype=np.int64)
        return _Matches(*(np.concatenate(parts) if parts else empty for parts in (rows, similarities, weights)))


class _ReadingIndex:
    """Readings of Chinese and Korean persons, found by their given names."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._rows: dict[tuple[Space, str], list[tuple[str, int]]] = defaultdict(list)
        for at, name in enumerate(names):
            for space, surname, given in set(_parts(name)):
                self._rows[space, given].append((surname, at))
        self._keys = list(self._rows)
        by_space: dict[Space, list[tuple[str, int]]] = defaultdict(list)
        for number, (space, given) in enumerate(self._keys):
            by_space[space].append((given, number))
        self._neighbourhoods = {space: Neighbourhood(keys, RADII[space]) for space, keys in by_space.items()}

    def candidates(self, query: Name) -> _Ints:
        """Positions, rising, of the names that have a reading near one of the query's."""
        found: set[int] = set()
        for space, surname, given in set(_parts(query)):
            if space not in self._neighbourhoods:
                continue
            for number in self._neighbourhoods[space].around(given):
                _, other = key = self._keys[number]
                if near_sound(space, given, other):
                    found.update(at for theirs, at in self._rows[key] if near_sound(space, surname, theirs))
        return np.array(sorted(found), dtype=np.int64)


def _parts(name: Name) -> Iterator[tuple[Space, str, str]]:
    for reading in name.readings[1:]:
        surname, given = _key(reading, Role.SURNAME), _key(reading, Role.GIVEN)
        if surname and given:
            yield reading.space, surname, given


def _key(reading: Reading, role: Role) -> str:
    sound = part_of(reading, role)
    return sound.key if sound else ""
