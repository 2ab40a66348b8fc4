"""The records of a JSON document that has them in one array, read one at a time.

A document of any length needs the memory of one record and one chunk. (An event parser in C would do the
same, but the one at hand crashes the process on a number of 5,000 digits.)
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from typing import IO

from screenkit.sources.files import ListFile
from screenkit.sources.job import Job

from .json_values import DECODER, MOST_LEVELS, Json, UnfitValueError, checked

#: How much is read at once, in characters.
CHUNK = 1 << 18
#: Longest value beside or in the array, in characters: where one doesn't end by then, the file is damaged.
LONGEST_VALUE = 1 << 24
#: How much of a damaged document a fault quotes, in characters.
LONGEST_QUOTE = 100
_SPACE = re.compile(r"[ \t\r\n]*")
_CONTROL_Z = "\x1a"


def records(
    job: Job, key: str, *, inside: str = "", file: ListFile | None = None, faults: bool = True
) -> Iterator[tuple[str, dict[str, Json]]]:
    """Stream the objects in the array at `key` of the job's file, each with its place, such as "line 17".

    Where `key` is empty, the document is the array; where `inside` is stated, the array is in the object at that
    key. `file` is the one to read, where the list has several. What is beside the array is skipped. A document
    that breaks off or isn't JSON is a fault that names line and column, and ends the stream. A reader that goes
    over the file twice passes `faults=False` the first time.
    """
    with (file or job.file).open_text() as stream:
        document = _Document(stream)
        try:
            for place, value in _values(document, key, inside):
                try:
                    yield place, checked(value)
                except UnfitValueError as error:
                    if faults:
                        job.fault(place, key or "-", json.dumps(value)[:LONGEST_QUOTE], str(error), file=file)
        except _BrokenError as error:
            if faults:
                job.fault(
                    str(error.place),
                    key or "-",
                    document.quote(),
                    f"{error}; the file is damaged or cut off",
                    file=file,
                )


class _BrokenError(Exception):
    """The document isn't JSON from here on."""

    def __init__(self, place: str, problem: str) -> None:
        self.place = place
        super().__init__(problem)


class _Document:
    """A window on the text that moves forward only."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._text = ""
        self._at = 0
        # The line and column of the place that is at `_counted` in the window.
        self._counted, self._line, self._column = 0, 1, 1

    def peek(self) -> str:
        """The next character that isn't white space; empty at the end."""
        while True:
            match = _SPACE.match(self._text, self._at)
            assert match is not None  # the pattern matches the empty text
            self._at = match.end()
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._read_on():
                return ""

    def take(self, expected: str) -> None:
        """Move past the next character, which has to be this one."""
        found = self.peek()
        if found != expected:
            what = repr(found) if found else "the end of the file"
            raise self._broken(f"expected {expected!r}; found {what}", self._at)
        self._at += 1

    def end(self) -> None:
        """Nothing may follow."""
        found = self.peek()
        if found.strip(_CONTROL_Z):
            raise self._broken(f"expected the end of the file; found {found!r}", self._at)

    def value(self) -> object:
        """Move past the next value."""
        self.peek()
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if len(self._text) - self._at > LONGEST_VALUE or not self._read_on():
                    raise self._broken(f"not JSON: {error.msg}", min(error.pos, len(self._text))) from None
            except RecursionError:
                raise self._broken(f"nested more than {MOST_LEVELS} levels deep", self._at) from None
            except UnfitValueError as error:
                raise self._broken(str(error), self._at) from None
            else:
                # A number may go on in the next chunk.
                if end < len(self._text) or not self._read_on():
                    self._at = end
                    return value

    def place(self) -> str:
        """Where the next value stands."""
        self.peek()
        self._count()
        return f"line {self._line}"

    def quote(self) -> str:
        """The text that comes next."""
        return self._text[self._at : self._at + LONGEST_QUOTE]

    def _read_on(self) -> bool:
        chunk = self._stream.read(CHUNK)
        if not chunk:
            return False
        self._count()
        self._text, self._at, self._counted = self._text[self._at :] + chunk, 0, 0
        return True

    def _count(self) -> None:
        self._line, self._column = self._position(self._at)
        self._counted = self._at

    def _position(self, at: int) -> tuple[int, int]:
        newlines = self._text.count("\n", self._counted, at)
        column = at - self._text.rfind("\n", self._counted, at) if newlines else self._column + at - self._counted
        return self._line + newlines, column

    def _broken(self, problem: str, at: int) -> _BrokenError:
        line, column = self._position(at)
        return _BrokenError(f"line {line}, column {column}", problem)


def _values(document: _Document, key: str, inside: str) -> Iterator[tuple[str, object]]:
    if not key:
        yield from _elements(document)
    elif not (yield from _in_object(document, key, inside)):
        raise _BrokenError("line 1", f"the document has no array {key!r}")
    document.end()


def _in_object(document: _Document, key: str, inside: str) -> Generator[tuple[str, object], None, bool]:
    """Stream the elements of the array at `key` of the object, or of the one inside it; tell whether there is one."""
    document.take("{")
    found = False
    while document.peek() != "}":
        name = document.value()
        document.take(":")
        if inside and name == inside and document.peek() == "{":
            found = yield from _in_object(document, key, "")
        elif not inside and name == key and document.peek() == "[":
            found = True
            yield from _elements(document)
        else:
            document.value()
        if document.peek() != "}":
            document.take(",")
    document.take("}")
    return found


def _elements(document: _Document) -> Iterator[tuple[str, object]]:
    document.take("[")
    while document.peek() != "]":
        place = document.place()
        yield place, document.value()
        if document.peek() != "]":
            document.take(",")
    document.take("]")
