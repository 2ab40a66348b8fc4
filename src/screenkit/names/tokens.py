"""Words of a name in, its tokens out: terms of the tables by their keys, every other word by its sounds.

Each script has one reader. Latin, Cyrillic, Arabic, Hebrew, Greek, Armenian, Georgian, Han and Hangul have tables of
our own; whatever else there is goes through Unidecode and is marked approximate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import attrs

from screenkit.model import Token, TokenKind
from screenkit.model.normalized import Compound

from . import arabic, arabic_latin, arabic_words, chinese, cyrillic, japanese, korean, patronymic, slavic, small_scripts
from .fallback import to_ascii
from .han_table import han_equal_key
from .misreadings import is_misread
from .misspellings import misspelled_term
from .segments import segment
from .terms import Term
from .vocabulary import match, may_begin
from .words import Word

_ASCII_WORD = re.compile(r"[a-z0-9]+")
#: Scripts written without spaces between words.
UNSEGMENTED = frozenset({"Han", "Hangul", "Hiragana", "Katakana"})
_SOUND_KINDS = frozenset({TokenKind.WORD, TokenKind.PATRONYMIC})
#: Slavic and Arabic keys of words below this length say too little.
_SHORTEST_READ = 3
_SURNAME_LIKE = ("ov", "ev", "in", "ski")


#: A word, or a part of a run written without spaces: its text, its script, and the term it is where that is known.
_Part = tuple[str, str | None, Term | None]


def tokens_of(words: Sequence[Word]) -> tuple[tuple[Token, ...], tuple[Compound, ...], int]:
    """The tokens of a name, its compounds, and how many tokens stand before its one comma (`Name.surname_words`)."""
    parts = _parts(words)
    texts = [text for text, _, _ in parts]
    comma = _comma(words)
    tokens: list[Token] = []
    surname_words = 0
    may_join = has_patronymic = False
    at = 0
    while at < len(parts):
        if at == comma:
            surname_words = len(tokens)
        text, script, term = parts[at]
        length = 1
        if term is None:
            word = _read(text, script)
            may_join = may_join or word.may_join
            has_patronymic = has_patronymic or word.is_patronymic
            found = match(texts, at) if word.may_begin_term else None
            if found is None:
                tokens += word.tokens
                at += 1
                continue
            term, length = found
        tokens.append(_term_token(term, " ".join(texts[at : at + length]), script))
        at += length
    if has_patronymic:
        tokens = _with_patronymic(tokens, words)
    return tuple(tokens), tuple(_compounds(tokens)) if may_join else (), surname_words


def _comma(words: Sequence[Word]) -> int:
    """Which part stands after the one comma between two words; 0 without a comma, and where there are several."""
    commas = [at for at, word in enumerate(words, start=1) if word.before_comma and at < len(words)]
    return len(_parts(words[: commas[0]])) if len(commas) == 1 else 0


@lru_cache(maxsize=32_768)
def _term_token(term: Term, text: str, script: str | None) -> Token:
    """A term by its key; a generic word by its sounds as well, which lists transliterate as often as translate."""
    if term.kind is not TokenKind.GENERIC or " " in text:
        return Token(text, term.key, term.kind)
    return Token(text, term.key, term.kind, slavic=_slavic(text, script), arabic=_arabic(text, script))


def _parts(words: Sequence[Word]) -> list[_Part]:
    parts: list[_Part] = []
    for word in words:
        if word.script in UNSEGMENTED:
            parts.extend((text, word.script, term) for text, term in segment(word.text, str(word.script)))
        else:
            parts.append((word.text, word.script, None))
    return parts


class _Read(NamedTuple):
    """What is known of a word wherever it stands: one look-up finds it all."""

    #: Its tokens where it is no term.
    tokens: tuple[Token, ...]
    may_begin_term: bool
    #: Whether it can make a compound with its neighbors.
    may_join: bool
    #: Whether it has the form of a patronymic.
    is_patronymic: bool


@lru_cache(maxsize=16_384)
def _read(text: str, script: str | None) -> _Read:
    return _Read(
        _word_tokens(text, script), may_begin(text), arabic_words.may_join(text), patronymic.is_patronymic(text)
    )


def _word_tokens(text: str, script: str | None) -> tuple[Token, ...]:
    """The tokens of one word: one, or several where its transliteration has spaces."""
    reader = _READERS.get(script or "")
    latin = text if text.isascii() else to_ascii(reader(text) if reader else text).lower()
    latin = latin.replace("'", "")
    keys = [latin] if latin.isalpha() else _ASCII_WORD.findall(latin)
    if not keys:
        # No Latin letter stands for it: it is found by being equal.
        return (Token(text, text, TokenKind.SYMBOL, is_approximate=True),)
    if len(keys) > 1:
        return tuple(Token(text, key, _kind(key), is_approximate=reader is None) for key in keys)
    if script == "Latin" and (term := misspelled_term(keys[0])) is not None:
        # It weighs what the term does and is found by its letters: the slip makes its sounds doubtful.
        return (Token(text, keys[0], term.kind, is_approximate=True),)
    kind = _kind(keys[0])
    # A misread word is compared by its letters: what it sounds like is what is in doubt.
    is_heard = kind in _SOUND_KINDS and keys[0].isalpha()
    return (
        Token(
            text,
            keys[0],
            kind,
            native=_native(text, script),
            slavic=_slavic(text, script) if is_heard else (),
            arabic=_arabic(text, script) if is_heard else (),
            is_approximate=reader is None and script not in (None, "Latin"),
        ),
    )


def _kind(key: str) -> TokenKind:
    if not key.isalpha():
        return TokenKind.WORD if is_misread(key) else TokenKind.NUMERAL
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
        "Hiragana": japanese.printed,
        "Katakana": japanese.printed,
    }
)


def _native(text: str, script: str | None) -> str:
    """What two words of one script are compared by where their sounds say less than their letters."""
    if script == "Han":
        return han_equal_key(text)
    if script in ("Arabic", "Hebrew"):
        return arabic.letters_alike(text)
    return text if script == "Hangul" else ""


def _slavic(text: str, script: str | None) -> tuple[str, ...]:
    if script not in ("Latin", "Cyrillic") or len(text) < _SHORTEST_READ:
        return ()
    keys = [key for key in slavic.folds(text) if len(key) >= _SHORTEST_READ]
    classes = [f"@{found}" for found in slavic.given_classes(text)]
    endings = [f"~{key}" for key in map(patronymic.masculine, keys) if key.endswith(_SURNAME_LIKE)]
    return tuple(dict.fromkeys(keys + classes + endings)) if classes or endings else tuple(keys)


def _arabic(text: str, script: str | None) -> tuple[str, ...]:
    if len(text) < _SHORTEST_READ:
        return ()
    if script == "Latin":
        return arabic_latin.latin_keys(text)
    return arabic.native_keys(text) if script in ("Arabic", "Hebrew") else ()


def _with_patronymic(tokens: list[Token], words: Sequence[Word]) -> list[Token]:
    """Mark the patronymic; "Abramovich" in a name of two words, or before a comma, is the surname."""
    if len(tokens) < patronymic.FEWEST_WORDS:
        return tokens
    places = [at for at, token in enumerate(tokens) if token.kind is TokenKind.WORD]
    texts = [tokens[at].text for at in places]
    comma = next((word.text for word in words[:-1] if word.before_comma), None)
    surname = texts.index(comma) if comma in texts else None
    found = patronymic.patronymic_in(texts, surname)
    if found is None:
        return tokens
    marked = places[found]
    return [*tokens[:marked], attrs.evolve(tokens[marked], kind=TokenKind.PATRONYMIC), *tokens[marked + 1 :]]


def _compounds(tokens: Sequence[Token]) -> Iterator[Compound]:
    words = [Word(token.text, "Arabic" if token.key and not token.text.isascii() else "Latin") for token in tokens]
    for start, stop in arabic_words.join_compounds(words):
        if stop - start > 1:
            joined = "".join(token.text for token in tokens[start:stop])
            keys = arabic_latin.latin_keys(joined) if joined.isascii() else arabic.native_keys(joined)
            key = "".join(token.key for token in tokens[start:stop])
            yield Compound(start=start, stop=stop, token=Token(joined, key, arabic=keys))
