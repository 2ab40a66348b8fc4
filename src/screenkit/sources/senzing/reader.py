"""The reader of Senzing records as JSON lines or one JSON array.

The format is that of the Senzing Entity Specification (https://www.senzing.com/docs/entity_specification/), one
record a line or all in one array, in all its shapes: FEATURES, lists of one sort such as NAMES, or attributes at
the top. A record's id is its RECORD_ID, which has to be unique in the file; its program is its DATA_SOURCE.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screenkit.model import Designation
from screenkit.sources.builder import report_missing_id
from screenkit.sources.files import ListFile
from screenkit.sources.format import Format, json_keys
from screenkit.sources.formats import json_array, json_lines
from screenkit.sources.formats.json_values import Json, shown
from screenkit.sources.job import Job

from .features import features
from .record import Record, name_text

_HEADER = ("DATA_SOURCE", "RECORD_ID", "RECORD_TYPE")


def read(job: Job) -> Iterator[Designation]:
    """Read a file of records."""
    named = dict(entry for _, record in _records(job, faults=False) for entry in _anchor(record))
    for place, stated in _records(job):
        if not _is_sound(job, place, stated):
            continue
        record = Record(job=job, id=shown(stated["RECORD_ID"]), named=named)
        for feature in features({key: value for key, value in stated.items() if key not in _HEADER}):
            record.read(feature)
        record.state_kind(shown(stated.get("RECORD_TYPE")))
        source = shown(stated.get("DATA_SOURCE"))
        record.programs += job.programs([source] if source else [])
        if found := record.designation("NAME_FULL"):
            yield found


def _records(job: Job, *, faults: bool = True) -> Iterator[tuple[str, dict[str, Json]]]:
    if job.file.head.lstrip().startswith(b"["):
        return json_array.records(job, "", faults=faults)
    return json_lines.records(job, faults=faults)


def _recognizes(file: ListFile) -> bool:
    return file.head.lstrip().startswith((b"{", b"[")) and {"RECORD_ID", "DATA_SOURCE"} <= json_keys(file)


def _is_sound(job: Job, place: str, record: Mapping[str, Json]) -> bool:
    """Whether a record says what it is; what it doesn't is reported as a fault."""
    id = record.get("RECORD_ID")
    is_numbered = isinstance(id, str) and bool(id.strip())
    if not is_numbered:
        report_missing_id(job, place, "RECORD_ID", value=shown(id), hint="a text or a number is expected")
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


FORMAT = Format(id="senzing", title="Senzing records (JSON lines or array)", read=read, recognizes=_recognizes)
