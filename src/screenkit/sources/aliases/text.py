"""What the letters, brackets and initials of a name's text tell about it; used by `patterns`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_SCRIPTS = {
    "Latin": re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]"),
    "Cyrillic": re.compile(r"[Ѐ-ԯ]"),
    "Greek": re.compile(r"[Ͱ-Ͽἀ-῿]"),
    "Arabic": re.compile(r"[؀-ۿݐ-ݿࢠ-ࣿﭐ-﷿ﹰ-ﻼ]"),
    "Hebrew": re.compile(r"[֐-׿]"),
    "CJK": re.compile(r"[぀-ヿ㐀-鿿가-힯]"),
}
_OPENING = {"(": ")", "[": "]", "（": "）"}
#: An abbreviation with fewer letters than this counts only at the end: "(HK)" in mid-name is a place.
_LEAST_LETTERS_INSIDE = 3
#: One with more letters is a word.
_MOST_LETTERS = 15
#: What stands before an abbreviation is left out where it opens a quotation: «Смоленский ...».
_QUOTED = re.compile('[«“„"]')


def groups(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of each outermost bracketed part; none where brackets don't pair."""
    found: list[tuple[int, int]] = []
    closing: list[str] = []
    start = 0
    for at, char in enumerate(text):
        if char in _OPENING:
            if not closing:
                start = at
            closing.append(_OPENING[char])
        elif char in _OPENING.values():
            if not closing or closing.pop() != char:
                return
            if not closing:
                found.append((start, at + 1))
    if not closing:
        yield from found


def split(text: str, separator: str) -> list[str]:
    """Split at separators outside brackets, as a list without blank pieces; whole where brackets don't pair."""
    inside = [range(start, end) for start, end in groups(text)]
    cuts = [at for at, char in enumerate(text) if char == separator and not any(at in group for group in inside)]
    edges = [-1, *cuts, len(text)]
    pieces = [text[left + 1 : right] for left, right in pairwise(edges)]
    return [piece for piece in pieces if piece.strip()]


def is_balanced(text: str) -> bool:
    """Whether there are as many closing brackets as opening ones of each sort."""
    return all(text.count(opening) == text.count(closing) for opening, closing in _OPENING.items())


def balanced(text: str) -> str:
    """Drop a lone bracket at either end: "(Юрий ГОВТВИН", "Минобороны Беларуси)"."""
    for opening, closing in _OPENING.items():
        if text.startswith(opening) and text.count(opening) > text.count(closing):
            text = text[1:].lstrip()
        if text.endswith(closing) and text.count(closing) > text.count(opening):
            text = text[:-1].rstrip()
    return text


def script(text: str) -> str:
    """The script that most letters are of; empty where there is none of those told apart here."""
    counts = {name: len(letters.findall(text)) for name, letters in _SCRIPTS.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""


def words(text: str) -> int:
    """How many words; Chinese, Japanese and Korean names need no space between theirs."""
    return len(text.split()) if script(text) != "CJK" else sum(char.isalpha() for char in text)


def bare(text: str) -> str:
    """The letters and digits alone, for comparing with a table; not the normal form of a name."""
    return "".join(char for char in text.casefold() if char.isalnum())


def abbreviated(letters: str, name: str, *, inside: bool = False) -> int | None:
    """Where the part of `name` starts that `letters` abbreviates; None where they abbreviate none.

    They have to be put together from the beginnings of at least two of its words, in their order.
    """
    capitals = sum(char.isupper() for char in letters)
    wanted = bare(letters)
    if " " in letters or not 2 <= len(wanted) <= _MOST_LETTERS or capitals * 2 < len(wanted):
        return None
    if inside and len(wanted) < _LEAST_LETTERS_INSIDE:
        return None
    found = list(re.finditer(r"[^\W_]+", name))
    folded = [word[0].casefold() for word in found]
    for at, word in enumerate(found):
        if _begins(wanted, folded[at:]):
            before = name[: word.start()]
            return 0 if _QUOTED.search(before) or not any(map(str.isalnum, before)) else word.start()
    return None


def _begins(letters: str, words: list[str]) -> bool:
    """Whether the letters are the beginning of the first word and beginnings of one or more of the others."""
    reached = {length for length in range(1, len(letters)) if words[0][:length] == letters[:length]}
    for word in words[1:] if reached else ():
        reached |= {
            start + length
            for start in reached
            for length in range(1, min(len(word), len(letters) - start) + 1)
            if letters.startswith(word[:length], start)
        }
    return len(letters) in reached
