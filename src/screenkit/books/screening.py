"""Screening of rows in one process: `screen_rows`. Equal subjects are scored once, by a bounded memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import attrs

from screenkit.errors import InvalidSubjectError
from screenkit.model import Subject
from screenkit.options import ScreeningOptions, timed
from screenkit.results import Screening
from screenkit.screener import Screener

from .columns import Columns
from .reading.customers import ReadRow, Rejection, read_row
from .reading.rows import Row

#: Subjects whose screening is remembered, about 1 KB each. Names that repeat in a book mostly repeat often.
REMEMBERED = 4_096


class ScreenedRow(NamedTuple):
    """A row of a book, screened."""

    #: Its number.
    number: int
    #: The customer's key; empty if there is none.
    customer: str
    #: The screening, or why there is none.
    found: Screening | Rejection
    #: What the row states.
    read: ReadRow

    @property
    def unread(self) -> str:
        """The fields of facts without which the customer was screened: "birth_date; country"."""
        return "; ".join(dict.fromkeys(fact.field for fact in self.read.unread))


class RememberingScreener:
    """A screener that scores equal subjects once, even of different customers."""

    def __init__(self, screener: Screener, options: ScreeningOptions) -> None:
        """Take the options of every screening; all screenings have one time, by default now."""
        screener.policy.threshold_points(options.threshold)
        self._screener, self._options = screener, timed(options)
        self._kept: OrderedDict[tuple[object, ...], Screening] = OrderedDict()

    def screen(self, subject: Subject) -> Screening:
        """The screening that `Screener.screen` makes of this subject."""
        # The customer's key doesn't affect the score, but decisions depend on it.
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
        found = self._screener.screen_with(subject, self._options)
        if self._options.decisions is None or not (found.total or found.suppressed):
            self._kept[key] = found
            if len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)
        return found

    def screen_row(self, row: Row, columns: Columns) -> ScreenedRow:
        """Screen a row, or say why it can't be."""
        number, values = row
        read = ReadRow(values) if isinstance(values, Rejection) else read_row(values, columns, row=number)
        made = read.made
        if isinstance(made, Rejection):
            return ScreenedRow(number, made.id, made, read)
        customer = made.customer or ""
        try:
            return ScreenedRow(number, customer, self.screen(made), read)
        except InvalidSubjectError as error:  # decisions need the customer's key, and there is none
            return ScreenedRow(number, customer, Rejection(row=number, id=customer, reason=str(error)), read)


def screen_rows(
    screener: Screener, rows: Iterable[Row], columns: Columns, options: ScreeningOptions | None = None
) -> Iterator[tuple[int, str, Screening | Rejection]]:
    """Screen rows one after another; yields each row's number, the customer's key and its screening or rejection.

    Every row given comes back, in order. All screenings have one time, by default when the first row is asked for.
    Raises what `Screener.screen` raises, except `InvalidSubjectError`, which becomes a `Rejection`.
    """
    remembering = RememberingScreener(screener, options or ScreeningOptions())
    for row in rows:
        screened = remembering.screen_row(row, columns)
        yield screened.number, screened.customer, screened.found
