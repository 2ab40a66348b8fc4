"""The JSON Schemas of what commands print with --json, each against what its command really prints."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from screenkit.cli import main
from screenkit.cli.output.schema import SCHEMAS

jsonschema = pytest.importorskip("jsonschema")

#: Command -> its schemas; all other commands with --json have the schema of their own name.
OTHERS = {
    "screen": ["record"],
    "bundle import": ["update"],
    "decisions list": ["decisions"],
    "read": ["read", "program"],
}
#: Schemas of rows that are written to a file.
ROWS = {"batch", "rescreen"}

Validate = Callable[[str, Result], list[dict[str, Any]]]


def run(*given: object) -> Result:
    return CliRunner().invoke(main, list(map(str, given)))


@pytest.fixture
def printed() -> Validate:
    """Check what a command printed, object by object, and give the objects."""

    def validate(what: str, done: Result) -> list[dict[str, Any]]:
        schema = json.loads(run("schema", what).stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        checked = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
        found = [json.loads(line) for line in done.stdout.splitlines()]
        assert found, done.output
        for one in found:
            checked.validate(one)
            # What is missing or not in the schema is refused.
            assert not checked.is_valid({**one, "more": 1})
            assert not any(checked.is_valid({key: one[key] for key in one if key != left_out}) for left_out in one)
        return found

    return validate


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, excerpt: Callable[[str], Path]) -> Path:
    """A folder with a store, which has a list of the United Nations and one of a bank's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCREENKIT_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("COLUMNS", "120")
    shutil.copy(excerpt("un_sc/consolidated.xml"), tmp_path / "un.xml")
    shutil.copy(excerpt("house/own_list.csv"), tmp_path / "house.csv")
    assert run("import", "un.xml", "--source", "un_sc", "--accept-change", "an excerpt").exit_code == 0
    assert run("import", "house.csv", "--source", "house").exit_code == 0
    return tmp_path


def with_json(command: click.Command, path: str = "") -> Iterator[str]:
    """The commands that take --json."""
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from with_json(one, f"{path} {name}".strip())
    elif any("--json" in one.opts for one in command.params):
        yield path


def test_every_command_that_prints_json_has_a_schema() -> None:
    named = [what for command in with_json(main) for what in OTHERS.get(command, [command])]
    assert {*named} | ROWS == {*SCHEMAS}
    told = run("schema", "--help").stdout
    assert all(what in told for what in SCHEMAS)


def test_installed_lists(folder: Path, printed: Validate) -> None:
    assert {one["verdict"] for one in printed("lists", run("lists", "--json"))} == {"fresh", "any age"}
    assert {one["verdict"] for one in printed("lists", run("lists", "--json", "--max-age", "0.0000001"))} == {
        "stale", "any age"
    }  # fmt: skip
    for state in (folder / "store" / "current").glob("*.json"):
        state.write_text("{}")
    damaged = printed("lists", run("lists", "--json"))
    assert {one["verdict"] for one in damaged} == {"damaged"}


def test_imports(folder: Path, printed: Validate) -> None:
    (one,) = printed("import", run("import", "house.csv", "--source", "house", "--json"))
    assert not one["is_new"]
    Path("house.csv").write_text("id,name,programs\nH-1,Zanzibar Trading,NEW\n")
    done = run("import", "house.csv", "--source", "house", "--accept-change", "it is right", "--json")
    (one,) = printed("import", done)
    assert one["is_new"]
    assert one["edition"]["accepted"]["overridden"]


def test_updates_and_bundles(folder: Path, printed: Validate) -> None:
    # Nothing listens at that port.
    urls = [f"{source}=http://127.0.0.1:9/{source}.xml" for source in ("un_sc", "ca_sema")]
    given = ("--url", urls[0], "--url", urls[1], "--json")
    found = printed("update", run("update", "un_sc", "ca_sema", *given))
    assert [(one["verdict"], one["edition"] is None) for one in found] == [("failed", False), ("failed", True)]
    assert run("bundle", "export", "all.bundle").exit_code == 0
    found = printed("update", run("bundle", "import", "all.bundle", "--json"))
    assert [one["verdict"] for one in found] == ["unchanged", "unchanged"]
    shutil.rmtree(folder / "store")
    found = printed("update", run("bundle", "import", "all.bundle", "--json", "house"))
    assert [(one["source"], one["verdict"]) for one in found] == [("house", "updated")]


def test_differences_in_every_field(folder: Path, printed: Validate) -> None:
    Path("bare.csv").write_text("id,name\nH-1,Example Trading\nH-2,John Doe\nH-9,Zanzibar Trading\n")
    for old, new in (("house.csv", "bare.csv"), ("bare.csv", "house.csv")):
        found = printed("diff", run("diff", old, new, "--source", "house", "--json"))
        assert {one["change"] for one in found} == {"added", "removed", "changed"}
        assert any(one["renamed_from"] for one in found if one["change"] == "changed")
        fields = {field for one in found if one["change"] == "changed" for field in one["fields"]}
        assert {"names", "programs", "birth_dates", "identifiers", "addresses", "gender", "remarks"} <= fields
    Path("empty.xml").write_text(Path("un.xml").read_text().replace("Korea", "Atlantis"))
    assert printed("diff", run("diff", "un.xml", "empty.xml", "--source", "un_sc", "--json"))


def test_repeated_records(folder: Path, printed: Validate) -> None:
    run("screen", "Example Trading", "--source", "house", "--audit", "log")
    (one,) = printed("replay", run("replay", "log", "--json"))
    assert one["identical"]
    run("screen", "Example Trading", "--source", "house", "--json")
    record = json.loads(run("screen", "Example Trading", "--source", "house", "--json").stdout)
    altered = {**record, "total": 7, "limit": 5, "version": "0.0.1", "hits": []}
    Path("record.json").write_text(json.dumps(altered))
    (one,) = printed("replay", run("replay", "record.json", "--json"))
    assert not one["identical"]
    assert {type(difference["recorded"]) for difference in one["differences"]} >= {int, str}
    assert [difference["place"] for difference in one["versions"]] == ["version"]


def test_decisions(folder: Path, printed: Validate) -> None:
    record = run("screen", "Example Trading", "--source", "house", "--customer", "C1", "--json").stdout
    Path("record.json").write_text(record)
    stated = ("--file", "d", "--reviewer", "A. Bell", "--reason", "another firm")
    for options in ((), ("--until", "2999-12-31")):
        done = run("decisions", "clear", "record.json", "H-1", *stated, *options)
        assert done.exit_code == 0, done.output
    found = printed("decisions", run("decisions", "list", "--file", "d", "--history", "--json"))
    assert [one["decision"]["until"] for one in found] == [None, "2999-12-31"]


def test_policies_and_calibrations(folder: Path, printed: Validate) -> None:
    Path("strict.toml").write_text("threshold = 1.0\n")
    Path("book.csv").write_text("id,name\nC1,Exampel Trading\nC2,Anna Bell\n,Jon Doe\n")
    done = run(
        "compare-policies", "default", "strict.toml", "book.csv", "--list", "house.csv", "--source", "house", "--json"
    )
    assert {one["customer"] for one in printed("compare-policies", done)} == {"C1", None}
    Path("matches.csv").write_text("name,id,listed_name,label\nJon Doe,H-2,,yes\nExample,,EXAMPLE BANK,no\n")
    Path("ordinary.csv").write_text("name,extra\nAnna Bell,1\nAnna Bell,1\nИван Петров,2\n")
    given = (
        "calibrate",
        "--matches",
        "matches.csv",
        "--ordinary",
        "ordinary.csv",
        "--list",
        "house.csv",
        "--source",
        "house",
    )
    (one,) = printed("calibrate", run(*given, "--json"))
    assert (one["wanted"], one["ordinary"]["unused"]) == ({"recall": None, "alerts": None}, ["extra"])
    Path("own.toml").write_text('required_reviewers = 2\nweak_sources = ["house"]\n')
    (one,) = printed("calibrate", run(*given, "--json", "--recall", "0.9", "--policy", "own.toml"))
    assert one["wanted"]["recall"]
    assert {type(difference["value"]) for difference in one["differences"]} == {int, list}


@pytest.mark.parametrize(
    "name",
    ["Михаил Юрьевич Писклин", "李红日", "Kim, Jong Un", "Abd al-Rahman bin Ali", "P.F.L.P. Ltd", "ทักษิณ", "\u200b☆ 17"],
)
def test_names(name: str, printed: Validate) -> None:
    (one,) = printed("normalize", run("normalize", name, "--json"))
    assert one["text"] == name
    (one,) = printed("explain", run("explain", name, "Mikhail Pisklin", "--json"))
    assert sum(evidence["points"] for evidence in one["evidence"]) == one["points"]


def test_lists_that_are_read(folder: Path, printed: Validate, excerpt: Callable[[str], Path]) -> None:
    (one,) = printed("read", run("read", "house.csv", "--source", "house", "--json"))
    assert (one["published"], one["designations"]) == (None, 3)
    (one,) = printed("read", run("read", "un.xml", "--source", "un_sc", "--json"))
    assert one["shortfalls"]
    assert one["published"] == "2024-05-06"
    found = printed("program", run("read", "house.csv", "--source", "house", "--program", "EXIT-24", "--json"))
    assert [one["id"] for one in found] == ["H-1", "H-2"]
