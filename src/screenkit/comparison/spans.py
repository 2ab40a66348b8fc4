"""The spans of a name, which are what is compared: its words, adjacent ones joined, compounds; and their weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from screenkit.comparison.lookups import is_latin
from screenkit.model import Name, Token, TokenKind
from screenkit.model.name import fathers_in
from screenkit.names.script import script_of
from screenkit.names.word_tokens import latin_letters
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

    @property
    def is_run(self) -> bool:
        """True where it is three words or more that are the same as one word or not."""
        return len(self.at) > 2 and not self.is_compound


def spans(name: Name) -> list[Span]:
    """The words of a name, its pairs of adjacent words, its compounds, and what it writes apart of one word.

    A word may be written in three parts (Kum Gang San), an acronym with points or blanks in it (P.F.L.P.).

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
    found.extend(Span(tuple(range(start, stop)), run(tokens[start:stop])) for start, stop in _runs(tokens))
    return found


#: So many letters in a row may be an acronym or a name written letter by letter; more are neither.
LONGEST_ACRONYM = 24


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where three words stand that may be parts of one, and three letters or more that may be an acronym."""
    is_letter = [len(token.text) == 1 and token.text.isalpha() for token in tokens]
    for start in range(len(tokens) - 2):
        stop = start + 3
        if not any(is_letter[start:stop]) and all(
            is_joinable(one, other) for one, other in pairwise(tokens[start:stop])
        ):
            yield start, stop
        if is_letter[start] and not (start and is_letter[start - 1]):
            stop = next((at for at in range(start, len(tokens)) if not is_letter[at]), len(tokens))
            if 2 < stop - start <= LONGEST_ACRONYM:
                yield start, stop


def run(tokens: Sequence[Token]) -> Token:
    """Three adjacent words or more as one; they are the same word or not, by their letters."""
    return Token(" ".join([token.text for token in tokens]), "".join(map(_letters, tokens)))


# Measured on queries that repeat words: a query takes 4 % less time.
@lru_cache(maxsize=16_384)
def joined(left: Token, right: Token) -> Token:
    """Two adjacent words as one, as a span of both is compared."""
    arabic = (left.arabic[0] + right.arabic[0],) if left.arabic and right.arabic else ()
    native = left.native + right.native if left.native and right.native else ""
    return Token(f"{left.text} {right.text}", _letters(left) + _letters(right), native=native, arabic=arabic)


def _letters(token: Token) -> str:
    """What a word is joined by: of a term its own letters, which may be half of another word (Naz Ir, Nazir)."""
    if token.text.isascii() and token.text.isalnum():
        return token.text
    if token.kind is TokenKind.GENERIC and _is_spelled(token.text) and token.text.isalpha():
        return latin_letters(token.text, script_of(token.text[0]))
    return token.key


_UNJOINED = frozenset({TokenKind.NUMERAL, TokenKind.LEGAL_FORM})


def is_joinable(left: Token, right: Token) -> bool:
    """Whether two adjacent words may be one word elsewhere: "Hong Xiang" and "Grace 1" may, "44 Ltd" may not."""
    if left.kind in _UNJOINED:
        return False
    return right.kind not in _UNJOINED or (right.kind is TokenKind.NUMERAL and right.key.isdigit())


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
    #: The positions of fathers' names (`model.name.fathers_in`).
    fathers: frozenset[int] = frozenset()
    #: The words themselves; () where they are not known.
    tokens: Sequence[Token] = ()
    #: How many of the words come before the comma inside the name (`Name.surname_words`).
    surname_words: int = 0
    #: How many bits more each word says because it is rare and long, in Latin letters; () for none.
    length_bits: Sequence[int] = ()

    @property
    def surnames(self) -> Sequence[int]:
        """The places of a person's surnames: the names before a comma, or else the last one."""
        names = [at for at, kind in enumerate(self.kinds) if kind is TokenKind.WORD]
        return [at for at in names if at < self.surname_words] or names[-1:]

    @classmethod
    def of(
        cls,
        tokens: Sequence[Token],
        bits: Sequence[tuple[int, int]],
        weights: Sequence[int],
        whole: int,
        spans: Sequence[tuple[int, ...]],
        surname_words: int,
    ) -> Words:
        """The words of a name whose weights are known and what each says (`bits_of`)."""
        keys, kinds = [token.key for token in tokens], [token.kind for token in tokens]
        return cls(
            keys=keys,
            kinds=kinds,
            weights=weights,
            bits=[one for one, _ in bits],
            whole=whole,
            spans=spans,
            fathers=fathers_in(kinds, keys, surname_words),
            tokens=tokens,
            surname_words=surname_words,
            length_bits=[more for _, more in bits],
        )


def bits_of(token: Token, common: int, policy: Policy) -> tuple[int, int]:
    """What a word of this class of commonness says by a policy, in bits, and how much more because it is long."""
    length = len(token.key)
    # A word of another script than these stands for several spellings.
    more = policy.length_bits(token.kind, common, length) if _is_spelled(token.text) else 0
    return policy.bits(token.kind, common, length), more


def _is_spelled(text: str) -> bool:
    """Whether a word is in Latin or Cyrillic letters, each of which stands for a letter or two of the other."""
    return is_latin(text) or script_of(text[0]) == "Cyrillic"
