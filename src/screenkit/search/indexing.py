"""Listed names in, the arrays of their index out: a long list is shared among processes.

Each process indexes a share of the names, and the shares are merged, bit for bit to what one process makes of all names
(tests/laws/test_merging_laws.py). Workers are forks, which have the names already. This process does it all where there
is one processor, on systems other than Linux, in a process that has threads or is itself a worker, in a program that
chose not to fork, and where a worker fails.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from itertools import pairwise
from multiprocessing import current_process, get_context, get_start_method

from screenkit.comparison.compared_name import normalized_name
from screenkit.errors import ScreenkitError
from screenkit.model import Designation, ListedName, Token
from screenkit.process_pool import WorkerKilledError, work_in_order
from screenkit.search.arrays import Block, InMemory
from screenkit.search.building import build
from screenkit.search.files.merging import merged_index

#: A listed name with its designation.
Listed = tuple[Designation, ListedName]
#: An index: its arrays, and the tokens that they number.
_Index = tuple[dict[str, Block], list[Token]]
#: Shorter lists are indexed in a second or two, of which a second process would save little.
WORTH_SHARING = 4_000
#: The gain of each further process is smaller: what they have in common is merged by one.
_MOST_PROCESSES = 4
#: Names that are indexed before workers are forked, so that these have the tables that all names need.
_FIRST = 100
#: What is imported in the workers of Spark, each of which has one processor.
_SPARK_WORKER = "pyspark.worker"
_log = logging.getLogger(__name__)


def indexed(listed: Sequence[Listed]) -> _Index:
    """The arrays of the index of listed names, and the tokens that they number.

    Raises `InvalidRecordError` for a name that can't be searched.
    """
    processes = _processes() if len(listed) >= WORTH_SHARING else 1
    if processes > 1:
        try:
            return _shared(listed, processes)
        except (OSError, ScreenkitError, WorkerKilledError) as error:
            # Its trouble is met again here, and then raised as what it is.
            _log.debug("indexing by %d processes failed: %r", processes, error)
    return _built(listed)


def _built(listed: Sequence[Listed]) -> _Index:
    return build([normalized_name(designation, name) for designation, name in listed])


def _shared(listed: Sequence[Listed], processes: int) -> _Index:
    """The same as `_built`, by so many processes."""
    bounds = [_FIRST + (len(listed) - _FIRST) * number // processes for number in range(processes + 1)]
    shares = [slice(start, stop) for start, stop in pairwise(bounds)]
    parts = [_built(listed[:_FIRST])]
    parts += [part for _, part in work_in_order(get_context("fork"), processes, _building, (listed,), shares)]
    return merged_index([InMemory(blocks) for blocks, _ in parts], [tokens for _, tokens in parts])


def _building(listed: Sequence[Listed]) -> Callable[[slice], _Index]:
    """What a worker does with its share."""
    # It ends when its share is done. To look for garbage would copy the memory that it shares with its parent.
    gc.disable()
    return lambda share: _built(listed[share])


def _processes() -> int:
    """How many processes may share the work: 1 where none can be forked, or where others have the processors."""
    if sys.platform != "linux" or get_start_method(allow_none=True) not in (None, "fork"):
        return 1
    # A fork has only one of the threads, and would wait forever for what another one holds.
    is_alone = threading.active_count() == 1 and not current_process().daemon and _SPARK_WORKER not in sys.modules
    return min(len(os.sched_getaffinity(0)), _MOST_PROCESSES) if is_alone else 1
