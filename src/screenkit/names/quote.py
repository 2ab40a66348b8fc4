"""The text of each token of a name with the capitals of the name as given, for evidence to quote.

Tokens are made of folded text. Folding rarely changes how many characters there are, so a token's place in the folded
words is its place in the unfolded ones; where it does (ß, İ), the folded text is quoted.
"""

from __future__ import annotations

from collections.abc import Sequence

from screenkit.model import Token

from . import normalize
from .clean import STEPS, drop_invisible
from .split import split_words

_UNFOLDED = tuple(step for name, step in STEPS if name != "fold case")


def as_given(text: str, tokens: Sequence[Token]) -> tuple[str, ...]:
    """The text of each of the tokens of `normalize(text)`, its words separated by one space.

    >>> as_given("PISKLIN, Mikhail Yur'evich", normalize("PISKLIN, Mikhail Yur'evich").tokens)
    ('PISKLIN', 'Mikhail', "Yur'evich")
    """
    return _as_given_ascii(text, tokens) or _as_given(text)


def _as_given_ascii(text: str, tokens: Sequence[Token]) -> tuple[str, ...] | None:
    """The same word by word, where a text is ASCII and its words are those of its tokens: nearly always."""
    if not text.isascii():
        return None
    given = [word.text for word in split_words(drop_invisible(text))]
    if len(given) == len(tokens) and all(map(_is_folded, given, tokens)):
        return tuple(given)
    return None


def _is_folded(given: str, token: Token) -> bool:
    return given.lower() == token.text


def _as_given(text: str) -> tuple[str, ...]:
    name = normalize(text)
    unfolded = text
    for step in _UNFOLDED:
        unfolded = step(unfolded)
    words = split_words(unfolded)
    given = [(character, at) for at, word in enumerate(words) for character in word.text]
    folded = "".join(word.text for word in split_words(name.cleaned))
    if len(given) != len(folded):
        return tuple(token.text for token in name.tokens)
    quoted, position = [], 0
    for token in name.tokens:
        wanted = token.text.replace(" ", "")
        if not folded.startswith(wanted, position):
            return tuple(one.text for one in name.tokens)
        quoted.append(_spaced(given[position : position + len(wanted)]))
        position += len(wanted)
    return tuple(quoted)


def _spaced(characters: list[tuple[str, int]]) -> str:
    """Characters joined, a space where the word changes."""
    text = ""
    for at, (character, word) in enumerate(characters):
        text += f" {character}" if at and word != characters[at - 1][1] else character
    return text
