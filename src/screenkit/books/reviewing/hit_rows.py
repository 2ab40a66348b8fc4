"""The rows of a batch's or rescreening's file of hits, read back for decisions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from os import PathLike
from pathlib import Path

from screenkit.books.columns import Columns
from screenkit.books.output.workbook import HITS
from screenkit.books.reading.book import open_book, sheet_names
from screenkit.books.reading.customers import Rejection
from screenkit.books.reading.layout import FORMATS, format_of
from screenkit.decisions.basis import COLUMN, about
from screenkit.errors import BatchError, DecisionError

#: Endings of files that may also hold records of screenings, in JSON.
_OF_RECORDS = FORMATS["jsonl"]
_ENDINGS = frozenset(ending for endings in FORMATS.values() for ending in endings)


def is_file_of_hits(path: Path) -> bool:
    """Whether a file has the rows of hits, and not records of screenings, by its ending and, for JSON, its keys."""
    ending = path.suffix.casefold()
    if ending not in _OF_RECORDS:
        return ending in _ENDINGS
    try:
        return COLUMN in headings_of(path)
    except BatchError:
        return False


def headings_of(path: str | PathLike[str]) -> tuple[str, ...]:
    """The headings of a table, or the keys of its JSON lines. Raises `BatchError`."""
    return _headings(path, _sheets(Path(path))[0])


def _headings(path: str | PathLike[str], sheet: str | None) -> tuple[str, ...]:
    found: list[str] = []

    def noted(headings: object) -> Columns:
        assert isinstance(headings, tuple | list)
        found.extend(headings)
        return Columns(headings[0])

    with open_book(path, columns=noted, sheet=sheet):
        return tuple(found)


def _sheets(path: Path) -> list[str | None]:
    """The sheets of hits of a workbook; of any other file the whole of it."""
    if format_of(path) != "excel":
        return [None]
    with path.open("rb") as file:
        names = sheet_names(file)
    return [name for name in names if re.fullmatch(rf"{HITS}( \d+)?", name)] or [None]


def hit_rows(path: str | PathLike[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows of a table, each with its number from 1, as texts without spaces around them.

    Raises `BatchError` if the file can't be read, or a row of it.
    """
    for sheet in _sheets(Path(path)):
        columns = Columns(dict.fromkeys(heading for heading in _headings(path, sheet) if heading))
        with open_book(path, columns=columns, sheet=sheet) as book:
            for row, _ in book.reader.rows(columns):
                if row is None:
                    continue
                number, values = row
                if isinstance(values, Rejection):
                    raise BatchError(f"{path}: row {number:,}: {values.reason}")
                yield number, dict(zip(columns.used, map(_text, values), strict=True))


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return "" if value is None else str(value).strip()


def hits_by_key(path: str | PathLike[str]) -> dict[tuple[str, str, str], set[str]]:
    """What decisions about the hits in a file rest on, by customer, source and designation.

    A hit that has ended, or whose customer has no key, can't be decided, and is left out. Raises `BatchError` if the
    file can't be read, `DecisionError` if it isn't a file of hits or was altered.
    """
    found: dict[tuple[str, str, str], set[str]] = {}
    for number, row in hit_rows(path):
        if COLUMN not in row:
            raise DecisionError(f"{path}: has no column {COLUMN}; give the file of hits as `screenkit batch` wrote it")
        if row[COLUMN]:
            try:
                found.setdefault(about(row[COLUMN]), set()).add(row[COLUMN])
            except DecisionError as error:
                raise DecisionError(f"{path}: row {number:,}: {error}") from error
    return found


def hit_row(path: Path, designation: str, *, source: str | None, customer: str | None) -> Mapping[str, str]:
    """The one hit on a designation in a file of hits, for `Decisions.decide`.

    Raises `DecisionError` if there is none, or several.
    """
    found = [
        cell
        for (whose, where, id), cells in hits_by_key(path).items()
        if id == designation and source in (None, where) and customer in (None, whose)
        for cell in cells
    ]
    if len(found) == 1:
        return {COLUMN: found[0]}
    if not found:
        whose = "" if customer is None else f" of customer {customer}"
        raise DecisionError(f"{path}: has no hit {designation!r}{whose}; give the id and customer of one of its rows")
    raise DecisionError(
        f"{path}: has {len(found):,} hits {designation!r}; say which one: --customer KEY, and --source ID if two lists"
        " have that id"
    )
