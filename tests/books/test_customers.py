"""A row's values become a subject or a rejection that says why and quotes nothing."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit import Identifier, Kind, PartialDate, Subject
from screenkit.books import Columns, Rejection, subject_of
from screenkit.model import IdentifierType

COLUMNS = Columns(
    names=["name", ("given", "family")],
    id="id",
    birth_date="dob",
    countries=["country"],
    kind="kind",
    gender="sex",
    identifiers=["passport"],
    unreadable_facts="reject",
)
NOTHING = dict.fromkeys(COLUMNS.used)


def made(columns: Columns = COLUMNS, **values: object) -> Subject | Rejection:
    return subject_of([{**NOTHING, **values}[column] for column in columns.used], columns, row=7)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"name": "Ann Lee"}, Subject("Ann Lee")),
        ({"name": " ", "given": "Ann", "family": "Lee"}, Subject("Ann Lee")),
        ({"name": "A. Lee", "given": "Ann", "family": "Lee"}, Subject(["A. Lee", "Ann Lee"])),
        ({"name": "Ann Lee", "given": "Ann", "family": "Lee"}, Subject("Ann Lee")),
        ({"name": ["Ann Lee", None, "李安"]}, Subject(["Ann Lee", "李安"])),
        ({"name": "Ann\nLee"}, Subject("Ann\nLee")),
        ({"name": "Ann", "id": 17}, Subject("Ann", customer="17")),
        ({"name": "Ann", "id": 17.0}, Subject("Ann", customer="17")),
        ({"name": "Ann", "id": math.nan}, Subject("Ann")),
        ({"name": "Ann", "dob": "1970-02-03"}, Subject("Ann", birth_date="1970-02-03")),
        ({"name": "Ann", "dob": dt.date(1970, 2, 3)}, Subject("Ann", birth_date="1970-02-03")),
        ({"name": "Ann", "dob": dt.datetime(1970, 2, 3, 4, 5)}, Subject("Ann", birth_date="1970-02-03")),
        ({"name": "Ann", "dob": "19700203"}, Subject("Ann", birth_date="1970-02-03")),
        ({"name": "Ann", "dob": 1970}, Subject("Ann", birth_date="1970")),
        ({"name": "Ann", "dob": "1970-02-03T00:00:00Z"}, Subject("Ann", birth_date="1970-02-03")),
        ({"name": "Ann", "country": "DE; Iran, Islamic Republic of|prk"}, Subject("Ann", countries=["de", "ir", "kp"])),
        ({"name": "Ann", "country": ["de", "fr"]}, Subject("Ann", countries=["de", "fr"])),
        ({"name": "Ann", "kind": "Individual", "sex": "F"}, Subject("Ann", kind="person", gender="female")),
        ({"name": "Ann", "kind": "Legal Entity", "sex": "X"}, Subject("Ann", kind="organization")),
        ({"name": "Ann", "passport": "N1234567"},
         Subject("Ann", identifiers=[Identifier(value="N1234567", type=IdentifierType.PASSPORT)])),
        ({"name": "Ann", "passport": 1234567},
         Subject("Ann", identifiers=[Identifier(value="1234567", type=IdentifierType.PASSPORT)])),
    ],
    ids=repr,
)  # fmt: skip
def test_subject(values: dict[str, Any], expected: Subject) -> None:
    assert made(**values) == expected


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "name: the name is missing"),
        ({"name": "", "given": None}, "name: the name is missing"),
        ({"name": "x" * 1_048_576}, "1,048,576 characters, and at most 4,096"),
        ({"name": "J\0o\0h\0n\0"}, "name: has a NUL"),
        ({"name": 17}, "name: must be text, not int"),
        ({"name": True}, "name: must be text, not bool"),
        ({"name": b"Ann"}, "name: must be text, not bytes"),
        ({"name": {"first": "Ann"}}, "name: must be text, not dict"),
        ({"name": "\ud800"}, "lone surrogate"),
        ({"name": "Ann", "id": "\ud800"}, "id: the customer key contains"),
        ({"name": "Ann", "id": ["a"]}, "id: must be text, not list"),
        ({"name": "Ann", "dob": "03.02.1970"}, "birth_date: must be a valid date"),
        ({"name": "Ann", "dob": "1970-02-30"}, "birth_date: must be a valid date"),
        ({"name": "Ann", "country": "Atlantis"}, "country: is not an ISO 3166 code"),
        ({"name": "Ann", "kind": "ghost"}, "kind: must be one of"),
        ({"name": "Ann", "sex": "lady"}, "gender: must be"),
    ],
    ids=lambda value: repr(value)[:60],
)
def test_rejection(values: dict[str, Any], said: str) -> None:
    rejected = made(**values)
    assert isinstance(rejected, Rejection)
    assert rejected.row == 7
    assert said in rejected.reason


def test_a_rejected_row_keeps_its_key() -> None:
    assert made(id="C1", name="") == Rejection(row=7, id="C1", reason="name: the name is missing")


def test_dates_written_otherwise_are_read_as_stated() -> None:
    columns = Columns(names=["name"], birth_date="dob", date_format="%d/%m/%Y", unreadable_facts="reject")
    subject = made(columns, name="Ann", dob="03/02/1970")
    assert isinstance(subject, Subject)
    assert subject.birth_date == PartialDate.of(1970, 2, 3)
    assert isinstance(made(columns, name="Ann", dob="02.03.1970"), Rejection)


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.binary(), st.dates(), st.datetimes(), st.just(math.nan),
    st.text(st.characters(exclude_categories=())), st.sampled_from([kind.value for kind in Kind]),
)  # fmt: skip


@given(st.lists(st.one_of(VALUES, st.lists(VALUES)), min_size=len(COLUMNS.used), max_size=len(COLUMNS.used)))
def test_any_values_are_a_subject_or_a_rejection_that_can_be_written(values: list[object]) -> None:
    """Whatever stands in a row, it is screened or counted, and neither breaks a file."""
    outcome = subject_of(values, COLUMNS, row=1)
    if isinstance(outcome, Rejection):
        assert outcome.reason
        assert (outcome.id + outcome.reason).encode()
    else:
        assert all(name.strip() for name in outcome.names)
