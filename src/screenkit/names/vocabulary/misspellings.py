"""The term that a Latin word is a slip of: `misspelled_term`.

"Managemgent" and "Corproation" say as little about which organization is meant as the words they stand for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from rapidfuzz.distance import OSA

from screenkit.model import Token, TokenKind
from screenkit.names import slavic
from screenkit.names.arabic import latin as arabic_latin
from screenkit.names.notation import read

from .commonness import commonness_in_names
from .terms import Term, lexicon, words_of

#: Letters that a misspelled word has at least. Few words are spelled like legal forms, so one of them may be shorter.
_SHORTEST = {TokenKind.GENERIC: 7, TokenKind.LEGAL_FORM: 6}
_SHORTEST_TERM = 7
#: Words of their own that are one edit from a term.
_EXCEPTIONS = frozenset(word for (word,) in read("vocabulary/no_misspellings.txt").rows(1))
#: Terms of other languages are written in Latin letters in too many ways to distinguish slips from spellings.
_LANGUAGES = frozenset({"en", "es", "fr", "de"})


def misspelled_term(word: str) -> Term | None:
    """The generic word or legal form that a word of lower-case ASCII letters is one edit away from.

    An edit (optimal string alignment) leaves the first letter as it is, but for legal forms (Imited, Nimited); of the
    short ones those with consonants alone may have a letter more (LTWD). None for a term, for a word names are
    known to have, in any spelling of its sounds, for one that is similar to two terms, and for words of their own
    (tables/no_misspellings.txt). An inflection that the tables don't have ("agricolas") counts as a slip.

    >>> misspelled_term("managemgent").key, misspelled_term("corproation").key, misspelled_term("corporal")
    ('management', 'corp', None)
    >>> misspelled_term("imited").key, misspelled_term("ltwd").key
    ('ltd', 'ltd')
    """
    if len(word) in _CONSONANTAL_LENGTHS and (form := _consonantal(word)):
        return form
    if len(word) < min(_SHORTEST.values()) or not (word.isascii() and word.isalpha()) or word in lexicon().entries:
        return None
    slips = _slips()
    meant = {
        term
        for form in (*forms(word), word[1:])
        for spelling, term in slips.get(form, ())
        if _is_slip(word, spelling, term)
    }
    if len(meant) != 1 or word in _EXCEPTIONS or is_known(word):
        return None
    return meant.pop()


def _is_slip(word: str, spelling: str, term: Term) -> bool:
    if len(word) < _SHORTEST[term.kind]:
        return False
    may_begin_so = word[0] == spelling[0] or term.kind is TokenKind.LEGAL_FORM
    return may_begin_so and OSA.distance(word, spelling) == 1


#: Short legal forms that no word looks like, with a letter more: no name has four consonants or five and no vowel.
_CONSONANTAL = ("ltd", "gmbh")
_CONSONANTAL_LENGTHS = frozenset(len(form) + 1 for form in _CONSONANTAL)
_VOWELS = frozenset("aeiouy")


def _consonantal(word: str) -> Term | None:
    """The short legal form that a word of consonants alone is, but for a letter too many inside it."""
    entries = lexicon().entries
    if word in entries or not word.isascii() or not word.isalpha() or not _VOWELS.isdisjoint(word):
        return None
    for form in _CONSONANTAL:
        if (
            word[0] == form[0]
            and word[-1] == form[-1]
            and any(word[:at] + word[at + 1 :] == form for at in range(1, len(word) - 1))
        ):
            return entries[form][0][0]
    return None


def is_known(word: str) -> bool:
    """Whether names are known to have a word, in any spelling of its sounds."""
    return commonness_in_names(Token(word, word, slavic=slavic.keys(word), arabic=arabic_latin.latin_keys(word))) > 0


@cache
def _slips() -> Mapping[str, Sequence[tuple[str, Term]]]:
    """What is left of each term without one of its letters, and the term itself; two words of one edit share a form."""
    found: defaultdict[str, list[tuple[str, Term]]] = defaultdict(list)
    for spelling, term in words_of(_LANGUAGES):
        if len(spelling) >= _SHORTEST_TERM:
            # A first letter that was lost is looked up by the rest.
            for form in (*forms(spelling), spelling[1:]):
                found[form].append((spelling, term))
    return dict(found)


def forms(word: str) -> list[str]:
    """The word, and without one letter; the first one stays."""
    return [word, *[word[:at] + word[at + 1 :] for at in range(1, len(word))]]
