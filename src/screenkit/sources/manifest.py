"""The manifest of a source: identity, official files, minimum counts and the program table.

Manifests are the files lists/<source>/list.toml, packaged beside the code in a wheel and at the top of a
checkout.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from screenkit.errors import UnknownSourceError
from screenkit.model import Measure, Program

_PACKAGED = Path(__file__).parents[1] / "lists"
#: Several lists of an institution's own, each with editions of its own.
_OWN_LIST = re.compile(r"house:[a-z0-9][a-z0-9_-]{0,39}")
_CHECKOUT = Path(__file__).parents[3] / "lists"


@attrs.frozen(kw_only=True)
class OfficialFile:
    """A file that the publisher offers."""

    #: The id of its format, a key of `sources.FORMATS`.
    format: str
    #: Where the publisher offers it.
    url: str
    #: Whether it is one of several that only together are the list (OFAC's legacy CSV).
    part: str = ""
    #: The name to keep it by, where the address does not end in one.
    name: str = ""


@attrs.frozen(kw_only=True)
class Manifest:
    """What is known about a list before any file of it is read."""

    #: The source id, the name of its folder below lists/.
    id: str
    #: The list's title.
    title: str
    #: Who publishes it.
    publisher: str
    #: The publisher's page about it.
    homepage: str
    #: The license or terms its data is published under.
    license: str
    #: The formats it can be read from, the default first.
    formats: tuple[str, ...]
    #: What the publisher offers.
    files: tuple[OfficialFile, ...]
    #: Fewest designations per kind that a whole edition has; fewer means a file that was cut or emptied.
    minimum_counts: Mapping[str, int]
    #: Code -> program: the source's own table, over those of the sources named in `programs_from`.
    programs: Mapping[str, Program]
    #: Whether a record counts only where its publisher marks it as a target (OpenSanctions lists others beside them).
    targets_only: bool = False
    #: The lists that count of a file that holds several, by their abbreviations there; empty for all of them.
    only_lists: tuple[str, ...] = ()
    #: How much of a list it is: "full", or "starter".
    coverage: str = "full"
    #: Whether it is fetched only for those who ask for it: its license, or that it repeats others, is theirs to judge.
    is_on_request: bool = False

    @property
    def default_files(self) -> tuple[OfficialFile, ...]:
        """What to fetch: the publisher's files in the default format, all parts of it."""
        return tuple(file for file in self.files if file.format == self.formats[0])


def lists_folder() -> Path:
    """The folder that holds a folder for each source."""
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


@cache
def source_ids() -> tuple[str, ...]:
    """All source ids, sorted."""
    return tuple(sorted(path.parent.name for path in lists_folder().glob("*/list.toml")))


def is_source(source: str) -> bool:
    """Whether it is a source id, or the name of one of an institution's own lists, such as "house:exits"."""
    return source in source_ids() or _OWN_LIST.fullmatch(source) is not None


def family(source: str) -> str:
    """The id of the folder below lists/ that a source is of: "house" for "house:exits"."""
    return source.partition(":")[0]


def manifest(source: str) -> Manifest:
    """Read a source's manifest; each of an institution's own lists, such as "house:exits", has that of "house".

    Raises `UnknownSourceError`, which names the known sources.
    """
    if not is_source(source):
        raise UnknownSourceError(
            f"no source {source!r}. The sources are: {', '.join(source_ids())}. Call one of several lists of your own "
            "house:NAME, with small letters, digits, - and _."
        )
    found, name = _packaged(family(source)), source.partition(":")[2]
    return attrs.evolve(found, id=source, title=f"{found.title} ({name})") if name else found


@cache
def _packaged(source: str) -> Manifest:
    """The manifest in the folder of a source, read once: opening a store asks for each several times."""
    with (lists_folder() / source / "list.toml").open("rb") as stream:
        stated = tomllib.load(stream)
    return Manifest(
        id=source,
        title=stated["title"],
        publisher=stated["publisher"],
        homepage=stated["homepage"],
        license=stated["license"],
        formats=tuple(stated["formats"]),
        files=tuple(OfficialFile(**file) for file in stated.get("file", ())),
        minimum_counts=MappingProxyType(stated.get("minimum_counts", {})),
        programs=MappingProxyType(_programs(stated)),
        targets_only=stated.get("targets_only", False),
        only_lists=tuple(stated.get("only_lists", ())),
        coverage=stated.get("coverage", "full"),
        is_on_request=stated.get("on_request", False),
    )


def _programs(stated: Mapping[str, Any]) -> dict[str, Program]:
    """A list that repeats another's entries repeats its codes too, and takes them from that list's manifest."""
    repeated = (manifest(source).programs for source in stated.get("programs_from", ()))
    own = {code: _program(code, entry) for code, entry in stated.get("program", {}).items()}
    return {code: program for table in (*repeated, own) for code, program in table.items()}


def _program(code: str, entry: Mapping[str, Any]) -> Program:
    measures = tuple(Measure(measure) for measure in entry.get("measures", ()))
    return Program(code, title=entry["title"], authority=entry.get("authority", ""), measures=measures)
