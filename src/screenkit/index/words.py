"""A number in, the listed word it stands for out; what the policy makes of all words, spans and names."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np

from screenkit.model import Token
from screenkit.model.normalized import fathers_in
from screenkit.policy import CLASSES, Policy
from screenkit.spans import Span, Words, joined

from .arrays import Ints, Stored, Wide
from .building import COMPOUND, JOINED, KINDS

#: Names whose words are kept at hand, and words.
_REMEMBERED, _SPANS_REMEMBERED = 1_024, 32_768


class Tokens(Protocol):
    """Tokens by number."""

    def __getitem__(self, number: int, /) -> Token: ...


class Outline(NamedTuple):
    """What the index itself tells of a name: enough to see that it can't score much."""

    #: The words of its spans.
    numbers: list[int]
    #: The positions of each span.
    spans: list[tuple[int, ...]]
    #: Its tokens by number, and what each weighs.
    tokens: list[int]
    weights: list[int]
    #: The weight of all of them, at least 1.
    whole: int


class WordTable:
    """The words of an index and the names that are made of them."""

    def __init__(self, stored: Stored, tokens: Tokens, policy: Policy) -> None:
        self._tokens = tokens
        self._left: Ints = stored.array("word left")
        self._right: Ints = stored.array("word right")
        self._sorts = stored.array("word sorts")
        self._policy = policy
        self._kinds = stored.array("token kinds")
        self._classes = stored.array("token classes")
        self._spans: Ints = stored.array("spans")
        self._row_starts: Ints = stored.array("row starts")
        self._positions = stored.array("positions")
        self._position_starts: Ints = stored.array("position starts")
        self._surname_words = stored.array("surname words")
        self.posted: Ints = stored.array("posted")
        self.posted_starts: Ints = stored.array("posted starts")
        self._weigh()
        self._listed: dict[int, Words] = {}
        self._met: dict[int, Span] = {}

    def _weigh(self) -> None:
        """The weights of all tokens, spans and names, by the policy."""
        weights = np.array([[self._policy.weight(kind, common) for common in range(CLASSES)] for kind in KINDS])
        self.token_weights: Wide = weights[self._kinds, self._classes].astype(np.int64)
        #: The name that each span stands in.
        self.row_of: Ints = np.arange(len(self), dtype=np.int32).repeat(np.diff(self._row_starts))
        lengths = np.diff(self._position_starts)
        single = lengths == 1
        of_words = np.where(self._sorts & JOINED, 0, self.token_weights[self._left])[self._spans]
        #: How many words each name has.
        self.counts: Wide = np.bincount(self.row_of[single], minlength=len(self)).astype(np.int64)
        #: What the words of each name weigh, at least 1. Sums by running totals, which are whole numbers.
        running = np.concatenate(([0], np.where(single, of_words, 0).cumsum()))
        self.whole: Wide = np.maximum(running[self._row_starts[1:]] - running[self._row_starts[:-1]], 1)
        # The weight of a joined span is that of its words: the single spans stand first, one for each position.
        firsts = self._row_starts[self.row_of].repeat(lengths)
        running = np.concatenate(([0], of_words[firsts + self._positions].cumsum()))
        #: What each span weighs.
        self.span_weights: Wide = running[self._position_starts[1:]] - running[self._position_starts[:-1]]

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._row_starts) - 1

    def span(self, number: int) -> Span:
        """A word as the score compares it."""
        found = self._met.get(number)
        if found is None:
            if len(self._met) >= _SPANS_REMEMBERED:
                # Another thread may be reading the old one; it is let go of, not emptied.
                self._met = {}
            found = self._met[number] = self._span(number)
        return found

    def _span(self, number: int) -> Span:
        token, right, sort = self._tokens[int(self._left[number])], int(self._right[number]), self._sorts[number]
        if right >= 0:
            token = joined(token, self._tokens[right])
        return Span((0, 1) if sort & JOINED else (0,), token, bool(sort & COMPOUND))

    def outline(self, row: int) -> Outline:
        """A name without its tokens."""
        start, stop = int(self._row_starts[row]), int(self._row_starts[row + 1])
        stops = self._position_starts[start : stop + 1].tolist()
        flat = self._positions[stops[0] : stops[-1]].tolist()
        numbers = self._spans[start:stop].tolist()
        own = self._left[numbers[: int(self.counts[row])]]
        return Outline(
            numbers=numbers,
            spans=[tuple(flat[a - stops[0] : b - stops[0]]) for a, b in pairwise(stops)],
            tokens=own.tolist(),
            weights=self.token_weights[own].tolist(),
            whole=int(self.whole[row]),
        )

    def listed(self, row: int, outline: Outline) -> Words:
        """A name as the score weighs it."""
        found = self._listed.get(row)
        if found is None:
            if len(self._listed) >= _REMEMBERED:
                self._listed = {}
            found = self._listed[row] = self._taken(row, outline)
        return found

    def _taken(self, row: int, outline: Outline) -> Words:
        tokens = [self._tokens[number] for number in outline.tokens]
        keys, kinds = [token.key for token in tokens], [token.kind for token in tokens]
        bits = self._policy.bits
        return Words(
            keys=keys,
            kinds=kinds,
            weights=outline.weights,
            bits=[
                bits(kind, int(self._classes[number]), len(key))
                for number, kind, key in zip(outline.tokens, kinds, keys, strict=True)
            ],
            whole=outline.whole,
            spans=outline.spans,
            fathers=fathers_in(kinds, keys, int(self._surname_words[row])),
            tokens=tokens,
        )
