"""`PartialDate`: a date as precise as its publisher knew it, as a span of days that can be compared."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Self

import attrs

from screenkit.errors import InvalidRecordError

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z")


@attrs.frozen(kw_only=True)
class PartialDate:
    """A date stated as a day, a month, a year or a span, exactly or approximately.

    `earliest` and `latest` are the first and last day (Gregorian) that the statement allows; they are
    equal for an exact day. Lists print "circa 1961", "1955 to 1957" and "Mar 1970": all fit this form.
    """

    #: The date as published, verbatim.
    text: str
    #: The first day the statement allows.
    earliest: dt.date
    #: The last day the statement allows; equal to `earliest` if a day is stated.
    latest: dt.date
    #: True if the publisher says "circa", "approximately" or the like.
    circa: bool = False

    def __attrs_post_init__(self) -> None:
        if self.latest < self.earliest:
            raise InvalidRecordError(
                f"the last day of the date, {self.latest}, is before its first day, {self.earliest}"
            )

    @property
    def is_exact(self) -> bool:
        """True if one day is stated without "circa"."""
        return self.earliest == self.latest and not self.circa

    @classmethod
    def of(
        cls,
        year: int,
        month: int | None = None,
        day: int | None = None,
        *,
        text: str = "",
        circa: bool = False,
    ) -> Self:
        """Make the span of a year, a month or a day.

        Raises `InvalidRecordError` if the calendar has no such day.
        """
        try:
            if month is None:
                first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
            elif day is None:
                first = dt.date(year, month, 1)
                last = dt.date(year, month, calendar.monthrange(year, month)[1])
            else:
                first = last = dt.date(year, month, day)
        except (ValueError, calendar.IllegalMonthError) as error:
            raise InvalidRecordError(f"there is no such date: year {year}, month {month}, day {day}") from error
        stated = "-".join(f"{part:02}" for part in (year, month, day) if part is not None)
        return cls(text=text or stated, earliest=first, latest=last, circa=circa)

    @classmethod
    def between(cls, first: Self, last: Self, *, text: str, circa: bool = False) -> Self:
        """Make the span from the first day of `first` to the last day of `last`."""
        return cls(text=text, earliest=first.earliest, latest=last.latest, circa=circa)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an ISO 8601 date of any precision: "1971", "1971-12" or "1971-12-15".

        Raises `InvalidRecordError` for any other form; `sources.dates` reads the forms that lists use.
        """
        match = _ISO.match(text.strip())
        if match is None:
            raise InvalidRecordError("a date must have the form YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None  # the pattern's first group is not optional
        return cls.of(year, month, day, text=text)
