"""The screening of a frame's rows, which the kinds of frames share: rows of cells, and the columns of the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from screenkit.books import Columns, Rejection, Row
from screenkit.books.reading.customers import key_of
from screenkit.books.screening import RememberingScreener, ScreenedRow
from screenkit.results import Screening
from screenkit.results import rows as report

from .request import Request

#: Rows whose values are taken out of a frame at once, so that no second copy of a column is ever made.
ROWS_AT_ONCE = 4_096
#: Why a cell can't be read: a text, and a date that Python has no value for.
NOT_TEXT, NOT_A_DATE = "is not UTF-8 text", "is not a date or time between the years 1 and 9999"


def rows_of(
    cells: Sequence[Sequence[object]], unreadable: Mapping[int, str], columns: Columns, before: int
) -> Iterator[Row]:
    """The rows that columns of cells make, with the count of those before them; `unreadable` are rejected."""
    for at, values in enumerate(zip(*cells, strict=True)):
        number = before + at + 1
        if at in unreadable:
            yield number, Rejection(row=number, id=key_of(values, columns), reason=unreadable[at])
        else:
            yield number, values


class Collector:
    """Screens rows one after another; equal subjects are scored once."""

    def __init__(self, request: Request) -> None:
        """Take what is request."""
        self._request = request
        self._screener = RememberingScreener(request.screener, request.options)

    def collect(self, rows: Iterable[Row]) -> tuple[list[int], dict[str, list[object]]]:
        """For each row of the result the number of the customer's row, from 1, and the values of its columns."""
        request = self._request
        numbers: list[int] = []
        columns: dict[str, list[object]] = {column: [] for column in request.types}
        for row in rows:
            screened = self._screener.screen_row(row, request.columns)
            for stated in nested_row(screened) if request.is_nested else flat_rows(screened):
                numbers.append(screened.number)
                for column, values in columns.items():
                    values.append(stated.get(column))
        return numbers, columns


def flat_rows(row: ScreenedRow) -> Iterator[Mapping[str, object]]:
    """A row for each hit; one for a rejected customer, and for one without hits of whom there is something to know.

    That is a fact without which the customer was screened, or a caution about a name.
    """
    about = {"row": row.number, **_about(row)}
    if isinstance(row.found, Rejection):
        yield {**about, "outcome": "rejected", "rejection": row.found.reason}
        return
    about["total"] = row.found.total
    hits = list(_hits(row.found))
    if not hits and (about["unread"] or about["cautions"]):
        yield {**about, "outcome": "no hit"}
    for hit in hits:
        yield {**about, **hit}


def nested_row(row: ScreenedRow) -> Iterator[Mapping[str, object]]:
    """The one row of a customer."""
    about = _about(row)
    if isinstance(row.found, Rejection):
        yield {**about, "is_clear": False, "rejection": row.found.reason}
    else:
        found = row.found
        yield {**about, "is_clear": found.is_clear, "total": found.total, "hits": list(_hits(found))}


def _about(row: ScreenedRow) -> dict[str, object]:
    """The customer's key, and what has to be known beside the hits."""
    cautions = () if isinstance(row.found, Rejection) else row.found.cautions
    return {
        "customer": row.customer or None,
        "unread": row.unread or None,
        "cautions": " ".join(caution.text for caution in cautions) or None,
    }


def _hits(found: Screening) -> Iterator[Mapping[str, object]]:
    for row in report.rows(found):
        yield {**row, "points": int(row["points"])}
