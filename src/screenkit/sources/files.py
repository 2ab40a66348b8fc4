"""A raw list file: its first bytes, checked, and streams of its bytes or text.

Opening is where a wrong file is caught early: empty, compressed or UTF-16. Byte-order marks, CRLF and a closing Ctrl-Z
are usual and accepted.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import IO

import attrs

from screenkit.errors import ListFormatError, SourceError

#: How much of a file's beginning is looked at to tell what it is, in bytes.
HEAD_BYTES = 65_536

_ARCHIVES = (
    (b"\x1f\x8b", "gzip'd", "decompress it first"),
    (b"BZh", "bzip2'd", "decompress it first"),
    (b"\xfd7zXZ", "xz'd", "decompress it first"),
)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"


@attrs.frozen
class ListFile:
    """One raw file of a list and the first bytes of it."""

    path: Path
    #: The first `HEAD_BYTES` bytes without a byte-order mark.
    head: bytes
    #: What it is called in messages and ordered by: by default its path's last part.
    name: str = attrs.field(default=attrs.Factory(lambda file: file.path.name, takes_self=True), kw_only=True)

    def open(self) -> IO[bytes]:
        """Open the file's bytes, past a UTF-8 byte-order mark."""
        stream = self.path.open("rb")
        if stream.read(len(_BOM)) != _BOM:
            stream.seek(0)
        return stream

    def open_text(self, *, encoding: str = "utf-8") -> IO[str]:
        """Open the file as text with its line ends as they are; text of another encoding raises as it is read."""
        return io.TextIOWrapper(self.open(), encoding=encoding, newline="")

    def sha256(self) -> str:
        """Hash the whole file, byte-order mark included."""
        with self.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


def open_list_file(path: Path, *, name: str = "") -> ListFile:
    """Look at the file's beginning and refuse what can't be a list; `name` replaces the last part of its path.

    Raises `SourceError` where there is no such file, `ListFormatError` where it is empty, compressed or in UTF-16.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except OSError as error:
        raise SourceError(f"{path}: can't be opened: {error.strerror}") from error
    name = name or path.name
    expected = "expected a list as published, in UTF-8"
    if not head.strip():
        raise ListFormatError(f"{name}: {expected}; found an empty file. Fetch it again.")
    for magic, found, remedy in _ARCHIVES:
        if head.startswith(magic):
            raise ListFormatError(f"{name}: {expected}; found a {found} file: {remedy}.")
    if head.startswith(_UTF16_MARKS) or head[:2] in (b"<\0", b"\0<", b"{\0", b"\0{"):
        raise ListFormatError(f"{name}: {expected}; found UTF-16. Convert it to UTF-8, or fetch it again.")
    head = head.removeprefix(_BOM)
    return ListFile(path, head, name=name)


def is_page(file: ListFile) -> bool:
    """Whether the file is an HTML page: a list that is published as one, or an error page in a list's place."""
    start = file.head[:1024].lstrip().lower()
    return start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<?xml") and b"<html" in start)
