"""How birth dates, countries, genders and kinds weigh, each by the example that it serves."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from screenkit import (
    Designation,
    Evidence,
    EvidenceKind,
    Identifier,
    ListedName,
    PartialDate,
    Place,
    Policy,
    Subject,
    compare,
)
from screenkit.comparison.facts import compare_facts, corroborates

POLICY = Policy()
DAY, YEAR = POLICY.birth_date_gain, POLICY.birth_year_gain
NEAR, FAR = -POLICY.near_birth_date_loss, -POLICY.birth_date_loss
_CIRCA_1961 = PartialDate.of(1961, circa=True)
_RANGE = PartialDate.between(PartialDate.of(1955), PartialDate.of(1957), text="1955 to 1957")
_WIDE = PartialDate.between(PartialDate.of(1950), PartialDate.of(1970), text="1950 to 1970")


def evidence(subject: Subject, **facts: Any) -> list[Evidence]:
    listed = attrs.evolve(Designation(id="1", names=[ListedName("KIM")]), **facts)
    return list(compare_facts(subject, listed, POLICY))


def born(text: str | PartialDate) -> PartialDate:
    return text if isinstance(text, PartialDate) else PartialDate.parse(text)


@pytest.mark.parametrize(
    ("one", "other", "points"),
    [
        ("1966-01-28", "1966-01-28", DAY),
        ("1966-01-28", "1966-01", YEAR),
        ("1966-01-28", "1966", YEAR),
        ("1966", "1966", YEAR),
        # Day and month swapped.
        ("1966-03-04", "1966-04-03", YEAR),
        ("1966-03-14", "1966-04-13", NEAR),
        # 1 January is what registries write for the year alone.
        ("1966-01-01", "1966-07-09", YEAR),
        ("1966-01-01", "1966-01-01", YEAR),
        ("1966-01-01", "1966", YEAR),
        ("1966-01-01", "1967-01-01", NEAR),
        ("1966-01-01", "1970-01-01", FAR),
        ("1966-01-01", "1965-12-31", NEAR),
        # Ranges.
        (_RANGE, "1955-01-01", YEAR),
        (_RANGE, "1957-12-31", YEAR),
        (_RANGE, "1958-01-02", NEAR),
        (_RANGE, "1954", NEAR),
        (_RANGE, "1959-05-05", FAR),
        (_WIDE, "1960-05-05", 0),
        (_WIDE, "1980-05-05", FAR),
        # About a year: two years to either side contradict nothing and prove nothing.
        (_CIRCA_1961, "1961-05-05", YEAR),
        (_CIRCA_1961, "1963-05-05", 0),
        (_CIRCA_1961, "1959", 0),
        (_CIRCA_1961, "1964", FAR),
        ("1966-01-28", "1967-01-28", NEAR),
        ("1966-12-31", "1967-01-01", NEAR),
        ("1966-01-28", "1968-01-28", FAR),
    ],
)
def test_two_birth_dates_weigh_as_much_as_they_say(
    one: str | PartialDate, other: str | PartialDate, points: int
) -> None:
    for asked, listed in ((one, other), (other, one)):
        (found,) = evidence(Subject("Kim", birth_date=born(asked)), birth_dates=[born(listed)])
        assert found.points == points
        assert corroborates(found) == (points > 0)


def test_every_listed_birth_date_is_compared_and_the_best_counts() -> None:
    listed = [born(text) for text in ("1950-01-28", "1966", "1966-03-04", "1990")]
    (found,) = evidence(Subject("Kim", birth_date="1966-03-04"), birth_dates=listed)
    assert (found.points, found.listed) == (DAY, "1966-03-04")


def test_a_country_agrees_with_any_that_the_entry_states() -> None:
    facts: dict[str, object] = {
        "nationalities": [Place(text="North Korea", country="kp")],
        "identifiers": [Identifier(type="passport", value="123", country="kh")],
    }
    for country, points in (("kp", POLICY.country_gain), ("kh", POLICY.country_gain), ("br", -POLICY.country_loss)):
        (found,) = evidence(Subject("Kim", countries=[country]), **facts)
        assert found.points == points
        assert not corroborates(found)


def test_a_flag_or_seat_of_a_number_is_no_country_of_its_holder() -> None:
    listed = [Identifier(type="registration", value="123", country="pa")]
    assert evidence(Subject("Kim", countries=["br"]), identifiers=listed) == []


def test_a_gender_and_a_kind_that_differ_cost_and_those_that_agree_do_not() -> None:
    (found,) = evidence(Subject("Kim", gender="f"), gender="male")
    assert found.points == -POLICY.gender_loss
    (found,) = evidence(Subject("Kim", gender="f"), gender="female")
    assert found.points == POLICY.gender_gain
    (found,) = evidence(Subject("Kim", kind="vessel"), kind="person")
    assert found.points == -POLICY.kind_loss
    assert evidence(Subject("Kim", kind="person"), kind="person") == []


@pytest.mark.parametrize(
    ("name", "listed", "kind", "off"),
    [
        ("Victor Green Limited", "GRIN, Viktor", "person", True),
        ("Voyager Travel, Inc.", "VOYAGER", "vessel", True),
        ("ООО «Орион»", "ORION", "aircraft", True),
        # Nothing says that it is a company, or the entry may be one.
        ("Voyager Travel", "VOYAGER", "vessel", False),
        ("Voyager Travel, Inc.", "VOYAGER", "organization", False),
        ("Voyager Travel, Inc.", "VOYAGER", "unknown", False),
        ("Voyager Travel, Inc.", "VOYAGER INC", "vessel", False),
    ],
)
def test_a_legal_form_costs_against_a_person_vessel_or_aircraft(name: str, listed: str, kind: str, off: bool) -> None:
    designation = Designation(id="1", kind=kind, names=[ListedName(listed)])
    said = [one for one in compare(name, designation).evidence if one.kind is EvidenceKind.KIND]
    assert [one.points for one in said] == [-POLICY.kind_loss] * off
    # It lowers a score and contradicts nothing: a policy that sets contradicted hits aside shows it.
    assert not any(one.contradicts for one in said)
    stated = compare(Subject(name, kind="organization"), designation)
    assert all(one.rule != "legal form" for one in stated.evidence)


def test_what_a_legal_form_costs_is_said_in_a_sentence() -> None:
    orion = Designation(id="1", kind="aircraft", names=[ListedName("ORION")])
    (said,) = [one for one in compare("Orion Ltd", orion).evidence if one.kind is EvidenceKind.KIND]
    assert said.explain() == "“Ltd” is a company's legal form; the entry is listed as aircraft (-1,000)"
