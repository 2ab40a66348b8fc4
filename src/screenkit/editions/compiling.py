"""Compiled files: the index of an edition, and of a set of editions that are searched together.

An edition is indexed once. A set of several has a file of its own, which is merged from those of its editions; that
takes a small part of the time. So a new edition of one list costs the indexing of that list alone. Files are made when
a list is imported or updated (`prepare`), or else when they are first needed, by one thread or process at a time. What
takes long is done in a process of its own, which leaves this one its memory and its threads.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import filelock

from screenkit.errors import DamagedFileError, ScreenkitError, StoreError
from screenkit.policy import Policy
from screenkit.search.arrays import Section
from screenkit.search.files.block_file import Blocks
from screenkit.search.files.snapshot import KIND, WHOLE, results_rest_on, save_merged, save_segments, tables
from screenkit.search.segment import LiveSegment, Segment

from .store_reader import StoreReader
from .store_records import InstalledEdition

#: Sets of fewer designations are indexed at once; to start a process would take longer.
WORTH_A_PROCESS = 1_000
#: How long to wait for another one that makes a file, in seconds. Then two make the same file, which does no harm.
LONGEST_WAIT = 300
#: How many sets that were opened lately are made ready after an update.
MOST_SETS = 8
_CHILD = "from screenkit.editions.compiling import main; main()"
_log = logging.getLogger(__name__)


def compiled_file(store: StoreReader, editions: Sequence[InstalledEdition]) -> Blocks | None:
    """The compiled file of these editions, all of which was checked; it is made if there is none that can be used.

    If it can't be kept in the store the result is None, which is logged. Raises `StoreError` if a list file in the
    store is missing or altered, and what `sources.read` raises.
    """
    found = _sound(store, editions)
    if found is not None:
        return found
    try:
        _refuse_unwritable(store.path / "compiled")
        with _alone(store):
            found = _sound(store, editions)
            if found is None:
                _make(store, editions)
                found = _sound(store, editions)
    except OSError as error:
        _log.warning(
            "%s: can't be written (%s); the lists will be indexed again when they are opened next",
            store.path / "compiled",
            error.strerror or error,
        )
    return found


def _refuse_unwritable(folder: Path) -> None:
    """Raise `OSError` before the work is done, not after it."""
    if not os.access(folder, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES if folder.exists() else errno.ENOENT))


def prepare(store: StoreReader, new: InstalledEdition | None = None) -> None:
    """Make the files that the next searches need: of all current editions, and of the sets that were opened lately.

    A `new` edition counts as the current one of its source, before it is. What goes wrong is logged; whoever opens the
    lists next meets it again.
    """
    for sources, last_opened in _sets_in_use(store, new).items():
        try:
            editions = [
                new if new is not None and new.source == source else store.current(source).edition for source in sources
            ]
            compiled_file(store, editions)
            for edition in editions:
                _touch(_path(store, [edition]))
        except ScreenkitError as error:
            _log.warning("%s: not indexed: %s", ", ".join(sources), error)
            continue
        if last_opened is not None:
            # Made ready is not opened: a set that nobody opens any more is forgotten.
            _touch(_path(store, editions), last_opened)


def _sets_in_use(store: StoreReader, new: InstalledEdition | None) -> dict[tuple[str, ...], float | None]:
    """All installed sources, and sets of them by when they were last opened, the latest first."""
    installed = tuple(sorted({*store.sources(), *([new.source] if new else ())}))
    opened: dict[tuple[str, ...], float] = {}
    for path in store.compiled_paths():
        with suppress(DamagedFileError, OSError):
            sources = tuple(source for source, _ in json.loads(Blocks.open(path, KIND).meta.get("editions", "[]")))
            if len(sources) > 1 and sources != installed and set(sources) <= set(installed):
                opened[sources] = max(path.stat().st_mtime, opened.get(sources, 0))
    latest = sorted(opened, key=lambda one: -opened[one])[:MOST_SETS]
    return {**({installed: None} if installed else {}), **{one: opened[one] for one in latest}}


def _sound(store: StoreReader, editions: Sequence[InstalledEdition]) -> Blocks | None:
    """The file of these editions after a complete check, or None if there is no usable file."""
    path = _path(store, editions)
    try:
        file = Blocks.open(path, KIND, {**results_rest_on(), **_told(editions)})
        file.verify()
    except DamagedFileError:
        return None
    _touch(path)
    return file


def _touch(path: Path, when: float | None = None) -> None:
    """Mark when a file was last needed, by default now: the store's writers remove files that were not for long."""
    with suppress(OSError):  # A reader without write permission can't mark it.
        os.utime(path, None if when is None else (when, when))


def _path(store: StoreReader, editions: Sequence[InstalledEdition]) -> Path:
    """Where the file of these editions is: its name is a digest of its contents and of the rules that make it."""
    made_of = [(one.source, one.sha256, one.retrieved, [file.name for file in one.files]) for one in editions]
    text = json.dumps([made_of, results_rest_on(), dict(tables())["reading"]], sort_keys=True)
    return store.compiled_path(hashlib.sha256(text.encode()).hexdigest())


def _told(editions: Sequence[InstalledEdition]) -> dict[str, str]:
    return {"editions": json.dumps([(one.source, one.sha256) for one in editions])}


@contextmanager
def _alone(store: StoreReader) -> Iterator[None]:
    """Be the only one that makes compiled files in this store. After a long wait, or without a lock, be one more."""
    lock = filelock.FileLock(store.path / "compiling.lock", timeout=LONGEST_WAIT)
    with suppress(filelock.Timeout, OSError):
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _make(store: StoreReader, editions: Sequence[InstalledEdition]) -> None:
    """Make the file of these editions, and those of each of them that are missing."""
    if sum(one.records for one in editions) < WORTH_A_PROCESS or not _made_in_own_process(store, editions):
        make(store, editions)


def make(store: StoreReader, editions: Sequence[InstalledEdition]) -> None:
    """Make the file of these editions here, and those of each of them that are missing."""
    parts = []
    for edition in editions:
        if _sound(store, [edition]) is None:
            made = Segment.made(tuple(store.read(edition)), Policy())
            save_segments(_path(store, [edition]), [LiveSegment.whole(made)], _told([edition]))
        part = _sound(store, [edition])
        if part is None:
            raise OSError(f"{_path(store, [edition])} is damaged although it was just written")
        parts.append(part)
    if len(parts) > 1:
        save_merged(_path(store, editions), [Section(part, WHOLE) for part in parts], _told(editions))


def _made_in_own_process(store: StoreReader, editions: Sequence[InstalledEdition]) -> bool:
    """Whether another process has made the file; it can't where Python is embedded or may start none."""
    if not Path(sys.executable or "").name.startswith(("python", "pypy")):
        return False
    task = json.dumps([str(store.path), [(one.source, one.sha256) for one in editions]])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        subprocess.run(
            [sys.executable, "-P", "-c", _CHILD],  # Modules are found where this process found them, and nowhere else.
            input=task,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        if error.returncode < 0:
            raise StoreError(
                f"the process that indexed {', '.join(one.source for one in editions)} was ended by signal"
                f" {-error.returncode}, perhaps because memory ran out. Free some memory and open the lists again."
            ) from error
        # Its trouble is met again here, and then raised as what it is.
        _log.debug("indexing in a process of its own failed: %s", error.stderr)
        return False
    except OSError as error:
        _log.debug("no process could be started to index: %s", error)
        return False
    return True


def main() -> None:
    """Make the file of the editions that standard input names."""
    path, wanted = json.load(sys.stdin)
    if hasattr(os, "nice"):
        os.nice(5)
    store = StoreReader(path)
    make(store, [store.edition(source, sha256) for source, sha256 in wanted])
