"""What the nouns accept and refuse, and how facts change a score."""

# Wrong types are what half of this module is about.
# mypy: disable-error-code="arg-type, list-item"

from __future__ import annotations

import datetime as dt
import pickle

import attrs
import pytest

import screenkit
from screenkit import (
    Designation,
    Identifier,
    InvalidPolicyError,
    InvalidRecordError,
    InvalidSubjectError,
    ListedName,
    NoListError,
    PartialDate,
    Place,
    Policy,
    Program,
    Screener,
    StarterCoverageWarning,
    Subject,
    compare,
)


def person(**facts: object) -> Designation:
    return attrs.evolve(Designation(id="1", kind="person", names=[ListedName("IVANOV, Pyotr Sergeyevich")]), **facts)


def test_the_contracts_own_example_is_accepted() -> None:
    made = Designation(id="X1", kind="organization", names=[ListedName("ACME TRADING")], programs=[Program("HOUSE")])
    assert (made.kind, made.name, made.programs[0].code) == ("organization", "ACME TRADING", "HOUSE")
    assert Screener([made]).screen("Acme Trading")[0].designation is made


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Designation(id="", names=[ListedName("A")]),
        lambda: Designation(id="1", names=[]),
        lambda: Designation(id="1", names="ACME"),
        lambda: Designation(id="1", names=["ACME"]),
        lambda: Designation(id="1", kind="ghost", names=[ListedName("A")]),
        lambda: ListedName(" "),
        lambda: ListedName("A", strength="medium"),
        lambda: Program(""),
        lambda: Program("X", measures=["banish"]),
        lambda: Identifier(value=""),
        lambda: PartialDate.of(2001, 2, 30),
        lambda: PartialDate.parse("soon"),
    ],
)
def test_a_record_that_cannot_be_is_refused(wrong: object) -> None:
    assert callable(wrong)
    with pytest.raises(InvalidRecordError):
        wrong()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Subject(""),
        lambda: Subject(" \t"),
        lambda: Subject([]),
        lambda: Subject(["ok", ""]),
        lambda: Subject(7),
        lambda: Subject(None),
        lambda: Subject(b"Kim"),
        lambda: Subject("\ud800"),
        lambda: Subject("a" * 4_097),
        lambda: Subject("Kim", kind="ghost"),
        lambda: Subject("Kim", birth_date="12/15/1971"),
        lambda: Subject("Kim", birth_date=1971),
        lambda: Subject("Kim", countries=["Atlantis"]),
        lambda: Subject("Kim", countries=5),
        lambda: Subject("Kim", gender="lady"),
        lambda: Subject("Kim", identifiers=["-"]),
        lambda: screenkit.screen("\u200b\u202e"),
        lambda: screenkit.compare(5, "Kim"),
        lambda: screenkit.normalize(""),
    ],
)
def test_a_subject_that_cannot_be_screened_is_refused_without_quoting_the_name(wrong: object) -> None:
    assert callable(wrong)
    with pytest.raises(InvalidSubjectError):
        wrong()


def test_a_subject_takes_dates_codes_and_texts_in_the_usual_forms() -> None:
    one = Subject("Kim", birth_date=dt.date(1971, 12, 15), countries="KP", gender="M", identifiers="A-1")
    assert one.birth_date is not None
    assert (one.names, one.birth_date.text, one.countries, one.gender) == (("Kim",), "1971-12-15", ("kp",), "male")
    assert one.identifiers[0].value == "A-1"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("1971", "1971-01-01", "1971-12-31"), ("1972-02", "1972-02-01", "1972-02-29"), ("1971-12-15",) * 3],
)
def test_a_partial_date_spans_what_it_allows(text: str, first: str, last: str) -> None:
    date = PartialDate.parse(text)
    assert (date.earliest.isoformat(), date.latest.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("facts", "subject", "rule", "sign"),
    [
        ({"birth_dates": [PartialDate.parse("1966-01-28")]}, {"birth_date": "1966-01-28"}, "equals", 1),
        ({"birth_dates": [PartialDate.parse("1966-01-28")]}, {"birth_date": "1966"}, "allows", 1),
        ({"birth_dates": [PartialDate.parse("1966-03-04")]}, {"birth_date": "1966-04-03"}, "swapped", 1),
        ({"birth_dates": [PartialDate.parse("1966-01-28")]}, {"birth_date": "1966-01-01"}, "same year", 1),
        ({"birth_dates": [PartialDate.parse("1966-01-28")]}, {"birth_date": "1967-01-28"}, "close to", -1),
        ({"birth_dates": [PartialDate.parse("1966-01-28")]}, {"birth_date": "1990-05-05"}, "contradicts", -1),
        ({"nationalities": [Place(text="North Korea", country="kp")]}, {"countries": ["kp"]}, "is among", 1),
        ({"nationalities": [Place(text="North Korea", country="kp")]}, {"countries": ["br"]}, "is not among", -1),
        ({"gender": "male"}, {"gender": "female"}, "differs", -1),
        ({}, {"kind": "vessel"}, "differs", -1),
    ],
)
def test_a_fact_moves_the_score_by_a_bounded_step(
    facts: dict[str, object], subject: dict[str, object], rule: str, sign: int
) -> None:
    asked = attrs.evolve(Subject("Petr Ivanow"), **subject)
    without = compare(Subject("Petr Ivanow"), person()).points
    score = compare(asked, person(**facts))
    (fact,) = [item for item in score.evidence if rule in item.rule]
    assert fact.points * sign > 0
    assert score.points - without == fact.points
    assert abs(fact.points) <= 1_800


@pytest.mark.parametrize(
    ("facts", "subject"),
    [
        ({"birth_dates": [PartialDate.parse("1966-01-28")]}, {"birth_date": "1966-01-28"}),
        ({"nationalities": [Place(text="North Korea", country="kp")]}, {"countries": ["kp"]}),
        ({"gender": "male"}, {"gender": "male"}),
    ],
)
def test_a_name_that_a_fact_lifts_to_the_threshold_is_found(
    facts: dict[str, object], subject: dict[str, object]
) -> None:
    """The search looks for names as far below the threshold as facts can add."""
    policy, listed = Policy(gender_gain=50), person(**facts)
    asked = attrs.evolve(Subject("Petr Ivanow"), **subject)
    points = compare(asked, listed, policy=policy).points
    assert points > compare(Subject("Petr Ivanow"), listed, policy=policy).points
    screening = Screener([listed], policy=policy).screen(asked, threshold=points / 10_000)
    assert [hit.points for hit in screening] == [points]


def test_the_best_of_several_birth_dates_counts() -> None:
    listed = person(birth_dates=[PartialDate.parse("1950-01-28"), PartialDate.parse("1966-01-28")])
    score = compare(Subject("Petr Ivanow", birth_date="1966-01-28"), listed)
    assert [item.listed for item in score.evidence if item.kind == "birth date"] == ["1966-01-28"]


@pytest.mark.parametrize(
    ("asked", "listed", "is_hit"),
    [
        (Identifier(type="passport", value="AB-123 456"), Identifier(type="passport", value="ab123456"), True),
        (Identifier(value="AB123456"), Identifier(type="passport", value="AB123456"), True),
        (Identifier(type="tax", value="AB123456"), Identifier(type="passport", value="AB123456"), False),
        (
            Identifier(type="passport", value="1", country="kp"),
            Identifier(type="passport", value="1", country="cn"),
            False,
        ),
        (Identifier(type="bic", value="DCBKKPPY"), Identifier(type="bic", value="DCBKKPPYXXX"), True),
        (Identifier(type="imo", value="IMO 9314234"), Identifier(type="imo", value="9314234"), True),
        (Identifier(type="wallet", value="1AjZ"), Identifier(type="wallet", value="1AJZ"), False),
        (Identifier(type="wallet", value="0x" + "aB" * 20), Identifier(type="wallet", value="0x" + "Ab" * 20), True),
        (
            Identifier(value="1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
            Identifier(type="wallet", value="1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
            True,
        ),
        # Of any sort, so short a value is equal to somebody's by chance.
        (Identifier(value="1AjZ"), Identifier(type="wallet", value="1AjZ"), False),
    ],
)
def test_an_equal_identifier_is_a_hit_whatever_the_name(asked: Identifier, listed: Identifier, is_hit: bool) -> None:
    screener = Screener([person(identifiers=[listed])])
    found = screener.screen(Subject("Somebody Else", identifiers=[asked]))
    assert bool(found) == is_hit
    for hit in found:
        assert hit.evidence[-1].kind == "identifier"
        assert sum(item.points for item in hit.evidence) == hit.points == 9_800


def test_a_weak_name_alerts_only_where_a_birth_date_or_identifier_agrees() -> None:
    weak = ListedName("THE ENGINEER FROM SINUIJU", type="a.k.a.", strength="weak")
    names = [ListedName("IVANOV, Pyotr Sergeyevich"), weak]
    listed = person(names=names, birth_dates=[PartialDate.parse("1966-01-28")])
    screener = Screener([listed])
    alone = screener.screen("The Engineer from Sinuiju")
    assert (len(alone), len(alone.suppressed), alone.is_clear) == (0, 1, False)
    assert compare("The Engineer from Sinuiju", listed).points < 7_500
    with_date = screener.screen(Subject("The Engineer from Sinuiju", birth_date="1966-01-28"))
    assert [hit.matched_name.text for hit in with_date] == [weak.text]
    loud = Screener([listed], policy=Policy(suppress_weak=False))
    assert len(loud.screen("The Engineer from Sinuiju")) == 1


def test_a_screening_tells_what_was_searched_and_cut_off() -> None:
    screener = Screener([Designation(id=str(at), names=[ListedName("ACME TRADING")]) for at in range(5)])
    found = screener.screen("Acme Trading", limit=2)
    assert (len(found), found.total, found.truncated, found.is_clear) == (2, 5, True, False)
    assert [hit.designation.id for hit in found] == ["0", "1"]
    assert found.editions[0].records == 5
    assert found.policy.fingerprint == Policy().fingerprint != Policy(threshold=0.8).fingerprint
    assert pickle.loads(pickle.dumps(found)).to_dict() == found.to_dict()


def test_nothing_to_search_is_an_error_and_never_an_empty_result() -> None:
    with pytest.raises(NoListError):
        Screener([])
    with pytest.raises(NoListError, match="un_sc"):
        Screener.open(["un_sc"])
    with pytest.raises(NoListError):
        Screener.open()


def test_two_designations_of_one_id_are_refused() -> None:
    with pytest.raises(InvalidRecordError, match="two designations of id 1"):
        Screener([person(), person()])


def test_an_updated_screener_adds_replaces_and_removes_and_leaves_the_old_one_alone() -> None:
    old = Screener([person(), Designation(id="2", names=[ListedName("ACME TRADING")])])
    renamed = person(names=[ListedName("PAK, Chun Il")])
    new = old.updated(added=[renamed, Designation(id="3", names=[ListedName("DOVER")])], removed=["2"])
    assert [designation.id for designation in new] == ["1", "3"]
    assert (len(new.screen("Pyotr Ivanov")), len(new.screen("Pak Chun Il")), len(new.screen("Acme Trading"))) == (
        0,
        1,
        0,
    )
    assert (len(old), len(old.screen("Pyotr Ivanov"))) == (2, 1)
    with pytest.raises(InvalidRecordError, match="not there"):
        old.updated(removed=["77"])


def test_the_starter_list_says_what_it_is() -> None:
    with pytest.warns(StarterCoverageWarning, match="not compliance coverage"):
        clear = screenkit.screen("Maria Gonzalez Ortega")
    assert (len(clear), clear.coverage, clear.is_clear) == (0, "starter", False)
    with pytest.warns(StarterCoverageWarning) as told:
        screenkit.screen("Maria Gonzalez Ortega")
    assert [one.filename for one in told] == [__file__], "the warning is at the caller's line"
    with pytest.warns(StarterCoverageWarning):
        assert not [hit for hit in screenkit.screen("Irina Huish") if hit.score > 0.8]
    with pytest.warns(StarterCoverageWarning):
        (dandong,) = screenkit.screen("Bank of Dandong")
    assert dandong.measures == ("special measure",)
    assert "correspondent" in dandong.designation.remarks


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Policy(threshold=0.3),
        lambda: Policy(threshold=1.2),
        lambda: Policy(floor=0.1),
        lambda: Policy(word_weight=-1),
        lambda: Policy(lesser_share=40),
        lambda: Screener([person()]).screen("Kim", threshold=float("nan")),
        lambda: Screener([person()]).screen("Kim", limit=0),
        lambda: list(Screener([person()]).screen_many(["Kim"], workers=0)),
    ],
)
def test_a_policy_or_limit_out_of_range_is_refused(wrong: object) -> None:
    assert callable(wrong)
    with pytest.raises(InvalidPolicyError):
        wrong()
