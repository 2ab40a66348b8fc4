"""An update that is killed at any moment loses nothing that was committed, and several at once disturb nobody.

In the tests a few kills and seconds; for more, set SCREENKIT_KILLS and SCREENKIT_SECONDS, such as

    SCREENKIT_KILLS=100 SCREENKIT_SECONDS=30 python -m pytest tests/editions/test_update_killed.py
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from screenkit.editions.store import Store
from screenkit.editions.update import update

from .server import Handler, Site, file
from .un_list import un_list

KILLS = int(os.environ.get("SCREENKIT_KILLS", "4"))
SECONDS = float(os.environ.get("SCREENKIT_SECONDS", "2"))

#: Updates from a store's folder and an address, over and over, and says what came of each.
UPDATER = """
import json, sys
from screenkit.editions.store import Store
from screenkit.editions.update import update
print("ready", flush=True)
while True:
    for outcome in update(Store(sys.argv[1]), ["un_sc"], urls={"un_sc": [sys.argv[2]]}):
        print(json.dumps(outcome.to_dict()), flush=True)
        if not outcome.is_success:
            sys.exit(outcome.error)
"""
#: Reads what is current, over and over, and compares it with its manifest.
READER = """
import sys
from screenkit.editions.store import Store
print("ready", flush=True)
while True:
    edition = Store(sys.argv[1]).current("un_sc").edition
    read = sum(1 for _ in Store(sys.argv[1]).read(edition))
    if read != edition.records:
        sys.exit(f"{read} designations of {edition.records}")
    print(edition.sha256, flush=True)
"""


class Publisher:
    """Offers a new edition as soon as somebody has the last one."""

    def __init__(self) -> None:
        self.number = 0
        self._lock = threading.Lock()

    def __call__(self, handler: Handler) -> None:
        with self._lock:
            self.number += handler.headers.get("If-None-Match") == f'"{self.number}"'
            number = self.number
        day = dt.date(2001, 1, 1) + dt.timedelta(days=number)
        body = un_list(day.isoformat(), persons=500 + number % 40)
        file(body, etag=f'"{number}"', piece=16_384, pause=0.002)(handler)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    with Site("127.0.0.1") as site:
        site.answers["/consolidated.xml"] = Publisher()
        yield site


@attrs.define
class Running:
    """A process, and the file that it writes what it says to: a pipe would fill and stop it."""

    process: subprocess.Popen[bytes]
    said: Path

    @classmethod
    def start(cls, script: str, said: Path, *arguments: str) -> Running:
        with said.open("wb") as stream:
            process = subprocess.Popen([sys.executable, "-c", script, *arguments], stdout=stream)
        while said.stat().st_size == 0:
            assert process.poll() is None, "it did not start"
            time.sleep(0.005)
        return cls(process, said)

    def kill(self) -> list[str]:
        """Kill it, which should be running still; the whole lines that it had written after the first, "ready"."""
        assert self.process.poll() is None, "it ended by itself"
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        return self.said.read_text().split("\n")[1:-1]


@pytest.mark.proofs
def test_an_update_killed_at_any_moment_leaves_a_whole_store(tmp_path: Path, site: Site) -> None:
    url, chance = site.url("/consolidated.xml"), random.Random(1)
    store, committed, caught = Store(tmp_path), set[str](), Counter[str]()
    for _ in range(KILLS):
        running = Running.start(UPDATER, tmp_path / "said", str(tmp_path), url)
        time.sleep(chance.uniform(0, 0.6))
        committed |= {json.loads(line)["sha256"] for line in running.kill()}
        caught["during a download"] += any(tmp_path.glob("incoming/un_sc/*.part"))
        caught["while a writer"] += any(tmp_path.glob("staging/*"))
        assert store.verify() == ()
        assert committed <= {edition.sha256 for edition in store.editions("un_sc")}
        if store.sources():
            current = store.current("un_sc").edition
            committed.add(current.sha256)
            assert sum(1 for _ in store.read(current)) == current.records
    print(f"{KILLS} kills, {len(committed)} editions; caught {dict(caught)}")
    assert len(committed) > 1
    (outcome,) = update(store, ["un_sc"], urls={"un_sc": [url]})
    assert outcome.is_success, outcome.error
    assert not list(tmp_path.glob("incoming/un_sc/*"))
    assert store.verify() == ()


def test_updates_and_readers_at_once_disturb_nobody(tmp_path: Path, site: Site) -> None:
    url = site.url("/consolidated.xml")
    (first,) = update(Store(tmp_path), ["un_sc"], urls={"un_sc": [url]})
    assert first.is_success, first.error
    updaters = [Running.start(UPDATER, tmp_path / f"updater {n}", str(tmp_path), url) for n in range(2)]
    readers = [Running.start(READER, tmp_path / f"reader {n}", str(tmp_path)) for n in range(2)]
    time.sleep(SECONDS)
    outcomes = [json.loads(line) for running in updaters for line in running.kill()]
    seen = [set(running.kill()) for running in readers]
    store = Store(tmp_path)
    there = {edition.sha256 for edition in store.editions("un_sc")}
    assert store.verify() == ()
    assert {outcome["sha256"] for outcome in outcomes} <= there
    assert all(one and one <= there for one in seen)
    print(f"{SECONDS:g} s: {len(there)} editions, {len(outcomes)} updates, {list(map(len, seen))} editions read")
    assert len(there) > 1
