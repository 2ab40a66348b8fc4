"""Checking an audit log: every line that was altered, removed, added, repeated or moved is found."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from os import PathLike
from typing import Any

import attrs

from screenkit.errors import AuditError
from screenkit.model.chain_head import Head
from screenkit.results.record import check_key

from .chain import NEEDS_KEY, NO_LINES, follows, read_line
from .log import TORN

_UNENDED = "is as it was written, but its line end was cut off; the next line that is appended restores it"


@attrs.frozen(kw_only=True)
class LogFault:
    """One thing that is wrong with a log."""

    #: The number of the line in the file as it is now, counted from 1.
    line: int
    #: What is wrong with it.
    problem: str

    def __str__(self) -> str:
        return f"line {self.line:,}: {self.problem}"


@attrs.frozen(kw_only=True)
class Verification:
    """The result of checking a log."""

    #: Its head as it is now; None for a log without a complete line.
    head: Head | None
    #: Whether the chain has a key.
    is_keyed: bool
    #: Lines that were altered, removed, added, repeated or moved, and an end that was cut off or is incomplete.
    faults: tuple[LogFault, ...]
    #: Lines that quote an incomplete line, left by a writer that was stopped before the line was committed.
    torn: tuple[LogFault, ...]

    @property
    def is_intact(self) -> bool:
        """True if every line is as it was written and in its place."""
        return not self.faults


def _lines(path: str | PathLike[str]) -> Iterator[bytes]:
    """The lines of a log with their line ends. Raises `AuditError` if it can't be read."""
    try:
        with open(path, "rb") as file:
            yield from file
    except OSError as error:
        raise AuditError(f"{os.fspath(path)}: can't be read: {error.strerror or error}. Check the path.") from error


def verify(path: str | PathLike[str], *, key: bytes | None = None, head: Head | None = None) -> Verification:
    """Check every line of a log: its hash, its number and that it follows the line before it.

    `key` is the key of the chain, if it has one. `head` is a head that was noted earlier: the log must still contain
    that line, and so all lines before it. A line that is being written meanwhile counts as incomplete; one that
    lacks only its line end is complete, which is said. Raises
    `AuditError` if the log can't be read, or if it was written with a key and none is given.
    """
    if key is not None:
        check_key(key)
    faults: list[LogFault] = []
    torn: list[LogFault] = []
    last = NO_LINES
    noted = ""
    for number, line in enumerate(_lines(path), 1):
        if not line.endswith(b"\n") and follows(line, last, key):
            faults.append(LogFault(line=number, problem=_UNENDED))
        elif not line.endswith(b"\n"):
            problem = (
                f"is incomplete: {len(line):,} bytes without a line end. A writer was stopped, or the end was cut off"
            )
            faults.append(LogFault(line=number, problem=problem))
            break
        values, problem = read_line(line, key)
        if number == 1 and problem == NEEDS_KEY:
            raise AuditError(f"{os.fspath(path)}: the log {problem}")
        problems = (problem, _out_of_order(values, last, number))
        faults += [LogFault(line=number, problem=one) for one in problems if one]
        last = Head(hash=values.get("hash", ""), count=number)
        if head is not None and number == head.count:
            noted = last.hash
        if not problem and values["record"].get("note") == TORN:
            torn.append(LogFault(line=number, problem="quotes an incomplete line of a writer that was stopped"))
    if head is not None and noted != head.hash:
        faults.append(_not_as_noted(head, last.count))
    return Verification(
        head=last if last.count and last.hash else None,
        is_keyed=key is not None,
        faults=tuple(faults),
        torn=tuple(torn),
    )


def _out_of_order(values: Mapping[str, Any], before: Head, number: int) -> str:
    """What is wrong with the place of a line, if anything."""
    if not values:
        return ""
    stated = values["line"]
    if stated != number:
        told = f"line {stated:,}" if type(stated) is int else "something else"
        return f"is numbered {told}: lines were removed, added, repeated or moved"
    if before.hash and values["previous"] != before.hash:
        return (
            f"does not follow line {number - 1:,}: one of them was replaced" if before.count else "is not a first line"
        )
    return ""


def _not_as_noted(head: Head, count: int) -> LogFault:
    if count < head.count:
        problem = f"the log ends here, but {head.count:,} lines were noted: its end was cut off"
        return LogFault(line=count, problem=problem)
    return LogFault(line=head.count, problem="is not the line that was noted: the log was written again")
