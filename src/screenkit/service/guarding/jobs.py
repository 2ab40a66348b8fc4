"""`Jobs`: screening in threads, so many requests at a time and no more, each until its time is over."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_Result = TypeVar("_Result")


class BusyError(Exception):
    """As many requests are under way as the service takes."""


class Jobs:
    """A pool of threads with a limit on what works and waits."""

    def __init__(self, threads: int, limit: int, told: Callable[[int], object] = int) -> None:
        """Work with so many threads. `told` is told of each change of `pending`."""
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="screening")
        self._limit, self._told = limit, told
        self._lock = threading.Lock()
        #: How many jobs work or wait.
        self.pending = 0

    @property
    def is_full(self) -> bool:
        """Whether the next job would be refused."""
        return self.pending >= self._limit

    async def run(self, job: Callable[[threading.Event], _Result]) -> _Result:
        """Run a job in a thread and return its result. The event it is given is set when nobody waits for it any more.

        Its place is taken until it really ends. Raises `BusyError` at once where there is no place.
        """
        with self._lock:
            if self.is_full:
                raise BusyError
            self._count(1)
        stop = threading.Event()
        future = self._pool.submit(job, stop)
        future.add_done_callback(self._ended)
        try:
            return await asyncio.wrap_future(future)
        finally:
            stop.set()

    def close(self) -> None:
        """Wait for the jobs that are under way, and take no more."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _ended(self, _: Future[_Result]) -> None:
        with self._lock:
            self._count(-1)

    def _count(self, change: int) -> None:
        self.pending += change
        self._told(self.pending)
