"""The command `update`, which fetches, checks and installs lists, and the table of outcomes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn
from rich.table import Table

from screenkit.cli.exit_codes import DONE, ERROR
from screenkit.cli.options import accept_change_option, json_option, sources_argument, strict_option
from screenkit.cli.output.console import open_console, print_json, print_tables, shown
from screenkit.cli.output.wording import list_date
from screenkit.editions.compiling import prepare
from screenkit.editions.store import Store
from screenkit.editions.update import Outcome, Verdict, default_sources
from screenkit.editions.update import update as update_all
from screenkit.sources import is_source

_STYLES = {
    Verdict.UPDATED: "green",
    Verdict.UNCHANGED: "green",
    Verdict.REFUSED: "bold red",
    Verdict.FAILED: "bold red",
}


@click.command()
@sources_argument
@click.option(
    "--url",
    "urls",
    multiple=True,
    envvar="SCREENKIT_URLS",
    metavar="SOURCE=URL",
    help="Fetch a source from there; repeat for the parts of a list. Also in $SCREENKIT_URLS, separated by spaces.",
)
@accept_change_option
@strict_option
@json_option
def update(
    sources: tuple[str, ...], urls: tuple[str, ...], accept_change: str | None, strict: bool, as_json: bool
) -> None:
    """Fetch, check and install the current lists.

    Updates each SOURCE, or all official lists and those given by --url.

    Exit codes: 0 all are updated or unchanged, 2 something was refused or failed; then the current edition stays.
    """
    if accept_change is not None and len(sources) != 1:
        raise click.UsageError("--accept-change is for one edition: name its source")
    store, given = Store(), _by_source(urls)
    wanted = sources or (*default_sources(store), *given)
    outcomes = []
    with _bars(is_quiet=as_json) as progress:
        updating = update_all(
            store, wanted, urls=given, accept_change=accept_change, strict=strict, index=True, progress=progress
        )
        for outcome in updating:
            outcomes.append(outcome)
            if as_json:
                print_json(outcome.to_dict())
    if not as_json:
        show_outcomes(outcomes)
    index(store, is_quiet=as_json)
    sys.exit(DONE if all(outcome.is_success for outcome in outcomes) else ERROR)


def index(store: Store, *, is_quiet: bool) -> None:
    """Index what is new in the store, so that the next search waits for nothing; a terminal is told."""
    console = open_console(stderr=True)
    with console.status("indexing") if console.is_terminal and not is_quiet else nullcontext():
        prepare(store)


def _by_source(urls: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for given in urls:
        source, equals, url = given.partition("=")
        if not equals or not url or not is_source(source):
            raise click.UsageError("--url takes SOURCE=URL, such as un_sc=https://mirror.example/consolidated.xml")
        found.setdefault(source, []).append(url)
    return found


@contextmanager
def _bars(*, is_quiet: bool) -> Iterator[Callable[[str, int, int | None], None] | None]:
    """A bar for each file that arrives, on a terminal only."""
    console = open_console(stderr=True)
    if is_quiet or not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=console, transient=True) as bars:

        def show(name: str, received: int, total: int | None) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(escape(name), total=total)
            bars.update(tasks[name], completed=received, total=total)

        yield show


def show_outcomes(outcomes: Sequence[Outcome]) -> None:
    """Print the outcome for each source, what is new in it, and on standard error what was refused."""
    console = open_console()
    table = Table("source", "outcome", "published", "designations", "before")
    for outcome in outcomes:
        edition, previous = outcome.edition, outcome.previous
        verdict = f"[{_STYLES[outcome.verdict]}]{outcome.verdict.value}[/]"
        if not outcome.is_success and edition:
            verdict += ", the current one stays"
        published = list_date(edition.published) if edition else "-"
        before = f"{previous.records:,}" if previous else "-"
        table.add_row(outcome.source, verdict, published, f"{edition.records:,}" if edition else "-", before)
    print_tables(console, table)
    for outcome in outcomes:
        for line in outcome.announcements:
            console.print(f"[yellow]new:[/] {escape(shown(console, line))}", soft_wrap=True)
    _show_troubles(outcomes, open_console(stderr=True))


def _show_troubles(outcomes: Sequence[Outcome], console: Console) -> None:
    for outcome in outcomes:
        if not outcome.is_success:
            text = "\n".join(shown(console, line) for line in outcome.error.splitlines())
            console.print(f"[bold red]{outcome.verdict.value}:[/] {escape(text)}", soft_wrap=True)
        for path in outcome.kept:
            console.print(f"  the refused file is kept until the next update: {escape(str(path))}", soft_wrap=True)
