"""Files that are written completely or not at all, and that survive a loss of power."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


@contextmanager
def whole_file(path: Path, folder: Path | None = None) -> Iterator[IO[bytes]]:
    """Open a file for writing; at the end of the block it replaces what is at the path.

    Until then it is in `folder`, by default that of the path, which must be on the same device. Raises `OSError` if it
    can't be written. Then, and if the block raises, a file that was at the path is unchanged.
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
    """Make a new name survive a loss of power, on systems that can sync a folder."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
