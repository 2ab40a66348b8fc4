"""Numbers among words: digits, ordinals, number words, Roman numerals (`numeral_key`, `number_at`)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from screenkit.model import TokenKind

from .terms import Term, folded, lexicon

# Words after which a Roman numeral may be a single letter or spell a surname (Fund V, Phase XI).
_COUNTERS = frozenset(
    {"fund", "trust", "series", "phase", "part", "class", "unit", "block", "stage", "volume", "tranche", "section"}
    | {"partners", "capital", "factory", "plant", "no"}
)
_NUMBER_WORDS = frozenset({"no", "nr", "number", "num", "numero", "nombor", "n", "номер", "رقم", "شماره"})
_ROMAN = re.compile("(x{0,3})(ix|iv|v?i{0,3})")
# Also names: Xi and Vi; single letters are initials.
_ALSO_NAMES = frozenset({"", "i", "v", "x", "vi", "xi"})
# Two initials before a surname; a name of two words has its number behind.
_ALSO_INITIALS = frozenset({"ii", "iv", "ix", "xx"})
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_DIGITS = re.compile(r"(?:no|nr|제|第)?(\d+)(?:st|nd|rd|th|er|eme|e|호|号)?")
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th", "и", "я", "е", "го", "ыи", "ои", "ая", "ое", "ти", "та"})
_HAN_NUMBER = re.compile("第([一二三四五六七八九十]{1,3})(?:号)?")
_HAN_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}


def numeral_key(word: str) -> str | None:
    """The number a cleaned word stands for, in decimal digits; None for what is no number.

    Digits of any script, ordinals ("3rd", "第三", "제3"), number words of the tables and the Roman numerals up to 39
    that aren't names as well (not I, V, X, VI, XI: see `number_at`, which looks at the word before).

    >>> numeral_key("iii"), numeral_key("third"), numeral_key("xi")
    ('3', '3', None)
    """
    word = folded(word)
    if not word.isalpha() and (digits := _DIGITS.fullmatch(word)):
        plain = "".join(str(unicodedata.decimal(digit)) for digit in digits[1])
        return plain.lstrip("0") or "0"
    if word.startswith("第") and (han := _HAN_NUMBER.fullmatch(word)):
        return _han_number(han[1])
    if word not in _ALSO_NAMES and (value := _roman(word)):
        return value
    for term, mark in lexicon().entries.get(word, ()):
        if term.kind is TokenKind.NUMERAL and not mark:
            return term.key
    return None


def _roman(word: str) -> str | None:
    if not word or word[0] not in _ROMAN_VALUES or len(word) > 7 or not _ROMAN.fullmatch(word):
        return None
    values = [_ROMAN_VALUES[letter] for letter in word]
    return str(sum(-value if value < max(values[at:]) else value for at, value in enumerate(values)))


def _han_number(digits: str) -> str | None:
    """一 to 九十九: tens before 十, units after it."""
    tens, ten, units = digits.rpartition("十")
    if len(tens) > 1 or len(units) > 1 or not (ten or units):
        return None
    return str((_HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + _HAN_DIGITS.get(units, 0))


def may_be_number(word: str) -> bool:
    """Whether a number may begin with a word, folded: it is one, says that one follows, or is one in its place."""
    return word in _NUMBER_WORDS or _roman(word) is not None or numeral_key(word) is not None


def number_at(words: Sequence[str], start: int) -> tuple[Term, int] | None:
    """A number at `start`, with "No." before it, an ending written apart (1-й) or units after tens (twenty first)."""
    word = folded(words[start])
    after = folded(words[start + 1]) if start + 1 < len(words) else ""
    if word in _NUMBER_WORDS and after:
        key = numeral_key(after) or _roman(after)
        return (Term(key, TokenKind.NUMERAL), 2) if key else None
    if word in _ALSO_INITIALS and not start and len(words) == 2 and after not in lexicon().entries:
        return None  # II Sechin is Ivan Igorevich
    key = numeral_key(word)
    if key is None and start and folded(words[start - 1]) in _COUNTERS:
        key = _roman(word)
    if key is None:
        return None
    if word.isdecimal() and after in _ORDINAL_ENDINGS:
        return Term(key, TokenKind.NUMERAL), 2
    units = numeral_key(after) if word.isalpha() and after.isalnum() else None
    if units is not None and len(units) == 1 and len(key) == 2 and key[1] == "0" and not _roman(word):
        return Term(key[0] + units, TokenKind.NUMERAL), 2
    return Term(key, TokenKind.NUMERAL), 1
