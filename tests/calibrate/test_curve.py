"""The curve, the thresholds for what is wanted, and the choice among them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit.calibrate.choosing import Reason, Wanted, choose
from screenkit.calibrate.curve import Curve
from screenkit.errors import InvalidPolicyError

FLOOR = 9_950
POINTS = st.lists(st.integers(9_940, 10_000) | st.just(0), min_size=1, max_size=30)
THRESHOLDS = range(FLOOR, 10_001)


def curve(matches: list[int], ordinary: list[int], non_matches: tuple[int, ...] = ()) -> Curve:
    return Curve(floor=FLOOR, matches=matches, ordinary=ordinary, non_matches=non_matches)


@given(POINTS, POINTS, POINTS)
def test_a_point_counts_what_reaches_its_threshold(matches: list[int], ordinary: list[int], wrong: list[int]) -> None:
    """At any threshold the curve counts the rows whose points reach it."""
    made = curve(matches, ordinary, tuple(wrong))
    for threshold in THRESHOLDS:
        point = made.at(threshold)
        for share, points in ((point.recall, matches), (point.alerts, ordinary), (point.wrong, wrong)):
            assert (share.count, share.of) == (sum(one >= threshold for one in points), len(points))


@given(POINTS, st.fractions(min_value=Fraction(1, 50), max_value=1))
def test_no_higher_threshold_has_the_recall_wanted(matches: list[int], wanted: Fraction) -> None:
    """Of all thresholds with the recall wanted the highest is found, and none only where none has it."""
    made = curve(matches, [0])
    fit = [one for one in THRESHOLDS if Fraction(made.at(one).recall.count, len(matches)) >= wanted]
    assert made.for_recall(wanted) == (max(fit) if fit else None)


@given(POINTS, st.fractions(min_value=0, max_value=10_000))
def test_no_lower_threshold_has_so_few_alerts(ordinary: list[int], wanted: Fraction) -> None:
    """Of all thresholds with no more alerts than wanted the lowest is found, and none only where none has so few."""
    made = curve([10_000], ordinary)
    fit = [one for one in THRESHOLDS if Fraction(10_000 * made.at(one).alerts.count, len(ordinary)) <= wanted]
    assert made.for_alerts(wanted) == (min(fit) if fit else None)


def test_a_curve_has_every_hundredth_its_floor_and_what_is_asked_for_besides() -> None:
    made = Curve(floor=5_050, matches=[1], ordinary=[1], non_matches=[])
    thresholds = [point.threshold for point in made.points((8_601,))]
    assert thresholds == [5_050, *range(5_100, 8_601, 100), 8_601, *range(8_700, 10_001, 100)]


@pytest.mark.parametrize(
    ("recall", "alerts", "threshold", "reason"),
    [
        (None, None, 9_970, Reason.POLICY),
        ("0.5", None, 9_980, Reason.RECALL),
        ("0.51", None, 9_960, Reason.RECALL),
        ("1", None, 9_970, Reason.OUT_OF_REACH),
        (None, "5000", 9_976, Reason.ALERTS),
        (None, "4999", 9_970, Reason.OUT_OF_REACH),
        ("0.5", "5000", 9_976, Reason.BOTH),
        ("0.51", "5000", 9_960, Reason.RECALL_BEFORE_ALERTS),
        ("0.51", "0", 9_960, Reason.RECALL_BEFORE_ALERTS),
        ("1", "5000", 9_970, Reason.OUT_OF_REACH),
    ],
)
def test_the_choice_goes_by_what_is_wanted(
    recall: str | None, alerts: str | None, threshold: int, reason: Reason
) -> None:
    made = curve([9_980, 9_990, 9_960, 0], [9_975, 10_000])
    wanted = Wanted(
        recall=None if recall is None else Fraction(recall), alerts=None if alerts is None else Fraction(alerts)
    )
    found = choose(made, wanted, 9_970)
    assert (found.threshold, found.reason) == (threshold, reason)
    assert found.is_reached is (reason not in (Reason.OUT_OF_REACH, Reason.RECALL_BEFORE_ALERTS))


@pytest.mark.parametrize("wanted", [{"recall": "0"}, {"recall": "1.1"}, {"alerts": "-1"}, {"alerts": "10001"}])
def test_what_cannot_be_wanted_is_refused(wanted: dict[str, str]) -> None:
    with pytest.raises(InvalidPolicyError, match="not"):
        Wanted(**{name: Fraction(value) for name, value in wanted.items()})
