"""A generated book of customers in; rate, memory, recall and false alerts of screening it whole out.

    python benchmarks/books/book.py --customers 1000000
    python benchmarks/books/book.py --customers 100000 --workers 1

The book: the ordinary people of ../shared/eval, given names of one recombined with the family name of another of the
same script, each with the birth date and country of one of them; in it, one customer in a thousand is a designation
whose name was altered by `perturb.py` (two persons to one organization), without birth date and country. It is screened
by `screenkit batch` against OFAC SDN 2023-12-28, UN 2025-11-20 and EU 2021-03-02, installed in a store of its own and
compiled once before. Memory is the proportional set size of parent and workers together, sampled ten times a second.

Beside it `book_polars.py`, the script a user would write, on all planted customers and the first `--peers` ordinary
ones: its rate doesn't depend on the count. A planted match is found where a hit is its own designation; every hit of an
ordinary person is a false alert.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

import attrs
from measure import (
    EU_2021,
    OFAC_2023,
    PEOPLE,
    SHARED,
    UN_2025,
    by_script,
    designations,
    head,
    persons,
    recombined,
    rows,
    searched,
    show,
    strong_names,
    wilson,
)
from perturb import altered_organizations, altered_persons, parts

from screenkit import Designation, Kind, Screener

SEED = 20240229
#: One customer in so many is an altered designation.
PLANTED = 1_000
LISTS = (OFAC_2023, UN_2025, EU_2021)
#: Scorers and cut-offs of the peer, as scripts have them.
SCRIPTS = (("token_sort_ratio", 85), ("WRatio", 90))
HEADINGS = ("customer", "name", "birth_date", "country")
Own = dict[str, tuple[str, str]]


@attrs.frozen
class Run:
    """What running a command took."""

    #: From its start to its end.
    seconds: float
    #: The most memory of all its processes at one time, in MB.
    peak: float
    #: The most memory of the first process, in MB.
    parent: float
    #: Its exit code.
    code: int


def customers(listed: Sequence[Designation], count: int) -> tuple[list[tuple[str, str, str, str]], Own]:
    """The rows of a book, and which customers are which designation."""
    draw = random.Random(SEED)
    planted = _planted(listed, count // PLANTED)
    people = [row for file in PEOPLE for row in rows(file)]
    scripts = by_script(row["query"] for row in people)
    wanted = count - len(planted)
    shares = {script: -(-len(names) * wanted // len(people)) for script, names in scripts.items()}
    made: list[str] = []
    for script, names in scripts.items():
        made += recombined(names, shares[script], SEED)[: shares[script]]
    ordinary = [(name, None) for name in draw.sample(made, min(wanted, len(made)))]
    mixed: list[tuple[str, Designation | None]] = [*ordinary, *planted]
    draw.shuffle(mixed)
    found: list[tuple[str, str, str, str]] = []
    own: Own = {}
    for number, (name, designation) in enumerate(mixed, 1):
        key, facts = f"C{number}", draw.choice(people)
        if designation is None:
            found.append((key, name, facts["birth_date"], facts["country"]))
        else:
            found.append((key, name, "", ""))
            own[key] = designation.source, designation.id
    return found, own


def _planted(listed: Sequence[Designation], count: int) -> list[tuple[str, Designation]]:
    people, firms = persons(listed), [one for one in listed if one.kind is Kind.ORGANIZATION]
    long = [
        (at, name.text) for at, one in enumerate(people) for name in strong_names(one) if len(parts(name.text)) >= 3
    ]
    titles = [(at, name.text) for at, one in enumerate(firms) for name in strong_names(one)]
    return [
        *((one.query, people[one.owner]) for one in altered_persons(long, count - count // 3)),
        *((one.query, firms[one.owner]) for one in altered_organizations(titles, count // 3)),
    ]


def measured(command: Sequence[str], environment: dict[str, str]) -> Run:
    """Run a command and watch the memory of its processes."""
    started, peak, parent = time.perf_counter(), 0.0, 0.0
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            own = _memory(process.pid)
            parent, peak = max(parent, own), max(peak, own + sum(map(_memory, _children(process.pid))))
            time.sleep(0.1)
    return Run(time.perf_counter() - started, peak, parent, process.returncode)


def _memory(pid: int) -> float:
    """The proportional set size of a process in MB, 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (OSError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (OSError, ProcessLookupError):
        return []


def write(path: Path, heading: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """A CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heading, *lines])


def screenkit(command: str, *arguments: str) -> list[str]:
    """A command of screenkit."""
    return [str(Path(sys.executable).with_name("screenkit")), command, *arguments]


def quality(name: str, run: Run, count: int, own: Own, hits: dict[str, set[tuple[str, str]]]) -> dict[str, object]:
    """Print a row, and return it."""
    found = sum(designation in hits.get(key, ()) for key, designation in own.items())
    false = sum(key not in own for key in hits)
    low, high = wilson(false, count - len(own))
    show(
        name,
        f"{count:,}",
        f"{count / run.seconds:,.0f}",
        f"{run.peak:,.0f} ({run.parent:,.0f})",
        f"{found:,} of {len(own):,}, {found / max(len(own), 1):.1%}",
        f"{false / max(count - len(own), 1) * 10_000:.1f} ({low * 10_000:.1f} to {high * 10_000:.1f})",
    )
    return {
        "engine": name,
        "customers": count,
        **attrs.asdict(run),
        "found": found,
        "planted": len(own),
        "false": false,
    }


def main() -> None:
    """Run as a script."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--peers", type=int, default=2_000, help="so many rows for the peer, 0 for none")
    parser.add_argument("--json", type=Path, help="write what was measured there")
    options = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        environment = {**os.environ, "SCREENKIT_STORE": str(folder / "store")}
        for source, edition in LISTS:
            subprocess.run(
                [*screenkit("import", str(SHARED / "lists" / edition)), "--source", source],
                env=environment, check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip
        Screener.open(store=folder / "store").screen("compiled before the measurement")
        listed = designations(*LISTS)
        book, own = customers(listed, options.customers)
        print(f"{len(book):,} customers, {len(own):,} of them altered designations; {options.workers} workers:\n")
        head("engine", "customers", "names/s", "peak MB, of it parent", "planted found", "false alerts per 10,000")
        found = [_screenkit(folder, environment, book, own, options.workers)]
        if options.peers:
            found += _scripts(folder, environment, listed, _part(book, own, options.peers), own)
    if options.json:
        options.json.write_text(json.dumps(found, indent=2))


def _screenkit(
    folder: Path, environment: dict[str, str], book: list[tuple[str, str, str, str]], own: Own, workers: int
) -> dict[str, object]:
    write(folder / "book.csv", HEADINGS, book)
    command = screenkit("batch", str(folder / "book.csv"), str(folder / "hits.csv"))
    run = measured([*command, "--id", "customer", "--name", "name", "--workers", str(workers)], environment)
    hits: dict[str, set[tuple[str, str]]] = {}
    with (folder / "hits.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["outcome"] == "hit":
                hits.setdefault(row["customer"], set()).add((row["source"], row["id"]))
    return quality("screenkit batch", run, len(book), own, hits)


def _part(book: list[tuple[str, str, str, str]], own: Own, count: int) -> list[tuple[str, str, str, str]]:
    ordinary = [row for row in book if row[0] not in own]
    return [row for row in book if row[0] in own] + ordinary[:count]


def _scripts(
    folder: Path,
    environment: dict[str, str],
    listed: Sequence[Designation],
    book: list[tuple[str, str, str, str]],
    own: Own,
) -> list[dict[str, object]]:
    names = [(one.source, one.id, name.text) for one in listed for name in searched(one)]
    write(folder / "few.csv", HEADINGS, book)
    write(folder / "listed.csv", ("source", "id", "name"), names)
    theirs = {key: own[key] for key, *_ in book if key in own}
    found = []
    for scorer, cutoff in SCRIPTS:
        paths = [str(folder / name) for name in ("few.csv", "listed.csv", "matches.csv")]
        script = [sys.executable, str(Path(__file__).with_name("book_polars.py")), *paths, scorer, str(cutoff)]
        run = measured(script, environment)
        hits: dict[str, set[tuple[str, str]]] = {}
        with (folder / "matches.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                hits.setdefault(row["customer"], set()).add(names[int(row["row"])][:2])
        found.append(quality(f"Polars, rapidfuzz {scorer} from {cutoff}", run, len(book), theirs, hits))
    return found


if __name__ == "__main__":
    main()
