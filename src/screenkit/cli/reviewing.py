"""The commands `decisions`: reviewers clear and confirm hits, and list, export and import what they decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

import attrs
import click

from screenkit.audit.replay import records
from screenkit.books.reviewing import hit_row, import_reviews, is_file_of_hits
from screenkit.books.reviewing.hit_rows import headings_of
from screenkit.decisions import Decisions, Recorded, export_csv, import_csv
from screenkit.decisions.rows import COLUMNS
from screenkit.errors import DecisionError
from screenkit.model import Outcome
from screenkit.model.chain_head import Head
from screenkit.model.wording import counted
from screenkit.results.record import plain

from .options import PATH, Command, collected, read_key
from .output import tables as show
from .output.console import Cell, open_console, print_json, print_tables, shown

#: The environment variable that says which decisions file is meant.
VARIABLE = "SCREENKIT_DECISIONS"
_HEADS = ("customer", "designation", "matched name", "outcome", "decided", "reason")
_file = click.option("--file", metavar="FILE", type=PATH, required=True, envvar=VARIABLE, help="The decisions file.")
_customer = click.option("--customer", metavar="KEY", help="Only the decisions about this customer.")

_key = click.option("--key", metavar="FILE", type=PATH, help="A file with the secret under which digests are made.")
#: Numbers of rows that are printed.
_MOST_ROWS = 10


@click.group()
def decisions() -> None:
    """Clear or confirm hits, and keep these decisions.

    Decisions can be listed, exported and imported. State the file with --file or in the environment variable
    SCREENKIT_DECISIONS.
    """


@attrs.frozen(kw_only=True)
class _Statement:
    """What a reviewer states about a hit."""

    #: The decisions file.
    file: Path
    #: Who decides.
    reviewer: str
    #: Why.
    reason: str
    #: The last day on which the decision holds.
    until: dt.datetime | None
    #: The designation's list, where two lists have its id.
    source: str | None
    #: The customer whose last record is meant.
    customer: str | None
    #: A file with the key under which digests are made.
    key: Path | None

    def record(self, outcome: Outcome, record: TextIO, designation: str) -> None:
        """Record the decision about a designation in a reviewed record or file of hits, and print it."""
        path = Path(record.name)
        if record.name != "-" and is_file_of_hits(path):
            reviewed = hit_row(path, designation, source=self.source, customer=self.customer)
        else:
            reviewed = _reviewed(record, self.customer)
        made = _opened(self.file, read_key(self.key)).decide(
            reviewed,
            designation,
            outcome,
            reviewer=self.reviewer,
            reason=self.reason,
            source=self.source,
            until=self.until.date() if self.until else None,
        )
        end = f" until {made.until}" if made.until else ""
        where = " ".join(part for part in (made.source, made.designation) if part)
        open_console().print(f"{made.outcome}{end}: customer {made.customer}, {where}", markup=False, soft_wrap=True)


_STATEMENT = (
    click.argument("record", type=click.File("r", encoding="utf-8", lazy=True)),
    click.argument("designation"),
    _file,
    click.option("--reviewer", metavar="NAME", required=True, help="Who decides."),
    click.option("--reason", metavar="TEXT", required=True, help="Why."),
    click.option(
        "--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The last day (UTC) the decision holds."
    ),
    click.option("--source", metavar="ID", help="The designation's list, if two lists have its id."),
    click.option("--customer", metavar="KEY", help="The customer, if RECORD has several."),
    _key,
)


def _statement_options(command: Command) -> Command:
    return collected(command, _STATEMENT, "statement", _Statement)


@decisions.command()
@_statement_options
def clear(record: TextIO, designation: str, statement: _Statement) -> None:
    """Decide that the customer is not the listed target. From then on the hit is suppressed.

    DESIGNATION is the id of a hit in RECORD. RECORD is a batch's or rescreening's file of hits; a file with the output
    of `screenkit screen --customer KEY --json`, or - for standard input; or an audit log.
    """
    statement.record(Outcome.CLEARED, record, designation)


@decisions.command()
@_statement_options
def confirm(record: TextIO, designation: str, statement: _Statement) -> None:
    """Decide that the customer is the listed target. The hit stays a hit, and says so.

    DESIGNATION is the id of a hit in RECORD. RECORD is a batch's or rescreening's file of hits; a file with the output
    of `screenkit screen --customer KEY --json`, or - for standard input; or an audit log.
    """
    statement.record(Outcome.CONFIRMED, record, designation)


def _reviewed(file: TextIO, customer: str | None) -> Mapping[str, Any]:
    """The record that was reviewed: the only one in a file, or the last one of a customer."""
    try:
        found = [one for _, one in records(file)]
    except UnicodeDecodeError as error:
        raise DecisionError(f"{file.name}: is not UTF-8 text; give a record as JSON") from error
    if customer is not None:
        found = [one for one in found if one["subject"].get("customer") == customer][-1:]
    if len(found) != 1:
        raise DecisionError(
            f"{file.name}: has {counted(len(found), 'record')}; give the one that was reviewed, or --customer KEY to"
            " take the last record of that customer"
        )
    return found[0]


def _opened(file: Path, key: bytes | None = None) -> Decisions:
    """The file, which is created if missing; a message says so, because the path may be mistyped."""
    if not file.exists():
        open_console(stderr=True).print(f"a new decisions file: {file}", markup=False, soft_wrap=True)
    return Decisions.open(file, create=True, key=key)


@decisions.command("list")
@_file
@_customer
@click.option("--history", is_flag=True, help="Also show superseded decisions.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per decision and line.")
def list_decisions(file: Path, customer: str | None, history: bool, as_json: bool) -> None:
    """Show the decisions in force: the last one for each customer and designation."""
    found = Decisions.open(file).history(customer=customer)
    if not history:
        found = _last(found)
    if as_json:
        for one in found:
            print_json(plain(one))
    else:
        _print(found)


def _last(found: Sequence[Recorded]) -> tuple[Recorded, ...]:
    ordered = sorted(found, key=lambda one: (one.decision.decided, one.number))
    last = {(one.decision.customer, one.decision.source, one.decision.designation): one for one in ordered}
    return tuple(sorted(last.values(), key=lambda one: one.number))


def _print(found: Sequence[Recorded]) -> None:
    console = open_console()
    table = show.plain_table(*_HEADS)
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
@click.argument("out", type=PATH)
@_file
@_customer
def export_decisions(out: Path, file: Path, customer: str | None) -> None:
    """Write all decisions, superseded ones included, to the CSV file OUT."""
    count = export_csv(Decisions.open(file), out, customer=customer)
    open_console().print(f"{counted(count, 'decision')} written to {out}", markup=False, soft_wrap=True)


@decisions.command("import")
@click.argument("table", type=PATH)
@_file
@click.option("--hits", metavar="FILE", type=PATH, help="A batch's file of hits, for decisions of another system.")
@click.option("--reviewer", metavar="NAME", help="Who decided, if TABLE doesn't say it.")
@_key
def import_decisions(table: Path, file: Path, hits: Path | None, reviewer: str | None, key: Path | None) -> None:
    """Record the decisions in TABLE: all of them, or none if a row is wrong.

    TABLE is what `decisions export` wrote; or a batch's file of hits with the columns decision (cleared or confirmed),
    reviewer and reason; or a table from another system, with the columns customer, id, reason and decided (a date),
    which needs --hits.
    """
    console = open_console()
    if hits is None and {*COLUMNS} & {*headings_of(table)} >= {"content", "subject"}:
        added, known = import_csv(_opened(file), table)
        console.print(f"{counted(added, 'decision')} recorded, {known:,} already known", markup=False, soft_wrap=True)
        return
    done = import_reviews(_opened(file, read_key(key)), table, hits=hits, reviewer=reviewer)
    said = f"{counted(done.recorded, 'decision')} recorded, {done.known:,} already known"
    if done.undecided:
        said += f", {counted(done.undecided, 'row')} without a decision"
    console.print(said, markup=False, soft_wrap=True)
    if done.unmatched:
        rows = ", ".join(f"{number:,}" for number in done.unmatched[:_MOST_ROWS])
        rest = f" and {len(done.unmatched) - _MOST_ROWS:,} more" if len(done.unmatched) > _MOST_ROWS else ""
        text = f"{counted(len(done.unmatched), 'row')} for which there is no hit: row {rows}{rest}"
        console.print(text, markup=False, soft_wrap=True)


@decisions.command("verify")
@_file
@click.option("--head", "noted", metavar="HASH/COUNT", help="A head noted earlier; shows if the end was cut off since.")
def verify_decisions(file: Path, noted: str | None) -> None:
    """Check that no decision was altered or removed.

    Prints the head of the file. Keep it where those who can write the file can't change it.

    Exit codes: 0 intact, 2 not intact, or error.
    """
    kept = Decisions.open(file)
    kept.verify(head=None if noted is None else Head.parse(noted))
    found = kept.head()
    said = f"intact: {counted(found.count, 'decision')}\nhead {found}" if found else "intact: no decision"
    open_console().print(said, markup=False, soft_wrap=True)
