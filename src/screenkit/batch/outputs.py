"""Encoded rows in, the files of a run out: written beside, committed, and given their names once they are whole."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Literal

import numpy as np

from screenkit.errors import BatchError

from .counts import Counts
from .journal import Journal, sync_folder
from .rows import Place
from .work import KEY_BYTES, Done

#: Keys that are sorted at once to count those that stand twice, 8 bytes each.
_KEYS_AT_ONCE = 1 << 22


class Outputs:
    """The files that a run writes: hits, rejected rows, digests of keys, a summary, and the journal of it."""

    def __init__(self, path: Path) -> None:
        """Name the files after the one with the hits; nothing is opened."""
        #: The hits.
        self.path = path
        #: The rejected rows.
        self.rejected = path.with_name(f"{path.name}.rejected.csv")
        #: The summary.
        self.summary = path.with_name(f"{path.name}.summary.json")
        #: How far the run came.
        self.journal = Journal(path.with_name(f"{path.name}.journal"))
        self._keys = path.with_name(f"{path.name}.keys")
        self._parts = tuple(file.with_name(f"{file.name}.part") for file in (path, self.rejected))
        self._files: tuple[BinaryIO, ...] = ()

    @property
    def is_unfinished(self) -> bool:
        """Whether a run has begun and not come to its end."""
        return self.journal.path.exists()

    @contextmanager
    def begun(self, heads: tuple[bytes, bytes], stated: Mapping[str, Any]) -> Iterator[None]:
        """New files, open while this lasts; their first rows and the journal's first line are on the disk."""
        self.journal.path.unlink(missing_ok=True)  # of a run whose files are about to be emptied
        with self._opened("wb"):
            for file, head in zip(self._files, heads, strict=False):
                file.write(head)
            self._sync()
            self.journal.begin({**stated, "lengths": [file.tell() for file in self._files]})
            yield

    @contextmanager
    def resumed(self, lengths: list[int]) -> Iterator[None]:
        """The files that are there, open while this lasts, without what was written after the last commit."""
        for path, length in zip((*self._parts, self._keys), lengths, strict=True):
            if not path.exists() or path.stat().st_size < length:
                raise BatchError(f"{path}: is missing or too short to go on; begin anew with --overwrite")
            os.truncate(path, length)
        with self._opened("ab"):
            yield

    def write(self, done: Done) -> None:
        """Write what became of a chunk."""
        for file, content in zip(self._files, (done.hits, done.rejected, done.keys), strict=True):
            if content:
                file.write(content)

    def commit(self, place: Place, counts: Counts) -> None:
        """Have all that was written on the disk, and say in the journal that the input is done up to a place."""
        self._sync()
        lengths = [file.tell() for file in self._files]
        self.journal.commit({"place": list(place), "lengths": lengths, "counts": counts.to_dict()})

    def duplicates(self) -> int:
        """How many of the keys written stand more than once, each counted as often as it stands after its first."""
        self._sync()
        count = self._keys.stat().st_size // KEY_BYTES
        parts = max(-(-count // _KEYS_AT_ONCE), 1)
        return sum(self._duplicates_in(part, parts) for part in range(parts))

    def finish(self, summary: Mapping[str, Any]) -> None:
        """Write the summary, and say in the journal that all is there but the files' names."""
        self._sync()
        part = self.summary.with_name(f"{self.summary.name}.part")
        with part.open("wb") as file:
            file.write(json.dumps(summary, ensure_ascii=False, indent=2).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        sync_folder(part.parent)
        self.journal.commit({"is_finished": True})

    def publish(self) -> None:
        """Give the files of a finished run their names; done again after a kill it does what is left."""
        for path in (self.path, self.rejected, self.summary):
            part = path.with_name(f"{path.name}.part")
            if part.exists():
                os.replace(part, path)
        self._keys.unlink(missing_ok=True)
        sync_folder(self.path.parent)
        self.journal.path.unlink()

    def _duplicates_in(self, part: int, parts: int) -> int:
        """Of the keys whose digest is `part` modulo `parts`."""
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
