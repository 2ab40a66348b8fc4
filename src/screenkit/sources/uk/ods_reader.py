"""The reader of the UK Sanctions List as an OpenDocument spreadsheet, which has the rows of the CSV file."""

from __future__ import annotations

from collections.abc import Iterator

from screenkit.model import Designation
from screenkit.sources.format import Format
from screenkit.sources.formats import ods
from screenkit.sources.job import Job

from .csv_reader import read_rows


def read(job: Job) -> Iterator[Designation]:
    """Read the spreadsheet's designations in the order of their first rows."""
    yield from read_rows(job, ods.rows(job.file), is_padded=False)


FORMAT = Format(id="uk_ods", title="UK Sanctions List, ODS", read=read, recognizes=ods.is_spreadsheet)
