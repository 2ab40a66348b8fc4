"""Records in, an append-only log with a hash chain out; a log in, every line that isn't what was written out.

A line is one JSON object, in this form to the byte:

    {"line":1,"time":"2026-01-31T08:15:00.250Z","chain":"sha256","previous":"000...","record":{...},"hash":"9f2..."}

`line` is its number, `previous` the hash of the line before it (zeros for the first), `hash` that of all bytes before
`,"hash"`: SHA-256, or HMAC-SHA256 under a key, without which nobody who can write the file can make the chain again. A
chain can't tell that its last lines were cut off; its head (the last hash and the count of lines), kept elsewhere, can.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import FileIO
from os import PathLike
from pathlib import Path
from typing import Any, Self

import attrs
import filelock

from screenkit.errors import AuditError
from screenkit.model.record import check_key, instant
from screenkit.whole_files import force_folder

#: How long a writer waits for the others, in seconds; each of them takes some milliseconds.
LONGEST_WAIT = 60.0
_FIRST = "0" * 64
_PLAIN, _KEYED = "sha256", "hmac-sha256"
#: Told to a keyed hash first, so that one key may serve for subjects too.
_PURPOSE = b"screenkit audit 1\0"
_END = re.compile(rb',"hash":"([0-9a-f]{64})"\}\Z')
_HEAD = re.compile(r"([0-9a-f]{64})/([1-9]\d*)\Z")
_PIECE = 65_536
_KEYS = ["line", "time", "chain", "previous", "record"]
_TORN = "torn line"
_NEEDS_KEY = "is under a key; give the key"


@attrs.frozen(kw_only=True)
class Head:
    """What has to be kept outside a log to notice that its end was cut off."""

    #: The hash of the last line, 64 hexadecimal digits.
    hash: str
    #: How many lines there were.
    count: int

    def __str__(self) -> str:
        return f"{self.hash}/{self.count}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `HASH/COUNT`, as a head prints itself. Raises `AuditError` for anything else."""
        match = _HEAD.match(text.strip())
        if match is None:
            raise AuditError(
                "a head is HASH/COUNT, 64 hexadecimal digits and a count, as `screenkit audit verify` prints"
            )
        return cls(hash=match[1], count=int(match[2]))


@attrs.frozen(kw_only=True)
class LogFault:
    """One thing that isn't as it was written."""

    #: The line, counted from 1 in the file as it is.
    line: int
    #: What is wrong with it.
    problem: str

    def __str__(self) -> str:
        return f"line {self.line:,}: {self.problem}"


@attrs.frozen(kw_only=True)
class Verification:
    """What became of a log since it was written."""

    #: Its head as it is now; None for a log without a whole line.
    head: Head | None
    #: Whether the chain is under a key.
    is_keyed: bool
    #: Lines that were altered, removed, added, repeated or moved, and an end that was cut off or torn.
    faults: tuple[LogFault, ...]
    #: Lines that tell of a torn line: a writer that was stopped in the middle of one, before it was committed.
    torn: tuple[LogFault, ...]

    @property
    def is_intact(self) -> bool:
        """True where every line is as it was written and in its place."""
        return not self.faults


class AuditLog:
    """A log that records are appended to. Safe for several processes and threads, on a local file system."""

    def __init__(self, path: str | PathLike[str], *, key: bytes | None = None) -> None:
        """Take the log's path; the file is made with its first line, readable by its owner alone.

        `key` (16 secret bytes or more) makes it a keyed chain. Raises `AuditError` for a key too short.
        """
        #: Where it is, symbolic links resolved, so that all its writers share one lock.
        self.path = Path(os.path.realpath(path))
        self._key = None if key is None else check_key(key)

    def append(self, *records: Mapping[str, Any]) -> Head:
        """Write records, one a line, and force them to the disk; what it returned for is kept.

        Returns the head. A torn line at the end, which a writer that was stopped never finished, gives way to a line
        that quotes it. Raises `AuditError` where the last line was altered or is of another chain (such as one under a
        key), where another writer holds the log for a minute, or where it can't be written; then nothing was added.
        """
        if not self.path.parent.is_dir():
            # The lock would make it, and a mistyped path would go unnoticed.
            raise AuditError(f"{self.path}: can't be written: there is no folder {self.path.parent}")
        try:
            with filelock.FileLock(f"{self.path}.lock", timeout=LONGEST_WAIT), self._opened() as file:
                return self._write(file, records)
        except filelock.Timeout as error:
            raise AuditError(
                f"{self.path}: another writer holds the lock {error.lock_file}; try again later"
            ) from error
        except OSError as error:
            raise AuditError(
                f"{self.path}: can't be written: {error.strerror or error}. Nothing was recorded."
            ) from error

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
        before = _head_of(self.path, last, self._key) if last else Head(hash=_FIRST, count=0)
        lines, head = [], before
        notes = [_torn_note(file, whole, size)] if whole < size else []
        for record in (*notes, *records):
            line, head = _line(record, head, self._key)
            lines.append(line)
        if not lines:
            return before
        try:
            # Over a torn line, which the note that quotes it covers whole.
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


def _line(record: Mapping[str, Any], before: Head, key: bytes | None) -> tuple[bytes, Head]:
    values = {
        "line": before.count + 1,
        "time": instant(dt.datetime.now(dt.UTC)),
        "chain": _PLAIN if key is None else _KEYED,
        "previous": before.hash,
        "record": record,
    }
    try:
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        # The record is not quoted: it may hold a customer's name.
        raise AuditError(f"a record can't be written as JSON ({type(error).__name__}): give plain values") from None
    body = text.encode("utf-8", "surrogatepass")[:-1]
    digest = _hash(body, key)
    line = body + f',"hash":"{digest}"}}\n'.encode("ascii")
    if _read_line(line, key)[1]:
        # A list, or nested so deep that only writing it succeeds: with such a line the log could not go on.
        raise AuditError("a record can't be written as JSON and read again: give a mapping of plain values")
    return line, Head(hash=digest, count=before.count + 1)


def _hash(body: bytes, key: bytes | None) -> str:
    if key is None:
        return hashlib.sha256(body).hexdigest()
    return hmac.new(key, _PURPOSE + body, hashlib.sha256).hexdigest()


def _last_line(file: FileIO, size: int) -> tuple[int, bytes]:
    """Where the last whole line ends, and that line, read from the end; 0 and nothing where there is none."""
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


def _head_of(path: Path, line: bytes, key: bytes | None) -> Head:
    """The head that a log's last line makes, where that line is as it was written."""
    values, problem = _read_line(line, key)
    if problem:
        raise AuditError(f"{path}: its last line {problem}; nothing was recorded. Run `screenkit audit verify` on it.")
    return Head(hash=values["hash"], count=values["line"])


def _read_line(line: bytes, key: bytes | None) -> tuple[dict[str, Any], str]:
    """What a line states, and what is wrong with it, if anything is."""
    end = _END.search(line.removesuffix(b"\n"))
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        values = None
    if end is None or not isinstance(values, dict) or list(values) != [*_KEYS, "hash"]:
        return {}, "is no line of an audit log, or was altered"
    chain = _PLAIN if key is None else _KEYED
    if values["chain"] == _KEYED and key is None:
        return values, _NEEDS_KEY
    if not hmac.compare_digest(_hash(line[: end.start()], key), values["hash"]):
        return values, "was altered" if values["chain"] == chain else "was altered, or is of a chain without a key"
    if values["chain"] != chain or type(values["line"]) is not int or not isinstance(values["record"], dict):
        return values, "was altered: it is not of the form that is written"
    return values, ""


def _torn_note(file: FileIO, whole: int, size: int) -> dict[str, Any]:
    file.seek(whole)
    torn = file.read(size - whole)
    return {"note": _TORN, "bytes": len(torn), "text": torn.decode("utf-8", "backslashreplace")}


def lines(path: str | PathLike[str]) -> Iterator[bytes]:
    """The lines of a log, line ends included. Raises `AuditError` where it can't be read."""
    try:
        with open(path, "rb") as file:
            yield from file
    except OSError as error:
        raise AuditError(f"{os.fspath(path)}: can't be read: {error.strerror or error}. Check the path.") from error


def verify(path: str | PathLike[str], *, key: bytes | None = None, head: Head | None = None) -> Verification:
    """Check every line of a log: its hash, its number and that it follows the line before it.

    `key` is that of a keyed chain, `head` one that was noted earlier: the log has to hold that line, and so all before
    it. A line that is being written meanwhile counts as torn. Raises `AuditError` where the log can't be read, or its
    chain is keyed and no key is given.
    """
    if key is not None:
        check_key(key)
    faults: list[LogFault] = []
    torn: list[LogFault] = []
    last = Head(hash=_FIRST, count=0)
    noted = ""
    for number, line in enumerate(lines(path), 1):
        if not line.endswith(b"\n"):
            problem = f"is torn: {len(line):,} bytes without a line end, of a writer that was stopped, or cut off"
            faults.append(LogFault(line=number, problem=problem))
            break
        values, problem = _read_line(line, key)
        if number == 1 and problem == _NEEDS_KEY:
            raise AuditError(f"{os.fspath(path)}: its chain {problem}")
        problems = (problem, _out_of_order(values, last, number))
        faults += [LogFault(line=number, problem=one) for one in problems if one]
        last = Head(hash=values.get("hash", ""), count=number)
        if head is not None and number == head.count:
            noted = last.hash
        if not problem and values["record"].get("note") == _TORN:
            torn.append(LogFault(line=number, problem="quotes a torn line, of a writer that was stopped"))
    if head is not None and noted != head.hash:
        faults.append(_not_as_noted(head, last.count))
    return Verification(
        head=last if last.count and last.hash else None,
        is_keyed=key is not None,
        faults=tuple(faults),
        torn=tuple(torn),
    )


def _out_of_order(values: Mapping[str, Any], before: Head, number: int) -> str:
    """What is wrong with a line's place, if anything is."""
    if not values:
        return ""
    stated = values["line"]
    if stated != number:
        told = f"line {stated:,}" if type(stated) is int else "something else"
        return f"calls itself {told}: lines were removed, added, repeated or moved"
    if before.hash and values["previous"] != before.hash:
        return f"does not follow line {number - 1:,}: one of the two was replaced" if before.count else "is not a first"
    return ""


def _not_as_noted(head: Head, count: int) -> LogFault:
    if count < head.count:
        problem = f"the log ends here, where {head.count:,} lines were noted: its end was cut off"
        return LogFault(line=count, problem=problem)
    return LogFault(line=head.count, problem="is not the line that was noted: the log was written anew")
