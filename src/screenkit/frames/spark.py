"""Screening of Spark data frames: `screen`.

The indexed lists travel to the executors once, as a file named by its checksum. Each Python worker maps the file when
its first task begins, and keeps it. A row is screened as in any book (`books.screen_rows`). No row depends on another,
so the partitioning changes the speed and nothing else.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow ships no types
from pyspark import SparkFiles
from pyspark.sql import DataFrame, SparkSession, functions
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from screenkit.books import Columns
from screenkit.books.columns import refuse_missing
from screenkit.books.screening import RememberingScreener
from screenkit.errors import BatchError, DamagedFileError
from screenkit.model import Subject
from screenkit.options import ScreeningOptions
from screenkit.policy import Policy
from screenkit.results import rows as report
from screenkit.screener import Screener

from .arrow_frame import cells_of
from .findings import flat_rows, nested_row, rows_of
from .request import Hits, columns_of, is_nested, screener_of

#: The most rows of output held before they are handed on, so that many hits don't fill the memory.
_MOST_ROWS = 4_096


@attrs.frozen(kw_only=True)
class _Job:
    """What a task has to know."""

    #: The name of the file that holds the lists.
    file: str
    #: How names and facts are weighed.
    policy: Policy
    #: Which column is what.
    columns: Columns
    #: Columns that are passed on unchanged.
    keep: tuple[str, ...]
    #: Whether all hits of a customer are in one row.
    is_nested: bool
    #: How each customer is screened.
    options: ScreeningOptions

    @property
    def sent(self) -> tuple[str, ...]:
        """The columns that executors are given, in order."""
        return tuple(dict.fromkeys((*self.columns.used, *self.keep)))


def screen(
    df: DataFrame,
    columns: Columns | str,
    *,
    keep: str | Iterable[str] = (),
    screener: Screener | None = None,
    policy: Policy | None = None,
    threshold: float | None = None,
    limit: int | None = None,
    hits: Hits = "rows",
) -> DataFrame:
    """Screen the customers of a data frame; every customer's results are those of `Screener.screen`.

    `columns` says which column holds what; a text is the column of names. `keep` names columns to pass on unchanged.
    `screener` is what searches, by default `Screener.open(policy=policy)`; the age of its lists is checked now and not
    when the job runs. `threshold` and `limit` are those of `Screener.screen`.

    With `hits="rows"` there is a row for each hit, each suppressed hit and each rejected customer. A customer without
    hits has one only with a fact that can't be read or a caution about a name. With `hits="nested"` there is a row for
    each customer. A customer who can't be screened is a row whose `rejection` says why; it never fails the job.
    docs/how-to/spark.md has the columns.

    Raises `BatchError` for columns that are missing or have the same name as one of the output, `InvalidPolicyError`,
    what `Screener.open` raises, and `OSError` where the file of the lists can't be written.
    """
    columns, nested = columns_of(columns), is_nested(hits)
    kept = (keep,) if isinstance(keep, str) else tuple(dict.fromkeys(keep))
    refuse_missing(columns, df.columns)
    ours = pa.schema(_fields(is_nested=nested))
    _refuse_unfit(kept, df.columns, ours.names)
    screener = screener_of(screener, policy)
    options = ScreeningOptions(threshold=threshold, limit=limit)
    # What every task would refuse (lists too old, a threshold out of range) is refused here, before the job.
    screener.screen_with(Subject("Nobody"), options)
    job = _Job(
        file=_shipped(df.sparkSession, screener),
        policy=screener.policy,
        columns=columns,
        keep=kept,
        is_nested=nested,
        options=options,
    )
    # Under names of our own, because Spark stumbles over dots and backticks in a heading.
    sent = df.select(*(functions.col(_quoted(column)).alias(f"c{at}") for at, column in enumerate(job.sent)))
    passed_on = [df.schema[column] for column in kept]
    return sent.mapInArrow(_task(job), StructType([*passed_on, *from_arrow_schema(ours).fields]))


def _refuse_unfit(kept: Sequence[str], there: Sequence[str], ours: Iterable[str]) -> None:
    if kept:
        refuse_missing(Columns(kept), there)
    # Spark takes headings that differ in capitals alone for one.
    taken = {column.casefold() for column in ours}
    clash = [column for column in kept if column.casefold() in taken]
    if clash:
        raise BatchError(
            f"keep names {', '.join(map(repr, clash))}, but the output has a column of the same name; rename it before:"
            f" df.withColumnRenamed({clash[0]!r}, ...)"
        )


def _quoted(column: str) -> str:
    return f"`{column.replace('`', '``')}`"


def _fields(*, is_nested: bool) -> list[pa.Field]:
    """The columns of the output that follow those kept."""
    of_hit = [pa.field(column, pa.int32() if column == "points" else pa.string()) for column in report.COLUMNS]
    customer, total = pa.field("customer", pa.string()), pa.field("total", pa.int32())
    marks = [pa.field(column, pa.string()) for column in ("rejection", "unread", "cautions")]
    if is_nested:
        found = pa.field("hits", pa.list_(pa.struct(of_hit)))
        return [customer, pa.field("is_clear", pa.bool_()), total, found, *marks]
    return [customer, *of_hit, total, *marks]


# --- the driver: the lists become a file of the job ---


@cache
def _folder() -> TemporaryDirectory[str]:
    """The folder of the files that executors fetch from the driver, as long as the driver lives."""
    return TemporaryDirectory(prefix="screenkit-spark-", ignore_cleanup_errors=True)


def _shipped(session: Any, screener: Screener) -> str:
    """Have the executors fetch the screener's file when they need it; return the file's name."""
    folder = Path(_folder().name)
    saved = folder / secrets.token_hex(8)
    screener.save(saved)
    file = f"screenkit-{_sha256(saved)}.index"
    saved.replace(folder / file)
    path = str(folder / file)
    if not isinstance(session, SparkSession):
        # One of Spark Connect, which has no context.
        session.addArtifact(path, file=True)
    elif not any(sent.endswith(file) for sent in session.sparkContext.listFiles):
        session.sparkContext.addFile(path)
    return file


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- the executors: rows become hits ---


def _task(job: _Job) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    # Spark takes plain functions alone; what this one calls is imported on the executor and not sent.
    def screened(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return _screened(batches, job)

    return screened


@lru_cache(maxsize=2)
def _opened(file: str, policy: Policy) -> Screener:
    """The screener of a file that the driver sent, kept as long as this Python worker lives."""
    path = Path(SparkFiles.get(file))
    try:
        found = f"screenkit-{_sha256(path)}.index"
    except OSError as error:
        raise DamagedFileError(
            f"{path}: can't be read: {error.strerror or error}. Spark should have fetched it from the driver; check"
            " the disk of the executor, and run the job again."
        ) from error
    if found != file:
        raise DamagedFileError(
            f"{path}: its SHA-256 is not the one in its name, so it is damaged or another file. Run the job in a new"
            " Spark session, which sends it again."
        )
    try:
        return Screener.load(path, policy=policy)
    except DamagedFileError as error:
        raise DamagedFileError(
            f"{error} It is as the driver made it, so the executor has other versions installed than the driver;"
            " install the same on both."
        ) from error


def _screened(batches: Iterable[pa.RecordBatch], job: _Job) -> Iterator[pa.RecordBatch]:
    """Screen a partition: batches of its rows in, batches of hits out, in order."""
    opened = _opened(job.file, job.policy)
    # One for all batches: equal subjects are scored once in the partition.
    screener = RememberingScreener(opened, job.options)
    ours = pa.schema(_fields(is_nested=job.is_nested))
    for sent in batches:
        batch = pa.RecordBatch.from_arrays(sent.columns, names=job.sent)
        found = _found(batch, job, screener)
        while chunk := list(islice(found, _MOST_ROWS)):
            places = pa.array([at for at, _ in chunk], pa.int32())
            made = pa.RecordBatch.from_pylist([row for _, row in chunk], schema=ours)
            kept = [batch.column(column).take(places) for column in job.keep]
            schema = pa.schema([*(batch.schema.field(column) for column in job.keep), *ours])
            yield pa.RecordBatch.from_arrays([*kept, *made.columns], schema=schema)


def _found(
    batch: pa.RecordBatch, job: _Job, screener: RememberingScreener
) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The rows of output that a batch makes, each with its customer's place in the batch."""
    unreadable: dict[int, str] = {}
    cells = [cells_of(batch, column, unreadable) for column in job.columns.used]
    for row in rows_of(cells, unreadable, job.columns, 0):
        screened = screener.screen_row(row, job.columns)
        for stated in nested_row(screened) if job.is_nested else flat_rows(screened):
            yield screened.number - 1, stated
