"""A curve and what is wanted of it in, the threshold to choose and why out."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

import attrs

from screenkit.errors import InvalidPolicyError

from .curve import Curve


class Reason(StrEnum):
    """Why a threshold is chosen."""

    #: Nothing is wanted: it is the policy's own.
    POLICY = "policy"
    #: The highest one with the recall wanted.
    RECALL = "recall"
    #: The lowest one with no more alerts than wanted.
    ALERTS = "alerts"
    #: The lowest one with both.
    BOTH = "both"
    #: No threshold has both; it is the highest one with the recall wanted, because a missed designation is the worse
    #: error.
    RECALL_BEFORE_ALERTS = "recall before alerts"
    #: What is wanted is out of reach from the floor to 1.0; it is the policy's own.
    OUT_OF_REACH = "out of reach"


def _wanted_recall(value: Fraction | None) -> Fraction | None:
    if value is not None and not 0 < value <= 1:
        raise InvalidPolicyError(f"a wanted recall is a share above 0 and up to 1, such as 0.98, not {float(value)}")
    return value


def _wanted_alerts(value: Fraction | None) -> Fraction | None:
    if value is not None and not 0 <= value <= 10_000:
        raise InvalidPolicyError(f"wanted alerts are per 10,000 names, from 0 to 10,000, not {float(value)}")
    return value


@attrs.frozen(kw_only=True)
class Wanted:
    """What a threshold should do."""

    #: The least share of matches that are hit.
    recall: Fraction | None = attrs.field(default=None, converter=_wanted_recall)
    #: The most alerts per 10,000 ordinary names.
    alerts: Fraction | None = attrs.field(default=None, converter=_wanted_alerts)


@attrs.frozen(kw_only=True)
class Choice:
    """The threshold chosen, and the ones it was chosen from."""

    #: The threshold, in points.
    threshold: int
    #: Why it is this one.
    reason: Reason
    #: The highest threshold with the recall wanted; None where none is wanted or none has it.
    for_recall: int | None = None
    #: The lowest threshold with no more alerts than wanted; None where none are wanted or none has so few.
    for_alerts: int | None = None

    @property
    def is_reached(self) -> bool:
        """Whether the threshold does all that is wanted, on these data."""
        return self.reason not in (Reason.RECALL_BEFORE_ALERTS, Reason.OUT_OF_REACH)


def choose(curve: Curve, wanted: Wanted, own: int) -> Choice:
    """Choose a threshold; `own` is the policy's own, in points."""
    for_recall = None if wanted.recall is None else curve.for_recall(wanted.recall)
    for_alerts = None if wanted.alerts is None else curve.for_alerts(wanted.alerts)
    threshold, reason = _chosen(wanted, for_recall, for_alerts, own)
    return Choice(threshold=threshold, reason=reason, for_recall=for_recall, for_alerts=for_alerts)


def _chosen(wanted: Wanted, for_recall: int | None, for_alerts: int | None, own: int) -> tuple[int, Reason]:
    if wanted.recall is None and wanted.alerts is None:
        return own, Reason.POLICY
    if wanted.recall is None:
        return (own, Reason.OUT_OF_REACH) if for_alerts is None else (for_alerts, Reason.ALERTS)
    if for_recall is None:
        return own, Reason.OUT_OF_REACH
    if wanted.alerts is None:
        return for_recall, Reason.RECALL
    if for_alerts is None or for_alerts > for_recall:
        return for_recall, Reason.RECALL_BEFORE_ALERTS
    return for_alerts, Reason.BOTH
