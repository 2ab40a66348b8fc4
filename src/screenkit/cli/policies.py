"""The command `compare-policies`, which shows every decision about a book that two policies make differently."""

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
from screenkit.model.wording import counted

from .exit_codes import DIFFERENT, DONE
from .options import PATH, date_format_option, workers_option
from .output.console import Cell, open_console, print_json, print_tables, shown
from .output.tables import plain_table
from .searching import ListChoice, searching_options


@click.command("compare-policies")
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
@click.argument("book", type=PATH)
@searching_options
@date_format_option
@workers_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per change and line.")
def compare_policies(
    old: Path,
    new: Path,
    book: Path,
    choice: ListChoice,
    date_format: tuple[str, ...],
    workers: int,
    as_json: bool,
) -> None:
    """Show what two policies decide differently.

    Shows every decision about the customers in BOOK that changes from the policy OLD to NEW. OLD and NEW are TOML or
    JSON files of a policy's fields, or "default"; each is applied at its own threshold. BOOK is a CSV file of
    customers.

    Exit codes: 0 no decision changes, 1 some do, 2 error, 5 an installed list is stale.
    """
    policies = [read_policy(path) for path in (old, new)]
    file, customers = read_book(book, date_format=date_format)
    with choice.screeners(policies) as opened:
        found = tuple(changes(opened[0], opened[1], customers, at=dt.datetime.now(dt.UTC), workers=workers))
    if as_json:
        for change in found:
            print_json(change.to_dict())
    else:
        _print(policies, file.rows, found)
    sys.exit(DIFFERENT if found else DONE)


def _print(policies: Sequence[Policy], count: int, found: Sequence[Change]) -> None:
    console = open_console()
    for field, before, after in differences(policies[1], policies[0]):
        line = f"{field}: {json.dumps(before)} to {json.dumps(after)}"
        console.print(shown(console, line), markup=False, soft_wrap=True)
    if found:
        table = plain_table("line", "customer", "change", "designation", "old", "new")
        for change in found:
            name = f"{change.customer}: {change.name}" if change.customer else change.name
            cells = (name, _change(change), f"{change.source} {change.id}", _side(change.old), _side(change.new))
            table.add_row(f"{change.line:,}", *(Cell(console, shown(console, cell)) for cell in cells))
        print_tables(console, table)
    counts = Counter(map(_change, found))
    kinds = "".join(f"; {kind}: {counts[kind]:,}" for kind in sorted(counts))
    summary = f"{counted(count, 'customer')}, {counted(len(found), 'decision')} changed{kinds}"
    console.print(summary, markup=False, soft_wrap=True)


def _change(change: Change) -> str:
    """What changes; of a customer from what to what."""
    if change.sort is ChangeSort.CUSTOMER:
        return f"{change.old.customer} to {change.new.customer}"
    if change.sort is ChangeSort.DESIGNATION:
        return f"designation: {change.old.verdict} to {change.new.verdict}"
    return change.sort.value


def _side(side: Side) -> str:
    return f"{side.verdict} {score(side.points)} by {side.matched_name}"
