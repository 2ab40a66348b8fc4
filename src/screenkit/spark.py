"""A Spark data frame of customers in, a data frame of what was found out: `screen`.

The lists, indexed, travel to the executors once, as a file named by its checksum. Each Python worker maps it when its
first task begins and keeps it. A row is screened as it is in any book (`batch.screen_rows`). No row looks at another,
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
from typing import Any, Literal

import attrs
import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow ships no types
from pyspark import SparkFiles
from pyspark.sql import DataFrame, SparkSession, functions
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from screenkit import report
from screenkit.batch import Columns, Rejection
from screenkit.batch.columns import refuse_missing
from screenkit.batch.customers import key_of
from screenkit.batch.screening import RememberingScreener
from screenkit.errors import BatchError, DamagedFileError, InvalidPolicyError
from screenkit.model import Subject
from screenkit.policy import Policy
from screenkit.screener import Screener

#: Whether a hit is a row of its own, or all hits of a customer stand in one row.
Hits = Literal["rows", "nested"]

#: The most rows of output held before they are handed on, so that many hits don't fill the memory.
_MOST_ROWS = 4_096


@attrs.frozen(kw_only=True)
class _Job:
    """What a task has to know."""

    #: The name of the file that the lists are in.
    file: str
    #: How names and facts are weighed.
    policy: Policy
    #: Which column is what.
    columns: Columns
    #: Columns that are handed on as they are.
    keep: tuple[str, ...]
    #: Whether all hits of a customer stand in one row.
    is_nested: bool
    #: The score from which a designation is a hit, None for the policy's.
    threshold: float | None
    #: The most hits of a customer, None for all.
    limit: int | None

    @property
    def sent(self) -> tuple[str, ...]:
        """The columns that executors are given, in order."""
        return tuple(dict.fromkeys((*self.columns.used, *self.keep)))


def screen(
    df: DataFrame,
    *,
    name: str | Iterable[str | Iterable[str]],
    id: str | None = None,
    birth_date: str | None = None,
    countries: str | Iterable[str] = (),
    kind: str | None = None,
    gender: str | None = None,
    identifiers: str | Iterable[str] = (),
    date_format: str | None = None,
    keep: str | Iterable[str] = (),
    screener: Screener | None = None,
    policy: Policy | None = None,
    threshold: float | None = None,
    limit: int | None = None,
    hits: Hits = "rows",
) -> DataFrame:
    """Screen the customers of a data frame; every customer's results are those of `Screener.screen`.

    `name` is a column, or several: each is a name of the customer, and columns given together in a tuple are the parts
    of one name. The further columns are those of `batch.Columns`. `keep` are columns to hand on as they are.
    `screener` is what searches, by default `Screener.open(policy=policy)`; its lists' age is looked at now and not when
    the job runs. `threshold` and `limit` are those of `Screener.screen`.

    With `hits="rows"` there is a row for each hit, each suppressed hit and each customer rejected, and none for a
    customer with nothing found. With `hits="nested"` there is a row for each customer. A customer that can't be
    screened is a row whose `rejection` says why; it never fails the job. docs/how-to/spark.md has the columns.

    Raises `BatchError` for columns that are not there or clash with those of the output, `InvalidPolicyError`, what
    `Screener.open` raises, and `OSError` where the file of the lists can't be written.
    """
    if hits not in ("rows", "nested"):
        raise BatchError(f"hits is {hits!r}; it has to be 'rows' or 'nested'")
    if screener is not None and policy is not None:
        raise InvalidPolicyError("both a screener and a policy are given; a screener has its policy, so leave one out")
    columns = Columns(
        names=name,
        id=id,
        birth_date=birth_date,
        countries=countries,
        kind=kind,
        gender=gender,
        identifiers=identifiers,
        date_format=date_format,
    )
    kept = (keep,) if isinstance(keep, str) else tuple(dict.fromkeys(keep))
    refuse_missing(columns, df.columns)
    ours = pa.schema(_fields(is_nested=hits == "nested"))
    _refuse_unfit(kept, df.columns, ours.names)
    screener = Screener.open(policy=policy) if screener is None else screener
    # What every task would refuse (lists too old, a threshold that is none) is refused here, before the job.
    screener.screen(Subject("Nobody"), threshold=threshold, limit=limit)
    job = _Job(
        file=_shipped(df.sparkSession, screener),
        policy=screener.policy,
        columns=columns,
        keep=kept,
        is_nested=hits == "nested",
        threshold=threshold,
        limit=limit,
    )
    # Under names of our own, because Spark stumbles over dots and backticks in a heading.
    sent = df.select(*(functions.col(_quoted(column)).alias(f"c{at}") for at, column in enumerate(job.sent)))
    handed_on = [df.schema[column] for column in kept]
    return sent.mapInArrow(_task(job), StructType([*handed_on, *from_arrow_schema(ours).fields]))


def _refuse_unfit(kept: Sequence[str], there: Sequence[str], ours: Iterable[str]) -> None:
    if kept:
        refuse_missing(Columns(names=kept), there)
    # Spark doesn't tell capitals apart.
    taken = {column.casefold() for column in ours}
    clash = [column for column in kept if column.casefold() in taken]
    if clash:
        raise BatchError(
            f"keep names {', '.join(map(repr, clash))}, which the output has of its own; rename it before:"
            f" df.withColumnRenamed({clash[0]!r}, ...)"
        )


def _quoted(column: str) -> str:
    return f"`{column.replace('`', '``')}`"


def _fields(*, is_nested: bool) -> list[pa.Field]:
    """The columns of the output that follow those kept."""
    of_hit = [pa.field(column, pa.int32() if column == "points" else pa.string()) for column in report.COLUMNS]
    customer, total = pa.field("customer", pa.string()), pa.field("total", pa.int32())
    rejection = pa.field("rejection", pa.string())
    if is_nested:
        found = pa.field("hits", pa.list_(pa.struct(of_hit)))
        return [customer, pa.field("is_clear", pa.bool_()), total, found, rejection]
    return [customer, *of_hit, total, rejection]


# --- the driver: the lists become a file of the job ---


@cache
def _folder() -> TemporaryDirectory[str]:
    """Where the files stand that executors fetch from the driver, as long as the driver lives."""
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


# --- the executors: rows become findings ---


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
            f"{path}: can't be read: {error.strerror or error}. Spark should have fetched it from the driver; look"
            " at the disk of the executor, and run the job again."
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
    """Screen a partition: batches of its rows in, batches of what was found out, in order."""
    opened = _opened(job.file, job.policy)
    # One for all batches: equal subjects are scored once in the partition.
    screener = RememberingScreener(opened, threshold=job.threshold, limit=job.limit)
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
    cells = [_cells(batch, column, unreadable) for column in job.columns.used]
    for at, values in enumerate(zip(*cells, strict=True)):
        given: Sequence[object] | Rejection = values
        if at in unreadable:
            given = Rejection(row=at + 1, id=key_of(values, job.columns), reason=unreadable[at])
        _, customer, screening = screener.screen_row((at + 1, given), job.columns)
        if isinstance(screening, Rejection):
            stated = {"is_clear": False} if job.is_nested else {"outcome": "rejected"}
            yield at, {"customer": customer or None, "rejection": screening.reason, **stated}
            continue
        hits = [{**row, "points": int(row["points"])} for row in report.rows(screening)]
        about = {"customer": customer or None, "total": screening.total}
        if job.is_nested:
            yield at, {**about, "is_clear": screening.is_clear, "hits": hits}
        else:
            yield from ((at, {**about, **hit}) for hit in hits)


def _cells(batch: pa.RecordBatch, column: str, unreadable: dict[int, str]) -> list[object]:
    """The values of a column. One that can't be read is None, and `unreadable` gets its place and the reason."""
    values = batch.column(column)
    try:
        return list(values.to_pylist())
    except (ValueError, OverflowError):
        pass  # one of them can't be read; which one shows below
    cells: list[object] = []
    for at, value in enumerate(values):
        try:
            cells.append(value.as_py())
        except (ValueError, OverflowError) as error:
            cells.append(None)
            is_text = isinstance(error, UnicodeDecodeError)
            what = "is no UTF-8 text" if is_text else "is no date or time of the years 1 to 9999"
            unreadable.setdefault(at, f"{column}: {what}")
    return cells
