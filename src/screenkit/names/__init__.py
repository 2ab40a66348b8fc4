"""A string in, a `Name` out: `normalize`, the only maker of names.

Cleaned text is split into words at everything that is neither letter nor digit; a word's key is its ASCII
form. Phrases of the tables (legal forms, generic words) become one token with the key they share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import attrs

from screenkit.errors import InvalidSubjectError
from screenkit.model import Name, Reading, Token, TokenKind
from screenkit.model.asked import check_name

from .clean import STEPS, clean
from .fallback import to_ascii
from .script import scripts_of
from .vocabulary import match

__all__ = ["STEPS", "normalize"]

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_WORD = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+(?:'[^\W_{_HAN}]+)*'?")
# Russian, Ukrainian and Belarusian patronymics in the usual romanisations (BGN/PCGN, ISO 9, ICAO 9303).
_PATRONYMIC = re.compile(r"[a-z]{2,}(?:ov|ev|yev|iev|jev)(?:ich|itch|ych|icz|na)")
_ASCII_WORD = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=4_096)
def normalize(text: str) -> Name:
    """Normalise a name in any script.

    Raises `InvalidSubjectError` for what is no name: blank, longer than 4,096 characters, not valid Unicode,
    or nothing but invisible characters.
    """
    cleaned, trace = clean(check_name(text))
    tokens = _in_context(tuple(_tokens(cleaned)))
    if not tokens:
        if not cleaned:
            raise InvalidSubjectError("the name holds nothing but invisible characters; there is nothing to screen")
        # A name of symbols only is listed somewhere, sometime: it is found by being equal.
        tokens = (Token(cleaned, cleaned.replace(" ", ""), TokenKind.SYMBOL),)
    scripts = scripts_of(cleaned)
    reading = Reading(
        language="und",
        system="latin" if cleaned.isascii() else "unidecode",
        text=" ".join(token.key for token in tokens),
        is_approximate=any(script != "Latin" for script in scripts),
    )
    return Name(text=text, tokens=tokens, scripts=scripts, readings=(reading,), trace=trace)


def _tokens(cleaned: str) -> Iterator[Token]:
    spelled = [
        (word, key)
        for word in _WORD.findall(cleaned)
        for key in _ASCII_WORD.findall(to_ascii(word).lower().replace("'", ""))
    ]
    keys = [key for _, key in spelled]
    at = 0
    while at < len(spelled):
        term = match(keys, at)
        if term is not None:
            found, length = term
            yield Token(" ".join(dict.fromkeys(word for word, _ in spelled[at : at + length])), found.key, found.kind)
            at += length
            continue
        word, key = spelled[at]
        yield Token(word, key, _kind(key))
        at += 1


def _in_context(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """A patronymic stands beside a given name and a surname; in a shorter name (Roman Abramovich) it is the surname."""
    if sum(token.kind in (TokenKind.WORD, TokenKind.PATRONYMIC) for token in tokens) >= 3:
        return tokens
    return tuple(
        attrs.evolve(token, kind=TokenKind.WORD) if token.kind is TokenKind.PATRONYMIC else token for token in tokens
    )


def _kind(key: str) -> TokenKind:
    if any(character.isdigit() for character in key):
        return TokenKind.NUMERAL
    if _PATRONYMIC.fullmatch(key):
        return TokenKind.PATRONYMIC
    return TokenKind.INITIAL if len(key) == 1 else TokenKind.WORD
