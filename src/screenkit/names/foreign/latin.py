"""The foreign key of a word in Latin letters: how those who transcribe foreign names may hear it."""

from __future__ import annotations

import re
import unicodedata

from screenkit.names.notation import read

#: A longer run of letters is no name, and has no key.
MOST_LETTERS = 48

_TABLE = read("foreign/latin.txt")
_LETTERS = str.maketrans(_TABLE.letters("letters"))
# Each spelling is a branch that ends in an empty group, whose number names its sound.
_BRANCHES = [(pattern, rule.sound) for rule in _TABLE.rules() for pattern in rule.patterns()]
_SPELLING = re.compile("|".join(f"{pattern}()" for pattern, _ in _BRANCHES))
_TWICE = re.compile(r"(.)\1")
_DOUBLED = re.compile(r"(.)\1+")


def latin_key(word: str) -> str:
    """The foreign key of a word in Latin letters; empty for what has none.

    >>> latin_key("Obama"), latin_key("Zelensky"), latin_key("Schröder")
    ('obama', 'Zelenski', 'XrodeR')
    """
    if len(word) > MOST_LETTERS:
        return ""
    if not word.isascii():
        word = unicodedata.normalize("NFD", unicodedata.normalize("NFC", word.casefold()).translate(_LETTERS))
    letters = word.lower()
    if not (letters.isascii() and letters.isalpha()):
        letters = "".join([letter for letter in letters if "a" <= letter <= "z"])
    key = _SPELLING.sub(_sound, letters)
    return _DOUBLED.sub(r"\1", key) if _TWICE.search(key) else key


def _sound(found: re.Match[str]) -> str:
    return _BRANCHES[(found.lastindex or 1) - 1][1]
