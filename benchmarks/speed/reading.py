"""A list file in; seconds, peak memory and the ratio to a bare XML parse of the same file out.

    python benchmarks/speed/reading.py us_ofac_sdn ../shared/lists/us_ofac_sdn/2021-03-10/sdn.xml
    FILE=../shared/lists/us_ofac_cons/2026-03/cons_enhanced.xml
    python benchmarks/speed/reading.py us_ofac_cons $FILE --stream
    python benchmarks/speed/reading.py us_ofac_cons $FILE --records 40000

All designations are held at once, but with --stream, where each is dropped after it was read. With --records an OFAC
file in the schema ENHANCED or ADVANCED is first enlarged to so many records: its own ones again and again, with new
keys. The enlarged file is streamed. Seconds are CPU seconds; memory is the whole interpreter's peak (Linux, VmHWM),
which starts anew with the process and so counts nothing of whoever started it.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import iterparse

from screenkit.sources import read

#: Sections of a file whose records are repeated, and the element of a record; the first has the parties.
SECTIONS = {
    "entities": "entity",
    "DistinctParties": "DistinctParty",
    "Locations": "Location",
    "IDRegDocuments": "IDRegDocument",
    "ProfileRelationships": "ProfileRelationship",
    "SanctionsEntries": "SanctionsEntry",
}
#: Attributes that are keys of parties and their parts, or refer to such; tables of values have their own.
KEY = re.compile(
    r"\b((?:id|ID|FixedRef|ProfileID|From-ProfileID|To-ProfileID|IdentityID|LocationID|IssuedIn-LocationID|"
    r'DocumentedNameID|FeatureVersionID|NamePartGroupID|SanctionsEntryID)="\d+)"'
)


def enlarged(path: Path, target: Path, records: int) -> None:
    """Write a copy of a file with so many parties, whose keys, and those that refer to them, are new in each round."""
    text = path.read_text(encoding="utf-8")
    starts = [(text.index(f"<{section}>"), section) for section in SECTIONS if f"<{section}>" in text]
    parties = next(section for section in ("entities", "DistinctParties") if f"<{section}>" in text)
    own = len(re.findall(rf"<{SECTIONS[parties]}[ >]", text))
    at = 0
    with target.open("w", encoding="utf-8") as stream:
        for start, section in sorted(starts):
            first, last = start + len(section) + 2, text.index(f"</{section}>")
            stream.write(text[at:first])
            for block in rounds(text[first:last], SECTIONS[section], records, own):
                stream.write(block)
            at = last
        stream.write(text[at:])


def rounds(section: str, record: str, records: int, own: int) -> Iterator[str]:
    """A section's records again and again; the last round has as many as there are parties left."""
    blocks = re.findall(rf"<{record}[ >].*?</{record}>\s*", section, re.DOTALL)
    for number in count():
        left = records - number * own
        if left <= 0:
            return
        some = blocks if left >= own else blocks[: len(blocks) * left // own]
        yield "".join(some) if number == 0 else KEY.sub(rf'\1-{number}"', "".join(some))


def measure(source: str, path: Path, *, is_streamed: bool) -> None:
    """Read a file and print what it took."""
    started = time.process_time()
    reader = read(source, path)
    held = [sum(1 for _ in reader)] if is_streamed else list(reader)
    seconds = time.process_time() - started
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    started = time.process_time()
    for _, element in iterparse(path):
        element.clear()
    bare = time.process_time() - started
    megabytes = int(peak[1]) // 1024 if peak else 0
    how = "streamed" if is_streamed else f"{len(held):,} held"
    print(
        f"{reader.edition.records:,} designations, {how}, of {path.stat().st_size / 1e6:.0f} MB: {seconds:.2f} s,"
        f" {megabytes} MB, {seconds / bare:.1f} times a bare parse"
    )


def main() -> None:
    """Read the command line, and measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("source")
    parser.add_argument("path", type=Path)
    parser.add_argument("--stream", action="store_true")
    parser.add_argument("--records", type=int)
    given = parser.parse_args()
    if given.records is None:
        measure(given.source, given.path, is_streamed=given.stream)
        return
    with TemporaryDirectory() as folder:
        large = Path(folder) / given.path.name
        enlarged(given.path, large, given.records)
        # A process of its own, whose peak has nothing of the enlarging in it.
        subprocess.run([sys.executable, __file__, given.source, large, "--stream"], check=True)


if __name__ == "__main__":
    main()
