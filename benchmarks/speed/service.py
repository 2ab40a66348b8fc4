"""How many requests a second does the service answer, how fast, and does one fail while a list is swapped?

A service on loopback searches OFAC's list of 2023-12-28 and a house list. Clients in another process ask for one name
after another, ordinary people and companies, each on a connection of its own that stays open. Early in each run
another edition of the house list is installed, and the service goes over to it while it answers. Client, service and
installation share the machine. The last columns say what the service used of it for each request, and which share of
it programs that have nothing to do with this used meanwhile: where that is much, times tell little.

    python benchmarks/speed/service.py --seconds 60 --connections 1 16 200 --workers 2
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs

from screenkit.editions.store import Incoming, Store

sys.path.insert(0, str(Path(__file__).parents[1]))
import measure

HEADS = (
    *("connections", "requests", "a second", "p50 ms", "p99 ms", "slowest ms", "failed", "swap after s"),
    *("cpu ms", "MB", "others' share"),
)


@attrs.define
class Run:
    """What the clients of one run saw."""

    seconds: list[float] = attrs.field(factory=list)
    failures: list[str] = attrs.field(factory=list)
    editions: set[str] = attrs.field(factory=set)
    #: When the answers were of another edition first, in seconds from the start.
    swapped: float = 0.0


def main() -> None:
    """Run a service and clients, and print a row for each number of connections."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16])
    parser.add_argument("--without-swap", action="store_true")
    parser.add_argument("--workers", type=int, default=1)
    stated = parser.parse_args()
    names = measure.queries(*measure.PEOPLE, measure.COMPANIES)
    with TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        install(
            store,
            "us_ofac_sdn",
            [measure.SHARED / f"lists/{measure.OFAC_2023[1]}/{name}.csv" for name in ("sdn", "alt", "add")],
        )
        install_house(store, 0)
        process, port = started(store, stated.workers)
        try:
            print(f"| {' | '.join(HEADS)} |\n|{'---|' * len(HEADS)}")
            asyncio.run(drive(port, names, 4, 2.0, None))
            for number, connections in enumerate(stated.connections, 1):
                swap = None if stated.without_swap else (store, number)
                before, mine, all_before = used_by_service(process.pid), own_seconds(), busy_seconds()
                run = asyncio.run(drive(port, names, connections, stated.seconds, swap))
                used = used_by_service(process.pid) - before
                others = busy_seconds() - all_before - used - (own_seconds() - mine)
                share = others / stated.seconds / (os.cpu_count() or 1)
                print(row(connections, run, stated.seconds, used, share, process.pid), flush=True)
                for failure in run.failures[:5]:
                    print(failure)
        finally:
            process.terminate()
            process.wait(60)


def install(store: Path, source: str, paths: list[Path]) -> None:
    """Install an edition."""
    Store(store).install(source, [Incoming(path=path) for path in paths], retrieved=dt.datetime.now(dt.UTC))


def install_house(store: Path, number: int) -> None:
    """Install an edition of the house list that differs from those before it."""
    path = store.parent / "house.csv"
    path.write_text(f"id,name\nH1,Perpetua Nkemelu\nH2,Example {number} Trading\n", encoding="utf-8")
    install(store, "house", [path])


def started(store: Path, workers: int) -> tuple[subprocess.Popen[bytes], int]:
    """A service that has opened the lists, and its port."""
    environment = {**os.environ, "SCREENKIT_STORE": str(store), "SCREENKIT_CONFIG": ""}
    log = store.parent / "log"
    with log.open("wb") as stream:
        command = [sys.executable, "-m", "screenkit", "serve", "--port", "0", "--workers", str(workers)]
        process = subprocess.Popen(command, env=environment, stderr=stream)
    while not (found := re.search(r"running on http://127.0.0.1:(\d+)", log.read_text())):
        if process.poll() is not None:
            raise SystemExit(log.read_text())
        time.sleep(0.1)
    return process, int(found[1])


async def drive(port: int, names: list[str], connections: int, seconds: float, swap: tuple[Path, int] | None) -> Run:
    """Ask on so many connections for so long; install another edition early on."""
    run = Run()
    start = time.perf_counter()
    clients = [client(port, names[at::connections], start, start + seconds, run) for at in range(connections)]
    installing = asyncio.create_task(swapped(swap, seconds / 20))
    await asyncio.gather(*clients)
    await installing
    return run


async def swapped(swap: tuple[Path, int] | None, after: float) -> None:
    """Install an edition from a process of its own, as `screenkit update` does."""
    if swap is None:
        return
    await asyncio.sleep(after)
    store, number = swap
    code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import service, pathlib;"
    code += f"service.install_house(pathlib.Path({str(store)!r}), {number})"
    done = await asyncio.create_subprocess_exec(sys.executable, "-c", code)
    if await done.wait():
        raise SystemExit("the edition was not installed")


async def client(port: int, names: list[str], start: float, end: float, run: Run) -> None:
    """Ask for one name after another."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    at = 0
    while (begun := time.perf_counter()) < end:
        body = json.dumps({"name": names[at % len(names)]}).encode()
        at += 1
        lines = (
            "POST /screen HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
        )
        head = "\r\n".join((*lines, "", ""))
        writer.write(head.encode() + body)
        try:
            told = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", told)
            content = await reader.readexactly(int(length[1]) if length else 0)
        except (OSError, asyncio.IncompleteReadError) as error:
            run.failures.append(repr(error))
            return
        now = time.perf_counter()
        run.seconds.append(now - begun)
        if told.split()[1] != b"200":
            run.failures.append(f"{told.split()[1]!r} {content[:200]!r}")
            continue
        edition = re.search(rb'"source":"house"[^}]*?"sha256":"(\w+)"', content)
        if edition and edition[1].decode() not in run.editions:
            run.swapped = now - start
            run.editions.add(edition[1].decode())
    writer.close()


def processes(pid: int) -> list[int]:
    """A process and those that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in processes(int(child)))]


def used_by_service(pid: int) -> float:
    """The processor time that the service's processes have used."""
    return sum(processor_seconds(each) for each in processes(pid))


def processor_seconds(pid: int) -> float:
    """The processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def own_seconds() -> float:
    """The processor time that this process and those that it waited for have used: client and installation."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def busy_seconds() -> float:
    """The processor time that all programs of the machine have used."""
    user, nice, system, _, _, *interrupts = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:8])
    return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")


def megabytes(pid: int) -> int:
    """The memory of the service's processes; what they share is counted once."""
    found = [
        re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{each}/smaps_rollup").read_text(), re.MULTILINE)
        for each in processes(pid)
    ]
    return sum(int(one[1]) for one in found if one) // 1024


def row(connections: int, run: Run, seconds: float, used: float, others: float, pid: int) -> str:
    """A run as a row of the table."""
    times = sorted(1_000 * one for one in run.seconds)
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    swap = f"{run.swapped:.1f}" if len(run.editions) > 1 else "none"
    cells = (
        connections,
        f"{len(times):,}",
        f"{len(times) / seconds:,.0f}",
        f"{p50:.1f}",
        f"{p99:.1f}",
        f"{times[-1]:.0f}",
        len(run.failures),
        swap,
        f"{used * 1_000 / len(times):.2f}",
        megabytes(pid),
        f"{others:.0%}",
    )
    return f"| {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    main()
