"""The commands `keys add`, `keys list` and `keys revoke`: who may use the service, and for what."""

from __future__ import annotations

from pathlib import Path

import click
from rich import box
from rich.markup import escape
from rich.table import Table

from screenkit.cli.options import PATH
from screenkit.cli.output.console import open_console
from screenkit.service.guarding.keys import KeyFile, Scope

_FILE = click.option(
    "--keys", "file", required=True, metavar="FILE", type=PATH, envvar="SCREENKIT_KEYS", help="The file of the keys."
)


@click.group()
def keys() -> None:
    """Manage the API keys of the service.

    The file has a hash of each key, not the key. `screenkit serve --keys FILE` reads it again after each change.
    """


@keys.command("add")
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice([scope.value for scope in Scope]),
    default=(Scope.SCREEN.value, Scope.LISTS.value),
    show_default=True,
    help="What it allows; may be repeated.",
)
@_FILE
def add(name: str, scopes: tuple[str, ...], file: Path) -> None:
    """Make a key for NAME, a person or a program, and print it. It can't be shown again."""
    click.echo(KeyFile(file).add(name, map(Scope, scopes)))


@keys.command("list")
@_FILE
def list_keys(file: Path) -> None:
    """Show the names and scopes of the keys, and when they were made and revoked."""
    shown = Table("name", "scopes", "created", "revoked", box=box.HORIZONTALS, show_edge=False, pad_edge=False)
    for key in KeyFile(file).read():
        shown.add_row(escape(key.name), ", ".join(sorted(key.scopes)), key.created, key.revoked or "")
    open_console().print(shown)


@keys.command("revoke")
@click.argument("name")
@_FILE
def revoke(name: str, file: Path) -> None:
    """Revoke the key of NAME. A running service refuses it from the next request on."""
    KeyFile(file).revoke(name)
    click.echo(f"{name}: revoked")
