"""A long list is indexed by several processes, to the same bytes as by one, and by one where others can't help."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from screenkit import Designation, ListedName, Policy, read
from screenkit.errors import InvalidRecordError
from screenkit.process_pool import WorkerKilledError, work_in_order
from screenkit.search import indexing
from screenkit.search.arrays import Block
from screenkit.search.segment import Segment
from screenkit.sources.starter import starter_path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")


def starter() -> list[Designation]:
    return list(read("starter", starter_path()))


def blocks(designations: list[Designation]) -> list[tuple[str, object]]:
    """All that is saved of a segment, in order."""
    return [(name, plain(block)) for name, block in Segment.made(designations, Policy()).blocks()]


def plain(block: Block) -> object:
    return block if isinstance(block, bytes) else (block.dtype, block.shape, np.ascontiguousarray(block).tobytes())


@pytest.fixture
def shares(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Short lists are shared by three processes; how many names each got."""
    taken: list[int] = []

    def counting(*args: Any) -> Iterator[tuple[slice, Any]]:
        for share, part in work_in_order(*args):
            taken.append(share.stop - share.start)
            yield share, part

    monkeypatch.setattr(indexing, "WORTH_SHARING", 50)
    monkeypatch.setattr(indexing, "_FIRST", 11)
    monkeypatch.setattr(indexing, "_processes", lambda: 3)
    monkeypatch.setattr(indexing, "work_in_order", counting)
    return taken


def test_several_processes_make_the_bytes_that_one_makes(shares: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    shared = blocks(starter())
    assert shares == [54, 54, 55]
    monkeypatch.setattr(indexing, "_processes", lambda: 1)
    assert shared == blocks(starter())
    assert len(shares) == 3


def test_of_two_names_that_cannot_be_searched_the_first_is_reported(shares: list[int]) -> None:
    one, other = (Designation(id=id, kind="person", names=[ListedName("\u200b")]) for id in ("unfit", "unfit too"))
    every = [*starter()[:20], one, *starter()[20:], other]
    with pytest.raises(InvalidRecordError, match="designation unfit has"):
        indexing.indexed([(one, name) for one in every for name in one.names])


@pytest.mark.parametrize("error", [BlockingIOError("no more processes"), WorkerKilledError()])
def test_where_workers_fail_one_process_does_it_all(
    error: Exception, shares: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = blocks(starter())

    def failing(*args: Any) -> Iterator[tuple[slice, Any]]:
        raise error

    monkeypatch.setattr(indexing, "work_in_order", failing)
    assert blocks(starter()) == expected


def test_a_short_list_is_not_shared(shares: list[int]) -> None:
    blocks(starter()[:10])
    assert shares == []


def nothing() -> None:
    """Nothing stands against sharing."""


def with_one_processor() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def with_a_thread() -> None:
    threading.Thread(target=threading.Event().wait, daemon=True).start()


def spawning() -> None:
    multiprocessing.set_start_method("spawn", force=True)


def by_spark() -> None:
    sys.modules["pyspark.worker"] = sys


@pytest.mark.skipif(sys.platform == "linux" and len(os.sched_getaffinity(0)) < 2, reason="needs two processors")
@pytest.mark.parametrize(
    ("prepare", "daemon", "is_shared"),
    [
        (nothing, False, True),
        (nothing, True, False),
        (with_one_processor, False, False),
        (with_a_thread, False, False),
        (spawning, False, False),
        (by_spark, False, False),
    ],
)
def test_one_process_does_it_all_where_others_may_not_help(
    prepare: Callable[[], None], daemon: bool, is_shared: bool
) -> None:
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()

    def ask() -> None:
        prepare()
        answers.put(indexing._processes() > 1)

    process = context.Process(target=ask, daemon=daemon)
    process.start()
    process.join()
    assert answers.get() == is_shared
