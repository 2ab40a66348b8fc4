"""The files of a run: written under temporary names, committed, and renamed when they are complete."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Literal

import numpy as np

from screenkit.atomic_file import whole_file
from screenkit.books.counts import Counts
from screenkit.books.reading.rows import Place
from screenkit.books.work import KEY_BYTES, Done
from screenkit.errors import BatchError

from .journal import Journal, sync_folder
from .workbook import require_writer, write_workbook

#: Bytes hashed at once.
_BLOCK = 1 << 20
#: Keys sorted at once to count repeated ones, 8 bytes each.
_KEYS_AT_ONCE = 1 << 22


class Outputs:
    """The files that a run writes: hits, rejected rows, digests of keys, a summary and a journal."""

    def __init__(self, path: Path, *, is_recorded: bool = False, is_workbook: bool = False) -> None:
        """Name the files after the one with the hits; nothing is opened."""
        self._is_workbook = is_workbook
        if is_workbook:
            require_writer(path)
        #: The hits.
        self.path = path
        #: The rejected rows.
        self.rejected = path.with_name(f"{path.name}.rejected.csv")
        #: The summary.
        self.summary = path.with_name(f"{path.name}.summary.json")
        #: How far the run got.
        self.journal = Journal(path.with_name(f"{path.name}.journal"))
        #: The facts that can't be read.
        self.unread = path.with_name(f"{path.name}.unread.csv")
        #: The records of customers with hits.
        self.records = path.with_name(f"{path.name}.records.jsonl")
        #: What is published under its own name.
        self.published = (path, self.rejected, self.unread, *((self.records,) if is_recorded else ()))
        self._keys = path.with_name(f"{path.name}.keys")
        self._parts = tuple(file.with_name(f"{file.name}.part") for file in self.published)
        self._files: tuple[BinaryIO, ...] = ()
        self._hashes: list[hashlib._Hash] = []

    @property
    def is_unfinished(self) -> bool:
        """Whether a run was started and not finished."""
        return self.journal.path.exists()

    @contextmanager
    def begun(self, heads: Sequence[bytes], stated: Mapping[str, Any]) -> Iterator[None]:
        """Open new files. Their first rows and the first line of the journal are written to disk."""
        self.journal.path.unlink(missing_ok=True)  # of a run whose files are about to be emptied
        with self._opened("wb"):
            for file, head in zip(self._files, heads, strict=False):
                file.write(head)
            self._sync()
            self._hashes = [hashlib.sha256(head) for head in (*heads, b"")]
            self.journal.begin({**stated, **self._written()})
            yield

    @contextmanager
    def resumed(self, lengths: Sequence[int], digests: Sequence[str]) -> Iterator[None]:
        """Open the existing files, without what was written after the last commit.

        Raises `BatchError` if one is not as it was at that commit.
        """
        self._refuse_altered(lengths, digests)
        for path, length in zip((*self._parts, self._keys), lengths, strict=True):
            os.truncate(path, length)
        with self._opened("ab"):
            yield

    def _refuse_altered(self, lengths: Sequence[int], digests: Sequence[str]) -> None:
        """Hash what the files had at a commit, and refuse to go on if that has changed."""
        self._hashes = []
        for path, length, digest in zip((*self._parts, self._keys), lengths, digests, strict=True):
            found = _hashed(path, length)
            if found is None:
                raise BatchError(f"{path}: is missing or too short to continue; start again with --overwrite")
            if found.hexdigest() != digest:
                raise BatchError(f"{path}: was altered since it was written; start again with --overwrite")
            self._hashes.append(found)

    def write(self, done: Done) -> None:
        """Write the output of a chunk."""
        contents = (done.hits, done.rejected, done.unread, done.records)[: len(self._parts)]
        for file, found, content in zip(self._files, self._hashes, (*contents, done.keys), strict=True):
            if content:
                file.write(content)
                found.update(content)

    def commit(self, place: Place, counts: Counts) -> None:
        """Write everything to disk, and note in the journal that the input is done up to a place."""
        self._sync()
        self.journal.commit({"place": list(place), **self._written(), "counts": counts.to_dict()})

    def _written(self) -> dict[str, list[int] | list[str]]:
        """What the files have now: their lengths and hashes."""
        return {
            "lengths": [file.tell() for file in self._files],
            "digests": [found.hexdigest() for found in self._hashes],
        }

    def duplicates(self) -> int:
        """How many of the keys repeat an earlier one."""
        self._sync()
        count = self._keys.stat().st_size // KEY_BYTES
        parts = max(-(-count // _KEYS_AT_ONCE), 1)
        return sum(self._duplicates_in(part, parts) for part in range(parts))

    def finish(self, summary: Mapping[str, Any]) -> None:
        """Write the summary, and note in the journal that only the renaming is left."""
        self._sync()
        part = self.summary.with_name(f"{self.summary.name}.part")
        with part.open("wb") as file:
            file.write(json.dumps(summary, ensure_ascii=False, indent=2).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        sync_folder(part.parent)
        self.journal.commit({"is_finished": True, **self._written()})

    def publish_again(self, lengths: Sequence[int], digests: Sequence[str]) -> None:
        """Publish what an interrupted run had finished; raises `BatchError` if a file was altered since."""
        for part, length, digest in zip(self._parts, lengths, digests, strict=False):
            if part.exists() and ((found := _hashed(part, length)) is None or found.hexdigest() != digest):
                raise BatchError(f"{part}: was altered since it was written; start again with --overwrite")
        self.publish()

    def publish(self) -> None:
        """Give the files of a finished run their names. Called again after an interruption, it does what is left."""
        if self._is_workbook:
            self._make_workbook()
        for path in (*self.published, self.summary):
            part = path.with_name(f"{path.name}.part")
            if part.exists():
                os.replace(part, path)
        self._keys.unlink(missing_ok=True)
        sync_folder(self.path.parent)
        self.journal.path.unlink()

    def _make_workbook(self) -> None:
        """Make the workbook of the rows, unless that was done before an interruption."""
        rows = self._parts[0]
        if rows.exists():
            summary = json.loads(self.summary.with_name(f"{self.summary.name}.part").read_bytes())
            with whole_file(self.path) as file:
                write_workbook(file, rows, summary, rejected=self._parts[1], unread=self._parts[2])
            rows.unlink()

    def _duplicates_in(self, part: int, parts: int) -> int:
        """Of the keys whose digest modulo `parts` is `part`."""
        chosen = []
        with self._keys.open("rb") as file:
            while len(keys := np.fromfile(file, dtype=np.uint64, count=_KEYS_AT_ONCE)):
                chosen.append(keys[keys % np.uint64(parts) == part])
        ordered = np.sort(np.concatenate(chosen)) if chosen else np.empty(0, dtype=np.uint64)
        return int((ordered[1:] == ordered[:-1]).sum())

    @contextmanager
    def _opened(self, mode: Literal["ab", "wb"]) -> Iterator[None]:
        with ExitStack() as stack:
            opened = [stack.enter_context(path.open(mode)) for path in (*self._parts, self._keys)]
            self._files = tuple(opened)
            yield
            self._files = ()

    def _sync(self) -> None:
        for file in self._files:
            file.flush()
            os.fsync(file.fileno())


def _hashed(path: Path, length: int) -> hashlib._Hash | None:
    """The SHA-256 of the first bytes of a file; None if it has fewer, or doesn't exist."""
    if not path.exists() or path.stat().st_size < length:
        return None
    found, left = hashlib.sha256(), length
    with path.open("rb") as file:
        while left and (block := file.read(min(left, _BLOCK))):
            found.update(block)
            left -= len(block)
    return found
