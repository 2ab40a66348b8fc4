"""Customers screened per second and core out, without Spark and with it, and what 100 million of them would take.

    python benchmarks/books/scale.py [--customers 40000] [--json FILE]

It needs the extra [spark] and a Java runtime. Customers are the ordinary people and companies of ../shared/eval and,
for as many more as are asked for, the first words of one with the last word of another, drawn with a fixed seed; birth
dates are drawn evenly from 1940 to 2005. No two have one name, so nothing is gained by scoring equal ones once. They
are screened against OFAC's list of 2023-12-28, the UN's of 2025-11-20 and the EU's of 2021-03-02 together.

Without Spark: `books.screen_rows` in one process. With Spark: `screenkit.frames.spark.screen` of a Parquet file, in a
process of its own for each count of cores, one row of output for each customer; rows are counted. What comes first is
measured by itself: starting the session with its JVM, then the first task that screens one customer (a Python worker
starts, imports screenkit and opens the index), then the same task again. The throughput is that of a job after these,
of customers that the workers have not met; each worker has screened some hundreds before. A task's own cost is that
of tasks with no customers.

Beside every rate stand the share of its time in which the processes that screen had a processor, and the rate by the
second of processor time that they and the JVM took. Where the share is not nearly 1, something else was running or
Spark was waiting; the estimate for a cluster rests on the rate by processor time, which depends on that the least.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

import pyarrow as pa
import pyarrow.parquet as pq
import pyspark
from measure import COMPANIES, EU_2021, OFAC_2023, PEOPLE, UN_2025, designations, head, queries, recombined, show
from pyspark.sql import DataFrame, SparkSession

from screenkit import Screener, Screening
from screenkit.books import Columns, screen_rows
from screenkit.frames import spark

SEED = 20261122
#: Rows of a partition, as docs/how-to/spark.md advises.
PARTITION = 20_000
#: Customers who are screened before the others, and count for nothing.
WARMING = 1_000
#: Tasks with no customers, of which a task's own cost is told.
TASKS = 100
#: The cluster of the estimate: cores of an executor, and what one network card carries, in bytes per second.
EXECUTOR_CORES, NETWORK = 5, 1.25e9
CUSTOMERS = 100_000_000


def book(count: int) -> list[tuple[str, str]]:
    """So many names, each with a birth date."""
    names = recombined([*queries(*PEOPLE), *queries(COMPANIES)], count, SEED)
    draw = random.Random(SEED)
    picked = draw.sample(names, count) if len(names) > count else names
    return [(name, f"{draw.randint(1940, 2005)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}") for name in picked]


def local(index: Path, customers: list[tuple[str, str]]) -> dict[str, float]:
    """One process without Spark."""
    screener = Screener.load(index)
    columns = Columns(names="name", birth_date="born")
    rows = list(enumerate(customers, 1))
    list(screen_rows(screener, rows[:WARMING], columns))
    del rows[:WARMING]
    began, worked = perf_counter(), process_time()
    hit = sum(isinstance(found, Screening) and len(found) > 0 for *_, found in screen_rows(screener, rows, columns))
    took, worked = perf_counter() - began, process_time() - worked
    return {**rates(len(rows), took, worked, worked), "customers with hits": hit}


def rates(count: int, took: float, screening: float, worked: float, cores: int = 1) -> dict[str, float]:
    """Customers by time and by processor time; `screening` is the processor time of the processes that screen."""
    return {
        "names per second": count / took,
        "share of the processors": screening / took / cores,
        "names per processor second": count / worked,
    }


def usage(session: SparkSession, cores: int) -> dict[int, tuple[float, int]]:
    """Of each Python worker there is: its process time so far in seconds, and its peak memory in bytes."""

    def asked(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for _ in batches:
            used = resource.getrusage(resource.RUSAGE_SELF)
            row = {"pid": os.getpid(), "time": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss * 1024}
            yield pa.RecordBatch.from_pylist([row])

    probe = session.range(0, cores * 8, numPartitions=cores * 8)
    told = probe.mapInArrow(asked, "pid long, time double, memory long").collect()
    return {row["pid"]: (row["time"], row["memory"]) for row in told}


def in_spark(index: Path, table: Path, cores: int) -> dict[str, float]:
    """A Spark of so many cores on this machine."""
    began = perf_counter()
    session = (
        SparkSession.builder.master(f"local[{cores}]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    told: dict[str, float] = {"session": perf_counter() - began}
    screener = Screener.load(index)

    def screened(df: DataFrame) -> int:
        return (
            spark.screen(df, Columns("name", birth_date="born"), screener=screener, hits="nested")
            .where("hits is not null")
            .count()
        )

    one = session.createDataFrame([("Nobody", "1970-01-01")], "name string, born string").coalesce(1)
    for step in ("first task", "same task again"):
        began = perf_counter()
        screened(one)
        told[step] = perf_counter() - began
    every = session.read.parquet(str(table))
    screened(every.where("first").repartition(2 * cores))
    customers = every.where("not first")
    parts = customers.repartition(max(4 * cores, -(-customers.count() // PARTITION))).cache()
    count = parts.count()
    jvm = session.sparkContext._jvm.java.lang.ProcessHandle.current().pid()  # type: ignore[union-attr]
    before, of_jvm, began = usage(session, cores), processor_time(jvm), perf_counter()
    assert screened(parts) == count
    took, of_jvm = perf_counter() - began, processor_time(jvm) - of_jvm
    after = usage(session, cores)
    worked = sum(time - before.get(pid, (0.0, 0))[0] for pid, (time, _) in after.items())
    told |= rates(count, took, worked, worked + of_jvm, cores)
    told["worker memory"] = max(memory for _, memory in after.values())
    told["workers started meanwhile"] = len(after.keys() - before.keys())
    none = session.range(0, TASKS, numPartitions=TASKS).where("id < 0").selectExpr("'' AS name", "'' AS born")
    began = perf_counter()
    assert screened(none) == 0
    told["a task's own cost"] = (perf_counter() - began) / TASKS * cores
    status = Path(f"/proc/{jvm}/status").read_text(encoding="ascii")
    told["JVM memory"] = int(status.split("VmHWM:")[1].split()[0]) * 1024
    session.stop()
    return told


def processor_time(process: int) -> float:
    """Seconds of processor time that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def in_process(index: Path, table: Path, cores: int) -> dict[str, float]:
    """`in_spark` in a process of its own, and with it a JVM of its own."""
    command = [sys.executable, __file__, "--cores", str(cores), "--index", str(index), "--table", str(table)]
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable}
    done = subprocess.run(command, env=environment, check=False, capture_output=True)
    if done.returncode:
        raise SystemExit(done.stderr.decode(errors="replace")[-3_000:])
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def estimate(told: dict[str, Any], cores: int) -> dict[str, float]:
    """What `CUSTOMERS` take on so many cores: each term in seconds, from the measured numbers; and memory in bytes."""
    alone, both = told["spark 1"], told["spark 2"]
    executors = -(-cores // EXECUTOR_CORES)
    partitions = CUSTOMERS / PARTITION
    screening = CUSTOMERS / cores / told["names per second and core"]
    terms = {
        "session": alone["session"],
        "index to executors": told["index bytes"] * executors / NETWORK,
        "first task": max(alone["first task"], both["first task"]),
        "customers over the network": CUSTOMERS * told["bytes of a customer"] / (executors * NETWORK),
        "screening": screening,
        "tasks' own cost": partitions * alone["a task's own cost"] / cores,
        "last tasks": PARTITION / told["names per second and core"],
    }
    return {
        **terms,
        "in all": sum(terms.values()),
        "memory of an executor": EXECUTOR_CORES * both["worker memory"] + both["JVM memory"],
    }


def measured(count: int, folder: Path) -> dict[str, Any]:
    """All numbers, measured one after another."""
    customers = book(count)
    table, index = folder / "customers.parquet", folder / "index"
    columns = {
        "name": [name for name, _ in customers],
        "born": [born for _, born in customers],
        "first": [at < WARMING for at in range(count)],
    }
    given = pa.table(columns)
    pq.write_table(given, table)
    began = perf_counter()
    Screener(designations(OFAC_2023, UN_2025, EU_2021)).save(index)
    told: dict[str, Any] = {"customers": count, "indexing": perf_counter() - began, "index bytes": index.stat().st_size}
    told["bytes of a customer"] = given.nbytes / count
    told["local"] = local(index, customers)
    for cores in (1, 2):
        told[f"spark {cores}"] = in_process(index, table, cores)
    told["names per second and core"] = min(told[f"spark {cores}"]["names per processor second"] for cores in (1, 2))
    told["estimates"] = {str(cores): estimate(told, cores) for cores in (10, 100, 1_000)}
    return told


def print_tables(told: dict[str, Any]) -> None:
    """Print what was measured and what follows from it."""
    print(f"Spark {pyspark.__version__}, pyarrow {pa.__version__}, {told['customers']:,} customers; the index has"
          f" {told['index bytes'] / 1e6:.1f} MB, made in {told['indexing']:.1f} s; a customer is"
          f" {told['bytes of a customer']:.0f} bytes\n")  # fmt: skip
    head("", "names/s", "share of a processor for each core", "names by second of processor time")
    for label, key in (
        ("one process, no Spark", "local"),
        ("Spark, local[1]", "spark 1"),
        ("Spark, local[2]", "spark 2"),
    ):
        speed, share, by_processor = (
            told[key][name] for name in ("names per second", "share of the processors", "names per processor second")
        )
        show(label, f"{speed:,.0f}", f"{share:.2f}", f"{by_processor:,.0f}")
    print()
    head("cold start and cost", "local[1]", "local[2]")
    for key in ("session", "first task", "same task again", "a task's own cost", "workers started meanwhile"):
        show(
            key if key.startswith("workers") else f"{key}, s",
            *(f"{told[f'spark {cores}'][key]:.3f}" for cores in (1, 2)),
        )
    for key in ("worker memory", "JVM memory"):
        show(f"{key}, MB", *(f"{told[f'spark {cores}'][key] / 1e6:,.0f}" for cores in (1, 2)))
    print()
    head(f"{CUSTOMERS:,} customers", *(f"{int(cores):,} cores" for cores in told["estimates"]))
    for key in next(iter(told["estimates"].values())):
        values = [estimated[key] for estimated in told["estimates"].values()]
        is_memory = key.startswith("memory")
        show(f"{key}, {'GB' if is_memory else 's'}", *(f"{value / (1e9 if is_memory else 1):,.1f}" for value in values))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=40_000)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--cores", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--index", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--table", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.cores is not None:
        print(json.dumps(in_spark(asked.index, asked.table, asked.cores)))
        return
    with TemporaryDirectory(prefix="screenkit-scale-") as folder:
        told = measured(asked.customers, Path(folder))
    print_tables(told)
    if asked.json is not None:
        asked.json.write_text(json.dumps(told, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
