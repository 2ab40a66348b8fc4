"""The archive of a bundle: a tar file with a head, a signature and list files, in exactly one form.

The head says what every other member must be, so no name, link or length in the archive itself decides what is read or
where it is written. The reader computes each expected header, and refuses bytes that differ: another member, another
order, a second file with one name, a link, a date, or padding that isn't zero.
"""

from __future__ import annotations

import hashlib
import os
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import attrs

from screenkit.errors import DamagedFileError, StoreError

#: The longest head that is read, in bytes. The head of a bundle with all official lists has about 20,000.
LONGEST_HEAD = 1 << 24
#: The length of an Ed25519 signature, in bytes.
SIGNATURE_SIZE = 64
_HEAD, _SIGNATURE = "bundle.json", "bundle.sig"
_BLOCK, _END = 512, bytes(1_024)
_SIZE_OF_HEADER = slice(124, 135)
_PIECE = 1 << 20


@attrs.frozen(order=True)
class Member:
    """A file in an archive."""

    #: SHA-256 of its bytes, which is its name.
    sha256: str
    #: Its length in bytes.
    size: int


def write_archive(
    stream: IO[bytes], head: bytes, signature: bytes | None, files: Iterable[tuple[Member, Path]]
) -> None:
    """Write an archive; the files are checked as they are copied.

    Raises `StoreError` if a file can't be read or differs from its member, `OSError` if the archive can't be written.
    """
    _write(stream, _HEAD, head)
    if signature is not None:
        _write(stream, _SIGNATURE, signature)
    for member, path in files:
        stream.write(_header(_name(member), member.size))
        try:
            source = path.open("rb")
        except OSError as error:
            raise StoreError(f"{path}: can't be read: {error.strerror or error}. Run `screenkit lists`.") from error
        with source:
            if _copy(source, stream, member.size) != member.sha256 or source.read(1):
                raise StoreError(
                    f"{path}: damaged: it is no longer the file that was installed. Install the same file again."
                )
        stream.write(_padding(member.size))
    stream.write(_END)


def _write(stream: IO[bytes], name: str, data: bytes) -> None:
    stream.write(_header(name, len(data)) + data + _padding(len(data)))


class Archive:
    """An archive to be read: the head and signature at once, the files when `extract` is called."""

    def __init__(self, path: Path, stream: IO[bytes]) -> None:
        """Read the head and the signature, which are not verified yet. Raises `DamagedFileError`."""
        self._path = path
        self._stream = stream
        self._length = os.fstat(stream.fileno()).st_size
        first = self._stream.read(_BLOCK)
        size = _stated_size(first)
        if size is None or first != _header(_HEAD, size):
            raise DamagedFileError(f"{path}: this is not a bundle. Give a file that `screenkit bundle export` wrote.")
        if size > LONGEST_HEAD:
            raise self._damaged(f"its head has {size:,} bytes, which is more than {LONGEST_HEAD:,}")
        #: The bytes of the head.
        self.head = self._body(size)
        #: The signature of the head, or None if the archive has none.
        self.signature: bytes | None = None
        start = stream.tell()
        if stream.read(_BLOCK) == _header(_SIGNATURE, SIGNATURE_SIZE):
            self.signature = self._body(SIGNATURE_SIZE)
        else:
            stream.seek(start)

    def extract(self, members: Iterable[Member], folder: Path) -> None:
        """Copy the files into a folder, each named by its hash. They must be these files in this order.

        Raises `DamagedFileError` if the rest of the archive is anything else, `OSError` if a copy can't be written.
        """
        members = tuple(members)
        expected = sum(_BLOCK + member.size + len(_padding(member.size)) for member in members) + len(_END)
        there = self._length - self._stream.tell()
        if there != expected:
            raise self._damaged(f"after its head there are {there:,} bytes, but there must be {expected:,}")
        for member in members:
            self._expect(_header(_name(member), member.size), f"the header of {member.sha256}")
            with (folder / member.sha256).open("xb") as copy:
                if _copy(self._stream, copy, member.size) != member.sha256:
                    raise self._damaged(f"the file {member.sha256} was altered")
            self._expect(_padding(member.size), f"the end of {member.sha256}")
        self._expect(_END, "its end")
        if self._stream.read(1):
            raise self._damaged("it continues after its end")

    def _body(self, size: int) -> bytes:
        data = self._stream.read(size)
        if len(data) < size:
            raise self._damaged("it is cut off")
        self._expect(_padding(size), "the end of its head")
        return data

    def _expect(self, data: bytes, what: str) -> None:
        if self._stream.read(len(data)) != data:
            raise self._damaged(f"{what} is not as expected")

    def _damaged(self, how: str) -> DamagedFileError:
        return DamagedFileError(f"{self._path}: the bundle is damaged or was altered: {how}. Nothing was installed.")


def _name(member: Member) -> str:
    return f"files/{member.sha256}"


def _header(name: str, size: int) -> bytes:
    header = tarfile.TarInfo(name)
    header.size = size
    return header.tobuf(tarfile.USTAR_FORMAT)


def _stated_size(header: bytes) -> int | None:
    """The size in a header, in octal digits, or None if there is none."""
    digits = header[_SIZE_OF_HEADER]
    return int(digits, 8) if len(digits) == 11 and not digits.strip(b"01234567") else None


def _padding(size: int) -> bytes:
    return bytes(-size % _BLOCK)


def _copy(source: IO[bytes], target: IO[bytes], size: int) -> str:
    """Copy so many bytes, or as many as there are; returns the SHA-256 of those copied."""
    digest = hashlib.sha256()
    for piece in _pieces(source, size):
        digest.update(piece)
        target.write(piece)
    return digest.hexdigest()


def _pieces(source: IO[bytes], size: int) -> Iterator[bytes]:
    while size and (piece := source.read(min(size, _PIECE))):
        size -= len(piece)
        yield piece
