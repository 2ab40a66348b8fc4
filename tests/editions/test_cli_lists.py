"""`screenkit lists`, `import` and `screen` on a store: what they print, and the exit codes that monitoring rests on."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screenkit.cli import main
from screenkit.editions.record_file import read_record, record_bytes
from screenkit.editions.store import Store


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    """Run a command on a store of the test's own."""

    def run(*arguments: object) -> Result:
        environment = {"COLUMNS": "140", "SCREENKIT_STORE": str(tmp_path / "store")}
        result = CliRunner().invoke(main, list(map(str, arguments)), env=environment)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return result

    return run


def test_nothing_installed_is_no_success_and_shows_what_can_be_read(run: Callable[..., Result]) -> None:
    result = run("lists")
    assert result.exit_code == 5
    assert "no list is installed" in result.stderr
    assert "us_ofac_sdn" in result.stdout
    available = run("lists", "--available")
    assert (available.exit_code, available.stdout) == (0, result.stdout)
    assert run("lists", "--json").stdout == ""


def test_lists_shows_age_counts_source_and_verdict(run: Callable[..., Result], excerpt: Callable[[str], Path]) -> None:
    run("import", excerpt("un_sc/consolidated.xml"), "--source", "un_sc", "--accept-change", "an excerpt")
    run("import", excerpt("house/own_list.csv"), "--source", "house")
    result = run("lists")
    assert result.exit_code == 0, result.output
    for part in ("un_sc", "fresh", "less than a minute ago", "2024-05-06", "person", "house", "any age"):
        assert part in result.stdout
    found = {one["source"]: one for one in map(json.loads, run("lists", "--json", "--verify").stdout.splitlines())}
    assert (found["un_sc"]["verdict"], found["house"]["verdict"]) == ("fresh", "any age")
    assert found["un_sc"]["records"] == sum(found["un_sc"]["counts"].values()) > 0
    assert found["un_sc"]["age_seconds"] < 600


def test_a_stale_list_is_exit_code_5_in_lists_and_in_screen(
    run: Callable[..., Result], excerpt: Callable[[str], Path]
) -> None:
    day = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=3)
    path = excerpt("un_sc/consolidated.xml")
    run("import", path, "--source", "un_sc", "--accept-change", "an excerpt", "--retrieved", day)
    result = run("lists")
    assert (result.exit_code, "stale" in result.stdout, "days ago" in result.stdout) == (5, True, True)
    assert run("lists", "--max-age", 200).exit_code == 0
    assert run("lists", "--max-age", 0).exit_code == 2
    assert run("lists", "--max-age", "nan").exit_code == 2
    screened = run("screen", "Acme")
    assert screened.exit_code == 5
    assert "3 days ago" in screened.stderr
    assert run("screen", "Acme", "--as-of", dt.datetime.now(dt.UTC).date()).exit_code == 0
    assert run("import", path, "--source", "un_sc").exit_code == 0, "equal to the current one: a successful check"
    assert run("screen", "Acme").exit_code == 0


def test_damage_is_exit_code_2_and_said(
    run: Callable[..., Result], excerpt: Callable[[str], Path], tmp_path: Path
) -> None:
    run("import", excerpt("house/own_list.csv"), "--source", "house")
    store = Store(tmp_path / "store")
    raw = store.file_path(store.find("house").files[0])
    raw.write_bytes(raw.read_bytes() + b" ")
    assert run("lists").exit_code == 0
    checked = run("lists", "--verify")
    assert checked.exit_code == 2
    assert "no longer the own_list.csv that was installed" in checked.stderr
    store.state_path("house").write_bytes(b"")
    result = run("lists")
    assert (result.exit_code, "damaged" in result.stdout) == (2, True)
    assert json.loads(run("lists", "--json").stdout)["verdict"] == "damaged"


def test_a_source_that_this_version_does_not_know_is_a_row_among_the_others(
    run: Callable[..., Result], excerpt: Callable[[str], Path], tmp_path: Path
) -> None:
    run("import", excerpt("house/own_list.csv"), "--source", "house")
    store = tmp_path / "store"
    for known in (store / "current" / "house.json", *(store / "editions" / "house").iterdir()):
        new = store / str(known.relative_to(store)).replace("house", "xx_new")
        new.parent.mkdir(exist_ok=True)
        new.write_bytes(record_bytes({**read_record(known), "source": "xx_new"}))
    result = run("lists")
    assert result.exit_code == 2
    assert "any age" in result.stdout
    assert "damaged" in result.stdout
    assert "xx_new" in result.stderr
    assert run("screen", "Acme").exit_code == 2


def test_import_says_what_it_did_and_refuses_with_a_remedy(
    run: Callable[..., Result], excerpt: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = tmp_path / "edition"
    folder.mkdir()
    path = folder / "own.csv"
    path.write_text("id,name,programs\nH1,Acme,EXIT\nH2,Zenith,EXIT\n", encoding="utf-8")
    first = run("import", folder, "--source", "house")
    assert first.exit_code == 0
    assert "installed: house@" in first.stdout
    assert "announced: house: new program code 'EXIT' (2 designations)" in first.stdout
    assert run("import", path, "--source", "house").stdout.startswith("unchanged: house@")
    path.write_text("id,name,programs\nH1,Acme,EXIT\n", encoding="utf-8")
    refused = run("import", path, "--source", "house")
    assert refused.exit_code == 2
    assert "--accept-change" in refused.stderr
    assert "Acme" not in refused.output
    taken = run("import", path, "--source", "house", "--accept-change", "H2 left", "--json")
    assert json.loads(taken.stdout)["edition"]["accepted"]["reason"] == "H2 left"
    assert run("import", excerpt("eu_fsf/export.xml"), "--source", "un_sc").exit_code == 2
    assert run("import", tmp_path / "nowhere", "--source", "house").exit_code == 2


def test_several_lists_of_an_institutions_own(run: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,name\nH1,Zhongxin Hudong\n", encoding="utf-8")
    assert json.loads(run("read", path, "--source", "house:exits", "--json").stdout)["source"] == "house:exits"
    for source in ("house:exits", "house:pep"):
        assert f"installed: {source}@" in run("import", path, "--source", source).stdout
    assert [json.loads(line)["source"] for line in run("lists", "--json").stdout.splitlines()] == [
        "house:exits",
        "house:pep",
    ]
    assert run("diff", path, path, "--source", "house:exits").exit_code == 0
    found = run("screen", "Zhongxin Hudong", "--source", "house:pep")
    assert (found.exit_code, "House list (pep)" in found.stdout, "exits" in found.stdout) == (3, True, False)
    listed = run("screen", "Zhongxin Hudong", "--list", path, "--source", "house:exits")
    assert (listed.exit_code, "House list (exits)" in listed.stdout) == (3, True)
    assert run("update", "house:pep").exit_code == 2
    for wrong in ("house:", "house:Exits", "nowhere"):
        refused = run("import", path, "--source", wrong)
        assert (refused.exit_code, "house:NAME" in refused.stderr) == (2, True)


def test_a_strict_import_and_a_strict_reading_refuse_what_is_lost(
    run: Callable[..., Result], excerpt: Callable[[str], Path], tmp_path: Path
) -> None:
    path = tmp_path / "windows.csv"
    text = excerpt("eu_csv/list.csv").read_text(encoding="utf-8")
    path.write_bytes(text.replace("Узор Прыкладаў", "???? ??????µ").encode("cp1252"))
    for command in (("read",), ("import", "--accept-change", "an excerpt")):
        strict = run(*command, path, "--source", "eu_fsf", "--strict")
        assert (strict.exit_code, "the file is refused" in strict.stderr) == (2, True)
        assert run(*command, path, "--source", "eu_fsf").exit_code == 0


def test_screen_searches_what_is_installed(run: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,name,programs\nH1,Zhongxin Hudong,EXIT\n", encoding="utf-8")
    run("import", path, "--source", "house")
    for options in ((), ("--source", "house")):
        result = run("screen", "Zhongxin Hudong", *options)
        assert (result.exit_code, "EXIT" in result.stdout, "starter" in result.output) == (3, True, False)
    assert run("screen", "Acme", "--source", "un_sc").exit_code == 2
    assert run("screen", "Acme", "--list", path, "--source", "house", "--as-of", "2026-01-01").exit_code == 2
