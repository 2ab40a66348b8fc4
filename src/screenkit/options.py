"""How subjects are screened: what one subject, many, a book and a data frame are all screened with, as one record."""

from __future__ import annotations

import datetime as dt

import attrs

from screenkit.decisions import Decisions
from screenkit.errors import InvalidPolicyError


def _limit(value: int | None) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
        raise InvalidPolicyError(f"limit must be a whole number from 1, or None for all hits, not {value!r}")
    return value


def _moment(value: dt.datetime | None) -> dt.datetime | None:
    """The time of a screening, to the millisecond, which is what a record keeps of it."""
    if value is None:
        return None
    if not isinstance(value, dt.datetime) or value.tzinfo is None:
        raise InvalidPolicyError(
            f"at must be a datetime with its offset from UTC, such as datetime.now(datetime.UTC), not {value}"
        )
    try:
        value.astimezone(dt.UTC)
    except OverflowError as error:
        raise InvalidPolicyError(f"at is {value}, which is outside the years 1 to 9999 in UTC") from error
    return _to_the_millisecond(value)


def _to_the_millisecond(value: dt.datetime) -> dt.datetime:
    return value.replace(microsecond=value.microsecond // 1_000 * 1_000)


@attrs.frozen(kw_only=True)
class ScreeningOptions:
    """What `Screener.screen` takes beside the subject. Every way of screening hands this record on as it is."""

    #: The lowest score that is a hit, from the policy's floor to 1.0; None for the policy's threshold.
    threshold: float | None = None
    #: The most hits kept of a subject; None for all.
    limit: int | None = attrs.field(default=None, converter=_limit)
    #: Reviewers' decisions, by which hits are suppressed.
    decisions: Decisions | None = None
    #: The time of the screening; None for now.
    at: dt.datetime | None = attrs.field(default=None, converter=_moment)

    @property
    def time(self) -> dt.datetime:
        """The time of a screening made now with these options."""
        return self.at or _to_the_millisecond(dt.datetime.now(dt.UTC))


def timed(options: ScreeningOptions) -> ScreeningOptions:
    """Options with a fixed time, so that all screenings of a book have the same."""
    return options if options.at else attrs.evolve(options, at=options.time)
