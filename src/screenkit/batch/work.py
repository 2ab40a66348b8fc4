"""Chunks of rows in, the bytes to be written and counts out, in this process or in workers.

Workers map one file with the index and write their output rows themselves: between processes go a chunk's values one
way, and bytes and counts the other.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
import signal
import threading
import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from hashlib import blake2b
from multiprocessing import get_context, parent_process
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import attrs

from screenkit.decisions import Decisions
from screenkit.errors import BatchError, StarterCoverageWarning
from screenkit.screener import Screener

from .columns import Columns
from .counts import Counts
from .customers import Rejection
from .rows import Place, Row
from .screening import RememberingScreener
from .writing import HIT_COLUMNS, REJECTED_COLUMNS, RowEncoder, hit_cells, rejected_cells

#: Chunks in flight per worker.
_CHUNKS_AHEAD = 4
#: Bytes that a customer's key is told by, to count those that stand twice.
KEY_BYTES = 8


@attrs.frozen(kw_only=True)
class Task:
    """What is done with each row."""

    #: Which column is what.
    columns: Columns
    #: The lowest score that hits, None for the policy's.
    threshold: float | None = None
    #: The most hits of a customer that are written, None for all.
    limit: int | None = None
    #: Reviewers' decisions, by which hits are suppressed.
    decisions: Decisions | None = None
    #: The time of all screenings.
    at: dt.datetime
    #: The format of the rows written.
    format: str
    #: Whether cells that a spreadsheet would take for a formula are marked.
    is_spreadsheet_safe: bool = False


class Chunk(NamedTuple):
    """Rows that are worked on together."""

    #: The rows.
    rows: list[Row]
    #: The place after them.
    place: Place


class Done(NamedTuple):
    """What became of a chunk."""

    #: Encoded rows of hits.
    hits: bytes
    #: Encoded rejected rows.
    rejected: bytes
    #: Digests of the customers' keys, one after another.
    keys: bytes
    #: What was counted.
    counts: Counts


class Worker:
    """Screens chunks, one after another."""

    def __init__(self, screener: Screener, task: Task) -> None:
        """Take the screener and what is asked."""
        self._columns = task.columns
        self._screener = RememberingScreener(
            screener, threshold=task.threshold, limit=task.limit, decisions=task.decisions, at=task.at
        )
        self._hits = RowEncoder(task.format, HIT_COLUMNS, is_spreadsheet_safe=task.is_spreadsheet_safe)
        self._rejected = RowEncoder("csv", REJECTED_COLUMNS, is_spreadsheet_safe=task.is_spreadsheet_safe)

    def screen(self, rows: Sequence[Row]) -> Done:
        """Screen a chunk's rows."""
        counts, keys = Counts(), []
        hits: list[tuple[str, ...]] = []
        rejected: list[tuple[str, ...]] = []
        for row in rows:
            number, customer, found = self._screener.screen_row(row, self._columns)
            if isinstance(found, Rejection):
                rejected.append(rejected_cells(found))
            else:
                counts.take_up(found)
                if found.hits or found.suppressed:
                    hits.extend(hit_cells(number, customer, found))
            if customer:
                keys.append(blake2b(customer.encode(), digest_size=KEY_BYTES).digest())
        counts.rejected = len(rejected)
        return Done(
            self._hits.encode(hits) if hits else b"",
            self._rejected.encode(rejected) if rejected else b"",
            b"".join(keys),
            counts,
        )


def screen_chunks(
    screener: Screener, task: Task, chunks: Iterator[Chunk], workers: int
) -> Iterator[tuple[Chunk, Done]]:
    """Screen chunks and yield each with what became of it, in order; `workers` processes share the work.

    Raises `BatchError` where a worker was ended from outside; what was yielded until then is good.
    """
    if workers == 1:
        worker = Worker(screener, task)
        for chunk in chunks:
            yield chunk, worker.screen(chunk.rows)
        return
    with _pool(screener, task, workers) as pool:
        ahead: deque[tuple[Chunk, Future[Done]]] = deque()
        try:
            for chunk in chunks:
                ahead.append((chunk, pool.submit(_work, chunk.rows)))
                if len(ahead) >= workers * _CHUNKS_AHEAD:
                    first, future = ahead.popleft()
                    yield first, future.result()
            while ahead:
                first, future = ahead.popleft()
                yield first, future.result()
        except BrokenProcessPool as error:
            raise BatchError(
                "a worker process was ended from outside, perhaps for want of memory; what was done until then is kept."
                " Go on with --resume, where memory is short with fewer --workers."
            ) from error


@contextmanager
def _pool(screener: Screener, task: Task, workers: int) -> Iterator[ProcessPoolExecutor]:
    with TemporaryDirectory(prefix="screenkit-", ignore_cleanup_errors=True) as folder:
        # One that was loaded opens its file again where it is unpickled; any other would be indexed anew by each.
        if screener._file is None:
            screener.save(Path(folder) / "index")
            screener = Screener.load(Path(folder) / "index", policy=screener.policy)
        # A fork would copy the locks of the threads of whoever calls.
        pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin, initargs=(screener, task))
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)


_worker: list[Worker] = []


def _begin(screener: Screener, task: Task) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent tells its workers when to end
    warnings.simplefilter("ignore", StarterCoverageWarning)  # the summary says it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker[:] = [Worker(screener, task)]
    # What is there before the first row stays: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(rows: Sequence[Row]) -> Done:
    return _worker[0].screen(rows)
