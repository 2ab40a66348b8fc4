"""The parts of a name that evidence rests on, found again in its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from screenkit.model import Evidence, EvidenceKind

#: The evidence that rests on parts of both names, and what is said of these parts.
_SAYS = {
    EvidenceKind.WORD: "equal",
    EvidenceKind.SIMILAR_WORD: "alike",
    EvidenceKind.JOINED_WORDS: "alike",
    EvidenceKind.INITIAL: "alike",
    EvidenceKind.SURNAME_READING: "alike",
    EvidenceKind.GIVEN_READING: "alike",
    EvidenceKind.CLASH: "apart",
}


class Piece(NamedTuple):
    """A piece of a name: its text, and "equal", "alike", "apart" or nothing."""

    text: str
    says: str


def sides(query: str, listed: str, evidence: Iterable[Evidence]) -> tuple[list[Piece], list[Piece]]:
    """The customer's name and the listed one in pieces, of which those that match are marked."""
    found = [(one, _SAYS[one.kind]) for one in evidence if one.kind in _SAYS]
    ours = _marked(query, ((one.query, says) for one, says in found))
    return ours, _marked(listed, ((one.listed, says) for one, says in found))


def _marked(text: str, parts: Iterable[tuple[str, str]]) -> list[Piece]:
    taken: list[tuple[int, int, str]] = []
    for part, says in parts:
        # A reading joins words that are apart in the name.
        for words in ([part], part.split()) if part not in text else ([part],):
            spans = [span for word in words if word and (span := _free(text, word, taken))]
            if spans:
                taken += [(start, stop, says) for start, stop in spans]
                break
    return list(_pieces(text, sorted(taken)))


def _free(text: str, word: str, taken: Iterable[tuple[int, int, str]]) -> tuple[int, int] | None:
    """Where a word is in a text that no earlier part took; whole words go before parts of words."""
    spans = []
    start = text.find(word)
    while start >= 0:
        spans.append((start, start + len(word)))
        start = text.find(word, start + 1)
    free = [span for span in spans if all(span[1] <= one[0] or one[1] <= span[0] for one in taken)]
    whole = [span for span in free if not _is_inside(text, *span)]
    return next(iter(whole or free), None)


def _is_inside(text: str, start: int, stop: int) -> bool:
    return text[start - 1 : start].isalnum() or text[stop : stop + 1].isalnum()


def _pieces(text: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[Piece]:
    at = 0
    for start, stop, says in spans:
        if start > at:
            yield Piece(text[at:start], "")
        yield Piece(text[start:stop], says)
        at = stop
    if at < len(text):
        yield Piece(text[at:], "")
