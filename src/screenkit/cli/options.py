"""Options that several commands have, collected into one record each."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import attrs
import click
from click.shell_completion import CompletionItem

from screenkit import AuditError, Kind
from screenkit.model.stated import kind_of
from screenkit.sources import is_source, source_ids

Command = Callable[..., None]

#: A file or folder, as an option's or argument's type.
PATH = click.Path(path_type=Path)


def known_source(_: click.Context, parameter: click.Parameter, stated: Any) -> Any:  # one id, several or none
    """Take source ids as they are; one that is no source is an error that names the sources."""
    for source in (stated,) if isinstance(stated, str) else stated or ():
        if not is_source(source):
            known = ", ".join(source_ids())
            raise click.BadParameter(
                f"{source!r} is no source. Sources: {known}, and house:NAME for several lists of your own",
                param=parameter,
            )
    return stated


def complete_source(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """Complete a source id on the command line."""
    return [CompletionItem(source) for source in source_ids() if source.startswith(begun)]


def _kind(_: click.Context, parameter: click.Parameter, stated: str | None) -> Kind | None:
    kind = None if stated is None else kind_of(stated)
    if stated is not None and kind is None:
        raise click.BadParameter(f"{stated!r} must be one of {', '.join(Kind)}", param=parameter)
    return kind


source_option = click.option(
    "--source",
    required=True,
    callback=known_source,
    shell_complete=complete_source,
    metavar="ID",
    help="The list's source id; house or house:NAME for a list of your own.",
)
sources_argument = click.argument(
    "sources", nargs=-1, callback=known_source, shell_complete=complete_source, metavar="[SOURCE]..."
)
kind_option = click.option(
    "--kind", metavar="KIND", callback=_kind, help="person, organization, vessel, aircraft or unknown."
)
threshold_option = click.option("--threshold", type=float, help="Lowest score that is a hit, from 0.40 to 1.00.")
date_format_option = click.option(
    "--date-format",
    multiple=True,
    metavar="FORMAT",
    help="How dates are written if not ISO 8601, such as %d/%m/%Y; may be repeated.",
)
workers_option = click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that share the work."
)
accept_change_option = click.option(
    "--accept-change", metavar="REASON", help="Install an edition of the one SOURCE although a check refuses it."
)
strict_option = click.option(
    "--strict", is_flag=True, help="Refuse a file of which anything is lost, be it half a remark."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object per line.")


def read_key(path: Path | None) -> bytes | None:
    """The secret key in a file, without its line end; None for no file."""
    if path is None:
        return None
    try:
        return path.read_bytes().rstrip(b"\r\n")
    except OSError as error:
        raise AuditError(f"{path}: the key can't be read: {error.strerror or error}. Check the path.") from error


def collected(
    command: Command, options: Sequence[Callable[[Command], Command]], name: str, record: type[Any]
) -> Command:
    """A command with these options, whose values it gets as one record in the argument `name`."""
    fields = [field.name for field in attrs.fields(record)]

    @functools.wraps(command)
    def with_record(**given: Any) -> None:
        made = record(**{field: given.pop(field) for field in fields})
        command(**given, **{name: made})

    found: Command = with_record
    # Decorators above a function are applied from the last to the first.
    for option in reversed(options):
        found = option(found)
    return found
