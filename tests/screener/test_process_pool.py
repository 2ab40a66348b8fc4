"""Work shared among processes: in order, with its errors, and never waiting for a worker that is gone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator

import pytest

from screenkit.process_pool import WorkerKilledError, work_in_order

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a system that kills")
CONTEXTS = [pytest.param(multiprocessing.get_context(name), id=name) for name in ("fork", "spawn")]


def squaring() -> Callable[[int], int]:
    return lambda number: number**2


def refusing(number: int) -> Callable[[int], int]:
    def work(task: int) -> int:
        if task == number:
            raise FileNotFoundError(f"no {task}")
        return task

    return work


def unmade() -> Callable[[int], int]:
    raise ValueError("can't be made")


class UnsendableError(Exception):
    """An exception that can't be made again from its arguments."""

    def __init__(self, one: int, other: int) -> None:
        super().__init__(one)


def unsendable() -> Callable[[int], int]:
    raise UnsendableError(1, 2)


def huge() -> Callable[[int], bytes]:
    """Answers that are larger than a pipe holds."""
    return lambda task: bytes(50_000_000)


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("tasks", [0, 1, 100])
def test_results_come_in_order(context: multiprocessing.context.BaseContext, tasks: int) -> None:
    found = list(work_in_order(context, 3, squaring, (), range(tasks)))
    assert found == [(task, task**2) for task in range(tasks)]


@pytest.mark.parametrize("context", CONTEXTS)
def test_an_error_is_raised_after_the_results_before_it(context: multiprocessing.context.BaseContext) -> None:
    found: list[int] = []
    with pytest.raises(FileNotFoundError, match="no 9"):
        found.extend(one for one, _ in work_in_order(context, 2, refusing, (9,), range(1_000)))
    with pytest.raises(ValueError, match="can't be made"):
        list(work_in_order(context, 2, unmade, (), range(10)))
    with pytest.raises(RuntimeError, match="UnsendableError"):
        list(work_in_order(context, 2, unsendable, (), range(10)))
    assert multiprocessing.active_children() == []


def test_few_tasks_are_read_ahead() -> None:
    read = []

    def tasks() -> Iterator[int]:
        for task in range(1_000):
            read.append(task)
            yield task

    work = work_in_order(multiprocessing.get_context("fork"), 2, squaring, (), tasks())
    for _ in range(3):
        next(work)
    work.close()  # type: ignore[attr-defined]
    assert len(read) <= 3 + 8
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("context", CONTEXTS)
def test_a_worker_killed_in_the_midst_of_an_answer_is_noticed(context: multiprocessing.context.BaseContext) -> None:
    """The run waited forever for the rest of the answer."""
    work = work_in_order(context, 2, huge, (), range(20))
    assert next(work)[0] == 0
    # Nobody reads: each worker has written as much of its answer as the pipe holds, and waits.
    time.sleep(0.5)
    killed = multiprocessing.active_children()[0]
    os.kill(killed.pid or 0, signal.SIGKILL)
    with pytest.raises(WorkerKilledError):
        for _ in work:
            pass


def test_a_worker_that_is_gone_before_it_is_given_work_is_noticed() -> None:
    def tasks() -> Iterator[int]:
        yield from range(2)
        for worker in multiprocessing.active_children():
            os.kill(worker.pid or 0, signal.SIGKILL)
            worker.join()
        yield from range(100)

    with pytest.raises(WorkerKilledError):
        list(work_in_order(multiprocessing.get_context("fork"), 2, squaring, (), tasks()))
