"""Screening of a whole book to files: `screen_book`.

An interrupted run continues from its last commit: what was written after that is cut off and done again.
"""

from __future__ import annotations

import csv
import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

import attrs
import filelock

from screenkit.errors import BatchError
from screenkit.results.screening import coverage_of, old_editions
from screenkit.screener import Screener

from .counts import Counts
from .identity import identity, refuse_other
from .output.outputs import Outputs
from .output.records import first_line
from .output.writing import HIT_COLUMNS, REJECTED_COLUMNS, UNREAD_COLUMNS, RowEncoder
from .reading.book import OpenBook
from .reading.rows import Place
from .summary import Summary, read_summary
from .unreadable import refuse_unreadable
from .work import Done, Task, screen_chunks

#: Seconds between two commits: the most work that an interruption loses, besides the chunks in progress.
COMMIT_EVERY = 5.0
#: Rows after which a run stops if nearly all of them were rejected.
_LEAST_ROWS = 1_000


class Progress(NamedTuple):
    """How far a run has got."""

    #: How much of the book is done, in `unit`.
    done: int
    #: How much there is.
    size: int
    #: "bytes" or "rows".
    unit: str
    #: Rows done, including those before an interruption.
    rows: int
    #: The counts so far.
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
    """Screen a book, and write a row for each hit, the rejected rows and a summary.

    More files are written beside `destination`: "….rejected.csv", "….unread.csv" (facts that can't be read, without
    which the customer was screened) and "….summary.json", and "….records.jsonl" if the
    task says so. The files get their names
    when they are complete, and are the same for any number of `workers` (processes). With `resume` an interrupted run
    continues, a finished one gives its summary again, and if there is none one starts. With `overwrite` existing files
    are replaced. `progress` is called after each chunk. Finished work is committed to disk every `commit_every`
    seconds.

    Raises `BatchError` if there is a result or an unfinished run already, if the run to be continued had another
    input, policy, list or option, if a file can't be written or a worker was killed; and what `Screener.screen`
    raises.
    """
    outputs = Outputs(Path(destination), is_recorded=task.is_recorded, is_workbook=task.format == "excel")
    if isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
        raise BatchError(f"workers must be a whole number from 1, not {workers!r}")
    if task.options.decisions is not None and task.columns.id is None:
        raise BatchError("decisions are kept under the customer's key; say which column has it: --id HEADING")
    if outputs.path.exists() and outputs.path.samefile(book.file.name):
        raise BatchError(f"{outputs.path}: is the book itself; write to another file")
    try:
        with _locked(outputs.path):
            run = _Run(screener, book, outputs, task, workers, progress, commit_every)
            return run.summary(resume=resume, overwrite=overwrite)
    except OSError as error:
        where = error.filename or outputs.path
        raise BatchError(
            f"{where}: {error.strerror or error}. Finished work is kept: free some space or fix the problem, and"
            " continue with --resume."
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
                    f"{outputs.journal.path}: there is an unfinished run. Continue it with --resume, or start"
                    " again with --overwrite."
                )
            return self._resumed()
        if outputs.path.exists() and not overwrite:
            if resume and outputs.summary.exists():
                return self._summary_again()
            raise BatchError(f"{outputs.path}: already exists; write to another file, or replace it with --overwrite")
        stated = {"at": self._task.options.time.isoformat(), "identity": self._identity()}
        with outputs.begun(self._heads(), stated):
            found = self._screened()
        outputs.publish()
        return found

    def _resumed(self) -> Summary:
        first, last = self._outputs.journal.resume()
        self._continue(first["at"], first["identity"])
        if last is None or "place" in last:
            if last is not None:
                self._place, self._counts = Place(*last["place"]), Counts.of(last["counts"])
            written = last or first
            with self._outputs.resumed(written["lengths"], written["digests"]):
                found = self._screened()
            self._outputs.publish()
            return found
        self._outputs.publish_again(last["lengths"], last["digests"])
        return read_summary(self._outputs.summary)

    def _summary_again(self) -> Summary:
        found = read_summary(self._outputs.summary)
        self._continue(found.at.isoformat(), found.identity)
        return found

    def _continue(self, at: str, found: Mapping[str, Any]) -> None:
        """Use the time of the existing run; refuse it if it depends on anything else than this one."""
        options = attrs.evolve(self._task.options, at=dt.datetime.fromisoformat(at))
        self._task = attrs.evolve(self._task, options=options)
        refuse_other(found, self._identity(), str(self._outputs.path))

    def _identity(self) -> dict[str, Any]:
        return identity(self._screener, self._task, self._book.layout, self._book.size, self._book.sha256)

    def _heads(self) -> tuple[bytes, ...]:
        task = self._task
        heads = (
            RowEncoder(task.row_format, HIT_COLUMNS).head(),
            RowEncoder("csv", REJECTED_COLUMNS).head(),
            RowEncoder("csv", UNREAD_COLUMNS).head(),
        )
        return (*heads, first_line(self._screener)) if task.is_recorded else heads

    def _screened(self) -> Summary:
        outputs, counts = self._outputs, self._counts
        committed = time.monotonic()
        chunks = self._book.chunks(self._place)
        for chunk, done in screen_chunks(self._screener, self._task, chunks, self._workers):
            outputs.write(done)
            counts.add(done.counts)
            self._place = chunk.place
            self._refuse_hopeless(done)
            if time.monotonic() - committed >= self._commit_every:
                outputs.commit(self._place, counts)
                committed = time.monotonic()
            self._report()
        summary = self._summary()
        outputs.finish(summary.to_dict())
        return summary

    def _refuse_hopeless(self, done: Done) -> None:
        """Stop early where nearly all of the first rows can't be read: an option is wrong, not the rows."""
        counts = self._counts
        seen = counts.screened + counts.rejected
        if not _LEAST_ROWS <= seen < 4 * _LEAST_ROWS:
            return
        if self._task.columns.unreadable_facts is None:
            refuse_unreadable(counts, seen)
        if counts.rejected <= self._task.allow_rejected or 10 * counts.rejected < 9 * seen:
            return
        reasons = dict.fromkeys(row[-1] for row in csv.reader(done.rejected.decode().splitlines()))
        raise BatchError(
            f"{counts.rejected:,} of the first {seen:,} rows could not be screened, for example: "
            + "; ".join(islice(reasons, 3))
            + ". Correct the options (--name, --date-format and so on) and start again with --overwrite, or accept them"
            " with --allow-rejected."
        )

    def _report(self) -> None:
        if self._progress is not None and self._place is not None:
            reader = self._book.reader
            self._progress(Progress(self._place.offset, reader.size, reader.unit, self._place.rows, self._counts))

    def _summary(self) -> Summary:
        editions, policy = self._screener.editions, self._screener.policy
        return Summary(
            counts=self._counts,
            rows=self._place.rows if self._place else 0,
            blank_lines=self._place.blank if self._place else 0,
            duplicate_ids=self._outputs.duplicates(),
            grown_by=self._book.grown_by(),
            identity=self._identity(),
            editions=editions,
            old_editions=tuple(one.source for one in old_editions(editions, policy.max_lag, self._task.options.time)),
            coverage=coverage_of(editions, policy.required_sources),
            at=self._task.options.time,
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
        raise BatchError(f"{path}: another process is writing it; wait until it has finished") from error
