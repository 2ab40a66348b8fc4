"""The command `rescreen`, which screens a book against what changed in the lists."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from screenkit.books import unreadable
from screenkit.books.reading.layout import format_of
from screenkit.books.rescreen import RescreenSummary, delta_since, rescreen_book
from screenkit.cli.configuration import PolicyChoice, policy_options
from screenkit.cli.decisions_file import DecisionsFile, decisions_options
from screenkit.cli.exit_codes import CLEAR, CLEARED, CONTRADICTED, ERROR, HIT, UNREAD
from screenkit.cli.options import PATH, threshold_option
from screenkit.cli.output.console import open_console, print_tables, shown
from screenkit.cli.output.wording import edition_of, lag_notice, list_date
from screenkit.model.wording import counted

from .options import Reading, Working, progress_bar, reading_options, show_columns, working_options


@click.command()
@reading_options
@threshold_option
@policy_options
@decisions_options
@working_options
@click.argument("book", type=PATH)
@click.argument("destination", type=PATH, metavar="[OUT]", required=False)
@click.option(
    "--since",
    multiple=True,
    required=True,
    metavar="EDITION",
    help="An older edition of each list, such as un_sc@2025-04-19; or a day, for the editions installed at its end.",
)
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="ID",
    help="A source or newer edition to compare; by default the current one.",
)
def rescreen(
    book: Path,
    destination: Path | None,
    since: tuple[str, ...],
    sources: tuple[str, ...],
    threshold: float | None,
    weighing: PolicyChoice,
    reviews: DecisionsFile,
    reading: Reading,
    working: Working,
) -> None:
    """Screen a book against what changed in the lists.

    The customers in the file BOOK are screened against what changed since an older edition. A row for each hit that is
    new, changed or ended is written to OUT (CSV, TSV, JSON lines or an .xlsx workbook by its ending), by default BOOK
    with the ending .rescreen.csv. BOOK and its columns are as in `screenkit batch`. More files are written beside OUT:
    OUT.rejected.csv, the rows that could not be screened; OUT.unread.csv, the facts that could not be read; and
    OUT.summary.json.

    Exit codes: 0 no hit is new or changed; 2 error, or not every customer was screened: rows were rejected, or BOOK
    grew meanwhile; 3 a hit is new or changed, and no reviewer cleared it (a weak alias included); 5 an installed list
    is stale; 6 the only hits that are new or changed are ones that reviewers cleared; 7 ones that facts contradict
    (with --contradicted suppress); 8 no hit is new or changed, but a name is in a script that can't be read
    dependably.
    """
    destination = destination or book.with_name(f"{book.stem}.rescreen.csv")
    written = format_of(destination)
    with reading.open(book) as opened:
        show_columns(opened)
        delta = delta_since(since[0] if len(since) == 1 else since, sources=sources or None, policy=weighing.chosen())
        with progress_bar() as progress:
            summary = rescreen_book(
                delta,
                opened,
                destination,
                threshold=threshold,
                decisions=reviews.open(),
                format=written,
                is_spreadsheet_safe=working.spreadsheet_safe,
                workers=working.processes,
                resume=working.resume,
                overwrite=working.overwrite,
                progress=progress,
            )
    _show_summary(summary, destination)
    for edition in delta.now:
        if notice := lag_notice(edition, delta.screener.policy.max_lag, dt.datetime.now(dt.UTC)):
            open_console().print(f"[yellow]{escape(notice)}[/]", soft_wrap=True)
    sys.exit(_exit_code(summary, working))


def _exit_code(summary: RescreenSummary, working: Working) -> int:
    is_empty = not summary.rows and not working.allow_empty
    if is_empty or summary.grown_by or summary.rejected > working.allow_rejected:
        return ERROR
    count = summary.new + summary.changed
    if count > summary.cleared + summary.contradicted:
        return HIT
    if summary.contradicted:
        return CONTRADICTED
    if count:
        return CLEARED
    return UNREAD if summary.unread_names else CLEAR


def _show_summary(summary: RescreenSummary, destination: Path) -> None:
    console = open_console()
    lists = Table("designations", *summary.designations)
    lists.add_row("", *(f"{count:,}" for count in summary.designations.values()))
    hits = Table("screened", "new hits", "hits changed", "cleared", "hits ended", "customers", "rejected", "rows")
    counts = (
        *(summary.screened, summary.new, summary.changed, summary.cleared, summary.ended),
        *(summary.customers, summary.rejected),
    )
    hits.add_row(*(f"{count:,}" for count in (*counts, summary.rows)))
    print_tables(console, lists, hits)
    before = {edition["source"]: edition["published"] for edition in summary.since}
    compared = "; ".join(
        edition_of(edition["source"], edition["published"])
        + (f" with {list_date(before[edition['source']])}" if edition["source"] in before else ", which is new")
        for edition in summary.now
    )
    console.print(f"compared {escape(compared)}", soft_wrap=True)
    if summary.rejected:
        notice = (
            f"{counted(summary.rejected, 'row')} could not be screened; {destination}.rejected.csv says which and why"
        )
        console.print(f"[yellow]{escape(shown(console, notice))}[/]", soft_wrap=True)
    if summary.unread_names:
        console.print(f"[yellow]{escape(unreadable.names_notice(summary.unread_names))}[/]", soft_wrap=True)
    if summary.unread:
        notice = (
            f"{counted(summary.unread, 'row')} screened without a fact that can't be read; {destination}.unread.csv"
        )
        console.print(f"[yellow]{escape(shown(console, notice))}[/]", soft_wrap=True)
    if summary.grown_by:
        console.print(
            f"[yellow]the book grew by {counted(summary.grown_by, 'byte')} while it was read; only what it held at the"
            " start was screened. Screen it again.[/]",
            soft_wrap=True,
        )
