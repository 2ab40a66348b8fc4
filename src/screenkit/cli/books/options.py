"""What `batch` and `rescreen` have in common: the options for the book and the work, and the progress bar."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Literal

import attrs
import click
from rich.markup import escape
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from screenkit.books import Columns, OpenBook, Progress, guess_columns, open_book
from screenkit.books.reading.layout import FORMATS
from screenkit.cli.options import Command, collected, date_format_option
from screenkit.cli.output.console import open_console, shown
from screenkit.model.wording import counted

#: Headings of columns that are not used, of which so many are printed.
_MOST_HEADINGS = 10
_FORMATS = click.Choice(tuple(FORMATS))


@attrs.frozen(kw_only=True)
class Reading:
    """How a book is read."""

    #: Columns of names.
    names: tuple[str, ...]
    #: The column of customers' keys.
    id: str | None
    #: The column of dates of birth.
    birth_date: str | None
    #: Columns of countries.
    countries: tuple[str, ...]
    #: The column of kinds.
    kind: str | None
    #: The column of genders.
    gender: str | None
    #: Columns of identifiers.
    identifiers: tuple[str, ...]
    #: How dates are written.
    date_format: tuple[str, ...]
    #: What becomes of facts that can't be read.
    unreadable_facts: Literal["ignore", "reject"] | None
    #: The format of the file.
    format: str | None
    #: Its encoding.
    encoding: str | None
    #: What separates fields.
    delimiter: str | None
    #: Whether quotation marks are ordinary characters.
    no_quotes: bool
    #: The sheet of a workbook.
    sheet: str | None

    def open(self, book: Path) -> AbstractContextManager[OpenBook]:
        """Open a book; raises `BatchError`."""
        return open_book(
            book,
            columns=self._chosen,
            format=self.format,
            encoding=self.encoding,
            delimiter=self.delimiter,
            is_quoted=not self.no_quotes,
            sheet=self.sheet,
        )

    def _chosen(self, headings: Sequence[str]) -> Columns:
        return guess_columns(
            headings,
            names=[_joined(name, headings) for name in self.names] or None,
            id=self.id,
            birth_date=self.birth_date,
            countries=self.countries or None,
            kind=self.kind,
            gender=self.gender,
            identifiers=self.identifiers or None,
            date_format=self.date_format,
            unreadable_facts=self.unreadable_facts,
        )


def _joined(name: str, headings: Sequence[str]) -> str | list[str]:
    return name if name in headings or "+" not in name else name.split("+")


@attrs.frozen(kw_only=True)
class Working:
    """How the work on a book is done."""

    #: Processes that share the work, None for one per core.
    workers: int | None
    #: Whether to continue an interrupted run.
    resume: bool
    #: Whether to replace the output.
    overwrite: bool
    #: How many rejected rows are no failure.
    allow_rejected: int
    #: Whether a book without a customer is no failure.
    allow_empty: bool
    #: Whether cells that a spreadsheet would run as formulas are marked.
    spreadsheet_safe: bool

    @property
    def processes(self) -> int:
        """How many processes share the work."""
        return self.workers or _cores()


def _cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_READING = (
    click.option(
        "--name",
        "names",
        multiple=True,
        metavar="HEADING",
        help="A column of names; may be repeated. FIRST+LAST joins two columns.",
    ),
    click.option("--id", metavar="HEADING", help="The column of your customers' keys."),
    click.option("--birth-date", metavar="HEADING", help="The column of dates of birth."),
    click.option(
        "--country", "countries", multiple=True, metavar="HEADING", help="A column of countries; may be repeated."
    ),
    click.option("--kind", metavar="HEADING", help="The column that says person, organization, vessel or aircraft."),
    click.option("--gender", metavar="HEADING", help="The column of genders."),
    click.option(
        "--identifier",
        "identifiers",
        multiple=True,
        metavar="HEADING",
        help="A column of passport, tax or other numbers; may be repeated.",
    ),
    date_format_option,
    click.option(
        "--unreadable-facts",
        type=click.Choice(("ignore", "reject")),
        help="A customer with a fact that can't be read is screened without it (ignore), or not (reject). By default"
        " ignore, but a run stops where nearly all values of a column can't be read.",
    ),
    click.option("--format", type=_FORMATS, help="The format of the book, if its ending doesn't tell."),
    click.option("--encoding", metavar="NAME", help="The encoding of the book; by default UTF-8."),
    click.option("--delimiter", metavar="CHARACTER", help="What separates fields; by default told from the headings."),
    click.option("--sheet", metavar="NAME", help="The sheet of a workbook, if several have rows."),
    click.option("--no-quotes", is_flag=True, help="Read quotation marks in the book as ordinary characters."),
)
_WORKING = (
    click.option("--workers", type=click.IntRange(1), help="Processes that share the work; by default one per core."),
    click.option("--resume", is_flag=True, help="Continue an interrupted run; if there is none, start one."),
    click.option("--overwrite", is_flag=True, help="Replace OUT, an interrupted run included."),
    click.option(
        "--allow-rejected",
        type=click.IntRange(0),
        default=0,
        metavar="COUNT",
        help="Don't exit with 2 for up to this many rejected rows.",
    ),
    click.option("--allow-empty", is_flag=True, help="Don't exit with 2 if the book has no customer."),
    click.option("--spreadsheet-safe", is_flag=True, help="Put ' before cells a spreadsheet would run as a formula."),
)


def reading_options(command: Command) -> Command:
    """Give a command the options for how a book is read, as its argument `reading`."""
    return collected(command, _READING, "reading", Reading)


def working_options(command: Command) -> Command:
    """Give a command the options for how the work is done, as its argument `working`."""
    return collected(command, _WORKING, "working", Working)


def show_columns(book: OpenBook) -> None:
    """Print on standard error which column is what."""
    console, columns = open_console(stderr=True), book.columns
    meanings = {
        "name": ", ".join("+".join(name) for name in columns.names),
        "id": columns.id,
        "birth date": columns.birth_date,
        "country": ", ".join(columns.countries),
        "kind": columns.kind,
        "gender": columns.gender,
        "identifier": ", ".join(columns.identifiers),
    }
    text = "; ".join(f"{meaning}: {heading}" for meaning, heading in meanings.items() if heading)
    console.print(f"[bold]columns[/] {escape(shown(console, text))}", soft_wrap=True)
    left = [heading for heading in book.reader.headings if heading not in columns.used]
    if left:
        more = f" and {len(left) - _MOST_HEADINGS:,} more" if len(left) > _MOST_HEADINGS else ""
        unused = f"{', '.join(map(repr, left[:_MOST_HEADINGS]))}{more}"
        console.print(f"[bold]not used[/] {escape(shown(console, unused))}", soft_wrap=True)
    if columns.id is None:
        console.print(
            "[yellow]no column of customer keys[/]: hits are named by their row alone, and can't be decided; name one"
            " with --id HEADING",
            soft_wrap=True,
        )


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None] | None]:
    """A bar with the rate and the time left, on a terminal only."""
    console = open_console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    rate, found = TextColumn("{task.fields[rate]:,.0f}/s"), TextColumn("{task.fields[found]}")
    columns = (TextColumn("screening"), BarColumn(), TaskProgressColumn(), rate, TimeRemainingColumn(), found)
    with Bars(*columns, console=console, transient=True) as bars:
        task = bars.add_task("", total=None, rate=0.0, found="")
        began, before = time.monotonic(), -1

        def show(progress: Progress) -> None:
            nonlocal began, before
            if before < 0:  # what an earlier run did is not part of this run's rate
                began, before = time.monotonic(), progress.rows
            passed = time.monotonic() - began
            rate = (progress.rows - before) / passed if passed else 0.0
            counts = progress.counts
            found = f"{counted(progress.rows, 'row')}, {counted(counts.hits, 'hit')}, {counts.rejected:,} rejected"
            bars.update(task, completed=progress.done, total=progress.size, rate=rate, found=found)

        yield show
