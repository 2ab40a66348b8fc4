"""The records of a book's screenings with hits: a line of what they share, then a line each that refers to it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from screenkit.audit.references import Reference, context_of, referring
from screenkit.results import Screening
from screenkit.results.record import shared
from screenkit.screener import Screener
from screenkit.search.files.snapshot import components, library_version, tables


def first_line(screener: Screener) -> bytes:
    """The line of what all records of a run share."""
    common = shared(screener.editions, screener.policy, library_version(), components(), tables())
    return _line(context_of(common)[0])


def record_line(found: Screening, subject_key: bytes | None) -> bytes:
    """The line of a screening."""
    record = found.to_dict(subject_key=subject_key)
    return _line(referring(record, Reference(1, context_of(record)[1])))


def hashed(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _line(record: Mapping[str, Any]) -> bytes:
    return f"{json.dumps(record, ensure_ascii=False, separators=(',', ':'))}\n".encode("utf-8", "surrogatepass")
