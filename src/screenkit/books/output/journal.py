"""The journal of a run, a small file that says after an interruption how far the run got: `Journal`.

The first line says what the run depends on, each later one is a commit. A line begins with a checksum of the rest. The
journal ends before the first line whose checksum is wrong, so a line that was cut off counts as never written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from screenkit.errors import BatchError


class Journal:
    """The journal of one run."""

    def __init__(self, path: Path) -> None:
        """Take the path of the file; nothing is opened."""
        self.path = path

    def begin(self, stated: Mapping[str, Any]) -> None:
        """Write the first line to a new file, which then exists as a whole or not at all."""
        new = self.path.with_name(f"{self.path.name}.new")
        with new.open("wb") as file:
            _append(file.fileno(), stated)
        os.replace(new, self.path)
        sync_folder(self.path.parent)

    def commit(self, stated: Mapping[str, Any]) -> None:
        """Append a line; when this returns, it is on the disk."""
        with self.path.open("ab") as file:
            _append(file.fileno(), stated)

    def resume(self) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """The first line and the last one after it, None if there is none. An incomplete line at the end is cut off.

        Raises `BatchError` if the first line is damaged.
        """
        lines, end = [], 0
        for line, end_of_line in _whole(self.path.read_bytes()):
            lines.append(line)
            end = end_of_line
        if not lines:
            raise BatchError(f"{self.path}: is not the journal of a batch, or is damaged; start again with --overwrite")
        os.truncate(self.path, end)
        return lines[0], lines[-1] if len(lines) > 1 else None


def sync_folder(folder: Path) -> None:
    """Write to disk what was created or renamed in a folder, where the system can."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _append(file: int, stated: Mapping[str, Any]) -> None:
    text = json.dumps(stated, ensure_ascii=False, separators=(",", ":")).encode()
    line = _checksum(text) + b" " + text + b"\n"
    while line:
        line = line[os.write(file, line) :]
    os.fsync(file)


def _whole(content: bytes) -> Iterator[tuple[dict[str, Any], int]]:
    """The undamaged lines, each with the position of the byte after it."""
    end = 0
    for line in content.splitlines(keepends=True):
        checksum, _, text = line.rstrip(b"\n").partition(b" ")
        if not line.endswith(b"\n") or checksum != _checksum(text):
            return
        end += len(line)
        yield json.loads(text), end


def _checksum(text: bytes) -> bytes:
    return blake2b(text, digest_size=8).hexdigest().encode()
