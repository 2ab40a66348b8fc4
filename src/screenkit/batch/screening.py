"""A screener and rows in, a `Screening` or a `Rejection` per row out, in one process: `screen_rows`.

Equal subjects are scored once: a bounded memory keeps what was found for each.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterable, Iterator

import attrs

from screenkit.decisions import Decisions
from screenkit.errors import InvalidSubjectError
from screenkit.model import Screening, Subject
from screenkit.screener import Screener

from .columns import Columns
from .customers import Rejection, subject_of
from .rows import Row

#: Subjects whose screening is kept. Of a book whose names repeat most repeat often; a subject takes about 1 KB.
REMEMBERED = 4_096


class RememberingScreener:
    """A screener that scores equal subjects once, whoever the customers are."""

    def __init__(
        self,
        screener: Screener,
        *,
        threshold: float | None = None,
        limit: int | None = None,
        decisions: Decisions | None = None,
        at: dt.datetime | None = None,
        remembered: int = REMEMBERED,
    ) -> None:
        """Take what `Screener.screen` is asked for each subject; all screenings have one time, by default now."""
        screener.policy.threshold_points(threshold)
        self._screener = screener
        self._threshold, self._limit, self._decisions = threshold, limit, decisions
        self._at = at or dt.datetime.now(dt.UTC)
        self._kept: OrderedDict[tuple[object, ...], Screening] = OrderedDict()
        self._most = remembered

    def screen(self, subject: Subject) -> Screening:
        """The screening that `Screener.screen` makes of this subject."""
        # The customer bears on no score, but decisions go by it.
        key = (
            subject.names,
            subject.kind,
            subject.birth_date,
            subject.countries,
            subject.gender,
            subject.identifiers,
        )
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept if kept.subject.customer == subject.customer else attrs.evolve(kept, subject=subject)
        found = self._screener.screen(
            subject, threshold=self._threshold, limit=self._limit, decisions=self._decisions, at=self._at
        )
        if self._decisions is None or not (found.total or found.suppressed):
            self._kept[key] = found
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found

    def screen_row(self, row: Row, columns: Columns) -> tuple[int, str, Screening | Rejection]:
        """Its number, the customer's key, empty where there is none, and what was found or is wrong."""
        number, values = row
        made = values if isinstance(values, Rejection) else subject_of(values, columns, row=number)
        if isinstance(made, Rejection):
            return number, made.id, made
        customer = made.customer or ""
        try:
            return number, customer, self.screen(made)
        except InvalidSubjectError as error:  # decisions go by the customer's key, and there is none
            return number, customer, Rejection(row=number, id=customer, reason=str(error))


def screen_rows(
    screener: Screener,
    rows: Iterable[Row],
    columns: Columns,
    *,
    threshold: float | None = None,
    limit: int | None = None,
    decisions: Decisions | None = None,
    at: dt.datetime | None = None,
) -> Iterator[tuple[int, str, Screening | Rejection]]:
    """Screen rows one after another; yields each row's number, the customer's key and what was found or is wrong.

    Every row given comes back, in order. `threshold`, `limit` and `decisions` are those of `Screener.screen`, and so
    are the exceptions, but for `InvalidSubjectError`, which is a `Rejection` here. `at` is the time of all screenings,
    by default when the first row is asked for.
    """
    remembering = RememberingScreener(screener, threshold=threshold, limit=limit, decisions=decisions, at=at)
    for row in rows:
        yield remembering.screen_row(row, columns)
