"""One run at the floor, and what follows from it for every threshold."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from screenkit import Designation, Policy, Screener, Subject
from screenkit.calibrate import Calibration, Wanted, calibrate
from screenkit.calibrate.measuring import Sort, curve_of, measure
from screenkit.calibrate.samples import Customer, LabeledPair, SampleFile, Samples

from .conftest import LISTED, TIME

WORDS = sorted(
    {word for one in LISTED for name in one.names for word in name.text.split()} | {"Maria", "Trading", "J."}
)
SUBJECTS = st.builds(
    Subject,
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=2),
    kind=st.sampled_from([None, "person", "organization"]),
    gender=st.sampled_from([None, "male"]),
)
NO_FILE = SampleFile(name="", sha256="", rows=0, unused=())


def assert_equals_screening(
    screener: Screener, labeled: list[tuple[Subject, Designation]], ordinary: list[Subject], thresholds: range
) -> None:
    """Counts of the one run at the floor are those of a screening of its own at every threshold."""
    samples = Samples(
        labeled_file=NO_FILE,
        ordinary_file=NO_FILE,
        labeled=tuple(
            LabeledPair(line=line, subject=subject, is_match=True, targets=(target,))
            for line, (subject, target) in enumerate(labeled, 2)
        ),
        ordinary=tuple(Customer(line=line, subject=subject) for line, subject in enumerate(ordinary, 2)),
    )
    curve = curve_of(measure(screener, samples, at=TIME), screener.policy)
    for threshold in thresholds:
        at = threshold / 10_000
        point = curve.at(threshold)
        hit = [
            any(hit.designation.id == target.id for hit in screener.screen(subject, threshold=at))
            for subject, target in labeled
        ]
        assert point.recall.count == sum(hit), threshold
        alerts = [bool(screener.screen(subject, threshold=at).hits) for subject in ordinary]
        assert point.alerts.count == sum(alerts), threshold


@settings(max_examples=12)
@given(st.lists(SUBJECTS, min_size=1, max_size=6), st.data())
def test_one_run_at_the_floor_equals_a_run_at_each_threshold(
    screener: Screener, subjects: list[Subject], data: st.DataObject
) -> None:
    """Recall and alerts at every threshold are those of screening at that threshold."""
    labeled = [(subject, data.draw(st.sampled_from(LISTED))) for subject in subjects]
    assert_equals_screening(screener, labeled, subjects, range(5_000, 10_001, 250))


def test_one_run_equals_many_on_a_published_list(
    shared: Callable[[str], Path], designations_of: Callable[[str], list[Designation]]
) -> None:
    listed = designations_of("un_sc/2025-11-20")
    chosen = random.Random(7).sample(listed, 60)
    labeled = [(Subject(one.name.replace("A", "E", 1)[:-1] or "A", kind=one.kind), one) for one in chosen]
    lines = shared("eval/ordinary_people_global.csv").read_text(encoding="utf-8").splitlines()[1:]
    ordinary = [Subject(line.split(",")[0]) for line in random.Random(7).sample(lines, 60)]
    assert_equals_screening(Screener(listed), labeled, ordinary, range(5_000, 10_001, 1_000))


def test_each_row_counts_once_and_as_what_it_is(made: Calibration) -> None:
    assert (len(made.curve.matches), len(made.curve.non_matches), len(made.curve.ordinary)) == (7, 3, 7)
    assert (made.looked_up, made.labeled) == (8, 10)
    # Found by a weak name alone, it does not alert; a listed name that nobody searched for is scored all the same.
    weak = next(row for near in made.nearest for row in near.rows if row.name == "Misha the Bear")
    assert weak.points == 0
    assert "weak alias" in weak.explanation
    pair = next(row for near in made.nearest for row in near.rows if row.listed_name == "ANSAN TRADING CORP")
    assert pair.designation == ""


def test_the_nearest_rows_stand_on_their_side_of_the_line_the_nearest_first(made: Calibration) -> None:
    line = made.choice.threshold
    assert {near.sort for near in made.nearest} == set(Sort)
    for near in made.nearest:
        assert 1 <= len(near.rows) <= 3
        assert all((row.points >= line) is near.alerts for row in near.rows)
        distances = [abs(row.points - line) for row in near.rows]
        assert distances == sorted(distances)
        assert all(row.explanation for row in near.rows)


def test_scripts_add_up_to_all_rows(made: Calibration) -> None:
    shares = [(point.recall.of, point.alerts.of, point.wrong.of) for _, point in made.scripts]
    assert tuple(map(sum, zip(*shares, strict=True))) == (7, 7, 3)


def test_workers_and_a_second_run_change_nothing(
    screener: Screener, files: tuple[Path, Path], made: Calibration
) -> None:
    again = calibrate(screener, *files, at=TIME, wanted=Wanted(), nearest=3, workers=2)
    assert json.dumps(again.to_dict()) == json.dumps(made.to_dict())


def test_the_policy_that_screens_is_the_one_that_is_told(files: tuple[Path, Path], strict: Policy) -> None:
    told = calibrate(Screener(LISTED, policy=strict), *files, at=TIME).to_dict()
    assert told["choice"]["threshold"] == 9_000
    assert told["policy"]["fingerprint"] == strict.fingerprint
    assert {one["field"] for one in told["differences"]} == {"threshold", "suppress_weak", "edit_share"}


def test_a_floor_of_the_policys_own_bounds_the_curve(files: tuple[Path, Path]) -> None:
    made = calibrate(Screener(LISTED, policy=Policy(threshold=0.7, floor=0.655)), *files, at=TIME)
    assert made.points[0].threshold == 6_550
