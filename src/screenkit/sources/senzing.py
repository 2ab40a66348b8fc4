"""Senzing records as JSON lines in, designations out.

The format is that of the Senzing Entity Specification (https://www.senzing.com/docs/entity_specification/), one
record a line, in all its shapes: FEATURES, lists of one sort such as NAMES, or attributes at the top. A
record's id is its RECORD_ID, which has to be unique in the file; its program is its DATA_SOURCE.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screenkit.model import Designation

from .files import ListFile
from .format import Format, json_keys
from .job import Job
from .json_lines import records
from .json_values import Json, shown
from .senzing_features import features
from .senzing_record import Gathered, name_text

_HEADER = ("DATA_SOURCE", "RECORD_ID", "RECORD_TYPE")


def read(job: Job) -> Iterator[Designation]:
    """Read a file of records."""
    named = dict(entry for _, record in records(job, faults=False) for entry in _anchor(record))
    for place, record in records(job):
        if not _is_sound(job, place, record):
            continue
        found = Gathered(job=job, id=shown(record["RECORD_ID"]), named=named)
        for feature in features({key: value for key, value in record.items() if key not in _HEADER}):
            found.read(feature)
        if found.names:
            yield found.designation(record)
        elif not found.has_faults:
            job.fault(found.id, "NAME_FULL", "", "is missing; every record has NAME_FULL, NAME_ORG or parts of a name")


def _recognizes(file: ListFile) -> bool:
    return file.head.lstrip().startswith(b"{") and {"RECORD_ID", "DATA_SOURCE"} <= json_keys(file)


def _is_sound(job: Job, place: str, record: Mapping[str, Json]) -> bool:
    """Whether a record says what it is; what it doesn't is reported as a fault."""
    id = record.get("RECORD_ID")
    is_numbered = isinstance(id, str) and bool(id.strip())
    if not is_numbered:
        job.fault(place, "RECORD_ID", shown(id), "is missing; every record has one, a text or a number")
    wrong = [key for key in _HEADER[::2] if not isinstance(record.get(key), str | None)]
    for key in wrong:
        job.fault(shown(id) or place, key, shown(record[key]), "expected a text")
    return is_numbered and not wrong


def _anchor(record: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """The key by which other records point at this one, and its first name."""
    found = list(features(record))
    texts = (text for feature in found if feature.family == "NAME" for text in [name_text(feature)[0]] if text)
    name = next(texts, "")
    for feature in found:
        key = shown(feature.attributes.get("REL_ANCHOR_KEY"))
        if feature.family == "ANCHOR" and key and name:
            yield key, name


FORMAT = Format(id="senzing", title="Senzing records (JSON lines)", read=read, recognizes=_recognizes)
