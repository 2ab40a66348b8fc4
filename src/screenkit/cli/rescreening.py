"""A book of customers and older editions in, the hits that are new, changed and ended out: the command `rescreen`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from rich.markup import escape
from rich.table import Table

from screenkit.batch import Columns, guess_columns, open_book
from screenkit.batch.layout import format_of
from screenkit.rescreen import RescreenSummary, delta_since, rescreen_book

from .batch import CLEAR, HIT, NOT_WHOLE, cores, joined, progress_bar, show_columns
from .batch import batch as batch_command
from .terminal import open_console, print_tables, shown

#: The options of `batch` that this command has too.
_SHARED = frozenset(
    {
        "names", "id_", "birth_date", "countries", "kind", "gender", "identifiers", "date_format", "format_",
        "encoding", "delimiter", "no_quotes", "threshold", "workers", "resume", "overwrite", "allow_rejected",
        "spreadsheet_safe",
    }
)  # fmt: skip
_PATH = click.Path(path_type=Path)


@click.command(params=[option for option in batch_command.params if option.name in _SHARED])
@click.argument("book", type=_PATH)
@click.argument("destination", type=_PATH, metavar="[OUT]", required=False)
@click.option(
    "--since",
    multiple=True,
    required=True,
    metavar="EDITION",
    help="An older edition, such as un_sc@2025-04-19, for each list; or a day, for what was installed at its end.",
)
@click.option(
    "--source", "sources", multiple=True, help="A source or newer edition to compare; by default the current."
)
def rescreen(
    book: Path,
    destination: Path | None,
    since: tuple[str, ...],
    sources: tuple[str, ...],
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
    threshold: float | None,
    workers: int | None,
    resume: bool,
    overwrite: bool,
    allow_rejected: int,
    spreadsheet_safe: bool,
) -> None:
    """Screen the customers in the file BOOK against what changed of the lists since an older edition.

    A row for each hit that is new, changed or ended is written to OUT (CSV, TSV or JSON lines by its ending), by
    default BOOK with the ending .rescreen.csv. BOOK and its columns are as for `screenkit batch`. Beside OUT stand then
    OUT.rejected.csv, the rows that could not be screened, and OUT.summary.json.

    Exit codes: 0 no hit is new or changed, 2 error, or not all was screened: rows were rejected, or BOOK grew
    meanwhile; 3 a hit is new or changed (a suppressed one included), 5 an installed list is stale.
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

    destination = destination or book.with_name(f"{book.stem}.rescreen.csv")
    written = format_of(destination)
    with open_book(
        book, columns=chosen, format=format_, encoding=encoding, delimiter=delimiter, is_quoted=not no_quotes
    ) as opened:
        show_columns(opened)
        delta = delta_since(since[0] if len(since) == 1 else since, sources=sources or None)
        with progress_bar() as progress:
            summary = rescreen_book(
                delta,
                opened,
                destination,
                threshold=threshold,
                format=written,
                is_spreadsheet_safe=spreadsheet_safe,
                workers=workers or cores(),
                resume=resume,
                overwrite=overwrite,
                progress=progress,
            )
    _show_summary(summary, destination)
    sys.exit(_exit_code(summary, allow_rejected))


def _exit_code(summary: RescreenSummary, allow_rejected: int) -> int:
    if summary.grown_by or summary.rejected > allow_rejected:
        return NOT_WHOLE
    return HIT if summary.new or summary.changed else CLEAR


def _show_summary(summary: RescreenSummary, destination: Path) -> None:
    console = open_console()
    lists = Table("designations", *summary.designations)
    lists.add_row("", *(f"{count:,}" for count in summary.designations.values()))
    hits = Table("screened", "new hits", "hits changed", "hits ended", "customers", "rejected", "rows")
    counts = (summary.screened, summary.new, summary.changed, summary.ended, summary.customers, summary.rejected)
    hits.add_row(*(f"{count:,}" for count in (*counts, summary.rows)))
    print_tables(console, lists, hits)
    before = {edition["source"]: _day(edition) for edition in summary.since}
    compared = ", ".join(
        f"{edition['source']} of {_day(edition)} with {before.get(edition['source'], 'none, it is new')}"
        for edition in summary.now
    )
    console.print(f"compared {escape(compared)}", soft_wrap=True)
    if summary.rejected:
        notice = f"{summary.rejected:,} rows could not be screened: {destination}.rejected.csv says which and why"
        console.print(f"[yellow]{escape(shown(console, notice))}[/]", soft_wrap=True)
    if summary.grown_by:
        console.print(
            f"[yellow]the book grew by {summary.grown_by:,} bytes while it was read: what it held at the start was"
            " screened, and no more. Screen it again.[/]",
            soft_wrap=True,
        )


def _day(edition: Mapping[str, Any]) -> str:
    return str(edition["published"] or edition["retrieved"] or "no date")[:10]
