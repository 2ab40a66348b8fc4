"""Bytes of a download in, a whole file of the incoming folder out; what a cut left is kept to be resumed.

A download is written to `NAME.part` as it is transferred, so gzip'd where the server sent it so, and `NAME.note`
says what it is a part of. Neither is trusted for content: the file is read and checked whole before it becomes an
edition. They are not synced: after a loss of power at worst a file is refused, and fetched anew.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Self

import attrs

from screenkit.errors import FetchError, StoreError

from .installed_edition import Validators

#: How much is unpacked at a time, in bytes.
_CHUNK_BYTES = 1 << 20
#: A date of change is exact enough for If-Range only where it was so old when it was stated (RFC 9110, 8.8.2.2).
_SETTLED = timedelta(minutes=1)


class DamagedPartError(FetchError):
    """What was received can't be unpacked or joined: it is dropped, and has to be fetched from its beginning."""


@attrs.frozen(kw_only=True)
class Note:
    """What a partial download is a part of."""

    #: The SHA-256 of the address that was asked, which itself may hold a token.
    address: str
    #: What the server told the file's version by.
    validators: Validators
    #: What If-Range takes for it; empty where the server told nothing that is exact enough.
    if_range: str = ""
    #: "gzip", or empty for bytes as they are.
    encoding: str = ""

    @classmethod
    def of(cls, url: str, headers: Mapping[str, str]) -> Self:
        """Of a response's headers, whose names any case of letters finds."""
        validators = validators_of(headers)
        is_strong = validators.etag.startswith('"')
        encoding = headers.get("Content-Encoding", "").strip().lower().removeprefix("x-")
        return cls(
            address=_digest(url),
            validators=validators,
            if_range=validators.etag if is_strong else _settled_date(validators.last_modified, headers.get("Date", "")),
            encoding="" if encoding == "identity" else encoding,
        )


class Partial:
    """The one download of a file, in a folder that a lock keeps to one process."""

    def __init__(self, folder: Path, name: str, url: str) -> None:
        self.whole = folder / name
        self._part = folder / f"{name}.part"
        self._note = folder / f"{name}.note"
        with _writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            self.whole.unlink(missing_ok=True)
        self._url = url
        self.note = self._kept_note()
        if self.note is None:
            self.discard()

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self._part.stat().st_size if self._part.exists() else 0

    def discard(self) -> None:
        """Forget what there is; the note goes last, so that it never stands beside bytes of another file."""
        with _writing(self._part):
            self._part.unlink(missing_ok=True)
            self._note.unlink(missing_ok=True)
        self.note = None

    def begin(self, headers: Mapping[str, str]) -> None:
        """Start from the first byte, of the file that a response's headers tell of."""
        self.discard()
        note = Note.of(self._url, headers)
        with _writing(self._note):
            self._note.write_text(json.dumps(attrs.asdict(note)), encoding="utf-8")
        self.note = note

    def append(self, chunks: Iterator[bytes]) -> None:
        """Add bytes as they are received; those written stay where `chunks` raises."""
        with _writing(self._part), self._part.open("ab") as stream:
            for chunk in chunks:
                stream.write(chunk)

    def unpack(self, most_bytes: int) -> Validators:
        """Turn the whole download into the file as published, which may have at most so many bytes.

        Returns what the server tells its version by. Raises `DamagedPartError` where it can't be unpacked, `FetchError`
        where it is longer.
        """
        assert self.note is not None, "a download was begun"
        validators, encoding = self.note.validators, self.note.encoding
        if not encoding:
            with _writing(self.whole):
                self._part.touch()  # of a body without a byte
                os.replace(self._part, self.whole)
        elif encoding == "gzip":
            self._gunzip(most_bytes)
        else:
            self.discard()
            raise FetchError(f"{self.whole.name}: expected plain or gzip'd bytes; the server sent them as {encoding!r}")
        self.discard()
        return validators

    def _gunzip(self, most_bytes: int) -> None:
        unpacked = 0
        try:
            with _writing(self.whole), gzip.open(self._part) as packed, self.whole.open("wb") as stream:
                while chunk := packed.read(_CHUNK_BYTES):
                    unpacked += len(chunk)
                    if unpacked > most_bytes:
                        break
                    stream.write(chunk)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            self.whole.unlink(missing_ok=True)
            self.discard()
            raise DamagedPartError(f"{self.whole.name}: what the server sent as gzip can't be unpacked") from error
        if unpacked > most_bytes:
            self.whole.unlink()
            self.discard()
            raise FetchError(
                f"{self.whole.name}: unpacks to more than {most_bytes:,} bytes; no list is as long. Nothing was kept."
            )

    def _kept_note(self) -> Note | None:
        try:
            kept = json.loads(self._note.read_text(encoding="utf-8"))
            note = Note(**{**kept, "validators": Validators(**kept["validators"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None  # None was left, or one that was not written to its end: the download starts over.
        return note if note.address == _digest(self._url) else None


def validators_of(headers: Mapping[str, str], known: Validators | None = None) -> Validators:
    """What headers tell a file's version by; what they leave out is as it was known."""
    known = known or Validators()
    return Validators(
        etag=headers.get("ETag", known.etag), last_modified=headers.get("Last-Modified", known.last_modified)
    )


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8")).hexdigest()


def _settled_date(modified: str, date: str) -> str:
    try:
        return modified if parsedate_to_datetime(date) - parsedate_to_datetime(modified) >= _SETTLED else ""
    except (ValueError, TypeError):
        return ""  # Either is missing or no date.


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Say of a full disk or a forbidden folder where it is."""
    try:
        yield
    except gzip.BadGzipFile:
        raise
    except OSError as error:
        raise StoreError(
            f"{path}: can't be written: {error.strerror or error}. What is current stays current."
        ) from error
