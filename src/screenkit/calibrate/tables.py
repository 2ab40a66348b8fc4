"""A CSV file of samples: its rows by line, the meaning of its columns, and everything that is wrong with it."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path

import attrs

from screenkit.books import Columns, Rejection, guess_columns, subject_of
from screenkit.errors import BatchError, CalibrationError
from screenkit.model import Subject
from screenkit.model.wording import counted

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NO_NAME = "line 1: no column has a usual heading for a name, such as name; the first line must be the headings"


@attrs.frozen(kw_only=True)
class Table:
    """A file as it was read."""

    #: The file's name, without its folder.
    name: str
    #: SHA-256 of its bytes.
    sha256: str
    #: The headings.
    head: tuple[str, ...]
    #: Each row with the line at which it begins, counted from 1; blank lines are left out.
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    #: Which columns are the customer's; None if no column is a name.
    customer: Columns | None
    #: The other columns with a meaning -> their positions.
    others: Mapping[str, int]
    #: What is wrong with it, each with its line. No cell is quoted.
    faults: tuple[str, ...]

    @property
    def unused(self) -> tuple[str, ...]:
        """Headings of columns that were not used."""
        used = {*(self.customer.used if self.customer else ()), *(self.head[at] for at in self.others.values())}
        return tuple(heading for heading in self.head if heading not in used)

    def subject(self, line: int, row: Sequence[str]) -> Subject | Rejection:
        """The customer of a row, or why the row has none."""
        assert self.customer is not None  # a table without has no rows
        where = {heading: at for at, heading in enumerate(self.head)}
        return subject_of([row[where[column]] for column in self.customer.used], self.customer, row=line)

    def cell(self, row: Sequence[str], meaning: str) -> str:
        """A cell that isn't the customer's, without spaces around it; empty if the file has no such column."""
        return row[self.others[meaning]].strip() if meaning in self.others else ""


def read_table(
    path: str | PathLike[str], others: Mapping[str, Sequence[str]], *, date_format: str | Iterable[str] | None = None
) -> Table:
    """Read a CSV file in UTF-8 with commas and a first line of headings.

    `others` has the headings, in lower case, of each column that is not the customer's. `date_format` is how dates of
    birth are written if not ISO 8601 ("%d/%m/%Y"). What is wrong with the file is stated in the table. Raises
    `CalibrationError` if the file can't be opened.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CalibrationError(f"{path}: can't be read: {error.strerror or error}. Check the path.") from error
    faults: list[str] = []
    lines = _lines(data, faults)
    first: tuple[str, ...] = next(lines, (1, ()))[1]
    # Where the headings can't be read, the first row that can is a customer.
    head = () if faults else first
    rows = tuple(lines)
    customer, found = _columns(head, others, faults) if head else (None, {})
    if not rows and not faults:
        faults.append("it is empty; it needs a line of headings, and below it a row for each customer")
    return Table(
        name=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        head=head,
        rows=rows if customer else (),
        customer=attrs.evolve(customer, date_format=date_format) if customer else None,
        others=found,
        faults=tuple(faults),
    )


def _lines(data: bytes, faults: list[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The complete rows, each with the line at which it begins; the first one has the headings."""
    if data.startswith(_UTF_16):
        faults.append("it is UTF-16; save it as CSV in UTF-8")
        return
    # Bytes that are no UTF-8 come through as lone surrogates, so that every row that has some is told.
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig", "surrogateescape"), newline=""), strict=True)
    line, width = 1, 0
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                width = width or len(row)
                if not all(map(_is_text, row)):
                    faults.append(f"line {line}: it is not UTF-8; save the file as CSV in UTF-8")
                elif len(row) != width:
                    faults.append(f"line {line}: it has {counted(len(row), 'cell')}, but the first line has {width:,}")
                else:
                    yield line, tuple(row)
            line = rows.line_num + 1
    except csv.Error as error:
        faults.append(f"line {line}: {error}; what follows can't be read")


def _is_text(cell: str) -> bool:
    return cell.isascii() or not any("\ud800" <= character <= "\udfff" for character in cell)


def _columns(
    head: Sequence[str], others: Mapping[str, Sequence[str]], faults: list[str]
) -> tuple[Columns | None, dict[str, int]]:
    """The meaning of the columns; None for the customer's if no column is a name."""
    if any(count > 1 for heading, count in Counter(head).items() if heading.strip()):
        faults.append("line 1: two columns have the same heading; rename one of them")
        return None, {}
    known = {heading: meaning for meaning, headings in others.items() for heading in headings}
    found: dict[str, int] = {}
    for at, heading in enumerate(head):
        meaning = known.get(heading.strip().casefold())
        if meaning is not None:
            if meaning in found:
                faults.append(f"line 1: two columns have the {meaning}; keep one of them")
            found[meaning] = at
    try:
        headings = [heading for at, heading in enumerate(head) if at not in found.values()]
        # What is measured is only as good as what was read: every fault is reported.
        return guess_columns(headings, unreadable_facts="reject"), found
    except BatchError:
        faults.append(_NO_NAME)
        return None, found
