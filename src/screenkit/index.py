"""Normalised names in, an index out that answers: which of them can reach this score against that name?

It may return too many names, never too few. Words (adjacent words joined, and compounds) are interned; each knows the
names it stands in. A word is found by the keys of its sound spaces and their misspellings (`neighbourhood`). What
remains is arithmetic on coverage, whose bound the score keeps to. Readings of persons are found by their given names
alike. See docs/architecture.md.
"""

from __future__ import annotations

import threading
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from screenkit.model import Name, Role, Space, Token, TokenKind
from screenkit.model.found import FULL_SCORE
from screenkit.nearness import Lookup, asked_lookups, most_alike, near_sound, radius, stored_lookups
from screenkit.neighbourhood import Neighbourhoods
from screenkit.policy import Policy
from screenkit.score import (
    Alike,
    Span,
    Weighing,
    Words,
    near_spans,
    part_of,
    spans,
    token_bits,
    token_weight,
    weigh,
)

_Ints = NDArray[np.int32]
_Wide = NDArray[np.int64]
#: Words whose neighbours are remembered, per index.
_REMEMBERED = 32_768


@attrs.frozen
class _Matches:
    """The words that may be near a word, and the names that hold them, rising, each once with its best."""

    words: frozenset[int]
    rows: _Ints
    #: How near at most.
    similarities: _Wide
    #: Similarity times the weight of the words matched, of which each name counts its heaviest.
    covered: _Wide


class NameIndex:
    """An index over names; a name is known by its position in the sequence given."""

    def __init__(self, names: Sequence[Name], policy: Policy) -> None:
        self._policy = policy
        self._canonical = _Canonical(names)
        numbers: dict[tuple[Token, bool, bool], int] = {}
        word, row_stops, positions, position_stops = array("i"), array("i"), array("H"), array("i")
        for name in names:
            for span in spans(name):
                word.append(numbers.setdefault((span.token, span.is_joined, span.is_compound), len(numbers)))
                positions.extend(span.at)
                position_stops.append(len(positions))
            row_stops.append(len(word))
        self._words = [Span((0, 1) if joined else (0,), token, compound) for token, joined, compound in numbers]
        self._word = np.array(word, dtype=np.int32)
        self._row_stops = np.concatenate(([0], np.array(row_stops, dtype=np.int64)))
        self._positions = np.array(positions, dtype=np.int32)
        self._position_stops = np.concatenate(([0], np.array(position_stops, dtype=np.int64)))
        self._weigh_words()
        self._post()
        self._make_findable(names)
        self._matches: dict[tuple[Token, bool, bool], _Matches] = {}
        self._scratch = threading.local()

    def __len__(self) -> int:
        return len(self._row_stops) - 1

    def _weigh_words(self) -> None:
        """The weight of every word, and of every name."""
        policy = self._policy
        self._word_weights = np.array(
            [0 if one.is_joined else token_weight(one.token, policy) for one in self._words], dtype=np.int64
        )
        self._word_bits = [0 if one.is_joined else token_bits(one.token, policy) for one in self._words]
        row_of = np.repeat(np.arange(len(self)), np.diff(self._row_stops))
        single = np.diff(self._position_stops) == 1
        weights = self._word_weights[self._word]
        self._whole = np.maximum(np.bincount(row_of[single], weights[single], minlength=len(self)).astype(np.int64), 1)
        self._counts = np.bincount(row_of[single], minlength=len(self)).astype(np.int64)
        # The weight of a joined span is that of its words: the single spans stand first, one for each position.
        spanned = np.repeat(np.arange(len(self._word)), np.diff(self._position_stops))
        first = self._row_stops[:-1][row_of]
        self._span_weights = np.bincount(
            spanned, weights[first[spanned] + self._positions], minlength=len(self._word)
        ).astype(np.int64)
        self._row_of = row_of.astype(np.int32)

    def _post(self) -> None:
        """Postings of word w: places _starts[w] to _starts[w + 1] of _posted, which are spans."""
        self._posted = np.argsort(self._word, kind="stable").astype(np.int32)
        counts = np.bincount(self._word, minlength=len(self._words))
        self._starts = np.concatenate(([0], np.cumsum(counts)))

    def _make_findable(self, names: Sequence[Name]) -> None:
        keys: dict[Lookup, int] = {}
        held: list[list[int]] = []
        for at, known in enumerate(self._words):
            for one in stored_lookups(known.token, is_joined=known.is_joined and not known.is_compound):
                number = keys.setdefault(one, len(keys))
                if number == len(held):
                    held.append([])
                held[number].append(at)
        self._keys = list(keys)
        self._holders = held
        self._sorts = {(one.space, one.is_latin) for one in keys}
        self._around = Neighbourhoods.of(*_hashable(self._keys))
        self._by_initial: dict[str, list[int]] = defaultdict(list)
        self._initials: dict[str, list[int]] = defaultdict(list)
        for at, known in enumerate(self._words):
            if not known.is_joined or known.is_compound:
                self._by_initial[known.token.key[0]].append(at)
                if known.token.kind is TokenKind.INITIAL:
                    self._initials[known.token.key].append(at)
        self._readings = _ReadingIndex(names)

    # ---------------------------------------------------------------------------------------------------- searching

    def candidates(self, query: Name, points: int) -> _Wide:
        """Positions, rising, of all names that can score at least `points` against the query."""
        found = spans(query)
        by_words = self._reaching(query, found, points)
        return np.union1d(np.union1d(by_words, self._readings.candidates(query)), self._canonical.rows(query))

    def _reaching(self, query: Name, found: Sequence[Span], points: int) -> _Wide:
        """Names whose words can be near enough to the query's."""
        policy = self._policy
        words = Words.of(query, found, policy)
        matches = self._near(found)
        share = policy.lesser_share
        # Both names have to be covered by at least so much, in ten-thousandths (see `weigh`).
        least = max(-(-(100 * points - (100 - share) * FULL_SCORE) // share), 1)
        spared = self._spared(words, found, matches, least)
        ours, theirs = self._zeroed()
        sought = [at for at in range(len(found)) if at not in spared and len(matches[at].rows)]
        if not sought:
            return np.empty(0, dtype=np.int64)
        for at in sought:
            one = matches[at]
            ours[one.rows] += one.similarities * sum([words.weights[place] for place in found[at].at])
            theirs[one.rows] += one.covered
        rows = np.concatenate([matches[at].rows for at in sought])
        query_covered, listed_covered = ours[rows], theirs[rows]
        ours[rows] = 0
        theirs[rows] = 0
        for at in spared:
            one = matches[at]
            if not len(one.rows):
                continue
            places = np.searchsorted(one.rows, rows)
            places[places == len(one.rows)] = 0
            holds = one.rows[places] == rows
            query_covered += np.where(holds, one.similarities[places] * words.weights[at], 0)
            listed_covered += np.where(holds, one.covered[places], 0)
        whole = words.whole
        # However many words are near one of a name's, only as many pairs are made as the name has words.
        pairs = 2 * self._counts[rows] * max(words.weights) * FULL_SCORE
        query_share = np.minimum(-(-np.minimum(query_covered, pairs) // whole), FULL_SCORE)
        listed_share = np.minimum(-(-listed_covered // self._whole[rows]), FULL_SCORE)
        lesser, greater = np.minimum(query_share, listed_share), np.maximum(query_share, listed_share)
        reach = share * lesser + (100 - share) * greater >= 100 * points
        return np.unique(rows[reach]).astype(np.int64)

    def _spared(self, words: Words, found: Sequence[Span], matches: Sequence[_Matches], least: int) -> list[int]:
        """Single words that stand in the most names and without which no name can be covered enough: not searched by."""
        allowed = least * words.whole
        single = [at for at in range(len(words.kinds))]
        single.sort(key=lambda at: (-len(matches[at].rows), at))
        spared: list[int] = []
        for at in single:
            best = int(matches[at].similarities.max()) if len(matches[at].rows) else 0
            allowed -= best * words.weights[at]
            if allowed <= 0:
                break
            spared.append(at)
        return spared

    def _zeroed(self) -> tuple[_Wide, _Wide]:
        """Two arrays of noughts, one for each name, of this thread."""
        held: tuple[_Wide, _Wide] | None = getattr(self._scratch, "arrays", None)
        if held is None:
            held = self._scratch.arrays = (np.zeros(len(self), dtype=np.int64), np.zeros(len(self), dtype=np.int64))
        return held

    def weighed(self, query: Name, points: int) -> Iterator[tuple[int, Weighing]]:
        """Names that can score at least `points` by words or reading, each with its score by words."""
        found = spans(query)
        policy = self._policy
        words = Words.of(query, found, policy)
        rows = self.candidates(query, points).tolist()
        if not rows:
            return
        matches = self._near(found)
        for row in rows:
            listed, numbers = self._listed(row)
            alike = [
                Alike(near, at, other)
                for at, one in enumerate(matches)
                for other, number in enumerate(numbers)
                if number in one.words and (near := near_spans(found[at], self._words[number], policy)) is not None
            ]
            is_equal = self._canonical.is_equal(query, row)
            yield row, weigh(words, listed, alike, is_equal, policy)

    def has_reading(self, row: int) -> bool:
        """Whether a name is read as that of a Chinese, Korean or Japanese person too."""
        return row in self._readings.rows

    def _listed(self, row: int) -> tuple[Words, list[int]]:
        """A listed name as the score weighs it, and the numbers of its spans' words."""
        start, stop = int(self._row_stops[row]), int(self._row_stops[row + 1])
        numbers = self._word[start:stop].tolist()
        stops = self._position_stops[start : stop + 1].tolist()
        flat = self._positions[stops[0] : stops[-1]].tolist()
        at = [tuple(flat[a - stops[0] : b - stops[0]]) for a, b in zip(stops, stops[1:], strict=False)]
        singles = numbers[: int(self._counts[row])]
        kinds = [self._words[number].token.kind for number in singles]
        weights = self._span_weights[start : start + len(singles)].tolist()
        bits = [self._word_bits[number] for number in singles]
        return Words(kinds, weights, bits, int(self._whole[row]), at), numbers

    # ----------------------------------------------------------------------------------------------- words near words

    def _near(self, found: Sequence[Span]) -> list[_Matches]:
        """What is near each span, remembered by word."""
        keys = [(span.token, span.is_joined, span.is_compound) for span in found]
        unknown = [span for key, span in zip(keys, found, strict=True) if key not in self._matches]
        fresh = self._find(unknown) if unknown else {}
        if fresh:
            if len(self._matches) > _REMEMBERED:
                self._matches.clear()
            self._matches.update(fresh)
        return [
            fresh.get(key) or self._matches.get(key) or self._find([span])[key]
            for key, span in zip(keys, found, strict=True)
        ]

    def _find(self, unknown: Sequence[Span]) -> dict[tuple[Token, bool, bool], _Matches]:
        asked = {(span.token, span.is_joined, span.is_compound): span for span in unknown}
        queries = list(asked.values())
        keys = [
            (at, one)
            for at, span in enumerate(queries)
            for one in asked_lookups(span.token, self._policy, is_joined=span.is_joined and not span.is_compound)
            if (one.space, one.is_latin) in self._sorts
        ]
        alike: list[dict[int, int]] = [{} for _ in queries]
        for asking, number in self._around.around(*_hashable([one for _, one in keys])):
            at, one = keys[asking]
            most = most_alike(one, self._keys[number], self._policy)
            if most:
                found = alike[at]
                for word in self._holders[number]:
                    if most > found.get(word, 0):
                        found[word] = most
        return {name: self._matched(span, alike[at]) for at, (name, span) in enumerate(asked.items())}

    def _matched(self, span: Span, alike: dict[int, int]) -> _Matches:
        if not span.is_joined or span.is_compound:
            is_initial = span.token.kind is TokenKind.INITIAL
            for word in (self._by_initial if is_initial else self._initials).get(span.token.key[0], ()):
                alike[word] = max(alike.get(word, 0), self._policy.initial_similarity)
        if not alike:
            return _NOTHING
        numbers = np.fromiter(alike, dtype=np.int64, count=len(alike))
        similar = np.fromiter(alike.values(), dtype=np.int64, count=len(alike))
        counts = self._starts[numbers + 1] - self._starts[numbers]
        places = np.repeat(self._starts[numbers] - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
        posted = self._posted[places + np.arange(len(places))]
        similarities = np.repeat(similar, counts)
        rows, covered = self._row_of[posted], similarities * self._span_weights[posted]
        order = np.argsort(rows, kind="stable")
        rows, similarities, covered = rows[order], similarities[order], covered[order]
        starts = np.flatnonzero(np.concatenate(([True], rows[1:] != rows[:-1])))
        return _Matches(
            frozenset(alike),
            rows[starts],
            np.maximum.reduceat(similarities, starts),
            np.maximum.reduceat(covered, starts),
        )


_EMPTY: _Ints = np.empty(0, dtype=np.int32)
_NOTHING = _Matches(frozenset(), _EMPTY, np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


_SALTS = {
    (space, is_latin): (0xA0761D6478BD642F * (2 * at + is_latin + 1)) & 0xFFFFFFFFFFFFFFFF
    for at, space in enumerate(Space)
    for is_latin in (False, True)
}


def _hashable(keys: Sequence[Lookup]) -> tuple[list[str], NDArray[np.uint64], _Wide]:
    """Keys, what tells their sorts apart, and their radii, as `Neighbourhoods` takes them."""
    salts = np.array([_SALTS[one.space, one.is_latin] for one in keys], dtype=np.uint64)
    return [one.key for one in keys], salts, np.array([one.radius for one in keys], dtype=np.int64)


class _Canonical:
    """Names by what makes them equal."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._of = [name.canonical for name in names]
        self._rows: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for at, canonical in enumerate(self._of):
            self._rows[canonical].append(at)

    def rows(self, query: Name) -> _Wide:
        return np.array(self._rows.get(query.canonical, ()), dtype=np.int64)

    def is_equal(self, query: Name, row: int) -> bool:
        return query.canonical == self._of[row]


class _ReadingIndex:
    """Readings of Chinese, Korean and Japanese persons, found by their given names."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.rows: set[int] = set()
        self._rows: dict[tuple[Space, str], list[tuple[str, int]]] = defaultdict(list)
        for at, name in enumerate(names):
            if len(name.readings) > 1:
                self.rows.add(at)
                for space, surname, given in set(_parts(name)):
                    self._rows[space, given].append((surname, at))
        self._keys = list(self._rows)
        self._around = Neighbourhoods.of(*_hashable([_sound(space, given) for space, given in self._keys]))

    def candidates(self, query: Name) -> _Wide:
        """Positions, rising, of the names that have a reading near one of the query's."""
        found: set[int] = set()
        if len(query.readings) < 2 or not self._keys:
            return np.empty(0, dtype=np.int64)
        asked = list(dict.fromkeys(_parts(query)))
        if not asked:
            return np.empty(0, dtype=np.int64)
        for at, number in self._around.around(*_hashable([_sound(space, given) for space, _, given in asked])):
            space, surname, given = asked[at]
            their_space, theirs = key = self._keys[number]
            if space is their_space and near_sound(space, given, theirs):
                found.update(row for other, row in self._rows[key] if near_sound(space, surname, other))
        return np.array(sorted(found), dtype=np.int64)


def _sound(space: Space, given: str) -> Lookup:
    return Lookup(space, False, given, radius(space, given))


def _parts(name: Name) -> Iterator[tuple[Space, str, str]]:
    for reading in name.readings[1:]:
        surname, given = part_of(reading, Role.SURNAME), part_of(reading, Role.GIVEN)
        if surname and given and surname.key and given.key:
            yield reading.space, surname.key, given.key
