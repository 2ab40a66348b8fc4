"""A file that was published long ago and imported today is fresh, and that is said wherever it is used (U5)."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click.testing
import pytest

from screenkit import Designation, Edition, InvalidPolicyError, ListedName, Policy, Screener
from screenkit.cli import main

DAY = dt.timedelta(days=1)
NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def edition(published: str | None, retrieved: str | None) -> Edition:
    return Edition(source="un_sc", title="UN", published=published, retrieved=retrieved, sha256="a" * 64)


@pytest.mark.parametrize(
    ("published", "retrieved", "days"),
    [
        ("2026-01-01", "2026-02-01T10:00:00Z", 31),
        ("2026-01-31T08:00:00Z", "2026-02-01T10:00:00Z", 1),
        ("2026-01-01", None, 59),
        (None, "2026-02-01T10:00:00Z", None),
        ("January 2026", "2026-02-01T10:00:00Z", None),
        ("2026-03-05", "2026-02-01T10:00:00Z", -32),
    ],
)
def test_the_days_between_publication_and_retrieval(published: str | None, retrieved: str | None, days: int) -> None:
    """Of a list that is read from a path, to the time of the screening."""
    found = edition(published, retrieved).lag(NOW)
    assert (None if found is None else found.days) == days


def test_a_screening_names_the_lists_that_were_old(tmp_path: Path) -> None:
    made = [Designation(id="1", names=[ListedName("Zanzibar")], edition=edition("2026-01-01", "2026-02-01T10:00:00Z"))]
    for limit, found in (("30d", ["un_sc"]), (31 * DAY, []), (None, [])):
        screening = Screener(made, policy=Policy(max_lag=limit)).screen("Ann", at=NOW)
        assert [one.source for one in screening.old_editions] == found
        assert screening.to_dict()["old_editions"] == found
    assert Policy().fingerprint == Policy(max_lag=None).fingerprint
    with pytest.raises(InvalidPolicyError, match="max_lag must be a timedelta"):
        Policy(max_lag=30)


def run(*given: object, **env: str) -> click.testing.Result:
    return click.testing.CliRunner().invoke(main, list(map(str, given)), env={"COLUMNS": "160", **env})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, excerpt: object) -> Path:
    assert callable(excerpt)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCREENKIT_STORE", str(tmp_path / "store"))
    text = excerpt("un_sc/consolidated.xml").read_text(encoding="utf-8")
    (tmp_path / "consolidated.xml").write_text(text, encoding="utf-8")
    (tmp_path / "book.csv").write_text("id,name\nC1,Ann Lee\n")
    return tmp_path


def test_every_command_says_it(folder: Path) -> None:
    """The excerpt is of 2024-05-06."""
    imported = ("import", "consolidated.xml", "--source", "un_sc", "--accept-change", "an excerpt")
    said = "days before it was imported"
    for command in (
        imported,
        ("lists",),
        ("screen", "Ann Lee"),
        ("batch", "book.csv", "hits.csv", "--workers", "1"),
        ("rescreen", "book.csv", "--since", "un_sc@2024-05-06", "--workers", "1"),
    ):
        done = run(*command)
        assert said in " ".join(done.output.split()), (command, done.output)
        done = run(
            *command, *(("--overwrite",) if command[0] in ("batch", "rescreen") else ()), SCREENKIT_MAX_LAG="any"
        )
        assert said not in " ".join(done.output.split()), (command, done.output)
    found = run("screen", "Ann Lee", "--list", "consolidated.xml", "--source", "un_sc").output
    assert "was published" in found
    assert json.loads(run("screen", "Ann Lee", "--json").stdout)["old_editions"] == ["un_sc"]
    assert json.loads(Path("hits.csv.summary.json").read_text())["old_editions"] == []
    (folder / "screenkit.toml").write_text('max_lag = "any"\n')
    assert said not in run("screen", "Ann Lee").output
