"""The words of cleaned text: `Word`, what every language's reader works on."""

from __future__ import annotations

import re
from functools import lru_cache

import attrs

from .script import SIGNS, scripts_of
from .syllables import BURMESE, syllables

_HAN = "\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*'?|,")
_DIGIT = re.compile(r"\d")
#: A letter or two and a number, or a number and a letter: one word here, two words elsewhere (MS13, MS-13; 17N, 17 N).
#: A digit behind a longer word is a stray one (Putin1).
_CODE = re.compile(r"([a-z\u0370-\u052f])(\d{1,4})|([a-z\u0370-\u052f]{2})(\d{2,4})|(\d{1,4})([a-z\u0370-\u052f])")
#: Interpuncts, which stand between the parts of a foreigner's name in Chinese and Japanese.
_DOTS = "\u00b7\u2022\u2027\u2219\u22c5\u30fb"
_MARKS = frozenset(f",{_DOTS}")
#: A word of two letters or more with a point behind it, which may be cut short: "Григ." for Григорьевич.
_POINTED = re.compile(r"([^\W\d_]{2,})\.(?!\w)")
_LETTERS = rf"(?:[^\W_{_HAN}][{SIGNS}]*)+"
_WORD = re.compile(rf"[{_HAN}]+|[{BURMESE}]+|{_LETTERS}(?:'{_LETTERS})*'?|[,{_DOTS}]")
_BURMESE = re.compile(f"[{BURMESE}]")


@attrs.frozen
class Word:
    """A run of letters or digits, apostrophes inside it included; a run of Han characters is one word."""

    #: The word after cleaning: casefolded, NFKC, its diacritics and apostrophes (as "'") kept.
    text: str
    #: The script of its first letter, "Han", "Hangul", "Cyrillic", "Latin" ...; None for digits.
    script: str | None
    #: True where a comma follows: in "RI, Hong-il" it marks the surname.
    before_comma: bool = False
    #: True where an interpunct follows: in 贝拉克·奥巴马 it shows a foreigner.
    before_dot: bool = False
    #: True where a point follows: the word may be cut short.
    before_point: bool = False
    #: True for a title in Chinese, Korean or Japanese (`vocabulary.east_asian_titles`).
    is_title: bool = False


def split_words(cleaned: str) -> tuple[Word, ...]:
    """Split cleaned text at everything that is neither letter, digit nor apostrophe inside a word, and codes in two.

    >>> [word.text for word in split_words("ms13")] == [word.text for word in split_words("ms-13")]
    True
    """
    found = (_ASCII_WORD if cleaned.isascii() else _WORD).findall(cleaned)
    if _DIGIT.search(cleaned):
        found = [part for text in found for part in _parts(text)]
    if not cleaned.isascii() and _BURMESE.search(cleaned):
        found = [part for text in found for part in (syllables(text) if _BURMESE.match(text) else (text,))]
    pointed = frozenset(_POINTED.findall(cleaned)) if "." in cleaned else frozenset()
    if not pointed and _MARKS.isdisjoint(found):
        return tuple(map(_word, found))
    return tuple(
        [
            _word(text, after == ",", after in _DOTS, text in pointed)
            for text, after in zip(found, [*found[1:], " "], strict=True)
            if text not in _MARKS
        ]
    )


def _parts(text: str) -> tuple[str, ...]:
    code = _CODE.fullmatch(text)
    return tuple(filter(None, code.groups())) if code else (text,)


@lru_cache(maxsize=32_768)
def _word(text: str, before_comma: bool = False, before_dot: bool = False, before_point: bool = False) -> Word:
    return Word(text, next(iter(scripts_of(text)), None), before_comma, before_dot, before_point)
