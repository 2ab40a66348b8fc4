"""Work shared among processes: `work_in_order`.

Each worker has a pipe of its own, which nobody else writes. So a worker that is killed, even in the midst of an answer,
is noticed at once. (`concurrent.futures` has one pipe for all answers, and waits forever for the rest of such a one.)
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, NamedTuple, TypeVar

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

#: Tasks that a worker has at once: one in work, and others so that it need not wait.
_AHEAD = 4
#: Seconds after which it is asked whether workers that say nothing are there.
_PATIENCE = 5


class WorkerKilledError(Exception):
    """A worker ended before its work was done, perhaps because memory ran out."""


class _Worker(NamedTuple):
    process: BaseProcess
    pipe: Connection
    #: The numbers of the tasks that it has and hasn't answered.
    waiting: deque[int]


def work_in_order(
    context: BaseContext,
    workers: int,
    make: Callable[..., Callable[[_Task], _Result]],
    args: tuple[Any, ...],
    tasks: Iterable[_Task],
) -> Iterator[tuple[_Task, _Result]]:
    """Yield each task with its result, in order; so many processes share the work.

    Each worker calls `make` with `args` once, and what that returns with each task. At most four tasks a worker are
    read ahead of what was yielded. Whatever `make` or a task raises is raised here. Workers end when the iterator is
    exhausted or closed, and when this process ends, however it does.

    Raises `WorkerKilledError` where a worker was killed; the results until then are whole.
    """
    pool: list[_Worker] = []
    try:
        pool.extend(_started(context, make, args) for _ in range(workers))
        yield from _results(pool, iter(tasks))
    finally:
        for worker in pool:
            worker.process.kill()  # it may handle other signals as this process does
            worker.pipe.close()
        for worker in pool:
            worker.process.join()


def _started(context: BaseContext, make: Callable[..., Any], args: tuple[Any, ...]) -> _Worker:
    pipe, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, make, args), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    return _Worker(process, pipe, deque())


def _results(pool: list[_Worker], tasks: Iterator[_Task]) -> Iterator[tuple[_Task, _Result]]:
    ahead: deque[_Task] = deque()
    done: dict[int, _Result] = {}
    first = 0
    while True:
        while len(ahead) < len(pool) * _AHEAD:
            worker = min(pool, key=lambda one: len(one.waiting))
            try:
                task = next(tasks)
            except StopIteration:
                break
            _give(worker, first + len(ahead), task)
            ahead.append(task)
        if not ahead:
            return
        while first not in done:
            for worker in _answering(pool):
                number, result = _answer(worker)
                done[number] = result
        yield ahead.popleft(), done.pop(first)
        first += 1


def _give(worker: _Worker, number: int, task: Any) -> None:
    try:
        worker.pipe.send(task)
    except OSError as error:
        raise WorkerKilledError from error
    worker.waiting.append(number)


def _answering(pool: list[_Worker]) -> list[_Worker]:
    """The workers whose answer can be read, or that have ended; waits for one."""
    while True:
        asked = [worker for worker in pool if worker.waiting]
        ready = wait([worker.pipe for worker in asked], _PATIENCE)
        # A pipe may have come into a process that another thread started, which keeps it open.
        found = [one for one in asked if one.pipe in ready or not (ready or one.process.is_alive())]
        if found:
            return found


def _answer(worker: _Worker) -> tuple[int, Any]:
    """The number of a worker's oldest task, and its result."""
    try:
        if not worker.process.is_alive() and not worker.pipe.poll():
            raise EOFError
        is_done, found = worker.pipe.recv()
    except (EOFError, OSError) as error:
        raise WorkerKilledError from error
    if not is_done:
        raise found
    return worker.waiting.popleft(), found


def _work(pipe: Connection, make: Callable[..., Callable[[Any], Any]], args: tuple[Any, ...]) -> None:
    """What a worker does until its parent ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tasks: SimpleQueue[Any] = SimpleQueue()
    # Tasks are taken from the pipe while the one before is in work, so that the parent never waits to give one.
    threading.Thread(target=_receive, args=(pipe, tasks), daemon=True).start()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(OSError):  # of the pipe: the parent needs no more
        for answer in _answers(make, args, tasks):
            pipe.send(answer)
    threading.Event().wait()


def _answers(
    make: Callable[..., Callable[[Any], Any]], args: tuple[Any, ...], tasks: SimpleQueue[Any]
) -> Iterator[tuple[bool, Any]]:
    """What is sent: (True, a result) for each task, and (False, the error) at last where there is one."""
    try:
        work = make(*args)
        while True:
            yield True, work(tasks.get())
    except Exception as error:  # noqa: BLE001  # whatever it is, it is raised in the parent
        yield False, error if _can_be_sent(error) else RuntimeError(repr(error))


def _receive(pipe: Connection, tasks: SimpleQueue[Any]) -> None:
    """Take tasks from the pipe."""
    with suppress(EOFError, OSError):  # the parent has ended
        while True:
            tasks.put(pipe.recv())


def _end_with_parent() -> None:
    # Its end isn't seen at the pipe, which a worker forked later has open too.
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _can_be_sent(error: Exception) -> bool:
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001  # whatever its class raises
        return False
    return True
