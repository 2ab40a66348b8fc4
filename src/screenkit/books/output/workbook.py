"""The result of a run as an Excel workbook for reviewers: hits, what wasn't screened, and a summary."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, islice
from pathlib import Path
from typing import IO, Any

from screenkit.decisions.basis import COLUMN
from screenkit.errors import BatchError

from .writing import HIT_COLUMNS

try:
    import xlsxwriter  # type: ignore[import-untyped]  # it ships no types
except ImportError:  # an extra; `require_writer` says so
    xlsxwriter = None

#: The columns that reviewers fill in, and `screenkit decisions import` reads.
REVIEW_COLUMNS = ("decision", "reviewer", "reason", "until")
#: The sheet of hits; where there are more rows than a sheet has, "Hits 2" and so on follow.
HITS = "Hits"
_ROWS_OF_A_SHEET = 1_000_000
#: The longest text of a cell.
_LONGEST = 32_767
_CUT = " [cut here; the record has all of it]"
_NUMBERS = frozenset({"row", "points", "points_before"})
_WIDTHS = {
    "explanation": 60,
    "measures": 20,
    **dict.fromkeys(("name", "matched_name", "matched_name_before", "query", "reason"), 30),
}
#: Editions in a summary -> what each is called on its sheet.
_EDITIONS = {"editions": "list", "now": "list", "since": "earlier list"}
#: Every text stays a text: nothing is run as a formula, and nothing becomes a link or a number.
_TEXTS_ALONE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def has_writer() -> bool:
    """Whether the package that writes workbooks is installed."""
    return xlsxwriter is not None


def require_writer(path: Path) -> None:
    """Raise `BatchError` if a workbook can't get this name, or if the package that writes workbooks is missing."""
    if path.suffix.casefold() != ".xlsx":
        raise BatchError(f"{path}: workbooks are written as .xlsx; give it that ending")
    if not has_writer():
        raise BatchError("writing .xlsx files needs the package XlsxWriter; run: pip install 'screenkit[excel]'")


def write_workbook(
    file: IO[bytes],
    hits: Path,
    summary: Mapping[str, Any],
    *,
    rejected: Path,
    unread: Path,
    columns: Sequence[str] = HIT_COLUMNS,
) -> None:
    """Write a workbook: the rows of hits, which are JSON lines, the rejected rows and unread facts, and the summary.

    `columns` are those of the rows of hits; the last one is what decisions rest on. The same rows give the same bytes.
    """
    options = {"constant_memory": True, **_TEXTS_ALONE}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"created": dt.datetime.fromisoformat(summary["at"]).replace(tzinfo=None)})
    sheets = _Sheets(book)
    with hits.open(encoding="utf-8") as lines:
        rows_of_hits = map(json.loads, lines)
        sheets.add_hits(columns, ([row[column] for column in columns] for row in rows_of_hits))
    for name, path in (("Not screened", rejected), ("Unread facts", unread)):
        with path.open(encoding="utf-8", newline="") as text:
            rows = csv.reader(text)
            sheets.add(name, next(rows), rows)
    sheets.add("Summary", ("what", "value"), _stated(summary))
    book.close()


class _Sheets:
    """The sheets of a workbook, filled row by row."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._bold = book.add_format({"bold": True, "bottom": 1})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._top = book.add_format({"valign": "top"})

    def add_hits(self, stated: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """The sheets of hits, with columns that reviewers fill in."""
        columns = (*stated[:-1], *REVIEW_COLUMNS, stated[-1])
        left_out = [""] * len(REVIEW_COLUMNS)
        found = ((*row[:-1], *left_out, row[-1]) for row in rows)
        decision, basis = columns.index("decision"), len(columns) - 1
        choices = {"validate": "list", "source": ["cleared", "confirmed"]}
        for sheet, filled in self._filled(HITS, columns, found):
            sheet.data_validation(1, decision, max(filled, 1), decision, choices)
            sheet.set_column(basis, basis, None, None, {"hidden": True})

    def add(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """The sheets of any table."""
        for _ in self._filled(name, columns, iter(rows)):
            pass

    def _filled(self, name: str, columns: Sequence[str], rows: Iterator[Sequence[object]]) -> Iterator[tuple[Any, int]]:
        """Sheets with all of the rows: one, or as many more as are needed, each with its count of rows."""
        for at in count(1):
            sheet, filled = self._fill(f"{name} {at}" if at > 1 else name, columns, rows)
            yield sheet, filled
            if filled < _ROWS_OF_A_SHEET:
                return

    def _fill(self, name: str, columns: Sequence[str], rows: Iterator[Sequence[object]]) -> tuple[Any, int]:
        """A sheet with as many of the rows as it holds, and how many these are."""
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, _WIDTHS.get(column, 14))
            sheet.write_string(0, at, column, self._bold)
        filled = 0
        for filled, row in enumerate(islice(rows, _ROWS_OF_A_SHEET), 1):
            for at, (column, cell) in enumerate(zip(columns, row, strict=True)):
                self._write(sheet, filled, at, column, cell)
        sheet.autofilter(0, 0, max(filled, 1), len(columns) - 1)
        return sheet, filled

    def _write(self, sheet: Any, row: int, at: int, column: str, cell: object) -> None:
        if column in _NUMBERS and str(cell).isdecimal():
            sheet.write_number(row, at, int(str(cell)), self._top)
            return
        text = "" if cell is None else str(cell)
        if len(text) > _LONGEST:
            # Half of what a decision rests on is of no use, and would be refused.
            text = "" if column == COLUMN else text[: _LONGEST - len(_CUT)] + _CUT
        if text:
            sheet.write_string(row, at, text, self._wrapped if column in _WIDTHS else self._top)


def _stated(summary: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The summary as rows: counts first, then each list, and what else the result depends on."""
    for what, value in summary.items():
        if what in _EDITIONS:
            for edition in value:
                yield (
                    f"{_EDITIONS[what]} {edition['source']}",
                    f"{edition['title']} of {edition['published'] or 'unknown date'}",
                )
        elif isinstance(value, Mapping) and all(isinstance(one, int | str) for one in value.values()):
            for key, one in value.items():
                yield f"{what.replace('_', ' ')} {key}", str(one)
        else:
            shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            yield what.replace("_", " "), shown
