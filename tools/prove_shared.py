"""A store shared by processes in, what each of them saw out.

    python tools/prove_shared.py --seconds 30

Two processes install editions of one list, four open and read it, all at once, without pause. Nobody may meet an error,
and every edition read, by the store or by a screener, has to be whole and unmixed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from screenkit import Screener
from screenkit.editions.store import Store

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "editions"))

from house_lists import edition_of, install

RECORDS = 60
WRITERS, READERS = 2, 4


def prove(seconds: float, folder: Path) -> Counter[str]:
    """Let them run so long; what was done, by kind. What goes wrong in one of them is raised here."""
    store = Store(folder / "store")
    install(store, folder, 0, RECORDS)
    end = time.time() + seconds
    tasks: list[tuple[Callable[..., Counter[str]], tuple[object, ...]]] = []
    tasks += [(_write, (store.path, folder / str(number), number, end)) for number in range(WRITERS)]
    tasks += [(_read, (store.path, end))] * READERS
    with multiprocessing.get_context("spawn").Pool(len(tasks)) as pool:
        running = [pool.apply_async(task, arguments) for task, arguments in tasks]
        done = sum((one.get() for one in running), Counter[str]())
    assert not store.verify()
    return done


def _write(path: Path, folder: Path, number: int, end: float) -> Counter[str]:
    store, done = Store(path), Counter[str]()
    folder.mkdir()
    for at in count():
        if time.time() > end and at:
            return done
        # Editions of the two writers never have one number.
        with store.writing():
            # The time of retrieval is then in the order of the editions: an older one is rightly refused.
            install(store, folder, 1 + at * WRITERS + number, RECORDS)
        done["editions installed"] += 1
    raise AssertionError("count() does not end")


def _read(path: Path, end: float) -> Counter[str]:
    store, done, seen = Store(path), Counter[str](), set[int]()
    while time.time() <= end or not done:
        edition = store.current("house").edition
        number = edition_of(list(store.read(edition)), RECORDS)
        done["editions read"] += 1
        screener = Screener.open(store=path)
        # By now a newer edition may be current.
        opened = edition_of(list(screener), RECORDS)
        assert screener.screen(f"Zhongxin 7 Trading of {opened}").hits
        done["screeners opened"] += 1
        seen |= {number, opened}
    done["changes seen by readers"] += len(seen) - 1
    return done


def main() -> None:
    """Run as a script."""
    options = argparse.ArgumentParser(description="Install, open and read one store from several processes at once.")
    options.add_argument("--seconds", type=float, default=30)
    asked = options.parse_args()
    with TemporaryDirectory() as folder:
        done = prove(asked.seconds, Path(folder))
    print(f"{WRITERS} writers, {READERS} readers, {asked.seconds:g} s: ", end="")
    print(", ".join(f"{number:,} {what}" for what, number in done.items()))
    print("no error, and every edition read was whole and unmixed")


if __name__ == "__main__":
    main()
