"""What a run counted and rests on in, its `Summary` out."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from screenkit.errors import BatchError
from screenkit.model import Edition
from screenkit.model.record import plain

from .counts import Counts
from .identity import PARTS

_AS_STATED = ("rows", "blank_lines", "duplicate_ids", "grown_by", "coverage", "seconds")


@attrs.frozen(kw_only=True)
class Summary:
    """What became of a book."""

    #: What was counted.
    counts: Counts
    #: Rows of customers, rejected ones included.
    rows: int
    #: Blank lines, which hold no customer.
    blank_lines: int
    #: Rows whose customer's key stood before; each is screened like any other.
    duplicate_ids: int
    #: Bytes that came to the file while it was read, and were not read.
    grown_by: int
    #: What the result rests on: input, columns, lists, policy, options and versions.
    identity: Mapping[str, Any]
    #: The editions searched.
    editions: tuple[Edition, ...]
    #: "full", or "starter" where the embedded demonstration list is all that was searched.
    coverage: str
    #: The time of all screenings.
    at: dt.datetime
    #: How long the run took since it was begun or resumed, in seconds.
    seconds: float

    @property
    def is_whole(self) -> bool:
        """Whether every customer that the file holds was screened."""
        return not (self.counts.rejected or self.grown_by)

    def to_dict(self) -> dict[str, Any]:
        """As plain values, ready for JSON."""
        return {
            **self.counts.to_dict(),
            "rows": self.rows,
            "blank_lines": self.blank_lines,
            "duplicate_ids": self.duplicate_ids,
            "grown_by": self.grown_by,
            "is_whole": self.is_whole,
            "coverage": self.coverage,
            **self.identity,
            "editions": [{**plain(edition), "records": edition.records} for edition in self.editions],
            "at": self.at.isoformat(),
            "seconds": self.seconds,
        }


def read_summary(path: Path) -> Summary:
    """The summary that a finished run left. Raises `BatchError` where the file is none."""
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
            **{
                field: stated[field]
                for field in ("rows", "blank_lines", "duplicate_ids", "grown_by", "coverage", "seconds")
            },
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BatchError(f"{path}: is no summary of a batch; begin anew with --overwrite") from error
