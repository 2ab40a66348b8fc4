"""Sources in, what became of each update on the terminal out: the command `update`.

Exit codes: 0 all updated or unchanged, 2 something was refused or failed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn
from rich.table import Table

from screenkit.editions.store import Store
from screenkit.editions.update import Outcome, Verdict, default_sources
from screenkit.editions.update import update as update_all
from screenkit.sources import source_ids

from .terminal import open_console, print_tables, shown

#: Exit codes.
DONE, UNDONE = 0, 2

_STYLES = {
    Verdict.UPDATED: "green",
    Verdict.UNCHANGED: "green",
    Verdict.REFUSED: "bold red",
    Verdict.FAILED: "bold red",
}


@click.command()
@click.argument("sources", nargs=-1, type=click.Choice(source_ids()), metavar="[SOURCE]...")
@click.option(
    "--url",
    "urls",
    multiple=True,
    envvar="SCREENKIT_URLS",
    metavar="SOURCE=URL",
    help="Fetch a source there; repeated for the parts of a list. Also in $SCREENKIT_URLS, with spaces between.",
)
@click.option(
    "--accept-change", metavar="REASON", help="Take up an edition of the one SOURCE although a check refuses it."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per source and line.")
def update(sources: tuple[str, ...], urls: tuple[str, ...], accept_change: str | None, as_json: bool) -> None:
    """Fetch, check and install what publishers offer now: each SOURCE, or all official lists and those given by --url.

    Exit codes: 0 all updated or unchanged, 2 something was refused or failed; then the edition before stays.
    """
    if accept_change is not None and len(sources) != 1:
        raise click.UsageError("--accept-change is about one edition: name its source")
    store, given = Store(), _by_source(urls)
    wanted = sources or (*default_sources(store), *given)
    outcomes = []
    with _bars(is_quiet=as_json) as progress:
        for outcome in update_all(store, wanted, urls=given, accept_change=accept_change, progress=progress):
            outcomes.append(outcome)
            if as_json:
                click.echo(json.dumps(outcome.to_dict(), ensure_ascii=False))
    if not as_json:
        show_outcomes(outcomes)
    sys.exit(DONE if all(outcome.is_success for outcome in outcomes) else UNDONE)


def _by_source(urls: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for given in urls:
        source, equals, url = given.partition("=")
        if not equals or not url or source not in source_ids():
            raise click.UsageError("--url takes SOURCE=URL, such as un_sc=https://mirror.example/consolidated.xml")
        found.setdefault(source, []).append(url)
    return found


@contextmanager
def _bars(*, is_quiet: bool) -> Iterator[Callable[[str, int, int | None], None] | None]:
    """A bar for each file that arrives, where somebody looks on."""
    console = open_console(stderr=True)
    if is_quiet or not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=console, transient=True) as bars:

        def told(name: str, received: int, total: int | None) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(escape(name), total=total)
            bars.update(tasks[name], completed=received, total=total)

        yield told


def show_outcomes(outcomes: Sequence[Outcome]) -> None:
    """Print what became of each source, what is new in it, and on standard error what was refused."""
    console = open_console()
    table = Table("source", "outcome", "published", "designations", "before")
    for outcome in outcomes:
        edition, previous = outcome.edition, outcome.previous
        verdict = f"[{_STYLES[outcome.verdict]}]{outcome.verdict.value}[/]"
        if not outcome.is_success and edition:
            verdict += ", the old one stays"
        published = (edition.published or "no date")[:10] if edition else "-"
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
            console.print(f"  the refused file, until the next update: {escape(str(path))}", soft_wrap=True)
