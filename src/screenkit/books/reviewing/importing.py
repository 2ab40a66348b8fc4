"""Tables of reviewed rows, and of clearances from other systems, as decisions: `import_reviews`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from screenkit.books.rescreen import HitChange
from screenkit.decisions import Decisions
from screenkit.decisions.basis import COLUMN, based_on
from screenkit.errors import MOST_FAULTS_SHOWN, DecisionError
from screenkit.model import Decision, Outcome
from screenkit.model.wording import counted

from .hit_rows import headings_of, hit_rows, hits_by_key

#: What a reviewer writes -> what it means.
_OUTCOMES: Mapping[str, Outcome] = MappingProxyType(
    {
        **dict.fromkeys(("cleared", "clear", "false positive", "no match"), Outcome.CLEARED),
        **dict.fromkeys(("confirmed", "confirm", "true positive", "true match"), Outcome.CONFIRMED),
    }
)
#: Columns that mean the designation's id, those that mean the day of the decision.
_IDS, _DAYS = ("id", "designation"), ("decided", "date")


@attrs.frozen(kw_only=True)
class Imported:
    """What came of the rows of a table."""

    #: Decisions recorded.
    recorded: int
    #: Decisions that had been recorded before.
    known: int
    #: Rows without a decision.
    undecided: int
    #: Numbers of the rows for which the file of hits has no hit.
    unmatched: tuple[int, ...]


def import_reviews(
    decisions: Decisions,
    table: str | PathLike[str],
    *,
    hits: str | PathLike[str] | None = None,
    reviewer: str | None = None,
) -> Imported:
    """Record the decisions in a table of reviewed hits, or of clearances that another system made.

    A table of reviewed hits is a batch's file of hits with the columns `decision` (cleared or confirmed), `reviewer`,
    `reason`, and if need be `decided` and `until`; a row without a decision is left out. Any other table has the
    columns `customer`, `id`, `reason`, and if need be `source`, `decision` (cleared if there is no such column),
    `reviewer`, `decided` and `until`. `hits` is then a batch's file of hits on the same customers, from which the
    decision takes what was screened and what is listed. `reviewer` is who decided where the table doesn't say it.

    All decisions are recorded or none. Raises `DecisionError`, which names every faulty row, and `BatchError` if a file
    can't be read.
    """
    reading = _Reading(decisions, Path(table), hits, reviewer)
    for number, row in hit_rows(table):
        reading.take(number, row)
    reading.refuse_faults()
    recorded = decisions.record(reading.found)
    return Imported(
        recorded=recorded,
        known=len(reading.found) - recorded,
        undecided=reading.undecided,
        unmatched=tuple(reading.unmatched),
    )


class _Reading:
    """The rows of a table as decisions, and their faults."""

    def __init__(
        self, decisions: Decisions, table: Path, hits: str | PathLike[str] | None, reviewer: str | None
    ) -> None:
        self._decisions, self._table, self._reviewer = decisions, table, reviewer
        self._now = dt.datetime.now(dt.UTC)
        headings = set(headings_of(table))
        self._is_reviewed = COLUMN in headings
        lacking = [] if self._is_reviewed else [one for one in ("customer", "reason") if one not in headings]
        if self._is_reviewed and "decision" not in headings:
            lacking.append("decision")
        if not self._is_reviewed and not headings & {*_IDS}:
            lacking.append("id")
        if lacking:
            raise DecisionError(
                f"{table}: has no column {', '.join(lacking)}. A table of decisions is an export of decisions, a file"
                " of hits with the columns decision, reviewer and reason, or has the columns customer, id and reason."
            )
        if not self._is_reviewed and hits is None:
            raise DecisionError(
                f"{table}: doesn't say what was screened and listed. Screen the book with `screenkit batch`, and give"
                " its file of hits: --hits FILE"
            )
        #: By customer and designation, what decisions about the hits of each list rest on.
        self._hits: dict[tuple[str, str], dict[str, set[str]]] = {}
        for (customer, source, id), cells in hits_by_key(hits).items() if hits and not self._is_reviewed else ():
            self._hits.setdefault((customer, id), {})[source] = cells
        self.found: list[Decision] = []
        self.faults: list[str] = []
        self.unmatched: list[int] = []
        self.undecided = 0

    def take(self, number: int, row: Mapping[str, str]) -> None:
        """Make a row a decision, or note why it is none."""
        if "decision" in row and not row["decision"]:
            self.undecided += 1
            return
        try:
            if row.get("change") == HitChange.ENDED:
                raise DecisionError("the hit has ended, and can't be decided; leave its decision empty")
            cell = row[COLUMN] if self._is_reviewed else self._cell(row)
            if cell is None:
                self.unmatched.append(number)
            else:
                self.found.append(self._decision(cell, row))
        except DecisionError as error:
            self.faults.append(f"row {number:,}: {error}")

    def refuse_faults(self) -> None:
        """Raise `DecisionError` if a row is faulty."""
        if self.faults:
            shown = "".join(f"\n  - {fault}" for fault in self.faults[:MOST_FAULTS_SHOWN])
            more = len(self.faults) - MOST_FAULTS_SHOWN
            rest = f"\n  - and {more:,} more" if more > 0 else ""
            found = counted(len(self.faults), "fault")
            raise DecisionError(f"{self._table}: no decision was recorded. Correct {found}:{shown}{rest}")

    def _cell(self, row: Mapping[str, str]) -> str | None:
        """What a decision about the row's hit rests on; None if there is no such hit."""
        id = next(row[one] for one in _IDS if one in row)
        by_source = self._hits.get((row["customer"], id), {})
        if source := row.get("source"):
            by_source = {source: by_source[source]} if source in by_source else {}
        if len(by_source) > 1:
            raise DecisionError(f"{', '.join(sorted(by_source))} have a hit with this id; add the column source")
        cells = next(iter(by_source.values()), ())
        if len(cells) > 1:
            raise DecisionError("the book has this customer key in several rows, with different names or facts")
        return next(iter(cells), None)

    def _decision(self, cell: str, row: Mapping[str, str]) -> Decision:
        stated: dict[str, Any] = based_on(cell, self._decisions.key)
        if not self._is_reviewed:
            # Nobody knows whether the other system compared identifiers.
            stated["basis"] = "name"
        outcome = _OUTCOMES.get(row.get("decision", "cleared").casefold())
        if outcome is None:
            raise DecisionError("decision must be cleared or confirmed, or empty")
        reviewer = row.get("reviewer") or self._reviewer
        if not reviewer:
            raise DecisionError("reviewer must be stated, in a column of the table or with --reviewer NAME")
        decided = next((row[one] for one in _DAYS if row.get(one)), "")
        return Decision(
            **stated,
            outcome=outcome,
            reviewer=reviewer,
            reason=row.get("reason", ""),
            decided=_moment(decided, "decided") if decided else self._now,
            until=_moment(row["until"], "until").date() if row.get("until") else None,
        )


def _moment(text: str, what: str) -> dt.datetime:
    """A day, at its beginning in UTC, or a time with its offset."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        raise DecisionError(f"{what} must have the form YYYY-MM-DD") from None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
