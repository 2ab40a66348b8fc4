"""What the options say is to be searched in, screeners of it under several policies out."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich import box
from rich.table import Table

from screenkit import Policy, Screener, StarterCoverageWarning, read
from screenkit.model import Edition
from screenkit.sources import ListReader, source_ids

from . import show
from .terminal import open_console

#: The options that say what is searched, of a command that takes them as `files`, `sources` and `as_of`.
files_option = click.option(
    "--list",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A list file or folder to search; may be repeated. Without it, installed lists are searched.",
)
sources_option = click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="ID",
    help="The source of each --list, in the same order; without --list, an installed source or edition to search.",
)
as_of_option = click.option("--as-of", metavar="DATE", help="Search what was installed at the end of that day.")

date_format_option = click.option(
    "--date-format", metavar="FORMAT", help="How dates are written where not ISO 8601, such as %d/%m/%Y."
)


def searched(edition: Edition) -> str:
    """What was searched, on one line."""
    published = f"of {edition.published[:10]}" if edition.published else "(no date in the file)"
    whole = "" if edition.coverage == "full" else f", {edition.coverage} coverage only"
    count = f"{edition.records:,} designations"
    return f"searched {edition.title} {published}, {count}, sha256 {edition.sha256[:12]}{whole}"


def plain_table(*heads: str) -> Table:
    """A table with ruled lines above and below its heads alone."""
    return Table(*heads, box=box.HORIZONTALS, show_edge=False, pad_edge=False)


def screener(
    files: Sequence[Path], sources: Sequence[str], as_of: str | None, policy: Policy | None = None
) -> Screener:
    """A screener of list files, or of the installed lists where there are none.

    After a change of the lists they are indexed, which takes a while: a terminal is told so.
    """
    console = open_console(stderr=True)
    told = console.status("opening the lists; after a change they are indexed once") if console.is_terminal else None
    with told or nullcontext():
        if not files:
            return Screener.open(sources or None, as_of=as_of, policy=policy)
        readers = _readers(files, sources, as_of)
        made = Screener((designation for reader in readers for designation in reader), policy=policy)
    for reader in readers:
        show.shortfalls(reader)
    return made


def _readers(files: Sequence[Path], sources: Sequence[str], as_of: str | None) -> list[ListReader]:
    if len(files) != len(sources) or as_of:
        raise click.UsageError("give one --source for each --list, in the same order, and no --as-of")
    unknown = sorted({*sources} - {*source_ids()})
    if unknown:
        raise click.UsageError(f"no source {', '.join(unknown)}; there are: {', '.join(source_ids())}")
    return [read(source, file) for file, source in zip(files, sources, strict=True)]


@contextmanager
def screeners(
    files: Sequence[Path], sources: Sequence[str], as_of: str | None, policies: Sequence[Policy]
) -> Iterator[list[Screener]]:
    """A screener for each policy, all of the same editions, which are read and indexed once."""
    with warnings.catch_warnings():
        # What is printed says so itself.
        warnings.simplefilter("ignore", StarterCoverageWarning)
        first = screener(files, sources, as_of, policies[0])
        if not files:
            yield [first, *(screener(files, sources, as_of, policy) for policy in policies[1:])]
            return
        with TemporaryDirectory(prefix="screenkit-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "screener"
            if len(policies) > 1:
                first.save(path)
            yield [first, *(Screener.load(path, policy=policy) for policy in policies[1:])]
