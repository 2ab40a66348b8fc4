"""Exporting the editions of a store to a bundle, and importing them into another store without a network.

The head of the archive has the manifest of each edition and the time of its last check. With a key, the head is signed;
it has the hash of every file, so the signature covers them too. The same store gives the same bytes. Nothing is
installed before the head is verified and every file compared with it. Then each edition goes through the usual checks,
and is as fresh as it was in the store that it was exported from.
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

from screenkit.atomic_file import whole_file
from screenkit.editions.record_file import parse_record, record_bytes
from screenkit.editions.store import CLOCK_TOLERANCE, Incoming, Store
from screenkit.editions.store_records import InstalledEdition, StoredFile, utc_text
from screenkit.editions.update import Outcome, Verdict
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

from .archive import Archive, Member, write_archive

#: Signed before the head, so that a signature of anything else is never valid for a bundle.
_PURPOSE = b"screenkit bundle 1\0"
_SHA256 = re.compile("[0-9a-f]{64}")
#: A file name without folders. It is never used as the name of a file that is written.
_NAME = re.compile(r"[^/\\\x00-\x1f\x7f\ud800-\udfff]{1,255}")


class Signs(Protocol):
    """Signs a bundle, such as a `signing.Signer`."""

    def sign(self, data: bytes) -> bytes:
        """The signature of data, which has 64 bytes."""


class Verifies(Protocol):
    """Verifies the signature of a bundle, such as a `signing.Verifier`."""

    def verify(self, data: bytes, signature: bytes) -> bool:
        """Whether the signature is of this data and by the trusted key."""


@attrs.frozen(kw_only=True)
class Packed:
    """An edition in a bundle."""

    #: Its manifest in the store that it was exported from.
    edition: InstalledEdition
    #: When it was last checked there (ISO 8601, UTC).
    checked: str


def export_bundle(
    store: Store, path: str | PathLike[str], sources: Iterable[str] = (), *, signer: Signs | None = None
) -> tuple[Packed, ...]:
    """Write the current editions of these sources, or of all, to one file; returns them.

    A file at that path is replaced, completely or not at all. Raises `NoListError` if nothing is installed,
    `StoreError` if the store is damaged or the file can't be written.
    """
    wanted = sorted(set(sources)) or store.sources()
    if not wanted:
        raise NoListError(
            f"no list is installed in {store.path}, so there is nothing to export. Run `screenkit update`."
        )
    states = [store.current(source) for source in wanted]
    packed = tuple(Packed(edition=state.edition, checked=state.checked) for state in states)
    try:
        _check(packed)
    except ValueError as error:
        raise StoreError(f"{store.path}: its editions can't be exported: {error}") from error
    head = record_bytes({"bundle": [{"edition": one.edition.to_dict(), "checked": one.checked} for one in packed]})
    files = {Member(file.sha256, file.size): store.file_path(file) for one in packed for file in one.edition.files}
    signature = signer.sign(_PURPOSE + head) if signer else None
    target = Path(path).absolute()
    try:
        with whole_file(target) as stream:
            write_archive(stream, head, signature, sorted(files.items()))
    except OSError as error:
        raise StoreError(
            f"{target}: can't be written: {error.strerror or error}. Free some space or choose another path."
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
    """Install the editions of these sources, or of all, from a bundle; returns the outcome of each.

    With a `verifier`, which has the pinned key, a bundle without that key's signature is refused. Without one, a bundle
    is only checked for damage, and its maker is trusted. If a check refuses an edition, the outcome says so, and the
    other editions are installed. `accept_change` is a person's reason to install an edition that a check refuses.

    Raises `SigningError` for a missing or wrong signature, `DamagedFileError` for an archive that is not, byte for
    byte, what `export_bundle` writes, `NoListError` for a source that it doesn't have, and `StoreError`; then nothing
    is installed.
    """
    source = Path(path)
    try:
        stream = source.open("rb")
    except OSError as error:
        raise DamagedFileError(f"{source}: can't be opened: {error.strerror or error}. Check the path.") from error
    with stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise DamagedFileError(
                f"{source}: this is not a regular file. Give a file that `screenkit bundle export` wrote."
            )
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
                f"{store.path}: can't be written: {error.strerror or error}. The current editions have not changed."
                " Free some space or correct the permissions, then import the bundle again."
            ) from error


def _verify(path: Path, archive: Archive, verifier: Verifies | None) -> None:
    if verifier is None:
        return
    if archive.signature is None:
        raise SigningError(
            f"{path}: a key is pinned, but the bundle is not signed. Nothing was installed. Ask for a signed bundle."
        )
    if not verifier.verify(_PURPOSE + archive.head, archive.signature):
        raise SigningError(
            f"{path}: the signature is not by the pinned key, or the bundle was altered. Nothing was installed."
        )


def _packed(path: Path, head: bytes) -> tuple[Packed, ...]:
    """The editions in the head of a bundle. Raises `DamagedFileError`."""
    try:
        stated = parse_record(head, str(path))
    except StoreError as error:
        raise DamagedFileError(
            f"{path}: the head of the bundle is damaged or has another version. Nothing was installed. Export it again."
        ) from error
    try:
        packed = tuple(
            Packed(edition=InstalledEdition.from_dict(one["edition"]), checked=one["checked"])
            for one in stated["bundle"]
        )
        _check(packed)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise DamagedFileError(
            f"{path}: the head of the bundle is not as exported: {error}. Nothing was installed."
        ) from error
    return packed


def _check(packed: Sequence[Packed]) -> None:
    """Raise `ValueError` if the editions are not as an exporter writes them."""
    sources = [one.edition.source for one in packed]
    sizes: dict[str, int] = {}
    if not sources or len(set(sources)) < len(sources):
        raise ValueError("it has no editions, or two of one source")
    for one in packed:
        for text in (one.edition.retrieved, one.checked):
            _time(text)
        for file in one.edition.files:
            _check_file(file)
            if sizes.setdefault(file.sha256, file.size) != file.size:
                raise ValueError(f"{file.name} has two sizes")


def _check_file(file: StoredFile) -> None:
    if not _NAME.fullmatch(file.name) or file.name in (".", ".."):
        raise ValueError(f"{file.name!r} is not a file name")
    if not _SHA256.fullmatch(file.sha256) or type(file.size) is not int or file.size < 0:
        raise ValueError(f"{file.name} has no valid SHA-256 or length")
    if not isinstance(file.url, str):
        raise ValueError(f"{file.name} has an address that is not text")


def _time(text: str) -> dt.datetime:
    """A time with a time zone, not in the future, so that nobody can make a list look fresh forever."""
    time = dt.datetime.fromisoformat(text)
    if time.tzinfo is None or time > dt.datetime.now(dt.UTC) + CLOCK_TOLERANCE:
        raise ValueError(f"{text} is in the future, or has no time zone; check both clocks")
    utc_text(time)
    return time


def _chosen(path: Path, packed: Sequence[Packed], wanted: set[str]) -> list[Packed]:
    there = [one.edition.source for one in packed]
    if missing := sorted(wanted.difference(there)):
        raise NoListError(f"{path}: the bundle doesn't have {', '.join(missing)}. It has: {', '.join(there)}.")
    return [one for one in packed if not wanted or one.edition.source in wanted]


def _installed(store: Store, packed: Packed, folder: Path, accept_change: str | None) -> Outcome:
    """Install one edition, as fresh as it was where it was exported. The caller is the store's only writer."""
    source = packed.edition.source
    files = [Incoming(path=folder / file.sha256, name=file.name, url=file.url) for file in packed.edition.files]
    try:
        done = store.install(
            source, files, retrieved=_time(packed.edition.retrieved), accept_change=accept_change, index=True
        )
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
