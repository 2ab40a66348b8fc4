"""The policy of a search by option, environment and screenkit.toml; and the sources that it requires."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click.testing
import pytest

from screenkit import Designation, Edition, InvalidPolicyError, ListedName, NoListError, Policy, Screener
from screenkit.books import ScreeningOptions, Task, open_book, screen_book
from screenkit.cli import main

HOUSE = "id,name\n1,Vladimir Putin\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "house.csv").write_text(HOUSE, encoding="utf-8")
    (tmp_path / "book.csv").write_text("id,name\nC1,Zanzibar\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCREENKIT_STORE", str(tmp_path / "store"))
    return tmp_path


def run(*given: object) -> click.testing.Result:
    return click.testing.CliRunner().invoke(main, list(map(str, given)))


def screen(*given: object) -> click.testing.Result:
    return run("screen", *given, "--list", "house.csv", "--source", "house")


def listed(*sources: str) -> list[Designation]:
    return [
        Designation(
            id="1",
            names=[ListedName(f"Nobody {source}")],
            edition=Edition(source=source, title=source, sha256=f"{at}" * 64),
        )
        for at, source in enumerate(sources)
    ]


def test_a_search_without_a_required_source_is_refused(tmp_path: Path) -> None:
    """A store with one house list of one row was "full", and clear (U3)."""
    policy = Policy(required_sources=["un_sc", "house"])
    lacking = Screener(listed("house"), policy=policy)
    for search in (lambda: lacking.screen("Zanzibar"), lambda: list(lacking.screen_many(["Zanzibar"]))):
        with pytest.raises(NoListError, match="requires un_sc"):
            search()
    with open_book("book.csv") as book, pytest.raises(NoListError, match="requires un_sc"):
        screen_book(lacking, book, tmp_path / "out.csv", Task(columns=book.columns, format="csv"))
    found = Screener(listed("house", "un_sc"), policy=policy).screen("Zanzibar")
    assert (found.coverage, found.is_clear) == ("full", True)


def test_coverage_names_what_was_searched_where_nothing_is_required() -> None:
    found = Screener(listed("un_sc", "house")).screen("Zanzibar")
    assert (found.coverage, found.is_clear, found.to_dict()["coverage"]) == ("house, un_sc", True, "house, un_sc")


def test_required_sources_change_no_score() -> None:
    assert Policy(required_sources=["un_sc"]).fingerprint == Policy().fingerprint


@pytest.mark.parametrize("command", ["screen", "batch"])
@pytest.mark.parametrize("by", ["option", "environment", "file"])
def test_required_sources_are_stated_by_option_environment_and_file(
    command: str, by: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["Zanzibar"] if command == "screen" else ["book.csv", "out.csv"]
    if by == "option":
        arguments += ["--require", "un_sc"]
    elif by == "environment":
        monkeypatch.setenv("SCREENKIT_REQUIRED_SOURCES", "un_sc house")
    else:
        (folder / "screenkit.toml").write_text('required_sources = ["un_sc"]\n')
        (folder / "below").mkdir()
        for name in ("house.csv", "book.csv"):
            (folder / "below" / name).write_text((folder / name).read_text())
        monkeypatch.chdir(folder / "below")
    result = run(command, *arguments, "--list", "house.csv", "--source", "house")
    assert (result.exit_code, "requires un_sc" in result.output) == (2, True), result.output


def test_the_policy_is_taken_from_option_and_file(folder: Path) -> None:
    (folder / "strict.toml").write_text("threshold = 0.99\n")
    assert screen("Vladimir Puttin").exit_code == 3
    assert screen("Vladimir Puttin", "--policy", "strict.toml").exit_code == 0
    (folder / "screenkit.toml").write_text('policy = "strict.toml"\n')
    assert screen("Vladimir Puttin").exit_code == 0
    assert screen("Vladimir Puttin", "--policy", "default").exit_code == 3
    (folder / "wide.json").write_text(json.dumps({"threshold": 0.5}))
    assert screen("Vladimir Puttin", "--policy", "wide.json").exit_code == 3


@pytest.mark.parametrize("content", ["threshold = 0.7", "max_age = 24", "required_sources = [1]", "store = ", "\udcff"])
def test_a_wrong_configuration_is_an_error_that_names_the_file(content: str, folder: Path) -> None:
    (folder / "screenkit.toml").write_bytes(content.encode("utf-8", "surrogateescape"))
    result = screen("Zanzibar")
    assert (result.exit_code, "screenkit.toml" in result.output) == (2, True), result.output


def test_an_age_has_its_unit() -> None:
    """`Policy(max_age=24)` meant 24 seconds (U12)."""
    assert Policy(max_age="24h").max_age == dt.timedelta(hours=24)
    assert Policy(max_age="2 d").max_age == dt.timedelta(days=2)
    for wrong in (24, 0.5, "24", "a day"):
        with pytest.raises(InvalidPolicyError, match="max_age must be"):
            Policy(max_age=wrong)


def test_options_are_one_record() -> None:
    assert ScreeningOptions(limit=3).limit == 3
    for wrong in (0, True, "3"):
        with pytest.raises(InvalidPolicyError, match="limit must be"):
            ScreeningOptions(limit=wrong)  # type: ignore[arg-type]  # what is refused
