"""`StoreReader`: the part of a store that only reads, and checks each record and file before it is used.

It needs no lock: the files that it reads never change, except the state of a source, which is one file, read once.
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

from .record_file import read_record
from .store_records import InstalledEdition, State, StoredFile

#: The environment variable with the path of the store.
VARIABLE = "SCREENKIT_STORE"
_Record = TypeVar("_Record")


class StoreReader:
    """Reads the editions in the folder of a store."""

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        """Take the path of a store; by default $SCREENKIT_STORE, or the user's data folder. Nothing is created."""
        stated = path if path is not None else os.environ.get(VARIABLE)
        #: The folder, which need not exist.
        self.path = Path(stated).absolute() if stated else platformdirs.user_data_path("screenkit")

    @property
    def exists(self) -> bool:
        """Whether the folder has ever been used as a store. Raises `StoreError` if it can't be read."""
        try:
            return (self.path / "editions").is_dir()
        except OSError as error:
            raise _unreadable(self.path, error) from error

    @property
    def is_expected(self) -> bool:
        """Whether there is a store, or $SCREENKIT_STORE says that there should be one."""
        return self.exists or bool(os.environ.get(VARIABLE))

    def sources(self) -> tuple[str, ...]:
        """The sources that were ever installed, sorted. Raises `StoreError` if the store can't be read.

        They include a source whose state was lost, so that a search fails: otherwise the source would not be searched
        and nobody would notice.
        """
        current = {path.stem for path in self._all("current") if path.suffix == ".json"}
        return tuple(sorted(current | {path.parent.name for path in self._manifests()}))

    def current(self, source: str) -> State:
        """The state of a source.

        Raises `NoListError` if no edition is installed, `StoreError` if the store is damaged.
        """
        path = self.state_path(source)
        try:
            stated = read_record(path)
        except FileNotFoundError as error:
            found = f"no edition of {source} is installed in {self.path}"
            if self._manifests(source):
                found = (
                    f"{path}: missing, although there are editions of {source}: it was lost, or the first import was"
                    " interrupted"
                )
            raise NoListError(
                f"{found}. Run `screenkit update {source}`, or `screenkit import FILE --source {source}`."
            ) from error
        edition = self.edition(source, str(stated.get("edition")))
        state = record(path, lambda: State.from_dict(stated, edition))
        if stated.get("source") != source or state.history[-1].edition != edition.sha256:
            raise StoreError(f"{path}: it is a record of {stated.get('source')!r}, or contradicts itself. {_RESTORE}")
        return state

    def editions(self, source: str) -> tuple[InstalledEdition, ...]:
        """All editions of a source, sorted by date of publication, or of retrieval if none is stated."""
        found = [self.edition(source, path.stem) for path in self._manifests(source)]
        return tuple(sorted(found, key=lambda one: ((one.published or one.retrieved)[:10], one.retrieved, one.sha256)))

    def find(self, reference: str) -> InstalledEdition:
        """The edition that a text refers to.

        "un_sc" is the current edition, "un_sc@9743e2" the one whose hash begins so, "un_sc@2025-11-20" the one
        published on that day or, if there is none, retrieved on it. Raises `NoListError` if there is none or more than
        one, and `StoreError`.
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
            if found:
                raise NoListError(
                    f'{source} has {len(found)} editions "{which}": {there}. Give one of these references.'
                )
            raise NoListError(f'{source} has no edition "{which}". Installed editions: {there or "none"}.')
        return found[0]

    def read(self, edition: InstalledEdition) -> ListReader:
        """The designations of an edition, read from its files after each of them was checked.

        Raises `StoreError` if a file is missing or altered, and what `sources.read` raises.
        """
        paths = [(self.checked_file(file), file.name) for file in edition.files]
        files = [open_list_file(path, name=name) for path, name in paths]
        return read_files(edition.source, files, retrieved=edition.retrieved)

    def verify(self) -> tuple[str, ...]:
        """Check every record and raw file; returns what is damaged or missing, one line each.

        Compiled files are not checked here: they are checked whenever they are opened, and made again if needed.
        """
        found: list[str] = []
        # A writer that was killed before it wrote the manifest leaves files that no manifest names.
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
        """The files in a folder, sorted, without hidden files; nothing if there is no such folder."""
        try:
            return sorted(path for path in (self.path / folder).iterdir() if not path.name.startswith("."))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise _unreadable(self.path / folder, error) from error

    def file_path(self, file: StoredFile) -> Path:
        """The path of a raw file."""
        return self.path / "files" / file.sha256

    def compiled_path(self, key: str) -> Path:
        """The path of the compiled file with this key; it need not exist."""
        return self.path / "compiled" / key

    def compiled_paths(self) -> list[Path]:
        """The compiled files that there are."""
        return self._all("compiled")

    def state_path(self, source: str) -> Path:
        """The path of the state of a source."""
        return self.path / "current" / f"{source}.json"

    def manifest_path(self, source: str, sha256: str) -> Path:
        """The path of the manifest of an edition."""
        return self.path / "editions" / source / f"{sha256}.json"

    def edition(self, source: str, sha256: str) -> InstalledEdition:
        """The edition with this hash. Raises `StoreError` if its manifest is missing, damaged or of another edition."""
        path = self.manifest_path(source, sha256)
        try:
            stated = read_record(path)
        except FileNotFoundError as error:
            raise StoreError(f"{path}: missing. {_RESTORE}") from error
        edition = record(path, lambda: InstalledEdition.from_dict(stated))
        if (edition.source, edition.sha256) != (source, sha256):
            raise StoreError(f"{path}: it is the manifest of {edition.source}@{edition.sha256}. {_RESTORE}")
        return edition

    def checked_file(self, file: StoredFile) -> Path:
        """The path of a raw file, all of which was checked. Raises `StoreError` if it is missing or altered."""
        path = self.file_path(file)
        try:
            with path.open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except FileNotFoundError as error:
            raise StoreError(f"{path}: missing; it is {file.name}. {_RESTORE}") from error
        except OSError as error:
            raise _unreadable(path, error) from error
        if found != file.sha256:
            raise StoreError(f"{path}: damaged: it is no longer the {file.name} that was installed. {_RESTORE}")
        return path


_RESTORE = "Restore it from a backup of the store, or install the same files again."


def _unreadable(path: Path, error: OSError) -> StoreError:
    return StoreError(f"{path}: can't be read: {error.strerror or error}. Check its permissions.")


def record(path: Path, made: Callable[[], _Record]) -> _Record:
    """A record made from the values of a file. Raises `StoreError` if this version can't read them."""
    try:
        return made()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StoreError(f"{path}: this version can't read the record: {error!r}. {_RESTORE}") from error
