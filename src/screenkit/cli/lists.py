"""The commands that keep lists at hand: what is installed and how fresh it is, and taking up files.

Exit codes of `lists`: 0 all fresh, 5 one is stale or none is installed, 2 one is damaged.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import attrs
import click
from rich.markup import escape
from rich.table import Table

from screenkit.editions.freshness import Freshness, Verdict, aged, freshness
from screenkit.editions.installed_edition import State
from screenkit.editions.store import Incoming, Installed, Store
from screenkit.errors import InvalidPolicyError, NoListError, StoreError, UnknownSourceError
from screenkit.policy import Policy
from screenkit.sources import list_paths, source_ids

from . import show
from .terminal import open_console

ERROR, STALE = 2, 5
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
        published = (edition.published or "not stated")[:10]
        return (
            self.source,
            verdict,
            aged(self.fresh.age),
            published,
            f"{edition.records:,}: {kinds}",
            edition.sha256[:12],
        )


@click.command()
@click.option("--available", is_flag=True, help="Show all lists that can be read in place of those installed.")
@click.option("--max-age", type=float, metavar="HOURS", help="How old a check may be; by default the policy's, 24.")
@click.option("--verify", is_flag=True, help="Check every byte that is kept, too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per source and line.")
def lists(available: bool, max_age: float | None, verify: bool, as_json: bool) -> None:
    """Show the lists installed: when each was last found current, what is in it, and whether it is fresh.

    Exit codes, for monitoring: 0 all are fresh, 5 one is stale or none is installed, 2 one is damaged.
    """
    if available:
        show.sources()
        return
    store = Store()
    try:
        policy = Policy() if max_age is None else Policy(max_age=dt.timedelta(hours=max_age))
    except (OverflowError, ValueError) as error:
        raise InvalidPolicyError(f"--max-age is {max_age}; give hours, more than 0") from error
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
    sys.exit(0 if rows and is_fresh else STALE)


def _print(store: Store, rows: list[_Row], as_json: bool) -> None:
    if as_json:
        for row in rows:
            click.echo(json.dumps(row.to_dict(), ensure_ascii=False))
        return
    if not rows:
        show.sources()
        show.warning(f"no list is installed in {store.path}; these can be read. Run `screenkit update`.")
        return
    table = Table("source", "verdict", "found current", "published", "designations", "edition")
    for row in rows:
        table.add_row(*row.cells())
    open_console().print(table)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--source", required=True, type=click.Choice(source_ids()), help="The list's source id.")
@click.option("--accept-change", metavar="REASON", help="Take it up though a check refuses it; the reason is recorded.")
@click.option(
    "--retrieved",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z"]),
    help="When the files were fetched (a day, or a time with its zone); by default now.",
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def import_files(
    files: tuple[Path, ...], source: str, accept_change: str | None, retrieved: dt.datetime | None, as_json: bool
) -> None:
    """Install a list from FILE (or the several files or the folder of one edition), without a network.

    It is read and checked whole before it becomes current. It is refused, and the one before stays, if it is damaged,
    below its list's minimum counts, more than a tenth smaller than the one before, or older.
    """
    when = retrieved or dt.datetime.now(dt.UTC)
    done = Store().install(
        source,
        [Incoming(path=path) for path in list_paths(files)],
        retrieved=when if when.tzinfo else when.replace(tzinfo=dt.UTC),
        accept_change=accept_change,
    )
    if as_json:
        edition = done.edition.to_dict()
        told = {"is_new": done.is_new, "announcements": list(done.announcements), "edition": edition}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        _print_installed(done)


def _print_installed(done: Installed) -> None:
    console = open_console()
    edition, previous = done.edition, done.previous
    published = f"published {edition.published[:10]}" if edition.published else "of no stated date"
    counts = ", ".join(f"{kind} {count:,}" for kind, count in edition.counts.items())
    what = f"[bold]{escape(edition.reference)}[/], {published}, {edition.records:,} designations: {counts}"
    if not done.is_new:
        console.print(f"[green]unchanged:[/] {what}", soft_wrap=True)
        return
    before = f"; before it {escape(previous.reference)}, {previous.records:,} designations" if previous else ""
    console.print(f"[green]installed:[/] {what}{before}", soft_wrap=True)
    for line in done.accepted.overridden if done.accepted else ():
        console.print(f"[yellow]accepted:[/] {escape(line)}", soft_wrap=True)
    for line in done.announcements:
        console.print(f"[yellow]announced:[/] {escape(line)}", soft_wrap=True)
