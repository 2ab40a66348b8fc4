"""The commands `lists`, which shows what is installed and how fresh it is, and `import`, which installs files."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import attrs
import click
from rich.markup import escape
from rich.table import Table

from screenkit.cli.configuration import stated_policy
from screenkit.cli.exit_codes import DONE, ERROR, STALE
from screenkit.cli.lists.updating import index
from screenkit.cli.options import PATH, source_option, strict_option
from screenkit.cli.output import tables as show
from screenkit.cli.output.console import open_console, print_json
from screenkit.cli.output.wording import lag_notice, list_date
from screenkit.editions.freshness import Freshness, Verdict, aged, freshness
from screenkit.editions.store import Incoming, Installed, Store
from screenkit.editions.store_records import InstalledEdition, State
from screenkit.errors import InvalidPolicyError, NoListError, StoreError, UnknownSourceError
from screenkit.model.wording import counted
from screenkit.policy import Policy
from screenkit.sources import list_paths

_STYLES = {Verdict.FRESH: "green", Verdict.STALE: "bold red", Verdict.UNLIMITED: "yellow"}


@attrs.frozen
class _Row:
    """An installed source: its state and freshness, or the damage to it."""

    source: str
    state: State | None
    fresh: Freshness | None
    damage: str = ""

    @classmethod
    def of(cls, store: Store, source: str, policy: Policy) -> _Row:
        try:
            state = store.current(source)
            fresh = freshness(state, policy.max_age, dt.datetime.now(dt.UTC))
        except (NoListError, UnknownSourceError, StoreError) as error:
            return cls(source, None, None, str(error))
        return cls(source, state, fresh)

    def to_dict(self) -> dict[str, Any]:
        if self.state is None or self.fresh is None:
            return {"source": self.source, "verdict": "damaged", "damage": self.damage}
        stated = self.state.edition.to_dict()
        return {
            "source": self.source,
            "verdict": self.fresh.verdict.value,
            "checked": self.state.checked,
            "age_seconds": int(self.fresh.age.total_seconds()),
            "installed": self.state.installed,
            "records": self.state.edition.records,
            **{key: value for key, value in stated.items() if key != "source"},
        }

    def cells(self) -> tuple[str, ...]:
        if self.state is None or self.fresh is None:
            return self.source, "[bold red]damaged[/]", "", "", "", ""
        edition, style = self.state.edition, _STYLES[self.fresh.verdict]
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in edition.counts.items())
        verdict = f"[{style}]{self.fresh.verdict}[/]"
        published = list_date(edition.published)
        return (
            self.source,
            verdict,
            aged(self.fresh.age),
            published,
            f"{edition.records:,}: {kinds}",
            edition.sha256[:12],
        )


@click.command()
@click.option("--available", is_flag=True, help="Show all lists that can be read, instead of the installed ones.")
@click.option(
    "--max-age", type=float, metavar="HOURS", help="How long ago a list may have been checked; by default 24 hours."
)
@click.option("--verify", is_flag=True, help="Also check every stored byte.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per source and line.")
def lists(available: bool, max_age: float | None, verify: bool, as_json: bool) -> None:
    """Show the installed lists and whether they are fresh.

    Shows when each was last checked, what is in it, and whether it is fresh.

    Exit codes, for monitoring: 0 all are fresh, 5 one is stale or none is installed, 2 one is damaged.
    """
    if available:
        show.sources()
        return
    store = Store()
    try:
        policy = Policy() if max_age is None else Policy(max_age=dt.timedelta(hours=max_age))
    except (OverflowError, ValueError) as error:
        raise InvalidPolicyError(f"--max-age must be a number of hours above 0, not {max_age}") from error
    rows = [_Row.of(store, source, policy) for source in store.sources()]
    damage = [row.damage for row in rows if row.damage]
    if verify:
        damage += [line for line in store.verify() if line not in damage]
    _print(store, rows, as_json)
    for line in damage:
        show.error(line)
    if damage:
        sys.exit(ERROR)
    is_fresh = all(row.fresh is not None and row.fresh.verdict is not Verdict.STALE for row in rows)
    sys.exit(DONE if rows and is_fresh else STALE)


def _print(store: Store, rows: list[_Row], as_json: bool) -> None:
    if as_json:
        for row in rows:
            print_json(row.to_dict())
        return
    if not rows:
        show.sources()
        show.warning(f"no list is installed in {store.path}; these can be. Run `screenkit update`.")
        return
    policy, now = stated_policy(), dt.datetime.now(dt.UTC)
    table = Table("source", "verdict", "last checked", "published", "designations", "edition")
    for row in rows:
        table.add_row(*row.cells())
    console = open_console()
    console.print(table)
    for row in rows:
        if row.state and (notice := lag_notice(row.state.edition.edition, policy.max_lag, now)):
            console.print(f"[yellow]{escape(notice)}[/]", soft_wrap=True)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@source_option
@click.option(
    "--accept-change", metavar="REASON", help="Install it although a check refuses it; the reason is recorded."
)
@click.option(
    "--retrieved",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z"]),
    metavar="TIME",
    help="When the files were downloaded (a day, or a time with its zone); by default now.",
)
@strict_option
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def import_files(
    files: tuple[Path, ...],
    source: str,
    accept_change: str | None,
    retrieved: dt.datetime | None,
    strict: bool,
    as_json: bool,
) -> None:
    """Install a list from files, without a network.

    FILE is a list file, or several files or the folder of one edition. The edition is read and checked as a whole
    before it becomes current. It is refused, and the current one stays, if it is damaged, below its list's minimum
    counts, more than a tenth smaller than the current one, or older, or if many of its ids are others than before.

    A list of your own is the source house, or house:NAME where you keep several: CSV, TSV or JSON lines with at least
    the columns id and name. The file lists/house/README.md describes its format.
    """
    when = retrieved or dt.datetime.now(dt.UTC)
    store = Store()
    done = store.install(
        source,
        [Incoming(path=path) for path in list_paths(files)],
        retrieved=when if when.tzinfo else when.replace(tzinfo=dt.UTC),
        accept_change=accept_change,
        strict=strict,
        index=True,
    )
    if as_json:
        edition = done.edition.to_dict()
        stated = {"is_new": done.is_new, "announcements": list(done.announcements), "edition": edition}
        print_json(stated)
    else:
        _print_installed(done)
    index(store, is_quiet=as_json)


def _print_installed(done: Installed) -> None:
    console = open_console()
    edition, previous = done.edition, done.previous
    published = f"published {edition.published[:10]}" if edition.published else "undated"
    counts = ", ".join(f"{kind} {count:,}" for kind, count in edition.counts.items())
    what = f"[bold]{escape(edition.reference)}[/], {published}, {counted(edition.records, 'designation')}: {counts}"
    if not done.is_new:
        console.print(f"[green]unchanged:[/] {what}", soft_wrap=True)
        _say_if_old(edition)
        return
    before = f"; before it {escape(previous.reference)}, {counted(previous.records, 'designation')}" if previous else ""
    console.print(f"[green]installed:[/] {what}{before}", soft_wrap=True)
    for line in done.accepted.overridden if done.accepted else ():
        console.print(f"[yellow]accepted:[/] {escape(line)}", soft_wrap=True)
    _say_if_old(edition)
    for line in done.announcements:
        console.print(f"[yellow]announced:[/] {escape(line)}", soft_wrap=True)


def _say_if_old(edition: InstalledEdition) -> None:
    """Say that a file is old, which its import alone doesn't show."""
    if notice := lag_notice(edition.edition, stated_policy().max_lag, dt.datetime.now(dt.UTC)):
        open_console().print(f"[yellow]{escape(notice)}[/]", soft_wrap=True)
