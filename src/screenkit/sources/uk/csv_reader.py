"""The reader of the UK Sanctions List as CSV.

Official specification: the list's page at gov.uk/government/publications/the-uk-sanctions-list, which offers
UK-Sanctions-List.csv: a line with the report's date, a line of headings, then one row for each combination of
an entry's names, addresses and other values.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator

from screenkit.errors import ListFormatError
from screenkit.model import Designation
from screenkit.sources.builder import report_missing_id
from screenkit.sources.dates import parse_date
from screenkit.sources.files import ListFile
from screenkit.sources.format import Format
from screenkit.sources.job import Job

from .designation import designation
from .fields import Entry, field_of

#: Without these the rows can't be put together and named.
_NEEDED = frozenset({"uniqueid", "name6", "regimename"})
#: The headings stand in the second line; a file saved anew may have lost the first, or have empty ones.
_MOST_LINES_ABOVE = 5
_DATE_LABEL = "report date"
#: The end of a file saved by an old program.
_CTRL_Z = "\x1a"


def read(job: Job) -> Iterator[Designation]:
    """Read the file's designations in the order of their first rows.

    The rows of one entry usually follow one another, but nothing promises it, and a row that came later would
    be lost or make a second designation of the same id. So this one list is put together in memory (some
    6,300 entries) before its first designation is given out.
    """
    yield from read_rows(job, _rows(job.file))


def read_rows(job: Job, rows: Iterator[tuple[int, list[str]]], *, is_padded: bool = True) -> Iterator[Designation]:
    """Put rows with their line numbers together; unless `is_padded`, empty cells at a row's end may be left out."""
    entries: dict[str, Entry] = {}
    headings = _headings(job, rows)
    for line, row in rows:
        cells = row if is_padded else row + [""] * (len(headings) - len(row))
        stated = _stated(job, headings, line, cells)
        id = stated.pop("uniqueid", ("", ""))[1]
        if not id and stated:
            report_missing_id(job, f"line {line}", "Unique ID", hint=f"name {stated.get('name6', ('', ''))[1]!r}")
        elif id:
            entries.setdefault(id, Entry(id)).take(stated.values())
    for entry in entries.values():
        found = designation(job, entry)
        if found is not None:
            yield found


def _rows(file: ListFile) -> Iterator[tuple[int, list[str]]]:
    """Stream the rows that hold something, each with the number of its last line."""
    with file.open_text() as stream:
        reader = csv.reader(stream)
        try:
            for row in reader:
                cells = [cell.strip() for cell in row]
                if any(cells) and cells != [_CTRL_Z]:
                    yield reader.line_num, cells
        except csv.Error as error:
            raise ListFormatError(
                f"{file.name}: expected comma-separated values; found, at line {reader.line_num:,}: {error}. "
                "The file is damaged: fetch it again."
            ) from error


def _headings(job: Job, rows: Iterator[tuple[int, list[str]]]) -> list[str]:
    for _, row in itertools.islice(rows, _MOST_LINES_ABOVE):
        if set(map(field_of, row)) >= _NEEDED:
            return row
        _publication(job, row)
    raise ListFormatError(f"{job.file.name}: expected a line of headings with Unique ID and Name 6; found none.")


def _publication(job: Job, row: list[str]) -> None:
    """Read "Report Date: 21-Nov-2026", in one cell or two."""
    text = " ".join(filter(None, row))
    if not text.lower().startswith(_DATE_LABEL):
        job.notice("-", "-", text, "expected a line with the report's date")
        return
    stated = text[len(_DATE_LABEL) :].lstrip(" :")
    date = parse_date(stated) or parse_date(stated.replace("-", " "))
    if date is None or not date.is_exact:
        job.notice("-", "Report Date", stated, "expected a date such as 21-Nov-2026")
    else:
        job.published(date.earliest.isoformat())


def _stated(job: Job, headings: list[str], line: int, row: list[str]) -> dict[str, tuple[str, str]]:
    """Field -> heading and text, for the cells that hold something. A row of another length is a fault."""
    if len(row) < len(headings) or any(row[len(headings) :]):
        problem = f"expected {len(headings)} columns, found {len(row)}; the file is damaged or cut off"
        job.fault(f"line {line}", "-", ",".join(row), problem)
        return {}
    cells = zip(headings, row, strict=False)
    return {field_of(heading): (heading, text) for heading, text in cells if text}


def _recognizes(file: ListFile) -> bool:
    lines = file.head.decode("utf-8", "replace").lstrip().splitlines()[:_MOST_LINES_ABOVE]
    try:
        return any(set(map(field_of, row)) >= _NEEDED for row in csv.reader(lines))
    except csv.Error:
        return False


FORMAT = Format(id="uk_csv", title="UK Sanctions List, CSV", read=read, recognizes=_recognizes)
