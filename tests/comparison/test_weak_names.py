"""Weak aliases and thresholds, at their edges: what a search may not say by a broken comparison (A7)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit import Designation, Edition, EvidenceKind, ListedName, PartialDate, Policy, Screener, Subject, compare
from screenkit.comparison.designations import compare_subject

#: Words that no table knows, so that a name of them is a whole one.
WORDS = st.sampled_from(("zorvath", "quillmar", "brentolas", "vexandor", "tirnablo", "okrumesh", "dalvistrak"))
NAMES = st.lists(WORDS, min_size=2, max_size=3, unique=True).map(" ".join)
COUNTS, COUNTS_NOT = (Edition(source=source, title=source, sha256="a" * 64) for source in ("us_ofac_sdn", "un_sc"))


def listed(weak: str, *, edition: Edition | None = COUNTS, **facts: object) -> Designation:
    names = [ListedName("Another Person Entirely"), ListedName(weak, strength="weak")]
    return Designation(id="1", names=names, edition=edition, **facts)  # type: ignore[arg-type]  # facts of a test's own


@given(NAMES)
def test_a_weak_alias_alone_never_alerts(name: str) -> None:
    """However equal it is. Nothing but the policy's switch, its sources, a birth date or an identifier changes that."""
    found = Screener([listed(name)]).screen(name)
    assert (len(found), [hit.points for hit in found.suppressed]) == (0, [10_000])
    assert found.needs_review
    alerting, weak = compare_subject(Subject(name), listed(name), Policy())
    assert weak is not None
    assert weak.points == 10_000
    assert alerting is None or alerting.points < Policy().threshold_points()


@given(NAMES)
def test_what_makes_a_weak_alias_alert(name: str) -> None:
    born = Subject(name, birth_date="1961-04-13")
    dated = listed(name, birth_dates=[PartialDate.parse("1961-04-13")])
    assert [hit.points for hit in Screener([dated]).screen(born)] == [10_000]
    assert len(Screener([dated]).screen(Subject(name, birth_date="1980"))) == 0
    assert len(Screener([dated]).screen(Subject(name, gender="male", countries=["fr"]))) == 0
    assert len(Screener([listed(name)], policy=Policy(suppress_weak=False)).screen(name)) == 1
    assert len(Screener([listed(name, edition=COUNTS_NOT)]).screen(name)) == 1


@given(NAMES)
def test_the_score_of_a_weak_name_alone_is_nothing_and_says_why(name: str) -> None:
    only = Designation(id="1", names=[ListedName(name, strength="weak")], edition=COUNTS)
    score = compare(name, only)
    assert (score.points, score.evidence[-1].kind, score.evidence[-1].points) == (0, EvidenceKind.WEAK_NAME, -10_000)
    assert compare(name, only, policy=Policy(suppress_weak=False)).points == 10_000


@pytest.mark.parametrize("query", ["Zorvath Quillmer", "Zorvath", "Quillmar Zorvath Brentolas"])
@pytest.mark.parametrize("strength", ["strong", "weak"])
def test_a_score_at_the_threshold_is_a_hit_and_one_point_below_is_not(query: str, strength: str) -> None:
    """A hit by a strong name and a suppressed one by a weak name begin at the same score."""
    names = [ListedName("Zorvath Quillmar", strength=strength)]
    made = Screener([Designation(id="1", names=names, edition=COUNTS)])
    lowest = made.screen(query, threshold=made.policy.floor)
    assert (len(lowest.hits), len(lowest.suppressed)) == ((1, 0) if strength == "strong" else (0, 1))
    best = lowest.hits[0].points if lowest.hits else lowest.suppressed[0].points
    at, above = (made.screen(query, threshold=(best + more) / 10_000) for more in (0, 1))
    assert [len(at.hits), len(at.suppressed)] == ([1, 0] if strength == "strong" else [0, 1])
    assert (len(above.hits), len(above.suppressed)) == (0, 0)
