"""The term dictionary: listed terms by number, the names that each occurs in, and what they weigh by the policy."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np

from screenkit.comparison.spans import Span, Words, bits_of, joined
from screenkit.model import Token
from screenkit.policy import CLASSES, Policy

from .arrays import Ints, Stored
from .building import COMPOUND, JOINED, KINDS, RUN
from .candidates import Postings

#: Names whose words are kept at hand, and terms.
_NAMES_KEPT, _TERMS_KEPT = 4_096, 32_768


#: The positions of a term by its sort, as if its words were all of a name.
_AT = {0: (0,), COMPOUND: (0,), JOINED: (0, 1), COMPOUND | JOINED: (0, 1), RUN | JOINED: (0, 1, 2)}


class Tokens(Protocol):
    """Tokens by number."""

    def __getitem__(self, number: int, /) -> Token: ...


class Outline(NamedTuple):
    """What the index itself tells of a name: enough to see that it can't score much."""

    #: Its terms, and the positions of each.
    terms: list[int]
    spans: list[tuple[int, ...]]
    #: What each of its words weighs; the words stand first among the terms.
    weights: list[int]
    #: The weight of all of them, at least 1.
    whole: int


class TermDictionary:
    """The terms of an index and the names that are made of them."""

    def __init__(self, stored: Stored, tokens: Tokens, policy: Policy) -> None:
        self._tokens = tokens
        self._policy = policy
        self._left, self._right = stored.array("term left").data, stored.array("term right").data
        self._sorts = stored.array("term sorts").data
        self._classes = stored.array("token classes").data
        self._surname_words = stored.array("surname words").data
        #: How many terms there are.
        self.count = len(self._left)
        #: The names that each term occurs in, with the weights that the policy gives.
        self.postings = postings = _postings(stored, policy)
        #: How many words the longest name has.
        self.longest = max(postings.counts, default=0)
        self._words: dict[int, Words] = {}
        self._spans: dict[int, Span] = {}
        self._bits: dict[int, tuple[int, int]] = {}

    def __len__(self) -> int:
        """How many names there are."""
        return len(self.postings.counts)

    def span(self, number: int) -> Span:
        """A term as the score compares it."""
        found = self._spans.get(number)
        if found is None:
            if len(self._spans) >= _TERMS_KEPT:
                # Another thread may be reading the old one; it is let go of, not emptied.
                self._spans = {}
            found = self._spans[number] = self._span(number)
        return found

    def _span(self, number: int) -> Span:
        token, right, sort = self._tokens[self._left[number]], self._right[number], self._sorts[number]
        if right >= 0:
            token = joined(token, self._tokens[right])
        return Span(_AT[sort], token, bool(sort & COMPOUND))

    def words(self, name: int, outline: Outline) -> Words:
        """A name as the score weighs it."""
        found = self._words.get(name)
        if found is None:
            if len(self._words) >= _NAMES_KEPT:
                self._words = {}
            found = self._words[name] = self._made(name, outline)
        return found

    def _made(self, name: int, outline: Outline) -> Words:
        terms = outline.terms[: len(outline.weights)]
        tokens, bits = [self.span(term).token for term in terms], list(map(self._bits_of, terms))
        return Words.of(tokens, bits, outline.weights, outline.whole, outline.spans, self._surname_words[name])

    def _bits_of(self, term: int) -> tuple[int, int]:
        """What a single word says by the policy, in bits, and how much more because it is long."""
        found = self._bits.get(term)
        if found is None:
            if len(self._bits) >= _TERMS_KEPT:
                self._bits = {}
            found = self._bits[term] = bits_of(self.span(term).token, self._classes[self._left[term]], self._policy)
        return found


def _postings(stored: Stored, policy: Policy) -> Postings:
    """The names of an index, with the weights of their words and terms by the policy."""
    terms, name_starts = stored.array("terms"), stored.array("name starts")
    positions, position_starts = stored.array("positions"), stored.array("position starts")
    names = len(name_starts) - 1
    weights = np.array([[policy.weight(kind, common) for common in range(CLASSES)] for kind in KINDS], dtype=np.int64)
    token_weights = weights[stored.array("token kinds"), stored.array("token classes")]
    #: The name that each place is of.
    name_of: Ints = np.arange(names, dtype=np.int32).repeat(np.diff(name_starts))
    lengths = np.diff(position_starts)
    single = lengths == 1
    of_words = np.where(stored.array("term sorts") & JOINED, 0, token_weights[stored.array("term left")])[terms]
    # Sums by running totals, which are whole numbers.
    running = np.concatenate(([0], np.where(single, of_words, 0).cumsum()))
    whole = np.maximum(running[name_starts[1:]] - running[name_starts[:-1]], 1)
    # The weight of a joined term is that of its words: the words stand first, one for each position.
    firsts = name_starts[name_of].repeat(lengths)
    running = np.concatenate(([0], of_words[firsts + positions].cumsum()))
    term_weights = running[position_starts[1:]] - running[position_starts[:-1]]
    places = stored.array("postings")
    return Postings(
        names=name_of[places].data,
        weights=term_weights[places].data,
        starts=stored.array("posting starts").data,
        terms=terms.data,
        term_weights=term_weights.data,
        name_starts=name_starts.data,
        positions=positions.data,
        position_starts=position_starts.data,
        whole=whole.data,
        counts=np.bincount(name_of[single], minlength=names).astype(np.int64).data,
    )
