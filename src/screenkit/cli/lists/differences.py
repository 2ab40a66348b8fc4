"""The command `diff`, which shows what changed between two editions of a list."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from screenkit.cli.exit_codes import DIFFERENT, DONE
from screenkit.cli.options import complete_source, known_source
from screenkit.cli.output import tables as show
from screenkit.cli.output.console import open_console, print_json
from screenkit.editions.diff import ChangedDesignation, EditionDiff, FieldChange, compare_editions
from screenkit.editions.store import Store
from screenkit.model import Designation, Edition
from screenkit.sources import ListReader, read

#: How many differences of each sort are printed; the counts are always complete.
MOST_SHOWN = 10


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--source",
    callback=known_source,
    shell_complete=complete_source,
    metavar="ID",
    help="The source of OLD and NEW, if they are list files.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per difference and line.")
def diff(old: str, new: str, source: str | None, as_json: bool) -> None:
    """Show what changed between two editions of a list.

    Shows designations that were added, removed, changed or renamed. OLD and NEW are editions in the store (un_sc,
    un_sc@2025-04-19, un_sc@9743e2) or, with --source, list files or folders.

    Exit codes: 0 no difference, 1 some, 2 error.
    """
    readers = [_reader(given, source) for given in (old, new)]
    editions = [reader.edition.source for reader in readers]
    if editions[0] != editions[1]:
        raise click.UsageError(
            f"OLD is an edition of {editions[0]}, NEW of {editions[1]}; give two editions of one list"
        )
    found = compare_editions(*readers)
    formats = [reader.edition.format for reader in readers]
    if formats[0] != formats[1]:
        show.warning(
            f"OLD is {formats[0]} and NEW is {formats[1]}: formats differ in what they state, which shows as changes"
        )
    for reader in readers:
        show.shortfalls(reader)
    if as_json:
        for line in found.lines():
            print_json(line)
    else:
        _print(found, readers[0].edition, readers[1].edition)
    sys.exit(DONE if found.is_empty else DIFFERENT)


def _reader(given: str, source: str | None) -> ListReader:
    """With a source: a path that exists, or that can't name an edition in the store. Else an edition in the store."""
    if source is not None and (Path(given).exists() or given.partition("@")[0] != source):
        return read(source, given)
    store = Store()
    return store.read(store.find(given))


def _print(found: EditionDiff, old: Edition, new: Edition) -> None:
    console = open_console()
    console.print(f"[bold]{escape(new.title)}[/]: {_day(old)} to {_day(new)}", soft_wrap=True)
    table = Table(show_header=False)
    fields = ", ".join(f"{field.replace('_', ' ')} {count:,}" for field, count in found.counts_by_field.items())
    table.add_row("added", f"{len(found.added):,}")
    table.add_row("removed", f"{len(found.removed):,}")
    table.add_row("changed", f"{len(found.changed):,}" + (f": {fields}" if fields else ""))
    table.add_row("renamed", f"{len(found.renamed):,} of the changed")
    table.add_row("unchanged", f"{found.unchanged:,}")
    console.print(table)
    _designations(console, "+", found.added)
    _designations(console, "-", found.removed)
    _changes(console, found.changed)


def _day(edition: Edition) -> str:
    return edition.published[:10] if edition.published else f"sha256 {edition.sha256[:12]}"


def _designations(console: Console, sign: str, designations: Sequence[Designation]) -> None:
    for designation in designations[:MOST_SHOWN]:
        codes = ", ".join(program.code for program in designation.programs)
        line = f"{sign} {designation.id}  {designation.kind}  {designation.name}  {codes}"
        console.print(escape(line.rstrip()), soft_wrap=True)
    _more(console, sign, designations)


def _changes(console: Console, changes: Sequence[ChangedDesignation]) -> None:
    for change in changes[:MOST_SHOWN]:
        name = f"{change.before.name} → {change.after.name}" if change.is_renamed else change.after.name
        fields = ", ".join(map(_field, change.fields))
        console.print(escape(f"~ {change.after.id}  {change.after.kind}  {name}  ({fields})"), soft_wrap=True)
    _more(console, "~", changes)


def _field(field: FieldChange) -> str:
    counts = "in another order" if field.is_order else f"-{len(field.lost):,} +{len(field.gained):,}"
    return f"{field.field.replace('_', ' ')} {counts}"


def _more(console: Console, sign: str, shown: Sequence[object]) -> None:
    if len(shown) > MOST_SHOWN:
        console.print(f"{sign} and {len(shown) - MOST_SHOWN:,} more: --json prints all")
