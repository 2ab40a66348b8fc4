"""The work on chunks of rows, in this process or in workers: rows become encoded output and counts.

Workers map one file with the index, and encode their output rows themselves. The values of a chunk are sent one way,
and bytes and counts the other.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import attrs

from screenkit.errors import BatchError, StarterCoverageWarning
from screenkit.options import ScreeningOptions, timed
from screenkit.process_pool import WorkerKilledError, work_in_order
from screenkit.screener import Screener
from screenkit.workers import collect_rarely

from .columns import Columns
from .counts import Counts
from .output.records import record_line
from .output.writing import (
    HIT_COLUMNS,
    REJECTED_COLUMNS,
    UNREAD_COLUMNS,
    RowEncoder,
    hit_cells,
    rejected_cells,
    unread_cells,
)
from .reading.customers import Rejection
from .reading.rows import Place, Row
from .screening import RememberingScreener

#: Bytes of the digest of a customer's key, by which repeated keys are counted.
KEY_BYTES = 8


@attrs.frozen(kw_only=True)
class Task:
    """How each row is screened and written."""

    #: Which column is what.
    columns: Columns
    #: How each customer is screened; all screenings have one time, by default when the task is made.
    options: ScreeningOptions = attrs.field(factory=ScreeningOptions, converter=timed)
    #: The format of the rows written: "csv", "tsv", "jsonl", or "excel" for a workbook with a summary.
    format: str
    #: Whether cells that a spreadsheet would run as formulas are marked.
    is_spreadsheet_safe: bool = False
    #: How many rejected rows are no failure: a run in which nearly all of the first rows are rejected stops for more.
    allow_rejected: int = 0
    #: Whether the records of customers with hits are written too.
    is_recorded: bool = False
    #: The secret key that stands in these records for the customers' names; None to keep the names.
    subject_key: bytes | None = attrs.field(default=None, repr=False)

    @property
    def row_format(self) -> str:
        """The format in which rows are written while the run lasts."""
        return "jsonl" if self.format == "excel" else self.format


class Chunk(NamedTuple):
    """Rows that are screened together."""

    #: The rows.
    rows: list[Row]
    #: The place after them.
    place: Place


class Done(NamedTuple):
    """The output of a chunk."""

    #: Encoded rows of hits.
    hits: bytes
    #: Encoded rejected rows.
    rejected: bytes
    #: Encoded rows of facts that can't be read.
    unread: bytes
    #: Encoded records.
    records: bytes
    #: Digests of the customers' keys, one after another.
    keys: bytes
    #: What was counted.
    counts: Counts


class Worker:
    """Screens chunks, one after another."""

    def __init__(self, screener: Screener, task: Task) -> None:
        """Take the screener and the task."""
        self._task = task
        self._screener = RememberingScreener(screener, task.options)
        self._hits = RowEncoder(task.row_format, HIT_COLUMNS, is_spreadsheet_safe=task.is_spreadsheet_safe)
        self._unread = RowEncoder("csv", UNREAD_COLUMNS, is_spreadsheet_safe=task.is_spreadsheet_safe)
        self._rejected = RowEncoder("csv", REJECTED_COLUMNS, is_spreadsheet_safe=task.is_spreadsheet_safe)

    def screen(self, rows: Sequence[Row]) -> Done:
        """Screen a chunk's rows."""
        counts, keys = Counts(), []
        hits: list[tuple[str, ...]] = []
        rejected: list[tuple[str, ...]] = []
        unread: list[tuple[str, ...]] = []
        records: list[bytes] = []
        for row in rows:
            screened = self._screener.screen_row(row, self._task.columns)
            number, customer, found = screened.number, screened.customer, screened.found
            counts.count_facts(screened.read)
            unread.extend(unread_cells(number, customer, screened.read.unread))
            if isinstance(found, Rejection):
                rejected.append(rejected_cells(found))
            else:
                counts.count(found)
                if found.hits or found.suppressed:
                    hits.extend(hit_cells(screened, found))
                    if self._task.is_recorded:
                        records.append(record_line(found, self._task.subject_key))
            if customer:
                keys.append(blake2b(customer.encode(), digest_size=KEY_BYTES).digest())
        counts.rejected = len(rejected)
        return Done(
            self._hits.encode(hits) if hits else b"",
            self._rejected.encode(rejected) if rejected else b"",
            self._unread.encode(unread) if unread else b"",
            b"".join(records),
            b"".join(keys),
            counts,
        )


def screen_chunks(
    screener: Screener, task: Task, chunks: Iterator[Chunk], workers: int
) -> Iterator[tuple[Chunk, Done]]:
    """Screen chunks, and yield each with its output, in order; `workers` processes share the work.

    Raises `BatchError` if a worker was killed; the output yielded until then is valid.
    """
    if workers == 1:
        worker = Worker(screener, task)
        for chunk in chunks:
            yield chunk, worker.screen(chunk.rows)
        return
    with _in_file(screener) as loaded:
        # A fork would copy locks held by the caller's threads.
        try:
            yield from work_in_order(get_context("spawn"), workers, _screening, (loaded, task), chunks)
        except WorkerKilledError as error:
            raise BatchError(
                "a worker process was killed, perhaps because memory ran out. Finished work is kept; continue with"
                " --resume, and with fewer --workers if memory is short."
            ) from error


@contextmanager
def _in_file(screener: Screener) -> Iterator[Screener]:
    """The screener, loaded from a file: such a one opens it again when it is unpickled; another would be made anew."""
    if screener.is_in_file:
        yield screener
        return
    with TemporaryDirectory(prefix="screenkit-", ignore_cleanup_errors=True) as folder:
        screener.save(Path(folder) / "index")
        yield Screener.load(Path(folder) / "index", policy=screener.policy)


def _screening(screener: Screener, task: Task) -> Callable[[Chunk], Done]:
    """What a worker does with each chunk."""
    warnings.simplefilter("ignore", StarterCoverageWarning)  # the summary says it
    collect_rarely()
    worker = Worker(screener, task)
    return lambda chunk: worker.screen(chunk.rows)
