"""Screening of many subjects, in order: one after another, or by several processes.

A worker is a fork of the process that has the screener, or opens the file that it was loaded from.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from screenkit.errors import BatchError, InvalidPolicyError, InvalidSubjectError
from screenkit.model import Subject
from screenkit.options import ScreeningOptions
from screenkit.process_pool import WorkerKilledError, work_in_order
from screenkit.results import Screening

if TYPE_CHECKING:
    from screenkit.screener import Screener

#: Subjects handed to a worker at once.
_CHUNK = 64
#: Objects that a worker makes and keeps before the collector looks at them. Python looks at 700.
_NEW_OBJECTS = 200_000


def screen_all(
    screener: Screener, subjects: Iterable[Subject | str], options: ScreeningOptions, workers: int
) -> Iterator[Screening]:
    """Screen subjects in order, by so many processes; by one, here. What can't be is refused before the first."""
    if isinstance(subjects, str | Subject):
        raise InvalidSubjectError("screen_many takes several subjects; give a list, or use screen for one")
    screener.policy.threshold_points(options.threshold)
    if isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
        raise InvalidPolicyError(f"workers must be a whole number from 1, not {workers!r}")
    if workers == 1:
        return screen_each(screener, subjects, options)
    return screen_in_processes(screener, subjects, options, workers)


def screen_each(
    screener: Screener, subjects: Iterable[Subject | str], options: ScreeningOptions
) -> Iterator[Screening]:
    """Screen subjects one after another."""
    for subject in subjects:
        yield screener.screen_with(subject, options)


def screen_in_processes(
    screener: Screener, subjects: Iterable[Subject | str], options: ScreeningOptions, workers: int
) -> Iterator[Screening]:
    """Screen subjects by several processes, in order; at most 256 per worker are read ahead."""
    if screener.is_in_file or get_context().get_start_method() == "fork":
        yield from _screen(screener, subjects, options, workers)
        return
    # Workers that share no memory map one file, in place of making the index again in each of them.
    with TemporaryDirectory(prefix="screenkit-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "screener"
        screener.save(path)
        yield from _screen(type(screener).load(path, policy=screener.policy), subjects, options, workers)


def _screen(
    screener: Screener, subjects: Iterable[Subject | str], options: ScreeningOptions, workers: int
) -> Iterator[Screening]:
    waiting = iter(subjects)
    chunks = iter(lambda: list(islice(waiting, _CHUNK)), [])
    try:
        for _, screenings in work_in_order(get_context(), workers, _screening, (screener, options), chunks):
            yield from screenings
    except WorkerKilledError as error:
        raise BatchError(
            "a worker process was killed, perhaps because memory ran out; the screenings until then are whole."
            " Screen the other subjects again, with fewer workers if memory is short."
        ) from error


def _screening(screener: Screener, options: ScreeningOptions) -> Callable[[list[Subject | str]], list[Screening]]:
    """What a worker does with each chunk of subjects."""
    collect_rarely()
    return lambda subjects: list(screen_each(screener, subjects, options))


def collect_rarely() -> None:
    """Have the collector of this process, a worker, look rarely, and only at what is made from now on.

    A screening leaves no cycles (a test checks it). What its caches keep would be looked through again and again, which
    took a sixth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])
