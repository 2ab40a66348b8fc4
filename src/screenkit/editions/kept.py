"""A store's folder in, its editions out, each record and file checked before it is used.

This is the half of a store that needs no lock: nothing that is read here ever changes, but for what is current of a
source, which is one file, read once.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import platformdirs

from screenkit.errors import NoListError, StoreError
from screenkit.sources import ListReader, read_files
from screenkit.sources.files import open_list_file

from .installed_edition import InstalledEdition, State, StoredFile
from .sealed import unsealed

#: The environment variable that says where the store is.
VARIABLE = "SCREENKIT_STORE"
_Record = TypeVar("_Record")


class Kept:
    """The editions in a folder, to be read."""

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        """Take the folder at a path: by default $SCREENKIT_STORE, else the user's data folder. Nothing is created."""
        stated = path if path is not None else os.environ.get(VARIABLE)
        #: The folder, which may be absent.
        self.path = Path(stated).absolute() if stated else platformdirs.user_data_path("screenkit")

    @property
    def exists(self) -> bool:
        """Whether anything was ever installed here, or tried to be. Raises `StoreError` where that can't be told."""
        try:
            return (self.path / "editions").is_dir()
        except OSError as error:
            raise _unreadable(self.path, error) from error

    @property
    def is_expected(self) -> bool:
        """Whether there is a store, or $SCREENKIT_STORE says that there should be: a lost one is no empty one."""
        return self.exists or bool(os.environ.get(VARIABLE))

    def sources(self) -> tuple[str, ...]:
        """The sources that were ever installed, sorted. Raises `StoreError` where the store can't be read.

        One whose current edition is not known any more is among them, so that asking for it fails: it is not searched,
        and nobody must take that for nothing found.
        """
        current = {path.stem for path in self._all("current") if path.suffix == ".json"}
        return tuple(sorted(current | {path.parent.name for path in self._manifests()}))

    def current(self, source: str) -> State:
        """What is current of a source.

        Raises `NoListError` where nothing is, `StoreError` where the store is damaged.
        """
        path = self.state_path(source)
        try:
            stated = unsealed(path)
        except FileNotFoundError as error:
            found = f"no edition of {source} is installed in {self.path}"
            if self._manifests(source):
                found = (
                    f"{path}: missing, though editions of {source} are kept: lost, or its first import was broken off"
                )
            raise NoListError(
                f"{found}; run `screenkit update {source}`, or `screenkit import FILE --source {source}`"
            ) from error
        edition = self.edition(source, str(stated.get("edition")))
        state = record(path, lambda: State.from_dict(stated, edition))
        if stated.get("source") != source or state.history[-1].edition != edition.sha256:
            raise StoreError(f"{path}: it is of {stated.get('source')!r}, or contradicts itself. {_RESTORE}")
        return state

    def editions(self, source: str) -> tuple[InstalledEdition, ...]:
        """All editions of a source, in order of their dates of publication (of retrieval where none is stated)."""
        found = [self.edition(source, path.stem) for path in self._manifests(source)]
        return tuple(sorted(found, key=lambda one: ((one.published or one.retrieved)[:10], one.retrieved, one.sha256)))

    def find(self, reference: str) -> InstalledEdition:
        """The edition that a text refers to.

        "un_sc" is the current one, "un_sc@9743e2" the one whose hash begins so, "un_sc@2025-11-20" the one published on
        that day, or else retrieved on it. Raises `NoListError` where there is none or more than one, `StoreError`.
        """
        source, at, which = reference.partition("@")
        if not at:
            return self.current(source).edition
        every = self.editions(source)
        found = [one for one in every if which and one.sha256.startswith(which.lower())]
        found = found or [one for one in every if (one.published or "")[:10] == which]
        found = found or [one for one in every if one.retrieved[:10] == which]
        if len(found) != 1:
            there = ", ".join(f"{one.reference} ({(one.published or one.retrieved)[:10]})" for one in found or every)
            what = "more than one edition" if found else "no edition"
            raise NoListError(f"{reference}: {what} of {source} in {self.path} is it; there is: {there or 'none'}")
        return found[0]

    def read(self, edition: InstalledEdition) -> ListReader:
        """The designations of an edition, streamed from its files, each of which is checked first.

        Raises `StoreError` where a file is missing or altered, and what `sources.read` raises.
        """
        paths = [(self.checked_file(file), file.name) for file in edition.files]
        files = [open_list_file(path, name=name) for path, name in paths]
        return read_files(edition.source, files, retrieved=edition.retrieved)

    def verify(self) -> tuple[str, ...]:
        """Check every record and raw file; what is damaged or missing, one line each.

        Compiled files are not looked at: they are checked whenever they are opened, and made again.
        """
        found: list[str] = []
        # Whoever was killed between putting a file there and writing its manifest left it without a name.
        files = {path.name: StoredFile(name=path.name, sha256=path.name, size=0) for path in self._all("files")}
        for path in self._manifests():
            try:
                files |= {file.sha256: file for file in self.edition(path.parent.name, path.stem).files}
            except StoreError as error:
                found.append(str(error))
        checks: list[Callable[[], object]] = [partial(self.current, source) for source in self.sources()]
        checks += [partial(self.checked_file, file) for file in files.values()]
        for check in checks:
            try:
                check()
            except (NoListError, StoreError) as error:
                found.append(str(error))
        return tuple(dict.fromkeys(found))

    def _manifests(self, source: str | None = None) -> list[Path]:
        """The manifests of a source's editions, or of all."""
        sources = [path.name for path in self._all("editions")] if source is None else [source]
        return [path for one in sources for path in self._all(f"editions/{one}") if path.suffix == ".json"]

    def _all(self, folder: str) -> list[Path]:
        """What is in a folder, sorted, but for what a system hides there; nothing where there is no folder."""
        try:
            return sorted(path for path in (self.path / folder).iterdir() if not path.name.startswith("."))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise _unreadable(self.path / folder, error) from error

    def file_path(self, file: StoredFile) -> Path:
        """Where a raw file is kept."""
        return self.path / "files" / file.sha256

    def compiled_path(self, key: str) -> Path:
        """Where the compiled form of this key is kept; it may be absent."""
        return self.path / "compiled" / key

    def state_path(self, source: str) -> Path:
        """Where it is written what is current of a source."""
        return self.path / "current" / f"{source}.json"

    def manifest_path(self, source: str, sha256: str) -> Path:
        """Where the manifest of an edition is written."""
        return self.path / "editions" / source / f"{sha256}.json"

    def edition(self, source: str, sha256: str) -> InstalledEdition:
        """The edition of this hash. Raises `StoreError` where its manifest is missing, damaged or another's."""
        path = self.manifest_path(source, sha256)
        try:
            stated = unsealed(path)
        except FileNotFoundError as error:
            raise StoreError(f"{path}: missing. {_RESTORE}") from error
        edition = record(path, lambda: InstalledEdition.from_dict(stated))
        if (edition.source, edition.sha256) != (source, sha256):
            raise StoreError(f"{path}: it is the manifest of {edition.source}@{edition.sha256}. {_RESTORE}")
        return edition

    def checked_file(self, file: StoredFile) -> Path:
        """Where a raw file is, after a look at every byte. Raises `StoreError` where it is missing or altered."""
        path = self.file_path(file)
        try:
            with path.open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except FileNotFoundError as error:
            raise StoreError(f"{path}: missing; it is {file.name}. {_RESTORE}") from error
        except OSError as error:
            raise _unreadable(path, error) from error
        if found != file.sha256:
            raise StoreError(f"{path}: damaged: no more the {file.name} that was installed. {_RESTORE}")
        return path


_RESTORE = "Restore it from a copy of the store, or install the same files again."


def _unreadable(path: Path, error: OSError) -> StoreError:
    return StoreError(f"{path}: can't be read: {error.strerror or error}. Check its permissions.")


def record(path: Path, made: Callable[[], _Record]) -> _Record:
    """A record made of a file's values, which its seal shows to be those written."""
    try:
        return made()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StoreError(f"{path}: no record that this version reads: {error!r}. {_RESTORE}") from error
