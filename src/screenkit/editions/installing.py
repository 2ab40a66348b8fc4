"""Files to be installed in, copies that are read whole and counted out: what a store decides and writes by."""

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

from .installed_edition import Acceptance, InstalledEdition, StoredFile

_PIECE = 1 << 20


@attrs.frozen(kw_only=True)
class Incoming:
    """A file to be installed."""

    #: Where it is now.
    path: Path
    #: The name to keep it by; by default its path's last part.
    name: str = attrs.field(default=attrs.Factory(lambda incoming: incoming.path.name, takes_self=True))
    #: Where it was fetched, or empty.
    url: str = ""


@attrs.frozen(kw_only=True)
class Installed:
    """What an installation did."""

    #: The edition that was installed.
    edition: InstalledEdition
    #: The one that was current before, or None.
    previous: InstalledEdition | None
    #: What a person has to be told, one line each.
    announcements: tuple[str, ...]
    #: What was overridden to take it up now, and why, or None where no check refused it.
    accepted: Acceptance | None = None

    @property
    def is_new(self) -> bool:
        """Whether it differs from the one before; an equal one is a successful check and changes nothing else."""
        return self.previous is None or self.previous.sha256 != self.edition.sha256


@attrs.frozen(kw_only=True)
class Staged:
    """A copy of an incoming file, with what is known of it."""

    #: Where the copy is.
    path: Path
    #: What the store keeps of it.
    stored: StoredFile


def check_request(source: str, files: Sequence[Incoming], accept_change: str | None) -> None:
    """Refuse what can't be installed whatever the files hold.

    Raises `UnknownSourceError`; `EditionRefusedError` for the starter list, no file, two of one name, an empty reason.
    """
    names = [file.name for file in files]
    if manifest(source).coverage != "full":
        raise EditionRefusedError(f"{source}: a demonstration, which is never installed. Install whole lists.")
    if not names or len(set(names)) < len(names):
        found = f"two files of one name among {', '.join(sorted(names))}" if names else "no file"
        raise EditionRefusedError(f"{source}: {found}. Give the files of one edition, each once.")
    if accept_change is not None and not accept_change.strip():
        raise EditionRefusedError(f"{source}: a change is accepted without a reason. State it; it is recorded.")


def staged(files: Iterable[Incoming], folder: Path) -> list[Staged]:
    """Copy files into a folder, hashed on the way: what is read, hashed and kept are then the same bytes.

    Raises `SourceError` for one that can't be opened, `OSError` where a copy can't be written.
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


def opened(source: str, files: Iterable[Staged], retrieved: str) -> ListReader:
    """A reader of the copies under their own names. Raises `ListFormatError` where they are not the source's."""
    return read_files(source, [open_list_file(file.path, name=file.stored.name) for file in files], retrieved=retrieved)


def read_whole(reader: ListReader, files: Iterable[Staged], retrieved: str) -> InstalledEdition:
    """Read to the end and count. Raises `ListFormatError` where the files are damaged or have faulty records."""
    names = sum(name.derived_from is None for designation in reader for name in designation.names)
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
        programs=edition.programs,
        unknown_programs=reader.unknown_programs,
        notices=len(reader.notices),
        reader_version=version("screenkit"),
    )


def accepted(new: InstalledEdition, found: Sequence[str], reason: str | None, when: str) -> Acceptance | None:
    """The record of an acceptance that overrides what was found, or None where nothing was.

    Raises `EditionRefusedError` where something was found and there is no reason to accept it.
    """
    if not found:
        return None
    if reason is None:
        listed = "".join(f"\n  - {line}" for line in found)
        raise EditionRefusedError(
            f"{new.source}: the edition {new.sha256[:12]} is refused; the current one stays:{listed}\n"
            "Compare it with the current one; if it is right, install it with --accept-change and the reason"
            " (accept_change=)."
        )
    return Acceptance(reason=reason.strip(), overridden=tuple(found), when=when)
