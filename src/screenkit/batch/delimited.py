"""A CSV or TSV file in, its rows out; a record that is none is a `Rejection`, and the next line begins a new one."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import BinaryIO

from screenkit.errors import BatchError

from .columns import Columns
from .customers import Rejection, key_of
from .layout import Layout
from .lines import LONGEST_RECORD, Lines, RecordTooLongError
from .rows import Place, Row, picker


class DelimitedBook:
    """Customers in a text file with a heading for each column, which the first row holds."""

    def __init__(self, file: BinaryIO, size: int, layout: Layout) -> None:
        """Read the headings. Raises `BatchError` where there is none that can be read."""
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
        """Each row from a place on, with the place after it; None for a line that is blank."""
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
        """The fields of each record, or why it is none."""
        while True:
            # A reader that raised an error has lost its place: the next one begins at the next line.
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
            yield f"the record that begins at byte {lines.offset:,}: {wrong}"
            lines.begin()


def _next_record(reader: Iterator[list[str]]) -> list[str] | None:
    """The next record, whose fields may be long; the limit is the process's own, and others rely on the usual one."""
    before = csv.field_size_limit(LONGEST_RECORD)
    try:
        return next(reader, None)
    finally:
        csv.field_size_limit(before)


def _ragged(found: int, expected: int, offset: int) -> str:
    return f"the record that begins at byte {offset:,} has {found:,} fields; there are {expected:,} headings"
