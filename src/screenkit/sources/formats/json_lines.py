"""The objects of a file with one JSON object on each line; a line that isn't one is a fault."""

from __future__ import annotations

import json
from collections.abc import Iterator

from screenkit.sources.files import ListFile
from screenkit.sources.job import Job

from .json_values import DECODER, MOST_LEVELS, Json, UnfitValueError, checked

#: What may end a file that was once on a DOS disk.
_CONTROL_Z = "\x1a"


def records(job: Job, file: ListFile | None = None, *, faults: bool = True) -> Iterator[tuple[str, dict[str, Json]]]:
    """Stream the objects of a file, by default the job's only one, each with its place, such as "line 17".

    Empty lines are skipped. A reader that goes over the file twice passes `faults=False` the first time.
    """
    read = file or job.file
    with read.open_text() as stream:
        for number, line in enumerate(stream, start=1):
            stripped = line.strip().rstrip(_CONTROL_Z)
            if not stripped:
                continue
            try:
                record = _object(stripped)
            except UnfitValueError as error:
                if faults:
                    job.fault(
                        f"line {number}", "-", stripped, f"{error}; a record is one object on one line", file=read
                    )
            else:
                yield f"line {number}", record


def _object(line: str) -> dict[str, Json]:
    try:
        return checked(DECODER.decode(line))
    except RecursionError:
        raise UnfitValueError(f"nested more than {MOST_LEVELS} levels deep") from None
    except json.JSONDecodeError as error:
        raise UnfitValueError(f"not JSON, at column {error.colno}: {error.msg}") from None
