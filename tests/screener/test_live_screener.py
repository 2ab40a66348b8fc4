"""A screener that goes over to new editions while it is in use: no query fails, none is answered by stale lists."""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
import logging
import os
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest

import screenkit
from screenkit import (
    InvalidPolicyError,
    InvalidSubjectError,
    LiveScreener,
    NoListError,
    Screener,
    Screening,
    StaleListError,
)
from screenkit.editions import opening
from screenkit.editions.store import Incoming, Store
from screenkit.errors import StoreError

RECORDS = 20


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with the first edition of a bank's own list."""
    store = Store(tmp_path / "store")
    install(store, 1)
    return store


def install(store: Store, edition: int) -> None:
    """Install an edition whose names and programs have its number."""
    path = store.path.parent / f"{edition}.csv"
    rows = "".join(f"H{at},Zhongxin {at} Trading,EDITION-{edition}\n" for at in range(RECORDS))
    path.write_text(f"id,name,programs\n{rows}", encoding="utf-8")
    store.install("house", [Incoming(path=path, name="house.csv")], retrieved=dt.datetime.now(dt.UTC))


def edition_of(screening: Screening) -> str:
    """The edition that all hits of a screening are of."""
    (edition,) = {program.code for hit in screening for program in hit.programs}
    return edition


def test_a_reload_goes_over_to_a_new_edition_and_says_so(store: Store) -> None:
    with screenkit.live(store=store.path, check_every=None) as live:
        before = live.screener
        assert not live.reload()
        assert edition_of(live.screen("Zhongxin 7 Trading")) == "EDITION-1"
        install(store, 2)
        assert edition_of(live.screen("Zhongxin 7 Trading")) == "EDITION-1", "nobody has looked yet"
        assert live.reload()
        assert not live.reload()
        assert edition_of(live.screen("Zhongxin 7 Trading")) == "EDITION-2"
        assert edition_of(before.screen("Zhongxin 7 Trading")) == "EDITION-1", "who has the old one goes on with it"


def test_a_list_that_was_only_checked_again_is_not_opened_again(store: Store) -> None:
    live = LiveScreener(store=store.path, check_every=None)
    before = live.screener
    store.checked("house", dt.datetime.now(dt.UTC))
    assert not live.reload()
    assert live.screener is before


def test_it_takes_what_screen_takes(store: Store) -> None:
    live = LiveScreener("house", store=store.path, check_every=None)
    expected = live.screener.screen("Zhongxin 7 Trading", kind="organization", threshold=0.9, limit=3)
    found = live.screen("Zhongxin 7 Trading", kind="organization", threshold=0.9, limit=3)
    assert found.hits == expected.hits
    with pytest.raises(InvalidSubjectError):
        live.screen("")
    with pytest.raises(NoListError):
        LiveScreener("un_sc", store=store.path)


def test_screening_in_an_event_loop_leaves_the_loop_free(store: Store) -> None:
    live = LiveScreener(store=store.path, check_every=None)

    async def screened() -> list[Screening]:
        each = [one.screen_async(f"Zhongxin {at} Trading", limit=1) for at in range(4) for one in (live, live.screener)]
        return await asyncio.gather(*each)

    found = asyncio.run(screened())
    assert [one.hits[0].designation.id for one in found] == ["H0", "H0", "H1", "H1", "H2", "H2", "H3", "H3"]


def test_the_thread_goes_over_by_itself_until_it_is_closed(store: Store) -> None:
    with LiveScreener(store=store.path, check_every=0.02) as live:
        install(store, 2)
        wait_for(lambda: edition_of(live.screen("Zhongxin 7 Trading")) == "EDITION-2")
    install(store, 3)
    time.sleep(0.2)
    assert edition_of(live.screen("Zhongxin 7 Trading")) == "EDITION-2"


def test_the_thread_ends_with_what_it_serves(store: Store) -> None:
    live = LiveScreener(store=store.path, check_every=0.02)
    gone = weakref.ref(live)
    del live
    wait_for(lambda: gc.collect() >= 0 and gone() is None)
    wait_for(lambda: all(thread.name != "screenkit-live" for thread in threading.enumerate()))


def wait_for(is_so: object) -> None:
    """Wait until something is so; fails after ten seconds."""
    assert callable(is_so)
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.01)


def test_no_query_fails_and_none_is_mixed_while_the_list_changes_again_and_again(store: Store) -> None:
    live = LiveScreener(store=store.path, check_every=0.01)
    is_over = threading.Event()

    def asked() -> list[int]:
        seen: list[int] = []
        for at in count():
            if is_over.is_set():
                return seen
            found = live.screen(f"Zhongxin {at % RECORDS} Trading")
            seen.append(int(edition_of(found).removeprefix("EDITION-")))
        raise AssertionError

    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(asked) for _ in range(4)]
        for edition in range(2, 8):
            install(store, edition)
            wait_for(lambda wanted=f"EDITION-{edition}": edition_of(live.screen("Zhongxin 1 Trading")) == wanted)
        is_over.set()
        for future in futures:
            seen = future.result()
            assert seen == sorted(seen), "nobody goes back to an older edition"
    live.close()


def test_threads_that_meet_a_new_edition_open_it_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCREENKIT_STORE", str(store.path))
    opened, times = opening.opened, []

    def slowly(*given: object) -> object:
        times.append(threading.get_ident())
        time.sleep(0.2)
        return opened(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "opened", slowly)
    for edition in (1, 2):
        install(store, edition)
        begin = threading.Barrier(6)

        def asked(_: int, begin: threading.Barrier = begin) -> str:
            begin.wait()
            return edition_of(screenkit.screen("Zhongxin 3 Trading"))

        with ThreadPoolExecutor(6) as pool:
            found = sorted(pool.map(asked, range(6)))
        assert len(times) == edition, "six threads open one edition once"
        assert found == [f"EDITION-{at}" for at in ([1] * 6 if edition == 1 else [1] * 5 + [2])]


def test_a_stale_list_is_refused_and_a_newer_one_taken_without_waiting_for_a_check(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = LiveScreener(store=store.path, check_every=None)
    before, screen_with = live.screener, Screener.screen_with

    def stale(self: Screener, *given: object) -> Screening:
        if self is before:
            raise StaleListError("yesterday's")
        return screen_with(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Screener, "screen_with", stale)
    with pytest.raises(StaleListError):
        live.screen("Zhongxin 7 Trading")
    install(store, 2)
    assert edition_of(live.screen("Zhongxin 7 Trading")) == "EDITION-2"


def test_a_store_that_can_not_be_read_leaves_all_as_it_was(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    live = LiveScreener(store=store.path, check_every=0.02)
    with caplog.at_level(logging.WARNING, "screenkit.live_screener"):
        store.state_path("house").write_bytes(b"{}")
        with pytest.raises(StoreError):
            live.reload()
        assert live.screen("Zhongxin 7 Trading").hits
        wait_for(lambda: "the ones opened before are searched" in caplog.text)
    live.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_forked_process_goes_over_by_itself(store: Store) -> None:
    live = LiveScreener(store=store.path, check_every=0.02)
    read, write = os.pipe()
    # Held by a thread that the fork leaves behind, a lock would stop the child for ever.
    with live._opening:
        child = os.fork()
    if child == 0:
        try:
            wait_for(lambda: edition_of(live.screen("Zhongxin 7 Trading")) == "EDITION-2")
            os.write(write, b"went over")
        finally:
            os._exit(0)
    os.close(write)
    install(store, 2)
    with os.fdopen(read) as told:
        assert told.read() == "went over"
    os.waitpid(child, 0)
    live.close()


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_a_time_between_checks_is_above_nothing(store: Store, seconds: float) -> None:
    with pytest.raises(InvalidPolicyError, match="check_every"):
        LiveScreener(store=store.path, check_every=seconds)
