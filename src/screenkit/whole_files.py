"""A path in, a file that appears there whole or not at all out, and stays after a loss of power."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


@contextmanager
def whole_file(path: Path, folder: Path | None = None) -> Iterator[IO[bytes]]:
    """Open a file for writing; it takes its place, and that of a file that is there, at the end of the block.

    Until then it is in `folder`, by default that of the path, which has to be on the same device. Raises `OSError`
    where it can't be written; then, and where the block raises, a file of that path is as it was.
    """
    beside = (folder or path.parent) / f".{path.name}.{secrets.token_hex(4)}.part"
    try:
        with beside.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    force_folder(path.parent)


def force_folder(folder: Path) -> None:
    """Have the new name survive a loss of power, on systems where a folder can be told so."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
