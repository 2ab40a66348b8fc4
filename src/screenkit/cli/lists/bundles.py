"""The commands `bundle`, which carry the lists of one store to another in one signed file."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import click

from screenkit.cli.exit_codes import DONE, ERROR
from screenkit.cli.options import PATH, accept_change_option, json_option, sources_argument
from screenkit.cli.output.console import open_console, print_json
from screenkit.cli.output.wording import edition_of
from screenkit.editions.bundles.bundle import export_bundle, import_bundle
from screenkit.editions.store import Store
from screenkit.errors import SigningError
from screenkit.model.wording import counted

from . import updating


@click.group()
def bundle() -> None:
    """Carry lists from one store to another in a signed file."""


@bundle.command("export")
@click.argument("out", type=PATH)
@sources_argument
@click.option("--key", metavar="FILE", type=PATH, help="A PEM file with the Ed25519 private key to sign with.")
@click.option("--passphrase-file", metavar="FILE", type=PATH, help="A file with the passphrase of that key.")
def export_lists(out: Path, sources: tuple[str, ...], key: Path | None, passphrase_file: Path | None) -> None:
    """Write the current editions of each SOURCE, or of all that are installed, to the file OUT."""
    signer = None
    if key is not None:
        signer = _signing().Signer.open(key, _passphrase(passphrase_file))
    packed = export_bundle(Store(), out, sources, signer=signer)
    console = open_console()
    for one in packed:
        console.print(
            f"{edition_of(one.edition.source, one.edition.published)}, last checked {one.checked}",
            markup=False,
            soft_wrap=True,
        )
    signed = "signed" if signer else "not signed"
    console.print(f"{out}: {counted(out.stat().st_size, 'byte')}, {signed}", markup=False, soft_wrap=True)


@bundle.command("import")
@click.argument("file", type=PATH)
@sources_argument
@click.option(
    "--key",
    type=PATH,
    envvar="SCREENKIT_BUNDLE_KEY",
    metavar="FILE",
    help="A PEM file with the public key to trust; bundles not signed by it are refused. Also $SCREENKIT_BUNDLE_KEY.",
)
@accept_change_option
@json_option
def import_lists(
    file: Path, sources: tuple[str, ...], key: Path | None, accept_change: str | None, as_json: bool
) -> None:
    """Install each SOURCE, or all lists, from the bundle FILE. They keep the time of their last check.

    Exit codes: 0 all are installed or unchanged, 2 something was refused; then the current edition stays.
    """
    if accept_change is not None and len(sources) != 1:
        raise click.UsageError("--accept-change is for one edition: name its source")
    verifier = None if key is None else _signing().Verifier.open(key)
    store = Store()
    outcomes = import_bundle(store, file, sources, verifier=verifier, accept_change=accept_change)
    if as_json:
        for outcome in outcomes:
            print_json(outcome.to_dict())
    else:
        updating.show_outcomes(outcomes)
    if verifier is None:
        said = "without a trusted key nothing shows who made the bundle: give --key PUBLIC"
        open_console(stderr=True).print(f"[yellow]note:[/] {said}", soft_wrap=True)
    updating.index(store, is_quiet=as_json)
    sys.exit(DONE if all(outcome.is_success for outcome in outcomes) else ERROR)


@bundle.command()
@click.argument("private", type=PATH)
@click.argument("public", type=PATH)
def keygen(private: Path, public: Path) -> None:
    """Make a pair of keys: PRIVATE signs and stays secret, PUBLIC is trusted where bundles are imported."""
    made = _signing().make_keys(private, public)
    open_console().print(f"key {made.fingerprint}", markup=False, soft_wrap=True)


def _signing() -> ModuleType:
    """The module that needs the extra, loaded only where a key is used."""
    try:
        from screenkit.editions.bundles import signing
    except ImportError as error:
        raise SigningError("signing needs the package cryptography; run: pip install 'screenkit[signing]'") from error
    return signing


def _passphrase(path: Path | None) -> bytes | None:
    try:
        return None if path is None else path.read_bytes().rstrip(b"\r\n")
    except OSError as error:
        raise SigningError(
            f"{path}: the passphrase can't be read: {error.strerror or error}. Check the path."
        ) from error
