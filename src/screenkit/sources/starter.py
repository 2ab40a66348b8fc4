"""The embedded starter list.

It is a demonstration, not compliance coverage: some sixty designations of the actions of 2016 and 2017 against
parties that assist North Korea, in the house format, so that a screening works right after installation.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

from screenkit.errors import StarterCoverageWarning

from .manifest import lists_folder

#: The source id of the starter list.
STARTER = "starter"


def starter_path() -> Path:
    """Return the path of the starter list, to be read as `read("starter", starter_path())`."""
    return lists_folder() / STARTER / "starter.jsonl"


def warn_of_starter() -> None:
    """Warn, at the line outside this package that led here, that a search was of the starter list alone."""
    level, frame = 2, sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] == "screenkit":
        level, frame = level + 1, frame.f_back
    warnings.warn(
        "only the starter list was searched: about 60 designations that show how screenkit works. It is not compliance"
        " coverage; install whole lists: `screenkit update`, or give one: Screener(read(source, path))",
        StarterCoverageWarning,
        stacklevel=level,
    )
