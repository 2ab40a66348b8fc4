"""The rows of a CSV file with one header line, by column; a row that doesn't fit the header is a fault."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator

from screenkit.errors import ListFormatError
from screenkit.sources.job import Job

_CONTROL_Z = "\x1a"


def rows(job: Job, required: Collection[str], *, faults: bool = True) -> Iterator[tuple[str, dict[str, str]]]:
    """Stream the rows of the job's file, each with its place, such as "line 17"; fields are stripped.

    A reader that goes over the file twice passes `faults=False` the first time. Raises `ListFormatError`
    where the header lacks a required column or names one twice.
    """
    with job.file.open_text() as stream:
        reader = csv.reader(stream, strict=True)
        try:
            header = _header(job, next(reader, []), required)
            for row in reader:
                place = f"line {reader.line_num}"
                if len(row) == len(header):
                    yield place, dict(zip(header, map(str.strip, row), strict=True))
                elif faults and any(field.strip(_CONTROL_Z + " ") for field in row):
                    problem = f"expected {len(header)} fields, found {len(row)}; the file is damaged or cut off"
                    job.fault(place, "-", ",".join(row), problem)
        except csv.Error as error:
            # Where the next row begins is unknown from here on.
            if faults:
                job.fault(f"line {reader.line_num}", "-", "", f"not CSV: {error}; the file is damaged or cut off")


def _header(job: Job, row: list[str], required: Collection[str]) -> list[str]:
    header = [column.strip() for column in row]
    missing = [column for column in required if column not in header]
    if missing or len(set(header)) < len(header):
        problem = f"without {', '.join(missing)}" if missing else "that names a column twice"
        raise ListFormatError(
            f"{job.file.name}: expected a header line; found one {problem}: {', '.join(header)[:200]}."
        )
    return header
