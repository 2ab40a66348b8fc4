"""A Latin word that is no term in, the term it is a slip of out: `misspelled_term`.

"Managemgent" and "Corproation" say as little about which organization is meant as the words they stand for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from screenkit.model import Token, TokenKind

from . import arabic_latin, slavic
from .commonness import commonness
from .terms import Term, lexicon, words_of

#: Letters that a misspelled word has at least. Few words are spelled like legal forms, so one of them may be shorter.
_SHORTEST = {TokenKind.GENERIC: 7, TokenKind.LEGAL_FORM: 6}
_SHORTEST_TERM = 7
#: Terms of other languages are written in Latin letters in too many ways to tell slips from spellings.
_LANGUAGES = frozenset({"en", "es", "fr", "de"})


@lru_cache(maxsize=32_768)
def misspelled_term(word: str) -> Term | None:
    """The generic word or legal form that a word of lower-case ASCII letters is one edit away from.

    An edit (optimal string alignment) leaves the first letter as it is. None for a term, for a word that names are
    known to hold, in any spelling of its sounds, for one that is near two terms, and for words of their own
    (tables/no_misspellings.txt). An inflection that the tables don't have ("agricolas") counts as a slip.

    >>> misspelled_term("managemgent").key, misspelled_term("corproation").key, misspelled_term("corporal")
    ('management', 'corp', None)
    """
    if len(word) < min(_SHORTEST.values()) or not (word.isascii() and word.isalpha()) or word in lexicon().entries:
        return None
    slips = _slips()
    near = {term for form in _forms(word) for spelling, term in slips.get(form, ()) if _is_slip(word, spelling, term)}
    if len(near) != 1 or word in _exceptions() or _is_known(word):
        return None
    return near.pop()


def _is_slip(word: str, spelling: str, term: Term) -> bool:
    return len(word) >= _SHORTEST[term.kind] and word[0] == spelling[0] and OSA.distance(word, spelling) == 1


def _is_known(word: str) -> bool:
    return commonness(Token(word, word, slavic=slavic.folds(word), arabic=arabic_latin.latin_keys(word))) > 0


@cache
def _exceptions() -> frozenset[str]:
    text = files("screenkit.names").joinpath("tables", "no_misspellings.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))


@cache
def _slips() -> Mapping[str, Sequence[tuple[str, Term]]]:
    """What is left of each term without one of its letters, and the term itself; two words of one edit share a form."""
    found: defaultdict[str, list[tuple[str, Term]]] = defaultdict(list)
    for spelling, term in words_of(_LANGUAGES):
        if len(spelling) >= _SHORTEST_TERM:
            for form in _forms(spelling):
                found[form].append((spelling, term))
    return dict(found)


def _forms(word: str) -> list[str]:
    """The word, and without one letter; the first one stays."""
    return [word, *[word[:at] + word[at + 1 :] for at in range(1, len(word))]]
