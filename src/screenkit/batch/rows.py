"""What the readers of books share: a row, the place after it, and the choice of the columns that are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from .columns import Columns
from .customers import Rejection

#: A row's number, the first customer's is 1, and its values in the order of `Columns.used`; or why it can't be read.
Row = tuple[int, Sequence[object] | Rejection]


class Place(NamedTuple):
    """Between two rows of a book."""

    #: Bytes of a text file, rows of a table, before it.
    offset: int
    #: Rows before it, blank lines not counted.
    rows: int
    #: Blank lines before it.
    blank: int


class Book(Protocol):
    """A file of customers, opened."""

    #: The headings of its columns.
    headings: tuple[str, ...]
    #: How much there is to read, in the unit of `Place.offset`.
    size: int
    #: "bytes" or "rows".
    unit: str

    def rows(self, columns: Columns, place: Place | None = None) -> Iterator[tuple[Row | None, Place]]:
        """Each row from a place on, with the place after it; None for a line that is blank."""
        ...


def picker(headings: Sequence[str], used: Sequence[str]) -> Callable[[Sequence[Any]], Sequence[object]]:
    """What takes the used columns' values out of a record, in their order."""
    places = [headings.index(column) for column in used]
    if len(places) == 1:
        only = places[0]
        return lambda record: (record[only],)
    return itemgetter(*places)
