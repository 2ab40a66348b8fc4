"""Newer editions take the place of others while requests are answered, and none fails."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from screenkit.editions.store import Incoming, Store

from .server import HOUSE, install_house, serving, until


def test_no_request_fails_while_editions_are_swapped(tmp_path: Path) -> None:
    store = tmp_path / "store"
    install_house(store)
    codes: list[int] = []
    editions: set[str] = set()
    done = threading.Event()
    with serving(store) as server:

        def ask() -> None:
            while not done.is_set():
                answer = server.screen({"name": "Arkady Zhukovsky"})
                codes.append(answer.status_code)
                record: dict[str, Any] = answer.json()
                editions.add(record["editions"][0]["sha256"])
                assert {hit["designation"]["id"] for hit in record["hits"]} == {"H1"}

        askers = [threading.Thread(target=ask) for _ in range(4)]
        for one in askers:
            one.start()
        install_house(store, [*HOUSE, {"id": "H4", "name": "Perpetua Nkemelu"}])
        until(lambda: len(editions) == 2, 30)
        done.set()
        for one in askers:
            one.join()
        assert set(codes) == {200}
        assert server.screen({"name": "Perpetua Nkemelu"}).json()["total"] == 1
        assert "screenkit_list_swaps 1.0" in server.get("/metrics").text


def test_a_stale_list_is_said_and_searched_again_once_it_was_checked(
    tmp_path: Path, excerpt: Callable[[str], Path]
) -> None:
    store = tmp_path / "store"
    files = [Incoming(path=excerpt("un_sc/consolidated.xml"))]

    def install(age: dt.timedelta) -> None:
        retrieved = dt.datetime.now(dt.UTC) - age
        Store(store).install("un_sc", files, retrieved=retrieved, accept_change="it is an excerpt")

    install(dt.timedelta(days=3))
    with serving(store) as server:
        answer = server.get("/readyz")
        assert answer.status_code == 503
        assert "un_sc was last checked" in answer.json()["reasons"][0]
        assert server.screen({"name": "x"}).status_code == 503
        assert server.get("/lists").status_code == 503
        assert server.get("/metrics").status_code == 200
        install(dt.timedelta())
        until(lambda: server.get("/readyz").status_code == 200)
        assert server.screen({"name": "Example Liberation Front"}).json()["total"] >= 1
    assert "Traceback" not in server.text
