"""A delta, a book and a path in; the changes of hits, the rejected rows and a summary out: `rescreen_book`.

The book is screened by `batch.screen_book` into a folder beside the output, which tells a run that was ended from one
that came to its end, and goes on where it was. What is found there becomes the output in one go.
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

from screenkit.batch import OpenBook, Progress, Summary, Task, screen_book
from screenkit.batch.identity import identity, refuse_other
from screenkit.batch.layout import format_of
from screenkit.batch.run import COMMIT_EVERY
from screenkit.batch.writing import RowEncoder
from screenkit.errors import BatchError
from screenkit.model import Edition
from screenkit.model.record import plain
from screenkit.whole_files import whole_file

from .changes import CHANGE_COLUMNS, HitChange, change_rows
from .delta import Delta


@attrs.frozen(kw_only=True)
class RescreenSummary:
    """What became of a book's hits."""

    #: Hits that are new.
    new: int
    #: Hits that have another score, or whose designation the list states differently.
    changed: int
    #: Hits that have ended.
    ended: int
    #: Customers with any of these.
    customers: int
    #: Customers screened.
    screened: int
    #: Rows that could not be screened.
    rejected: int
    #: Rows of customers, rejected ones included.
    rows: int
    #: Blank lines, which hold no customer.
    blank_lines: int
    #: Rows whose customer's key stood before; each is screened like any other.
    duplicate_ids: int
    #: Bytes that came to the file while it was read, and were not read.
    grown_by: int
    #: How many designations were added, removed and changed, and how many are as they were.
    designations: Mapping[str, int]
    #: The older editions.
    since: tuple[Mapping[str, Any], ...]
    #: The newer editions.
    now: tuple[Mapping[str, Any], ...]
    #: What the result rests on: input, columns, lists, policy, options and versions.
    identity: Mapping[str, Any]
    #: The time of all screenings, ISO 8601.
    at: str
    #: How long the screening took, in seconds.
    seconds: float

    @property
    def is_whole(self) -> bool:
        """Whether every customer that the file holds was screened."""
        return not (self.rejected or self.grown_by)

    def to_dict(self) -> dict[str, Any]:
        """As plain values, ready for JSON."""
        return {**plain(self), "is_whole": self.is_whole}

    @classmethod
    def of(cls, stated: Mapping[str, Any]) -> Self:
        """What `to_dict` gave. Raises `TypeError` where it is none."""
        values = {name: value for name, value in stated.items() if name != "is_whole"}
        return cls(**{**values, "since": tuple(values["since"]), "now": tuple(values["now"])})


def rescreen_book(
    delta: Delta,
    book: OpenBook,
    destination: str | PathLike[str],
    *,
    threshold: float | None = None,
    at: dt.datetime | None = None,
    format: str | None = None,
    is_spreadsheet_safe: bool = False,
    workers: int = 1,
    resume: bool = False,
    overwrite: bool = False,
    progress: Callable[[Progress], None] | None = None,
    commit_every: float = COMMIT_EVERY,
) -> RescreenSummary:
    """Screen a book against what changed of the lists; write a row per hit that is new, changed or ended.

    What is written is the difference of two whole screenings, before and after, hit by hit. `threshold` is that of
    `Screener.screen`, `at` the time of all screenings, by default now. `format` is csv, tsv or jsonl, by default what
    the ending of `destination` says. Beside it stand then "….rejected.csv" and "….summary.json". All is the same for
    any number of `workers` (processes). With `resume` a run that was ended goes on, one that has come to its end is
    told again, and where there is none one begins; with `overwrite` what is there is replaced. What was done
    is committed every `commit_every` seconds.

    Raises `BatchError` as `batch.screen_book` does, and where another book or other lists were screened to this path.
    """
    path = Path(destination)
    format = format or format_of(path)
    RowEncoder(format, CHANGE_COLUMNS)  # refuses a format that can't be written, before the work is done
    task = Task(columns=book.columns, threshold=threshold, at=at or dt.datetime.now(dt.UTC), format="jsonl")
    run = _Run(delta, book, path, task)
    with _told(path), _locked(path):
        if run.is_whole and resume and not overwrite:
            return run.told_again()
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
        return run.publish(found, format, is_spreadsheet_safe=is_spreadsheet_safe)


class _Run:
    """The files of one run."""

    def __init__(self, delta: Delta, book: OpenBook, path: Path, task: Task) -> None:
        self._delta, self._book, self._path, self._task = delta, book, path, task
        self._folder = path.with_name(f"{path.name}.run")
        self._stated = self._folder / "editions.json"
        self._rejected, self._summary = (
            path.with_name(f"{path.name}.{end}") for end in ("rejected.csv", "summary.json")
        )
        #: The hits on both sides.
        self.hits = self._folder / "hits.jsonl"

    @property
    def is_whole(self) -> bool:
        """Whether a run has come to its end."""
        return self._path.exists() and self._summary.exists() and not self._folder.exists()

    def told_again(self) -> RescreenSummary:
        """The summary of a finished run, if it was this one."""
        try:
            found = RescreenSummary.of(json.loads(self._summary.read_text(encoding="utf-8")))
        except (ValueError, KeyError, TypeError) as error:
            raise BatchError(f"{self._summary}: is no summary of a rescreening; begin anew with --overwrite") from error
        book = self._book
        wanted = identity(self._delta.screener, self._task, book.layout, book.size, book.sha256)
        refuse_other(
            {**found.identity, "editions": _named(found.since, found.now)},
            {**wanted, **self._editions()},
            str(self._path),
        )
        return found

    def prepare(self, *, resume: bool, overwrite: bool) -> None:
        """Make the folder of the run, or take the one that is there."""
        if self._path.exists() and self._path.samefile(self._book.file.name):
            raise BatchError(f"{self._path}: is the book itself; write the changes to another file")
        if self._folder.exists() and not (resume or overwrite):
            raise BatchError(
                f"{self._folder}: there is a run that has not come to its end. Go on with --resume, or begin anew with"
                " --overwrite."
            )
        if self._path.exists() and not (overwrite or self._folder.exists()):
            raise BatchError(f"{self._path}: is there already; write to another file, or replace it with --overwrite")
        if overwrite and self._folder.exists():
            shutil.rmtree(self._folder)
        self._folder.mkdir(exist_ok=True)
        if self._stated.exists():
            refuse_other(json.loads(self._stated.read_bytes()), self._editions(), str(self._path))
        with whole_file(self._stated, self._folder) as file:
            file.write(json.dumps(self._editions()).encode())

    def publish(self, found: Summary, format: str, *, is_spreadsheet_safe: bool) -> RescreenSummary:
        """Write what became of the hits, and remove the folder; done again after a kill it does the same."""
        encoder = RowEncoder(format, CHANGE_COLUMNS, is_spreadsheet_safe=is_spreadsheet_safe)
        with self.hits.open(encoding="utf-8") as rows, whole_file(self._path, self._folder) as file:
            file.write(encoder.head())
            counts = _written(change_rows(map(json.loads, rows), self._delta.listings), encoder, format, file)
        summary = self._summarized(found, counts)
        rejected = self.hits.with_name(f"{self.hits.name}.rejected.csv")
        with rejected.open("rb") as source, whole_file(self._rejected, self._folder) as file:
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
            customers=counts["customers"],
            screened=found.counts.screened,
            rejected=found.counts.rejected,
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
    """What tells the editions of both sides from others."""
    return [[[edition["source"], edition["sha256"]] for edition in side] for side in sides]


def _written(rows: Iterator[dict[str, Any]], encoder: RowEncoder, format: str, file: IO[bytes]) -> Counter[str]:
    """Write rows and count them by change, and their customers."""
    counts: Counter[str] = Counter()
    before = None
    for row in rows:
        counts[row["change"]] += 1
        counts["customers"] += row["row"] != before
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
        raise BatchError(f"{path}: another process is writing it; wait for its end") from error


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BatchError(
            f"{error.filename or path}: {error.strerror or error}. Nothing that was committed is lost: make room or"
            " mend what is wrong, and go on with --resume."
        ) from error
