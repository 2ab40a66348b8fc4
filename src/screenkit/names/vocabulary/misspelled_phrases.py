"""The legal form or generic phrase that words are a slip of: `phrase_at`.

"Limited Liabilty Company" says as little about which organization is meant as the phrase it stands for. Its other
words are as the tables have them, so that a word of a legal form may be short, and a name elsewhere ("Joint Stack
Company").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import product

from rapidfuzz.distance import OSA

from screenkit.model import TokenKind

from .misspellings import forms, is_known
from .phrases import match
from .terms import Term, lexicon, phrases

#: Letters that a word of a phrase has at least; misspelled, it may lack one. Few are spelled like those of legal forms.
_SHORTEST = {TokenKind.LEGAL_FORM: 5, TokenKind.GENERIC: 7}
#: How many phrases are tried where words may stand for several: the rest is no slip but another language.
_MOST_TRIED = 8


@lru_cache(maxsize=16_384)
def meant_words(word: str) -> tuple[str, ...]:
    """The words of phrases that a word of lower-case ASCII letters is one edit (optimal string alignment) from, sorted.

    The first letter stays as it is. Empty for words of phrases and terms.

    >>> meant_words("liabilty"), meant_words("liability")
    (('liability',), ())
    """
    vocabulary = lexicon()
    if len(word) < min(_SHORTEST.values()) - 1 or not (word.isascii() and word.isalpha()) or word in vocabulary.entries:
        return ()
    kinds, slips = _kinds(), _slips()
    if word in kinds:
        return ()
    near = {one for form in forms(word) for one in slips.get(form, ()) if OSA.distance(word, one) == 1}
    if near and is_known(word):
        near = {one for one in near if TokenKind.LEGAL_FORM in kinds[one]}
    return tuple(sorted(near))


def phrase_at(words: Sequence[str], start: int) -> tuple[Term, int] | None:
    """The phrase that begins at `start` but for misspelled words of it, and how many words it takes; else None."""
    longest = lexicon().longest
    begins = (words[start], *meant_words(words[start]))
    length = min(max([longest.get(one, 1) for one in begins]), len(words) - start)
    choices = [meant_words(word) or (word,) for word in words[start : start + length]]
    found: tuple[Term, int] | None = None
    for at, meant in enumerate(product(*choices)):
        if at == _MOST_TRIED:
            break
        term = match([*words[:start], *meant, *words[start + length :]], start)
        if term is not None and (found is None or term[1] > found[1]) and _is_slip(term, words, start, meant):
            found = term
    return found


@lru_cache(maxsize=1_024)
def misspelled_phrase(text: str) -> Term | None:
    """The legal form or generic phrase that a text of several words is a slip of; None for every other text.

    >>> misspelled_phrase("limited liabilty company").key
    'llc'
    """
    words = text.split(" ")
    found = phrase_at(words, 0)
    return found[0] if found is not None and found[1] == len(words) else None


def _is_slip(found: tuple[Term, int], words: Sequence[str], start: int, meant: Sequence[str]) -> bool:
    """Whether a term is a phrase with a word that is misspelled, and another one that is not."""
    term, length = found
    if length < 2 or term.kind not in _SHORTEST or term.family == "place":
        return False
    wrong = [word for word, right in zip(words[start : start + length], meant, strict=False) if word != right]
    return 0 < len(wrong) < length


@cache
def _kinds() -> Mapping[str, frozenset[TokenKind]]:
    """The words of phrases that are long enough, and the kinds of the phrases."""
    found: defaultdict[str, set[TokenKind]] = defaultdict(set)
    for phrase, term in phrases():
        for word in phrase.split(" "):
            if word.isalpha() and len(word) >= _SHORTEST[term.kind]:
                found[word].add(term.kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


@cache
def _slips() -> Mapping[str, Sequence[str]]:
    """What is left of each of them without one of its letters; two words of one edit share a form."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in _kinds():
        for form in forms(word):
            found[form].append(word)
    return dict(found)
