"""The command `batch`, which screens a whole book of customers."""

from __future__ import annotations

import datetime as dt
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from screenkit import StarterCoverageWarning
from screenkit.books import Summary, Task, screen_book, unreadable
from screenkit.books.output.outputs import Outputs
from screenkit.books.reading.layout import format_of
from screenkit.cli.configuration import PolicyChoice, policy_options
from screenkit.cli.decisions_file import DecisionsFile, decisions_options
from screenkit.cli.exit_codes import CLEAR, CLEARED, CONTRADICTED, ERROR, HIT, STARTER_ONLY, UNREAD
from screenkit.cli.options import PATH, threshold_option
from screenkit.cli.output import tables as show
from screenkit.cli.output.console import open_console, print_tables, shown
from screenkit.cli.output.wording import editions, lag_notice
from screenkit.cli.records import RecordingOptions, recording_options
from screenkit.cli.searching import ListChoice, searching_options
from screenkit.model.wording import counted
from screenkit.options import ScreeningOptions
from screenkit.results.screening import STARTER

from .options import Reading, Working, progress_bar, reading_options, show_columns, working_options

#: Programs shown, those with most hits; the summary file has all.
_MOST_PROGRAMS = 10


@click.command()
@click.argument("book", type=PATH, metavar="IN")
@click.argument("destination", type=PATH, metavar="OUT")
@reading_options
@searching_options
@threshold_option
@click.option("--limit", type=int, help="Most hits written per customer.")
@policy_options
@decisions_options
@recording_options
@working_options
def batch(
    book: Path,
    destination: Path,
    reading: Reading,
    choice: ListChoice,
    threshold: float | None,
    limit: int | None,
    weighing: PolicyChoice,
    reviews: DecisionsFile,
    recording: RecordingOptions,
    working: Working,
) -> None:
    """Screen a whole book of customers.

    Every customer in the file IN is screened, and a row for each hit is written to the file OUT.

    IN is CSV, TSV, JSON lines, Parquet, Arrow or a workbook; OUT is CSV, TSV, JSON lines or an .xlsx workbook. Their
    endings say which. Columns are recognized by the usual headings unless an option names them; '' as a heading means
    that there is no such column.
    Three more files are written beside OUT: OUT.rejected.csv, the rows that could not be screened; OUT.unread.csv, the
    facts that could not be read and without which the customer was screened; and OUT.summary.json.
    With --audit, OUT.records.jsonl has the record of each customer with a hit, and LOG the summary with the files'
    hashes.

    Exit codes: 0 every customer was screened, without a hit; 2 error, or not every customer was screened: rows were
    rejected, IN has no customer, or IN grew meanwhile; 3 hit (a suppressed one included); 4 no hit, but only the
    starter list was searched; 5 an installed list is stale; 6 only hits that reviewers cleared; 7 only hits that facts
    contradict (with --contradicted suppress); 8 no hit, but a name is in a script that can't be read dependably.
    """
    written = format_of(destination)
    log = recording.open()
    options = ScreeningOptions(threshold=threshold, limit=limit, decisions=reviews.open())
    with reading.open(book) as opened, warnings.catch_warnings():
        # The summary says so itself.
        warnings.simplefilter("ignore", StarterCoverageWarning)
        show_columns(opened)
        task = Task(
            columns=opened.columns,
            options=options,
            format=written,
            is_spreadsheet_safe=working.spreadsheet_safe,
            allow_rejected=working.allow_rejected,
            is_recorded=recording.audit is not None,
            subject_key=log.subject_key,
        )
        screener = choice.screener(weighing.chosen())
        try:
            with progress_bar() as progress:
                summary = screen_book(
                    screener,
                    opened,
                    destination,
                    task,
                    workers=working.processes,
                    resume=working.resume,
                    overwrite=working.overwrite,
                    progress=progress,
                )
        except KeyboardInterrupt:
            show.error(f"{destination}: interrupted; continue with --resume")
            sys.exit(ERROR)
    files = Outputs(destination, is_recorded=task.is_recorded).published
    log.keep_batch(summary.to_dict(), files, is_repeated=working.resume)
    _show_summary(summary, destination)
    sys.exit(_exit_code(summary, working))


def _exit_code(summary: Summary, working: Working) -> int:
    is_empty = not summary.rows and not working.allow_empty
    if is_empty or summary.grown_by or summary.counts.rejected > working.allow_rejected:
        return ERROR
    counts = summary.counts
    if counts.customers_hit or counts.suppressed > counts.cleared + counts.contradicted:
        return HIT
    if counts.contradicted:
        return CONTRADICTED
    if counts.cleared:
        return CLEARED
    if counts.unread_names:
        return UNREAD
    return STARTER_ONLY if summary.coverage == STARTER else CLEAR


def _show_summary(summary: Summary, destination: Path) -> None:
    console, counts = open_console(), summary.counts
    table = Table("screened", "with hits", "hits", "suppressed", "rejected", "rows")
    row = (counts.screened, counts.customers_hit, counts.hits, counts.suppressed, counts.rejected, summary.rows)
    table.add_row(*(f"{count:,}" for count in row))
    print_tables(console, table, *_breakdowns(summary))
    searched = f"searched {editions(summary.editions)}; policy {summary.identity['policy'][:12]}"
    console.print(escape(searched), soft_wrap=True)
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
        yield f"{counted(counts.rejected, 'row')} could not be screened; {destination}.rejected.csv says which and why"
    if counts.unread_names:
        yield unreadable.names_notice(counts.unread_names)
    yield from unreadable.notices(counts)
    if counts.unread:
        yield f"{destination}.unread.csv says which rows"
    if summary.grown_by:
        yield (
            f"the book grew by {counted(summary.grown_by, 'byte')} while it was read; only what it held at the start"
            " was screened. Screen it again."
        )
    if summary.duplicate_ids:
        yield f"{counted(summary.duplicate_ids, 'row')} repeated a customer's key; all were screened"
    if counts.contradicted:
        are = "is" if counts.contradicted == 1 else "are"
        yield f"{counted(counts.contradicted, 'hit')} contradicted by facts {are} suppressed; their rows say so"
    if counts.beyond_limit:
        yield f"{counted(counts.beyond_limit, 'hit')} beyond the limit not written"
    for edition in summary.editions:
        if edition.source in summary.old_editions:
            yield lag_notice(edition, dt.timedelta(0), summary.at)
    if summary.coverage == STARTER:
        yield "only the starter list was searched, which is a demonstration"
    if not summary.rows:
        yield "there is no customer in the book; if that is right, use --allow-empty"
