"""The choice of a threshold, and the reason for it."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

import attrs

from screenkit.errors import InvalidPolicyError

from .curve import Curve


class Reason(StrEnum):
    """Why a threshold is chosen."""

    #: Nothing was asked for: it is the policy's own.
    POLICY = "policy"
    #: The highest one with the recall asked for.
    RECALL = "recall"
    #: The lowest one within the alerts asked for.
    ALERTS = "alerts"
    #: The lowest one with both.
    BOTH = "both"
    #: No threshold has both. It is the highest one with the recall asked for, because a missed designation is the
    #: worse error.
    RECALL_BEFORE_ALERTS = "recall before alerts"
    #: No threshold from the floor to 1.0 achieves what was asked for; it is the policy's own.
    OUT_OF_REACH = "out of reach"


def _wanted_recall(value: Fraction | None) -> Fraction | None:
    if value is not None and not 0 < value <= 1:
        raise InvalidPolicyError(f"recall must be above 0 and at most 1, such as 0.98, not {float(value)}")
    return value


def _wanted_alerts(value: Fraction | None) -> Fraction | None:
    if value is not None and not 0 <= value <= 10_000:
        raise InvalidPolicyError(f"alerts per 10,000 names must be from 0 to 10,000, not {float(value)}")
    return value


@attrs.frozen(kw_only=True)
class Wanted:
    """What a threshold should achieve."""

    #: The lowest share of matches that are hits.
    recall: Fraction | None = attrs.field(default=None, converter=_wanted_recall)
    #: The most alerts per 10,000 ordinary names.
    alerts: Fraction | None = attrs.field(default=None, converter=_wanted_alerts)


@attrs.frozen(kw_only=True)
class Choice:
    """The chosen threshold, and the ones it was chosen from."""

    #: The threshold, in points.
    threshold: int
    #: Why it is this one.
    reason: Reason
    #: The highest threshold with the recall asked for; None if none was, or if no threshold has it.
    for_recall: int | None = None
    #: The lowest threshold within the alerts asked for; None if none were, or if no threshold is.
    for_alerts: int | None = None

    @property
    def is_reached(self) -> bool:
        """Whether the threshold achieves everything that was asked for, on these data."""
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
