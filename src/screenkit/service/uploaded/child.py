"""The process that reads and screens one uploaded book: `python -m screenkit.service.uploaded.child`.

What was uploaded may be made to take all memory, or to end the process that reads it: a workbook with two cells that
are far apart ends python-calamine's. So it is read by a process of its own, with a limit of memory, and after all
others have had their turn. The process gets a pickled `Work` on its standard input.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
import time
import warnings
from pathlib import Path

import attrs

from screenkit.books import HIT_COLUMNS, Counts, Progress, Task, open_book, screen_book
from screenkit.books.output.outputs import Outputs
from screenkit.books.output.workbook import has_writer, write_workbook
from screenkit.books.output.writing import RowEncoder
from screenkit.decisions import Decisions
from screenkit.errors import ScreenkitError, StarterCoverageWarning
from screenkit.options import ScreeningOptions
from screenkit.screener import Screener

from .kept import Book

#: The most memory, in bytes, mapped index included.
_MEMORY = 3 << 30
#: How often progress is stated, in seconds.
_EVERY = 0.25
#: Rows encoded at once.
_ROWS = 1_000
#: The exit code where the book can't be screened, and its problem is stated.
REFUSED = 3


@attrs.frozen(kw_only=True)
class Work:
    """What the process has to do."""

    #: The book; it is in its folder `work`.
    book: Book
    #: Its file's name there.
    name: str
    #: The sheet to be screened, where it is a workbook with several.
    sheet: str | None
    #: What screens it.
    screener: Screener
    #: Reviewers' decisions, if there are any.
    decisions: Decisions | None
    #: Whether the records of screenings with hits are written.
    is_recorded: bool
    #: The key that these have in place of names, if any.
    subject_key: bytes | None = attrs.field(repr=False)


def main() -> None:
    """Do it. Exits with `REFUSED` where the book can't be screened."""
    os.nice(10)
    _limit_memory()
    warnings.simplefilter("ignore", StarterCoverageWarning)  # the page says it
    work: Work = pickle.load(sys.stdin.buffer)
    # So that messages have the file's name and not the folder's.
    os.chdir(work.book.work)
    try:
        _screen(work)
    except ScreenkitError as error:
        work.book.tell("problem", problem=str(error))
        sys.exit(REFUSED)


def _limit_memory() -> None:
    try:
        import resource
    except ModuleNotFoundError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _screen(work: Work) -> None:
    name = Path(work.name)
    hits = Path("hits.jsonl")
    with open_book(name, sheet=work.sheet) as opened:
        # Decisions are kept by customer: without a column of keys there is none to apply.
        options = ScreeningOptions(decisions=work.decisions if opened.columns.id else None)
        task = Task(
            columns=opened.columns,
            options=options,
            format="jsonl",
            is_spreadsheet_safe=True,
            is_recorded=work.is_recorded,
            subject_key=work.subject_key,
        )
        teller = _Teller(work.book)
        teller.tell(Progress(0, opened.reader.size, opened.reader.unit, 0, teller.counts))
        screen_book(work.screener, opened, hits, task, progress=teller)
    name.unlink()
    outputs = Outputs(hits, is_recorded=work.is_recorded)
    files = {outputs.rejected: "rejected.csv", outputs.unread: "unread.csv", outputs.records: "records.jsonl"}
    for path, new in {**files, outputs.summary: "summary.json"}.items():
        if path.exists():
            path.rename(new)
    _write_tables(hits)
    hits.unlink()


class _Teller:
    """States progress for the page, now and then."""

    def __init__(self, book: Book) -> None:
        self.counts = Counts()
        self._book, self._last = book, 0.0

    def __call__(self, made: Progress) -> None:
        if time.monotonic() - self._last >= _EVERY:
            self.tell(made)

    def tell(self, made: Progress) -> None:
        self._last = time.monotonic()
        self._book.tell("progress", done=made.done, size=made.size, rows=made.rows, hits=made.counts.hits)


def _write_tables(hits: Path) -> None:
    """The hits as CSV and, where it can be written, as a workbook."""
    encoder = RowEncoder("csv", HIT_COLUMNS, is_spreadsheet_safe=True)
    with hits.open(encoding="utf-8") as lines, open("hits.csv", "wb") as out:
        out.write(encoder.head())
        out.writelines(encoder.encode([[str(cell) for cell in json.loads(line).values()]]) for line in lines)
    if has_writer():
        summary = json.loads(Path("summary.json").read_bytes())
        with open("hits.xlsx", "wb") as out:
            write_workbook(out, hits, summary, rejected=Path("rejected.csv"), unread=Path("unread.csv"))


if __name__ == "__main__":
    main()
