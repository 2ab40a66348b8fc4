"""A screener, a book and a path in; the hits, the rejected rows and a `Summary` out: `screen_book`.

A run that is ended, however, goes on where the last commit was: what was written after it is cut off and done again.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

import attrs
import filelock

from screenkit.errors import BatchError
from screenkit.screener import Screener

from .books import OpenBook
from .counts import Counts
from .identity import identity, refuse_other
from .outputs import Outputs
from .rows import Place
from .summary import Summary, read_summary
from .work import Task, screen_chunks
from .writing import HIT_COLUMNS, REJECTED_COLUMNS, RowEncoder

#: Seconds between two commits: what a kill costs at most, besides the chunks in flight.
COMMIT_EVERY = 5.0


class Progress(NamedTuple):
    """How far a run is."""

    #: How much of the book is done, in `unit`.
    done: int
    #: How much there is.
    size: int
    #: "bytes" or "rows".
    unit: str
    #: Rows done, those of an earlier run that was ended included.
    rows: int
    #: What was counted so far.
    counts: Counts


def screen_book(
    screener: Screener,
    book: OpenBook,
    destination: str | PathLike[str],
    task: Task,
    *,
    workers: int = 1,
    resume: bool = False,
    overwrite: bool = False,
    progress: Callable[[Progress], None] | None = None,
    commit_every: float = COMMIT_EVERY,
) -> Summary:
    """Screen a book and write a row per hit, the rejected rows and a summary.

    Beside `destination` stand then "….rejected.csv" and "….summary.json". The files get their names once they are
    whole; they are the same for any number of `workers` (processes). With `resume` a run that was ended goes on, one
    that has come to its end is told again, and where there is none one begins. With `overwrite` what is there is
    replaced. `progress` is called after each chunk. What was done is committed to the disk every so many seconds.

    Raises `BatchError` where there is a result or an unfinished run already, where what is to go on was made with
    another input, policy, list or option, where a file can't be written or a worker was ended; and what
    `Screener.screen` raises.
    """
    outputs = Outputs(Path(destination))
    if isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
        raise BatchError(f"workers is {workers!r}; it has to be a whole number from 1")
    if task.decisions is not None and task.columns.id is None:
        raise BatchError("decisions are kept by the customer's key; say which column holds it: --id HEADING")
    if outputs.path.exists() and outputs.path.samefile(book.file.name):
        raise BatchError(f"{outputs.path}: is the book itself; write the hits to another file")
    try:
        with _locked(outputs.path):
            run = _Run(screener, book, outputs, task, workers, progress, commit_every)
            return run.summary(resume=resume, overwrite=overwrite)
    except OSError as error:
        where = error.filename or outputs.path
        raise BatchError(
            f"{where}: {error.strerror or error}. Nothing that was committed is lost: make room or mend what is wrong,"
            " and go on with --resume."
        ) from error


class _Run:
    def __init__(
        self,
        screener: Screener,
        book: OpenBook,
        outputs: Outputs,
        task: Task,
        workers: int,
        progress: Callable[[Progress], None] | None,
        commit_every: float,
    ) -> None:
        self._screener, self._book, self._outputs, self._task = screener, book, outputs, task
        self._workers, self._progress, self._commit_every = workers, progress, commit_every
        self._place: Place | None = None
        self._counts = Counts()
        self._begun = time.monotonic()

    def summary(self, *, resume: bool, overwrite: bool) -> Summary:
        outputs = self._outputs
        if outputs.is_unfinished and not overwrite:
            if not resume:
                raise BatchError(
                    f"{outputs.journal.path}: there is a run that has not come to its end. Go on with --resume, or"
                    " begin anew with --overwrite."
                )
            return self._resumed()
        if outputs.path.exists() and not overwrite:
            if resume and outputs.summary.exists():
                return self._told_again()
            raise BatchError(f"{outputs.path}: is there already; write to another file, or replace it with --overwrite")
        stated = {"at": self._task.at.isoformat(), "identity": self._identity()}
        with outputs.begun(self._heads(), stated):
            found = self._screened()
        outputs.publish()
        return found

    def _resumed(self) -> Summary:
        first, last = self._outputs.journal.resume()
        self._go_by(first["at"], first["identity"])
        if last is None or "place" in last:
            if last is not None:
                self._place, self._counts = Place(*last["place"]), Counts.of(last["counts"])
            with self._outputs.resumed((last or first)["lengths"]):
                found = self._screened()
            self._outputs.publish()
            return found
        self._outputs.publish()
        return read_summary(self._outputs.summary)

    def _told_again(self) -> Summary:
        found = read_summary(self._outputs.summary)
        self._go_by(found.at.isoformat(), found.identity)
        return found

    def _go_by(self, at: str, found: Mapping[str, Any]) -> None:
        """Take the time of the run that is there; refuse it where it rests on anything else than this one does."""
        self._task = attrs.evolve(self._task, at=dt.datetime.fromisoformat(at))
        refuse_other(found, self._identity(), str(self._outputs.path))

    def _identity(self) -> dict[str, Any]:
        return identity(self._screener, self._task, self._book.layout, self._book.size, self._book.sha256)

    def _heads(self) -> tuple[bytes, bytes]:
        return RowEncoder(self._task.format, HIT_COLUMNS).head(), RowEncoder("csv", REJECTED_COLUMNS).head()

    def _screened(self) -> Summary:
        outputs, counts = self._outputs, self._counts
        committed = time.monotonic()
        chunks = self._book.chunks(self._place)
        for chunk, done in screen_chunks(self._screener, self._task, chunks, self._workers):
            outputs.write(done)
            counts.add(done.counts)
            self._place = chunk.place
            if time.monotonic() - committed >= self._commit_every:
                outputs.commit(self._place, counts)
                committed = time.monotonic()
            self._tell()
        summary = self._summary()
        outputs.finish(summary.to_dict())
        return summary

    def _tell(self) -> None:
        if self._progress is not None and self._place is not None:
            reader = self._book.reader
            self._progress(Progress(self._place.offset, reader.size, reader.unit, self._place.rows, self._counts))

    def _summary(self) -> Summary:
        editions = self._screener.editions
        return Summary(
            counts=self._counts,
            rows=self._place.rows if self._place else 0,
            blank_lines=self._place.blank if self._place else 0,
            duplicate_ids=self._outputs.duplicates(),
            grown_by=self._book.grown_by(),
            identity=self._identity(),
            editions=editions,
            coverage="full" if any(edition.coverage == "full" for edition in editions) else "starter",
            at=self._task.at,
            seconds=round(time.monotonic() - self._begun, 3),
        )


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    lock = path.with_name(f"{path.name}.lock")
    try:
        with filelock.FileLock(lock, timeout=0):
            yield
            with suppress(PermissionError):  # Windows lets nobody remove it, and does so itself
                lock.unlink(missing_ok=True)
    except filelock.Timeout as error:
        raise BatchError(f"{path}: another process is writing it; wait for its end") from error
