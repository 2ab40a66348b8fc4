"""OFAC's list of 2021-07-07 in; milliseconds per query, names per second, seconds and megabytes out.

    python benchmarks/speed/speed.py [--queries 2000] [--peers 400] [--batch 10000] [--growth 400000] [--json FILE]

Queries are a quarter each of strong listed names as published, such names with one typo, such names with their words
in another order (`perturb` makes both), and ordinary people, drawn with a fixed seed and shuffled. Each is asked once,
and no other before it but one ordinary person for each script of their file, whose tables are read then; this warming
is the only one. The garbage collector is as Python sets it. One thread, but for the batch.

Screenkit is `Screener.screen(text)` with the default policy. The peers are rapidfuzz `process.extract`, limit 5, with
the score_cutoff stated, over all strong names in unidecode and lower case, made so beforehand; bringing the query into
that form counts. They are slow, so they are asked the first queries of the same mixture only. All take turns, each a
twentieth of its queries, so that a busy moment of the machine meets them all. The share of that time in which this
process had a processor is printed: where it is not nearly all, other work was measured with it, and slow queries, which
are the ones interrupted, look slower still.

The batch is two fifths names of `perturbed.py`, the rest ordinary people, each different from all queries above, in
one shuffled order, on two workers: `screen_many` of a screener just opened, starting its processes included, and
`cdist` with token_sort_ratio. A perturbed name is found where its own designation is, at the default threshold or the
score_cutoff.

Building and opening are measured in processes of their own (`fresh.py`), in which nothing was asked before; building
reads the list file and opens no saved one, and a file just written is in the system's memory when it is opened.

Growth adds company names to OFAC's until so many names are listed: the first words of one ordinary company and the
last words of another, both drawn with a fixed seed and at least one word of each left out, until the name is new. All
are thus made of the words of 10,000 companies, where a register of that size has more different ones. It is asked the
queries above, and as many made in the same way of the added names and the ordinary companies they were made of.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

import attrs
import numpy as np
from accuracy.perturbed import altered
from fresh import milliseconds
from measure import (
    COMPANIES,
    OFAC_2021,
    PEOPLE,
    SHARED,
    WORKERS,
    Scorer,
    by_script,
    designations,
    head,
    plain,
    queries,
    searched,
    show,
    strong_names,
)
from perturb import Words, as_filed, cased, changed, reordered, typo
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from screenkit import Designation, Kind, Screener

SEED, GROWTH_SEED = 20260105, 20260106
#: The share of the batch that is perturbed.
PERTURBED = 0.4
#: What a user would pick instead, with its customary cut-off.
EXTRACTS: dict[str, tuple[Scorer, float]] = {
    "WRatio": (fuzz.WRatio, 85),
    "token_set_ratio": (fuzz.token_set_ratio, 85),
    "token_sort_ratio": (fuzz.token_sort_ratio, 85),
    "Jaro-Winkler": (JaroWinkler.similarity, 0.9),
}
#: Turns in which the engines are asked one after another, that a busy moment of the machine meets all of them.
TURNS = 20
#: Names of a block of `cdist`, whose matrix has to fit into memory.
BLOCK = 1_000


@attrs.frozen
class Query:
    """What is asked, and how it was made."""

    kind: str
    text: str


def mixed(pool: Sequence[tuple[Kind, str]], ordinary: Sequence[str], count: int, seed: int) -> list[Query]:
    """So many different queries of listed and ordinary names, a quarter of each kind."""
    draw = random.Random(seed)
    seen: set[str] = set()
    made: list[Query] = []

    def take(kind: str, texts: Iterable[str | None]) -> None:
        wanted = len(made) + count // 4
        for text in texts:
            if text is not None and text.casefold() not in seen and len(made) < wanted:
                seen.add(text.casefold())
                made.append(Query(kind, text))

    def filed(kind: Kind, text: str) -> Words:
        return as_filed(draw, text) if kind is Kind.PERSON else text.lower().split()

    def misspelt(way: Callable[[random.Random, Words], Words | None]) -> Iterable[str | None]:
        for kind, text in draw.sample(pool, min(count, len(pool))):
            words = changed(draw, filed(kind, text), way)
            yield cased(draw, words) if words else None

    take("exact", (text for _, text in draw.sample(pool, min(count, len(pool)))))
    take("one typo", misspelt(typo))
    take("swapped order", misspelt(reordered))
    take("ordinary", draw.sample(ordinary, min(count, len(ordinary))))
    draw.shuffle(made)
    return made


def percentiles(taken: Sequence[float]) -> tuple[float, float]:
    """The 50th and the 99th percentile."""
    p50, p99 = np.percentile(taken, (50, 99)).tolist()
    return p50, p99


def extract(texts: Sequence[str], scorer: Scorer, cutoff: float) -> Callable[[str], object]:
    """A search by rapidfuzz."""
    return lambda text: process.extract(plain(text), texts, scorer=scorer, limit=5, score_cutoff=cutoff)


def show_engines(screener: Screener, texts: Sequence[str], asked: Sequence[Query], few: int) -> dict[str, Any]:
    """One query at a time, by engine, and by kind of query for screenkit."""
    engines: dict[str, tuple[Callable[[str], object], Sequence[Query]]] = {"screenkit": (screener.screen, asked)}
    for name, (scorer, cutoff) in EXTRACTS.items() if few else ():
        engines[name] = extract(texts, scorer, cutoff), asked[:few]
    taken: dict[str, list[float]] = {name: [] for name in engines}
    started, worked = perf_counter(), process_time()
    for turn in range(TURNS):
        for name, (ask, whole) in engines.items():
            part = whole[len(whole) * turn // TURNS : len(whole) * (turn + 1) // TURNS]
            taken[name] += milliseconds(ask, (query.text for query in part))
    share = (process_time() - worked) / (perf_counter() - started)
    own = taken["screenkit"]
    first = percentiles(own)[0]
    found: dict[str, Any] = {}
    head("engine", "queries", "p50 ms", "p99 ms", "p50 to screenkit's")
    for name, times in taken.items():
        p50, p99 = percentiles(times)
        label = f"{name} (from {EXTRACTS[name][1]})" if name in EXTRACTS else name
        show(label, f"{len(times):,}", f"{p50:.2f}", f"{p99:.2f}", f"{p50 / first:.1f}")
        found[name] = {"queries": len(times), "p50": p50, "p99": p99}
    print(f"\nThis process had a processor for {share:.0%} of that time.\n")
    head("queries of screenkit", "count", "p50 ms", "p99 ms")
    for kind in dict.fromkeys(query.kind for query in asked):
        times = [took for query, took in zip(asked, own, strict=True) if query.kind == kind]
        show(kind, f"{len(times):,}", *(f"{one:.2f}" for one in percentiles(times)))
    return {"engines": found, "processor": share}


def batch(listed: Sequence[Designation], known: set[str], count: int) -> list[tuple[str, Designation | None]]:
    """Different names, perturbed ones with whose they are and ordinary people, none asked before."""
    perturbed: list[tuple[str, Designation | None]] = [
        (one.query, own) for one, own in altered(listed, int(count * PERTURBED))
    ]
    ordinary: list[tuple[str, Designation | None]] = [(text, None) for text in queries(*PEOPLE)]
    random.Random(SEED).shuffle(ordinary)
    made: dict[str, tuple[str, Designation | None]] = {}
    for text, own in (*perturbed, *ordinary):
        if text.casefold() not in known and len(made) < count:
            made.setdefault(text.casefold(), (text, own))
    names = list(made.values())
    random.Random(SEED).shuffle(names)
    return names


def show_batch(
    screener: Screener, listed: Sequence[Designation], names: Sequence[tuple[str, Designation | None]]
) -> Any:
    """Names per second on two workers, and the perturbed names found."""
    started = perf_counter()
    screenings = list(screener.screen_many((text for text, _ in names), workers=WORKERS))
    seconds = perf_counter() - started
    hit = sum(
        own is not None and own.id in {one.designation.id for one in screening.hits}
        for screening, (_, own) in zip(screenings, names, strict=True)
    )
    scorer, cutoff = EXTRACTS["token_sort_ratio"]
    texts, owners = zip(*((plain(name.text), one.id) for one in listed for name in searched(one)), strict=True)
    started = perf_counter()
    pairs: list[tuple[int, int]] = []
    for at in range(0, len(names), BLOCK):
        asked = [plain(text) for text, _ in names[at : at + BLOCK]]
        scores = process.cdist(asked, texts, scorer=scorer, score_cutoff=cutoff, workers=WORKERS, dtype=np.uint8)
        pairs.extend((at + int(row), int(column)) for row, column in zip(*np.nonzero(scores), strict=True))
    theirs = perf_counter() - started
    at_hit = {row for row, column in pairs if (own := names[row][1]) is not None and own.id == owners[column]}
    perturbed = sum(own is not None for _, own in names)
    print(f"\n{len(names):,} different names, {perturbed:,} of them perturbed, {WORKERS} workers:\n")
    head("engine", "names/s", "perturbed names found")
    found = {}
    for name, took, count in (("screenkit", seconds, hit), ("token_sort_ratio", theirs, len(at_hit))):
        show(name, f"{len(names) / took:,.0f}", f"{count / max(perturbed, 1):.1%}")
        found[name] = {
            "names": len(names),
            "seconds": took,
            "threads": WORKERS,
            "found": count,
            "perturbed": perturbed,
        }
    return found


def in_new_process(task: dict[str, Any]) -> Any:
    """What `fresh.py` measures of a task."""
    fresh = [sys.executable, str(Path(__file__).with_name("fresh.py"))]
    done = subprocess.run(fresh, input=json.dumps(task), stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def show_processes(saved: Path, names: int, task: dict[str, Any]) -> dict[str, Any]:
    """A new process that builds and saves, and one that opens."""
    built = in_new_process({**task, "save": str(saved)})
    opened = in_new_process({"load": str(saved), "warm": task["warm"], "queries": task["queries"]})
    size = saved.stat().st_size / 2**20
    print(f"\n{names:,} names; saved in {built['saved in']:.2f} s, a file of {size:.0f} MB:\n")
    labels = list(task["queries"])
    columns = (f"{label} p50, p99 ms" for label in labels)
    head("new process", "ready after s", "first query ms", *columns, "resident MB", "peak MB", "had a processor")
    for label, found in (("reads and builds", built), ("opens", opened)):
        times = (", ".join(f"{one:.2f}" for one in percentiles(found["queries"][one])) for one in labels)
        memory = f"{found['resident']:.0f}", f"{found['peak']:.0f}", f"{found['processor']:.0%}"
        show(label, f"{found['seconds']:.3f}", f"{found['warm'][0]:.0f}", *times, *memory)
    for found in (built, opened):
        found["queries"] = {label: percentiles(taken) for label, taken in found["queries"].items()}
    return {"names": names, "file": size, "built": built, "opened": opened}


def grown(count: int) -> list[str]:
    """So many different names, the first words of one ordinary company and the last of another."""
    draw = random.Random(GROWTH_SEED)
    companies = [words for text in queries(COMPANIES) if len(words := text.split()) > 1]
    made: dict[str, None] = {}
    while len(made) < count:
        one, other = draw.choice(companies), draw.choice(companies)
        words = [*one[: draw.randrange(1, len(one))], *other[draw.randrange(1, len(other)) :]]
        if words not in (one, other):
            made[" ".join(words)] = None
    return list(made)


def options() -> argparse.Namespace:
    """The options given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=int, default=2_000, help="so many single queries")
    parser.add_argument("--peers", type=int, default=400, help="so many of them for the peers, 0 for none")
    parser.add_argument("--batch", type=int, default=10_000, help="so many names at once")
    parser.add_argument("--growth", type=int, default=400_000, help="so many listed names at last, 0 for OFAC's alone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures too")
    return parser.parse_args()


def main() -> None:
    given = options()
    listed = designations(OFAC_2021)
    people = queries(*PEOPLE)
    warm = [texts[0] for texts in by_script(people).values()]
    pool = [(one.kind, name.text) for one in listed for name in strong_names(one)]
    asked = mixed(pool, [text for text in people if text not in warm], given.queries, SEED)
    texts = list(dict.fromkeys(plain(name.text) for one in listed for name in searched(one)))
    started = perf_counter()
    screener = Screener(listed)
    seconds = perf_counter() - started
    names = sum(len(one.names) for one in listed)
    print(
        f"{len(listed):,} designations, {names:,} names, {len(texts):,} texts of the peers; built in {seconds:.2f} s\n"
    )
    for text in warm:
        screener.screen(text)
    found: dict[str, Any] = {"build": seconds, **show_engines(screener, texts, asked, given.peers)}
    known = {query.text.casefold() for query in asked} | {text.casefold() for text in warm}
    with TemporaryDirectory() as folder:
        saved = Path(folder, "screener")
        source, path = OFAC_2021
        task: dict[str, Any] = {
            "list": [source, str(SHARED / "lists" / path)],
            "added": [],
            "warm": warm,
            "queries": {"mixed": [query.text for query in asked]},
        }
        found["processes"] = show_processes(saved, names, task)
        found["batch"] = show_batch(Screener.load(saved), listed, batch(listed, known, given.batch))
        if given.growth > names:
            added = grown(given.growth - names)
            pool = [(Kind.ORGANIZATION, text) for text in added]
            companies = mixed(pool, queries(COMPANIES), given.queries, GROWTH_SEED)
            asks = {**task["queries"], "companies": [query.text for query in companies]}
            found["growth"] = show_processes(saved, given.growth, {**task, "added": added, "queries": asks})
    if given.json:
        given.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
