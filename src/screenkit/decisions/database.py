"""The SQLite database of a decisions file: connections to it, its tables, and its errors as `DecisionError`.

A connection lasts for one reading or one transaction. So nothing is shared between threads or with a forked process,
and a process that is killed leaves at most a transaction that is rolled back when the file is opened next. The rollback
journal is used and not the write-ahead log, which needs memory shared by all processes that have the file open.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from screenkit.errors import DecisionError

from .rows import COLUMNS

#: How long another process may hold the file, in seconds, before this one gives up.
_PATIENCE = 60.0
#: Marks the file as one of decisions ("SKDC"), and the version of its tables.
_APPLICATION, _VERSION = 0x534B4443, 2
_SCHEMA = (
    "CREATE TABLE decisions (number INTEGER PRIMARY KEY, "
    + ", ".join(f"{column} TEXT NOT NULL" for column in COLUMNS)
    + ", recorded TEXT NOT NULL, checksum TEXT NOT NULL)",
    "CREATE INDEX decisions_by_customer ON decisions (customer, number)",
    "CREATE TRIGGER decisions_unaltered BEFORE UPDATE ON decisions"
    " BEGIN SELECT RAISE(ABORT, 'a decision is never altered; record another one'); END",
    "CREATE TRIGGER decisions_undeleted BEFORE DELETE ON decisions"
    " BEGIN SELECT RAISE(ABORT, 'a decision is never deleted; record another one'); END",
    f"PRAGMA application_id = {_APPLICATION}",
    f"PRAGMA user_version = {_VERSION}",
)
_REMEDIES = {
    "SQLITE_FULL": "The disk is full, and nothing was recorded. Free some space and try again.",
    "SQLITE_BUSY": f"Another process has been using the file for {_PATIENCE:.0f} seconds. Try again.",
    "SQLITE_READONLY": "Make the file and its folder writable.",
    "SQLITE_CANTOPEN": "Check that the file exists and can be read. Decisions.open(path, create=True) makes a new one.",
    "SQLITE_NOTADB": "It is not a decisions file, or it is damaged. Restore it from a backup.",
    "SQLITE_CORRUPT": "The file is damaged. Restore it from a backup.",
    "SQLITE_IOERR": "The file can't be read or written. Check the disk, its free space and limits on file sizes.",
}


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection for reading, closed at the end."""
    with _connected(path, "rw") as connection:
        _check(path, connection)
        yield connection


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection in a transaction that excludes other writers; at the end it is committed, or rolled back."""
    with _connected(path, "rw") as connection:
        _check(path, connection)
        with _transaction(connection):
            yield connection


def create(path: Path) -> None:
    """Make the file, or its tables if a process was stopped before it made them. An existing file is not changed."""
    with _connected(path, "rwc") as connection, _transaction(connection):
        if not _is_blank(connection):
            _check(path, connection)
            return
        for statement in _SCHEMA:
            connection.execute(statement)


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # If the disk is full, the transaction has been rolled back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _connected(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_PATIENCE, isolation_level=None
        )
        try:
            # What is committed survives a loss of power, the removal of the journal included.
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.execute("PRAGMA trusted_schema = OFF")
            yield connection
        finally:
            connection.close()
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        remedy = next((said for code, said in _REMEDIES.items() if name.startswith(code)), "")
        raise DecisionError(f"{path}: {error}. {remedy}".rstrip()) from error


def _is_blank(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,) and _marks(connection) == (0, 0)


def _marks(connection: sqlite3.Connection) -> tuple[int, int]:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return application, version


def _check(path: Path, connection: sqlite3.Connection) -> None:
    application, version = _marks(connection)
    if application != _APPLICATION:
        raise DecisionError(f"{path}: it is not a decisions file. Decisions.open(path, create=True) makes a new one.")
    if version != _VERSION:
        raise DecisionError(
            f"{path}: the file has version {version}, and this screenkit reads version {_VERSION}. Export its decisions"
            " with the screenkit that wrote it."
        )
