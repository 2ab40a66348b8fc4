"""The command `schema`, which prints the JSON Schema of what the other commands write as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

import click

from screenkit.books import HIT_COLUMNS
from screenkit.books.rescreen import CHANGE_COLUMNS
from screenkit.results.schema import record_schema, row_schema
from screenkit.results.schema_parts import Schema

from . import command_schemas

#: What `screenkit schema` takes -> what makes that schema.
SCHEMAS: Mapping[str, Callable[[], Schema]] = MappingProxyType(
    {
        "record": record_schema,
        "batch": lambda: row_schema(HIT_COLUMNS, "A row of a batch"),
        "rescreen": lambda: row_schema(CHANGE_COLUMNS, "A row of a rescreening"),
        "lists": command_schemas.lists_schema,
        "update": command_schemas.update_schema,
        "import": command_schemas.import_schema,
        "diff": command_schemas.diff_schema,
        "replay": command_schemas.replay_schema,
        "decisions": command_schemas.decisions_schema,
        "compare-policies": command_schemas.policies_schema,
        "calibrate": command_schemas.calibrate_schema,
        "explain": command_schemas.explain_schema,
        "normalize": command_schemas.normalize_schema,
        "read": command_schemas.read_schema,
        "program": command_schemas.program_schema,
    }
)


@click.command()
@click.argument("what", type=click.Choice(tuple(SCHEMAS)), metavar="[WHAT]", default="record")
def schema(what: str) -> None:
    """Print the JSON Schema of what a command writes as JSON.

    WHAT is "record", which `screenkit screen --json` prints and audit logs and record files have; "batch" or
    "rescreen", the rows of these commands in JSON lines; "program", a line of `screenkit read --program CODE --json`;
    or a command that takes --json: lists, update (`bundle import` prints the same), import, diff, replay, decisions
    (`decisions list`), compare-policies, calibrate, explain, normalize or read. Where a command prints lines, the
    schema is that of a line.
    """
    click.echo(json.dumps(SCHEMAS[what](), indent=2))
