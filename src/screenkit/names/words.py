"""Cleaned text in, its words out: `Word`, what every language's reader works on."""

from __future__ import annotations

import re
from functools import lru_cache

import attrs

from .script import scripts_of

_HAN = "\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*'?|,")
_WORD = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+(?:'[^\W_{_HAN}]+)*'?|,")


@attrs.frozen
class Word:
    """A run of letters or digits, apostrophes inside it included; a run of Han characters is one word."""

    #: The word after cleaning: casefolded, NFKC, its diacritics and apostrophes (as "'") kept.
    text: str
    #: The script of its first letter, "Han", "Hangul", "Cyrillic", "Latin" ...; None for digits.
    script: str | None
    #: True where a comma follows: in "RI, Hong-il" it marks the surname.
    before_comma: bool = False


def split_words(cleaned: str) -> tuple[Word, ...]:
    """Split cleaned text at everything that is neither letter, digit nor apostrophe inside a word."""
    found = (_ASCII_WORD if cleaned.isascii() else _WORD).findall(cleaned)
    if "," not in found:
        return tuple(map(_word, found))
    return tuple(
        [_word(text, after == ",") for text, after in zip(found, [*found[1:], ""], strict=True) if text != ","]
    )


@lru_cache(maxsize=32_768)
def _word(text: str, before_comma: bool = False) -> Word:
    return Word(text, next(iter(scripts_of(text)), None), before_comma)
