"""A task on standard input in; seconds, megabytes and milliseconds per query of this new process out, as JSON.

`speed.py` runs it. Nothing is imported here that a user of `screenkit` would not import, and the process starts with
no table read and no word met. The task: "list" (source and path) and "added" (names of organizations) to build a
screener of, and "save", the file to write it to; or "load", a saved file; "warm", queries asked beforehand; "queries",
texts by label. "processor" is the share of the queries' time in which it had one. Memory is
this process's own (Linux, VmRSS and VmHWM), after all queries.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from screenkit import Designation, Kind, ListedName, Screener, read


def milliseconds(ask: Callable[[str], object], texts: Iterable[str]) -> list[float]:
    """How long each text takes."""
    taken = []
    for text in texts:
        started = perf_counter()
        ask(text)
        taken.append((perf_counter() - started) * 1_000)
    return taken


def made(task: dict[str, Any]) -> Screener:
    """A screener of a list file and of further names, each an organization of its own."""
    added = (
        Designation(id=f"added {at}", kind=Kind.ORGANIZATION, names=[ListedName(text)])
        for at, text in enumerate(task["added"])
    )
    return Screener([*read(*task["list"]), *added])


def megabytes(field: str) -> float:
    """A field of this process's status."""
    found = re.search(rf"{field}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    task = json.load(sys.stdin)
    found: dict[str, Any] = {}
    started = perf_counter()
    screener = Screener.load(task["load"]) if "load" in task else made(task)
    found["seconds"] = perf_counter() - started
    if "save" in task:
        started = perf_counter()
        screener.save(task["save"])
        found["saved in"] = perf_counter() - started
    found["warm"] = milliseconds(screener.screen, task["warm"])
    started, worked = perf_counter(), process_time()
    found["queries"] = {label: milliseconds(screener.screen, texts) for label, texts in task["queries"].items()}
    found["processor"] = (process_time() - worked) / (perf_counter() - started)
    found["resident"], found["peak"] = megabytes("VmRSS"), megabytes("VmHWM")
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
