"""Which lists a command searches: the options for it, and the screeners they open."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import click

from screenkit import Policy, Screener, StarterCoverageWarning, read
from screenkit.sources import ListReader

from .options import PATH, Command, collected
from .output import tables as show
from .output.console import open_console


@attrs.frozen(kw_only=True)
class ListChoice:
    """The lists that a command searches: list files, or editions in the store."""

    #: List files or folders.
    files: tuple[Path, ...]
    #: The source of each file; without files, installed sources or editions.
    sources: tuple[str, ...]
    #: The day at whose end the editions were current.
    as_of: str | None

    @property
    def is_stated(self) -> bool:
        """Whether the user chose anything."""
        return bool(self.files or self.sources or self.as_of)

    def screener(self, policy: Policy | None = None) -> Screener:
        """A screener of the list files, or of the installed lists where there are none.

        After a change of the lists they are indexed, which takes a while: a terminal says so.
        """
        console = open_console(stderr=True)
        said = (
            console.status("opening the lists; after a change they are indexed once") if console.is_terminal else None
        )
        with said or nullcontext():
            if not self.files:
                return Screener.open(self.sources or None, as_of=self.as_of, policy=policy)
            readers = self._readers()
            made = Screener((designation for reader in readers for designation in reader), policy=policy)
        for reader in readers:
            show.shortfalls(reader)
        return made

    @contextmanager
    def screeners(self, policies: Sequence[Policy]) -> Iterator[list[Screener]]:
        """A screener for each policy, all of the same editions, which are read and indexed once."""
        with warnings.catch_warnings():
            # What is printed says so itself.
            warnings.simplefilter("ignore", StarterCoverageWarning)
            first = self.screener(policies[0])
            if not self.files:
                yield [first, *(self.screener(policy) for policy in policies[1:])]
                return
            with TemporaryDirectory(prefix="screenkit-", ignore_cleanup_errors=True) as folder:
                path = Path(folder) / "screener"
                if len(policies) > 1:
                    first.save(path)
                yield [first, *(Screener.load(path, policy=policy) for policy in policies[1:])]

    def _readers(self) -> list[ListReader]:
        if len(self.files) != len(self.sources) or self.as_of:
            raise click.UsageError("give one --source for each --list, in the same order, and no --as-of")
        return [read(source, file) for file, source in zip(self.files, self.sources, strict=True)]


_OPTIONS = (
    click.option("--list", "files", multiple=True, type=PATH, help="A list file or folder to search; may be repeated."),
    click.option(
        "--source",
        "sources",
        multiple=True,
        metavar="ID",
        help="The source of each --list, in the same order. Without --list: an installed source or edition to search.",
    ),
    click.option("--as-of", metavar="DATE", help="Search what was installed at the end of that day, whatever its age."),
)


def searching_options(command: Command) -> Command:
    """Give a command the options for what is searched, as its argument `choice`."""
    return collected(command, _OPTIONS, "choice", ListChoice)
