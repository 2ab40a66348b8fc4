"""The options that name a file of reviewers' decisions for a search to follow."""

from __future__ import annotations

from pathlib import Path

import attrs
import click

from screenkit.decisions import Decisions

from .options import PATH, Command, collected, read_key


@attrs.frozen(kw_only=True)
class DecisionsFile:
    """A file of reviewers' decisions."""

    #: The file; None where no decisions are to be followed.
    decisions: Path | None
    #: A file with the key under which its digests are made.
    decisions_key: Path | None

    def open(self) -> Decisions | None:
        """Open it; None where there is none."""
        if self.decisions is None:
            if self.decisions_key is not None:
                raise click.UsageError("--decisions-key is the key of a decisions file: give --decisions FILE too")
            return None
        return Decisions.open(self.decisions, key=read_key(self.decisions_key))


_OPTIONS = (
    click.option(
        "--decisions", metavar="FILE", type=PATH, help="Suppress the hits that reviewers cleared in this file."
    ),
    click.option("--decisions-key", metavar="FILE", type=PATH, help="A file with the key of the decisions file."),
)


def decisions_options(command: Command) -> Command:
    """Give a command the options that name a decisions file, as its argument `reviews`."""
    return collected(command, _OPTIONS, "reviews", DecisionsFile)
