"""The lines of a part of a text file, decoded one by one, with a bound on the length of a line and of a record."""

from __future__ import annotations

from collections import deque
from typing import BinaryIO, NamedTuple

from screenkit.errors import BatchError

#: The most bytes of one record (with its embedded line ends), far above any field that belongs in a book.
LONGEST_RECORD = 8 * 1024 * 1024


class Line(NamedTuple):
    """One line with its line end."""

    #: Its text; None where it is too long to be held.
    text: str | None
    #: The byte at which it begins.
    start: int
    #: The byte after it.
    end: int
    #: The first byte that is not in the encoding, None where all are.
    undecodable: int | None


class RecordTooLongError(Exception):
    """The record has more than `LONGEST_RECORD` bytes. Raised through the parser that asks for the next line."""


class Lines:
    """The lines of a file from one byte to another. Those of the present record are kept and can be returned."""

    def __init__(self, file: BinaryIO, start: int, end: int, encoding: str) -> None:
        """Start at a byte; the file is not read beyond `end`, even if it grows."""
        file.seek(start)
        self._file, self._at, self._end, self._encoding = file, start, end, encoding
        self._ahead: deque[Line] = deque()
        #: The lines of the present record.
        self.held: list[Line] = []
        #: The byte that the present record begins at, and after `begin` the one after the record before.
        self.offset = start

    def begin(self) -> None:
        """Start the next record; the lines kept are no longer needed."""
        if self.held:
            self.offset = self.held[-1].end
            self.held.clear()

    def give_back(self) -> None:
        """End the present record after its first line; the lines after it are read again."""
        self._ahead.extendleft(reversed(self.held[1:]))
        del self.held[1:]

    @property
    def undecodable(self) -> int | None:
        """The first byte of the present record that is not in the encoding."""
        return next((line.undecodable for line in self.held if line.undecodable is not None), None)

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self._ahead.popleft() if self._ahead else self._read()
        if line is None:
            raise StopIteration
        self.held.append(line)
        if line.text is None or line.end - self.held[0].start > LONGEST_RECORD:
            raise RecordTooLongError
        return line.text

    def _read(self) -> Line | None:
        start = self._at
        raw = self._file.readline(min(self._end - start, LONGEST_RECORD + 1))
        if not raw:
            if start < self._end:
                raise BatchError(
                    f"{self._file.name}: ends at byte {start:,} of {self._end:,}; it was shortened while it was read"
                )
            return None
        self._at += len(raw)
        if len(raw) > LONGEST_RECORD:
            while raw and not raw.endswith(b"\n") and self._at < self._end:
                raw = self._file.readline(min(self._end - self._at, LONGEST_RECORD))
                self._at += len(raw)
            return Line(None, start, self._at, None)
        try:
            return Line(raw.decode(self._encoding), start, self._at, None)
        except UnicodeDecodeError as error:
            # Lone surrogates stand for the bytes, so that the rest of the record can be told.
            return Line(raw.decode(self._encoding, "surrogateescape"), start, self._at, start + error.start)
