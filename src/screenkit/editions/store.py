"""List files in, whole editions on disk out: raw files, a manifest for each edition, what is current of each source.

    files/<sha256>                     a raw file as published
    editions/<source>/<sha256>.json    the manifest of an edition
    current/<source>.json              what is current, when it was checked, and what was current before
    compiled/                          what a search opens; derived, and made again where it is missing
    incoming/                          downloads that are not whole yet
    staging/                           files that a writer is about to put in their place
    lock                               held by the one writer

Whatever has its place is whole: it is written in `staging`, forced to the disk and renamed. Files and manifests never
change, and what is current changes by one rename, so readers need no lock. Every file is checked before it is used: raw
files by their hash, records by their seal, compiled files by their checksums.
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

from screenkit.errors import InvalidRecordError, NoListError, StoreError
from screenkit.whole_files import force_folder, whole_file

from .checks import announcements, objections
from .installed_edition import Change, InstalledEdition, State, Validators, history_of, utc_text
from .installing import Incoming, Installed, Staged, accepted, check_request, opened, read_whole, staged
from .kept import VARIABLE, Kept, record
from .sealed import sealed, unsealed

__all__ = ["VARIABLE", "Incoming", "Installed", "Store"]

#: How long a writer waits for another one, in seconds: the largest list takes about a minute to be read whole.
LONGEST_WAIT = 600
#: How far the clocks of two machines may differ; what claims to be of later than that is refused.
CLOCK_TOLERANCE = dt.timedelta(minutes=5)
#: How long a compiled file is kept after it was last opened: who opened it may hand it to other processes by its path.
COMPILED_KEPT = dt.timedelta(days=2)
_FOLDERS = ("files", "editions", "current", "compiled", "incoming", "staging")
_NO_VALIDATORS: Mapping[str, Validators] = {}


class _Before(NamedTuple):
    """What a new edition takes the place of."""

    edition: InstalledEdition | None
    history: tuple[Change, ...]
    damage: tuple[str, ...]


class Store(Kept):
    """A folder of editions. Safe to share between threads and processes, of which one at a time writes."""

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        """Take the store at a path: by default $SCREENKIT_STORE, else the user's data folder. Nothing is created."""
        super().__init__(path)
        self._lock = filelock.FileLock(self.path / "lock")

    def __repr__(self) -> str:
        return f"Store({str(self.path)!r})"

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the store's only writer; wait for another one to finish. May be nested.

        Raises `StoreError` where the store can't be written, or another writer takes longer than ten minutes.
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
    ) -> Installed:
        """Take up an edition after reading and checking it whole; until then the current one stays.

        `retrieved` is when the files were fetched, with a time zone; it counts as the last successful check.
        `validators` are those of the servers that gave the files, by URL. `accept_change` is a person's reason to take
        it up although a check refuses it; both are recorded. An edition equal to the current one is a successful check.

        Raises `ListFormatError` for damaged files, `EditionRefusedError` for an edition below the minimum counts,
        shrunk or older than the current one, `StoreError` where the store can't be written.
        """
        check_request(source, files, accept_change)
        fetched = _not_of_the_future(retrieved)
        with self.writing(), self._told(), TemporaryDirectory(dir=self.path / "staging") as folder:
            copies = staged(files, Path(folder))
            reader = opened(source, copies, fetched)
            state, before = self._before(source, accept_change)
            if state and state.edition.sha256 == reader.edition.sha256:
                self._place(copies)
                self._confirm(state, fetched, validators)
                return Installed(edition=state.edition, previous=state.edition, announcements=())
            new = read_whole(reader, copies, fetched)
            now = utc_text(dt.datetime.now(dt.UTC))
            found = (*before.damage, *objections(new, before.edition, reader.shortfalls))
            acceptance = accepted(new, found, accept_change, now)
            self._place(copies)
            edition = self._manifested(attrs.evolve(new, accepted=acceptance))
            history = (*before.history, Change(edition=edition.sha256, when=now, accepted=acceptance))
            self._put(State(edition=edition, checked=fetched, validators=validators, history=history))
            told = announcements(edition, before.edition)
            return Installed(edition=edition, previous=before.edition, accepted=acceptance, announcements=told)

    def checked(self, source: str, when: dt.datetime, validators: Mapping[str, Validators] = _NO_VALIDATORS) -> None:
        """Record that the publisher still offers the current edition, as it said at that time (with a time zone).

        Raises `NoListError` where nothing is installed, `StoreError`.
        """
        with self.writing(), self._told():
            self._confirm(self.current(source), _not_of_the_future(when), validators)

    def _acquire(self) -> None:
        try:
            self._lock.acquire(timeout=LONGEST_WAIT)
        except filelock.Timeout as error:
            raise StoreError(
                f"{self.path}: another process has been writing for {LONGEST_WAIT // 60} minutes. Wait, or end it."
            ) from error

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell of a disk that is full or can't be written in the store's own words."""
        try:
            yield
        except OSError as error:
            raise StoreError(
                f"{self.path}: can't be written: {error.strerror or error}. What was current still is; make room or"
                " correct the permissions, then try again."
            ) from error

    def _clear_staging(self) -> None:
        """Remove what a writer left there that was killed: nobody else writes now."""
        for left in (self.path / "staging").iterdir():
            if left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink()

    def _clear_compiled(self) -> None:
        """Remove compiled files that nobody opened for long; who has one open keeps it, a missing one is made again."""
        oldest = time.time() - COMPILED_KEPT.total_seconds()
        for file in (self.path / "compiled").iterdir():
            with suppress(OSError):
                if file.stat().st_mtime < oldest:
                    file.unlink()

    def _before(self, source: str, accept_change: str | None) -> tuple[State | None, _Before]:
        """What is current, and what a new edition has to stand up to, with the damage to it that a person accepts."""
        try:
            state = self.current(source)
        except NoListError:
            # The first import was broken off before its end, or the record of what is current was lost.
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
            return record(path, lambda: history_of(unsealed(path)))
        except StoreError:
            # It goes with the damaged file; the editions themselves stay.
            return ()

    def _place(self, copies: Sequence[Staged]) -> None:
        """Put copies where they are kept; one that is there already stays, unless it is damaged."""
        for copy in copies:
            try:
                self.checked_file(copy.stored)
            except StoreError:
                copy.path.replace(self.file_path(copy.stored))
        force_folder(self.path / "files")

    def _manifested(self, edition: InstalledEdition) -> InstalledEdition:
        """Write an edition's manifest; the first one stays, unless it is damaged."""
        try:
            return self.edition(edition.source, edition.sha256)
        except StoreError:
            path = self.manifest_path(edition.source, edition.sha256)
            path.parent.mkdir(exist_ok=True)
            force_folder(path.parent.parent)
            self._write(path, edition.to_dict())
            return edition

    def _confirm(self, state: State, when: str, validators: Mapping[str, Validators]) -> None:
        # A check by a clock that was far ahead would else be the last one for as long as the list stays the same.
        is_ahead = dt.datetime.fromisoformat(state.checked) > dt.datetime.now(dt.UTC) + CLOCK_TOLERANCE
        checked = when if is_ahead else max(state.checked, when)
        self._put(attrs.evolve(state, checked=checked, validators={**state.validators, **validators}))

    def _put(self, state: State) -> None:
        self._write(self.state_path(state.edition.source), state.to_dict())

    def _write(self, path: Path, values: Mapping[str, Any]) -> None:
        with whole_file(path, self.path / "staging") as stream:
            stream.write(sealed(values))


def _not_of_the_future(when: dt.datetime) -> str:
    text = utc_text(when)
    if when > dt.datetime.now(dt.UTC) + CLOCK_TOLERANCE:
        raise InvalidRecordError(f"{text} lies in the future. Set the clock, or state the time of retrieval.")
    return text
