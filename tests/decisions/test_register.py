"""Decisions: what clears and confirms a hit, what opens it again, and what the file refuses."""

from __future__ import annotations

import datetime as dt
import json
import pickle
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit import (
    Decision,
    DecisionError,
    Decisions,
    Designation,
    Edition,
    Identifier,
    InvalidSubjectError,
    Lapse,
    ListedName,
    PartialDate,
    Policy,
    Program,
    Screener,
    Screening,
    Subject,
)
from screenkit.decisions.reviewing import reviewed
from screenkit.errors import AuditError, InvalidPolicyError

DAY = dt.timedelta(days=1)
EAST, WEST = (dt.timezone(dt.timedelta(hours=hours)) for hours in (14, -12))
EDITION = Edition(source="us_ofac_sdn", title="SDN", published="2026-01-02", sha256="a" * 64)
PISKLIN = Designation(
    id="1",
    kind="person",
    names=[ListedName("PISKLIN, Mikhail Yur'evich"), ListedName("MISHA THE FIDDLER", type="a.k.a.", strength="weak")],
    programs=[Program("NPWMD", title="Weapons of mass destruction")],
    birth_dates=[PartialDate.parse("1961-04-13")],
    identifiers=[Identifier(type="passport", value="OA296623")],
    edition=EDITION,
)
OTHER = Designation(id="2", kind="person", names=[ListedName("PISKLIN, Mikhail")], edition=EDITION)
SUBJECT = Subject("Mikhail Pisklin", kind="person", customer="C-17", countries=["de", "fr"])


@pytest.fixture
def decisions(tmp_path: Path) -> Decisions:
    return Decisions.open(tmp_path / "decisions.sqlite", create=True)


@pytest.fixture
def screener() -> Screener:
    return Screener([PISKLIN, OTHER])


def cleared(decisions: Decisions, screening: Screening, id: str = "1", **told: object) -> Decision:
    until = told.get("until")
    assert until is None or isinstance(until, dt.date)
    return decisions.decide(screening, id, "cleared", reviewer="A. Bell", reason="born in 1990", until=until)


def ids(screening: Screening) -> tuple[list[str], list[str]]:
    return [hit.designation.id for hit in screening], [hit.designation.id for hit in screening.suppressed]


def test_a_cleared_hit_is_suppressed_with_who_when_until_and_why(decisions: Decisions, screener: Screener) -> None:
    before = screener.screen(SUBJECT, decisions=decisions)
    assert ids(before) == (["2", "1"], [])
    until = dt.datetime.now(dt.UTC).date() + 30 * DAY
    decision = cleared(decisions, before, until=until)
    after = screener.screen(SUBJECT, decisions=decisions)
    assert ids(after) == (["2"], ["1"])
    assert (after.total, after.is_clear, after.is_reviewed) == (1, False, True)
    review = after.suppressed[0].review
    assert review is not None
    assert (review.decision, review.lapses) == (decision, ())
    told = f"cleared by A. Bell on {decision.decided.date()} until {until}: born in 1990"
    assert after.suppressed[0].reason == told
    assert told[1:] in after.suppressed[0].explain()
    assert after.to_dict()["suppressed"][0]["reason"] == told
    assert after.suppressed[0].evidence == next(hit for hit in before if hit.designation.id == "1").evidence


MANY = Screener(
    [
        Designation(id=str(number), names=[ListedName(text, strength=strength)], edition=EDITION)
        for number, (text, strength) in enumerate(
            (text, strength)
            for text in ("PISKLIN, Mikhail", "PISKLIN, Mikhail Yur'evich", "Mikhael PISKLIN")
            for strength in ("strong", "weak")
        )
    ]
)


@given(
    decided=st.lists(st.tuples(st.sampled_from("012345"), st.sampled_from(["cleared", "confirmed"])), max_size=8),
    limit=st.none() | st.integers(1, 7),
)
def test_decisions_drop_nothing(decided: list[tuple[str, str]], limit: int | None) -> None:
    """Hits and suppressed hits together, their scores and whether all is clear, are the same with any decisions."""
    with TemporaryDirectory() as folder:
        decisions = Decisions.open(Path(folder) / "decisions", create=True)
        before = MANY.screen(SUBJECT)
        record, now = before.to_dict(), dt.datetime.now(dt.UTC)
        decisions.record(
            Decision(
                **reviewed(record, id, None, None),
                outcome=outcome,
                reviewer="A. Bell",
                decided=now,
                reason=f"no. {number}",
            )
            for number, (id, outcome) in enumerate(decided)
        )
        after = MANY.screen(SUBJECT, decisions=decisions)
        some = MANY.screen(SUBJECT, decisions=decisions, limit=limit)
    one, other = ({hit.designation.id: hit.result for hit in (*found, *found.suppressed)} for found in (before, after))
    assert one == other
    assert len(other) == len(after) + len(after.suppressed) == 6
    assert before.is_clear is after.is_clear is False
    last = dict(decided)
    weak = {hit.designation.id for hit in before.suppressed}
    off = {id for id in other if last.get(id) == "cleared" or (id in weak and last.get(id) != "confirmed")}
    assert set(ids(after)[1]) == off
    assert (some.hits, some.suppressed, some.total) == (after.hits[:limit], after.suppressed, len(after))


def test_with_all_hits_cleared_a_screening_is_not_clear(decisions: Decisions, screener: Screener) -> None:
    for id in ("1", "2"):
        cleared(decisions, screener.screen(SUBJECT), id)
    found = screener.screen(SUBJECT, decisions=decisions)
    assert (ids(found), found.total, found.is_clear) == (([], ["2", "1"]), 0, False)


def test_cleared_hits_never_use_up_the_limit(decisions: Decisions, screener: Screener) -> None:
    cleared(decisions, screener.screen(SUBJECT), "2")
    found = screener.screen(SUBJECT, decisions=decisions, limit=1)
    assert (ids(found), found.total, found.truncated) == ((["1"], ["2"]), 1, False)


def test_a_confirmed_hit_stays_a_hit_and_says_so(decisions: Decisions, screener: Screener) -> None:
    decisions.decide(screener.screen(SUBJECT), "1", "confirmed", reviewer="A. Bell", reason="passport seen")
    found = screener.screen(SUBJECT, decisions=decisions)
    assert ids(found) == (["2", "1"], [])
    assert "Confirmed by A. Bell" in found[1].explain()
    assert found[0].review is None


def test_a_suppressed_hit_that_is_confirmed_is_a_hit(decisions: Decisions, screener: Screener) -> None:
    subject = Subject("Misha the Fiddler", customer="C-18")
    before = screener.screen(subject)
    assert ids(before) == ([], ["1"])
    decisions.decide(before, "1", "confirmed", reviewer="A. Bell", reason="his stage name")
    assert ids(screener.screen(subject, decisions=decisions)) == (["1"], [])
    cleared(decisions, before)
    assert ids(screener.screen(subject, decisions=decisions)) == ([], ["1"])


def test_the_last_decision_counts_and_all_stay(decisions: Decisions, screener: Screener) -> None:
    found = screener.screen(SUBJECT)
    cleared(decisions, found)
    decisions.decide(found, "1", "confirmed", reviewer="B. Cole", reason="the photograph")
    assert ids(screener.screen(SUBJECT, decisions=decisions)) == (["2", "1"], [])
    cleared(decisions, found)
    assert ids(screener.screen(SUBJECT, decisions=decisions)) == (["2"], ["1"])
    assert [one.decision.outcome for one in decisions.history()] == ["cleared", "confirmed", "cleared"]


def test_a_decision_recorded_late_does_not_override_one_that_was_made_later(
    decisions: Decisions, screener: Screener
) -> None:
    found = screener.screen(SUBJECT)
    decisions.decide(found, "1", "confirmed", reviewer="B. Cole", reason="the photograph")
    long_ago = dt.datetime.now(dt.UTC) - 90 * DAY
    decisions.decide(found, "1", "cleared", reviewer="A. Bell", reason="another man", decided=long_ago)
    assert ids(screener.screen(SUBJECT, decisions=decisions)) == (["2", "1"], [])


@pytest.mark.parametrize(
    "changed",
    [
        attrs.evolve(SUBJECT, names=("Mikhail Y. Pisklin",)),
        attrs.evolve(SUBJECT, names=("Mikhail Pisklin", "Misha Pisklin")),
        attrs.evolve(SUBJECT, birth_date="1961-04-13"),
        attrs.evolve(SUBJECT, countries=["de"]),
        attrs.evolve(SUBJECT, gender="male"),
        attrs.evolve(SUBJECT, kind=None),
        attrs.evolve(SUBJECT, identifiers=["X 1"]),
    ],
    ids=["spelling", "further name", "birth date", "countries", "gender", "kind", "identifier"],
)
def test_a_subject_that_changes_opens_the_hit_again(decisions: Decisions, screener: Screener, changed: Subject) -> None:
    cleared(decisions, screener.screen(SUBJECT))
    found = screener.screen(changed, decisions=decisions)
    (hit,) = (hit for hit in found if hit.designation.id == "1")
    assert hit.review is not None
    assert hit.review.lapses == (Lapse.SUBJECT,)
    assert "to be reviewed again because the customer's names or facts have changed" in hit.explain()


def test_the_order_of_names_and_countries_is_no_change(decisions: Decisions, screener: Screener) -> None:
    one = Subject(["Mikhail Pisklin", "Misha Pisklin"], customer="C-17", countries=["de", "fr"], birth_date="1990-2-3")
    cleared(decisions, screener.screen(one))
    other = Subject(
        ["Misha Pisklin", "Mikhail Pisklin"], customer="C-17", countries=["FR", "de"], birth_date=dt.date(1990, 2, 3)
    )
    assert "1" in ids(screener.screen(other, decisions=decisions))[1]


@pytest.mark.parametrize(
    "changed",
    [
        attrs.evolve(PISKLIN, remarks="Now in Pyongyang."),
        attrs.evolve(PISKLIN, names=(*PISKLIN.names, ListedName("GRANITE PARTNERS"))),
        attrs.evolve(PISKLIN, programs=[Program("NPWMD"), Program("DPRK3")]),
        attrs.evolve(PISKLIN, birth_dates=()),
        attrs.evolve(PISKLIN, gender="male"),
    ],
    ids=["remarks", "name", "program", "birth date taken out", "gender"],
)
def test_a_designation_that_changes_opens_the_hit_again(
    decisions: Decisions, screener: Screener, changed: Designation
) -> None:
    cleared(decisions, screener.screen(SUBJECT))
    found = Screener([changed, OTHER]).screen(SUBJECT, decisions=decisions)
    (hit,) = (hit for hit in found if hit.designation.id == "1")
    assert hit.review is not None
    assert hit.review.lapses == (Lapse.DESIGNATION,)


def test_an_unchanged_designation_in_a_new_edition_stays_cleared(decisions: Decisions, screener: Screener) -> None:
    cleared(decisions, screener.screen(SUBJECT))
    tomorrow = attrs.evolve(EDITION, published="2026-01-03", sha256="b" * 64)
    better_table = [Program("NPWMD", title="Proliferators of weapons of mass destruction", authority="E.O. 13382")]
    later = Screener([attrs.evolve(PISKLIN, edition=tomorrow, programs=better_table)])
    assert ids(later.screen(SUBJECT, decisions=decisions)) == ([], ["1"])


def test_the_same_id_on_another_list_is_another_designation(decisions: Decisions, screener: Screener) -> None:
    cleared(decisions, screener.screen(SUBJECT))
    elsewhere = attrs.evolve(PISKLIN, edition=attrs.evolve(EDITION, source="us_ofac_cons"))
    both = Screener([PISKLIN, elsewhere])
    found = both.screen(SUBJECT, decisions=decisions)
    assert [hit.designation.source for hit in found] == ["us_ofac_cons"]
    with pytest.raises(DecisionError, match="several lists"):
        cleared(decisions, both.screen(SUBJECT))
    decisions.decide(both.screen(SUBJECT), "1", "cleared", source="us_ofac_cons", reviewer="A", reason="B")
    assert both.screen(SUBJECT, decisions=decisions).total == 0


def test_a_decision_holds_through_its_last_day_in_utc(decisions: Decisions, screener: Screener) -> None:
    until = dt.datetime.now(dt.UTC).date() + DAY
    cleared(decisions, screener.screen(SUBJECT), until=until)
    midnight = dt.datetime.combine(until + DAY, dt.time(), dt.UTC)
    assert ids(screener.screen(SUBJECT, decisions=decisions, at=midnight - dt.timedelta(seconds=1)))[1] == ["1"]
    found = screener.screen(SUBJECT, decisions=decisions, at=midnight.astimezone(dt.timezone(dt.timedelta(hours=-9))))
    assert ids(found) == (["2", "1"], [])
    assert found[1].review is not None
    assert found[1].review.lapses == (Lapse.EXPIRED,)


def test_another_matching_name_opens_the_hit_again(decisions: Decisions) -> None:
    screener = Screener([PISKLIN], policy=Policy(suppress_weak=False))
    subject = Subject(["Mikhail Yur'evich Pisklin", "Misha the Fiddler"], customer="C-17")
    found = screener.screen(subject)
    assert found[0].matched_name.text == "PISKLIN, Mikhail Yur'evich"
    decision = cleared(decisions, found)
    decisions.record([attrs.evolve(decision, matched_name="MISHA THE FIDDLER", decided=dt.datetime.now(dt.UTC))])
    again = screener.screen(subject, decisions=decisions)
    assert again[0].review is not None
    assert again[0].review.lapses == (Lapse.NAME,)


def test_another_policy_that_matches_the_same_name_leaves_a_hit_cleared(
    decisions: Decisions, screener: Screener
) -> None:
    decision = cleared(decisions, screener.screen(SUBJECT))
    other = Screener([PISKLIN, OTHER], policy=Policy(threshold=0.65))
    assert other.policy.fingerprint != decision.policy
    assert "1" in ids(other.screen(SUBJECT, decisions=decisions))[1]


def test_a_hit_by_an_equal_identifier_is_reviewed_like_any_other(decisions: Decisions, screener: Screener) -> None:
    subject = Subject("Mikhail Pisklin", customer="C-17", identifiers=["OA296623"])
    found = screener.screen(subject)
    assert next(hit for hit in found if hit.designation.id == "1").result.is_identified
    assert cleared(decisions, found).basis == "identifier"
    assert "1" in ids(screener.screen(subject, decisions=decisions))[1]


def test_a_clearance_by_name_does_not_cover_an_identifier_that_is_found_equal_later(
    decisions: Decisions, screener: Screener
) -> None:
    subject = Subject("Mikhail Pisklin", customer="C-17", identifiers=["OA296623"])
    decision = cleared(decisions, screener.screen(subject))
    later = dt.datetime.now(dt.UTC)
    decisions.record([attrs.evolve(decision, basis="name", decided=later)])
    found = screener.screen(subject, decisions=decisions)
    (hit,) = (hit for hit in found if hit.designation.id == "1")
    assert hit.review is not None
    assert hit.review.lapses == (Lapse.IDENTIFIER,)


def test_another_customer_is_not_cleared(decisions: Decisions, screener: Screener) -> None:
    cleared(decisions, screener.screen(SUBJECT))
    found = screener.screen(attrs.evolve(SUBJECT, customer="C-18"), decisions=decisions)
    assert (ids(found), found[1].review) == ((["2", "1"], []), None)


def test_a_decision_made_after_a_screening_does_not_bear_on_it(decisions: Decisions, screener: Screener) -> None:
    before = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)
    cleared(decisions, screener.screen(SUBJECT))
    assert ids(screener.screen(SUBJECT, decisions=decisions, at=before)) == (["2", "1"], [])


@pytest.mark.parametrize("workers", [1, 2])
def test_screen_many_goes_by_decisions_with_any_number_of_workers(
    decisions: Decisions, screener: Screener, workers: int
) -> None:
    subjects = [attrs.evolve(SUBJECT, customer=f"C-{number}") for number in range(150)]
    for number in (0, 70, 149):
        cleared(decisions, screener.screen(subjects[number]))
    at = dt.datetime.now(dt.UTC)
    found = list(screener.screen_many(subjects, decisions=decisions, at=at, workers=workers))
    assert [number for number, one in enumerate(found) if one.suppressed] == [0, 70, 149]
    assert found[70].to_json() == screener.screen(subjects[70], decisions=decisions, at=at).to_json()


def test_a_decision_is_made_from_json_as_from_the_screening(decisions: Decisions, screener: Screener) -> None:
    found = screener.screen(SUBJECT)
    one = cleared(decisions, found)
    other = decisions.decide(json.loads(found.to_json()), "1", "cleared", reviewer="A. Bell", reason="born in 1990")
    assert attrs.evolve(one, decided=other.decided) == other


def test_only_a_digest_of_the_subject_is_stored(decisions: Decisions, screener: Screener) -> None:
    subject = Subject(["Mikhail Pisklin", "Qwertz Yxcvbn"], customer="C-17", identifiers=["ZZ99887766"])
    cleared(decisions, screener.screen(subject))
    data = decisions.path.read_bytes()
    for told in (b"Mikhail Pisklin", b"Qwertz", b"ZZ99887766"):
        assert told not in data


def test_a_record_without_names_tells_nothing_of_them_by_its_reviews(decisions: Decisions, screener: Screener) -> None:
    decision = cleared(decisions, screener.screen(SUBJECT))
    record = screener.screen(SUBJECT, decisions=decisions).to_json(subject_key=b"s" * 32)
    assert "A. Bell" in record
    for told in ("Mikhail Pisklin", "born in 1990", decision.subject):
        assert told not in record


def test_a_key_makes_digests_that_nobody_can_try_names_on(tmp_path: Path, screener: Screener) -> None:
    keyed = Decisions.open(tmp_path / "keyed", create=True, key=b"k" * 32)
    plain = Decisions.open(tmp_path / "plain", create=True)
    found = screener.screen(SUBJECT)
    assert cleared(keyed, found).subject != cleared(plain, found).subject
    assert "1" in ids(screener.screen(SUBJECT, decisions=keyed))[1]
    assert "1" in ids(screener.screen(SUBJECT, decisions=Decisions.open(keyed.path)))[0]
    assert "kkkk" not in repr(keyed)
    with pytest.raises(AuditError, match="at least 16"):
        Decisions.open(keyed.path, key=b"short")


def test_decisions_need_a_customer_key(decisions: Decisions, screener: Screener) -> None:
    for subject in ("Mikhail Pisklin", "Nobody Known"):
        with pytest.raises(InvalidSubjectError, match="customer"):
            screener.screen(subject, decisions=decisions)
    with pytest.raises(DecisionError, match="customer key"):
        cleared(decisions, screener.screen("Mikhail Pisklin"))
    for unfit in ("a\0b", "\ud800", "x" * 5_000, 17):
        with pytest.raises(InvalidSubjectError):
            Subject("Mikhail Pisklin", customer=unfit)  # type: ignore[arg-type]  # what an untyped caller may give


def test_what_was_not_shown_can_not_be_decided_on(decisions: Decisions, screener: Screener) -> None:
    with pytest.raises(DecisionError, match="no hit '9'"):
        cleared(decisions, screener.screen(SUBJECT), "9")
    with pytest.raises(DecisionError, match="no hit '1'"):
        cleared(decisions, screener.screen(SUBJECT, limit=1))
    with pytest.raises(DecisionError, match="without the subject's names"):
        decisions.decide(
            screener.screen(SUBJECT).to_dict(subject_key=b"s" * 32), "1", "cleared", reviewer="A", reason="B"
        )
    unfit: tuple[dict[str, object], ...] = ({}, {"hits": 1, "suppressed": 2}, {"hits": [{}], "suppressed": []})
    for record in unfit:
        with pytest.raises(DecisionError, match="not the record of a screening"):
            decisions.decide(record, "1", "cleared", reviewer="A", reason="B")
    assert decisions.history() == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", " "),
        ("reviewer", ""),
        ("reason", "x" * 5_000),
        ("outcome", "maybe"),
        ("basis", "hunch"),
        ("subject", "a" * 63),
        ("subject", "A" * 64),
        ("policy", "z" * 16),
        ("decided", dt.datetime(2026, 1, 1)),
        ("until", dt.datetime(2030, 1, 1, tzinfo=dt.UTC)),
        ("until", dt.date(2020, 1, 1)),
        ("matched_name", "a\0b"),
        ("customer", None),
    ],
)
def test_an_unfit_decision_is_refused_without_a_quote(
    decisions: Decisions, screener: Screener, field: str, value: object
) -> None:
    fit = cleared(decisions, screener.screen(SUBJECT))
    with pytest.raises(DecisionError) as refusal:
        attrs.evolve(fit, **{field: value})  # type: ignore[arg-type]  # what an untyped caller may give
    assert "Pisklin" not in str(refusal.value)


@pytest.mark.parametrize(
    "time", [dt.datetime.min.replace(tzinfo=EAST), dt.datetime.max.replace(tzinfo=WEST), dt.date(2026, 1, 31)]
)
def test_a_time_that_can_not_be_told_in_utc_is_refused(
    decisions: Decisions, screener: Screener, time: dt.datetime
) -> None:
    with pytest.raises(DecisionError, match="decided"):
        decisions.decide(screener.screen(SUBJECT), "1", "cleared", reviewer="A. Bell", reason="x", decided=time)
    with pytest.raises(InvalidPolicyError, match=r"at is|at must"):
        screener.screen(SUBJECT, decisions=decisions, at=time)


def test_a_decision_of_the_future_is_refused_and_none_of_its_batch_recorded(
    decisions: Decisions, screener: Screener
) -> None:
    fit = cleared(decisions, screener.screen(SUBJECT))
    later = attrs.evolve(fit, decided=dt.datetime.now(dt.UTC) + DAY)
    earlier = attrs.evolve(fit, decided=fit.decided - DAY)
    with pytest.raises(DecisionError, match="clocks"):
        decisions.record([earlier, later])
    assert [one.decision for one in decisions.history()] == [fit]


def test_recording_a_decision_twice_keeps_it_once(decisions: Decisions, screener: Screener) -> None:
    fit = cleared(decisions, screener.screen(SUBJECT))
    other = attrs.evolve(fit, customer="C-18")
    assert decisions.record([fit, other, other]) == 1
    assert [one.decision for one in decisions.history()] == [fit, other]
    assert [one.decision for one in decisions.history(customer="C-18")] == [other]


def test_a_missing_file_is_an_error_and_not_an_empty_one(tmp_path: Path, screener: Screener) -> None:
    path = tmp_path / "mistyped.sqlite"
    with pytest.raises(DecisionError, match=r"Decisions\.open"):
        Decisions.open(path)
    assert not path.exists()
    kept = Decisions.open(path, create=True)
    path.unlink()
    with pytest.raises(DecisionError):
        screener.screen(SUBJECT, decisions=kept)
    assert not path.exists()


@pytest.fixture(params=["text", "another program's database", "empty", "folder", "newer"])
def foreign(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "foreign"
    if request.param == "folder":
        path.mkdir()
    elif request.param == "newer":
        Decisions.open(path, create=True)
        _execute(path, "PRAGMA user_version = 3")
    elif request.param == "another program's database":
        _execute(path, "CREATE TABLE notes (text)")
    else:
        path.write_text("customer,reason\n" * 100 if request.param == "text" else "")
    return path


def _execute(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    try:
        connection.execute(statement)
        connection.commit()
    finally:
        connection.close()


def test_what_is_no_decisions_file_is_refused(foreign: Path) -> None:
    with pytest.raises(DecisionError):
        Decisions.open(foreign)


def test_another_file_is_not_turned_into_one(foreign: Path) -> None:
    if foreign.is_file() and not foreign.stat().st_size:
        # What a process leaves that is killed while it makes the file.
        assert Decisions.open(foreign, create=True).history() == ()
        return
    before = foreign.read_bytes() if foreign.is_file() else b""
    with pytest.raises(DecisionError):
        Decisions.open(foreign, create=True)
    assert (foreign.read_bytes() if foreign.is_file() else b"") == before


@pytest.mark.parametrize("statement", ["UPDATE decisions SET reason = 'x'", "DELETE FROM decisions"])
def test_history_is_append_only(decisions: Decisions, screener: Screener, statement: str) -> None:
    cleared(decisions, screener.screen(SUBJECT))
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        _execute(decisions.path, statement)


def test_a_bit_that_flips_in_a_decision_is_noticed_before_it_clears_anything(
    decisions: Decisions, screener: Screener
) -> None:
    cleared(decisions, screener.screen(SUBJECT), until=dt.date(2927, 1, 31))
    data = bytearray(decisions.path.read_bytes())
    at = data.index(b"2927-01-31")
    data[at + 2] ^= 0b0100  # 2927 becomes 2967
    decisions.path.write_bytes(data)
    with pytest.raises(DecisionError, match="altered or damaged"):
        screener.screen(SUBJECT, decisions=decisions)


def test_decisions_are_pickled_by_their_path(decisions: Decisions) -> None:
    assert pickle.loads(pickle.dumps(decisions)) == decisions
