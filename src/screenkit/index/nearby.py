"""A query's words in, the listed words that may be near them and the names that hold those out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from screenkit.model import TokenKind
from screenkit.nearness import Lookup, asked_lookups, most_alike
from screenkit.policy import Policy
from screenkit.spans import Span

from .arrays import Ints, Stored, Texts, Wide, expanded, stored_around
from .building import SALTS, SORTS
from .memory import SpanMemory, span_key
from .words import WordTable

_SPACE_OF = {sort: of for of, sort in SORTS.items()}


class Matches:
    """The words that may be near a word, and the names that hold them, rising, each once with its best."""

    __slots__ = ("best", "covered", "rows", "similarities", "words")

    def __init__(
        self, words: dict[int, int], rows: Ints, similarities: NDArray[np.int16], covered: Wide | Ints
    ) -> None:
        #: Listed words that may be near, and how near at most.
        self.words = words
        #: The names.
        self.rows = rows
        #: How near at most.
        self.similarities = similarities
        #: Similarity times the weight of the words matched, of which each name counts its heaviest.
        self.covered = covered
        #: How near the nearest is, at most.
        self.best = int(similarities.max()) if len(rows) else 0

    @property
    def size(self) -> int:
        """Bytes that it takes, roughly."""
        return self.rows.nbytes + self.similarities.nbytes + self.covered.nbytes + 120 * len(self.words)


_NOTHING = Matches({}, np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int16), np.empty(0, dtype=np.int64))


class NearWords:
    """Finds the listed words near a query's, and remembers them by the query's word."""

    def __init__(self, stored: Stored, words: WordTable, policy: Policy) -> None:
        self._policy = policy
        self._words = words
        self._keys = Texts.stored(stored, "keys")
        self._key_sorts = stored.array("key sorts")
        self._held: Ints = stored.array("held")
        self._held_starts: Ints = stored.array("held starts")
        self._around = stored_around(stored, "key")
        self._sorts = {_SPACE_OF[sort] for sort in np.unique(self._key_sorts).tolist()}
        self._by_letter = Lettered(stored, "word")
        self._initials = Lettered(stored, "initial")
        self._memory = SpanMemory[Matches](lambda matches: matches.size)

    def near(self, found: Sequence[Span]) -> list[Matches]:
        """What is near each span."""
        keys = list(map(span_key, found))
        known = {key: one for key in keys if (one := self._memory.get(key)) is not None}
        unknown = {key: span for key, span in zip(keys, found, strict=True) if key not in known}
        if unknown:
            for key, one in zip(unknown, self._find(list(unknown.values())), strict=True):
                known[key] = one
                self._memory.keep(key, one)
        return [known[key] for key in keys]

    def _find(self, queries: Sequence[Span]) -> list[Matches]:
        asked: list[Lookup] = []
        owners: list[int] = []
        for at, (positions, token, is_compound) in enumerate(queries):
            for one in asked_lookups(token, self._policy, is_joined=len(positions) > 1 and not is_compound):
                if (one.space, one.is_latin) in self._sorts:
                    asked.append(one)
                    owners.append(at)
        keys, owned_by, similar = self._alike(asked, owners)
        starts = self._held_starts[keys]
        counts = self._held_starts[keys + 1] - starts
        words = [self._held[expanded(starts, counts)]]
        of, similarities = [owned_by.repeat(counts)], [similar.repeat(counts)]
        for at, span in enumerate(queries):
            others = self._by_initial(span)
            if others is not None:
                words.append(others)
                of.append(np.full(len(others), at))
                similarities.append(np.full(len(others), self._policy.initial_similarity))
        return self._matched(np.concatenate(words), np.concatenate(of), np.concatenate(similarities), len(queries))

    def _alike(self, asked: Sequence[Lookup], owners: Sequence[int]) -> tuple[Wide, Wide, Wide]:
        """Stored keys near those asked for, whose each is, and how alike at most."""
        pairs = self._around.around(*hashable(asked))
        numbers = [number for _, number in pairs]
        alike = most_alike([asked[at] for at, _ in pairs], self._keys.some(numbers), self._policy)
        held = [(number, owners[at], similar) for (at, number), similar in zip(pairs, alike, strict=True) if similar]
        keys, owned_by, similarities = np.array(held, dtype=np.int64).reshape(-1, 3).T
        return keys, owned_by, similarities

    def _by_initial(self, span: Span) -> Ints | None:
        """Words that a span may be the initial of, or initials that may stand for it."""
        at, token, is_compound = span
        if len(at) > 1 and not is_compound:
            return None
        return (self._by_letter if token.kind is TokenKind.INITIAL else self._initials).words(token.key[0])

    def _matched(self, words: Wide, of: Wide, similar: Wide, queries: int) -> list[Matches]:
        """The names that hold the words of each query, with the best of each."""
        table = self._words
        starts = table.posted_starts[words]
        counts = table.posted_starts[words + 1] - starts
        posted = table.posted[expanded(starts, counts)]
        if not len(posted):
            return [_NOTHING] * queries
        similarities = similar.repeat(counts)
        covered = similarities * table.span_weights[posted]
        places = of.repeat(counts) << 32 | table.row_of[posted]
        order = places.argsort()
        places = places[order]
        firsts = np.concatenate(([True], places[1:] != places[:-1])).nonzero()[0]
        places = places[firsts]
        rows = places.astype(np.int32)
        best = np.maximum.reduceat(similarities[order], firsts).astype(np.int16)
        heaviest = np.maximum.reduceat(covered[order], firsts)
        if heaviest.max() < 1 << 31:
            heaviest = heaviest.astype(np.int32)
        bounds = (places >> 32).searchsorted(np.arange(queries + 1)).tolist()
        held: list[dict[int, int]] = [{} for _ in range(queries)]
        for at, word, most in zip(of.tolist(), words.tolist(), similar.tolist(), strict=True):
            own = held[at]
            if own.get(word, 0) < most:
                own[word] = most
        # Copies: a slice would keep the arrays of the whole query.
        return [
            Matches(own, rows[start:stop].copy(), best[start:stop].copy(), heaviest[start:stop].copy())
            if start < stop
            else _NOTHING
            for own, start, stop in zip(held, bounds, bounds[1:], strict=False)
        ]


class Lettered:
    """Words by their first letter."""

    def __init__(self, stored: Stored, name: str) -> None:
        letters, starts = stored.array(f"{name} letters").tolist(), stored.array(f"{name} letter starts").tolist()
        self.held: Ints = stored.array(f"{name} lettered")
        self.places = {chr(letter): places for letter, *places in zip(letters, starts, starts[1:], strict=False)}

    def words(self, letter: str) -> Ints | None:
        """The words that begin so; None where there are none."""
        places = self.places.get(letter)
        return self.held[places[0] : places[1]] if places else None


def hashable(keys: Sequence[Lookup]) -> tuple[list[str], NDArray[np.uint64], Wide, Wide]:
    """Keys, what tells their sorts apart, their radii and their reaches, as `Neighbourhoods` takes them."""
    salts = SALTS[[SORTS[one.space, one.is_latin] for one in keys]] if keys else SALTS[:0]
    radii = np.array([one.radius for one in keys], dtype=np.int64)
    return [one.key for one in keys], salts, radii, np.array([one.reach for one in keys], dtype=np.int64)
