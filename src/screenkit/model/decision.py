"""`Decision`: what a reviewer decided about a hit; `Review`: that decision, and whether it still holds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import attrs

from screenkit.errors import DecisionError

#: The longest text of a decision, in characters. Spreadsheets hold longer cells, but reviewers don't read them.
LONGEST_TEXT = 4_096
_UNFIT = re.compile("[\0\ud800-\udfff]")


class Outcome(StrEnum):
    """What a reviewer found."""

    #: The customer is not the listed target.
    CLEARED = "cleared"
    #: The customer is the listed target.
    CONFIRMED = "confirmed"


class Basis(StrEnum):
    """What the reviewed hit was based on."""

    #: Names that agree.
    NAME = "name"
    #: An equal identifier, whatever the names.
    IDENTIFIER = "identifier"


class Lapse(StrEnum):
    """Why a decision no longer holds; a closed set."""

    #: Its last day has passed.
    EXPIRED = "expired"
    #: The customer's names or facts have changed.
    SUBJECT = "subject"
    #: The list entry has changed.
    DESIGNATION = "designation"
    #: Another listed name matches now.
    NAME = "name"
    #: An identifier is equal now that was not when the hit was reviewed.
    IDENTIFIER = "identifier"
    #: The policy requires more reviewers to clear a hit than have cleared it.
    REVIEWERS = "reviewers"


def check_text(value: object, what: str) -> str:
    """Return `value` if it is a text that can be stored. Raises `DecisionError`, which doesn't quote it."""
    if not isinstance(value, str) or not value.strip():
        raise DecisionError(f"{what} must be stated: it is empty or not text")
    if len(value) > LONGEST_TEXT:
        raise DecisionError(f"{what} must have at most {LONGEST_TEXT:,} characters, not {len(value):,}")
    if _UNFIT.search(value):
        raise DecisionError(f"{what} contains a NUL or a lone surrogate, which can't be stored")
    return value


_Validator = Callable[[Any, "attrs.Attribute[Any]", Any], None]


def _stated(record: object, field: attrs.Attribute[str], value: object) -> None:
    check_text(value, field.name)


def _source(record: object, field: attrs.Attribute[str], value: object) -> None:
    if value != "":  # a designation made by hand is on no list
        check_text(value, field.name)


def _hexadecimal(digits: int) -> _Validator:
    def validate(record: object, field: attrs.Attribute[str], value: object) -> None:
        if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{digits}}}", value):
            raise DecisionError(f"{field.name} must be {digits} hexadecimal digits in lower case")

    return validate


def _outcome(value: str) -> Outcome:
    try:
        return Outcome(value)
    except ValueError:
        raise DecisionError("outcome must be cleared or confirmed") from None


def _basis(value: str) -> Basis:
    try:
        return Basis(value)
    except ValueError:
        raise DecisionError("basis must be name or identifier") from None


def _time(value: dt.datetime) -> dt.datetime:
    if not isinstance(value, dt.datetime) or value.tzinfo is None:
        raise DecisionError("decided must be a time with a time zone")
    try:
        utc = value.astimezone(dt.UTC)
    except OverflowError:
        raise DecisionError("decided must be a time that can be converted to UTC") from None
    return utc.replace(microsecond=utc.microsecond // 1_000 * 1_000)


def _day(record: object, field: attrs.Attribute[dt.date | None], value: object) -> None:
    if value is not None and (not isinstance(value, dt.date) or isinstance(value, dt.datetime)):
        raise DecisionError("until must be a date: the last day on which the decision holds")


@attrs.frozen(kw_only=True)
class Decision:
    """What a reviewer decided about one hit. It contains no customer name, only a digest."""

    #: The customer key, such as an account number.
    customer: str = attrs.field(validator=_stated)
    #: Digest of the names and facts that were screened.
    subject: str = attrs.field(validator=_hexadecimal(64))
    #: The source id of the list; empty for a designation made by hand.
    source: str = attrs.field(validator=_source)
    #: The publisher's id of the target.
    designation: str = attrs.field(validator=_stated)
    #: Digest of the list entry, which is the same in every edition that states the same.
    content: str = attrs.field(validator=_hexadecimal(64))
    #: The listed name that matched.
    matched_name: str = attrs.field(validator=_stated)
    #: What the hit was based on.
    basis: Basis = attrs.field(converter=_basis)
    #: Fingerprint of the policy of the screening.
    policy: str = attrs.field(validator=_hexadecimal(16))
    #: What the reviewer found.
    outcome: Outcome = attrs.field(converter=_outcome)
    #: Who decided.
    reviewer: str = attrs.field(validator=_stated)
    #: When, in UTC, to the millisecond.
    decided: dt.datetime = attrs.field(converter=_time)
    #: Why.
    reason: str = attrs.field(validator=_stated)
    #: The last day (UTC) on which it holds; None if it doesn't expire.
    until: dt.date | None = attrs.field(default=None, validator=_day)

    def __attrs_post_init__(self) -> None:
        if self.until is not None and self.until < self.decided.date():
            raise DecisionError(
                f"until must not be before the day of the decision, {self.decided.date()}; it is {self.until}"
            )


@attrs.frozen(kw_only=True)
class Review:
    """The last decision about a customer and a designation, and whether it still holds."""

    #: The decision.
    decision: Decision
    #: Why it no longer holds, in the order of `Lapse`; empty if it holds.
    lapses: tuple[Lapse, ...] = ()

    @property
    def clears(self) -> bool:
        """True if the hit was cleared and the clearance still holds."""
        return self.decision.outcome is Outcome.CLEARED and not self.lapses

    @property
    def confirms(self) -> bool:
        """True if the hit was confirmed. A confirmed hit stays one even after a lapse."""
        return self.decision.outcome is Outcome.CONFIRMED
