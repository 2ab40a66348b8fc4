"""A file, a screener and a task in, what the result rests on out; and what of two such differs."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any, BinaryIO

import attrs

from screenkit.decisions import Decisions
from screenkit.errors import BatchError
from screenkit.model.record import plain
from screenkit.saved import components, library_version, tables
from screenkit.screener import Screener

from .layout import Layout
from .work import Task

_BLOCK = 1 << 20
#: What a result rests on, by what a user calls it.
PARTS = ("input", "reading", "columns", "lists", "policy", "threshold", "limit", "decisions", "output", "version")


def digest(file: BinaryIO, size: int) -> str:
    """SHA-256 of a file's first bytes. Raises `BatchError` where it has fewer."""
    found, left = hashlib.sha256(), size
    file.seek(0)
    while left:
        block = file.read(min(left, _BLOCK))
        if not block:
            raise BatchError(f"{file.name}: has {size - left:,} bytes left of {size:,}; it was cut while it was read")
        found.update(block)
        left -= len(block)
    return found.hexdigest()


def identity(screener: Screener, task: Task, layout: Layout, size: int, sha256: str) -> dict[str, Any]:
    """All that the files written depend on: `PARTS`."""
    return {
        "input": {"bytes": size, "sha256": sha256},
        "reading": attrs.asdict(layout),
        "columns": task.columns.to_dict(),
        "lists": _lists(screener),
        "policy": screener.policy.fingerprint,
        "threshold": screener.policy.threshold_points(task.threshold),
        "limit": task.limit,
        "decisions": None if task.decisions is None else _decisions(task.decisions, task.at),
        "output": [task.format, task.is_spreadsheet_safe],
        "version": {"screenkit": library_version(), **dict(components()), **dict(tables())},
    }


def refuse_other(found: Mapping[str, Any], wanted: Mapping[str, Any], where: str) -> None:
    """Raise `BatchError`, which names what differs, where an unfinished run is another one."""
    differing = [what for what in wanted if found.get(what) != wanted[what]]
    if differing:
        raise BatchError(
            f"{where}: what is there was made with another {', another '.join(differing)}; to go on, all has to be the"
            " same. Begin anew with --overwrite, or write to another file."
        )


def _lists(screener: Screener) -> object:
    """The editions' hashes where they tell all that is searched, else a digest of every designation."""
    editions = [[edition.source, edition.sha256, edition.records] for edition in screener.editions]
    is_told = all(edition.sha256 for edition in screener.editions)
    if is_told and sum(edition.records for edition in screener.editions) == len(screener):
        return editions
    found = hashlib.sha256()
    for designation in screener:
        found.update(json.dumps(plain(designation), sort_keys=True).encode())
    return [*editions, found.hexdigest()]


def _decisions(decisions: Decisions, at: dt.datetime) -> str:
    found = hashlib.sha256()
    for one in decisions.history():
        if one.recorded <= at:  # a later one bears on no screening of this time
            found.update(json.dumps(plain(one.decision), sort_keys=True).encode())
    return found.hexdigest()
