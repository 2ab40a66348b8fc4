"""What reviewers decide about hits, and whether it still holds: `Decision`, `Review`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import attrs

from screenkit.errors import DecisionError

#: The longest text of a decision, in characters; spreadsheets hold longer cells, reviewers don't read them.
LONGEST_TEXT = 4_096
_UNFIT = re.compile("[\0\ud800-\udfff]")


class Outcome(StrEnum):
    """What a reviewer found."""

    #: The customer is not the listed target.
    CLEARED = "cleared"
    #: The customer is the listed target.
    CONFIRMED = "confirmed"


class Basis(StrEnum):
    """What the hit rested on that was reviewed."""

    #: Names that agree.
    NAME = "name"
    #: An equal identifier, whatever the names.
    IDENTIFIER = "identifier"


class Lapse(StrEnum):
    """The closed set of reasons for which a decision no longer holds."""

    #: Its last day is over.
    EXPIRED = "expired"
    #: The customer is screened by other names or facts.
    SUBJECT = "subject"
    #: The publisher states something else about the target.
    DESIGNATION = "designation"
    #: Another listed name matches.
    NAME = "name"
    #: An identifier is equal that was not when the hit was reviewed.
    IDENTIFIER = "identifier"


def check_text(value: object, what: str) -> str:
    """Return `value` where it is a text that can be kept; raise `DecisionError`, which doesn't quote it, else."""
    if not isinstance(value, str) or not value.strip():
        raise DecisionError(f"{what} is empty or no text; it has to be stated")
    if len(value) > LONGEST_TEXT:
        raise DecisionError(f"{what} has {len(value):,} characters; at most {LONGEST_TEXT:,} are kept")
    if _UNFIT.search(value):
        raise DecisionError(f"{what} holds a NUL or a lone surrogate, which no file can keep")
    return value


_Validator = Callable[[Any, "attrs.Attribute[Any]", Any], None]


def _stated(record: object, field: attrs.Attribute[str], value: object) -> None:
    check_text(value, field.name)


def _source(record: object, field: attrs.Attribute[str], value: object) -> None:
    if value != "":  # a designation made by hand stands in no list
        check_text(value, field.name)


def _hexadecimal(digits: int) -> _Validator:
    def validate(record: object, field: attrs.Attribute[str], value: object) -> None:
        if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{digits}}}", value):
            raise DecisionError(f"{field.name} is not {digits} hexadecimal digits in lower case")

    return validate


def _outcome(value: str) -> Outcome:
    try:
        return Outcome(value)
    except ValueError:
        raise DecisionError(f"outcome is none of: {', '.join(Outcome)}") from None


def _basis(value: str) -> Basis:
    try:
        return Basis(value)
    except ValueError:
        raise DecisionError(f"basis is none of: {', '.join(Basis)}") from None


def _time(value: dt.datetime) -> dt.datetime:
    if not isinstance(value, dt.datetime) or value.tzinfo is None:
        raise DecisionError("decided is no time with an offset from UTC")
    try:
        utc = value.astimezone(dt.UTC)
    except OverflowError:
        raise DecisionError("decided is no time that can be told in UTC") from None
    return utc.replace(microsecond=utc.microsecond // 1_000 * 1_000)


def _day(record: object, field: attrs.Attribute[dt.date | None], value: object) -> None:
    if value is not None and (not isinstance(value, dt.date) or isinstance(value, dt.datetime)):
        raise DecisionError("until is no date; it is the last day on which the decision holds")


@attrs.frozen(kw_only=True)
class Decision:
    """What a reviewer decided about one hit. It holds no name of the customer's, only a digest."""

    #: The caller's key of the customer.
    customer: str = attrs.field(validator=_stated)
    #: Digest of the names and facts that were screened.
    subject: str = attrs.field(validator=_hexadecimal(64))
    #: The source id of the list; empty for a designation made by hand.
    source: str = attrs.field(validator=_source)
    #: The publisher's id of the target.
    designation: str = attrs.field(validator=_stated)
    #: Digest of what the publisher stated about the target, whatever the edition.
    content: str = attrs.field(validator=_hexadecimal(64))
    #: The listed name that matched.
    matched_name: str = attrs.field(validator=_stated)
    #: What the hit rested on.
    basis: Basis = attrs.field(converter=_basis)
    #: Fingerprint of the policy under which it was found.
    policy: str = attrs.field(validator=_hexadecimal(16))
    #: What the reviewer found.
    outcome: Outcome = attrs.field(converter=_outcome)
    #: Who decided.
    reviewer: str = attrs.field(validator=_stated)
    #: When, in UTC, to the millisecond.
    decided: dt.datetime = attrs.field(converter=_time)
    #: Why.
    reason: str = attrs.field(validator=_stated)
    #: The last day (UTC) on which it holds; None for a decision that doesn't expire.
    until: dt.date | None = attrs.field(default=None, validator=_day)

    def __attrs_post_init__(self) -> None:
        if self.until is not None and self.until < self.decided.date():
            raise DecisionError(f"until is {self.until}, before the day of the decision, {self.decided.date()}")


@attrs.frozen(kw_only=True)
class Review:
    """The last decision about a customer and a designation, and what has become of it."""

    #: The decision.
    decision: Decision
    #: Why it no longer holds, in the order of `Lapse`; empty where it holds.
    lapses: tuple[Lapse, ...] = ()

    @property
    def clears(self) -> bool:
        """True where the hit was cleared and the clearance holds."""
        return self.decision.outcome is Outcome.CLEARED and not self.lapses

    @property
    def confirms(self) -> bool:
        """True where the hit was confirmed; no lapse makes a confirmed target less of a hit."""
        return self.decision.outcome is Outcome.CONFIRMED
