"""The parts of a screener in, one file out, and back; what results rest on besides, so that no stale file is used."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from os import PathLike
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screenkit.blocks import Blocks, write_blocks
from screenkit.encoding import schema
from screenkit.errors import NoListError
from screenkit.index.arrays import Block
from screenkit.model import Designation, Edition
from screenkit.policy import Policy
from screenkit.searchable import Searchable, Tally
from screenkit.sources.manifest import lists_folder, source_ids

#: What the blocks of a file are.
KIND = "screener"
#: Version of the blocks' names and meanings.
_FORMAT = "1"
#: Components whose work a saved file holds; the others are asked anew in every search.
_SAVED_WITH = frozenset({"unicode", "unidecode", "rapidfuzz"})
#: Designations beside the main part, added or removed, that are searched so up to this share of it: one in so many.
_SHARE = 4


class Part(NamedTuple):
    """Designations and which of them are still searched; a screener has a main part and one for additions."""

    held: Searchable
    kept: NDArray[np.bool_]

    @classmethod
    def whole(cls, held: Searchable) -> Part:
        """All of them."""
        return cls(held, np.ones(len(held), dtype=np.bool_))

    def designations(self) -> list[Designation]:
        """Those that are searched."""
        return [self.held.designations[at] for at in np.flatnonzero(self.kept).tolist()]


def merged(parts: Sequence[Part], added: Sequence[Designation], policy: Policy) -> list[Part]:
    """Parts with designations added: beside the main part, or all anew where those beside it have become many."""
    main, *beside = parts
    is_kept = [bool(part.kept.any()) for part in beside]
    others = [one for part in beside for one in part.designations()] if added else []
    count = sum(int(part.kept.sum()) for part in beside) + len(added)
    if _SHARE * (count + int((~main.kept).sum())) > len(main.held):
        every = (*main.designations(), *(others or [one for part in beside for one in part.designations()]), *added)
        if not every:
            raise NoListError("there is no designation left to search; nothing found would mean nothing was searched")
        return [Part.whole(Searchable.made(every, policy))]
    if added:
        return [main, Part.whole(Searchable.made((*others, *added), policy))]
    return [main, *(part for part, any_kept in zip(beside, is_kept, strict=True) if any_kept)]


def searched_editions(parts: Iterable[Part]) -> tuple[Edition, ...]:
    """The editions that designations stand in, each with counts of what is searched of it."""
    held: dict[Edition, Tally] = {}
    for part in parts:
        for edition, tally in part.held.tallies(part.kept):
            known = held.setdefault(edition, Tally(Counter(), Counter()))
            known.kinds.update(tally.kinds)
            known.programs.update(tally.programs)
    # A unary plus leaves out what counts to nothing.
    counted = (edition.counted(+tally.kinds, +tally.programs) for edition, tally in held.items())
    return tuple(sorted(counted, key=lambda edition: (edition.source, edition.published or "", edition.sha256)))


def save_parts(path: str | PathLike[str], parts: Sequence[Part]) -> None:
    """Write the parts of a screener to a file."""
    blocks: dict[str, Block] = {}
    for number, part in enumerate(parts):
        blocks |= {f"{number}/{name}": block for name, block in part.held.blocks()}
        blocks[f"kept {number}"] = part.kept
    write_blocks(path, KIND, {**results_rest_on(), "parts": str(len(parts))}, blocks)


def opened_parts(file: Blocks, policy: Policy) -> list[Part]:
    """The parts of the screener that a file holds."""
    return [
        Part(Searchable.opened(file, f"{number}/", policy), file.array(f"kept {number}"))
        for number in range(int(file.meta["parts"]))
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
    """A digest of all code and tables that names are normalised and looked up by, and of what stands beside them.

    Within a version they don't change; of a working copy they do.
    """
    package = files("screenkit")
    names = package / "names"
    digest = blake2b(digest_size=8)
    for folder in (package, package / "model", names, names / "tables", package / "index"):
        for file in sorted(folder.iterdir(), key=lambda one: one.name):
            _take_up(digest, file)
    return digest.hexdigest()


def _reading_rules() -> str:
    """A digest of the code that reads lists, of its tables, and of the manifests with their program tables."""
    digest = blake2b(digest_size=8)
    for file in sorted((files("screenkit") / "sources").iterdir(), key=lambda one: one.name):
        _take_up(digest, file)
    for source in source_ids():
        stated = (lists_folder() / source / "list.toml").read_bytes()
        digest.update(source.encode() + b"\0" + stated)
    return digest.hexdigest()


def _take_up(digest: blake2b, file: Traversable) -> None:
    if file.is_file() and file.name.endswith((".py", ".txt", ".bin")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
