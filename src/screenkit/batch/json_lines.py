"""A file with a JSON object in each line in, its rows out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from screenkit.errors import BatchError

from .columns import Columns
from .customers import Rejection, key_of
from .layout import Layout
from .lines import LONGEST_RECORD, Lines, RecordTooLongError
from .rows import Place, Row

#: Lines whose keys are the headings: in one line alone a fact that is seldom known would be missing.
_LINES_OF_HEADINGS = 10_000


class JsonLinesBook:
    """Customers in a text file, one object a line."""

    def __init__(self, file: BinaryIO, size: int, layout: Layout) -> None:
        """Collect the keys of the first 10,000 lines. Raises `BatchError` where none of them is an object."""
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
            raise BatchError(f"{file.name}: none of its first lines is a JSON object; a customer is one object a line")
        #: The keys that objects have.
        self.headings = tuple(keys)

    def rows(self, columns: Columns, place: Place | None = None) -> Iterator[tuple[Row | None, Place]]:
        """Each row from a place on, with the place after it; None for a line that is blank."""
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
                row = number, Rejection(row=number, reason=f"the line that begins at byte {lines.offset:,} {record}")
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
        """Each line's object, None for a blank line or what is wrong with it; and its first undecodable byte."""
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
        return "is no JSON"
    return found if isinstance(found, dict) else "is JSON, but no object"
