"""A name in, the units that are compared out: its words, adjacent ones joined, compounds; and what each weighs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from screenkit.model import Name, Token, TokenKind
from screenkit.model.normalized import fathers_in
from screenkit.names.commonness import commonness
from screenkit.policy import Policy


class Span(NamedTuple):
    """One word of a name, or a few compared as one: the positions of its tokens, in the order they are joined in."""

    at: tuple[int, ...]
    token: Token
    #: True where the words are one by the rules of Arabic names (Abd al-Rahman).
    is_compound: bool = False

    @property
    def is_joined(self) -> bool:
        """True where it spans several words."""
        return len(self.at) > 1


def spans(name: Name) -> list[Span]:
    """The words of a name, its pairs of adjacent words and its compounds.

    Before a comma stands the surname, which elsewhere comes last: the last word and the first are adjacent too.
    """
    tokens = name.tokens
    found = [Span((at,), token) for at, token in enumerate(tokens)]
    if len(tokens) < 2:
        return found
    compounds = {(one.start, one.stop) for one in name.compounds}
    found.extend(
        Span((at, at + 1), joined(tokens[at], tokens[at + 1]))
        for at in range(len(tokens) - 1)
        if (at, at + 2) not in compounds and is_joinable(tokens[at], tokens[at + 1])
    )
    if name.surname_words and len(tokens) > 2 and is_joinable(tokens[-1], tokens[0]):
        found.append(Span((len(tokens) - 1, 0), joined(tokens[-1], tokens[0])))
    found.extend(Span(tuple(range(one.start, one.stop)), one.token, True) for one in name.compounds)
    return found


@lru_cache(maxsize=16_384)
def joined(left: Token, right: Token) -> Token:
    """Two adjacent words as one, as a span of both is compared."""
    arabic = (left.arabic[0] + right.arabic[0],) if left.arabic and right.arabic else ()
    native = left.native + right.native if left.native and right.native else ""
    return Token(f"{left.text} {right.text}", _letters(left) + _letters(right), native=native, arabic=arabic)


def _letters(token: Token) -> str:
    """What a word is joined by: of a term its own letters, which may be half of another word (Naz Ir, Nazir)."""
    return token.text if token.text.isascii() and token.text.isalnum() else token.key


_UNJOINED = frozenset({TokenKind.NUMERAL, TokenKind.LEGAL_FORM})


def is_joinable(left: Token, right: Token) -> bool:
    """Whether two adjacent words may be one word elsewhere: "Hong Xiang" may, "44 Ltd" may not."""
    return left.kind not in _UNJOINED and right.kind not in _UNJOINED


class Words(NamedTuple):
    """A name as the score weighs it: its words one by one, and its spans."""

    keys: Sequence[str]
    kinds: Sequence[TokenKind]
    weights: Sequence[int]
    bits: Sequence[int]
    #: The weight of all words, at least 1.
    whole: int
    #: The positions of each span.
    spans: Sequence[tuple[int, ...]]
    #: The positions of fathers' names (`model.normalized.fathers_in`).
    fathers: frozenset[int] = frozenset()
    #: The words themselves.
    tokens: Sequence[Token] = ()

    @classmethod
    def of(cls, name: Name, found: Sequence[Span], policy: Policy) -> Words:
        """The words of a normalised name, `found` being its spans."""
        tokens = name.tokens
        classes = [commonness(token) for token in tokens]
        table = policy.weights
        weights = [table[token.kind][common] for token, common in zip(tokens, classes, strict=True)]
        bits = [policy.bits(token.kind, common, len(token.key)) for token, common in zip(tokens, classes, strict=True)]
        keys, kinds = [token.key for token in tokens], [token.kind for token in tokens]
        fathers = fathers_in(kinds, keys, name.surname_words)
        return cls(keys, kinds, weights, bits, max(sum(weights), 1), [one.at for one in found], fathers, tokens)
