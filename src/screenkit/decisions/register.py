"""`Decisions`: the register of reviewers' decisions, and how it changes what a screening returns."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Self

import attrs

from screenkit.errors import DecisionError, InvalidSubjectError
from screenkit.model import Decision, Subject
from screenkit.model.chain_head import Head
from screenkit.results import Hit, Screening, SuppressedHit
from screenkit.results.record import check_key, instant, plain

from . import database
from .digests import subject_digest
from .reviewing import reviewed, settled
from .rows import COLUMNS, from_texts, to_texts

_STORED = ("number", *COLUMNS, "recorded", "checksum")
#: Each decision with the checksum of the one before it.
_SELECT = (
    f"SELECT {', '.join(f'one.{column}' for column in _STORED)}, before.checksum FROM decisions AS one"
    " LEFT JOIN decisions AS before ON before.number = one.number - 1"
)
_LAST = "SELECT number, checksum FROM decisions ORDER BY number DESC LIMIT 1"
_INSERT = f"INSERT INTO decisions ({', '.join(_STORED)}) VALUES ({', '.join('?' * len(_STORED))})"
_CHECKSUM = "SELECT checksum FROM decisions WHERE number = ?"
_RESTORE = "Restore the file from a backup."
_IS_THERE = "SELECT 1 FROM decisions WHERE " + " AND ".join(f"{column} = ?" for column in COLUMNS)


@attrs.frozen(kw_only=True)
class Recorded:
    """A decision in the register."""

    #: Its number; decisions are numbered from 1 in the order in which they are recorded.
    number: int
    #: When it was recorded or imported, in UTC.
    recorded: dt.datetime
    #: The decision.
    decision: Decision


@attrs.frozen
class Decisions:
    """A file of decisions. It can be shared by threads and processes, including `screen_many`'s workers.

    If there are several decisions about a customer and a designation, the latest counts; of decisions with the same
    time, the one recorded last.
    """

    #: The file.
    path: Path = attrs.field(converter=Path)
    #: The secret key of the subjects' digests, if there is one. All users of a file must use the same key.
    key: bytes | None = attrs.field(default=None, kw_only=True, repr=False, eq=False)

    @classmethod
    def open(cls, path: str | PathLike[str], *, create: bool = False, key: bytes | None = None) -> Self:
        """Open a file of decisions; with `create`, make it if it doesn't exist.

        The file contains digests of customers' names, not the names. Names can be guessed and compared with a digest;
        with a `key` (16 secret bytes or more) only those who have the key can do so. Raises `DecisionError` if there is
        no such file, or it is damaged or not a decisions file, and `AuditError` if the key is too short.
        """
        opened = cls(path, key=None if key is None else check_key(key))
        if create:
            database.create(opened.path)
        with database.reading(opened.path):
            return opened

    def decide(
        self,
        screening: Screening | Mapping[str, Any],
        designation: str,
        outcome: str,
        *,
        reviewer: str,
        reason: str,
        source: str | None = None,
        until: dt.date | None = None,
        decided: dt.datetime | None = None,
    ) -> Decision:
        """Record that the subject of a screening is not this designation ("cleared"), or that it is ("confirmed").

        `screening` is a `Screening`, the result of its `to_dict`, or a row of a batch. `designation` is the id of one
        of its hits or suppressed hits, and `source` its source id, needed if two lists have that id. `until` is the
        last day (UTC) on which the decision holds, `decided` its time, by default now. Raises `DecisionError` if the
        screening has no such hit, its subject has no customer key, or the file can't be written.
        """
        record = screening.to_dict() if isinstance(screening, Screening) else screening
        decision = Decision(
            **reviewed(record, designation, source, self.key),
            outcome=outcome,
            reviewer=reviewer,
            decided=decided or dt.datetime.now(dt.UTC),
            reason=reason,
            until=until,
        )
        self.record([decision])
        return decision

    def record(self, decisions: Iterable[Decision]) -> int:
        """Record decisions, all or none, and skip those recorded before; returns how many were recorded.

        Raises `DecisionError` if one was decided in the future or the file can't be written.
        """
        with database.writing(self.path) as connection:
            now = dt.datetime.now(dt.UTC)
            before, checksum = connection.execute(_LAST).fetchone() or (0, "")
            number = before
            for at, decision in enumerate(decisions, start=1):
                if decision.decided > now:
                    raise DecisionError(
                        f"the time of decision {at}, {instant(decision.decided)}, is in the future: it is now"
                        f" {instant(now)}. Nothing was recorded. Check both clocks."
                    )
                texts = to_texts(decision)
                if connection.execute(_IS_THERE, texts).fetchone() is None:
                    number += 1
                    told = (number, *texts, instant(now))
                    checksum = _checksum(told, checksum)
                    connection.execute(_INSERT, (*told, checksum))
        return int(number - before)

    def history(self, *, customer: str | None = None) -> tuple[Recorded, ...]:
        """All decisions, or those about one customer, in the order in which they were recorded.

        Raises `DecisionError` if the file can't be read or a decision was altered.
        """
        where, values = ("", ()) if customer is None else (" WHERE one.customer = ?", (customer,))
        return self._selected(f"{where} ORDER BY one.number", values)

    def head(self) -> Head | None:
        """The last checksum and the number of decisions, None for a file without any.

        Kept elsewhere, it shows whether the last decisions were removed, or all were written again.
        """
        with database.reading(self.path) as connection:
            found = connection.execute(_LAST).fetchone()
        return None if found is None else Head(hash=found[1], count=found[0])

    def verify(self, *, head: Head | None = None) -> None:
        """Check that no decision was altered or removed since it was recorded; since a noted head, also at the end.

        Raises `DecisionError` that says which one.
        """
        found = self.history()
        if head is None:
            return
        if len(found) < head.count:
            raise DecisionError(
                f"{self.path}: has {len(found):,} decisions, but {head.count:,} were noted: the last ones were removed."
                f" {_RESTORE}"
            )
        with database.reading(self.path) as connection:
            (checksum,) = connection.execute(_CHECKSUM, (head.count,)).fetchone()
        if checksum != head.hash:
            raise DecisionError(f"{self.path}: decision {head.count:,} is not the one noted: all were written again")

    def settle(
        self,
        subject: Subject,
        hits: Sequence[Hit],
        suppressed: Sequence[SuppressedHit],
        at: dt.datetime,
        *,
        reviewers: int = 1,
    ) -> tuple[list[Hit], list[SuppressedHit]]:
        """Apply the decisions that had been recorded at that time to hits and suppressed hits.

        A hit that so many `reviewers` cleared becomes a suppressed hit, and a suppressed hit that was confirmed becomes
        a hit; each has its review. Raises `InvalidSubjectError` if the subject has no customer key, `DecisionError` if
        the file can't be read.
        """
        if subject.customer is None:
            raise InvalidSubjectError(
                "the subject has no customer key, under which decisions are recorded; give Subject(..., customer=...)"
            )
        if not (hits or suppressed):
            return [], []
        where = " WHERE one.customer = ? AND one.recorded <= ? ORDER BY one.decided, one.number"
        found = self._selected(where, (subject.customer, instant(at)))
        made: dict[tuple[str, str], list[Decision]] = {}
        for one in found:
            made.setdefault((one.decision.source, one.decision.designation), []).append(one.decision)
        return settled((*hits, *suppressed), made, lambda: subject_digest(plain(subject), self.key), at, reviewers)

    def _selected(self, where: str, values: tuple[str, ...]) -> tuple[Recorded, ...]:
        with database.reading(self.path) as connection:
            return tuple(self._recorded(row) for row in connection.execute(_SELECT + where, values))

    def _recorded(self, row: Sequence[Any]) -> Recorded:
        *told, checksum, before = row
        if before is None and told[0] > 1:
            raise DecisionError(f"{self.path}: decision {told[0] - 1} is missing: it was removed. {_RESTORE}")
        if _checksum(told, before or "") != checksum:
            raise DecisionError(
                f"{self.path}: decision {told[0]}, or the one before it, was altered or damaged. {_RESTORE}"
            )
        number, *texts, recorded = told
        return Recorded(number=number, recorded=dt.datetime.fromisoformat(recorded), decision=from_texts(texts))


def _checksum(told: Sequence[Any], before: str) -> str:
    """The checksum of a row and of the one before it, so that no decision can be altered or removed by itself."""
    return hashlib.sha256(json.dumps([before, *told]).encode()).hexdigest()
