"""A string in, a `Name` out: `normalize`, the only function that makes names.

The string is cleaned (`clean.STEPS`), split into words, the words made into tokens (`tokens`), and the whole read as
the name of a Chinese, Korean or Japanese person where it parses as one (`readings`).

The folder of each language has the same four functions: `keys(word)`, `readings(words)`, `similarity(one, other)` of
two keys, and `edits_allowed(length)`. What it knows of letters and spellings is in its tables (docs/tables.md).

Standards and books that this package's comments name say which system a rule belongs to. Unihan's files were read by a
generator; everything else is written from general knowledge and was not compared with those texts row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from screenkit.errors import InvalidSubjectError
from screenkit.model import Name, Reading, Token, TokenKind
from screenkit.model.subject import check_name

from .clean import STEPS, clean
from .readings import person_readings
from .script import scripts_of
from .split import Word, split_words
from .tokens import tokens_of
from .vocabulary.east_asian_titles import with_titles_apart

__all__ = ["STEPS", "normalize", "word_reading"]


@lru_cache(maxsize=1_024)
def normalize(text: str) -> Name:
    """Normalize a name in any script.

    Raises `InvalidSubjectError` for what is no name: blank, longer than 4,096 characters or 128 words, not valid
    Unicode, or nothing but invisible characters.
    """
    cleaned, trace = clean(check_name(text))
    words: Sequence[Word] = split_words(cleaned)
    if not cleaned.isascii():
        words = with_titles_apart(words)
    tokens, compounds, surname_words = tokens_of(words)
    if not tokens:
        if not cleaned:
            raise InvalidSubjectError("the name holds nothing but invisible characters; there is nothing to screen")
        # A name of symbols only is listed somewhere, sometime: it is found by being equal.
        tokens = (Token(cleaned, cleaned.replace(" ", ""), TokenKind.SYMBOL),)
    scripts = scripts_of(cleaned)
    by_word = _by_word(tokens, cleaned.isascii())
    return Name(
        text=text,
        cleaned=cleaned,
        tokens=tokens,
        compounds=compounds,
        surname_words=surname_words,
        scripts=scripts,
        readings=(by_word, *person_readings(words, tokens)),
        trace=trace,
    )


def word_reading(text: str, tokens: Sequence[Token]) -> Reading:
    """The first reading of a name, word by word; `tokens` are those of `normalize(text)`.

    >>> word_reading("RI, Hong-il", normalize("RI, Hong-il").tokens) == normalize("RI, Hong-il").readings[0]
    True
    """
    return _by_word(tokens, text.isascii() or clean(text)[0].isascii())


def _by_word(tokens: Sequence[Token], is_latin: bool) -> Reading:
    return Reading(
        language="und",
        system="latin" if is_latin else "transliteration",
        text=" ".join([token.key for token in tokens]),
        is_approximate=any(token.is_approximate for token in tokens),
    )
