"""Editions of a store in, one archive out, and in the end the editions of another store, which needs no network.

The archive's head says for each source what its manifest in the store says, and when it was last found current. With a
key, the head is signed; it has the hash of every file, so the signature covers them. The same store gives the same
bytes. Nothing is taken in before the head is verified and every file compared with it; then each edition goes through
the checks that any other goes through, and is as fresh as it was where it was exported.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import stat
from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import attrs

from screenkit.errors import (
    DamagedFileError,
    EditionRefusedError,
    ListFormatError,
    NoListError,
    ScreenkitError,
    SigningError,
    SourceError,
    StoreError,
)
from screenkit.whole_files import whole_file

from .archive import Archive, Member, write_archive
from .installed_edition import InstalledEdition, StoredFile, utc_text
from .sealed import sealed, unsealed_bytes
from .store import CLOCK_TOLERANCE, Incoming, Store
from .update import Outcome, Verdict

#: What the signature is of, before the head: a signature of anything else is none of a bundle.
_PURPOSE = b"screenkit bundle 1\0"
_SHA256 = re.compile("[0-9a-f]{64}")
#: A file's own name, without folders. It is never the name of a file that is written.
_NAME = re.compile(r"[^/\\\x00-\x1f\x7f\ud800-\udfff]{1,255}")


class Signs(Protocol):
    """Who signs a bundle, such as a `signing.Signer`."""

    def sign(self, data: bytes) -> bytes:
        """The signature of data, of 64 bytes."""


class Verifies(Protocol):
    """Who vouches for a bundle, such as a `signing.Verifier`."""

    def verify(self, data: bytes, signature: bytes) -> bool:
        """Whether the signature is of this data and by the one who is trusted."""


@attrs.frozen(kw_only=True)
class Packed:
    """An edition in a bundle."""

    #: Its manifest in the store that it comes from.
    edition: InstalledEdition
    #: When it was last found current there (ISO 8601, UTC).
    checked: str


def export_bundle(
    store: Store, path: str | PathLike[str], sources: Iterable[str] = (), *, signer: Signs | None = None
) -> tuple[Packed, ...]:
    """Write the current editions of these sources, or of all, to one file; tells which.

    A file of that path is replaced, whole or not at all. Raises `NoListError` where nothing is installed, `StoreError`
    where the store is damaged or the file can't be written.
    """
    wanted = sorted(set(sources)) or store.sources()
    if not wanted:
        raise NoListError(f"no list is installed in {store.path}; there is nothing to export. Run `screenkit update`.")
    states = [store.current(source) for source in wanted]
    packed = tuple(Packed(edition=state.edition, checked=state.checked) for state in states)
    try:
        _check(packed)
    except ValueError as error:
        raise StoreError(f"{store.path}: what it holds can't be exported: {error}") from error
    head = sealed({"bundle": [{"edition": one.edition.to_dict(), "checked": one.checked} for one in packed]})
    files = {Member(file.sha256, file.size): store.file_path(file) for one in packed for file in one.edition.files}
    signature = signer.sign(_PURPOSE + head) if signer else None
    target = Path(path).absolute()
    try:
        with whole_file(target) as stream:
            write_archive(stream, head, signature, sorted(files.items()))
    except OSError as error:
        raise StoreError(
            f"{target}: can't be written: {error.strerror or error}. Make room or choose another."
        ) from error
    return packed


def import_bundle(
    store: Store,
    path: str | PathLike[str],
    sources: Iterable[str] = (),
    *,
    verifier: Verifies | None = None,
    accept_change: str | None = None,
) -> tuple[Outcome, ...]:
    """Install the editions of these sources, or all, from a bundle; what became of each.

    With a `verifier`, which holds the pinned key, a bundle without that key's signature is refused; without one, a
    bundle is checked for damage alone, and whoever made it is believed. What a check of the store refuses is its
    source's outcome, and the others are installed all the same. `accept_change` is a person's reason to take up an
    edition that such a check refuses.

    Raises `SigningError` for a missing or wrong signature, `DamagedFileError` for an archive that is not, byte for
    byte, what `export_bundle` writes, `NoListError` for a source that it doesn't have, `StoreError`; then nothing is
    taken in.
    """
    source = Path(path)
    try:
        stream = source.open("rb")
    except OSError as error:
        raise DamagedFileError(f"{source}: can't be opened: {error.strerror or error}. Check the path.") from error
    with stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise DamagedFileError(f"{source}: is no regular file. Give the file that `screenkit bundle export` wrote.")
        archive = Archive(source, stream)
        _verify(source, archive, verifier)
        packed = _packed(source, archive.head)
        chosen = _chosen(source, packed, set(sources))
        members = sorted({Member(file.sha256, file.size) for one in packed for file in one.edition.files})
        try:
            with store.writing(), TemporaryDirectory(dir=store.path / "staging") as folder:
                archive.extract(members, Path(folder))
                return tuple(_installed(store, one, Path(folder), accept_change) for one in chosen)
        except OSError as error:
            raise StoreError(
                f"{store.path}: can't be written: {error.strerror or error}. What was current still is; make room or"
                " correct the permissions, then import the bundle again."
            ) from error


def _verify(path: Path, archive: Archive, verifier: Verifies | None) -> None:
    if verifier is None:
        return
    if archive.signature is None:
        raise SigningError(
            f"{path}: the bundle is not signed, and a key is pinned. Nothing was taken in; ask for a signed one."
        )
    if not verifier.verify(_PURPOSE + archive.head, archive.signature):
        raise SigningError(
            f"{path}: the bundle's signature is not by the key that is pinned, or the bundle was altered. Nothing was"
            " taken in."
        )


def _packed(path: Path, head: bytes) -> tuple[Packed, ...]:
    """What a head states, where it is one."""
    try:
        stated = unsealed_bytes(head, str(path))
    except StoreError as error:
        raise DamagedFileError(
            f"{path}: the bundle's head is damaged, or of another version. Nothing was taken in; export it again."
        ) from error
    try:
        packed = tuple(
            Packed(edition=InstalledEdition.from_dict(one["edition"]), checked=one["checked"])
            for one in stated["bundle"]
        )
        _check(packed)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise DamagedFileError(
            f"{path}: the bundle's head states what no store does: {error}. Nothing was taken in."
        ) from error
    return packed


def _check(packed: Sequence[Packed]) -> None:
    """Raise `ValueError` where something stated of editions is not what an exporter states."""
    sources = [one.edition.source for one in packed]
    sizes: dict[str, int] = {}
    if not sources or len(set(sources)) < len(sources):
        raise ValueError("it has no edition, or two of one source")
    for one in packed:
        for text in (one.edition.retrieved, one.checked):
            _time(text)
        for file in one.edition.files:
            _check_file(file)
            if sizes.setdefault(file.sha256, file.size) != file.size:
                raise ValueError(f"{file.name} has two sizes")


def _check_file(file: StoredFile) -> None:
    if not _NAME.fullmatch(file.name) or file.name in (".", ".."):
        raise ValueError(f"{file.name!r} is no file's own name")
    if not _SHA256.fullmatch(file.sha256) or type(file.size) is not int or file.size < 0:
        raise ValueError(f"{file.name} has no SHA-256 or no length")
    if not isinstance(file.url, str):
        raise ValueError(f"{file.name} has an address that is no text")


def _time(text: str) -> dt.datetime:
    """A time with its zone, which is not in the future: a list would else be fresh for as long as one likes."""
    time = dt.datetime.fromisoformat(text)
    if time.tzinfo is None or time > dt.datetime.now(dt.UTC) + CLOCK_TOLERANCE:
        raise ValueError(f"{text} is a time of the future, or without a zone; look at both clocks")
    utc_text(time)
    return time


def _chosen(path: Path, packed: Sequence[Packed], wanted: set[str]) -> list[Packed]:
    there = [one.edition.source for one in packed]
    if missing := sorted(wanted.difference(there)):
        raise NoListError(f"{path}: the bundle has no {', '.join(missing)}; it has: {', '.join(there)}")
    return [one for one in packed if not wanted or one.edition.source in wanted]


def _installed(store: Store, packed: Packed, folder: Path, accept_change: str | None) -> Outcome:
    """Install one edition by one who is the store's only writer, as fresh as it was where it comes from."""
    source = packed.edition.source
    files = [Incoming(path=folder / file.sha256, name=file.name, url=file.url) for file in packed.edition.files]
    try:
        done = store.install(source, files, retrieved=_time(packed.edition.retrieved), accept_change=accept_change)
        store.checked(source, _time(packed.checked))
    except (ListFormatError, EditionRefusedError) as error:
        return _unsuccessful(store, source, Verdict.REFUSED, error)
    except (SourceError, StoreError) as error:
        return _unsuccessful(store, source, Verdict.FAILED, error)
    return Outcome(
        source=source,
        verdict=Verdict.UPDATED if done.is_new else Verdict.UNCHANGED,
        edition=done.edition,
        previous=done.previous,
        announcements=done.announcements,
    )


def _unsuccessful(store: Store, source: str, verdict: Verdict, error: ScreenkitError) -> Outcome:
    try:
        edition = store.current(source).edition
    except (NoListError, StoreError):
        edition = None
    return Outcome(source=source, verdict=verdict, edition=edition, previous=edition, error=str(error))
