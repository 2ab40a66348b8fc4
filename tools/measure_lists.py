"""The table of docs/lists.md: each published file at hand, its records, and how much of it is read.

    python tools/measure_lists.py ../shared/lists

The folder has one folder for each source, with its files or folders of files below.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from screenkit.errors import ScreenkitError
from screenkit.sources import is_source, read
from screenkit.sources.shares import SORTS

#: OFAC's legacy list is several files in one folder.
TOGETHER = frozenset({"sdn.csv", "cons_prim.csv"})


def editions(folder: Path) -> Iterator[tuple[str, Path]]:
    """Stream (source, file or folder of files), sorted."""
    for source in sorted(path for path in folder.iterdir() if path.is_dir() and is_source(path.name)):
        seen: set[Path] = set()
        for path in sorted(file for file in source.rglob("*") if file.is_file()):
            edition = path.parent if any((path.parent / name).exists() for name in TOGETHER) else path
            if edition not in seen:
                seen.add(edition)
                yield source.name, edition


def row(source: str, path: Path, folder: Path) -> str:
    """Read one edition and put what was read in a row of the table."""
    name = path.relative_to(folder / source).as_posix()
    try:
        reader = read(source, path)
        for _ in reader:
            pass
    except ScreenkitError as error:
        return f"| {source} | {name} | - | refused: {str(error).splitlines()[0]} |" + " |" * (len(SORTS) + 1)
    shares = (f"{100 * found / of:.1f} % of {of:,}" if of else "-" for found, of in reader.shares.values())
    counts = f"{reader.edition.records:,}"
    notices = f"{len(reader.notices):,}"
    return f"| {source} | {name} | {reader.edition.format} | {counts} | {notices} | {' | '.join(shares)} |"


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1])
    print(f"| list | file | format | records | notices | {' | '.join(SORTS)} |")
    print(f"|---|---|---|---|---|{'---|' * len(SORTS)}")
    for source, path in editions(folder):
        print(row(source, path, folder), flush=True)


if __name__ == "__main__":
    main()
