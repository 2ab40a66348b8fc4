"""Imports killed at random moments in, what the store then holds out.

    python tools/prove_kill.py --times 100

A process installs one edition after another and says when each is committed. It is killed (SIGKILL) at a random moment;
then the store has to open, its current edition has to be whole, no committed edition may be lost, and the next process
goes on from there.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections import Counter
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from screenkit.editions.store import Store

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "editions"))

from house_lists import edition_of, install

#: Records of an edition: enough for a kill to fall into every step.
RECORDS = 400
#: A kill comes so many seconds after the process is ready, at the latest: the time of some ten installations.
LATEST = 0.6


def prove(times: int, seed: int, folder: Path) -> Counter[str]:
    """Kill so many processes; raises `AssertionError` where the store is not what it has to be."""
    chance = random.Random(seed)
    store = Store(folder / "store")
    install(store, folder, 0, RECORDS)
    done: Counter[str] = Counter()
    committed = 0
    for _ in range(times):
        told = _killed(store, folder, committed + 1, chance.uniform(0, LATEST))
        last = max([committed, *told])
        left = list((store.path / "staging").iterdir())
        current = _check(store, last)
        done["kills"] += 1
        done["editions committed"] += current - committed
        done["kills that left something half written"] += bool(left)
        committed = current
    assert not store.verify()
    assert len(store.editions("house")) >= committed + 1
    return done


def _check(store: Store, last: int) -> int:
    """The number of the current edition, which is whole: the last that was committed, or the one after it."""
    state = store.current("house")
    current: int = edition_of(list(store.read(state.edition)), RECORDS)
    assert last <= current <= last + 1, f"edition {current} is current, where {last} was committed"
    assert state.history[-1].edition == state.edition.sha256
    assert len({change.edition for change in state.history}) == len(state.history) == current + 1
    return current


def _killed(store: Store, folder: Path, first: int, after: float) -> list[int]:
    """Have a process install editions from the first on; kill it; the numbers that it committed."""
    command = [sys.executable, __file__, "--write", str(store.path), "--first", str(first), "--folder", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(after)
        writer.kill()
        said = writer.stdout.read()
    # What was cut off in the middle of a line was not said.
    return [int(line) for line in said.split("\n")[:-1]]


def _write(store: Store, first: int, folder: Path) -> None:
    print("ready", flush=True)
    for edition in count(first):
        install(store, folder, edition, RECORDS)
        print(edition, flush=True)


def main() -> None:
    """Run as a script."""
    options = argparse.ArgumentParser(description="Kill imports at random moments and look at the store.")
    options.add_argument("--times", type=int, default=100)
    options.add_argument("--seed", type=int, default=random.randrange(10**6))
    options.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--first", type=int, help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.write:
        _write(Store(asked.write), asked.first, asked.folder)
        return
    with TemporaryDirectory() as folder:
        done = prove(asked.times, asked.seed, Path(folder))
    print(f"seed {asked.seed}: " + ", ".join(f"{number:,} {what}" for what, number in done.items()))
    print("after each kill the store opened, its current edition was whole and nothing committed was lost")


if __name__ == "__main__":
    main()
