"""Reviewers' decisions in, hits that were cleared or confirmed out: `Decisions`, a register that only grows."""

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
from screenkit.model import Decision, Hit, Screening, Subject, SuppressedHit
from screenkit.model.record import check_key, instant, plain

from . import database
from .reviewing import reviewed, settled
from .rows import COLUMNS, from_texts, to_texts

_STORED = ("number", *COLUMNS, "recorded", "checksum")
_SELECT = f"SELECT {', '.join(_STORED)} FROM decisions"
_INSERT = f"INSERT INTO decisions ({', '.join(_STORED)}) VALUES ({', '.join('?' * len(_STORED))})"
_IS_THERE = "SELECT 1 FROM decisions WHERE " + " AND ".join(f"{column} = ?" for column in COLUMNS)


@attrs.frozen(kw_only=True)
class Recorded:
    """A decision as it stands in the register."""

    #: Its number, counted from 1 in the order in which decisions were recorded.
    number: int
    #: When it was recorded, in UTC; of an imported decision, when it was imported.
    recorded: dt.datetime
    #: The decision.
    decision: Decision


@attrs.frozen
class Decisions:
    """A file of decisions. Safe to share between threads and processes, `screen_many`'s workers included.

    Of several decisions about a customer and a designation the one decided last counts; of those decided at one time,
    the one recorded last.
    """

    #: The file.
    path: Path = attrs.field(converter=Path)
    #: The secret that subjects' digests are made with, where there is one. All who use a file have to use the same.
    key: bytes | None = attrs.field(default=None, kw_only=True, repr=False, eq=False)

    @classmethod
    def open(cls, path: str | PathLike[str], *, create: bool = False, key: bytes | None = None) -> Self:
        """Open a file of decisions; with `create`, make it where it isn't there.

        The file holds no customer's name but a digest of it. Names can be guessed and tried; with a `key` (16 secret
        bytes or more) nobody can try them who lacks it. Raises `DecisionError` where there is no such file or it is
        damaged or foreign, `AuditError` for a key too short.
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

        `screening` is a `Screening` or what its `to_dict` gave, `designation` the id of one of its hits or suppressed
        hits, and `source` that one's source id, to be given where two lists have the id. `until` is the last day (UTC)
        on which the decision holds, `decided` its time, by default now. Raises `DecisionError` where the screening has
        no such hit, its subject has no customer key, or the file can't be written.
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
        """Record decisions, all or none, but for those that are there already; tells how many were recorded.

        Raises `DecisionError` where one was decided in the future or the file can't be written.
        """
        with database.writing(self.path) as connection:
            now = dt.datetime.now(dt.UTC)
            (before,) = connection.execute("SELECT coalesce(max(number), 0) FROM decisions").fetchone()
            number = int(before)
            for at, decision in enumerate(decisions, start=1):
                if decision.decided > now:
                    raise DecisionError(
                        f"decision {at} was decided at {instant(decision.decided)}, and now it is {instant(now)}."
                        " Nothing was recorded; look at both clocks."
                    )
                texts = to_texts(decision)
                if connection.execute(_IS_THERE, texts).fetchone() is None:
                    number += 1
                    told = (number, *texts, instant(now))
                    connection.execute(_INSERT, (*told, _checksum(told)))
        return number - int(before)

    def history(self, *, customer: str | None = None) -> tuple[Recorded, ...]:
        """All decisions in the order in which they were recorded, or those about one customer.

        Raises `DecisionError` where the file can't be read or one of them was altered.
        """
        where, values = ("", ()) if customer is None else (" WHERE customer = ?", (customer,))
        return self._selected(f"{where} ORDER BY number", values)

    def settle(
        self, subject: Subject, hits: Sequence[Hit], suppressed: Sequence[SuppressedHit], at: dt.datetime
    ) -> tuple[list[Hit], list[SuppressedHit]]:
        """Hits and suppressed hits by the decisions that had been recorded at that time.

        A cleared hit is a suppressed one, a suppressed one that was confirmed is a hit, and each has its review.
        Raises `InvalidSubjectError` where the subject has no customer key, `DecisionError` where the file can't be
        read.
        """
        if subject.customer is None:
            raise InvalidSubjectError(
                "the subject has no customer key, by which decisions are kept; give Subject(..., customer=...)"
            )
        if not (hits or suppressed):
            return [], []
        where = " WHERE customer = ? AND recorded <= ? ORDER BY decided, number"
        found = self._selected(where, (subject.customer, instant(at)))
        latest = {(one.decision.source, one.decision.designation): one.decision for one in found}
        return settled((*hits, *suppressed), latest, plain(subject), self.key, at)

    def _selected(self, where: str, values: tuple[str, ...]) -> tuple[Recorded, ...]:
        with database.reading(self.path) as connection:
            return tuple(self._recorded(row) for row in connection.execute(_SELECT + where, values))

    def _recorded(self, row: Sequence[Any]) -> Recorded:
        *told, checksum = row
        if _checksum(told) != checksum:
            raise DecisionError(f"{self.path}: decision {told[0]} was altered or damaged; restore the file")
        number, *texts, recorded = told
        return Recorded(number=number, recorded=dt.datetime.fromisoformat(recorded), decision=from_texts(texts))


def _checksum(told: Sequence[Any]) -> str:
    """Of a row, so that a bit that flips doesn't turn one decision into another."""
    return hashlib.sha256(json.dumps(list(told)).encode()).hexdigest()[:16]
