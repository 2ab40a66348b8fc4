"""The command `schema`, which prints the JSON Schema of what the other commands write as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import click

from screenkit.books import HIT_COLUMNS
from screenkit.books.rescreen import CHANGE_COLUMNS
from screenkit.results.schema import Schema, record_schema, row_schema

_MADE: Mapping[str, Callable[[], Schema]] = {
    "record": record_schema,
    "batch": lambda: row_schema(HIT_COLUMNS, "A row of a batch"),
    "rescreen": lambda: row_schema(CHANGE_COLUMNS, "A row of a rescreening"),
}


@click.command()
@click.argument("what", type=click.Choice(tuple(_MADE)), default="record")
def schema(what: str) -> None:
    """Print the JSON Schema of records and rows.

    "record" is what `screenkit screen --json` prints and audit logs and record files have; "batch" and "rescreen" are
    the rows of these commands in JSON lines.
    """
    click.echo(json.dumps(_MADE[what](), indent=2))
