"""The command `screenkit` and what all its commands share: the exit codes of errors, and output in any script."""

from __future__ import annotations

import logging
import sys

import click

from screenkit import ScreenkitError, StaleListError
from screenkit.model.visible import in_terminal_lines
from screenkit.search.term_search import IS_COMPILED

from .books.batch import batch
from .books.rescreening import rescreen
from .calibration import calibrate_policy
from .configuration import read_configuration, use_store
from .exit_codes import ERROR, STALE
from .lists.bundles import bundle
from .lists.differences import diff
from .lists.installed import import_files, lists
from .lists.reading import read_list
from .lists.updating import update
from .names import explain, normalize_name
from .output import tables as show
from .output.schema import schema
from .policies import compare_policies
from .records import audit, replay
from .reviewing import decisions
from .screening import screen
from .service.keys import keys
from .service.serving import serve
from .service.tools import mcp_tools


class _Commands(click.Group):
    """A group that turns every `ScreenkitError` into one message and exit code 2, or 5 for a stale list."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            error.message = in_terminal_lines(error.message)  # type: ignore[misc]  # shown when it is raised again
            raise
        except ScreenkitError as error:
            show.error(str(error))
            sys.exit(STALE if isinstance(error, StaleListError) else ERROR)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    package_name="screenkit",
    message=f"%(prog)s, version %(version)s, search {'compiled' if IS_COMPILED else 'interpreted'}",
)
def main() -> None:
    """Screen names in any script against sanctions lists.

    Exit codes: 0 no hit, 2 error, 3 a hit to be reviewed (also by a weak alias), 4 no hit, but only the starter list
    was searched, 5 an installed list is stale, 6 only hits that reviewers cleared, 7 only hits that facts contradict,
    8 no hit, but a name that can't be read dependably.

    A file screenkit.toml in this folder or one above it may state the store, the policy, max_age,
    required_sources and required_reviewers.
    """
    # `--version` tells an interpreted search; a line at every command would be in the way.
    logging.getLogger("screenkit.search.term_search").setLevel(logging.ERROR)
    use_store(read_configuration())
    for stream in (sys.stdout, sys.stderr):
        # Names are in every script; a terminal that can't show one gets a substitute, not a traceback.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a replaced stream may lack it in tests only


for _command in (
    *(screen, batch, rescreen, explain, normalize_name),
    *(lists, update, import_files, read_list, diff, bundle),
    *(decisions, audit, replay, calibrate_policy, compare_policies, schema),
    *(serve, keys, mcp_tools),
):
    main.add_command(_command)
