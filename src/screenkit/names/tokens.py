"""Words of a name in, its tokens out: terms of the tables by their keys, every other word by its sounds.

Each script has one reader. Latin, Cyrillic, Arabic, Hebrew, Greek, Armenian, Georgian, Han and Hangul have tables of
our own; whatever else there is goes through Unidecode and is marked approximate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

import attrs

from screenkit.model import Token, TokenKind
from screenkit.model.normalized import Compound

from . import arabic, arabic_latin, arabic_words, chinese, cyrillic, korean, patronymic, slavic, small_scripts
from .fallback import to_ascii
from .han_table import han_equal_key
from .vocabulary import Term, match, segment
from .words import Word

_ASCII_WORD = re.compile(r"[a-z0-9]+")
#: Scripts written without spaces between words.
UNSEGMENTED = frozenset({"Han", "Hangul", "Hiragana", "Katakana"})
_SOUND_KINDS = frozenset({TokenKind.WORD, TokenKind.PATRONYMIC})
#: Slavic and Arabic keys of words below this length say too little.
_SHORTEST_READ = 3
_SURNAME_LIKE = re.compile(r"(?:ov|ev|in|ski)$")


@attrs.frozen
class _Part:
    """A word, or a part of a run written without spaces, with the term it is where that is known."""

    text: str
    script: str | None
    term: Term | None


def tokens_of(words: Sequence[Word]) -> tuple[tuple[Token, ...], tuple[Compound, ...]]:
    """The tokens of a name and its compounds."""
    parts = tuple(_parts(words))
    texts = [part.text for part in parts]
    tokens: list[Token] = []
    at = 0
    while at < len(parts):
        part = parts[at]
        found = (part.term, 1) if part.term is not None else match(texts, at)
        if found is not None:
            term, length = found
            tokens.append(_term_token(term, texts[at : at + length], part.script))
            at += length
            continue
        tokens.extend(word_tokens(part.text, part.script))
        at += 1
    return _with_patronymic(tokens, words), tuple(_compounds(tokens))


def _term_token(term: Term, texts: Sequence[str], script: str | None) -> Token:
    """A term by its key; a generic word by its sounds as well, which lists transliterate as often as translate."""
    token = Token(" ".join(texts), term.key, term.kind)
    if term.kind is not TokenKind.GENERIC or len(texts) > 1:
        return token
    return attrs.evolve(token, slavic=_slavic(texts[0], script), arabic=_arabic(texts[0], script))


def _parts(words: Sequence[Word]) -> Iterator[_Part]:
    for word in words:
        if word.script in UNSEGMENTED:
            for text, term in segment(word.text, str(word.script)):
                yield _Part(text, word.script, term)
        else:
            yield _Part(word.text, word.script, None)


@lru_cache(maxsize=65_536)
def word_tokens(text: str, script: str | None) -> tuple[Token, ...]:
    """The tokens of one word: one, or several where its transliteration has spaces."""
    reader = _READERS.get(script or "")
    latin = reader(text) if reader else text
    keys = _ASCII_WORD.findall(to_ascii(latin).lower().replace("'", ""))
    if not keys:
        # No Latin letter stands for it: it is found by being equal.
        return (Token(text, text, TokenKind.SYMBOL, is_approximate=True),)
    if len(keys) > 1:
        return tuple(Token(text, key, _kind(key), is_approximate=reader is None) for key in keys)
    kind = _kind(keys[0])
    return (
        Token(
            text,
            keys[0],
            kind,
            native=han_equal_key(text) if script == "Han" else text if script == "Hangul" else "",
            slavic=_slavic(text, script) if kind in _SOUND_KINDS else (),
            arabic=_arabic(text, script) if kind in _SOUND_KINDS else (),
            is_approximate=reader is None and script not in (None, "Latin"),
        ),
    )


def _kind(key: str) -> TokenKind:
    if any(character.isdigit() for character in key):
        return TokenKind.NUMERAL
    return TokenKind.INITIAL if len(key) == 1 else TokenKind.WORD


def _han(text: str) -> str:
    return "".join(chinese.pinyin_words(text))


def _hangul(text: str) -> str:
    if not all("\uac00" <= character <= "\ud7a3" for character in text):
        return to_ascii(text)  # lone letters (jamo) are no syllables
    return "".join(character for character in korean.revised(text) if character.isalnum())


#: Script -> the reader that writes a word of it in Latin letters.
_READERS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "Cyrillic": cyrillic.printed,
        "Arabic": arabic.printed,
        "Hebrew": arabic.printed,
        "Greek": small_scripts.greek,
        "Armenian": small_scripts.armenian,
        "Georgian": small_scripts.georgian,
        "Han": _han,
        "Hangul": _hangul,
    }
)


def _slavic(text: str, script: str | None) -> tuple[str, ...]:
    if script not in ("Latin", "Cyrillic") or len(text) < _SHORTEST_READ:
        return ()
    keys = [key for key in slavic.folds(text) if len(key) >= _SHORTEST_READ]
    classes = [f"@{found}" for key in keys if (found := slavic.given_class(key))]
    endings = [f"~{key}" for key in map(patronymic.masculine, keys) if _SURNAME_LIKE.search(key)]
    return tuple(dict.fromkeys((*keys, *classes, *endings)))


def _arabic(text: str, script: str | None) -> tuple[str, ...]:
    if len(text) < _SHORTEST_READ:
        return ()
    if script == "Latin":
        return arabic_latin.latin_keys(text)
    return arabic.native_keys(text) if script in ("Arabic", "Hebrew") else ()


def _with_patronymic(tokens: Sequence[Token], words: Sequence[Word]) -> tuple[Token, ...]:
    """Mark the patronymic; "Abramovich" in a name of two words, or before a comma, is the surname."""
    texts = [token.text for token in tokens if token.kind is TokenKind.WORD]
    comma = next((word.text for word in words[:-1] if word.before_comma), None)
    surname = texts.index(comma) if comma in texts else None
    at = patronymic.patronymic_in(texts, surname)
    if at is None:
        return tuple(tokens)
    marked = [index for index, token in enumerate(tokens) if token.kind is TokenKind.WORD][at]
    return tuple(
        attrs.evolve(token, kind=TokenKind.PATRONYMIC) if index == marked else token
        for index, token in enumerate(tokens)
    )


def _compounds(tokens: Sequence[Token]) -> Iterator[Compound]:
    if not any(arabic_words.may_join(token.text) for token in tokens):
        return
    words = [Word(token.text, "Arabic" if token.key and not token.text.isascii() else "Latin") for token in tokens]
    for start, stop in arabic_words.join_compounds(words):
        if stop - start > 1:
            joined = "".join(token.text for token in tokens[start:stop])
            keys = arabic_latin.latin_keys(joined) if joined.isascii() else arabic.native_keys(joined)
            key = "".join(token.key for token in tokens[start:stop])
            yield Compound(start=start, stop=stop, token=Token(joined, key, arabic=keys))
