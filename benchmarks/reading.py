"""A list file in; seconds, peak memory and the ratio to a bare XML parse of the same file out.

    python benchmarks/reading.py us_ofac_sdn ../shared/lists/us_ofac_sdn/2021-03-10/sdn.xml

All designations are held at once. Seconds are CPU seconds; memory is the whole interpreter's peak (Linux, VmHWM), which
starts anew with the process and so counts nothing of whoever started it.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from xml.etree.ElementTree import iterparse

from screenkit.sources import read


def main(source: str, path: str) -> None:
    started = time.process_time()
    held = list(read(source, path))
    seconds = time.process_time() - started
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    started = time.process_time()
    for _, element in iterparse(path):
        element.clear()
    bare = time.process_time() - started
    megabytes = int(peak[1]) // 1024 if peak else 0
    print(f"{len(held)} designations, {seconds:.2f} s, {megabytes} MB, {seconds / bare:.1f} times a bare parse")


if __name__ == "__main__":
    main(*sys.argv[1:])
