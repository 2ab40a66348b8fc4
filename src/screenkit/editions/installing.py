"""Steps of an installation: files are copied, read completely and counted before an edition becomes current."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

import attrs

from screenkit.errors import EditionRefusedError, SourceError
from screenkit.sources import ListReader, manifest, read_files
from screenkit.sources.files import open_list_file

from .store_records import Acceptance, InstalledEdition, StoredFile
from .turnover import Turnover

_PIECE = 1 << 20


@attrs.frozen(kw_only=True)
class Incoming:
    """A file to be installed."""

    #: Where it is now.
    path: Path
    #: The name to keep; by default the last part of its path.
    name: str = attrs.field(default=attrs.Factory(lambda incoming: incoming.path.name, takes_self=True))
    #: The address it was fetched from, or empty.
    url: str = ""


@attrs.frozen(kw_only=True)
class Installed:
    """The result of an installation."""

    #: The edition that was installed.
    edition: InstalledEdition
    #: The edition that was current before, or None.
    previous: InstalledEdition | None
    #: What a person has to know, one line each.
    announcements: tuple[str, ...]
    #: Which checks were overridden, and why; None if no check refused it.
    accepted: Acceptance | None = None

    @property
    def is_new(self) -> bool:
        """Whether it differs from the previous edition. If not, only the time of the last check changes."""
        return self.previous is None or self.previous.sha256 != self.edition.sha256


@attrs.frozen(kw_only=True)
class Staged:
    """A copy of an incoming file."""

    #: Where the copy is.
    path: Path
    #: Its record in the store.
    stored: StoredFile


def check_request(source: str, files: Sequence[Incoming], accept_change: str | None) -> None:
    """Refuse what can't be installed, whatever the files contain.

    Raises `UnknownSourceError`, and `EditionRefusedError` for the starter list, for no files or two of one name, and
    for an empty reason.
    """
    names = [file.name for file in files]
    if manifest(source).coverage != "full":
        raise EditionRefusedError(
            f"{source}: this is a demonstration list, which can't be installed. Install full lists."
        )
    if not names or len(set(names)) < len(names):
        found = f"two files have the same name: {', '.join(sorted(names))}" if names else "no file is given"
        raise EditionRefusedError(f"{source}: {found}. Give the files of one edition, each once.")
    if accept_change is not None and not accept_change.strip():
        raise EditionRefusedError(f"{source}: state the reason for accepting the change; it is recorded.")


def staged(files: Iterable[Incoming], folder: Path) -> list[Staged]:
    """Copy files into a folder and hash them, so that the same bytes are read, hashed and kept.

    Raises `SourceError` if a file can't be opened, `OSError` if a copy can't be written.
    """
    return [_copied(file, folder / str(number)) for number, file in enumerate(files)]


def _copied(file: Incoming, target: Path) -> Staged:
    try:
        stream = file.path.open("rb")
    except OSError as error:
        raise SourceError(f"{file.path}: can't be opened: {error.strerror or error}") from error
    digest, size = hashlib.sha256(), 0
    with stream, target.open("xb") as copy:
        while piece := stream.read(_PIECE):
            digest.update(piece)
            size += copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())
    stored = StoredFile(name=file.name, sha256=digest.hexdigest(), size=size, url=file.url)
    return Staged(path=target, stored=stored)


def opened(source: str, files: Iterable[Staged], retrieved: str, *, strict: bool = False) -> ListReader:
    """A reader of the copies. Raises `ListFormatError` if they are not files of the source."""
    copies = [open_list_file(file.path, name=file.stored.name) for file in files]
    return read_files(source, copies, retrieved=retrieved, strict=strict)


def read_whole(reader: ListReader, files: Iterable[Staged], retrieved: str, turnover: Turnover) -> InstalledEdition:
    """Read the files to the end, count, and compare with the edition before.

    Raises `ListFormatError` if they are damaged or have faulty records.
    """
    names = 0
    for designation in reader:
        names += sum(name.derived_from is None for name in designation.names)
        turnover.take(designation)
    edition = reader.edition
    return InstalledEdition(
        source=edition.source,
        sha256=edition.sha256,
        files=tuple(sorted((file.stored for file in files), key=lambda stored: stored.name)),
        format=edition.format,
        title=edition.title,
        publisher=edition.publisher,
        coverage=edition.coverage,
        published=edition.published,
        retrieved=retrieved,
        counts=edition.counts,
        names=names,
        sample=turnover.sample(),
        programs=edition.programs,
        unknown_programs=reader.unknown_programs,
        notices=len(reader.notices),
        reader_version=version("screenkit"),
    )


def accepted(new: InstalledEdition, found: Sequence[str], reason: str | None, when: str) -> Acceptance | None:
    """The record of an acceptance that overrides the objections; None if there are none.

    Raises `EditionRefusedError` if there are objections and no reason to accept them.
    """
    if not found:
        return None
    if reason is None:
        listed = "".join(f"\n  - {line}" for line in found)
        raise EditionRefusedError(
            f"{new.source}: the edition {new.sha256[:12]} was refused, and the current one is kept:{listed}\n"
            "Compare the two. If the new edition is right, install it with --accept-change and a reason"
            " (accept_change=)."
        )
    return Acceptance(reason=reason.strip(), overridden=tuple(found), when=when)
