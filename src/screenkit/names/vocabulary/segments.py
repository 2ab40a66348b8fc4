"""The terms in a run of Chinese, Korean or Japanese, and the brands between them: `segment`."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from screenkit.model import TokenKind

from .numerals import numeral_key
from .terms import SIMPLIFIED, Term, lexicon

_ADMINISTRATIVE = re.compile("(?:特别行政区|自治区|自治州|直辖市|省|市|县|区|州|직할시|특별시|광역시|시|도)")
_NUMBER_IN_RUN = re.compile(r"[第제]?\d+|[第제][一二三四五六七八九十]{1,3}")
#: A person's name is no longer than this; shorter runs are cut only where terms cover them wholly.
_LONGEST_PERSON = {"Han": 3, "Hangul": 3}
# Costs of a cut: a character of a brand, a new brand, a brand of one character, a term.
_CHARACTER, _BRAND, _LONE, _TERM = 10, 6, 6, 3


def segment(text: str, script: str) -> list[tuple[str, Term | None]]:
    """Cut a run of Chinese, Korean or Japanese into terms and, with None, what lies between them: brands.

    Of all ways to cut, the one that leaves the fewest characters and the fewest brands; then the fewest terms.

    >>> [(part, term and term.key) for part, term in segment("丹东至诚金属材料有限公司", "Han")]
    [('丹东', 'dandong'), ('至诚', None), ('金属', 'metal'), ('材料', 'material'), ('有限公司', 'coltd')]
    """
    parts = _cut(text)
    if len(text) <= _LONGEST_PERSON.get(script, 1) and any(term is None for _, term in parts):
        return [(text, None)]
    return list(parts)


@attrs.frozen
class _Cut:
    """The cheapest way to cut the text up to some point, by its last part."""

    cost: int
    start: int
    term: Term | None


def _cut(text: str) -> tuple[tuple[str, Term | None], ...]:
    folded = text.translate(SIMPLIFIED)
    best: list[_Cut | None] = [_Cut(0, 0, None)] + [None] * len(text)
    for at in range(len(text)):
        here = best[at]
        if here is None:
            continue
        is_brand = at > 0 and here.term is None
        cost = here.cost + _CHARACTER
        if not is_brand:
            cost += _BRAND + _LONE
        elif here.start == at - 1:
            cost -= _LONE
        _improve(best, at + 1, _Cut(cost, here.start if is_brand else at, None))
        for stop, term in _terms_at(folded, at, is_brand):
            _improve(best, stop, _Cut(here.cost + _TERM, at, term))
    return tuple(_parts(text, best))


def _improve(best: list[_Cut | None], at: int, cut: _Cut) -> None:
    before = best[at]
    if before is None or cut.cost < before.cost:
        best[at] = cut


def _parts(text: str, best: list[_Cut | None]) -> list[tuple[str, Term | None]]:
    parts: list[tuple[str, Term | None]] = []
    at = len(text)
    while at and (cut := best[at]) is not None:
        parts.append((text[cut.start : at], cut.term))
        at = cut.start
    return parts[::-1]


def _runs_at(text: str, at: int) -> Iterator[tuple[int, Term]]:
    """The spellings of the tables that begin at a point of a run, with their ends, the shortest first."""
    first = text[at : at + 1]
    terms = lexicon().runs.get(first)
    if terms is not None:
        for stop in range(at + 2, min(at + lexicon().run_lengths[first], len(text)) + 1):
            if (term := terms.get(text[at:stop])) is not None:
                yield stop, term


def _terms_at(text: str, at: int, is_after_brand: bool) -> Iterator[tuple[int, Term]]:
    """The terms that begin at a point of a run, with their ends; a place doesn't follow a brand."""
    for stop, term in _runs_at(text, at):
        if term.family != "place":
            yield stop, term
        elif not is_after_brand:
            yield stop, term
            if unit := _ADMINISTRATIVE.match(text, stop):
                yield unit.end(), term
    character = text[at]
    vocabulary = lexicon()
    if character in vocabulary.prefixes and any(_runs_at(text, at + 1)):
        yield at + 1, vocabulary.prefixes[character]
    # 厂 follows a brand (红星厂), but 당 or 국 after one is a syllable of it.
    may_follow = at > 0 and not (is_after_brand and character >= "\uac00")
    if may_follow and character in vocabulary.suffixes and (at + 1 == len(text) or _begins_form(text, at + 1)):
        yield at + 1, vocabulary.suffixes[character]
    if (number := _NUMBER_IN_RUN.match(text, at)) and (key := numeral_key(number[0])):
        yield number.end(), Term(key, TokenKind.NUMERAL)


def _begins_form(text: str, at: int) -> bool:
    return any(term.kind is TokenKind.LEGAL_FORM for _, term in _runs_at(text, at))
