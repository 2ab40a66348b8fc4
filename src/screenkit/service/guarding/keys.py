"""API keys: a file of their names, scopes and hashes. A key itself is shown once, when it is made."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable
from enum import StrEnum
from os import PathLike
from pathlib import Path
from typing import Any

import attrs
import filelock

from screenkit.atomic_file import whole_file
from screenkit.errors import ServiceError
from screenkit.results.record import instant

#: What every key begins with, so that scanners for leaked secrets can find it.
PREFIX = "screenkit_"
#: Random bytes of a key. So many can't be guessed, which is why a fast hash without a salt is enough.
_BYTES = 32


class Scope(StrEnum):
    """What a key allows."""

    #: Screen subjects.
    SCREEN = "screen"
    #: See which lists are searched, and look up their entries.
    LISTS = "lists"
    #: Clear and confirm hits.
    REVIEW = "review"
    #: Read the metrics.
    METRICS = "metrics"


@attrs.frozen(kw_only=True)
class Key:
    """An API key without its secret."""

    #: Who has it. Logs and decisions name it.
    name: str
    #: What it allows.
    scopes: frozenset[Scope]
    #: SHA-256 of the key, as 64 hexadecimal digits.
    sha256: str = attrs.field(repr=False)
    #: When it was made (ISO 8601, UTC).
    created: str
    #: When it was revoked (ISO 8601, UTC), or None.
    revoked: str | None = None


class KeyFile:
    """A file of API keys. The service reads it again after each change."""

    def __init__(self, path: str | PathLike[str]) -> None:
        """Take the path of the file, which need not exist."""
        #: The path.
        self.path = Path(path)
        self._cached: tuple[tuple[int, int] | None, tuple[Key, ...]] = (None, ())

    def read(self) -> tuple[Key, ...]:
        """All keys, revoked ones too; none where there is no file. Raises `ServiceError` if it can't be read."""
        try:
            there = self.path.stat()
            signature = (there.st_ino, there.st_mtime_ns)
            if self._cached[0] != signature:
                self._cached = (signature, _parsed(json.loads(self.path.read_text(encoding="utf-8"))))
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise ServiceError(f"{self.path}: the keys can't be read: {error.strerror or error}.") from error
        except (ValueError, TypeError, KeyError) as error:
            raise ServiceError(
                f"{self.path}: is not a file of API keys ({type(error).__name__}). Make one with `screenkit keys add`."
            ) from None
        return self._cached[1]

    def add(self, name: str, scopes: Iterable[Scope]) -> str:
        """Make a key and return it; only its hash is kept. Raises `ServiceError` if the name is taken or blank."""
        secret = PREFIX + secrets.token_urlsafe(_BYTES)
        made = Key(name=name, scopes=frozenset(scopes), sha256=_digest(secret), created=_now())
        with self._lock():
            every = self.read()
            if not name.strip() or any(key.name == name for key in every):
                raise ServiceError(f"{self.path}: a key needs a name of its own; {name!r} is blank or taken.")
            self._write((*every, made))
        return secret

    def revoke(self, name: str) -> None:
        """Revoke a key. Raises `ServiceError` if no key in force has that name."""
        with self._lock():
            every = self.read()
            if not any(key.name == name and key.revoked is None for key in every):
                raise ServiceError(f"{self.path}: no key in force is named {name!r}. Run `screenkit keys list`.")
            self._write(attrs.evolve(key, revoked=_now()) if key.name == name else key for key in every)

    def find(self, secret: str) -> Key | None:
        """The key in force with this secret; it takes equally long whichever it is, and if there is none."""
        digest = _digest(secret)
        found = None
        for key in self.read():
            if hmac.compare_digest(key.sha256, digest) and key.revoked is None:
                found = key
        return found

    def _lock(self) -> filelock.BaseFileLock:
        if not self.path.parent.is_dir():
            # The lock would create it, and a mistyped path would go unnoticed.
            raise ServiceError(f"{self.path}: can't be written: the folder {self.path.parent} doesn't exist.")
        return filelock.FileLock(f"{self.path}.lock", timeout=10)

    def _write(self, keys: Iterable[Key]) -> None:
        made = {"keys": [{**attrs.asdict(key), "scopes": sorted(key.scopes)} for key in keys]}
        try:
            with whole_file(self.path) as stream:
                os.chmod(stream.fileno(), 0o600)
                stream.write(json.dumps(made, ensure_ascii=False, indent=1).encode() + b"\n")
        except OSError as error:
            raise ServiceError(f"{self.path}: can't be written: {error.strerror or error}.") from error


def _parsed(stated: Any) -> tuple[Key, ...]:
    return tuple(Key(**{**one, "scopes": frozenset(map(Scope, one["scopes"]))}) for one in stated["keys"])


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _now() -> str:
    return instant(dt.datetime.now(dt.UTC))
