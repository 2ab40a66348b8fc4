"""A store in, one signed file out, and the other way round on a machine without a network: `screenkit bundle`.

Exit codes of `import`: 0 all installed or unchanged, 2 something was refused.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType

import click

from screenkit.editions.bundle import export_bundle, import_bundle
from screenkit.editions.store import Store
from screenkit.errors import SigningError
from screenkit.sources import source_ids

from . import fetching
from .terminal import open_console

_PATH = click.Path(path_type=Path)
_SOURCES = click.argument("sources", nargs=-1, type=click.Choice(source_ids()), metavar="[SOURCE]...")


@click.group()
def bundle() -> None:
    """Carry the lists of one store to another in one file, signed where a key is given."""


@bundle.command("export")
@click.argument("out", type=_PATH)
@_SOURCES
@click.option("--key", type=_PATH, help="A PEM file with the Ed25519 private key to sign with.")
@click.option("--passphrase-file", type=_PATH, help="A file with the passphrase of that key.")
def export_lists(out: Path, sources: tuple[str, ...], key: Path | None, passphrase_file: Path | None) -> None:
    """Write the current editions of each SOURCE, or of all that are installed, to the file OUT."""
    signer = None
    if key is not None:
        signer = _signing().Signer.open(key, _passphrase(passphrase_file))
    packed = export_bundle(Store(), out, sources, signer=signer)
    console = open_console()
    for one in packed:
        published = (one.edition.published or "no date")[:10]
        console.print(
            f"{one.edition.source} of {published}, last found current {one.checked}", markup=False, soft_wrap=True
        )
    signed = "signed" if signer else "not signed"
    console.print(f"{out}: {out.stat().st_size:,} bytes, {signed}", markup=False, soft_wrap=True)


@bundle.command("import")
@click.argument("file", type=_PATH)
@_SOURCES
@click.option(
    "--key",
    type=_PATH,
    envvar="SCREENKIT_BUNDLE_KEY",
    help="A PEM file with the public key that is pinned: what it hasn't signed is refused. Also $SCREENKIT_BUNDLE_KEY.",
)
@click.option(
    "--accept-change", metavar="REASON", help="Take up an edition of the one SOURCE although a check refuses it."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per source and line.")
def import_lists(
    file: Path, sources: tuple[str, ...], key: Path | None, accept_change: str | None, as_json: bool
) -> None:
    """Install each SOURCE, or all lists, from the bundle FILE. They are as fresh as they were where they come from.

    Exit codes: 0 all installed or unchanged, 2 something was refused; then the edition before stays.
    """
    if accept_change is not None and len(sources) != 1:
        raise click.UsageError("--accept-change is about one edition: name its source")
    verifier = None if key is None else _signing().Verifier.open(key)
    outcomes = import_bundle(Store(), file, sources, verifier=verifier, accept_change=accept_change)
    if as_json:
        for outcome in outcomes:
            click.echo(json.dumps(outcome.to_dict(), ensure_ascii=False))
    else:
        fetching.show_outcomes(outcomes)
    if verifier is None:
        said = "no key is pinned, so nobody vouches for who made the bundle: give --key PUBLIC"
        open_console(stderr=True).print(f"[yellow]note:[/] {said}", soft_wrap=True)
    sys.exit(0 if all(outcome.is_success for outcome in outcomes) else 2)


@bundle.command()
@click.argument("private", type=_PATH)
@click.argument("public", type=_PATH)
def keygen(private: Path, public: Path) -> None:
    """Make a pair of keys: PRIVATE signs and stays secret, PUBLIC is pinned where bundles are imported."""
    made = _signing().make_keys(private, public)
    open_console().print(f"key {made.fingerprint}", markup=False, soft_wrap=True)


def _signing() -> ModuleType:
    """The module that needs the extra, loaded only where a key is used."""
    try:
        from screenkit.editions import signing
    except ImportError as error:
        raise SigningError("signing needs the package cryptography: pip install 'screenkit[signing]'") from error
    return signing


def _passphrase(path: Path | None) -> bytes | None:
    try:
        return None if path is None else path.read_bytes().rstrip(b"\r\n")
    except OSError as error:
        raise SigningError(
            f"{path}: the passphrase can't be read: {error.strerror or error}. Check the path."
        ) from error
