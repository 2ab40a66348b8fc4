"""What the result of a run depends on, and how two runs differ in it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any, BinaryIO

import attrs

from screenkit.decisions import Decisions
from screenkit.errors import BatchError
from screenkit.results.record import plain
from screenkit.screener import Screener
from screenkit.search.files.snapshot import components, library_version, tables

from .reading.layout import Layout
from .work import Task

_BLOCK = 1 << 20
#: What a result depends on, in the words of messages.
PARTS = ("input", "reading", "columns", "lists", "policy", "threshold", "limit", "decisions", "output", "version")


def digest(file: BinaryIO, size: int) -> str:
    """The SHA-256 of the first `size` bytes of a file. Raises `BatchError` if it has fewer."""
    found, left = hashlib.sha256(), size
    file.seek(0)
    while left:
        block = file.read(min(left, _BLOCK))
        if not block:
            raise BatchError(
                f"{file.name}: has only {size - left:,} of {size:,} bytes left; it was shortened while it was read"
            )
        found.update(block)
        left -= len(block)
    return found.hexdigest()


def identity(screener: Screener, task: Task, layout: Layout, size: int, sha256: str) -> dict[str, Any]:
    """Everything that the output files depend on: `PARTS`."""
    options = task.options
    return {
        "input": {"bytes": size, "sha256": sha256},
        "reading": attrs.asdict(layout),
        "columns": task.columns.to_dict(),
        "lists": _lists(screener),
        "policy": screener.policy.fingerprint,
        "threshold": screener.policy.threshold_points(options.threshold),
        "limit": options.limit,
        "decisions": None if options.decisions is None else _decisions(screener, options.decisions, options.time),
        "output": [task.format, task.is_spreadsheet_safe, *_records(task)],
        "version": {"screenkit": library_version(), **dict(components()), **dict(tables())},
    }


def refuse_other(found: Mapping[str, Any], wanted: Mapping[str, Any], where: str) -> None:
    """Raise `BatchError`, which says what differs, if an unfinished run depends on something else."""
    differing = [what for what in wanted if found.get(what) != wanted[what]]
    if differing:
        raise BatchError(
            f"{where}: the existing files were made with a different {', a different '.join(differing)}. A run"
            " can only be continued if nothing has changed; start again with --overwrite, or write to another"
            " file."
        )


def _records(task: Task) -> list[str]:
    """How records are written, if they are: with names, or under which key."""
    if not task.is_recorded:
        return []
    key = task.subject_key
    return ["records with names" if key is None else hashlib.sha256(b"screenkit run 1\0" + key).hexdigest()[:16]]


def _lists(screener: Screener) -> object:
    """The hashes of the editions if these determine all that is searched, else a digest of every designation."""
    editions = [[edition.source, edition.sha256, edition.records] for edition in screener.editions]
    is_told = all(edition.sha256 for edition in screener.editions)
    if is_told and sum(edition.records for edition in screener.editions) == len(screener):
        return editions
    found = hashlib.sha256()
    for designation in screener:
        found.update(json.dumps(plain(designation), sort_keys=True).encode())
    return [*editions, found.hexdigest()]


def _decisions(screener: Screener, decisions: Decisions, at: dt.datetime) -> str:
    found = hashlib.sha256(str(screener.policy.required_reviewers).encode())
    for one in decisions.history():
        if one.recorded <= at:  # later decisions don't apply to a screening of this time
            found.update(json.dumps(plain(one.decision), sort_keys=True).encode())
    return found.hexdigest()
