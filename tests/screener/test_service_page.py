"""The example of docs/how-to/service.md, under load, while the list changes."""

from __future__ import annotations

import datetime as dt
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from screenkit.audit import AuditLog
from screenkit.editions.compiling import prepare
from screenkit.editions.store import Incoming, Store
from screenkit.errors import AuditError

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "service.md"
EDITIONS, RECORDS = 5, 30


@pytest.fixture
def desk() -> Callable[..., Any]:
    """The class that the page shows."""
    (text,) = re.findall(r"^```py\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    names: dict[str, Any] = {}
    exec(compile(text, str(PAGE), "exec"), names)
    made: Callable[..., Any] = names["Desk"]
    return made


def install(store: Store, edition: int) -> None:
    """Install an edition whose programs have its number."""
    path = store.path.parent / "own.csv"
    rows = "".join(f"H{at},Zhongxin {at} Trading,EDITION-{edition}\n" for at in range(RECORDS))
    path.write_text(f"id,name,programs\n{rows}", encoding="utf-8")
    store.install("house", [Incoming(path=path)], retrieved=dt.datetime.now(dt.UTC))
    prepare(store)


def edition_of(screening: Any) -> int:
    """The number of the edition that all hits of a screening are of."""
    (edition,) = {program.code for hit in screening for program in hit.programs}
    return int(edition.removeprefix("EDITION-"))


def test_no_query_of_the_example_fails_while_the_list_changes(tmp_path: Path, desk: Callable[..., Any]) -> None:
    store = Store(tmp_path / "store")
    install(store, 1)
    counter = desk(store.path, tmp_path / "log")
    is_over = threading.Event()

    def asked() -> list[int]:
        answered: list[int] = []
        for at in count():
            if is_over.is_set():
                return answered
            answered.append(edition_of(counter.answer(f"Zhongxin {at % RECORDS} Trading")))
        raise AssertionError

    with ThreadPoolExecutor(4) as pool:
        running = [pool.submit(asked) for _ in range(4)]
        try:
            for edition in range(2, EDITIONS + 1):
                install(store, edition)
                counter.live.reload()
                end = time.monotonic() + 10
                while edition_of(counter.answer("Zhongxin 1 Trading")) != edition:
                    assert time.monotonic() < end
        finally:
            is_over.set()
    for one in running:
        assert one.result() == sorted(one.result())
    assert {edition for one in running for edition in one.result()} == set(range(1, EDITIONS + 1))
    counter.live.close()
    text = (tmp_path / "log").read_text(encoding="utf-8")
    assert text.count('"subject"') >= sum(len(one.result()) for one in running)


def test_the_example_answers_nothing_that_is_not_recorded(
    tmp_path: Path, desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "store")
    install(store, 1)
    counter = desk(store.path, tmp_path / "log")

    def full(*_: object) -> None:
        raise AuditError("the disk is full")

    monkeypatch.setattr(AuditLog, "append", full)
    with pytest.raises(AuditError, match="full"):
        counter.answer("Zhongxin 1 Trading")
    monkeypatch.undo()
    assert counter.answer("Zhongxin 1 Trading").hits
    counter.live.close()
