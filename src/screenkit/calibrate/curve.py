"""The points of matches and of ordinary names in, what each threshold finds and costs out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from fractions import Fraction

import attrs

from screenkit.model.found import FULL_SCORE

from .shares import Share

#: Thresholds that a curve is shown at stand so many points apart: .50, .51 ... 1.00.
STEP = 100


def _rising(points: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(points))


@attrs.frozen(kw_only=True)
class CurvePoint:
    """What one threshold finds and costs."""

    #: The threshold, in points.
    threshold: int
    #: Matches that are hit.
    recall: Share
    #: Ordinary names with at least one hit.
    alerts: Share
    #: Labelled pairs that are no match and hit all the same.
    wrong: Share


@attrs.frozen(kw_only=True)
class Curve:
    """Points from one run at the policy's floor, and what any threshold from there on makes of them."""

    #: The lowest threshold that can be asked for, in points.
    floor: int
    #: Of each labelled match the points of its designation, rising.
    matches: tuple[int, ...] = attrs.field(converter=_rising)
    #: Of each labelled pair that is no match the points of its designation, rising.
    non_matches: tuple[int, ...] = attrs.field(converter=_rising)
    #: Of each ordinary name the points of its best hit, 0 where there is none from the floor on; rising.
    ordinary: tuple[int, ...] = attrs.field(converter=_rising)

    def at(self, threshold: int) -> CurvePoint:
        """What a threshold, in points, finds and costs."""
        recall, wrong, alerts = (
            Share(len(points) - bisect_left(points, threshold), len(points))
            for points in (self.matches, self.non_matches, self.ordinary)
        )
        return CurvePoint(threshold=threshold, recall=recall, alerts=alerts, wrong=wrong)

    def points(self, extra: Iterable[int] = ()) -> tuple[CurvePoint, ...]:
        """The curve at every hundredth from the floor to 1.0, and at thresholds asked for besides, rising."""
        hundredths = range(-(-self.floor // STEP) * STEP, FULL_SCORE + 1, STEP)
        return tuple(self.at(threshold) for threshold in sorted({self.floor, *hundredths, *extra}))

    def for_recall(self, wanted: Fraction) -> int | None:
        """The highest threshold at which at least this share of the matches is hit; None where none does."""
        needed = -(-wanted.numerator * len(self.matches) // wanted.denominator)
        if needed <= 0:
            return FULL_SCORE
        least = self.matches[-needed]
        return least if least >= self.floor else None

    def for_alerts(self, wanted: Fraction) -> int | None:
        """The lowest threshold at which at most so many of 10,000 ordinary names alert; None where none does."""
        allowed = wanted.numerator * len(self.ordinary) // (wanted.denominator * 10_000)
        if allowed >= len(self.ordinary):
            return self.floor
        threshold = max(self.ordinary[-allowed - 1] + 1, self.floor)
        return threshold if threshold <= FULL_SCORE else None
