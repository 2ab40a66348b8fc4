"""The arrays of an index, made of normalized names, with the tokens that they number."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from screenkit.comparison.compared_name import canonical_text
from screenkit.comparison.lookups import Lookup, letter_class, stored_lookups
from screenkit.comparison.own_words import is_organization, listed_sounds
from screenkit.comparison.spans import spans
from screenkit.model import Name, Space, Token, TokenKind
from screenkit.names.vocabulary.commonness import commonness
from screenkit.search.deletions import Deletions

from .arrays import Block, Ints, Texts, deletions_blocks, grouped, starts_of, text_hash
from .readings import reading_blocks

#: What a term is beside a single token: a pair of adjacent ones, a compound by the rules of Arabic names, or a run of
#: three or more, which is joined too.
JOINED, COMPOUND, RUN = 1, 2, 4
KINDS = tuple(TokenKind)
_NUMBER_OF_KIND = {kind: number for number, kind in enumerate(KINDS)}
#: Lookup keys are of one sort where they share a sound space and both or neither are of words in Latin letters.
SORTS = {(space, is_latin): 2 * at + is_latin for at, space in enumerate(Space) for is_latin in (False, True)}
#: What tells the keys of each sort from the same letters of another, in `neighbourhood`.
SALTS = np.array([(0xA0761D6478BD642F * (sort + 1)) & 0xFFFFFFFFFFFFFFFF for sort in SORTS.values()], dtype=np.uint64)
_LATIN = SORTS[Space.LATIN, True]


def build(names: Sequence[Name]) -> tuple[dict[str, Block], list[Token]]:
    """The arrays of an index over names; a name is known by its position, its tokens by their numbers."""
    rows = _Rows()
    for name in names:
        rows.add(name)
    tokens = list(rows.tokens)
    left = np.array(rows.left, dtype=np.int32)
    word = np.array(rows.word, dtype=np.int32)
    postings, posting_starts = grouped(word, len(left))
    blocks: dict[str, Block] = {
        "token kinds": np.array([_NUMBER_OF_KIND[token.kind] for token in tokens], dtype=np.uint8),
        "token classes": np.array(list(map(commonness, tokens)), dtype=np.uint8),
        "term left": left,
        "term right": np.array(rows.right, dtype=np.int32),
        "term sorts": np.array(rows.sort, dtype=np.uint8),
        "terms": word,
        "name starts": np.array(rows.starts, dtype=np.int32),
        "positions": np.array(rows.positions, dtype=np.uint16),
        "position starts": np.array(rows.position_starts, dtype=np.int32),
        "surname words": np.array(rows.surname_words, dtype=np.uint16),
        "postings": postings,
        "posting starts": posting_starts,
    }
    blocks |= rows.keys.blocks()
    blocks |= _initial_blocks(rows, tokens)
    blocks |= _canonical_blocks(names)
    blocks |= reading_blocks(names)
    return blocks, tokens


class _Rows:
    """Names one by one in, their spans as numbers of words out."""

    def __init__(self) -> None:
        self.tokens: dict[Token, int] = {}
        #: A word is a token, two that are joined, or a token that is a compound.
        self.numbers: dict[tuple[int, int, int], int] = {}
        self.left, self.right, self.sort = array("i"), array("i"), array("B")
        self.word, self.starts = array("i"), array("i", [0])
        self.positions, self.position_starts = array("H"), array("i", [0])
        self.surname_words = array("H")
        self.keys = _Keys()
        #: The words that are found by their sounds as well.
        self._heard: set[int] = set()

    def add(self, name: Name) -> None:
        """Take up the next name."""
        self.surname_words.append(name.surname_words)
        tokens = self.tokens
        own = [tokens.setdefault(token, len(tokens)) for token in name.tokens]
        hears = is_organization([token.kind for token in name.tokens])
        for at, token, is_compound in spans(name):
            is_joined = len(at) > 1
            if is_compound:
                word = (tokens.setdefault(token, len(tokens)), -1, COMPOUND | is_joined)
            elif len(at) > 2:
                word = (tokens.setdefault(token, len(tokens)), -1, RUN | JOINED)
            elif is_joined:
                word = (own[at[0]], own[at[1]], JOINED)
            else:
                word = (own[at[0]], -1, 0)
            number = self.numbers.setdefault(word, len(self.left))
            if number == len(self.left):
                self.left.append(word[0])
                self.right.append(word[1])
                self.sort.append(word[2])
                self.keys.add(stored_lookups(token, words=1 if is_compound else len(at)), number)
            if hears and number not in self._heard:
                self._heard.add(number)
                self.keys.add(listed_sounds(token), number)
            self.word.append(number)
            self.positions.extend(at)
            self.position_starts.append(len(self.positions))
        self.starts.append(len(self.word))


class _Keys:
    """The keys that words are found by, each once, and the words that each finds."""

    def __init__(self) -> None:
        # By sort and radius, so that the text alone is looked up.
        self._numbers: list[dict[str, int]] = [{} for _ in range(3 * len(SORTS))]
        self._texts: list[str] = []
        self._sorts, self._radii, self._reaches = array("B"), array("B"), array("B")
        self._held_by, self._held = array("i"), array("i")

    def add(self, lookups: Iterable[Lookup], word: int) -> None:
        """Take up keys of a word."""
        for one in lookups:
            sort = _LATIN if one.space is Space.LATIN else SORTS[one.space, one.is_latin]
            numbers = self._numbers[3 * sort + one.radius]
            number = numbers.setdefault(one.key, len(self._texts))
            if number == len(self._texts):
                self._texts.append(one.key)
                self._sorts.append(sort)
                self._radii.append(one.radius)
                self._reaches.append(one.reach)
            self._held_by.append(number)
            self._held.append(word)

    def blocks(self) -> dict[str, Block]:
        """The keys, the words that each finds, and their misspellings."""
        sorts, radii = np.array(self._sorts, dtype=np.uint8), np.array(self._radii, dtype=np.uint8)
        deletions = Deletions.of(self._texts, SALTS[sorts], radii, np.array(self._reaches, dtype=np.uint8))
        return {
            "key letters": np.fromiter(map(ord, chain.from_iterable(self._texts)), dtype=np.uint32),
            "key starts": starts_of(map(len, self._texts)),
            "key sorts": sorts,
            "key radii": radii,
            **key_terms(
                np.array(self._held_by, dtype=np.int32), np.array(self._held, dtype=np.int32), len(self._texts)
            ),
            **deletions_blocks("key", deletions),
        }


def key_terms(keys: Ints, terms: Ints, count: int) -> dict[str, Block]:
    """The terms that each of so many keys finds, rising and each once; `keys` has the key of each of `terms`."""
    pairs = np.unique(keys.astype(np.int64) << 32 | terms)
    starts = np.searchsorted(pairs, np.arange(count + 1, dtype=np.int64) << 32)
    return {"key terms": pairs.astype(np.int32), "key term starts": starts.astype(np.int32)}


def _initial_blocks(rows: _Rows, tokens: Sequence[Token]) -> dict[str, Block]:
    """Words by their first letter, and those of them that are initials by the class of theirs."""
    single = [at for at, sort in enumerate(rows.sort) if sort & COMPOUND or not sort & JOINED]
    first = [tokens[rows.left[at]].key[0] for at in single]
    letters = np.array(list(map(ord, first)), dtype=np.uint32)
    classes = np.array([ord(letter_class(letter)) for letter in first], dtype=np.uint32)
    words = np.array(single, dtype=np.int32)
    is_initial = np.array([tokens[rows.left[at]].kind is TokenKind.INITIAL for at in single], dtype=np.bool_)
    return {
        **lettered("word", letters, words),
        **lettered("initial", classes[is_initial], words[is_initial]),
    }


def lettered(name: str, letters: NDArray[np.uint32], words: Ints) -> dict[str, Block]:
    """What keeps words, rising, by their first letters under this name."""
    known, groups = np.unique(letters, return_inverse=True)
    order, starts = grouped(groups.astype(np.int32), len(known))
    return {f"{name} letters": known, f"{name} letter starts": starts, f"{name} letter terms": words[order]}


def _canonical_blocks(names: Iterable[Name]) -> dict[str, Block]:
    texts = list(map(canonical_text, names))
    hashes = np.array(list(map(text_hash, texts)), dtype=np.uint64)
    return {**hashed("canonical", hashes), **Texts.blocks("canonical", texts)}


def hashed(name: str, hashes: NDArray[np.uint64]) -> dict[str, Block]:
    """What keeps the hashes of names, given in their order, under this name."""
    order = np.argsort(hashes, kind="stable")
    return {f"{name} hashes": hashes[order], f"{name} names": order.astype(np.int32)}
