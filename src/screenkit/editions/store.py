"""`Store`: the editions of lists on disk, with one writer at a time and readers that never wait.

    files/<sha256>                     a raw file as published
    editions/<source>/<sha256>.json    the manifest of an edition
    current/<source>.json              the state of a source: its current edition, the last check, its history
    compiled/                          files that a search opens; derived, and made again if missing
    incoming/                          downloads that are not complete
    staging/                           files that a writer is about to move to their place
    lock, compiling.lock               held by the writer, and by the one that makes compiled files

A file is written in `staging`, forced to the disk and renamed, so it is always complete in its place. Raw files and
manifests never change, and the current edition changes by one rename, so readers need no lock. Every file is checked
before it is used: raw files by their hash, records and compiled files by their checksums.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import attrs
import filelock

from screenkit.atomic_file import force_folder, whole_file
from screenkit.errors import InvalidRecordError, NoListError, StoreError

from .checks import announcements, objections
from .compiling import prepare
from .installing import Incoming, Installed, Staged, accepted, check_request, opened, read_whole, staged
from .record_file import read_record, record_bytes
from .store_reader import VARIABLE, StoreReader, record
from .store_records import Change, InstalledEdition, State, Validators, history_of, utc_text
from .turnover import Turnover

__all__ = ["VARIABLE", "Incoming", "Installed", "Store"]

#: How long a writer waits for another one, in seconds. Reading the largest list takes about a minute.
LONGEST_WAIT = 600
#: How far the clocks of two machines may differ. Times further in the future are refused.
CLOCK_TOLERANCE = dt.timedelta(minutes=5)
#: How long a compiled file is kept after it was last opened: its path may have been passed to other processes.
COMPILED_KEPT = dt.timedelta(days=2)
_FOLDERS = ("files", "editions", "current", "compiled", "incoming", "staging")
_NO_VALIDATORS: Mapping[str, Validators] = {}


class _Before(NamedTuple):
    """What a new edition replaces."""

    edition: InstalledEdition | None
    history: tuple[Change, ...]
    damage: tuple[str, ...]


class Store(StoreReader):
    """A folder of editions. Threads and processes can share it; one at a time writes."""

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        """Take the path of a store; by default $SCREENKIT_STORE, or the user's data folder. Nothing is created."""
        super().__init__(path)
        self._lock = filelock.FileLock(self.path / "lock")

    def __repr__(self) -> str:
        return f"Store({str(self.path)!r})"

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer of the store; wait until another writer has finished. May be nested.

        Raises `StoreError` if the store can't be written, or if another writer takes longer than ten minutes.
        """
        is_outer = not self._lock.is_locked
        with self._told():
            for folder in _FOLDERS:
                (self.path / folder).mkdir(parents=True, exist_ok=True)
            self._acquire()
        try:
            if is_outer:
                with self._told():
                    self._clear_staging()
                    self._clear_compiled()
            yield
        finally:
            self._lock.release()

    def install(
        self,
        source: str,
        files: Sequence[Incoming],
        *,
        retrieved: dt.datetime,
        validators: Mapping[str, Validators] = _NO_VALIDATORS,
        accept_change: str | None = None,
        strict: bool = False,
        index: bool = False,
    ) -> Installed:
        """Install an edition after it was read and checked completely; until then the current edition is kept.

        `retrieved` is when the files were fetched, with a time zone; it counts as the last check. `validators` are
        those that the servers returned, by URL. `accept_change` is a person's reason to install an edition that a check
        refuses; it is recorded. With `strict`, a file of which anything is lost is refused (see `read`). With `index`,
        an edition that replaces another one is indexed before it does, so that no search waits for that. If the edition
        equals the current one, only the time of the last check changes.

        Raises `ListFormatError` for damaged files, `EditionRefusedError` for an edition that is too small or older than
        the current one, and `StoreError` if the store can't be written.
        """
        check_request(source, files, accept_change)
        fetched = _not_of_the_future(retrieved)
        with self.writing(), self._told(), TemporaryDirectory(dir=self.path / "staging") as folder:
            copies = staged(files, Path(folder))
            reader = opened(source, copies, fetched, strict=strict)
            state, before = self._before(source, accept_change)
            if state and state.edition.sha256 == reader.edition.sha256:
                self._place(copies)
                self._confirm(state, fetched, validators)
                return Installed(edition=state.edition, previous=state.edition, announcements=())
            turnover = Turnover(before.edition.sample if before.edition else ())
            new = read_whole(reader, copies, fetched, turnover)
            now = utc_text(dt.datetime.now(dt.UTC))
            found = (*before.damage, *objections(new, before.edition, reader.shortfalls, turnover))
            acceptance = accepted(new, found, accept_change, now)
            self._place(copies)
            edition = self._manifested(attrs.evolve(new, accepted=acceptance))
            if index and before.edition is not None:
                prepare(self, edition)
            when = utc_text(dt.datetime.now(dt.UTC))
            history = (*before.history, Change(edition=edition.sha256, when=when, accepted=acceptance))
            self._put(State(edition=edition, checked=fetched, validators=validators, history=history))
            told = announcements(edition, before.edition, reader)
            return Installed(edition=edition, previous=before.edition, accepted=acceptance, announcements=told)

    def checked(self, source: str, when: dt.datetime, validators: Mapping[str, Validators] = _NO_VALIDATORS) -> None:
        """Record that the publisher still offered the current edition at that time (with a time zone).

        Raises `NoListError` if no edition is installed, and `StoreError`.
        """
        with self.writing(), self._told():
            self._confirm(self.current(source), _not_of_the_future(when), validators)

    def _acquire(self) -> None:
        try:
            self._lock.acquire(timeout=LONGEST_WAIT)
        except filelock.Timeout as error:
            raise StoreError(
                f"{self.path}: another process has been writing for {LONGEST_WAIT // 60} minutes. Wait or end it."
            ) from error

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Raise `StoreError` if the disk is full or can't be written."""
        try:
            yield
        except OSError as error:
            raise StoreError(
                f"{self.path}: can't be written: {error.strerror or error}. The current editions have not changed. Free"
                " some space or correct the permissions, then try again."
            ) from error

    def _clear_staging(self) -> None:
        """Remove what a writer that was killed left there. Nobody else is writing now."""
        for left in (self.path / "staging").iterdir():
            if left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink()

    def _clear_compiled(self) -> None:
        """Remove compiled files that were not opened for long. A missing one is made again when it is needed."""
        oldest = time.time() - COMPILED_KEPT.total_seconds()
        for file in (self.path / "compiled").iterdir():
            with suppress(OSError):
                if file.stat().st_mtime < oldest:
                    file.unlink()

    def _before(self, source: str, accept_change: str | None) -> tuple[State | None, _Before]:
        """The state of a source, and what a new edition is checked against; damage, if a person accepts it."""
        try:
            state = self.current(source)
        except NoListError:
            # The first import was interrupted, or the state of the source was lost.
            kept = self.editions(source)
            return None, _Before(kept[-1] if kept else None, (), ())
        except StoreError as error:
            if accept_change is None:
                raise
            return None, _Before(None, self._readable_history(source), (str(error),))
        return state, _Before(state.edition, state.history, ())

    def _readable_history(self, source: str) -> tuple[Change, ...]:
        path = self.state_path(source)
        try:
            return record(path, lambda: history_of(read_record(path)))
        except StoreError:
            # It goes with the damaged file; the editions themselves stay.
            return ()

    def _place(self, copies: Sequence[Staged]) -> None:
        """Move the copies to their place; a file that is there already is kept, unless it is damaged."""
        for copy in copies:
            try:
                self.checked_file(copy.stored)
            except StoreError:
                copy.path.replace(self.file_path(copy.stored))
        force_folder(self.path / "files")

    def _manifested(self, edition: InstalledEdition) -> InstalledEdition:
        """Write the manifest of an edition; one that is there already is kept, unless it is damaged."""
        try:
            return self.edition(edition.source, edition.sha256)
        except StoreError:
            path = self.manifest_path(edition.source, edition.sha256)
            path.parent.mkdir(exist_ok=True)
            force_folder(path.parent.parent)
            self._write(path, edition.to_dict())
            return edition

    def _confirm(self, state: State, when: str, validators: Mapping[str, Validators]) -> None:
        # Otherwise a check by a clock that was far ahead would stay the last one.
        is_ahead = dt.datetime.fromisoformat(state.checked) > dt.datetime.now(dt.UTC) + CLOCK_TOLERANCE
        checked = when if is_ahead else max(state.checked, when)
        self._put(attrs.evolve(state, checked=checked, validators={**state.validators, **validators}))

    def _put(self, state: State) -> None:
        self._write(self.state_path(state.edition.source), state.to_dict())

    def _write(self, path: Path, values: Mapping[str, Any]) -> None:
        with whole_file(path, self.path / "staging") as stream:
            stream.write(record_bytes(values))


def _not_of_the_future(when: dt.datetime) -> str:
    text = utc_text(when)
    if when > dt.datetime.now(dt.UTC) + CLOCK_TOLERANCE:
        raise InvalidRecordError(f"{text} is in the future. Correct the clock, or state the time of retrieval.")
    return text
