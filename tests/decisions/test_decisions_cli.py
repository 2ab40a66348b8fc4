"""The commands about decisions: what they print, refuse and leave behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screenkit import Decisions
from screenkit.cli import main

DECIDED = ("--reviewer", "A. Bell", "--reason", "born in [1990]\x1b[31m")


def run(*arguments: object, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], env={"COLUMNS": "120"}, input=given)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "decisions.sqlite"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.json"
    path.write_text(run("screen", "Chi Yupeng", "--customer", "C-17", "--json").stdout, encoding="utf-8")
    return path


def screened(file: Path, *arguments: str) -> Result:
    return run("screen", "Chi Yupeng", "--customer", "C-17", "--decisions", file, *arguments)


def test_a_hit_is_cleared_shown_as_suppressed_confirmed_and_listed(file: Path, record: Path) -> None:
    done = run("decisions", "clear", record, "22612", "--file", file, *DECIDED, "--until", "2999-12-31")
    assert (done.exit_code, done.stdout) == (0, "cleared until 2999-12-31: customer C-17, starter 22612\n")
    assert "a new decisions file" in done.stderr
    shown = screened(file)
    assert (shown.exit_code, "no hit, 1 suppressed hit" in shown.output) == (6, True)
    assert "suppressed: cleared by A. Bell on " in shown.output
    assert "born in [1990]?[31m" in shown.output
    assert "\x1b" not in shown.output
    kept = json.loads(screened(file, "--json").stdout)
    assert kept["suppressed"][0]["review"]["decision"]["reviewer"] == "A. Bell"
    again = run("decisions", "confirm", "-", "22612", "--file", file, *DECIDED, given=record.read_text("utf-8"))
    assert (again.exit_code, again.stderr) == (0, "")
    assert "1 hit" in screened(file).output
    found = run("decisions", "list", "--file", file, "--json").stdout.splitlines()
    assert [json.loads(line)["decision"]["outcome"] for line in found] == ["confirmed"]
    table = run("decisions", "list", "--file", file, "--history").stdout
    assert table.count("C-17") == 2
    assert "\x1b" not in table
    assert "C-17" not in run("decisions", "list", "--file", file, "--customer", "C-18").stdout


def test_a_record_that_went_by_decisions_is_replayed_by_them(file: Path, record: Path, tmp_path: Path) -> None:
    run("decisions", "clear", record, "22612", "--file", file, *DECIDED)
    later = tmp_path / "later.json"
    later.write_text(screened(file, "--json").stdout, encoding="utf-8")
    run("decisions", "confirm", record, "22612", "--file", file, *DECIDED)
    assert "1 hit" in screened(file).output
    lacking = run("replay", later)
    assert (lacking.exit_code, "give the decisions file" in lacking.output) == (2, True)
    repeated = run("replay", later, "--decisions", file)
    assert (repeated.exit_code, "identical: 0 hits, 1 suppressed" in repeated.output) == (0, True)


def test_of_several_records_the_last_one_of_the_customer_is_meant(file: Path, tmp_path: Path) -> None:
    log = tmp_path / "screenings.log"
    for customer, birth_date in (("C-17", "1970"), ("C-17", "1990"), ("C-18", "1990")):
        run("screen", "Chi Yupeng", "--customer", customer, "--birth-date", birth_date, "--audit", log)
    refused = run("decisions", "clear", log, "22612", "--file", file, *DECIDED)
    assert (refused.exit_code, "has 3 records" in refused.output, file.exists()) == (2, True, False)
    assert run("decisions", "clear", log, "22612", "--file", file, "--customer", "C-17", *DECIDED).exit_code == 0
    assert "no hit" in screened(file, "--birth-date", "1990").output
    assert "1 hit" in screened(file, "--birth-date", "1970").output


def test_decisions_go_out_as_csv_and_come_back(file: Path, record: Path, tmp_path: Path) -> None:
    run("decisions", "clear", record, "22612", "--file", file, *DECIDED)
    out, other = tmp_path / "out.csv", tmp_path / "other.sqlite"
    assert run("decisions", "export", out, "--file", file).stdout == f"1 decision written to {out}\n"
    assert run("decisions", "import", out, "--file", other).stdout == "1 decision recorded, 0 already known\n"
    assert run("decisions", "import", out, "--file", other).stdout == "0 decisions recorded, 1 already known\n"
    assert [one.decision for one in Decisions.open(other).history()] == [
        one.decision for one in Decisions.open(file).history()
    ]
    out.write_text(out.read_text("utf-8-sig").replace("cleared", "maybe"), encoding="utf-8")
    refused = run("decisions", "import", out, "--file", other)
    assert (refused.exit_code, "line 2: outcome must be" in refused.output) == (2, True)


def test_the_file_of_decisions_may_be_keyed(file: Path, record: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_bytes(b"0123456789abcdef0123456789abcdef\n")
    run("decisions", "clear", record, "22612", "--file", file, "--key", key, *DECIDED)
    assert "1 suppressed hit" in screened(file, "--decisions-key", str(key)).output
    assert "1 hit" in screened(file).output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["screen", "Chi Yupeng", "--decisions", "{file}"], "give --customer"),
        (["screen", "Chi Yupeng", "Li Hongri", "--customer", "C-17"], "give one NAME"),
        (["screen", "Chi Yupeng", "--customer", "C-17", "--decisions-key", "{record}"], "give --decisions"),
        (["screen", "Chi Yupeng", "--customer", "C-17", "--decisions", "{file}"], "can't be opened|unable to open"),
        (["screen", "Chi Yupeng", "--customer", " "], "customer key"),
        (["decisions", "clear", "{record}", "9", "--file", "{file}", *DECIDED], "no hit '9'"),
        (["decisions", "clear", "{record}", "22612", "--file", "{file}", "--reviewer", "A"], "--reason"),
        (["decisions", "clear", "{record}", "22612", *DECIDED], "--file"),
        (
            ["decisions", "clear", "{record}", "22612", "--file", "{file}", *DECIDED, "--until", "2020-01-01"],
            "until must not be before",
        ),
        (["decisions", "list", "--file", "{file}"], "unable to open"),
        (["decisions", "export", "out.csv", "--file", "{file}"], "unable to open"),
    ],
)
def test_what_is_not_given_or_not_there_is_exit_code_2(
    file: Path, record: Path, arguments: list[str], said: str
) -> None:
    result = run(*(one.format(file=file, record=record) for one in arguments))
    assert result.exit_code == 2, result.output
    assert any(part in result.output for part in said.split("|")), result.output
    assert "Traceback" not in result.output
