"""What the readers of books have in common: a row, the place after it, and the choice of columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from screenkit.books.columns import Columns

from .customers import Rejection

#: The number of a row, from 1, and its values in the order of `Columns.used`, or why it can't be read.
Row = tuple[int, Sequence[object] | Rejection]


class Place(NamedTuple):
    """A place between two rows of a book."""

    #: Bytes of a text file, rows of a table, before it.
    offset: int
    #: Rows before it, blank lines not counted.
    rows: int
    #: Blank lines before it.
    blank: int


class Book(Protocol):
    """An open file of customers."""

    #: The headings of its columns.
    headings: tuple[str, ...]
    #: How much there is to read, in the unit of `Place.offset`.
    size: int
    #: "bytes" or "rows".
    unit: str

    def rows(self, columns: Columns, place: Place | None = None) -> Iterator[tuple[Row | None, Place]]:
        """Each row after a place, with the place after the row; None for a blank line."""
        ...


def picker(headings: Sequence[str], used: Sequence[str]) -> Callable[[Sequence[Any]], Sequence[object]]:
    """A function that takes the values of the used columns from a record, in their order."""
    places = [headings.index(column) for column in used]
    if len(places) == 1:
        only = places[0]
        return lambda record: (record[only],)
    return itemgetter(*places)
