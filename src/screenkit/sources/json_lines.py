"""A file of one JSON object a line in, the objects out; what is no such line is a fault that names it.

Numbers stay the digits they are published as, so that neither an id nor a number of any length changes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NoReturn

from .job import Job

#: A JSON value whose numbers are text.
Json = str | bool | None | list["Json"] | dict[str, "Json"]

#: Lists within objects within lists ...: no published record comes near, and Python's own stack ends at 1,000.
MOST_LEVELS = 64
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
#: What may end a file that was once on a DOS disk.
_CONTROL_Z = "\x1a"


def records(job: Job, *, faults: bool = True) -> Iterator[tuple[str, dict[str, Json]]]:
    """Stream the objects of the job's file, each with its place, such as "line 17"; empty lines are skipped.

    A reader that goes over the file twice passes `faults=False` the first time.
    """
    with job.file.open_text() as stream:
        for number, line in enumerate(stream, start=1):
            stripped = line.strip().rstrip(_CONTROL_Z)
            if not stripped:
                continue
            try:
                yield f"line {number}", _object(stripped)
            except _NoRecordError as error:
                if faults:
                    job.fault(f"line {number}", "-", stripped, str(error))


def shown(value: Json) -> str:
    """A value as text: text stripped, true and false as JSON writes them, null empty, the rest as JSON."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False)


def listed(value: Json) -> list[Json]:
    """The values of a field that holds one value or a list of them, those that are empty left out."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if one is False or (one.strip() if isinstance(one, str) else one)]


class _NoRecordError(Exception):
    """A line that holds no JSON object."""


def _object(line: str) -> dict[str, Json]:
    try:
        value: object = _DECODER.decode(line)
    except RecursionError:
        raise _NoRecordError(f"nested more than {MOST_LEVELS} levels deep") from None
    except json.JSONDecodeError as error:
        raise _NoRecordError(f"not JSON, at column {error.colno}: {error.msg}; a record is one line") from None
    if not isinstance(value, dict):
        raise _NoRecordError("expected a JSON object; a record is one line")
    if line.count("{") + line.count("[") > MOST_LEVELS and _levels(value) > MOST_LEVELS:
        raise _NoRecordError(f"nested more than {MOST_LEVELS} levels deep")
    if _SURROGATE.search(line) and not _is_unicode(value):
        raise _NoRecordError("half of a surrogate pair, which is no character")
    return value


def _levels(value: object) -> int:
    level, at = 0, [value]
    while at := [one for one in at if isinstance(one, dict | list)]:
        level += 1
        at = [inner for one in at for inner in (one.values() if isinstance(one, dict) else one)]
    return level


def _is_unicode(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _pairs(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        # The standard leaves open which of the values counts; one of them would be lost.
        raise _NoRecordError("a key stands twice in one object")
    return found


def _no_constant(name: str) -> NoReturn:
    raise _NoRecordError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_int=str, parse_float=str, parse_constant=_no_constant)
