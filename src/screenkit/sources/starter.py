"""Nothing in, the path of the embedded starter list out.

The starter list is a demonstration and no compliance coverage: some sixty designations of the actions of
2016 and 2017 against parties that assist North Korea, in the house format, so that a screening works
right after installation.
"""

from __future__ import annotations

from pathlib import Path

from .manifest import lists_folder

#: The source id of the starter list.
STARTER = "starter"


def starter_path() -> Path:
    """Return the path of the starter list, to be read as `read("starter", starter_path())`."""
    return lists_folder() / STARTER / "starter.jsonl"
