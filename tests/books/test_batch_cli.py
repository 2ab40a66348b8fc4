"""The command `batch`: what it prints, and the exit codes that jobs rest on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screenkit.cli import main
from screenkit.sources.starter import starter_path

HIT, CLEAR, BAD = "C1,Pak Myong Sam\n", "C2,Ann Lee\n", "C3,\n"


@pytest.fixture
def run(excerpt: Callable[[str], Path], tmp_path: Path) -> Callable[..., Result]:
    listed = ("--list", str(excerpt("un_sc/consolidated.xml")), "--source", "un_sc", "--workers", "1")

    def of(book: str, *options: str) -> Result:
        (tmp_path / "book.csv").write_text(f"id,name\n{book}")
        command = ["batch", str(tmp_path / "book.csv"), str(tmp_path / "hits.csv"), *listed, *options]
        return CliRunner().invoke(main, command, env={"COLUMNS": "120"})

    return of


@pytest.mark.parametrize(
    ("book", "options", "code"),
    [
        (CLEAR, (), 0),
        (CLEAR + HIT, (), 3),
        (CLEAR + HIT + BAD, (), 2),
        (CLEAR + BAD, (), 2),
        (CLEAR + BAD, ("--allow-rejected", "1"), 0),
        (CLEAR + HIT + BAD, ("--allow-rejected", "1"), 3),
        (CLEAR + HIT + BAD + BAD, ("--allow-rejected", "1"), 2),
        ("", (), 2),
        ("", ("--allow-empty",), 0),
        (HIT, ("--limit", "0"), 2),
        (HIT, ("--threshold", "0.1"), 2),
        (HIT, ("--name", "nowhere"), 2),
        (HIT, ("--encoding", "utf-16"), 2),
        (HIT, ("--source", "un_sc"), 2),
        (HIT, ("--decisions", "nowhere"), 2),
    ],
    ids=str,
)
def test_exit_codes(run: Callable[..., Result], book: str, options: tuple[str, ...], code: int) -> None:
    result = run(book, *options)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_a_starter_list_is_no_clear_result(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "book.csv").write_text(f"id,name\n{CLEAR}")
    command = ["batch", str(tmp_path / "book.csv"), str(tmp_path / "hits.csv"), "--workers", "1"]
    result = CliRunner().invoke(main, [*command, "--list", str(starter_path()), "--source", "starter"])
    assert result.exit_code == 4, result.output
    assert "only the starter list was searched" in result.output
    assert CliRunner().invoke(main, [*command, "--overwrite"]).exit_code == 2  # no list is installed


def test_it_prints_columns_counts_lists_and_what_was_rejected(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run(HIT + CLEAR + BAD + HIT)
    for part in ("name: name; id: id", "un_sc of 2024-05-06", "un_sc DPRK", "1 row could not be screened",
                 "hits.csv.rejected.csv", "1 row repeated a customer's key"):  # fmt: skip
        assert part in result.output
    assert (tmp_path / "hits.csv.rejected.csv").read_text() == "row,customer,reason\n3,C3,name: the name is missing\n"
    summary = json.loads((tmp_path / "hits.csv.summary.json").read_text())
    assert (summary["screened"], summary["hits"], summary["rejected"], summary["duplicate_ids"]) == (3, 2, 1, 1)
    assert summary["by_program"] == {"un_sc DPRK": 2}
    assert summary["editions"][0]["sha256"]
    assert summary["is_whole"] is False


def test_two_columns_are_one_name_where_a_plus_joins_them(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    (tmp_path / "book.tsv").write_text("key\tone\ttwo\nC1\tPak\tMyong Sam\n")
    listed = ("--list", str(excerpt("un_sc/consolidated.xml")), "--source", "un_sc", "--workers", "1")
    command = ["batch", str(tmp_path / "book.tsv"), str(tmp_path / "hits.jsonl"), *listed, "--name", "one+two"]
    result = CliRunner().invoke(main, [*command, "--id", ""])
    assert result.exit_code == 3, result.output
    (row,) = map(json.loads, (tmp_path / "hits.jsonl").read_text().splitlines())
    assert (row["row"], row["customer"], row["query"], row["id"]) == (1, "", "Pak Myong Sam", "KPi.901")


def test_a_run_that_was_ended_goes_on_with_resume_and_is_refused_without(run: Callable[..., Result]) -> None:
    assert run(HIT).exit_code == 3
    assert run(HIT).exit_code == 2
    assert run(HIT, "--resume").exit_code == 3
    assert run(CLEAR, "--resume").exit_code == 2
    assert run(CLEAR, "--overwrite").exit_code == 0


def test_a_full_disk_is_exit_code_2_and_resume_goes_on(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    """A device that takes nothing more, as /dev/full does, in the place of the file with the hits."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    (tmp_path / "book.csv").write_text(f"id,name\n{HIT * 600}")
    os.symlink("/dev/full", tmp_path / "hits.csv.part")
    command = [sys.executable, "-c", "from screenkit.cli import main; main()", "batch"]
    command += [str(tmp_path / "book.csv"), str(tmp_path / "hits.csv"), "--workers", "1"]
    command += ["--list", str(excerpt("un_sc/consolidated.xml")), "--source", "un_sc", "--resume"]
    full = subprocess.run(command, capture_output=True, text=True, check=False)
    assert full.returncode == 2, full.stderr
    assert "No space left on device" in full.stderr
    assert "Traceback" not in full.stderr
    (tmp_path / "hits.csv.part").unlink()
    again = subprocess.run([*command[:-1], "--overwrite"], capture_output=True, text=True, check=False)
    assert again.returncode == 3, again.stderr
    assert len((tmp_path / "hits.csv").read_text().splitlines()) == 601
