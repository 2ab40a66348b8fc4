"""The cells of Australia's list, each of which may hold several dates, places or citizenships.

A cell is free text: "a) 5/12/1970 b) 1969", "1945, 1946, 1947", "14/04/1970 14/04/1971", "Approximately:
Between 1972 and 1975". Dates are day first, as Australia writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from screenkit.model import PartialDate
from screenkit.model.countries import country_code
from screenkit.sources.builder import is_not_available
from screenkit.sources.dates import parse_date

#: "a) ... b) ...": several values in one cell, as UN committees print them.
_ENUMERATOR = re.compile(r"(?:^|(?<=\s))\(?(?:[a-z]|[ivx]{2,4})\)\s*", re.IGNORECASE)
_ADJACENT = re.compile(r"(?<=\d{4})\s+(?=\d)")
_AND = re.compile(r"\s+(?:and|or)\s+", re.IGNORECASE)
_DATE_SEPARATORS = (re.compile(r"[;\n]|>>"), re.compile(r","), _AND, _ADJACENT)
#: What stands around a date: "alt DOB: 19/11/1956", "(this aka only, alt born 5 Feb. 1969)", "15 May 1968 (as X)".
_DATE_LABEL = re.compile(r"^(?:or\s+)?(?:alt\.?\s+)?(?:DOB|born|date of birth)?\s*:?\s*", re.IGNORECASE)
_DATE_REMARK = re.compile(
    r"\(\s*(?:for\s+)?(?:this aka only|as\s[^()]*|from\s[^()]*|appears\s[^()]*)\)?", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"\(\s*([^()]*\d{4})\s*\)")
_LISTED_ON = re.compile(r"(?:^|(\w[\w-]*)\s+on:?\s+)(\d{1,2}\s+[a-z]+\.?,?\s+\d{4})", re.IGNORECASE)
#: "Russian and Ukrainian", "Malian / Mauritanian", "Somalia: Sweden".
_BETWEEN_COUNTRIES = re.compile(r"\s*[,/:]\s*|\s+and\s+")
#: "(amended on 3 Sep. 2003)": the day after such a word is not the day of the listing.
_AMENDED = ("amend", "relist", "re-list", "updat", "expir", "review")


def dates_in(cells: Iterable[str]) -> tuple[list[PartialDate], list[str]]:
    """The dates in some cells, and the pieces of text that are none."""
    dates: dict[PartialDate, None] = {}
    unread: list[str] = []
    for cell in cells:
        # A note in brackets is about the date before it: it divides two dates, as a semicolon does.
        plain = _IN_BRACKETS.sub(r"\1", _DATE_REMARK.sub(";", cell))
        for piece in _enumerated(plain):
            for read in _date_pieces(piece):
                if isinstance(read, str):
                    unread += [] if is_not_available(read) else [read]
                else:
                    dates[read] = None
    return list(dates), unread


def _date_pieces(text: str, separators: tuple[re.Pattern[str], ...] = _DATE_SEPARATORS) -> Iterator[PartialDate | str]:
    """Read a text as one date, or else divide it at the first separator that divides it, and so on."""
    text = _DATE_LABEL.sub("", text.strip(" \xa0,;()"))
    date = parse_date(text)
    if date is not None or not text:
        yield from filter(None, [date])
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
    """The values of cells of places and addresses, each once, but for those that say "not available"."""
    pieces = (piece.strip() for cell in cells for value in _enumerated(cell) for piece in value.split(";"))
    return list(dict.fromkeys(piece for piece in pieces if piece and not is_not_available(piece)))


def citizenships_in(cells: Iterable[str]) -> Iterator[str]:
    """The citizenships in some cells, which a semicolon separates, and at times a comma, a slash or "and"."""
    for value in values_in(cells):
        pieces = [piece.strip() for piece in _BETWEEN_COUNTRIES.split(value)]
        # "Syria, Lebanon" is two countries, "Korea, North" one.
        several = country_code(value) is None and all(map(country_code, pieces))
        yield from pieces if several else [value]


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
