"""Subjects in, their screenings out in the same order: one after another, or by several processes.

A worker is a fork of the process that has the screener, or opens the file that it was loaded from.
"""

from __future__ import annotations

import datetime as dt
import gc
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, NamedTuple

from screenkit.decisions import Decisions
from screenkit.model import Screening, Subject

if TYPE_CHECKING:
    from screenkit.screener import Screener

#: Subjects handed to a worker at once, and chunks in flight per worker.
_CHUNK, _CHUNKS_AHEAD = 64, 4


class Asked(NamedTuple):
    """What is asked of each of many subjects: the arguments of `screen`."""

    threshold: float | None
    limit: int | None
    decisions: Decisions | None
    at: dt.datetime | None


def screen_each(screener: Screener, subjects: Iterable[Subject | str], asked: Asked) -> Iterator[Screening]:
    """Screen subjects one after another."""
    for subject in subjects:
        yield screener.screen(subject, **asked._asdict())


def needs_file() -> bool:
    """Whether a worker process shares no memory with this one."""
    return get_context().get_start_method() != "fork"


def screen_in_processes(
    screener: Screener, subjects: Iterable[Subject | str], asked: Asked, workers: int
) -> Iterator[Screening]:
    """Screen subjects by several processes, in order; at most 256 per worker are read ahead."""
    waiting = iter(subjects)
    with ProcessPoolExecutor(workers, get_context(), initializer=_adopt, initargs=(screener,)) as pool:
        ahead: deque[Future[list[Screening]]] = deque()
        while True:
            while len(ahead) < workers * _CHUNKS_AHEAD and (chunk := list(islice(waiting, _CHUNK))):
                ahead.append(pool.submit(_screen_chunk, chunk, asked))
            if not ahead:
                return
            yield from ahead.popleft().result()


_adopted: list[Screener] = []


def _adopt(screener: Screener) -> None:
    _adopted[:] = [screener]
    # What was there before the first subject stays: the collector need not look through it again and again.
    gc.freeze()


def _screen_chunk(subjects: list[Subject | str], asked: Asked) -> list[Screening]:
    return list(screen_each(_adopted[0], subjects, asked))
