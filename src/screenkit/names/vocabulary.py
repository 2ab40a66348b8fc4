"""Words in, their kinds out: legal forms, generic words, titles and particles, from names/tables/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

import attrs

from screenkit.model import TokenKind

_TABLES = {
    "legal_forms.txt": TokenKind.LEGAL_FORM,
    "generic_words.txt": TokenKind.GENERIC,
    "titles.txt": TokenKind.TITLE,
    "particles.txt": TokenKind.PARTICLE,
}


@attrs.frozen
class Term:
    """A word or phrase of one kind, and the key that all its spellings share."""

    key: str
    kind: TokenKind


@cache
def _terms() -> Mapping[tuple[str, ...], Term]:
    return {
        tuple(spelling.split()): Term(key, kind)
        for table, kind in _TABLES.items()
        for key, spellings in _entries(table)
        for spelling in spellings
    }


def _entries(table: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of a table: a key, a tab, its spellings separated by commas."""
    text = files("screenkit.names").joinpath("tables", table).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            key, _, spellings = line.partition("\t")
            yield key, [spelling.strip() for spelling in spellings.split(",")]


@cache
def _longest() -> int:
    return max(map(len, _terms()))


def match(words: Sequence[str], start: int) -> tuple[Term, int] | None:
    """The longest term that begins at `start`, and how many words it takes; None where there is none."""
    terms = _terms()
    for length in range(min(_longest(), len(words) - start), 0, -1):
        term = terms.get(tuple(words[start : start + length]))
        if term is not None:
            return term, length
    return None
