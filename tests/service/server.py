"""`screenkit serve` in a process of its own, on a free port of loopback, and requests to it."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing.context import ForkServerContext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import requests

from screenkit.editions.store import Incoming, Store

_EXIT = {
    "programs": ["EXIT"],
    "program_title": ["Terminated customers"],
    "authority": ["Board order 7"],
    "measures": ["reject"],
}
#: A list with a person, his firm, and a ship; the names are made up.
HOUSE: tuple[dict[str, Any], ...] = (
    {
        "id": "H1",
        "name": "ZHUKOVSKY, Arkady Petrovich",
        "kind": "person",
        "aliases": ["Аркадий Жуковский", "아르카디 주콥스키"],
        "birth_dates": ["1961-03-04"],
        "nationalities": ["Russia"],
        "gender": "male",
        "identifiers": ["passport:AB123456:ru"],
        "relations": ["owner of:Zhukovsky Shipping Company"],
        "remarks": "Met in 2020.",
        **_EXIT,
    },
    {
        "id": "H2",
        "name": "Zhukovsky Shipping Company",
        "kind": "organization",
        "aliases": ["شركة جوكوفسكي للشحن"],
        "relations": ["owned by:ZHUKOVSKY, Arkady Petrovich"],
        **_EXIT,
    },
    {"id": "H3", "name": "Arkady Star", "kind": "vessel", "identifiers": ["imo:9110236"], **_EXIT},
)


def install_house(store: Path, entries: Sequence[Mapping[str, Any]] = HOUSE) -> None:
    """Install a list of the house's own, which is a whole list of any age."""
    path = store.parent / "house.jsonl"
    path.write_text("".join(f"{json.dumps(entry, ensure_ascii=False)}\n" for entry in entries), encoding="utf-8")
    Store(store).install("house", [Incoming(path=path)], retrieved=dt.datetime.now(dt.UTC))


#: Where a system has it, a process that has everything imported and is copied for each server: starting one takes a
#: tenth of the time. prometheus_client is not among what is imported, because it is told beforehand how many processes
#: will count.
_context: Any = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
if isinstance(_context, ForkServerContext):
    _context.set_forkserver_preload(["fastapi", "jinja2", "pydantic", "uvicorn", "screenkit.cli.app"])
_RUN = """
import os, sys
os.environ.clear()
os.environ.update(environment)
os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
sys.argv[:] = ["screenkit", *arguments]
from screenkit.cli import main
main()
"""


class Server:
    """A running service."""

    def __init__(self, store: Path | None, arguments: Sequence[str], log: Path) -> None:
        environment = {
            **os.environ,
            "SCREENKIT_STORE": str(store or ""),
            "NO_PROXY": "127.0.0.1",
            "SCREENKIT_CONFIG": "",
        }
        stated = {"environment": environment, "log": str(log), "arguments": list(arguments)}
        self.process = _context.Process(target=exec, args=(_RUN, stated))
        self.process.start()
        self._log, self._kept = log, ""
        until(lambda: self._address or not self.process.is_alive(), 60)
        assert self._address, self.text
        self.base = self._address

    @property
    def _address(self) -> str:
        found = re.search(r"running on (http://[\d.:]+)", self.text)
        return found[1] if found else ""

    @property
    def text(self) -> str:
        """All that it logged."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else self._kept

    @property
    def log(self) -> list[dict[str, Any]]:
        """The lines of its log, each of which is JSON."""
        return [json.loads(line) for line in self.text.splitlines()]

    def get(self, path: str, **options: Any) -> requests.Response:
        return requests.get(self.base + path, timeout=30, **options)

    def post(self, path: str, **options: Any) -> requests.Response:
        return requests.post(self.base + path, timeout=30, **options)

    def screen(self, body: object, **options: Any) -> requests.Response:
        return self.post("/screen", json=body, **options)

    def stop(self) -> int | None:
        """End it as a system does, and wait."""
        self.process.terminate()
        self.process.join(30)
        code: int | None = self.process.exitcode
        return code

    def keep_log(self) -> None:
        """Keep what it logged when its log is removed."""
        self._kept = self.text


@contextmanager
def serving(store: Path | None, *options: str) -> Iterator[Server]:
    """A server that searches what is in the store; without one, that of the user."""
    with TemporaryDirectory() as folder:
        server = Server(store, ("serve", "--port", "0", *options), Path(folder) / "log")
        try:
            yield server
        finally:
            if server.process.is_alive():
                server.stop()
            server.keep_log()


def until(condition: Any, seconds: float = 20) -> None:
    """Wait until a condition holds; fail if it never does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)
