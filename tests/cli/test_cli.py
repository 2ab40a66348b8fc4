"""The command line: what it prints, and the exit codes that shell scripts rest on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screenkit.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, env={"COLUMNS": "120"})


def test_the_main_job_prints_a_hit_with_its_number_program_and_reason() -> None:
    result = run("screen", "Dandong Zhicheng Metallic Materials")
    assert result.exit_code == 3
    for part in ("22603", "DPRK3", "block", "is in both names", "2023-12-28", "starter coverage only"):
        assert part in result.output


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["screen", "Maria Gonzalez Ortega"], 4),
        (["screen", "Maria Gonzalez Ortega", "Chi Yupeng"], 3),
        (["screen", ""], 2),
        (["screen", "\u200b"], 2),
        (["screen", "x" * 5_000], 2),
        (["screen", "Chi Yupeng", "--threshold", "0.3"], 2),
        (["screen", "Chi Yupeng", "--threshold", "nan"], 2),
        (["screen", "Chi Yupeng", "--limit", "0"], 2),
        (["screen", "Chi Yupeng", "--birth-date", "31.12.1970"], 2),
        (["screen", "Chi Yupeng", "--country", "Atlantis"], 2),
        (["screen", "Chi Yupeng", "--kind", "ghost"], 2),
        (["screen", "Chi Yupeng", "--list", "nowhere.xml"], 2),
        (["screen", "Chi Yupeng", "--list", "nowhere.xml", "--source", "un_sc"], 2),
        (["screen"], 2),
        (["read", "nowhere.xml", "--source", "un_sc"], 2),
        (["explain", "a", "\ud800"], 2),
        (["explain", "Kim", "Kim"], 0),
        (["lists"], 5),
        (["lists", "--available"], 0),
        (["--version"], 0),
    ],
    ids=str,
)
def test_exit_codes(arguments: list[str], code: int) -> None:
    result = run(*arguments)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_a_searched_and_clear_list_is_exit_code_0(excerpt: Callable[[str], Path]) -> None:
    result = run(
        "screen", "Maria Gonzalez Ortega", "--list", str(excerpt("un_sc/consolidated.xml")), "--source", "un_sc"
    )
    assert (result.exit_code, "clear" in result.output) == (0, True), result.output


def test_json_is_one_object_per_name_with_the_documented_keys() -> None:
    result = run("screen", "--json", "Chi Yupeng", "迟玉鹏")
    found = [json.loads(line) for line in result.output.splitlines()]
    assert [one["subject"]["names"] for one in found] == [["Chi Yupeng"], ["迟玉鹏"]]
    for one in found:
        assert set(one) == {
            "subject", "hits", "suppressed", "total", "truncated", "is_clear", "needs_review", "cautions", "coverage",
            "threshold", "editions", "policy", "version", "components", "tables", "limit", "time", "is_reviewed",
            "old_editions",
        }  # fmt: skip
        hit = one["hits"][0]
        assert hit["designation"]["id"] == "22612"
        assert sum(item["points"] for item in hit["evidence"]) == hit["points"]


def test_explain_shows_contributions_that_add_up() -> None:
    result = run("explain", "--json", "Korea Kwanson Banking Corp", "Korea Kwangsong Trading Corporation")
    found = json.loads(result.output)
    assert found["points"] == sum(item["points"] for item in found["evidence"]) < 7_500
    assert "no hit" in run("explain", "Korea Kwanson Banking Corp", "Korea Kwangsong Trading Corporation").output


def test_read_counts_designations_programs_scripts_and_faults(excerpt: Callable[[str], Path]) -> None:
    path = str(excerpt("un_sc/consolidated.xml"))
    found = json.loads(run("read", path, "--source", "un_sc", "--json").stdout)
    assert found["designations"] == sum(found["kinds"].values()) > 0
    assert set(found["programs"]) >= {"DPRK"}
    assert found["scripts"]["Latin"] > 0
    table = run("read", path, "--source", "un_sc").output
    assert found["sha256"][:20] in table


def test_read_says_how_much_is_read_and_faults_by_kind(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "id,name,birth_dates,nationalities,birth_places,identifiers\n"
        "1,A,1971|in spring,Iran|Freedonia|Unknown,Nowhere,passport:X1|Y2\n"
        "2,B,in autumn,,,\n",
        encoding="utf-8",
    )
    found = json.loads(run("read", str(path), "--source", "house", "--json").stdout)
    assert found["read"]["birth dates"] == {"read": 1, "stated": 3}
    assert found["read"]["countries"] == {"read": 1, "stated": 2}
    assert (len(found["faults"]), found["losses"]) == (2, [])
    table = run("read", str(path), "--source", "house").output
    for said in (
        "3, 2 of them unread (66.7%)",
        "2, 1 of them unread (50.0%)",
        "1, 1 of them without a known country (100.0%)",
        "2, 1 of them of no known type (50.0%)",
        "2 times, first own.csv, record 1, birth_dates: 'in spring'",
    ):
        assert said in table
    assert "in autumn" not in table
    assert "addresses" not in table


def test_an_unreadable_list_is_an_error_that_says_why(excerpt: Callable[[str], Path]) -> None:
    result = run("read", str(excerpt("eu_fsf/export.xml")), "--source", "un_sc")
    assert result.exit_code == 2
    assert "expected" in result.output
    assert "EU" in result.output


def test_lists_names_every_source() -> None:
    output = run("lists").output
    for source in ("us_ofac_sdn", "un_sc", "eu_fsf", "uk_fcdo", "ca_sema", "ch_seco", "au_dfat", "us_csl", "house"):
        assert source in output


def test_read_lists_the_designations_under_a_program_known_or_not(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,name,programs\nH1,Acme,NEW-CODE\nH2,Zenith,\n", encoding="utf-8")
    lines = run("read", str(path), "--source", "house", "--program", "NEW-CODE", "--json").output.splitlines()
    assert [json.loads(line) for line in lines] == [{"id": "H1", "kind": "unknown", "name": "Acme"}]
    table = run("read", str(path), "--source", "house", "--program", "NEW-CODE").output
    assert "1 designation" in table
    assert "Acme" in table
    assert "Zenith" not in table
    missing = run("read", str(path), "--source", "house", "--program", "OTHER")
    assert missing.exit_code == 2
    assert "NEW-CODE" in missing.output


def test_a_part_of_a_list_is_read_and_searched_with_a_warning(excerpt: Callable[[str], Path]) -> None:
    path = str(excerpt("un_sc/consolidated.xml"))
    for command in (["read", path, "--source", "un_sc"], ["screen", "Acme", "--list", path, "--source", "un_sc"]):
        result = run(*command)
        assert "may be only a part of the list" in result.stderr
        assert "may be only a part of the list" not in result.stdout
