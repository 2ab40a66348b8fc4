"""A snapshot: the segments of a screener in one file; and what results rest on, so that no stale file is used."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from os import PathLike
from types import MappingProxyType

import numpy as np

from screenkit.model import Edition
from screenkit.policy import Policy
from screenkit.search.arrays import Block, Stored
from screenkit.search.files.block_file import Blocks, write_blocks
from screenkit.search.files.merging import merged_blocks
from screenkit.search.files.record_codec import schema
from screenkit.search.segment import LiveSegment, Segment, Tally
from screenkit.sources.manifest import lists_folder, source_ids

#: What the blocks of a file are.
KIND = "screener"
#: What the names of a segment's blocks begin with where it is the only one in a file.
WHOLE = "0/"
#: Version of the blocks' names and meanings.
_FORMAT = "1"
#: Components whose work a saved file holds; the others are asked anew in every search.
_SAVED_WITH = frozenset({"unicode", "unidecode", "rapidfuzz"})


def searched_editions(segments: Iterable[LiveSegment]) -> tuple[Edition, ...]:
    """The editions that designations stand in, each with counts of what is searched of it."""
    held: dict[Edition, Tally] = {}
    for live in segments:
        for edition, tally in live.segment.tallies(live.alive):
            known = held.setdefault(edition, Tally(Counter(), Counter()))
            known.kinds.update(tally.kinds)
            known.programs.update(tally.programs)
    # A unary plus leaves out what counts to nothing.
    counted = (edition.counted(+tally.kinds, +tally.programs) for edition, tally in held.items())
    return tuple(sorted(counted, key=lambda edition: (edition.source, edition.published or "", edition.sha256)))


def save_segments(
    path: str | PathLike[str], segments: Sequence[LiveSegment], told: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Write the segments of a screener to a file, with what else is told of them."""
    blocks: dict[str, Block] = {}
    for number, live in enumerate(segments):
        blocks |= {f"{number}/{name}": block for name, block in live.segment.blocks()}
        blocks[f"alive {number}"] = live.alive
    write_blocks(path, KIND, {**results_rest_on(), "segments": str(len(segments)), **told}, blocks)


def save_merged(path: str | PathLike[str], parts: Sequence[Stored], told: Mapping[str, str]) -> None:
    """Write one segment with the designations of several stored ones to a file, with what else is told of it."""
    blocks = {f"{WHOLE}{name}": block for name, block in merged_blocks(parts).items()}
    blocks["alive 0"] = np.ones(sum(len(part.array("edition of")) for part in parts), dtype=np.bool_)
    write_blocks(path, KIND, {**results_rest_on(), "segments": "1", **told}, blocks)


def opened_segments(file: Blocks, policy: Policy) -> list[LiveSegment]:
    """The segments of the screener that a file holds."""
    return [
        LiveSegment(Segment.opened(file, f"{number}/", policy), file.array(f"alive {number}"))
        for number in range(int(file.meta["segments"]))
    ]


@cache
def library_version() -> str:
    """The version of screenkit."""
    return version("screenkit")


@cache
def components() -> tuple[tuple[str, str], ...]:
    """Versions of Unicode's data and of the packages that results rest on."""
    packages = ("unidecode", "rapidfuzz", "python-stdnum", "numpy")
    return (("unicode", unicodedata.unidata_version), *((package, version(package)) for package in packages))


@cache
def tables() -> tuple[tuple[str, str], ...]:
    """Digests of the rules and tables that names are matched by, and of those that lists are read by."""
    return (("matching", _rules()), ("reading", _reading_rules()))


@cache
def results_rest_on() -> dict[str, str]:
    """What a saved screener was made with and can't be used without, by name."""
    return {
        "format": _FORMAT,
        "schema": schema(),
        "screenkit version": library_version(),
        **{f"{name} version": number for name, number in components() if name in _SAVED_WITH},
        "rules": _rules(),
    }


def _rules() -> str:
    """A digest of all code and tables that names are normalized and looked up by, and of what stands beside them.

    Within a version they don't change; of a working copy they do.
    """
    digest = blake2b(digest_size=8)
    package = files("screenkit")
    for place in ("comparison", "model", "names", "search", "policy.py"):
        _take_up(digest, package / place, place)
    return digest.hexdigest()


def _reading_rules() -> str:
    """A digest of the code that reads lists, of its tables, and of the manifests with their program tables."""
    digest = blake2b(digest_size=8)
    _take_up(digest, files("screenkit") / "sources", "sources")
    _take_up(digest, files("screenkit") / "model", "model")
    for source in source_ids():
        stated = (lists_folder() / source / "list.toml").read_bytes()
        digest.update(source.encode() + b"\0" + stated)
    return digest.hexdigest()


def _take_up(digest: blake2b, place: Traversable, name: str) -> None:
    """Add a file, or all files below a folder, to a digest, in the order of their names."""
    if place.is_dir():
        for item in sorted(place.iterdir(), key=lambda one: one.name):
            _take_up(digest, item, f"{name}/{item.name}")
    elif name.endswith((".py", ".txt", ".bin")):
        digest.update(name.encode() + b"\0" + place.read_bytes())
