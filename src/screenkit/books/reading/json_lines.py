"""Reading of files with a JSON object on each line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from screenkit.books.columns import Columns
from screenkit.errors import BatchError

from .customers import Rejection, key_of
from .layout import Layout
from .lines import LONGEST_RECORD, Lines, RecordTooLongError
from .rows import Place, Row

#: Lines whose keys are the headings. One line alone could lack a fact that is rarely known.
_LINES_OF_HEADINGS = 10_000


class JsonLinesBook:
    """Customers in a text file with one object per line."""

    def __init__(self, file: BinaryIO, size: int, layout: Layout) -> None:
        """Collect the keys of the first 10,000 lines. Raises `BatchError` if none of these is an object."""
        self._file, self._layout = file, layout
        #: Its length in bytes.
        self.size = size
        #: What `size` and the offset of a place count.
        self.unit = "bytes"
        keys: dict[str, None] = {}
        for at, (record, _) in enumerate(self._records(self._lines(layout.skipped))):
            if isinstance(record, dict):
                keys.update(dict.fromkeys(record))
            if at >= _LINES_OF_HEADINGS:
                break
        if not keys:
            raise BatchError(
                f"{file.name}: none of the first lines is a JSON object; write one object per line for each customer"
            )
        #: The keys that objects have.
        self.headings = tuple(keys)

    def rows(self, columns: Columns, place: Place | None = None) -> Iterator[tuple[Row | None, Place]]:
        """Each row after a place, with the place after the row; None for a blank line."""
        offset, number, blank = place or Place(self._layout.skipped, 0, 0)
        lines, used = self._lines(offset), columns.used
        for record, undecodable in self._records(lines):
            if record is None:
                blank += 1
                yield None, Place(lines.held[-1].end, number, blank)
                continue
            number += 1
            row: Row
            if isinstance(record, str):
                row = number, Rejection(row=number, reason=f"the line at byte {lines.offset:,} {record}")
            elif undecodable is not None:
                values = tuple(record.get(column) for column in used)
                reason = f"byte {undecodable:,} of the file is not {self._layout.encoding}"
                row = number, Rejection(row=number, id=key_of(values, columns), reason=reason)
            else:
                row = number, tuple(record.get(column) for column in used)
            yield row, Place(lines.held[-1].end, number, blank)

    def _lines(self, offset: int) -> Lines:
        return Lines(self._file, offset, self.size, self._layout.encoding)

    def _records(self, lines: Lines) -> Iterator[tuple[dict[str, object] | str | None, int | None]]:
        """The object on each line, None for a blank line, or what is wrong with it; and its first undecodable byte."""
        while True:
            try:
                text = next(lines, None)
            except RecordTooLongError:
                yield f"has more than {LONGEST_RECORD:,} bytes", None
            else:
                if text is None:
                    return
                yield (None if text.isspace() else _object(text)), lines.undecodable
            lines.begin()


def _object(text: str) -> dict[str, object] | str:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):  # a number of too many digits is a ValueError, nesting too deep the other
        return "is not JSON"
    return found if isinstance(found, dict) else "is JSON, but not an object"
