"""Hits that facts contradict are set aside where that is asked for: counted, said, and with an exit code (U6)."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import click.testing
import pytest

from screenkit import (
    Decisions,
    Designation,
    Identifier,
    ListedName,
    PartialDate,
    Policy,
    Screener,
    Subject,
    SuppressedHit,
)
from screenkit.audit import Replayer
from screenkit.cli import main

LISTED = Designation(
    id="1",
    kind="person",
    names=[ListedName("Ivan Petrov"), ListedName("The Fiddler", strength="weak")],
    birth_dates=[PartialDate.parse("1950-01-01")],
    gender="male",
    identifiers=[Identifier(type="passport", value="OA296623")],
)
APART = Policy(suppress_contradicted=True)
NAMESAKE = Subject("Ivan Petrov", birth_date="1990-05-05", gender="female", customer="C1")


def test_a_contradicted_hit_is_suppressed_with_the_reason() -> None:
    shown = Screener([LISTED]).screen(NAMESAKE)
    assert (len(shown), shown.suppressed) == (1, ())
    found = Screener([LISTED], policy=APART).screen(NAMESAKE)
    assert (len(found), found.total, found.is_clear, found.needs_review) == (0, 0, False, True)
    assert [hit.reason for hit in found.suppressed] == ["contradicted by birth date, gender"]
    assert found.suppressed[0].points == shown[0].points
    assert found.to_dict()["suppressed"][0]["reason"] == "contradicted by birth date, gender"


@pytest.mark.parametrize(
    "subject",
    [
        Subject("Ivan Petrov"),
        Subject("Ivan Petrov", birth_date="1950"),
        Subject("Ivan Petrov", countries=["fr"]),
        # A number may be right where a date is mistyped.
        Subject("Ivan Petrov", birth_date="1990-05-05", identifiers=["passport:OA296623"]),
    ],
)
def test_any_other_hit_stays_one(subject: Subject) -> None:
    assert len(Screener([LISTED], policy=APART).screen(subject)) == 1


def test_a_weak_alias_is_suppressed_as_one() -> None:
    found = Screener([LISTED], policy=APART).screen(Subject("The Fiddler", birth_date="1990"))
    assert [hit.reason.partition(",")[0] for hit in found.suppressed] == ["only a weak alias matched"]


def test_decisions_go_before_it(tmp_path: Path) -> None:
    decisions = Decisions.open(tmp_path / "d", create=True)
    screener = Screener([LISTED], policy=APART)
    found = screener.screen(NAMESAKE, decisions=decisions)
    decisions.decide(found, "1", "confirmed", reviewer="A. Bell", reason="it is")
    assert [hit.review_state for hit in screener.screen(NAMESAKE, decisions=decisions)] == ["confirmed"]
    decisions.decide(found, "1", "cleared", reviewer="A. Bell", reason="it is not")
    again = screener.screen(NAMESAKE, decisions=decisions)
    assert isinstance(again.suppressed[0], SuppressedHit)
    assert (again.suppressed[0].is_cleared, again.needs_review) == (True, False)


def test_the_policy_says_it_and_is_replayed(tmp_path: Path) -> None:
    assert Policy().fingerprint == Policy(suppress_contradicted=False).fingerprint != APART.fingerprint


def run(*given: object) -> click.testing.Result:
    return click.testing.CliRunner().invoke(main, list(map(str, given)), env={"COLUMNS": "120"})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCREENKIT_STORE", str(tmp_path / "store"))
    (tmp_path / "house.csv").write_text("id,name,birth_date,kind\n1,Ivan Petrov,1950-01-01,person\n")
    (tmp_path / "book.csv").write_text("id,name,dob\nC1,Ivan Petrov,1990-05-05\nC2,Ann Lee,\n")
    return tmp_path


def test_the_command_line_triages_by_filter_and_exit_code(folder: Path) -> None:
    lists = ("--list", "house.csv", "--source", "house")
    one = ("screen", "Ivan Petrov", "--birth-date", "1990-05-05", *lists)
    assert run(*one).exit_code == 3
    done = run(*one, "--contradicted", "suppress")
    assert (done.exit_code, "suppressed: contradicted by birth date" in done.output) == (7, True), done.output
    assert run("screen", "Ivan Petrov", *lists, "--contradicted", "suppress").exit_code == 3
    book = ("batch", "book.csv", "hits.csv", *lists, "--workers", "1", "--overwrite")
    assert run(*book).exit_code == 3
    done = run(*book, "--contradicted", "suppress")
    assert done.exit_code == 7, done.output
    assert "1 hit contradicted by facts is suppressed" in done.output
    with open("hits.csv", newline="") as file:
        assert [row["outcome"] for row in csv.DictReader(file)] == ["suppressed: contradicted by birth date"]
    summary = json.loads(Path("hits.csv.summary.json").read_text())
    assert (summary["suppressed"], summary["contradicted"], summary["hits"]) == (1, 1, 0)
    Path("policy.toml").write_text("suppress_contradicted = true\n")
    assert run(*one, "--policy", "policy.toml").exit_code == 7
    assert run(*one, "--policy", "policy.toml", "--contradicted", "show").exit_code == 3


def test_a_rescreening_triages_too(folder: Path) -> None:
    assert run("import", "house.csv", "--source", "house").exit_code == 0
    edition = "house@" + json.loads(run("lists", "--json").stdout)["sha256"][:12]
    Path("house.csv").write_text("id,name,birth_date,kind\n1,Ivan Petrov,1951-01-01,person\n")
    assert run("import", "house.csv", "--source", "house").exit_code == 0
    given = ("rescreen", "book.csv", "out.csv", "--since", edition, "--workers", "1", "--overwrite")
    assert run(*given).exit_code == 3
    assert run(*given, "--contradicted", "suppress").exit_code == 7


def test_it_is_replayed(folder: Path) -> None:
    run("import", "house.csv", "--source", "house")
    record = run("screen", "Ivan Petrov", "--birth-date", "1990", "--contradicted", "suppress", "--json").stdout
    assert Replayer().replay(json.loads(record)).is_identical
