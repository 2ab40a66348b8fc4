"""Words that are written apart in, their terms out: `match`.

What a word or phrase of the tables is depends on where it stands; Chinese, Korean and Japanese runs, which nothing
parts, are cut by `segments`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from screenkit.model import Token, TokenKind

from .commonness import commonness
from .numerals import may_be_number, number_at
from .terms import MAY_OPEN, NEEDS_ORGANIZATION, Term, folded, lexicon

_ACCENT = re.compile("[áàâäãéèêëíìîïóòôöõúùûü]")
_VOWEL = re.compile("[aeiouаеиіоу]")


def match(words: Sequence[str], start: int) -> tuple[Term, int] | None:
    """The longest term that begins at `start`, and how many words it takes; None where there is none.

    `words` are all the words of one name, cleaned, in any script or as ASCII keys: short legal forms, particles
    and titles depend on where they stand, because alone they are initials (A. S.), surnames (Do, Van) or
    given names.

    >>> match(["siemens", "ag"], 1)
    (Term(key='ag', kind=<TokenKind.LEGAL_FORM: 'legal form'>, family='joint stock'), 1)
    """
    vocabulary = lexicon()
    first = folded(words[start])
    for length in range(min(vocabulary.longest.get(first, 1), len(words) - start), 0, -1):
        spelling = " ".join([first, *map(folded, words[start + 1 : start + length])])
        for term, mark in vocabulary.entries.get(spelling, ()):
            if (term.kind is not TokenKind.NUMERAL or mark or length > 1) and _fits(
                term, mark, spelling, words, start, length
            ):
                return term, length
    return number_at(words, start)


def may_begin(word: str) -> bool:
    """Whether a term or a number may begin with a word: where it is False, `match` finds none."""
    word = folded(word)
    vocabulary = lexicon()
    return word in vocabulary.entries or word in vocabulary.longest or may_be_number(word)


def _fits(term: Term, mark: str, spelling: str, words: Sequence[str], start: int, length: int) -> bool:
    """Whether a term may stand where it is found."""
    others = len(words) - length
    if mark == NEEDS_ORGANIZATION:
        return _tells_organization(tuple(words))
    if term.kind is TokenKind.LEGAL_FORM:
        return _fits_form(mark, spelling, words, start, length)
    if term.kind is TokenKind.PARTICLE:
        if len(spelling) == 1 and (len(words[start - 1]) == 1 or (others > start and len(words[start + 1]) == 1)):
            return False
        return start + length < len(words) and (start > 0 or mark == MAY_OPEN)
    if term.kind is TokenKind.TITLE:
        if len(lexicon().entries[spelling]) > 1 and _tells_organization(tuple(words)):
            return False
        is_last = start + length == len(words)
        return others >= (2 if term.family == "honorific" or is_last else 1)
    return len(spelling) > 1


def _fits_form(mark: str, spelling: str, words: Sequence[str], start: int, length: int) -> bool:
    """Long forms stand anywhere; "ab", "s l" or "sal" at the end, or at the start where the table says so.

    Two single letters are initials unless two other words stand beside them, or one that can't well be a surname:
    "Ivanov S. A.", "Garcia S. A.", "Vitol Holding S.A.", "Doxa S.A.".
    """
    letters = len(spelling) - spelling.count(" ")
    if letters <= 2 and _ACCENT.search(" ".join(words[start : start + length])):
        return False  # Lia Sá is a person; short forms have no accents, but for the cedilla of A.Ş.
    is_initials = letters == length
    may_be_name = is_initials or _VOWEL.search(spelling) is not None
    if letters > 3 or (letters == 3 and not may_be_name):
        return True
    if letters == 1:
        is_enough = any(len(word) > 3 for word in words)
    else:
        is_alone = letters == 2 and (is_initials or (start == 0 and spelling.isascii() and may_be_name))
        others = len(words) - length
        is_enough = others >= (2 if is_alone else 1) or (is_initials and others == 1 and _is_no_surname(words))
    if start == 0:
        return is_enough and (mark == MAY_OPEN or (is_initials and letters == 3))
    return is_enough and _is_tail(words, start + length)


#: A word of a higher class is mostly a person's: Tan S. A., Salim S. A., Garcia S. A.
_RARE = 3
_SHORTEST_BRAND = 3
_SLAVIC_SURNAME = re.compile(r"(?:[oe]v|in|yn|[sc]k[iy]y?|[sc]kij|ko|[cu]h?uk|yan|[iy]ch|shvili|dze)a?$")
_LATIN_VOWEL = re.compile("[aeiouy]")


def _is_no_surname(words: Sequence[str]) -> bool:
    """Whether a name's first word is a rare one in Latin letters without a Slavic surname's ending, or an acronym."""
    word = folded(words[0])
    if not word.isascii() or len(word) < _SHORTEST_BRAND or commonness(Token(word, word)) > _RARE:
        return False
    return _LATIN_VOWEL.search(word) is None or (len(word) > _SHORTEST_BRAND and not _SLAVIC_SURNAME.search(word))


def _is_tail(words: Sequence[str], start: int) -> bool:
    """Whether only legal forms, places and generic words follow ("AG & Co KG", "SA Luxembourg branch")."""
    entries = lexicon().entries
    return all(
        any(term.kind in (TokenKind.LEGAL_FORM, TokenKind.GENERIC) for term, _ in entries.get(folded(word), ()))
        for word in words[start : start + 8]
    )


@lru_cache(maxsize=1_024)
def _tells_organization(words: tuple[str, ...]) -> bool:
    """Whether a word or phrase of the name can't well be part of a person's name."""
    vocabulary = lexicon()
    for start, word in enumerate(words):
        first = folded(word)
        for length in range(min(vocabulary.longest.get(first, 1), len(words) - start), 0, -1):
            spelling = " ".join([first, *map(folded, words[start + 1 : start + length])])
            found = vocabulary.entries.get(spelling, ())
            if not found or any(term.kind is TokenKind.TITLE for term, _ in found):
                continue
            term, mark = found[0]
            if term.kind is TokenKind.LEGAL_FORM and _fits_form(mark, spelling, words, start, length):
                return True
            if term.kind is TokenKind.GENERIC and not mark and term.family != "place" and len(spelling) > 1:
                return True
    return False
