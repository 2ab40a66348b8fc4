"""Reading of Excel and LibreOffice workbooks, by python-calamine. Of a formula its saved value is read; none is run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import BinaryIO, TypeVar

from python_calamine import CalamineSheet, CalamineWorkbook

from screenkit.books.columns import Columns
from screenkit.errors import BatchError
from screenkit.model.wording import counted

from .rows import Place, Row, picker

#: A table begins among the first rows of a sheet; titles may stand before it.
_HEAD_ROWS = 20
_Result = TypeVar("_Result")
_Cells = list[int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta]


class ExcelBook:
    """Customers in a sheet of a workbook. The whole sheet is in memory, as its format requires."""

    def __init__(self, file: BinaryIO, sheet: str | None = None) -> None:
        """Find the sheet and its headings. Raises `BatchError` if the file is damaged or it isn't clear which sheet."""
        self._name = file.name
        file.seek(0)
        workbook = _read(file.name, lambda: CalamineWorkbook.from_filelike(file))
        self._sheet = self._chosen(workbook, sheet)
        rows = _read(file.name, lambda: list(islice(self._sheet.iter_rows(), _HEAD_ROWS)))
        self._head = _head_row(rows)
        #: What `size` and the offset of a place count.
        self.unit = "rows"
        #: The headings.
        self.headings: tuple[str, ...] = tuple(_heading(cell) for cell in rows[self._head]) if rows else ()
        #: Its count of rows.
        self.size: int = max(self._sheet.height - self._head - 1, 0)

    def rows(self, columns: Columns, place: Place | None = None) -> Iterator[tuple[Row | None, Place]]:
        """Each row after a place, with the place after the row; None for a blank row."""
        offset, number, blank = place or Place(0, 0, 0)
        pick = picker(self.headings, columns.used)
        rows = _read(self._name, self._sheet.iter_rows)
        for cells in islice(rows, self._head + 1 + offset, None):
            offset += 1
            if any(cell != "" for cell in cells):
                number += 1
                yield (number, [None if value == "" else value for value in pick(cells)]), Place(offset, number, blank)
            else:
                blank += 1
                yield None, Place(offset, number, blank)

    def _chosen(self, workbook: CalamineWorkbook, wanted: str | None) -> CalamineSheet:
        there = workbook.sheet_names
        if wanted is not None and wanted not in there:
            raise BatchError(f"{self._name}: has no sheet {wanted!r}; its sheets are {', '.join(map(repr, there))}")
        sheets = [
            _read(self._name, partial(workbook.get_sheet_by_name, name)) for name in there if wanted in (None, name)
        ]
        filled = [sheet for sheet in sheets if sheet.height]
        if len(filled) > 1:
            found = ", ".join(f"{sheet.name!r} ({counted(sheet.height, 'row')})" for sheet in filled)
            raise BatchError(f"{self._name}: several sheets have rows: {found}. Name the one to screen: --sheet NAME")
        if not filled:
            raise BatchError(f"{self._name}: no sheet has a row; the first row must be the headings")
        return filled[0]


def sheet_names(file: BinaryIO) -> list[str]:
    """The names of a workbook's sheets. Raises `BatchError` if it can't be read."""
    return _read(file.name, lambda: CalamineWorkbook.from_filelike(file).sheet_names)


def _read(name: str, reading: Callable[[], _Result]) -> _Result:
    try:
        return reading()
    except BaseException as error:
        # calamine panics on some damaged files, which is not an `Exception`.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise BatchError(
                f"{name}: can't be read as a workbook; it is damaged, protected by a password, or another kind of file"
            ) from error
        raise


def _head_row(rows: Sequence[_Cells]) -> int:
    """The row of headings: the first of texts alone that fills more than half of what the fullest row fills."""
    filled = [sum(cell != "" for cell in cells) for cells in rows]
    for at, cells in enumerate(rows):
        if 2 * filled[at] > max(filled) and all(isinstance(cell, str) for cell in cells):
            return at
    return 0


def _heading(cell: object) -> str:
    return str(cell).strip()
