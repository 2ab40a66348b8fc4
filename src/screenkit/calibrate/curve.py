"""What each threshold finds and costs, from the points of matches and of ordinary names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from fractions import Fraction

import attrs

from screenkit.model.evidence import FULL_SCORE

from .shares import Share

#: Points between the thresholds at which a curve is shown: .40, .41 ... 1.00.
STEP = 100


def _rising(points: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(points))


@attrs.frozen(kw_only=True)
class CurvePoint:
    """What one threshold finds and costs."""

    #: The threshold, in points.
    threshold: int
    #: Matches that are hits.
    recall: Share
    #: Ordinary names with at least one hit.
    alerts: Share
    #: Labeled non-matches that are hits all the same.
    wrong: Share


@attrs.frozen(kw_only=True)
class Curve:
    """Points from one run at the policy's floor, and what any higher threshold finds and costs."""

    #: The lowest threshold, in points.
    floor: int
    #: The points of the designation of each labeled match, rising.
    matches: tuple[int, ...] = attrs.field(converter=_rising)
    #: The points of the designation of each labeled non-match, rising.
    non_matches: tuple[int, ...] = attrs.field(converter=_rising)
    #: The points of the best hit of each ordinary name, 0 if it has none at the floor; rising.
    ordinary: tuple[int, ...] = attrs.field(converter=_rising)

    def at(self, threshold: int) -> CurvePoint:
        """What a threshold, in points, finds and costs."""
        recall, wrong, alerts = (
            Share(len(points) - bisect_left(points, threshold), len(points))
            for points in (self.matches, self.non_matches, self.ordinary)
        )
        return CurvePoint(threshold=threshold, recall=recall, alerts=alerts, wrong=wrong)

    def points(self, extra: Iterable[int] = ()) -> tuple[CurvePoint, ...]:
        """The curve at every hundredth from the floor to 1.0 and at further thresholds, rising."""
        hundredths = range(-(-self.floor // STEP) * STEP, FULL_SCORE + 1, STEP)
        return tuple(self.at(threshold) for threshold in sorted({self.floor, *hundredths, *extra}))

    def for_recall(self, wanted: Fraction) -> int | None:
        """The highest threshold at which at least this share of the matches are hits; None if there is none."""
        needed = -(-wanted.numerator * len(self.matches) // wanted.denominator)
        if needed <= 0:
            return FULL_SCORE
        least = self.matches[-needed]
        return least if least >= self.floor else None

    def for_alerts(self, wanted: Fraction) -> int | None:
        """The lowest threshold with at most this many alerts per 10,000 ordinary names; None if there is none."""
        allowed = wanted.numerator * len(self.ordinary) // (wanted.denominator * 10_000)
        if allowed >= len(self.ordinary):
            return self.floor
        threshold = max(self.ordinary[-allowed - 1] + 1, self.floor)
        return threshold if threshold <= FULL_SCORE else None
