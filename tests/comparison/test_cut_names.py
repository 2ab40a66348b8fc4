"""Names that a payment field cut off find the listed names that begin with them, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit import Designation, ListedName, Screener, Subject, compare
from screenkit.comparison.cut_names import LINE, cut_off, fills_line
from screenkit.model import EvidenceKind

LONG = "PUBLIC JOINT STOCK COMPANY PROLETARSKY ZAVOD"
CUT = LONG[:LINE]


@pytest.mark.parametrize(
    ("query", "listed", "left"),
    [
        (CUT, LONG, CUT),
        (CUT.lower(), LONG, CUT),
        # Points and hyphens are written or left out.
        ("Public Joint-Stock Company PROLETAR", LONG, CUT),
        # The 36th character is the first of a word: the line ends with a space.
        ("ISLAMIC REVOLUTIONARY GUARD CORPS", "ISLAMIC REVOLUTIONARY GUARD CORPS Q FORCE", ""),
        ("ISLAMIC REPUBLIC OF IRAN SHIPPING ", "ISLAMIC REPUBLIC OF IRAN SHIPPING LINES", ""),
        (
            "THE ISLAMIC REPUBLIC OF IRAN STATE ",
            "THE ISLAMIC REPUBLIC OF IRAN STATE LINES",
            "THE ISLAMIC REPUBLIC OF IRAN STATE",
        ),
        # Shorter than the line: nothing cut it off.
        (CUT[:30], LONG, ""),
        # Another name, and the name itself.
        ("PUBLIC JOINT STOCK COMPANY PROLOGUE", LONG, ""),
        (CUT, CUT, ""),
        # Signs fill the line, letters don't.
        ("A" + "." * 34, "A" + "." * 40 + "BCDEFGHIJKLMNOPQRSTUVWXYZ", ""),
    ],
)
def test_what_a_line_left_of_a_name(query: str, listed: str, left: str) -> None:
    assert cut_off(query, listed) == left


def test_a_name_cut_off_hits_below_a_whole_one_and_says_why() -> None:
    listed = Designation(id="1", names=[ListedName(LONG)])
    score = compare(CUT, listed)
    assert score.points == 9_000
    assert score.evidence[-1].kind is EvidenceKind.CUT_OFF
    assert score.matched_name.text == LONG
    assert compare(LONG, listed).points == 10_000
    assert not any(one.kind is EvidenceKind.CUT_OFF for one in compare(CUT[:30], listed).evidence)


WORDS = st.lists(
    st.sampled_from(["public", "Joint-stock", "ЗАВОД", "é", "zavod", "of", "№", "7", "Kwangson"]), min_size=1
)


@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=4), st.data())
def test_the_search_finds_what_the_comparison_scores(names: list[str], data: st.DataObject) -> None:
    listed = [Designation(id=str(at), names=[ListedName(name)]) for at, name in enumerate(names)]
    text = data.draw(st.sampled_from(names))[: data.draw(st.integers(LINE - 2, LINE + 1))]
    subject = Subject(text)
    found = {hit.designation.id: hit.result for hit in Screener(listed).screen(subject)}
    scores = {one.id: compare(subject, one) for one in listed}
    assert found == {id: score for id, score in scores.items() if score.value >= 0.6}
    assert all(score.points == sum(one.points for one in score.evidence) for score in scores.values())


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_a_line_left_is_the_beginning_of_the_listed_name(query: str, listed: str) -> None:
    left = cut_off(query, listed)
    assert listed.startswith(left)
    assert not left or (fills_line(query) and len(listed) > LINE)
