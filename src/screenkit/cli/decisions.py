"""A reviewer's words about a recorded hit in, a line in a decisions file out: `screenkit decisions`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TextIO

import click
from rich import box
from rich.table import Table

from screenkit.decisions import Decisions, Recorded, export_csv, import_csv
from screenkit.errors import DecisionError
from screenkit.model import Outcome
from screenkit.model.record import plain
from screenkit.replay import records

from .records import read_key
from .terminal import Cell, open_console, print_tables, shown

#: The environment variable that says which decisions file is meant.
VARIABLE = "SCREENKIT_DECISIONS"
_HEADS = ("customer", "designation", "matched name", "outcome", "decided", "reason")
_PATH = click.Path(path_type=Path)
_file = click.option("--file", type=_PATH, required=True, envvar=VARIABLE, help="The decisions file.")
_customer = click.option("--customer", help="Only the decisions about the customer of this key.")


@click.group()
def decisions() -> None:
    """Clear or confirm hits; show, export and import what was decided.

    The file is given by --file or by the environment variable SCREENKIT_DECISIONS.
    """


def _decide(
    outcome: Outcome,
    record: TextIO,
    designation: str,
    file: Path,
    reviewer: str,
    reason: str,
    until: dt.datetime | None,
    source: str | None,
    customer: str | None,
    key: Path | None,
) -> None:
    reviewed = _reviewed(record, customer)
    made = _opened(file, read_key(key)).decide(
        reviewed,
        designation,
        outcome,
        reviewer=reviewer,
        reason=reason,
        source=source,
        until=until.date() if until else None,
    )
    end = f" until {made.until}" if made.until else ""
    where = " ".join(part for part in (made.source, made.designation) if part)
    open_console().print(f"{made.outcome}{end}: customer {made.customer}, {where}", markup=False, soft_wrap=True)


def _reviewed(file: TextIO, customer: str | None) -> Mapping[str, Any]:
    """The record that was reviewed: the only one in a file, or the last one of a customer."""
    try:
        found = [one for _, one in records(file)]
    except UnicodeDecodeError as error:
        raise DecisionError(f"{file.name}: is no UTF-8 text; give a record as JSON") from error
    if customer is not None:
        found = [one for one in found if one["subject"].get("customer") == customer][-1:]
    if len(found) != 1:
        raise DecisionError(
            f"{file.name}: holds {len(found):,} records; give the one that was reviewed, or the --customer whose last"
            " record is meant"
        )
    return found[0]


def decisions_of(file: Path | None, key: Path | None, customer: str | None, names: Sequence[str]) -> Decisions | None:
    """The decisions that the options of `screen` ask for, and whether these fit together."""
    if customer is not None and len(names) > 1:
        raise click.UsageError("--customer is the key of one customer: give one NAME with it")
    if file is None:
        if key is not None:
            raise click.UsageError("--decisions-key is the key of a decisions file: give --decisions FILE too")
        return None
    if customer is None:
        raise click.UsageError("--decisions are kept by customer: give --customer KEY too")
    return Decisions.open(file, key=read_key(key))


def _opened(file: Path, key: bytes | None = None) -> Decisions:
    """The file, made where it isn't there; that is said, since a path may be mistyped."""
    if not file.exists():
        open_console(stderr=True).print(f"a new decisions file: {file}", markup=False, soft_wrap=True)
    return Decisions.open(file, create=True, key=key)


for _name, _outcome, _said in (
    ("clear", Outcome.CLEARED, "the customer is not the listed target. The hit is suppressed from then on."),
    ("confirm", Outcome.CONFIRMED, "the customer is the listed target. The hit stays one, and says so."),
):
    decisions.add_command(
        click.Command(
            _name,
            callback=partial(_decide, _outcome),
            help=f"Decide on the hit DESIGNATION of the screening in RECORD: {_said}\n\nRECORD is a file with what"
            " `screenkit screen --customer KEY --json` printed, an audit log, or - for standard input.",
            params=[
                click.Argument(["record"], type=click.File("r", encoding="utf-8", lazy=True)),
                click.Argument(["designation"]),
                click.Option(["--file"], type=_PATH, required=True, envvar=VARIABLE, help="The decisions file."),
                click.Option(["--reviewer"], required=True, help="Who decides."),
                click.Option(["--reason"], required=True, help="Why."),
                click.Option(["--until"], type=click.DateTime(["%Y-%m-%d"]), help="The last day (UTC) it holds."),
                click.Option(["--source"], help="The designation's list, where two lists have its id."),
                click.Option(["--customer"], help="Of several records, the last one of this customer is meant."),
                click.Option(["--key"], type=_PATH, help="A file with the secret that digests are made with."),
            ],
        )
    )


@decisions.command("list")
@_file
@_customer
@click.option("--history", is_flag=True, help="Show superseded decisions too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per decision and line.")
def list_decisions(file: Path, customer: str | None, history: bool, as_json: bool) -> None:
    """Show the decisions that count: of each customer and designation the last one."""
    found = Decisions.open(file).history(customer=customer)
    if not history:
        found = _last(found)
    if as_json:
        for one in found:
            click.echo(json.dumps(plain(one), ensure_ascii=False))
    else:
        _print(found)


def _last(found: Sequence[Recorded]) -> tuple[Recorded, ...]:
    ordered = sorted(found, key=lambda one: (one.decision.decided, one.number))
    last = {(one.decision.customer, one.decision.source, one.decision.designation): one for one in ordered}
    return tuple(sorted(last.values(), key=lambda one: one.number))


def _print(found: Sequence[Recorded]) -> None:
    console = open_console()
    table = Table(*_HEADS, box=box.HORIZONTALS, show_edge=False, pad_edge=False)
    for one in found:
        made = one.decision
        cells = (
            made.customer,
            " ".join(part for part in (made.source, made.designation) if part),
            made.matched_name,
            f"{made.outcome} until {made.until}" if made.until else made.outcome,
            f"{made.decided:%Y-%m-%d} by {made.reviewer}",
            made.reason,
        )
        table.add_row(*(Cell(console, shown(console, cell)) for cell in cells))
    print_tables(console, table)


@decisions.command("export")
@click.argument("out", type=_PATH)
@_file
@_customer
def export_decisions(out: Path, file: Path, customer: str | None) -> None:
    """Write all decisions, superseded ones included, to the CSV file OUT."""
    count = export_csv(Decisions.open(file), out, customer=customer)
    open_console().print(f"{_count(count)} written to {out}", markup=False, soft_wrap=True)


@decisions.command("import")
@click.argument("table", type=_PATH, metavar="CSV")
@_file
def import_decisions(table: Path, file: Path) -> None:
    """Record the decisions of a CSV file: all of them or, where a row is unfit, none."""
    added, known = import_csv(_opened(file), table)
    open_console().print(f"{_count(added)} recorded, {known:,} known already", markup=False, soft_wrap=True)


def _count(number: int) -> str:
    return f"{number:,} decision" + ("s" if number != 1 else "")
