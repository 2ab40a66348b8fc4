"""The `Summary` of a run: what was counted, and what the result depends on."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from screenkit.errors import BatchError
from screenkit.model import Edition
from screenkit.results.record import plain

from .counts import Counts, without
from .identity import PARTS

#: How often something that can't be read must occur for the summary to say what it looks like.
_LEAST_QUOTED = 3
_AS_STATED = ("rows", "blank_lines", "duplicate_ids", "grown_by", "coverage", "seconds")


@attrs.frozen(kw_only=True)
class Summary:
    """The result of screening a book, in numbers."""

    #: The counts.
    counts: Counts
    #: Rows of customers, rejected ones included.
    rows: int
    #: Blank lines, which have no customer.
    blank_lines: int
    #: Rows that repeat an earlier customer's key; all are screened.
    duplicate_ids: int
    #: Bytes that were added to the file while it was read; they were not read.
    grown_by: int
    #: What the result depends on: input, columns, lists, policy, options and versions.
    identity: Mapping[str, Any]
    #: The editions searched.
    editions: tuple[Edition, ...]
    #: The sources of the editions that were fetched long after their publication (`Policy.max_lag`).
    old_editions: tuple[str, ...]
    #: What was searched, as in `Screening.coverage`.
    coverage: str
    #: The time of all screenings.
    at: dt.datetime
    #: How long the run took since it was started or continued, in seconds.
    seconds: float

    @property
    def is_whole(self) -> bool:
        """Whether every customer in the file was screened."""
        return not (self.counts.rejected or self.grown_by)

    def to_dict(self) -> dict[str, Any]:
        """As plain values, ready for JSON."""
        counts = self.counts.to_dict()
        # What occurs once or twice could be about one customer.
        rare = [look for look, count in counts["unread_values"].items() if count < _LEAST_QUOTED]
        return {
            **counts,
            "unread_values": dict(without(Counter(counts["unread_values"]), rare).most_common()),
            "rows": self.rows,
            "blank_lines": self.blank_lines,
            "duplicate_ids": self.duplicate_ids,
            "grown_by": self.grown_by,
            "is_whole": self.is_whole,
            "coverage": self.coverage,
            "old_editions": list(self.old_editions),
            **self.identity,
            "editions": [{**plain(edition), "records": edition.records} for edition in self.editions],
            "at": self.at.isoformat(),
            "seconds": self.seconds,
        }


def read_summary(path: Path) -> Summary:
    """The summary that a finished run wrote. Raises `BatchError` if the file is anything else."""
    try:
        stated = json.loads(path.read_text(encoding="utf-8"))
        return Summary(
            counts=Counts.of({field.name: stated[field.name] for field in attrs.fields(Counts)}),
            editions=tuple(
                Edition(**{field.name: edition[field.name] for field in attrs.fields(Edition)})
                for edition in stated["editions"]
            ),
            identity={what: stated[what] for what in PARTS},
            at=dt.datetime.fromisoformat(stated["at"]),
            old_editions=tuple(stated["old_editions"]),
            **{
                field: stated[field]
                for field in ("rows", "blank_lines", "duplicate_ids", "grown_by", "coverage", "seconds")
            },
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BatchError(f"{path}: is not the summary of a batch; start again with --overwrite") from error
