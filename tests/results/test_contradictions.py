"""Namesakes: a hit says which facts contradict it, in every output, and comes after others of its score (U6)."""

from __future__ import annotations

import pytest

from screenkit import Designation, ListedName, PartialDate, Place, Policy, Screener, Subject
from screenkit.results.rows import rows


def person(id: str, born: str) -> Designation:
    return Designation(
        id=id,
        kind="person",
        gender="male",
        names=[ListedName("IVANOV, Pyotr")],
        birth_dates=[PartialDate.parse(born)],
        nationalities=[Place(text="Russia", country="ru")],
    )


SCREENER = Screener([person("A", "1966-01-28"), person("B", "1990-01-02")])


@pytest.mark.parametrize(
    ("facts", "contradictions", "is_contradicted"),
    [
        ({}, (), False),
        ({"birth_date": "1966-01-28"}, (), False),
        ({"birth_date": "1966"}, (), False),
        ({"birth_date": "1930"}, ("birth date",), True),
        ({"gender": "female"}, ("gender",), True),
        ({"kind": "company"}, ("kind",), True),
        ({"countries": ["cn"]}, ("country",), False),
        ({"birth_date": "1930", "gender": "f", "kind": "ship"}, ("birth date", "gender", "kind"), True),
    ],
)
def test_a_hit_tells_which_facts_contradict(
    facts: dict[str, str], contradictions: object, is_contradicted: bool
) -> None:
    hit = next(hit for hit in SCREENER.screen(Subject("Pyotr Ivanov", **facts)) if hit.designation.id == "A")  # type: ignore[arg-type]  # texts of several parameters
    assert (hit.contradictions, hit.is_contradicted, hit.points) == (contradictions, is_contradicted, 10_000)


@pytest.mark.parametrize(
    ("facts", "confirmations"),
    [
        ({}, ()),
        ({"birth_date": "1966-01-28"}, ("birth date",)),
        ({"birth_date": "1966"}, ("birth date",)),
        ({"birth_date": "1930"}, ()),
        ({"gender": "m", "countries": ["ru", "cn"]}, ("country", "gender")),
    ],
)
def test_a_hit_tells_which_facts_agree(facts: dict[str, str], confirmations: object) -> None:
    hit = next(hit for hit in SCREENER.screen(Subject("Pyotr Ivanov", **facts)) if hit.designation.id == "A")  # type: ignore[arg-type]  # texts of several parameters
    assert hit.confirmations == confirmations


def test_a_policy_decides_whether_a_birth_date_takes_an_equal_name_below_the_line() -> None:
    born = Subject("Pyotr Ivanov", birth_date="1930-05-05")
    assert [hit.points for hit in SCREENER.screen(born)] == [10_000, 10_000]
    strict = Screener(SCREENER.designations, policy=Policy(equal_birth_date_loss=5_000))
    assert not strict.screen(born).hits
    assert [hit.points for hit in strict.screen(born, threshold=0.5)] == [5_000, 5_000]
    # A year apart is no contradiction.
    assert [hit.designation.id for hit in strict.screen("Pyotr Ivanov", birth_date="1967-01-28")] == ["A"]


def test_outputs_mark_a_contradicted_hit_and_show_it_last() -> None:
    found = SCREENER.screen("Pyotr Ivanov", birth_date="1990-01-02")
    assert [(hit.designation.id, hit.is_contradicted) for hit in found] == [("B", False), ("A", True)]
    assert [row["contradictions"] for row in rows(found)] == ["", "birth date"]
    assert [hit["contradictions"] for hit in found.to_dict()["hits"]] == [[], ["birth date"]]
