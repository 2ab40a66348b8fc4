"""Whether a workbook may be unpacked: a small file can hold a very large one."""

from __future__ import annotations

import zipfile
from pathlib import Path

from screenkit.errors import BatchError

#: Endings of workbooks that are archives.
_ARCHIVES = frozenset({".xlsx", ".xlsm", ".xlsb", ".ods"})
#: The most bytes of an archive once unpacked; a workbook of a million rows has a third of it. An archive may lie about
#: them, so the process that unpacks it has a limit of memory as well.
_MOST_BYTES = 500_000_000


def refuse_bomb(path: Path) -> None:
    """Refuse a workbook that says of itself that it is too large. Raises `BatchError`, also for one that is damaged."""
    if path.suffix not in _ARCHIVES:
        return
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise BatchError(f"{path.name}: can't be read as a workbook; it is damaged, or another kind of file") from None
    if unpacked > _MOST_BYTES:
        raise BatchError(
            f"{path.name}: has {unpacked:,} bytes once unpacked; at most {_MOST_BYTES:,} are read. Divide it, or"
            " screen it with `screenkit batch`."
        )
