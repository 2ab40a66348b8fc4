"""Screenings and rejections in, encoded rows of the files that a batch writes out."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator

from screenkit import report
from screenkit.errors import BatchError
from screenkit.model import Screening

from .customers import Rejection

#: The columns of a row per hit. A stable part of the output: columns are added at the end only.
HIT_COLUMNS = ("row", "customer", *report.COLUMNS)
#: The columns of a row per rejected row.
REJECTED_COLUMNS = ("row", "customer", "reason")
#: Format of the output -> what stands between its fields; "" for JSON lines.
_DELIMITERS = {"csv": ",", "tsv": "\t", "jsonl": ""}
_NUMBERS = frozenset({"row", "points"})
#: What spreadsheets take for a formula, or skip before one (OWASP, "CSV Injection").
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")


class RowEncoder:
    """Rows as bytes of one format, CSV, TSV or JSON lines."""

    def __init__(self, format: str, columns: tuple[str, ...], *, is_spreadsheet_safe: bool = False) -> None:
        """Take what rows are made of. Raises `BatchError` for a format that can't be written row by row."""
        if format not in _DELIMITERS:
            raise BatchError(f"hits are written as one of {', '.join(_DELIMITERS)}, not as {format}")
        self._delimiter, self._columns, self._is_safe = _DELIMITERS[format], columns, is_spreadsheet_safe

    def head(self) -> bytes:
        """What stands before the rows."""
        return self.encode([self._columns]) if self._delimiter else b""

    def encode(self, rows: Iterable[Iterable[str]]) -> bytes:
        """Rows of as many cells as there are columns."""
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


def hit_cells(row: int, customer: str, found: Screening) -> Iterator[tuple[str, ...]]:
    """The cells of a screening's rows: one row per hit, then one per suppressed hit."""
    for stated in report.rows(found):
        yield str(row), customer, *(stated[column] for column in report.COLUMNS)


def rejected_cells(rejection: Rejection) -> tuple[str, ...]:
    """The cells of a rejected row."""
    return str(rejection.row), rejection.id, rejection.reason


def _harmless(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"'{cell}" if _FORMULA.match(cell) else cell for cell in cells)
