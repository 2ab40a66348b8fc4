"""Two policies and a book of customers in, every decision that changes out: `screenkit compare-policies`."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from screenkit import Policy
from screenkit.calibrate import Change, changes, read_book, read_policy
from screenkit.calibrate.changes import ChangeSort, Side
from screenkit.calibrate.policies import differences
from screenkit.calibrate.sentences import score

from .opening import as_of_option, date_format_option, files_option, plain_table, screeners, sources_option
from .terminal import Cell, open_console, print_tables, shown

#: Exit codes, those of diff(1).
SAME, DIFFERENT = 0, 1


@click.command("compare-policies")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.argument("book", type=click.Path(path_type=Path))
@files_option
@sources_option
@as_of_option
@date_format_option
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that share the work.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per change and line.")
def compare_policies(
    old: Path,
    new: Path,
    book: Path,
    files: tuple[Path, ...],
    sources: tuple[str, ...],
    as_of: str | None,
    date_format: str | None,
    workers: int,
    as_json: bool,
) -> None:
    """Show every decision about the customers in BOOK that the policies OLD and NEW make differently.

    OLD and NEW are TOML or JSON files of a policy's fields, or "default"; each is applied at its own threshold. BOOK is
    a CSV file of customers. Exit codes: 0 no decision changes, 1 some do, 2 error, 5 an installed list is stale.
    """
    policies = [read_policy(path) for path in (old, new)]
    file, customers = read_book(book, date_format=date_format)
    with screeners(files, sources, as_of, policies) as opened:
        found = tuple(changes(opened[0], opened[1], customers, at=dt.datetime.now(dt.UTC), workers=workers))
    if as_json:
        for change in found:
            click.echo(json.dumps(change.to_dict(), ensure_ascii=False))
    else:
        _print(policies, file.rows, found)
    sys.exit(DIFFERENT if found else SAME)


def _print(policies: Sequence[Policy], count: int, found: Sequence[Change]) -> None:
    console = open_console()
    for field, before, after in differences(policies[1], policies[0]):
        told = f"{field}: {json.dumps(before)} to {json.dumps(after)}"
        console.print(shown(console, told), markup=False, soft_wrap=True)
    if found:
        table = plain_table("line", "customer", "change", "designation", "old", "new")
        for change in found:
            name = f"{change.customer}: {change.name}" if change.customer else change.name
            cells = (name, _change(change), f"{change.source} {change.id}", _side(change.old), _side(change.new))
            table.add_row(f"{change.line:,}", *(Cell(console, shown(console, cell)) for cell in cells))
        print_tables(console, table)
    told = f"{count:,} customers, decisions that change: {len(found):,}"
    counts = Counter(map(_change, found))
    for change_sort in sorted(counts):
        told += f"; {change_sort} {counts[change_sort]:,}"
    console.print(told, markup=False, soft_wrap=True)


def _change(change: Change) -> str:
    """What changes; of a customer from what to what."""
    if change.sort is ChangeSort.CUSTOMER:
        return f"{change.old.customer} to {change.new.customer}"
    if change.sort is ChangeSort.DESIGNATION:
        return f"designation: {change.old.verdict} to {change.new.verdict}"
    return change.sort.value


def _side(side: Side) -> str:
    return f"{side.verdict} {score(side.points)} by {side.matched_name}"
