"""The JSON Schema of records and rows, against whatever screenkit writes as JSON (U12)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click.testing
import pytest

from screenkit import Decisions, Designation, ListedName, Policy, Screener, Screening, Subject, read
from screenkit.audit.replay import records
from screenkit.cli import main

jsonschema = pytest.importorskip("jsonschema")


def run(*given: object) -> click.testing.Result:
    return click.testing.CliRunner().invoke(main, list(map(str, given)))


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    made = {what: json.loads(run("schema", what).stdout) for what in ("record", "batch", "rescreen")}
    for one in made.values():
        jsonschema.Draft202012Validator.check_schema(one)
    assert made["record"] == json.loads(run("schema").stdout)
    return {
        what: jsonschema.Draft202012Validator(one, format_checker=jsonschema.FormatChecker())
        for what, one in made.items()
    }


def test_every_field_of_an_excerpt_is_in_the_schema(schemas: dict[str, Any], excerpt: Callable[[str], Path]) -> None:
    screener = Screener(read("un_sc", excerpt("un_sc/consolidated.xml")), policy=Policy(weak_sources=("un_sc",)))
    count = 0
    for designation in screener:
        for name in designation.names:
            subject = Subject(
                name.text,
                kind="person",
                birth_date="1950",
                countries=["kp"],
                gender="f",
                identifiers=["passport:A12345:kp"],
            )
            found = screener.screen(subject)
            schemas["record"].validate(json.loads(found.to_json()))
            schemas["record"].validate(json.loads(found.to_json(subject_key=b"k" * 32)))
            count += len(found) + len(found.suppressed)
    assert count > 10


def test_records_with_decisions(schemas: dict[str, Any], tmp_path: Path) -> None:
    decisions = Decisions.open(tmp_path / "d", create=True)
    screener = Screener([Designation(id="1", names=[ListedName("Ivan Petrov")])])
    subject = Subject("Ivan Petrov", customer="C1")
    found: Screening = screener.screen(subject, limit=1, decisions=decisions)
    decisions.decide(found, "1", "cleared", reviewer="A", reason="b")
    again = screener.screen(subject, decisions=decisions)
    assert len(again.suppressed) == 1
    schemas["record"].validate(json.loads(again.to_json()))


def test_what_is_not_in_the_schema_is_refused(schemas: dict[str, Any]) -> None:
    record = json.loads(Screener([Designation(id="1", names=[ListedName("A Bell")])]).screen("A Bell").to_json())
    schemas["record"].validate(record)
    for altered in ({**record, "more": 1}, {**record, "total": "1"}, {k: v for k, v in record.items() if k != "time"}):
        with pytest.raises(jsonschema.ValidationError):
            schemas["record"].validate(altered)


def test_every_command_writes_what_the_schema_says(
    schemas: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCREENKIT_STORE", str(tmp_path / "store"))
    Path("house.csv").write_text("id,name\n1,Zanzibar Trading\n2,Ivan Petrov\n")
    Path("book.csv").write_text("id,name\nC1,Zanzibar Trading\nC2,Ivan Petrov\n,Ann Lee\n")
    assert run("import", "house.csv", "--source", "house").exit_code == 0
    edition = "house@" + json.loads(run("lists", "--json").stdout)["sha256"][:12]
    run("screen", "Zanzibar Trading", "Ann Lee", "--audit", "log", "--json")
    run("batch", "book.csv", "hits.jsonl", "--workers", "1", "--audit", "log")
    for file in ("log", "hits.jsonl.records.jsonl"):
        with open(file, encoding="utf-8") as lines:
            found = [record for _, record in records(lines)]
        assert len(found) == 2
        for record in found:
            schemas["record"].validate(record)
    rows = [json.loads(line) for line in Path("hits.jsonl").read_text().splitlines()]
    assert len(rows) == 2
    Path("house.csv").write_text("id,name,remarks\n1,Zanzibar Trading,more\n3,Ann Lee,\n")
    run("import", "house.csv", "--source", "house", "--accept-change", "smaller")
    run("rescreen", "book.csv", "changes.jsonl", "--since", edition, "--workers", "1")
    changes = [json.loads(line) for line in Path("changes.jsonl").read_text().splitlines()]
    assert {row["change"] for row in changes} == {"new hit", "hit changed", "hit ended"}
    for row in rows:
        schemas["batch"].validate(row)
    for row in changes:
        schemas["rescreen"].validate(row)
