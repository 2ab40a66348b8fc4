"""Compiled files: each edition is indexed once, sets are merged, and who searches after an update waits for nothing."""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from screenkit import Screener
from screenkit.cli import main
from screenkit.editions import compiling
from screenkit.editions.store import Incoming, Store
from screenkit.editions.store_records import State
from screenkit.errors import StoreError
from screenkit.search.files.block_file import Blocks
from screenkit.search.files.snapshot import KIND
from screenkit.search.segment import Segment

NOW = dt.datetime.now(dt.UTC)


@pytest.fixture
def store(tmp_path: Path, excerpt: Callable[[str], Path]) -> Store:
    """A store with excerpts of two official lists and a bank's own."""
    store = Store(tmp_path / "store")
    for source, file in (("un_sc", "un_sc/consolidated.xml"), ("eu_fsf", "eu_fsf/export.xml")):
        store.install(source, [Incoming(path=excerpt(file))], retrieved=NOW, accept_change="an excerpt")
    install(store, "Zhongxin Trading")
    return store


def install(store: Store, name: str) -> None:
    """Install a bank's own list with one name."""
    path = store.path.parent / "own.csv"
    path.write_text(f"id,name\nH1,{name}\n", encoding="utf-8")
    store.install("house", [Incoming(path=path)], retrieved=NOW)


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many designations each list has that is indexed from here on, by this process."""
    counts: list[int] = []
    made = Segment.made

    def counted(designations: tuple[object, ...], *rest: object) -> Segment:
        counts.append(len(designations))
        time.sleep(0.05)
        return made(designations, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Segment, "made", counted)
    return counts


def test_what_was_prepared_is_opened_without_indexing(store: Store, indexed: list[int]) -> None:
    compiling.prepare(store)
    assert len(indexed) == 3
    for sources in (None, ["house"], ["eu_fsf", "un_sc"], ["un_sc"]):
        assert Screener.open(sources, store=store.path).screen("Jane Roe").editions
    assert len(indexed) == 3, "a set of lists is merged from what each has"


def test_a_new_edition_of_one_list_is_all_that_is_indexed(store: Store, indexed: list[int]) -> None:
    before = Screener.open(store=store.path)
    del indexed[:]
    install(store, "Dandong Zhicheng")
    after = Screener.open(store=store.path)
    assert indexed == [1]
    assert [bool(one.screen("Dandong Zhicheng").hits) for one in (before, after)] == [False, True]


def test_sets_that_were_opened_lately_are_prepared_and_others_forgotten(store: Store, indexed: list[int]) -> None:
    Screener.open(["house", "un_sc"], store=store.path)
    (opened,) = [path for path in store.compiled_paths() if is_of(path, "house", "un_sc")]
    last_opened = time.time() - 3_600
    os.utime(opened, (last_opened, last_opened))
    install(store, "Dandong Zhicheng")
    compiling.prepare(store)
    made = [path for path in store.compiled_paths() if is_of(path, "house", "un_sc") and path != opened]
    assert [path.stat().st_mtime for path in made] == [pytest.approx(last_opened, abs=1)], "nobody has opened it since"
    compiling.prepare(store)
    assert made[0].stat().st_mtime == pytest.approx(last_opened, abs=1)
    del indexed[:]
    Screener.open(["house", "un_sc"], store=store.path)
    assert made[0].stat().st_mtime > last_opened + 1_000
    assert not indexed


def is_of(path: Path, *sources: str) -> bool:
    """Whether a compiled file is of these sources and no others."""
    told = Blocks.open(path, KIND).meta["editions"]
    return [source for source, _ in json.loads(told)] == list(sources)


def test_threads_that_open_the_same_lists_index_them_once(store: Store, indexed: list[int]) -> None:
    with ThreadPoolExecutor(6) as pool:
        opened = list(pool.map(lambda _: Screener.open(store=store.path), range(6)))
    assert len(indexed) == 3
    assert len({one.editions for one in opened}) == 1


def test_large_lists_are_indexed_by_a_process_of_their_own(
    store: Store, indexed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiling, "WORTH_A_PROCESS", 1)
    monkeypatch.chdir(store.path.parent)
    Path("json.py").write_text("raise SystemExit('a module of the folder was imported')", encoding="utf-8")
    opened = Screener.open(store=store.path)
    assert not indexed
    assert set(opened) == {one for source in store.sources() for one in store.read(store.find(source))}
    compiling.prepare(store)


@pytest.mark.parametrize("executable", ["", "/usr/sbin/uwsgi", "/nowhere/python3", None])
def test_lists_are_indexed_here_where_no_process_can_do_it(
    store: Store, indexed: list[int], monkeypatch: pytest.MonkeyPatch, executable: str | None
) -> None:
    monkeypatch.setattr(compiling, "WORTH_A_PROCESS", 1)
    if executable is None:
        monkeypatch.setattr(compiling, "_CHILD", "raise SystemExit('it fails')")
    else:
        monkeypatch.setattr(sys, "executable", executable)
    assert len(Screener.open(["eu_fsf", "un_sc"], store=store.path).editions) == 2
    assert len(indexed) == 2


@pytest.mark.skipif(os.name != "posix", reason="signals end processes on POSIX only")
def test_a_process_that_was_killed_is_an_error_and_not_tried_again_here(
    store: Store, indexed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiling, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(compiling, "_CHILD", "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(StoreError, match=r"indexed house was ended by signal 9, perhaps because memory ran out"):
        Screener.open("house", store=store.path)
    assert not indexed


def test_what_can_not_be_prepared_is_logged_and_met_by_who_opens_it(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    store.file_path(store.current("un_sc").edition.files[0]).unlink()
    with caplog.at_level(logging.WARNING, "screenkit.editions.compiling"):
        compiling.prepare(store)
    assert "not indexed" in caplog.text
    with pytest.raises(StoreError, match="missing"):
        Screener.open(store=store.path)
    assert Screener.open("house", store=store.path).editions


def test_an_empty_store_needs_no_preparing(tmp_path: Path) -> None:
    compiling.prepare(Store(tmp_path / "store"))
    assert not (tmp_path / "store").exists()


def test_an_edition_is_indexed_before_it_replaces_another_one(
    store: Store, indexed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    compiling.prepare(store)
    del indexed[:]
    before = store.current("house").edition
    seen: list[tuple[bool, list[int]]] = []

    def told(state: State) -> None:
        seen.append((store.current("house").edition == before, list(indexed)))
        Store._put(store, state)

    monkeypatch.setattr(store, "_put", told)
    path = store.path.parent / "own.csv"
    path.write_text("id,name\nH1,Dandong Zhicheng\n", encoding="utf-8")
    store.install("house", [Incoming(path=path)], retrieved=NOW, index=True)
    assert seen == [(True, [1])]
    assert Screener.open(store=store.path).screen("Dandong Zhicheng").hits
    assert indexed == [1]


def test_the_command_that_imports_a_list_indexes_it(
    store: Store, indexed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCREENKIT_STORE", str(store.path))
    path = store.path.parent / "new.csv"
    path.write_text("id,name\nH1,Dandong Zhicheng\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["import", str(path), "--source", "house"])
    assert done.exit_code == 0, done.output
    assert len(indexed) == 3
    assert Screener.open(store=store.path).screen("Dandong Zhicheng").hits
    assert len(indexed) == 3


def test_processes_that_open_the_same_lists_wait_for_the_one_that_indexes_them(store: Store) -> None:
    script = (
        "import sys, logging; from screenkit.editions import compiling; from screenkit import Screener\n"
        "made = compiling._make\n"
        "def told(*given): print('indexes', flush=True); made(*given)\n"
        "compiling._make = told\n"
        "print(len(Screener.open(store=sys.argv[1])), flush=True)\n"
    )
    command = [sys.executable, "-c", script, str(store.path)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    told = "".join(one.communicate(timeout=120)[0] for one in running).split()
    assert sorted(told) == sorted([*["indexes"], *[str(len(Screener.open(store=store.path)))] * 3])
