"""The terms of the tables of words, by their folded spelling: `lexicon`.

Legal forms, generic words, places, titles, particles, numbers and translated own names, from its tables. Spellings are
compared folded: diacritics and apostrophes dropped, Han simplified, the Arabic article and the endings of Russian,
Ukrainian, Belarusian and Bulgarian declension cut off, in the tables as in the words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

import attrs

from screenkit.model import TokenKind
from screenkit.names.chinese.characters import TRADITIONAL
from screenkit.names.notation import text_of
from screenkit.names.syllables import BURMESE, syllables

_TABLES = {
    "legal_forms.txt": TokenKind.LEGAL_FORM,
    "titles.txt": TokenKind.TITLE,
    "generic_words.txt": TokenKind.GENERIC,
    "places.txt": TokenKind.GENERIC,
    "places_generated.txt": TokenKind.GENERIC,
    "own_names.txt": TokenKind.WORD,
    "particles.txt": TokenKind.PARTICLE,
    "numerals.txt": TokenKind.NUMERAL,
}
# Kinds that occur inside unsegmented runs; titles there would cut given names (少将, 대장): see `east_asian_titles`.
_RUN_KINDS = frozenset({TokenKind.LEGAL_FORM, TokenKind.GENERIC, TokenKind.NUMERAL, TokenKind.WORD})
#: Burmese is divided into syllables before it is looked up; the tables have it as it is written.
_IN_BURMESE = re.compile(f"[{BURMESE}]+")
_RUN_LANGUAGES = ("zh", "ja", "ko")
FIRST_EAST_ASIAN = "\u2e80"
#: Marks before a spelling, explained in the tables' headers: may open a name, needs an organization.
MAY_OPEN, NEEDS_ORGANIZATION = _SIGNS = "^?"

# Combining marks, of Latin, Greek and Cyrillic and the madda and hamza of Arabic; apostrophes.
_MARKS = re.compile("[\u0300-\u036f\u0653-\u0655']")
# Letters without decomposition, and the Persian, Urdu and final forms of Arabic letters.
_LETTERS = str.maketrans(
    {
        **dict(zip("ıłøđðəς", "iloddeσ", strict=True)),
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        **dict(zip("\u0649\u06cc\u06a9\u0629\u06c1\u06be", "\u064a\u064a\u0643\u0647\u0647\u0647", strict=True)),
    }
)
# The article (wa-l-, al-, li-l-), which Arabic joins to its noun; three letters have to remain.
# Hebrew joins its article and "and the" to it as well.
_ARTICLE = re.compile(
    "(?<![\u0620-\u06d3])(?:وال|ال|لل)(?=[\u0620-\u06d3]{3})|(?<![\u05d0-\u05ea])ו?ה(?=[\u05d0-\u05ea]{3})"
)
# Endings of nouns and adjectives, all cases, of Russian and its neighbors by school grammar, with the article of
# Bulgarian, written without breve and diaeresis; three letters have to remain, and three consonants are no stem: КГБУ
# is no case of КГБ. -ov, -ev and -in end surnames: kept.
# The look-ahead at the letters that endings begin with only spares the engine the other places.
_ENDING = re.compile(
    "(?=[аеиоуыьъюяєіт])(?<=[\u0430-\u052f]{3})(?<!(?<![\u0430-\u052f])[бвгджзклмнпрстфхцчшщ]{3})"
    "(?:иями|ията|ями|ами|ими|ыми|ого|его|ому|ему|ага|яго|ата|ята|ото|ите|ият|ая|яя|ую|юю|ое|ее|ае|яе|ые|ие"
    "|ыи|ии|ои|еи|аи|іи|оі|ою|ею|ию|ия|іі|ія|ью|ям|ам|ем|ом|ым|им|их|ых|ах|ях|ат|ят|ът|(?<=ст)та|а|я|о|е|ы|и|і|є|у|ю|ь)"
    "(?![\u0430-\u052f])"
)


@attrs.frozen
class Term:
    """A word or phrase of one kind, and the key that all its spellings share."""

    key: str
    kind: TokenKind
    #: The wider class: of legal forms "limited" or "joint stock", of generic words their field, "place" of places.
    family: str = ""


_Entry = tuple[Term, str]


@attrs.frozen
class Lexicon:
    """The tables, by folded spelling."""

    entries: Mapping[str, tuple[_Entry, ...]]
    #: For the first word of phrases, how many words the longest one has.
    longest: Mapping[str, int]
    #: Spellings of unsegmented scripts by their first character, and how long the longest one is.
    runs: Mapping[str, Mapping[str, Term]]
    run_lengths: Mapping[str, int]
    #: Single characters that are bound to the term after, and before, them.
    prefixes: Mapping[str, Term]
    suffixes: Mapping[str, Term]
    #: Titles in Chinese, Korean and Japanese.
    titles: Mapping[str, Term]


def _lines(table: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in text_of(f"vocabulary/{table}").splitlines() if line[:1] != "#")


def _simplified() -> Mapping[int, str]:
    japanese = {ord(form): simple for simple, forms in _lines("han_forms.txt") for form in forms}
    return {**TRADITIONAL, **japanese}


#: Traditional and Japanese forms of characters to the simplified one.
SIMPLIFIED = _simplified()


def _fold_text(text: str) -> str:
    text = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text)))
    return _ENDING.sub("", _ARTICLE.sub("", text.translate(_LETTERS)))


def folded(word: str) -> str:
    return word.replace("'", "") if word.isascii() else _folded(word)


def _folded(word: str) -> str:
    return word.translate(SIMPLIFIED) if word[0] >= FIRST_EAST_ASIAN else _fold_text(word)


@cache
def lexicon() -> Lexicon:
    entries: dict[str, tuple[_Entry, ...]] = {}
    longest: dict[str, int] = {}
    runs: dict[str, dict[str, Term]] = {}
    bound: dict[bool, dict[str, Term]] = {True: {}, False: {}}
    titles: dict[str, Term] = {}
    for term, is_run, spellings in _folded_rows():
        if term.kind is TokenKind.TITLE and spellings[0] >= FIRST_EAST_ASIAN:
            for spelling in spellings.split(", "):
                titles.setdefault(spelling, term)
            continue
        plain: tuple[_Entry, ...] = ((term, ""),)
        for spelling in spellings.split(", "):
            entry = plain
            mark = spelling[0]
            if mark in _SIGNS:
                spelling, entry = spelling[1:], ((term, mark),)
            if is_run and (mark == "-" or spelling[-1] == "-"):
                bound[mark == "-"].setdefault(spelling.strip("-"), term)
                continue
            entries[spelling] = entries[spelling] + entry if spelling in entries else entry
            if " " in spelling:
                first = spelling[: spelling.index(" ")]
                longest[first] = max(longest.get(first, 1), spelling.count(" ") + 1)
            elif is_run and len(spelling) > 1:
                runs.setdefault(spelling[0], {}).setdefault(spelling, term)
    lengths = {first: max(map(len, terms)) for first, terms in runs.items()}
    return Lexicon(entries, longest, runs, lengths, bound[False], bound[True], titles)


def _folded_rows() -> Iterator[tuple[Term, bool, str]]:
    """The rows of all tables: term, whether it occurs in runs written without spaces, spellings folded.

    Folding all rows at once takes a tenth of the time of folding one by one.
    """
    others: list[Term] = []
    texts: list[str] = []
    for term, language, spellings in _rows():
        if language in _RUN_LANGUAGES:
            is_run = term.kind in _RUN_KINDS
            yield term, is_run, spellings.translate(SIMPLIFIED) if language == "ja" else spellings
        elif spellings.isascii():
            yield term, False, spellings
        elif language == "my":
            yield term, False, _IN_BURMESE.sub(lambda run: " ".join(syllables(run[0])), spellings)
        else:
            others.append(term)
            texts.append(spellings)
    for term, text in zip(others, _fold_text("\n".join(texts)).split("\n"), strict=True):
        yield term, False, text


def words_of(languages: frozenset[str]) -> Iterator[tuple[str, Term]]:
    """The legal forms and generic words of languages that count anywhere, without places: the single words of ASCII."""
    for term, language, spellings in _rows():
        if language in languages and term.kind in (TokenKind.LEGAL_FORM, TokenKind.GENERIC) and term.family != "place":
            for spelling in spellings.split(", "):
                if spelling.isascii() and spelling.isalpha():
                    yield spelling, term


def phrases() -> Iterator[tuple[str, Term]]:
    """The legal forms and generic phrases of several words in ASCII that count anywhere, without places."""
    for term, _, spellings in _rows():
        if term.kind in (TokenKind.LEGAL_FORM, TokenKind.GENERIC) and term.family != "place" and spellings.isascii():
            for spelling in spellings.split(", "):
                if " " in spelling and spelling[0] != NEEDS_ORGANIZATION:
                    yield spelling.removeprefix(MAY_OPEN), term


def _rows() -> Iterator[tuple[Term, str, str]]:
    """Term, language and spellings; a place's own key, a Chinese city in pinyin, is a spelling of it too."""
    for table, kind in _TABLES.items():
        for key, family, *columns in _lines(table):
            term = Term(key, kind, family)
            if family == "place":
                yield term, "en", NEEDS_ORGANIZATION + key
            for column in columns:
                language, _, spellings = column.partition(": ")
                yield term, language, spellings
