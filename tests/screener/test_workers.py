"""Workers of `screen_many`: a killed one is a `ScreenkitError`, and none outlives its parent (A5)."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from screenkit import Designation, ListedName, Screener, ScreenkitError

SCREENER = Screener([Designation(id="1", names=[ListedName("Zanzibar Trading")])])


def subjects() -> Iterator[str]:
    for number in range(100_000):
        yield f"Customer {number}"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a system that kills")
def test_a_killed_worker_is_an_error_and_what_came_before_is_whole() -> None:
    screenings = SCREENER.screen_many(subjects(), workers=2)
    found = [next(screenings).subject.names[0]]
    for worker in multiprocessing.active_children():
        os.kill(worker.pid or 0, signal.SIGKILL)
    with pytest.raises(ScreenkitError, match="a worker process was killed"):
        found += [screening.subject.names[0] for screening in screenings]
    assert found == [f"Customer {number}" for number in range(len(found))]


ASKED = ("Zanzibar Trade", "Igor Sechin and Jane Smith", "李明", "김정은", "Муаммар Каддафи", "محمد عبد الله")


def test_a_screening_leaves_nothing_for_the_collector() -> None:
    """Workers have it look rarely, which would let cycles pile up."""
    for name in ASKED:  # tables are read and classes made
        SCREENER.screen(name)
    gc.collect()
    for name in ASKED:
        assert SCREENER.screen(f"{name} {name}") is not None
        with pytest.raises(ScreenkitError):
            SCREENER.screen(" ")
    assert gc.collect() == 0


PROGRAM = """
import itertools, multiprocessing, time
from screenkit import Designation, ListedName, Screener
if __name__ == "__main__":
    screener = Screener([Designation(id="1", names=[ListedName("Zanzibar Trading")])])
    screenings = screener.screen_many((f"Customer {number}" for number in itertools.count()), workers=2)
    next(screenings)
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    time.sleep(60)
"""


def is_alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_workers_end_with_their_parent() -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
    assert len(pids) == 2
    until = time.monotonic() + 20
    while any(map(is_alive, pids)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(map(is_alive, pids))


def test_a_screening_and_a_hit_are_shown_on_one_line() -> None:
    """`repr(result)` was 5 to 8 KB (U12); the customer's name is not in it."""
    found = SCREENER.screen("Zanzibar Tradin")
    assert repr(found) == "<Screening: 1 hit, 0 suppressed; coverage unnamed, is_clear False>"
    assert repr(found[0]).endswith(" 1 Zanzibar Trading>")
    assert len(repr(found[0])) < 100
