"""Two policies on one book: every decision that changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screenkit import Policy, Screener, Subject
from screenkit.calibrate import changes
from screenkit.calibrate.changes import ChangeSort, Verdict
from screenkit.calibrate.samples import Customer

from .conftest import LISTED, TIME
from .test_measuring import SUBJECTS

POLICIES = {
    "default": Policy(),
    "lower": Policy(threshold=0.5),
    "higher": Policy(threshold=0.95),
    "weak too": Policy(suppress_weak=False),
    "other weights": Policy(common_most=0, weakest_share=60, edit_share=200),
}
SCREENERS = {name: Screener(LISTED, policy=policy) for name, policy in POLICIES.items()}


def book(*names: str) -> list[Customer]:
    return [Customer(line=line, subject=Subject(name, customer=f"C{line}")) for line, name in enumerate(names, 2)]


@settings(max_examples=40)
@given(
    st.lists(SUBJECTS, min_size=1, max_size=4), st.sampled_from(sorted(SCREENERS)), st.sampled_from(sorted(SCREENERS))
)
def test_a_change_is_told_exactly_where_two_screenings_differ(subjects: list[Subject], old: str, new: str) -> None:
    """Changes are the designations that are hits or suppressed under one policy and not so, or by another name, under
    the other."""
    customers = [Customer(line=line, subject=subject) for line, subject in enumerate(subjects, 2)]
    found = list(changes(SCREENERS[old], SCREENERS[new], customers, at=TIME))
    told = {(change.line, change.id) for change in found}
    assert len(told) == len(found)
    differ = set()
    for customer in customers:
        sides = []
        for name in (old, new):
            screening = SCREENERS[name].screen(customer.subject)
            side = {hit.designation.id: ("hit", hit.matched_name) for hit in screening.hits}
            sides.append(side | {hit.designation.id: ("weak", hit.matched_name) for hit in screening.suppressed})
        ids = sides[0].keys() | sides[1].keys()
        differ |= {(customer.line, id) for id in ids if sides[0].get(id) != sides[1].get(id)}
    assert told == differ


@pytest.mark.parametrize(
    ("old", "new", "name", "id", "sort", "verdicts", "customers"),
    [
        ("lower", "higher", "Kim Chong-un", None, None, None, None),
        ("default", "higher", "Hala Husein Tikriti", "5", "customer", "hit clear", "hit clear"),
        ("higher", "default", "Hala Husein Tikriti", "5", "customer", "clear hit", "clear hit"),
        ("default", "weak too", "Misha the Bear", "3", "customer", "suppressed hit", "suppressed hit"),
        ("weak too", "default", "Misha the Bear", "3", "customer", "hit suppressed", "hit suppressed"),
    ],
)
def test_decisions_that_change(
    old: str, new: str, name: str, id: str | None, sort: str | None, verdicts: str | None, customers: str | None
) -> None:
    found = list(changes(SCREENERS[old], SCREENERS[new], book(name, "Maria Gonzalez"), at=TIME))
    if id is None or verdicts is None or customers is None:
        assert found == []
        return
    (change,) = found
    assert (change.line, change.customer, change.name, change.id) == (2, "C2", name, id)
    assert change.sort == sort
    assert [change.old.verdict, change.new.verdict] == verdicts.split()
    assert [change.old.customer, change.new.customer] == customers.split()
    for side, screener in ((change.old, SCREENERS[old]), (change.new, SCREENERS[new])):
        reaches = side.points >= screener.policy.threshold_points()
        assert reaches is (side.verdict is not Verdict.CLEAR)
        assert side.explanation


def test_a_second_designation_of_a_customer_who_stays_a_hit_is_told_too() -> None:
    stricter = Screener(LISTED, policy=Policy(threshold=0.7))
    found = list(changes(stricter, SCREENERS["default"], book("Yuri Irsenovich Kim Jong Un"), at=TIME))
    assert found
    assert {(change.sort, change.old.customer, change.new.customer) for change in found} == {
        (ChangeSort.DESIGNATION, Verdict.HIT, Verdict.HIT)
    }


def test_another_matched_name_is_told() -> None:
    old, new = SCREENERS["default"], SCREENERS["weak too"]
    found = list(changes(old, new, book("KKBC Kwangson Banking Corp Korea", "KKBC"), at=TIME))
    assert [(change.line, change.sort) for change in found] == [(3, ChangeSort.CUSTOMER)]
    both = Customer(line=2, subject=Subject(["Korea Kwangson Banking", "KKBC"]))
    (change,) = changes(old, new, [both], at=TIME)
    assert change.sort is ChangeSort.MATCHED_NAME
    assert (change.old.matched_name, change.new.matched_name) == ("Korea Kwangson Banking Corp", "KKBC")


def test_workers_change_nothing(tmp_path: Path) -> None:
    customers = book(*(name.text for one in LISTED for name in one.names))
    pair = SCREENERS["default"], SCREENERS["other weights"]
    one, two = (list(changes(*pair, customers, at=TIME, workers=workers)) for workers in (1, 2))
    assert one == two
