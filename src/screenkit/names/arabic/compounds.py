"""The words of an Arabic name, in either script, that count as one: `join_compounds`.

Abd al-Rahman, Saif Allah and Salah al-Din are one name each, written in one word or several; Abu Bakr is a particle
and a name; al- and el- alone say nothing and belong to no span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from screenkit.names.split import Word

from .script import plain

_ABD = re.compile(r"'?[ae]bd'?(?:[aeiou]{0,2}(?:l|[stdrzn]|sh|dh|th))?|عبد|عبدال|'?amat|أمة|امة")
_ARTICLE = re.compile(r"[aeiou]{1,2}l|[aeiou](?:[stdrzn]|sh|dh|th)|ال|וال")
# The second part of a compound, with its article and after one: Saif ullah, Salah eddine; Saif al lah, Salah al din.
_WITH_ARTICLE = re.compile(r"[aeiou]{1,2}l{1,2}[ae]h?i?|[aeiou]{1,2}[dl]d[ei]{1,2}ne?|ا?لل[هہە][یيى]?|الد[یي]ن")
_AFTER_ARTICLE = re.compile(r"l?l?[ae]h?|d[ei]{1,2}ne?|ل?ل?[هہە]|د[یي]ن")
# Whose son or father a family is called by, which the Maghreb writes in one word in Latin letters: بن عمار, Benamar;
# أبو علي and بو علي, Bouali. In Arabic script both are written.
_HOUSE = re.compile("بن|ابن|إبن|ابو|أبو|بو")
# The ending -ei of a Persian word in a silent h, which some write apart: خامنه ای, Khamenei.
_SILENT_H = "هہە"
_EI = re.compile("[ايیىئ][یيى]")
_JOINED = re.compile("|".join(pattern.pattern for pattern in (_ABD, _WITH_ARTICLE, _AFTER_ARTICLE, _HOUSE, _EI)))
_SUN = re.compile(r"dh|th|sh|[stdrzn]")
# Kin words and honorific particles that precede a name without being part of it.
_PARTICLE = re.compile(
    r"b[ie]nt?|ibn|ebn|ould|walad|weld|wuld|[aeiu]l|ab[ou]{1,2}l?|ab[ai]|umm?|oumm?|"
    r"بن|ابن|إبن|بنت|ولد|آل|ال|ابو|أبو|ابی|أبي|ابي|ابا|أبا|ام|أم"
)


def is_particle(text: str) -> bool:
    """Whether a word precedes a name to say whose son, father or house: bin, ibn, bint, ould, abu, umm, al."""
    return _PARTICLE.fullmatch(text) is not None


def _is_article(words: Sequence[str], at: int) -> bool:
    """Whether a word is the article: al, el, ul, ال, or as, ash, ar ... before a word that begins so."""
    text = words[at]
    if at + 1 >= len(words) or not _ARTICLE.fullmatch(text):
        return False
    sun = _SUN.search(text)
    return sun is None or words[at + 1].startswith(sun.group())


def join_compounds(words: Sequence[Word]) -> tuple[tuple[int, int], ...]:
    """The words of a name as spans (start, stop), in order; articles outside of compounds are in none.

    The key of a span is the key of its words written together.
    """
    texts = [plain(word.text) for word in words]
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(texts):
        stop = _compound(texts, at)
        if stop == at + 1 and _is_article(texts, at):
            at += 1
            continue
        spans.append((at, stop))
        at = stop
    return tuple(spans)


def houses(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """The names of families (start, stop) that begin with whose son or father they are, in Arabic script: بن عمار.

    They overlap with the spans of `join_compounds`, because Benamar is one word and Ben Amar two.
    """
    if not any(_HOUSE.fullmatch(word.text) for word in words):
        return
    spans = join_compounds(words)
    for (start, _), (_, stop) in pairwise(spans):
        if _HOUSE.fullmatch(plain(words[start].text)):
            yield start, stop


def may_join(text: str) -> bool:
    """Whether a word can make a compound with its neighbors: no name without such a word has any."""
    return _JOINED.fullmatch(plain(text)) is not None


def _compound(texts: Sequence[str], at: int) -> int:
    """Where the compound that begins at a word ends; the next word where it is none."""
    after = at + 1
    if after >= len(texts):
        return after
    if _ABD.fullmatch(texts[at]):
        if _is_article(texts, after):
            after += 1
        return after + 1
    if _is_article(texts, at) or is_particle(texts[at]):
        return after
    if _is_article(texts, after) and _AFTER_ARTICLE.fullmatch(texts[after + 1]):
        return after + 2
    is_ending = texts[at][-1:] in _SILENT_H and _EI.fullmatch(texts[after])
    return after + 1 if is_ending or _WITH_ARTICLE.fullmatch(texts[after]) else after
