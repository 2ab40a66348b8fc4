"""The rows that a batch writes, and their encoding as CSV, TSV or JSON lines."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator

from screenkit.books.reading.customers import Rejection, UnreadFact
from screenkit.books.screening import ScreenedRow
from screenkit.decisions.basis import COLUMN, decision_basis
from screenkit.errors import BatchError
from screenkit.results import Screening
from screenkit.results import rows as report

#: The columns of a row for a hit. They are stable: new columns are only added at the end.
HIT_COLUMNS = ("row", "customer", *report.COLUMNS, "unread", COLUMN)
#: The columns of a rejected row.
REJECTED_COLUMNS = ("row", "customer", "reason")
#: The columns of a fact that can't be read.
UNREAD_COLUMNS = ("row", "customer", "fact", "reason")
#: Format of the output -> what separates its fields; "" for JSON lines.
_DELIMITERS = {"csv": ",", "tsv": "\t", "jsonl": ""}
_NUMBERS = frozenset({"row", "points"})
#: What spreadsheets run as a formula, or skip before one (OWASP, "CSV Injection").
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")


class RowEncoder:
    """Encodes rows in one format: CSV, TSV or JSON lines."""

    def __init__(self, format: str, columns: tuple[str, ...], *, is_spreadsheet_safe: bool = False) -> None:
        """Take the format and the columns. Raises `BatchError` for a format that can't be written row by row."""
        if format not in _DELIMITERS:
            raise BatchError(f"the format of the output must be one of {', '.join(_DELIMITERS)}, not {format}")
        self._delimiter, self._columns, self._is_safe = _DELIMITERS[format], columns, is_spreadsheet_safe

    def head(self) -> bytes:
        """The row of headings, where the format has one."""
        return self.encode([self._columns]) if self._delimiter else b""

    def encode(self, rows: Iterable[Iterable[str]]) -> bytes:
        """Encode rows with one cell for each column."""
        if not self._delimiter:
            return "".join(map(self._object, rows)).encode()
        text = io.StringIO()
        writer = csv.writer(text, delimiter=self._delimiter, lineterminator="\n")
        writer.writerows(map(_harmless, rows) if self._is_safe else rows)
        return text.getvalue().encode()

    def _object(self, cells: Iterable[str]) -> str:
        stated = {
            column: int(cell) if column in _NUMBERS else cell for column, cell in zip(self._columns, cells, strict=True)
        }
        return f"{json.dumps(stated, ensure_ascii=False)}\n"


def hit_cells(row: ScreenedRow, found: Screening) -> Iterator[tuple[str, ...]]:
    """The cells of a screening's rows: one row per hit, then one per suppressed hit."""
    policy = found.policy.fingerprint
    for hit, stated in zip((*found.hits, *found.suppressed), report.rows(found), strict=True):
        basis = decision_basis(found.subject, hit, policy)
        yield (
            *(str(row.number), row.customer),
            *(stated[column] for column in report.COLUMNS),
            *(row.unread, basis),
        )


def rejected_cells(rejection: Rejection) -> tuple[str, ...]:
    """The cells of a rejected row."""
    return str(rejection.row), rejection.id, rejection.reason


def unread_cells(row: int, customer: str, unread: Iterable[UnreadFact]) -> Iterator[tuple[str, ...]]:
    """The cells of facts that can't be read, one row each."""
    for fact in unread:
        yield str(row), customer, fact.field, fact.reason


def _harmless(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"'{cell}" if _FORMULA.match(cell) else cell for cell in cells)
