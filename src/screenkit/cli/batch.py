"""A book of customers in, its hits in a file and a summary on the terminal out: the command `batch`."""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from rich.markup import escape
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.table import Table

from screenkit import StarterCoverageWarning
from screenkit.batch import Columns, OpenBook, Progress, Summary, Task, guess_columns, open_book, screen_book
from screenkit.batch.layout import FORMATS, format_of
from screenkit.decisions import Decisions

from . import opening, show
from .records import read_key
from .terminal import open_console, print_tables, shown

#: Exit codes.
CLEAR, NOT_WHOLE, HIT, STARTER_ONLY = 0, 2, 3, 4
#: Programs shown of those that most hits are under; the summary file has all.
_MOST_PROGRAMS = 10
_PATH = click.Path(path_type=Path)
_FORMATS = click.Choice(tuple(FORMATS))


@click.command()
@click.argument("book", type=_PATH, metavar="IN")
@click.argument("destination", type=_PATH, metavar="OUT")
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HEADING",
    help="A column of names; may be repeated. FIRST+LAST joins two.",
)
@click.option("--id", "id_", metavar="HEADING", help="The column of your customers' keys.")
@click.option("--birth-date", metavar="HEADING", help="The column of dates of birth.")
@click.option(
    "--country", "countries", multiple=True, metavar="HEADING", help="A column of countries; may be repeated."
)
@click.option("--kind", metavar="HEADING", help="The column that tells persons from organizations.")
@click.option("--gender", metavar="HEADING", help="The column of genders.")
@click.option(
    "--identifier", "identifiers", multiple=True, metavar="HEADING", help="A column of numbers; may be repeated."
)
@click.option("--date-format", metavar="FORMAT", help="How dates are written where not ISO 8601, such as %d/%m/%Y.")
@click.option("--format", "format_", type=_FORMATS, help="The format of IN, where its ending doesn't tell.")
@click.option("--encoding", help="The encoding of IN, by default UTF-8.")
@click.option("--delimiter", help="What stands between fields, by default told from the headings.")
@click.option("--no-quotes", is_flag=True, help="Quotation marks in IN are letters like any other.")
@click.option("--list", "files", multiple=True, type=_PATH, help="A list file or folder to search; may be repeated.")
@click.option("--source", "sources", multiple=True, help="The source of each --list; without --list, one installed.")
@click.option("--as-of", metavar="DATE", help="Search what was installed at the end of that day, of any age.")
@click.option("--threshold", type=float, help="Lowest score that hits, from 0.5 to 1.0.")
@click.option("--limit", type=int, help="Most hits written per customer.")
@click.option("--decisions", "decided", type=_PATH, help="Suppress the hits cleared in this file.")
@click.option("--decisions-key", type=_PATH, help="A file with that file's key.")
@click.option("--workers", type=click.IntRange(1), help="Processes that share the work, by default one per core.")
@click.option("--resume", is_flag=True, help="Go on with a run that was ended; where there is none, begin one.")
@click.option("--overwrite", is_flag=True, help="Replace what OUT holds, an unfinished run too.")
@click.option(
    "--allow-rejected",
    type=click.IntRange(0),
    default=0,
    metavar="COUNT",
    help="So many rejected rows are no exit code 2.",
)
@click.option("--spreadsheet-safe", is_flag=True, help="Put ' before what a spreadsheet would run as a formula.")
def batch(
    book: Path,
    destination: Path,
    names: tuple[str, ...],
    id_: str | None,
    birth_date: str | None,
    countries: tuple[str, ...],
    kind: str | None,
    gender: str | None,
    identifiers: tuple[str, ...],
    date_format: str | None,
    format_: str | None,
    encoding: str | None,
    delimiter: str | None,
    no_quotes: bool,
    files: tuple[Path, ...],
    sources: tuple[str, ...],
    as_of: str | None,
    threshold: float | None,
    limit: int | None,
    decided: Path | None,
    decisions_key: Path | None,
    workers: int | None,
    resume: bool,
    overwrite: bool,
    allow_rejected: int,
    spreadsheet_safe: bool,
) -> None:
    """Screen all customers in the file IN; write a row per hit to the file OUT.

    IN is CSV, TSV, JSON lines, Parquet or Arrow, OUT is CSV, TSV or JSON lines, by their endings. Columns that no
    option names are told from the usual headings; '' for a heading says that there is no such column. Beside OUT stand
    then OUT.rejected.csv, the rows that could not be screened, and OUT.summary.json.

    Exit codes: 0 all screened and clear, 2 error, or not all was screened: rows were rejected, or IN grew meanwhile;
    3 hit (a suppressed one included), 4 no hit, but only the starter list was searched, 5 an installed list is stale.
    """

    def chosen(headings: Sequence[str]) -> Columns:
        return guess_columns(
            headings,
            names=[joined(name, headings) for name in names] or None,
            id=id_,
            birth_date=birth_date,
            countries=countries or None,
            kind=kind,
            gender=gender,
            identifiers=identifiers or None,
            date_format=date_format,
        )

    written = format_of(destination)
    decisions = None if decided is None else Decisions.open(decided, key=read_key(decisions_key))
    with (
        open_book(
            book, columns=chosen, format=format_, encoding=encoding, delimiter=delimiter, is_quoted=not no_quotes
        ) as opened,
        warnings.catch_warnings(),
    ):
        # The summary says so itself.
        warnings.simplefilter("ignore", StarterCoverageWarning)
        show_columns(opened)
        task = Task(
            columns=opened.columns,
            threshold=threshold,
            limit=limit,
            decisions=decisions,
            at=dt.datetime.now(dt.UTC),
            format=written,
            is_spreadsheet_safe=spreadsheet_safe,
        )
        screener = opening.screener(files, sources, as_of)
        try:
            with progress_bar() as progress:
                summary = screen_book(
                    screener,
                    opened,
                    destination,
                    task,
                    workers=workers or cores(),
                    resume=resume,
                    overwrite=overwrite,
                    progress=progress,
                )
        except KeyboardInterrupt:
            show.error(f"{destination}: interrupted; go on with --resume")
            sys.exit(NOT_WHOLE)
    _show_summary(summary, destination)
    sys.exit(_exit_code(summary, allow_rejected))


def _exit_code(summary: Summary, allow_rejected: int) -> int:
    if summary.grown_by or summary.counts.rejected > allow_rejected:
        return NOT_WHOLE
    if summary.counts.customers_hit or summary.counts.suppressed:
        return HIT
    return CLEAR if summary.coverage == "full" else STARTER_ONLY


def joined(name: str, headings: Sequence[str]) -> str | list[str]:
    return name if name in headings or "+" not in name else name.split("+")


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def show_columns(book: OpenBook) -> None:
    console, columns = open_console(stderr=True), book.columns
    told = {
        "name": ", ".join("+".join(name) for name in columns.names),
        "id": columns.id,
        "birth date": columns.birth_date,
        "country": ", ".join(columns.countries),
        "kind": columns.kind,
        "gender": columns.gender,
        "identifier": ", ".join(columns.identifiers),
    }
    text = "; ".join(f"{meaning}: {heading}" for meaning, heading in told.items() if heading)
    left = len(book.reader.headings) - len(columns.used)
    rest = f"; {left:,} not used" if left else ""
    console.print(f"[bold]columns[/] {escape(shown(console, text))}{rest}", soft_wrap=True)


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None] | None]:
    """A bar with rate and time left, where somebody looks on."""
    console = open_console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    rate, found = TextColumn("{task.fields[rate]:,.0f}/s"), TextColumn("{task.fields[found]}")
    columns = (TextColumn("screening"), BarColumn(), TaskProgressColumn(), rate, TimeRemainingColumn(), found)
    with Bars(*columns, console=console, transient=True) as bars:
        task = bars.add_task("", total=None, rate=0.0, found="")
        began, before = time.monotonic(), -1

        def told(progress: Progress) -> None:
            nonlocal began, before
            if before < 0:  # what an earlier run did is none of this one's rate
                began, before = time.monotonic(), progress.rows
            passed = time.monotonic() - began
            rate = (progress.rows - before) / passed if passed else 0.0
            counts = progress.counts
            found = f"{progress.rows:,} rows, {counts.hits:,} hits, {counts.rejected:,} rejected"
            bars.update(task, completed=progress.done, total=progress.size, rate=rate, found=found)

        yield told


def _show_summary(summary: Summary, destination: Path) -> None:
    console, counts = open_console(), summary.counts
    table = Table("screened", "with hits", "hits", "suppressed", "rejected", "rows")
    row = (counts.screened, counts.customers_hit, counts.hits, counts.suppressed, counts.rejected, summary.rows)
    table.add_row(*(f"{count:,}" for count in row))
    print_tables(console, table, *_breakdowns(summary))
    editions = ", ".join(
        f"{edition.source} of {(edition.published or edition.retrieved or 'no date')[:10]}"
        for edition in summary.editions
    )
    console.print(f"searched {escape(editions)}, policy {summary.identity['policy'][:12]}", soft_wrap=True)
    for notice in _notices(summary, destination):
        console.print(f"[yellow]{escape(shown(console, notice))}[/]", soft_wrap=True)


def _breakdowns(summary: Summary) -> Iterator[Table]:
    counts = summary.to_dict()
    if counts["by_list"]:
        table = Table("list", "hits")
        for source, count in counts["by_list"].items():
            table.add_row(source, f"{count:,}")
        yield table
        table = Table("program", "hits")
        for program, count in list(counts["by_program"].items())[:_MOST_PROGRAMS]:
            table.add_row(escape(program), f"{count:,}")
        if len(counts["by_program"]) > _MOST_PROGRAMS:
            table.add_row(f"and {len(counts['by_program']) - _MOST_PROGRAMS:,} more, in the summary file", "")
        yield table


def _notices(summary: Summary, destination: Path) -> Iterator[str]:
    counts = summary.counts
    if counts.rejected:
        yield f"{counts.rejected:,} rows could not be screened: {destination}.rejected.csv says which and why"
    if summary.grown_by:
        yield (
            f"the book grew by {summary.grown_by:,} bytes while it was read: what it held at the start was screened,"
            " and no more. Screen it again."
        )
    if summary.duplicate_ids:
        yield f"{summary.duplicate_ids:,} rows have a customer's key that stood before; each was screened"
    if counts.beyond_limit:
        yield f"{counts.beyond_limit:,} hits are beyond the limit and not written"
    if summary.coverage != "full":
        yield "only the starter list was searched, a demonstration"
    if not summary.rows:
        yield "the book holds no customer"
