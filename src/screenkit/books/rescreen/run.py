"""Rescreening of a book into a file of changes: `rescreen_book`.

The book is screened by `books.screen_book` into a folder beside the output. The folder shows that a run is unfinished,
and the run continues from there. At the end its hits become the output in one step.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import IO, Any, Self

import attrs
import filelock

from screenkit.atomic_file import whole_file
from screenkit.books import OpenBook, Progress, Summary, Task, screen_book
from screenkit.books.identity import identity, refuse_other
from screenkit.books.output.workbook import require_writer, write_workbook
from screenkit.books.output.writing import RowEncoder
from screenkit.books.reading.layout import format_of
from screenkit.books.run import COMMIT_EVERY
from screenkit.decisions import Decisions
from screenkit.errors import BatchError
from screenkit.model import Edition, Outcome
from screenkit.model.wording import CONTRADICTED
from screenkit.options import ScreeningOptions
from screenkit.results.record import plain

from .changes import CHANGE_COLUMNS, HitChange, change_rows
from .delta import Delta
from .reviews import DeltaDecisions


@attrs.frozen(kw_only=True)
class RescreenSummary:
    """How the hits of a book changed."""

    #: Hits that are new.
    new: int
    #: Hits with another score, or whose designation the list now states differently.
    changed: int
    #: Hits that have ended.
    ended: int
    #: Of the hits that are new or changed, those that reviewers cleared.
    cleared: int
    #: Of the hits that are new or changed, those that are suppressed because facts contradict, and nobody cleared.
    contradicted: int
    #: Customers with any of these hits.
    customers: int
    #: Customers screened.
    screened: int
    #: Rows that could not be screened.
    rejected: int
    #: Customers with a name in a script that can't be read dependably; whatever changed, they aren't clear.
    unread_names: int
    #: Customers screened without a fact that couldn't be read.
    unread: int
    #: Rows of customers, rejected ones included.
    rows: int
    #: Blank lines, which have no customer.
    blank_lines: int
    #: Rows that repeat an earlier customer's key; all are screened.
    duplicate_ids: int
    #: Bytes that were added to the file while it was read; they were not read.
    grown_by: int
    #: How many designations were added, removed, changed and unchanged.
    designations: Mapping[str, int]
    #: The older editions.
    since: tuple[Mapping[str, Any], ...]
    #: The newer editions.
    now: tuple[Mapping[str, Any], ...]
    #: What the result depends on: input, columns, lists, policy, options and versions.
    identity: Mapping[str, Any]
    #: The time of all screenings, ISO 8601.
    at: str
    #: How long the screening took, in seconds.
    seconds: float

    @property
    def is_whole(self) -> bool:
        """Whether every customer in the file was screened."""
        return not (self.rejected or self.grown_by)

    def to_dict(self) -> dict[str, Any]:
        """As plain values, ready for JSON."""
        return {**plain(self), "is_whole": self.is_whole}

    @classmethod
    def of(cls, stated: Mapping[str, Any]) -> Self:
        """The summary that `to_dict` gave. Raises `TypeError` for anything else."""
        values = {name: value for name, value in stated.items() if name != "is_whole"}
        return cls(**{**values, "since": tuple(values["since"]), "now": tuple(values["now"])})


def rescreen_book(
    delta: Delta,
    book: OpenBook,
    destination: str | PathLike[str],
    *,
    threshold: float | None = None,
    decisions: Decisions | None = None,
    at: dt.datetime | None = None,
    format: str | None = None,
    is_spreadsheet_safe: bool = False,
    workers: int = 1,
    resume: bool = False,
    overwrite: bool = False,
    progress: Callable[[Progress], None] | None = None,
    commit_every: float = COMMIT_EVERY,
) -> RescreenSummary:
    """Screen a book against what changed in the lists, and write a row for each hit that is new, changed or ended.

    The result is the difference of two whole screenings, before and after, hit by hit. `threshold` is that of
    `Screener.screen`. With `decisions`, hits that reviewers cleared are suppressed on both sides. `at` is the time of
    all screenings, by default now. `format` is csv, tsv, jsonl or excel (a workbook with a summary), by default the one
    of the ending of `destination`. More files are written beside it: "….rejected.csv", "….unread.csv" (facts that can't
    be read) and "….summary.json". The result is the same for any number
    of `workers` (processes). With `resume` an interrupted run continues, a finished one gives its summary again, and if
    there is none one starts. With `overwrite` existing files are replaced. Finished work is committed every
    `commit_every` seconds.

    Raises `BatchError` as `books.screen_book` does, and if another book or other lists were screened to this path.
    """
    path = Path(destination)
    format = format or format_of(path)
    # A format that can't be written is refused before the work starts.
    if format == "excel":
        require_writer(path)
    else:
        RowEncoder(format, CHANGE_COLUMNS)
    reviews = None if decisions is None else DeltaDecisions(decisions.path, key=decisions.key)
    options = ScreeningOptions(threshold=threshold, decisions=reviews, at=at)
    task = Task(columns=book.columns, options=options, format="jsonl", is_spreadsheet_safe=is_spreadsheet_safe)
    run = _Run(delta, book, path, task)
    with _explained(path), _locked(path):
        if run.is_whole and resume and not overwrite:
            return run.summary_again()
        run.prepare(resume=resume, overwrite=overwrite)
        found = screen_book(
            delta.screener,
            book,
            run.hits,
            task,
            workers=workers,
            resume=True,
            progress=progress,
            commit_every=commit_every,
        )
        return run.publish(found, format)


class _Run:
    """The files of one run."""

    def __init__(self, delta: Delta, book: OpenBook, path: Path, task: Task) -> None:
        self._delta, self._book, self._path, self._task = delta, book, path, task
        self._folder = path.with_name(f"{path.name}.run")
        self._stated = self._folder / "editions.json"
        self._summary = path.with_name(f"{path.name}.summary.json")
        #: The hits on both sides.
        self.hits = self._folder / "hits.jsonl"

    @property
    def is_whole(self) -> bool:
        """Whether a run is finished."""
        return self._path.exists() and self._summary.exists() and not self._folder.exists()

    def summary_again(self) -> RescreenSummary:
        """The summary of a finished run, if it was the same run."""
        try:
            found = RescreenSummary.of(json.loads(self._summary.read_text(encoding="utf-8")))
        except (ValueError, KeyError, TypeError) as error:
            raise BatchError(
                f"{self._summary}: is not the summary of a rescreening; start again with --overwrite"
            ) from error
        book = self._book
        wanted = identity(self._delta.screener, self._task, book.layout, book.size, book.sha256)
        refuse_other(
            {**found.identity, "editions": _named(found.since, found.now)},
            {**wanted, **self._editions()},
            str(self._path),
        )
        return found

    def prepare(self, *, resume: bool, overwrite: bool) -> None:
        """Create the folder of the run, or use the existing one."""
        if self._path.exists() and self._path.samefile(self._book.file.name):
            raise BatchError(f"{self._path}: is the book itself; write to another file")
        if self._folder.exists() and not (resume or overwrite):
            raise BatchError(
                f"{self._folder}: there is an unfinished run. Continue it with --resume, or start"
                " again with --overwrite."
            )
        if self._path.exists() and not (overwrite or self._folder.exists()):
            raise BatchError(f"{self._path}: already exists; write to another file, or replace it with --overwrite")
        if overwrite and self._folder.exists():
            shutil.rmtree(self._folder)
        self._folder.mkdir(exist_ok=True)
        if self._stated.exists():
            refuse_other(json.loads(self._stated.read_bytes()), self._editions(), str(self._path))
        with whole_file(self._stated, self._folder) as file:
            file.write(json.dumps(self._editions()).encode())

    def publish(self, found: Summary, format: str) -> RescreenSummary:
        """Write the changes and remove the folder. Called again after an interruption, it does the same."""
        is_workbook = format == "excel"
        # A workbook is made of the rows and the summary, when both are known.
        rows_file = self._folder / "changes.jsonl" if is_workbook else self._path
        row_format = "jsonl" if is_workbook else format
        encoder = RowEncoder(row_format, CHANGE_COLUMNS, is_spreadsheet_safe=self._task.is_spreadsheet_safe)
        with self.hits.open(encoding="utf-8") as rows, whole_file(rows_file, self._folder) as file:
            file.write(encoder.head())
            counts = _written(change_rows(map(json.loads, rows), self._delta.listings), encoder, row_format, file)
        summary = self._summarized(found, counts)
        rejected, unread = (self._folder / f"{self.hits.name}.{end}" for end in ("rejected.csv", "unread.csv"))
        if is_workbook:
            with whole_file(self._path, self._folder) as file:
                stated = summary.to_dict()
                stated |= stated.pop("identity")
                write_workbook(file, rows_file, stated, rejected=rejected, unread=unread, columns=CHANGE_COLUMNS)
        for made in (rejected, unread):
            path = self._path.with_name(f"{self._path.name}{made.name.removeprefix(self.hits.name)}")
            with made.open("rb") as source, whole_file(path, self._folder) as file:
                shutil.copyfileobj(source, file)
        with whole_file(self._summary, self._folder) as file:
            file.write(json.dumps(summary.to_dict(), ensure_ascii=False, indent=2).encode() + b"\n")
        shutil.rmtree(self._folder)
        return summary

    def _summarized(self, found: Summary, counts: Counter[str]) -> RescreenSummary:
        return RescreenSummary(
            new=counts[HitChange.NEW],
            changed=counts[HitChange.CHANGED],
            ended=counts[HitChange.ENDED],
            cleared=counts["cleared"],
            contradicted=counts["contradicted"],
            customers=counts["customers"],
            screened=found.counts.screened,
            rejected=found.counts.rejected,
            unread_names=found.counts.unread_names,
            unread=found.counts.unread,
            rows=found.rows,
            blank_lines=found.blank_lines,
            duplicate_ids=found.duplicate_ids,
            grown_by=found.grown_by,
            designations=self._delta.counts,
            since=_stated(self._delta.since),
            now=_stated(self._delta.now),
            identity=found.identity,
            at=found.at.isoformat(),
            seconds=round(found.seconds, 3),
        )

    def _editions(self) -> dict[str, Any]:
        return {"editions": _named(_stated(self._delta.since), _stated(self._delta.now))}


def _stated(editions: tuple[Edition, ...]) -> tuple[Mapping[str, Any], ...]:
    return tuple({**plain(edition), "records": edition.records} for edition in editions)


def _named(*sides: tuple[Mapping[str, Any], ...]) -> list[list[list[str]]]:
    """What distinguishes the editions of both sides from others."""
    return [[[edition["source"], edition["sha256"]] for edition in side] for side in sides]


def _written(rows: Iterator[dict[str, Any]], encoder: RowEncoder, format: str, file: IO[bytes]) -> Counter[str]:
    """Write rows, and count them by change, and their customers."""
    counts: Counter[str] = Counter()
    before = None
    for row in rows:
        counts[row["change"]] += 1
        counts["customers"] += row["row"] != before
        is_now = row["change"] != HitChange.ENDED
        counts["cleared"] += is_now and row["review"] == Outcome.CLEARED
        counts["contradicted"] += is_now and row["outcome"].startswith(f"suppressed: {CONTRADICTED} ")
        before = row["row"]
        if format == "jsonl":
            stated = {column: row[column] for column in CHANGE_COLUMNS}
            file.write(f"{json.dumps(stated, ensure_ascii=False)}\n".encode())
        else:
            file.write(encoder.encode([["" if row[column] is None else str(row[column]) for column in CHANGE_COLUMNS]]))
    return counts


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    lock = path.with_name(f"{path.name}.lock")
    try:
        with filelock.FileLock(lock, timeout=0):
            try:
                yield
            finally:
                lock.unlink(missing_ok=True)
    except filelock.Timeout as error:
        raise BatchError(f"{path}: another process is writing it; wait until it has finished") from error


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BatchError(
            f"{error.filename or path}: {error.strerror or error}. Finished work is kept: free some space or fix"
            " the problem, and continue with --resume."
        ) from error
