"""The Unicode script of a character, by the blocks of the scripts that names are written in."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import lru_cache

from .notation import read

#: Blocks in order: first code point, last code point, script.
_BLOCKS = tuple((int(first, 16), int(last, 16), script) for first, last, script in read("scripts.txt").rows(3))
_STARTS = tuple(first for first, _, _ in _BLOCKS)
#: The marks that spell vowels and clusters in the scripts of India and Southeast Asia, which regular expressions take
#: for no part of a word.
SIGNS = "".join(chr(code) for code in range(0x0900, 0x1800) if unicodedata.category(chr(code))[0] == "M")


@lru_cache(maxsize=16_384)
def script_of(character: str) -> str | None:
    """The script of a letter or mark; None for digits, punctuation, spaces and marks of no script."""
    category = unicodedata.category(character)
    if category[0] not in "LM" or (category == "Mn" and character < "\u0370"):
        return None
    at = bisect_right(_STARTS, ord(character)) - 1
    if at >= 0 and ord(character) <= _BLOCKS[at][1]:
        return _BLOCKS[at][2]
    return unicodedata.name(character, "UNKNOWN").split(" ", 1)[0].title()


def scripts_of(text: str) -> tuple[str, ...]:
    """The scripts of a text's letters, in order of first appearance."""
    if text.isascii():
        return ("Latin",) if text.upper() != text.lower() else ()
    return tuple(script for script in dict.fromkeys(map(script_of, text)) if script)
