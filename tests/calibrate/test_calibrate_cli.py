"""The commands `calibrate` and `compare-policies`: what they print, write and refuse."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screenkit.cli import main
from screenkit.sources.starter import starter_path

TIME = "2026-01-31T08:15:00Z"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], env={"COLUMNS": "120"})


@pytest.fixture
def given(tmp_path: Path, excerpt: Callable[[str], Path]) -> list[object]:
    """Options for files of names and a list."""
    matches, ordinary = tmp_path / "matches.csv", tmp_path / "ordinary.csv"
    matches.write_text(
        "name,id,listed_name,label\nPak Myongsam,KPi.901,,yes\nExample Bissau,GBi.904,,yes\nKim Il,,KIM JONG IL,no\n",
        encoding="utf-8",
    )
    ordinary.write_text("name\nMaria [bold]Gonzalez\x1b[31m\nAnna Bell\nMyong Sam Pak [/x]\n", encoding="utf-8")
    found = excerpt("un_sc/consolidated.xml")
    return ["--matches", matches, "--ordinary", ordinary, "--list", found, "--source", "un_sc", "--time", TIME]


def test_it_prints_the_curve_the_line_and_the_nearest_rows(given: list[object]) -> None:
    result = run("calibrate", *given)
    assert result.exit_code == 0, result.output
    for part in ("0.5000", "0.6000 chosen policy", "1.0000", "match rows closest", "Pak [/x]”", "sha256"):
        assert part in result.output
    assert "\x1b" not in result.output


def test_all_files_are_written_and_the_same_twice(given: list[object], tmp_path: Path) -> None:
    kinds = ("report", "svg", "png")
    written = []
    for number in range(2):
        paths = [tmp_path / f"{number}.{kind}" for kind in kinds]
        options = [part for kind, path in zip(kinds, paths, strict=True) for part in (f"--{kind}", path)]
        result = run("calibrate", *given, *options, "--json")
        assert result.exit_code == 0, result.output
        written.append([path.read_bytes() for path in paths] + [result.stdout.encode()])
    assert written[0] == written[1]
    page, svg, png, told = written[0]
    assert svg.rstrip() in page
    assert png.startswith(b"\x89PNG")
    stated = json.loads(told)
    assert stated["time"] == "2026-01-31T08:15:00.000Z"
    assert stated["line"]["threshold"] == stated["choice"]["threshold"] == 6_000
    assert [point["threshold"] for point in stated["curve"]] == list(range(4_000, 10_001, 100))


def test_what_is_wanted_moves_the_line_and_sets_the_exit_code(given: list[object]) -> None:
    found = run("calibrate", *given, "--recall", "0.5", "--json")
    stated = json.loads(found.stdout)
    assert (found.exit_code, stated["choice"]["reason"]) == (0, "recall")
    assert stated["wanted"] == {"recall": "1/2", "alerts": None}
    beyond = run("calibrate", *given, "--recall", "0.5", "--alerts", "0")
    assert beyond.exit_code == (0 if stated["line"]["alerts"]["count"] == 0 else 1)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--recall", "98"], "recall must be above 0"),
        (["--recall", "most"], "is not a number"),
        (["--alerts", "1/0"], "is not a number"),
        (["--time", "yesterday"], "with its zone"),
        (["--time", "2026-01-31"], "with its zone"),
        (["--policy", "nowhere.toml"], "can't be read"),
        (["--source", "un_sc"], "one --source for each --list"),
        (["--as-of", "2025-01-01"], "no --as-of"),
        (["--report", "/nowhere/at/all.html"], "can't be written"),
        (["--nearest", "-1"], "-1"),
    ],
)
def test_what_cannot_be_done_is_exit_code_2(given: list[object], options: list[str], said: str) -> None:
    result = run("calibrate", *given, *options)
    assert (result.exit_code, said in result.output) == (2, True), result.output
    assert "Traceback" not in result.output


def test_a_source_that_there_is_not_is_named(given: list[object]) -> None:
    result = run("calibrate", *(one if one != "un_sc" else "un_scc" for one in given))
    assert (result.exit_code, "no source 'un_scc'" in result.output) == (2, True), result.output


def test_a_png_without_the_package_is_refused_before_any_work(
    given: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    monkeypatch.delitem(sys.modules, "screenkit.calibrate.png", raising=False)
    path = tmp_path / "plot.png"
    result = run("calibrate", *given, "--png", path)
    assert (result.exit_code, "screenkit[plot]" in result.output, path.exists()) == (2, True, False), result.output
    assert "0.5000" not in result.output
    assert run("calibrate", *given, "--svg", tmp_path / "plot.svg").exit_code == 0


def test_installed_lists_are_searched_without_a_list_and_none_is_an_error(
    given: list[object], excerpt: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCREENKIT_STORE", str(tmp_path / "store"))
    files = given[:4]
    assert run("calibrate", *files).exit_code == 2
    assert run("import", excerpt("house/own_list.csv"), "--source", "house").exit_code == 0
    result = run("calibrate", *files)
    assert (result.exit_code, "no designation in the editions searched" in result.output) == (2, True), result.output


def test_faults_of_names_are_exit_code_2_with_all_lines(given: list[object]) -> None:
    Path(str(given[1])).write_text("name,id\nA,none\nB,none\n", encoding="utf-8")
    result = run("calibrate", *given)
    assert result.exit_code == 2
    assert "matches.csv: line 2" in result.output
    assert "matches.csv: line 3" in result.output


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.csv"
    path.write_text("id,name\nC1,Pak Myongsam\nC2,Anna Bell\nC3,[red]Example Nabissau\x1b\n", encoding="utf-8")
    return path


def test_policies_are_compared_as_a_table_and_as_json_lines(given: list[object], book: Path, tmp_path: Path) -> None:
    strict = tmp_path / "strict.toml"
    strict.write_text("threshold = 1.0\n")
    lists = given[4:8]
    same = run("compare-policies", "default", "default", book, *lists)
    assert (same.exit_code, "3 customers, 0 decisions changed" in same.output) == (0, True), same.output
    result = run("compare-policies", "default", strict, book, *lists)
    assert result.exit_code == 1, result.output
    for part in ("threshold: 0.6 to 1.0", "C1: Pak Myongsam", "hit to clear", "un_sc KPi.901", "C3: [red]Example"):
        assert part in result.output
    assert "\x1b" not in result.output
    told = run("compare-policies", strict, "default", book, *lists, "--json", "--workers", "2")
    changes = [json.loads(line) for line in told.stdout.splitlines()]
    assert (told.exit_code, [one["customer"] for one in changes]) == (1, ["C1", "C3"])
    first = changes[0]
    assert (first["line"], first["source"], first["id"], first["sort"]) == (2, "un_sc", "KPi.901", "customer")
    assert (first["old"]["verdict"], first["new"]["verdict"]) == ("clear", "hit")
    assert first["old"]["points"] == first["new"]["points"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["default", "nowhere.toml", "{book}"], "can't be read"),
        (["default", "default", "nowhere.csv"], "can't be read"),
        (["default", "{book}", "{book}"], ".toml or .json"),
        (["default", "default"], "BOOK"),
    ],
)
def test_policies_that_cannot_be_compared_are_exit_code_2(
    given: list[object], book: Path, arguments: list[str], said: str
) -> None:
    result = run("compare-policies", *(one.format(book=book) for one in arguments), *given[4:8])
    assert (result.exit_code, said in result.output) == (2, True), result.output


def test_two_policies_search_what_is_installed(
    book: Path, excerpt: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCREENKIT_STORE", str(tmp_path / "store"))
    assert run("import", excerpt("house/own_list.csv"), "--source", "house").exit_code == 0
    assert run("compare-policies", "default", "default", book).exit_code == 0


def test_the_starter_list_says_that_it_is_one(given: list[object]) -> None:
    Path(str(given[1])).write_text("name,id\nChi Yupeng,22612\n", encoding="utf-8")
    result = run("calibrate", *given[:4], "--list", starter_path(), "--source", "starter")
    assert result.exit_code == 0, result.output
    assert "Only the starter list was searched" in result.output
    assert "Only the starter list was searched" in result.output
