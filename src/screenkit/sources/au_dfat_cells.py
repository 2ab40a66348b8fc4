"""Cells of Australia's list in; dates, places and citizenships out, of which a cell may hold several.

A cell is free text: "a) 5/12/1970 b) 1969", "1945, 1946, 1947", "14/04/1970 14/04/1971", "Approximately:
Between 1972 and 1975". Dates are day first, as Australia writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from screenkit.model import PartialDate

from .countries import country_code
from .dates import parse_date

#: "a) ... b) ...": several values in one cell, as UN committees print them.
_ENUMERATOR = re.compile(r"(?:^|(?<=\s))\(?(?:[a-z]|[ivx]{2,4})\)\s+", re.IGNORECASE)
_ADJACENT = re.compile(r"(?<=\d{4})\s+(?=\d)")
_AND = re.compile(r"\s+(?:and|or)\s+", re.IGNORECASE)
_DATE_SEPARATORS = (re.compile(r"[;\n]"), re.compile(r","), _AND, _ADJACENT)
_LISTED_ON = re.compile(r"(?:^|(\w[\w-]*)\s+on:?\s+)(\d{1,2}\s+[a-z]+\.?,?\s+\d{4})", re.IGNORECASE)
#: "(amended on 3 Sep. 2003)": the day after such a word is not the day of the listing.
_AMENDED = ("amend", "relist", "re-list", "updat", "expir", "review")


def dates_in(cells: Iterable[str]) -> tuple[list[PartialDate], list[str]]:
    """The dates in some cells, and the pieces of text that are none."""
    dates: dict[PartialDate, None] = {}
    unread: list[str] = []
    for cell in cells:
        for piece in _enumerated(cell):
            for read in _date_pieces(piece):
                if isinstance(read, str):
                    unread.append(read)
                else:
                    dates[read] = None
    return list(dates), unread


def _date_pieces(text: str, separators: tuple[re.Pattern[str], ...] = _DATE_SEPARATORS) -> Iterator[PartialDate | str]:
    """Read a text as one date, or else divide it at the first separator that divides it, and so on."""
    date = parse_date(text)
    if date is not None:
        yield date
        return
    for number, separator in enumerate(separators, start=1):
        if separator is _AND and "between" in text.casefold():
            continue
        pieces = [piece.strip() for piece in separator.split(text) if piece.strip()]
        if len(pieces) > 1:
            for piece in pieces:
                yield from _date_pieces(piece, separators[number:])
            return
    yield text


def _enumerated(cell: str) -> list[str]:
    """Divide "a) 5/12/1970 b) 1969"; a cell without two such letters is one value."""
    pieces = [piece for text in _ENUMERATOR.split(cell) if (piece := text.strip(" ;,\r\n\t"))]
    return pieces if len(_ENUMERATOR.findall(cell)) > 1 else [cell]


def values_in(cells: Iterable[str]) -> list[str]:
    """The values of cells of places and addresses, each once."""
    pieces = (piece.strip() for cell in cells for value in _enumerated(cell) for piece in value.split(";"))
    return list(dict.fromkeys(filter(None, pieces)))


def citizenships_in(cells: Iterable[str]) -> Iterator[str]:
    """The citizenships in some cells, which a semicolon separates, and at times a comma."""
    for value in values_in(cells):
        pieces = [piece.strip() for piece in value.split(",")]
        # "Syria, Lebanon" is two countries, "Korea, North" one.
        several = country_code(value) is None and all(map(country_code, pieces))
        yield from pieces if several else [value]


def country_in(text: str) -> str | None:
    """The country that a place or an address ends with, as ISO 3166-1 alpha-2 in lower case."""
    return country_code(text) or country_code(text.rpartition(",")[2].rstrip(". "))


def listed_on(cells: Iterable[str]) -> str | None:
    """The day (ISO 8601) that the listing information gives for the listing; most cells name an instrument only."""
    for cell in cells:
        stated = [cell] + [
            match[2] for match in _LISTED_ON.finditer(cell) if not (match[1] or "").casefold().startswith(_AMENDED)
        ]
        for day in filter(None, map(parse_date, stated)):
            if day.is_exact:
                return day.earliest.isoformat()
    return None
