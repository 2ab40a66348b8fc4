"""Reading of CSV and TSV files. A damaged record is a `Rejection`, and the next line begins a new record."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import BinaryIO

from screenkit.books.columns import Columns
from screenkit.errors import BatchError
from screenkit.model.wording import counted

from .customers import Rejection, key_of
from .layout import Layout
from .lines import LONGEST_RECORD, Lines, RecordTooLongError
from .rows import Place, Row, picker


class DelimitedBook:
    """Customers in a text file whose first row has the headings."""

    def __init__(self, file: BinaryIO, size: int, layout: Layout) -> None:
        """Read the headings. Raises `BatchError` if they can't be read."""
        self._file, self._layout = file, layout
        #: Its length in bytes.
        self.size = size
        #: What `size` and the offset of a place count.
        self.unit = "bytes"
        lines = self._lines(layout.skipped)
        found = next((record for record in self._records(lines) if record), None)
        if not isinstance(found, list):
            raise BatchError(f"{file.name}: the first row can't be read as headings: {found or 'there is none'}")
        lines.begin()
        #: The headings.
        self.headings = tuple(found)
        self._first = lines.offset

    def rows(self, columns: Columns, place: Place | None = None) -> Iterator[tuple[Row | None, Place]]:
        """Each row after a place, with the place after the row; None for a blank line."""
        pick = picker(self.headings, columns.used)
        offset, number, blank = place or Place(self._first, 0, 0)
        lines, width = self._lines(offset), len(self.headings)
        for record in self._records(lines):
            if isinstance(record, list) and not record:
                blank += 1
                yield None, Place(lines.held[-1].end, number, blank)
                continue
            number += 1
            row: Row
            if not isinstance(record, list):
                row = number, Rejection(row=number, reason=record)
            elif len(record) != width:
                row = number, Rejection(row=number, reason=_ragged(len(record), width, lines.offset))
            elif (undecodable := lines.undecodable) is not None:
                reason = f"byte {undecodable:,} of the file is not {self._layout.encoding}"
                row = number, Rejection(row=number, id=key_of(pick(record), columns), reason=reason)
            else:
                row = number, pick(record)
            yield row, Place(lines.held[-1].end, number, blank)

    def _lines(self, offset: int) -> Lines:
        return Lines(self._file, offset, self.size, self._layout.encoding)

    def _records(self, lines: Lines) -> Iterator[list[str] | str]:
        """The fields of each record, or what is wrong with it."""
        while True:
            # A reader that raised an error has lost its place; the next one starts at the next line.
            reader = (
                csv.reader(lines, delimiter=self._layout.delimiter, strict=True)
                if self._layout.is_quoted
                else csv.reader(lines, delimiter=self._layout.delimiter, quoting=csv.QUOTE_NONE, strict=True)
            )
            try:
                while (record := _next_record(reader)) is not None:
                    yield record
                    lines.begin()
                return
            except RecordTooLongError:
                wrong = f"has more than {LONGEST_RECORD:,} bytes, or a quotation mark is not closed"
            except csv.Error as error:
                wrong = str(error)
            lines.give_back()
            yield f"the record at byte {lines.offset:,}: {wrong}"
            lines.begin()


def _next_record(reader: Iterator[list[str]]) -> list[str] | None:
    """The next record, which may have long fields. The limit is global, and other readers rely on the usual one."""
    before = csv.field_size_limit(LONGEST_RECORD)
    try:
        return next(reader, None)
    finally:
        csv.field_size_limit(before)


def _ragged(found: int, expected: int, offset: int) -> str:
    return f"the record at byte {offset:,} has {counted(found, 'field')}, but there are {counted(expected, 'heading')}"
