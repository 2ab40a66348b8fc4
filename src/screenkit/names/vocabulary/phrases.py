"""The terms among words that are written apart: `match`.

What a word or phrase of the tables is depends on its place; Chinese, Korean and Japanese runs, which nothing
parts, are cut by `segments`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from screenkit.model import Token, TokenKind

from .commonness import commonness_in_names
from .numerals import may_be_number, number_at
from .terms import FIRST_EAST_ASIAN, MAY_OPEN, NEEDS_ORGANIZATION, Term, folded, lexicon

#: Families of titles that need two words beside them, wherever they are.
_NEEDS_NAME = frozenset({"honorific", "office", "opening"})
#: The key of "of" in Romance languages and Dutch, which opens the surname of a person and no name of a firm.
_OF = "de"
#: The key of what a bank or firm calls a part of it elsewhere.
BRANCH = "branch"
#: The key of "of", and how Persian and Urdu link a word to what it is of in Latin letters.
_LINK = "of"
_EZAFE = frozenset({"e", "ye", "i", "yi"})
#: The Arabic article in Cyrillic before a sun letter, with which its l is one sound.
_ASSIMILATED = frozenset({"ад", "аз", "ан", "ар", "ас", "ат", "аш"})
#: In a shorter word after it, it is a Korean surname or a syllable of Chinese (Ан Нам Чхоль).
_SHORTEST_ASSIMILATED = 4
_ARTICLES = frozenset({"al", "el", "ul", "ol", "ash", "as", "es", "ad", "ed", "at", "et", "аль", "эль", *_ASSIMILATED})
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ACCENT = re.compile("[áàâäãéèêëíìîïóòôöõúùûü]")
_VOWEL = re.compile("[aeiouаеиіоу]")


def match(words: Sequence[str], start: int) -> tuple[Term, int] | None:
    """The longest term that begins at `start`, and how many words it takes; None where there is none.

    `words` are all the words of one name, cleaned, in any script or as ASCII keys: short legal forms, particles
    and titles depend on their place, because alone they are initials (A. S.), surnames (Do, Van) or
    given names.

    >>> match(["siemens", "ag"], 1)
    (Term(key='ag', kind=<TokenKind.LEGAL_FORM: 'legal form'>, family='joint stock'), 1)
    """
    entries = lexicon().entries
    for spelling, length in _spellings(words, start):
        for term, mark in entries.get(spelling, ()):
            if (term.kind is not TokenKind.NUMERAL or mark or length > 1) and _fits(
                term, mark, spelling, words, start, length
            ):
                return term, length
    return number_at(words, start)


def _spellings(words: Sequence[str], start: int) -> Iterator[tuple[str, int]]:
    """What a term that begins at `start` may be spelled, the longest first, and how many words that takes."""
    first = folded(words[start])
    for length in range(min(lexicon().longest.get(first, 1), len(words) - start), 0, -1):
        yield " ".join([first, *map(folded, words[start + 1 : start + length])]), length


def is_spelled_out(words: Sequence[str]) -> bool:
    """Whether a name is an acronym with points or blanks in it, which holds no terms: P.F.L.P., I H A G."""
    return len(words) > 2 and all(len(word) == 1 and word.isalpha() for word in words)


def may_begin(word: str) -> bool:
    """Whether a term or a number may begin with a word: where it is False, `match` finds none."""
    word = folded(word)
    vocabulary = lexicon()
    return word in vocabulary.entries or word in vocabulary.longest or may_be_number(word)


def _fits(term: Term, mark: str, spelling: str, words: Sequence[str], start: int, length: int) -> bool:
    """Whether a term may be where it is found."""
    others = len(words) - length
    if mark == NEEDS_ORGANIZATION:
        return _tells_organization(tuple(words))
    if term.kind is TokenKind.LEGAL_FORM:
        return _fits_form(mark, spelling, words, start, length)
    if term.family == "child":
        return start > 1
    if term.kind is TokenKind.PARTICLE:
        if len(spelling) == 1 and (len(words[start - 1]) == 1 or (others > start and len(words[start + 1]) == 1)):
            return False
        if term.key == _OF and not start and _tells_organization(tuple(words)) and not _holds_own_word(words[length:]):
            return False  # Del Energy S.r.l.
        if term.key == _LINK and spelling in _EZAFE and not _is_ezafe(words, start):
            return False
        if spelling in _ASSIMILATED and not _is_assimilated(spelling, words[start + 1 : start + 2]):
            return False
        return start + length < len(words) and (start > 0 or mark == MAY_OPEN)
    if term.kind is TokenKind.TITLE:
        return _fits_title(term.family, spelling, words, start, length)
    return len(spelling) > 1


def _is_ezafe(words: Sequence[str], start: int) -> bool:
    """Whether a letter links a generic word to what follows: Bank-e Ansar, Jaish-i Mohammed.

    Elsewhere it is an initial (John E. Smith) or a number (Fund I Ltd).
    """
    if not 0 < start < len(words) - 1 or not _is_generic(words[start - 1]):
        return False
    after = words[start + 1]
    return words[start] != "i" or not (_is_generic(after) or may_be_form(after))


def _is_assimilated(article: str, after: Sequence[str]) -> bool:
    """Whether a word that may be the article in Cyrillic stands before its letter: аш-Шабаб, ан-Нусра."""
    return bool(after) and len(after[0]) >= _SHORTEST_ASSIMILATED and after[0].startswith(article[1])


def _fits_title(family: str, spelling: str, words: Sequence[str], start: int, length: int) -> bool:
    """A title is one where a whole name remains beside it.

    After an article it is the end of a surname: Hassan El Sayed, Karim Al Sheikh. Beside nothing but generic words it
    is the firm's own word: Captain Shipping Ltd.
    """
    is_organization = _tells_organization(tuple(words))
    if is_organization and (family == "office" or len(lexicon().entries[spelling]) > 1):
        return False
    if family == "vessel":
        return start == 0 and _may_name_ship(spelling, words[length:])
    if family == "opening" and start:
        return False  # in a name ဦး is Oo: တင်ဦး
    if start + length < len(words) and words[start + length].isdecimal():
        return False  # MS-13, M-23
    others = [word for at, word in enumerate(words) if not start <= at < start + length]
    if is_organization and not _holds_own_word(others):
        return False
    if len(spelling) == 1:
        # "M. Dupont"; after the name, or beside another letter, it is an initial: "Mishustin M.V.".
        return start == 0 and bool(others) and len(others[0]) > 1
    is_last = start + length == len(words)
    if family == "office" and start and not is_last:
        return False  # between two words it is a surname
    if family == "postnominal":
        return start > 1 and all(map(_is_postnominal, words[start + length :]))
    if is_last and start and words[start - 1] in _ARTICLES:
        return False
    return len(others) >= (2 if is_last or family in _NEEDS_NAME else 1)


def is_place(token: Token) -> bool:
    """Whether a word of an organization is a place of the tables; each has its key as a spelling."""
    return token.kind is TokenKind.GENERIC and any(term.family == "place" for term in _terms(token.key))


def may_be_title(word: str) -> bool:
    """Whether a word is a title beside a whole name, and beside one other word may be a name itself."""
    return any(term.kind is TokenKind.TITLE and term.family in _NEEDS_NAME for term in _terms(folded(word)))


def may_be_form(word: str) -> bool:
    """Whether a word is a legal form in some place."""
    return any(term.kind is TokenKind.LEGAL_FORM for term in _terms(folded(word)))


def _is_postnominal(word: str) -> bool:
    return any(term.family == "postnominal" for term in _terms(folded(word)))


def _is_generic(word: str) -> bool:
    return any(term.kind is TokenKind.GENERIC for term in _terms(folded(word)))


def _terms(spelling: str) -> list[Term]:
    """The terms that a folded word may be, wherever it stands."""
    return [term for term, _ in lexicon().entries.get(spelling, ())]


def _fits_form(mark: str, spelling: str, words: Sequence[str], start: int, length: int) -> bool:
    """Long forms may be anywhere; "ab", "s l" or "sal" at the end, or at the start where the table says so.

    Two single letters are initials unless two other words are beside them, or one that can't well be a surname:
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
        # 주 is a surname too: without another word of a company it is no form (주 시경).
        is_enough = any(len(word) > 3 for word in words) or (spelling >= FIRST_EAST_ASIAN and _has_generic(words))
    else:
        is_alone = letters == 2 and (is_initials or (start == 0 and spelling.isascii() and may_be_name))
        others = len(words) - length
        is_enough = others >= (2 if is_alone else 1) or (is_initials and others == 1 and _is_no_surname(words))
    if start == 0:
        return is_enough and (mark == MAY_OPEN or (is_initials and letters == 3))
    if mark == MAY_OPEN and is_enough and _CYRILLIC.match(spelling) and _tells_organization(tuple(words[:start])):
        # Russian writes its forms before the own name, in brackets too: акционерное общество «МТБанк» (АО «МТБанк»).
        return True
    return is_enough and _is_tail(words, start + length)


def _has_generic(words: Sequence[str]) -> bool:
    """Whether one of the words says what a company does and can't be a name."""
    entries = lexicon().entries
    return any(
        term.kind is TokenKind.GENERIC and term.family != "place" and not mark
        for word in words
        for term, mark in entries.get(folded(word), ())
    )


def _may_name_ship(prefix: str, words: Sequence[str]) -> bool:
    """Whether what follows a prefix may be a ship's name.

    Two letters apart are a person's initials before one word that can well be a surname: "M.V. Petrov".
    """
    return bool(words) and (" " not in prefix or len(words) > 1 or _is_no_surname(words))


#: A word of a higher class is mostly a person's: Tan S. A., Salim S. A., Garcia S. A.
_RARE = 3
_SHORTEST_BRAND = 3
_SLAVIC_SURNAME = re.compile(r"(?:[oe]v|[ae]u|[iy]kh|in|yn|[sc]k[iy]y?|[sc]kij|ko|[cu]h?uk|yan|[iy]ch|shvili|dze)a?$")
_LATIN_VOWEL = re.compile("[aeiouy]")


def _is_no_surname(words: Sequence[str]) -> bool:
    """Whether a name's first word is a rare one in Latin letters without a Slavic surname's ending, or an acronym."""
    word = folded(words[0])
    if not word.isascii() or len(word) < _SHORTEST_BRAND or commonness_in_names(Token(word, word)) > _RARE:
        return False
    return _LATIN_VOWEL.search(word) is None or (len(word) > _SHORTEST_BRAND and not _SLAVIC_SURNAME.search(word))


def _is_tail(words: Sequence[str], start: int) -> bool:
    """Whether only legal forms, places and generic words follow ("AG & Co KG", "SA Luxembourg branch")."""
    entries = lexicon().entries
    return all(
        any(term.kind in (TokenKind.LEGAL_FORM, TokenKind.GENERIC) for term, _ in entries.get(folded(word), ()))
        for word in words[start : start + 8]
    )


def _holds_own_word(words: Sequence[str]) -> bool:
    """Whether a word of the name is in no term: Oetker, in "Dr. Oetker KG"."""
    entries = lexicon().entries
    start = 0
    while start < len(words):
        length = next((length for spelling, length in _spellings(words, start) if spelling in entries), 0)
        if not length:
            return True
        start += length
    return False


# Every doubtful word of a name asks; without the memory the longest names would take quadratic time.
@lru_cache(maxsize=16)
def _tells_organization(words: tuple[str, ...]) -> bool:
    """Whether a word or phrase of the name can't well be part of a person's name.

    "London" and "Branch" are surnames; side by side, after another word, they tell an organization.
    """
    entries = lexicon().entries
    after_place: set[int] = set()
    for start in range(len(words)):
        for spelling, length in _spellings(words, start):
            found = entries.get(spelling, ())
            if not found or any(term.kind is TokenKind.TITLE for term, _ in found):
                continue
            if start and any(term.family == "place" for term, _ in found):
                after_place.add(start + length)
            if start in after_place and any(term.key == BRANCH for term, _ in found):
                return True
            term, mark = found[0]
            if term.kind is TokenKind.LEGAL_FORM and _fits_form(mark, spelling, words, start, length):
                return True
            if term.kind is TokenKind.GENERIC and not mark and term.family != "place" and len(spelling) > 1:
                return True
    return False
