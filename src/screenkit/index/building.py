"""Normalised names in, the arrays of an index out, with the tokens that they number."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from screenkit.model import Name, Space, Token, TokenKind
from screenkit.names.commonness import commonness
from screenkit.nearness import stored_lookups
from screenkit.neighbourhood import Neighbourhoods
from screenkit.spans import spans

from .arrays import Block, Ints, Texts, around_blocks, grouped, text_hash
from .readings import reading_blocks

#: What a word is beside a single token: a pair of adjacent ones, or a compound by the rules of Arabic names.
JOINED, COMPOUND = 1, 2
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
    posted, posted_starts = grouped(word, len(left))
    blocks: dict[str, Block] = {
        "token kinds": np.array([_NUMBER_OF_KIND[token.kind] for token in tokens], dtype=np.uint8),
        "token classes": np.array(list(map(commonness, tokens)), dtype=np.uint8),
        "word left": left,
        "word right": np.array(rows.right, dtype=np.int32),
        "word sorts": np.array(rows.sort, dtype=np.uint8),
        "spans": word,
        "row starts": np.array(rows.starts, dtype=np.int32),
        "positions": np.array(rows.positions, dtype=np.uint16),
        "position starts": np.array(rows.position_starts, dtype=np.int32),
        "surname words": np.array(rows.surname_words, dtype=np.uint16),
        "posted": posted,
        "posted starts": posted_starts,
    }
    blocks |= rows.keys.blocks(len(left))
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

    def add(self, name: Name) -> None:
        """Take up the next name."""
        self.surname_words.append(name.surname_words)
        tokens = self.tokens
        own = [tokens.setdefault(token, len(tokens)) for token in name.tokens]
        for at, token, is_compound in spans(name):
            is_joined = len(at) > 1
            if is_compound:
                word = (tokens.setdefault(token, len(tokens)), -1, COMPOUND | is_joined)
            elif is_joined:
                word = (own[at[0]], own[at[1]], JOINED)
            else:
                word = (own[at[0]], -1, 0)
            number = self.numbers.setdefault(word, len(self.left))
            if number == len(self.left):
                self.left.append(word[0])
                self.right.append(word[1])
                self.sort.append(word[2])
                self.keys.add(token, number, word[2] == JOINED)
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

    def add(self, token: Token, word: int, is_joined: bool) -> None:
        """Take up the keys of a word."""
        for one in stored_lookups(token, is_joined=is_joined):
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

    def blocks(self, words: int) -> dict[str, Block]:
        """The keys, the words that each finds, and their misspellings."""
        sorts, radii = np.array(self._sorts, dtype=np.uint8), np.array(self._radii, dtype=np.uint8)
        order, starts = grouped(np.array(self._held_by, dtype=np.int32), len(self._texts))
        reaches = np.array(self._reaches, dtype=np.int64)
        around = Neighbourhoods.of(self._texts, SALTS[sorts], radii.astype(np.int64), reaches)
        return {
            **Texts.blocks("keys", self._texts),
            "key sorts": sorts,
            "held": np.array(self._held, dtype=np.int32)[order],
            "held starts": starts,
            **around_blocks("key", around),
        }


def _initial_blocks(rows: _Rows, tokens: Sequence[Token]) -> dict[str, Block]:
    """Words by their first letter, and those of them that are initials."""
    single = [at for at, sort in enumerate(rows.sort) if sort != JOINED]
    letters = np.array([ord(tokens[rows.left[at]].key[0]) for at in single], dtype=np.uint32)
    words = np.array(single, dtype=np.int32)
    is_initial = np.array([tokens[rows.left[at]].kind is TokenKind.INITIAL for at in single], dtype=np.bool_)
    return {
        **_lettered("word", letters, words),
        **_lettered("initial", letters[is_initial], words[is_initial]),
    }


def _lettered(name: str, letters: NDArray[np.uint32], words: Ints) -> dict[str, Block]:
    known, groups = np.unique(letters, return_inverse=True)
    order, starts = grouped(groups.astype(np.int32), len(known))
    return {f"{name} letters": known, f"{name} letter starts": starts, f"{name} lettered": words[order]}


def _canonical_blocks(names: Iterable[Name]) -> dict[str, Block]:
    texts = list(map(canonical_text, names))
    hashes = np.array(list(map(text_hash, texts)), dtype=np.uint64)
    order = np.argsort(hashes, kind="stable")
    return {
        "canonical hashes": hashes[order],
        "canonical rows": order.astype(np.int32),
        **Texts.blocks("canonical", texts),
    }


def canonical_text(name: Name) -> str:
    """What equal names share and no others: no key has a character of nought in it."""
    return "\0".join(name.canonical)
