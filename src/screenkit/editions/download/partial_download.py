"""`PartialDownload`: the file of a download, which can be resumed after an interruption.

A download is written to `NAME.part` as it is transferred, possibly compressed, and `NAME.note` says what it is a part
of. Their content is not trusted: the file is read and checked completely before it becomes an edition. They are not
synced to the disk: after a loss of power, at worst a file is refused and downloaded again.
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

from screenkit.editions.store_records import Validators
from screenkit.errors import FetchError, StoreError

#: Bytes to unpack at a time.
_CHUNK_BYTES = 1 << 20
#: How old a Last-Modified date must be to be exact enough for If-Range (RFC 9110, 8.8.2.2).
_SETTLED = timedelta(minutes=1)


class DamagedPartError(FetchError):
    """The received bytes can't be unpacked: they were deleted, and the download has to start again."""


@attrs.frozen(kw_only=True)
class Note:
    """What a partial download is a part of."""

    #: The SHA-256 of the address, which may contain a token itself.
    address: str
    #: The validators of the file.
    validators: Validators
    #: The value for If-Range; empty if the server stated nothing that is exact enough.
    if_range: str = ""
    #: "gzip", or empty for bytes as they are.
    encoding: str = ""

    @classmethod
    def of(cls, url: str, headers: Mapping[str, str]) -> Self:
        """The note for a response with these headers, whose names are case-insensitive."""
        validators = validators_of(headers)
        is_strong = validators.etag.startswith('"')
        encoding = headers.get("Content-Encoding", "").strip().lower().removeprefix("x-")
        return cls(
            address=_digest(url),
            validators=validators,
            if_range=validators.etag if is_strong else _settled_date(validators.last_modified, headers.get("Date", "")),
            encoding="" if encoding == "identity" else encoding,
        )


class PartialDownload:
    """The download of a file, in a folder that one process uses at a time."""

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
        """The number of bytes received."""
        return self._part.stat().st_size if self._part.exists() else 0

    def discard(self) -> None:
        """Delete what was received. The note is deleted last, so that it never describes bytes of another file."""
        with _writing(self._part):
            self._part.unlink(missing_ok=True)
            self._note.unlink(missing_ok=True)
        self.note = None

    def begin(self, headers: Mapping[str, str]) -> None:
        """Start from the first byte of the file that these headers describe."""
        self.discard()
        note = Note.of(self._url, headers)
        with _writing(self._note):
            self._note.write_text(json.dumps(attrs.asdict(note)), encoding="utf-8")
        self.note = note

    def append(self, chunks: Iterator[bytes]) -> None:
        """Append bytes as they are received; they are kept if `chunks` raises."""
        with _writing(self._part), self._part.open("ab") as stream:
            for chunk in chunks:
                stream.write(chunk)

    def unpack(self, most_bytes: int) -> Validators:
        """Make the file as published from the complete download; returns its validators.

        Raises `DamagedPartError` if it can't be unpacked, `FetchError` if it has more than `most_bytes`.
        """
        assert self.note is not None, "the download was started"
        validators, encoding = self.note.validators, self.note.encoding
        if not encoding:
            with _writing(self.whole):
                self._part.touch()  # of a body without a byte
                os.replace(self._part, self.whole)
        elif encoding == "gzip":
            self._gunzip(most_bytes)
        else:
            self.discard()
            raise FetchError(
                f"{self.whole.name}: the server sent the file with encoding {encoding!r}, which is not supported"
            )
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
            raise DamagedPartError(f"{self.whole.name}: the file that the server sent can't be unpacked") from error
        if unpacked > most_bytes:
            self.whole.unlink()
            self.discard()
            raise FetchError(
                f"{self.whole.name}: unpacked, it has more than {most_bytes:,} bytes, as no list has. It was deleted."
            )

    def _kept_note(self) -> Note | None:
        try:
            kept = json.loads(self._note.read_text(encoding="utf-8"))
            note = Note(**{**kept, "validators": Validators(**kept["validators"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None  # There is no note, or it is incomplete: the download starts again.
        return note if note.address == _digest(self._url) else None


def validators_of(headers: Mapping[str, str], known: Validators | None = None) -> Validators:
    """The validators in these headers; what they leave out is taken from `known`."""
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
        return ""  # One of them is missing or not a date.


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Raise `StoreError` with the path if the disk is full or the folder can't be written."""
    try:
        yield
    except gzip.BadGzipFile:
        raise
    except OSError as error:
        raise StoreError(
            f"{path}: can't be written: {error.strerror or error}. The current editions have not changed."
        ) from error
