"""`AuditLog`: an append-only file of records, whose lines form a chain of hashes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import FileIO
from os import PathLike
from pathlib import Path
from typing import Any

import filelock

from screenkit.atomic_file import force_folder
from screenkit.errors import AuditError
from screenkit.model.chain_head import Head
from screenkit.results.record import check_key

from .chain import NO_LINES, follows, make_line, read_line
from .references import Reference, context_of, is_screening, reference_of, referring

#: How long a writer waits for others, in seconds; each of them takes some milliseconds.
LONGEST_WAIT = 60.0
#: The note in a line that quotes an incomplete one.
TORN = "torn line"
_PIECE = 65_536


class AuditLog:
    """A log to which records are appended. Several processes and threads can use it, on a local file system."""

    def __init__(self, path: str | PathLike[str], *, key: bytes | None = None) -> None:
        """Take the path of the log. The file is made with its first line, readable by its owner only.

        With a `key` (16 secret bytes or more) the lines are hashed with it. Raises `AuditError` if it is too short.
        """
        #: The path with symbolic links resolved, so that all writers share one lock.
        self.path = Path(os.path.realpath(path))
        self._key = None if key is None else check_key(key)

    def append(self, *records: Mapping[str, Any]) -> Head:
        """Write records, one in each line, and force them to the disk; returns the head.

        What records of screenings share is written once, and later records refer to it (`audit.references`). An
        incomplete line at the end, left by a writer that was stopped, is replaced by a line that quotes it. Raises
        `AuditError` if the last line was altered or was written with another key, if another writer holds the log for
        a minute, or if it can't be written; then nothing was added.
        """
        if not self.path.parent.is_dir():
            # The lock would create it, and a mistyped path would go unnoticed.
            raise AuditError(f"{self.path}: can't be written: the folder {self.path.parent} doesn't exist")
        try:
            with filelock.FileLock(f"{self.path}.lock", timeout=LONGEST_WAIT), self._opened() as file:
                return self._write(file, records)
        except filelock.Timeout as error:
            raise AuditError(
                f"{self.path}: another process is writing (it holds {error.lock_file}). Try again later."
            ) from error
        except OSError as error:
            raise AuditError(
                f"{self.path}: can't be written: {error.strerror or error}. Nothing was recorded."
            ) from error

    def has(self, record: Mapping[str, Any]) -> bool:
        """Whether a line has this record; the chain is not checked. Raises `AuditError` if the log can't be read."""
        wanted = json.loads(json.dumps(record))
        try:
            with self.path.open("rb") as file:
                return any(read_line(line, self._key)[0].get("record") == wanted for line in file)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise AuditError(f"{self.path}: can't be read: {error.strerror or error}") from error

    @contextmanager
    def _opened(self) -> Iterator[FileIO]:
        is_new = not self.path.exists()
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        with open(descriptor, "r+b", buffering=0) as file:
            if is_new:
                force_folder(self.path.parent)
            yield file

    def _write(self, file: FileIO, records: Iterable[Mapping[str, Any]]) -> Head:
        size = file.seek(0, os.SEEK_END)
        whole, last = _last_line(file, size)
        before, context = _head_of(self.path, last, self._key) if last else (NO_LINES, None)
        rest = _read(file, whole, size)
        if rest and follows(rest, before, self._key):
            # Only its line end was cut off.
            writer = _Writer(*_head_of(self.path, rest, self._key), self._key, rest + b"\n")
        else:
            writer = _Writer(before, context, self._key)
            if rest:
                writer.add(_torn_note(rest))
        for record in records:
            writer.add(record)
        lines, head = writer.lines, writer.head
        if not lines:
            return before
        try:
            # This overwrites an incomplete line; the note that quotes it is longer.
            _write_all(file, whole, b"".join(lines))
            os.fsync(file.fileno())
        except BaseException:
            with suppress(OSError):
                file.truncate(whole)
            raise
        return head


def _write_all(file: FileIO, at: int, data: bytes) -> None:
    file.seek(at)
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _last_line(file: FileIO, size: int) -> tuple[int, bytes]:
    """Where the last complete line ends, and that line, read from the end; 0 and nothing if there is none."""
    start, tail = size, b""
    whole = -1
    while start > 0:
        piece = min(_PIECE, start)
        start -= piece
        file.seek(start)
        tail = file.read(piece) + tail
        if whole < 0 and (found := tail.rfind(b"\n")) >= 0:
            whole = start + found + 1
        if whole >= 0 and (before := tail.rfind(b"\n", 0, whole - 1 - start)) >= 0:
            return whole, tail[before + 1 : whole - start]
    return (whole, tail[:whole]) if whole > 0 else (0, b"")


class _Writer:
    """Lines to be written, each after the one before it."""

    def __init__(self, head: Head, context: Reference | None, key: bytes | None, *lines: bytes) -> None:
        self.lines = list(lines)
        self.head = head
        self._context, self._key = context, key

    def add(self, record: Mapping[str, Any]) -> None:
        """Add the line of a record, and before it the line of its context where that isn't the last one's."""
        if is_screening(record):
            context, sha256 = context_of(record)
            if self._context is None or self._context.sha256 != sha256:
                self._add(context)
                self._context = Reference(self.head.count, sha256)
            self._add(referring(record, self._context))
        else:
            self._context = None
            self._add(record)

    def _add(self, record: Mapping[str, Any]) -> None:
        line, self.head = make_line(record, self.head, self._key)
        self.lines.append(line)


def _head_of(path: Path, line: bytes, key: bytes | None) -> tuple[Head, Reference | None]:
    """The head of a log with this last line, and the context that the line refers to.

    Raises `AuditError` if the line is not as it was written.
    """
    values, problem = read_line(line, key)
    if problem:
        raise AuditError(
            f"{path}: its last line {problem}. Nothing was recorded. Run `screenkit audit verify` to check the log."
        )
    return Head(hash=values["hash"], count=values["line"]), reference_of(values["record"])


def _read(file: FileIO, start: int, end: int) -> bytes:
    file.seek(start)
    return file.read(end - start)


def _torn_note(torn: bytes) -> dict[str, Any]:
    return {"note": TORN, "bytes": len(torn), "text": torn.decode("utf-8", "backslashreplace")}
