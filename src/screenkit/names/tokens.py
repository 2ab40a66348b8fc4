"""The tokens of a name: terms of the tables by their keys, every other word by its sounds.

Words are read one by one (`word_tokens`); here is what depends on their place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import attrs

from screenkit.model import Token, TokenKind
from screenkit.model.name import CHILDREN, DAUGHTER, OF_PERSONS, Compound

from .arabic import compounds as arabic_words
from .arabic import latin as arabic_latin
from .arabic import script as arabic
from .chinese.characters import every_hangul
from .foreign.forms import brand_key, foreign_keys
from .set_aside import may_be_addition, without_additions
from .slavic import abbreviations, patronymic
from .split import Word
from .vocabulary.east_asian_titles import title_term
from .vocabulary.glued_forms import without_form
from .vocabulary.misspelled_phrases import meant_words, phrase_at
from .vocabulary.phrases import is_spelled_out, match, may_begin
from .vocabulary.segments import segment
from .vocabulary.short_forms import full_form
from .vocabulary.terms import Term
from .word_tokens import arabic_keys_of, latin_letters, slavic_keys_of, spelled_out, word_tokens

#: Scripts written without spaces between words.
UNSEGMENTED = frozenset({"Han", "Hangul", "Hiragana", "Katakana"})


class _Part(NamedTuple):
    """A word, or a part of a run written without spaces."""

    text: str
    script: str | None
    #: The term it is, where that is known.
    term: Term | None = None
    #: Its foreign key, where it transcribes a foreign name.
    foreign: str = ""


def tokens_of(words: Sequence[Word]) -> tuple[tuple[Token, ...], tuple[Compound, ...], int]:
    """The tokens of a name, its compounds, and how many tokens are before its one comma (`Name.surname_words`)."""
    parts, comma = _parts(words)
    texts = [part.text for part in parts]
    holds_terms = not is_spelled_out(texts)
    read = [_read(text, script) if term is None else _KNOWN for text, script, term, _ in parts]
    may_slip = holds_terms and any(word.may_slip for word in read)
    tokens: list[Token] = []
    surname_words = 0
    may_join = has_patronymic = False
    at = 0
    while at < len(parts):
        if at == comma:
            surname_words = len(tokens)
        text, script, term, foreign = parts[at]
        if term is not None:
            tokens.append(_term_token(term, text, script))
            at += 1
            continue
        word = read[at]
        may_join = may_join or word.may_join
        has_patronymic = has_patronymic or word.is_patronymic
        found = _term_at(texts, at, script, holds_terms and word.may_begin_term, may_slip)
        if found is None:
            tokens += _with_foreign(word.tokens, foreign) if foreign else word.tokens
            at += 1
        else:
            token, length = found
            tokens.append(token)
            at += length
    if surname_words and all(token.kind is TokenKind.TITLE for token in tokens[surname_words:]):
        # The comma parts the name from its title: "Kim Jong Un, Chairman".
        surname_words = 0
    if not CHILDREN.isdisjoint([token.key for token in tokens if token.kind is TokenKind.PARTICLE]):
        tokens = _with_father(tokens)
    elif has_patronymic:
        tokens = _with_patronymic(tokens, words)
    pointed = {word.text for word in words if word.before_point}
    if pointed and all(token.kind in OF_PERSONS for token in tokens):
        tokens = _with_initials(_with_full_forms(tokens, pointed), pointed)
    if _CHOSON in texts:
        tokens = _with_choson(tokens)
    if any(map(may_be_addition, tokens)):
        tokens = without_additions(tokens)
    return tuple(tokens), tuple(_compounds(tokens)) if may_join else (), surname_words


def _term_at(
    words: Sequence[str], at: int, script: str | None, may_begin: bool, may_slip: bool
) -> tuple[Token, int] | None:
    """The token of the term that begins at a word, or of a longer misspelled phrase, and how many words it takes."""
    found = match(words, at) if may_begin else None
    slip = phrase_at(words, at) if may_slip else None
    if slip is not None and (found is None or slip[1] > found[1]):
        term, length = slip
        return _misspelled_token(term, words[at : at + length]), length
    if found is None:
        return None
    term, length = found
    return _term_token(term, " ".join(words[at : at + length]), script), length


@lru_cache(maxsize=32_768)
def _term_token(term: Term, text: str, script: str | None) -> Token:
    """A term by its key; a generic word by its sounds as well, which lists transliterate as often as translate.

    What stands for an organization's own name is a word of that spelling: 真主党, Hizballah.
    """
    if term.kind is TokenKind.WORD:
        return spelled_out(text, term.key)
    if term.kind is not TokenKind.GENERIC or " " in text:
        return Token(text, term.key, term.kind)
    return Token(text, term.key, term.kind, slavic=slavic_keys_of(text, script), arabic=arabic_keys_of(text, script))


def _misspelled_token(term: Term, words: Sequence[str]) -> Token:
    """A phrase with a slip: it weighs what the phrase does and has its own letters, as a misspelled word has."""
    key = "".join([latin_letters(word, "Latin") for word in words])
    return Token(" ".join(words), key, term.kind, is_approximate=True)


def _parts(words: Sequence[Word]) -> tuple[list[_Part], int]:
    """The parts of a name, and which of them comes after its one comma; 0 without one, and where there are several."""
    commas = [at for at, word in enumerate(words, start=1) if word.before_comma and at < len(words)]
    comma = commas[0] if len(commas) == 1 else 0
    if all(word.script == "Latin" for word in words):
        parts = [_Part(word.text, "Latin") for word in words]
    else:
        is_run = any(word.script in UNSEGMENTED for word in words)
        runs = list(_runs(words)) if is_run else [_apart(word) for word in words]
        comma = sum(map(len, runs[:comma]))
        parts = [part for run in runs for part in run]
    if parts and (glued := without_form(parts[-1].text)) is not None:
        # Its form was written without a space.
        parts[-1:] = [_Part(text, "Latin") for text in glued]
    return parts, comma


def _apart(word: Word) -> list[_Part]:
    """The parts of a word: one, or two where a Persian title is written in one word with the name."""
    glued = arabic.without_title(word.text) if word.script == "Arabic" else None
    return [_Part(text, word.script) for text in glued or (word.text,)]


def _runs(words: Sequence[Word]) -> Iterator[list[_Part]]:
    """The parts of each word: of a run its terms and what lies between them, unless it transcribes a foreign name."""
    names = [word for word in words if not word.is_title]
    runs = [
        [_Part(text, word.script, term) for text, term in segment(word.text, str(word.script))]
        if word.script in UNSEGMENTED
        else [_Part(word.text, word.script)]
        for word in names
    ]
    are_terms = any(part.term for run in runs for part in run)
    read = iter(zip(names, runs, foreign_keys(names, are_terms), strict=True))
    for any_word in words:
        if any_word.is_title:
            yield [_Part(any_word.text, any_word.script, title_term(any_word.text))]
            continue
        word, run, key = next(read)
        if key and not all(part.term for part in run) and not _ends_in_korean(run):
            yield [_Part(word.text, word.script, None, key)]
        else:
            yield [_brand(part) for part in run] if are_terms else run


def _ends_in_korean(run: Sequence[_Part]) -> bool:
    """Whether a run in Hangul ends in a term that is no loanword: 멜리은행 is Melli and a bank, not one name."""
    return run[-1].script == "Hangul" and run[-1].term is not None and every_hangul().issuperset(run[-1].text)


def _brand(part: _Part) -> _Part:
    """A part of an organization's name; what lies between the terms may transcribe a foreign name."""
    key = "" if part.term else brand_key(part.text, part.script)
    return part._replace(foreign=key) if key else part


def _with_foreign(tokens: tuple[Token, ...], key: str) -> list[Token]:
    """The tokens of a word that transcribes a foreign name; of a word of several tokens, none does."""
    return [attrs.evolve(token, foreign=key) if len(tokens) == 1 else token for token in tokens]


class _Read(NamedTuple):
    """What is known of a word in any place: one look-up finds it all."""

    #: Its tokens where it is no term.
    tokens: tuple[Token, ...]
    may_begin_term: bool
    #: Whether it can make a compound with its neighbors.
    may_join: bool
    #: Whether it has the form of a patronymic.
    is_patronymic: bool
    #: Whether it may be a misspelled word of a phrase.
    may_slip: bool


#: What is known of a part that is a term wherever it stands.
_KNOWN = _Read((), False, False, False, False)


@lru_cache(maxsize=16_384)
def _read(text: str, script: str | None) -> _Read:
    return _Read(
        word_tokens(text, script),
        may_begin(text),
        arabic_words.may_join(text),
        patronymic.is_patronymic(text),
        bool(meant_words(text)),
    )


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


def _with_full_forms(tokens: Sequence[Token], pointed: Collection[str]) -> list[Token]:
    """Read the words that stand for a name where a point is behind them (Ma. Teresa); the last one ends a text too."""
    full = [full_form(token.text, is_pointed=True) if token.text in pointed else "" for token in tokens[:-1]]
    return [spelled_out(token.text, of) if of else token for token, of in zip(tokens, (*full, ""), strict=True)]


def _with_initials(tokens: list[Token], pointed: Collection[str]) -> list[Token]:
    """Make initials of Russian names that are cut short: they stand for any name that begins so."""
    places = [at for at, token in enumerate(tokens) if token.kind is not TokenKind.TITLE]
    cut = {places[at] for at in abbreviations.abbreviated_in([tokens[at].text for at in places], pointed)}
    return [attrs.evolve(token, kind=TokenKind.INITIAL) if at in cut else token for at, token in enumerate(tokens)]


def _with_father(tokens: list[Token]) -> list[Token]:
    """Mark the father's name, before "oğlu" or "qızı", and give it the sounds of the patronymic that Russian makes."""
    found = list(tokens)
    for at, (token, after) in enumerate(pairwise(tokens)):
        if at and after.kind is TokenKind.PARTICLE and after.key in CHILDREN and token.kind is TokenKind.WORD:
            keys = [key for key in token.slavic if key.isalpha()]
            made = [made for key in keys for made in patronymic.patronymics(key, after.key == DAUGHTER)]
            slavic = tuple(dict.fromkeys((*token.slavic, *made)))
            found[at] = attrs.evolve(token, kind=TokenKind.PATRONYMIC, slavic=slavic)
    return found


#: What North Korea calls Korea, and companies of the South call themselves by.
_CHOSON = "조선"
#: The legal forms of South Korea's Commercial Act (article 170), by their keys; companies of the North have others.
_SOUTHERN_FORMS = frozenset({"jusik", "coltd", "hk-gudong"})


def _with_choson(tokens: list[Token]) -> list[Token]:
    """조선 as Korea, or as a word of its own in the name of a company of the South: 조선호텔 주식회사."""
    if all(token.key not in _SOUTHERN_FORMS for token in tokens):
        return tokens
    (own,) = word_tokens(_CHOSON, "Hangul")
    return [own if token.text == _CHOSON else token for token in tokens]


def _compounds(tokens: Sequence[Token]) -> Iterator[Compound]:
    words = [Word(token.text, "Arabic" if token.key and not token.text.isascii() else "Latin") for token in tokens]
    for start, stop in dict.fromkeys((*arabic_words.join_compounds(words), *arabic_words.houses(words))):
        if stop - start > 1:
            joined = "".join(token.text for token in tokens[start:stop])
            keys = arabic_latin.latin_keys(joined) if joined.isascii() else arabic.native_keys(joined)
            key = "".join(token.key for token in tokens[start:stop])
            yield Compound(start=start, stop=stop, token=Token(joined, key, arabic=keys))
