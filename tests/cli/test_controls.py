"""No text of a list or a customer steers a terminal or a page: escape sequences, C1 and bidi controls show (A4)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click.testing
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit import Designation, ListedName, Program, Screener
from screenkit.cli import main
from screenkit.model.visible import in_html, in_json, in_terminal, in_terminal_lines

#: An escape sequence, a C1 control sequence introducer, a right-to-left override, an isolate, and a backspace.
BAD = "\x1b[31mRed\x9b2J\u202eevil\u2066x\x08\x7f"
STEERING = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def run(*given: object) -> click.testing.Result:
    return click.testing.CliRunner().invoke(main, list(map(str, given)), env={"COLUMNS": "100"})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCREENKIT_STORE", str(tmp_path / "store"))
    for name, extra in (("house", ()), ("newer", ({"id": f"2{BAD}", "name": f"Zanzibar Two {BAD}"},))):
        rows = [
            {
                "id": f"1{BAD}",
                "name": f"Zanzibar Trading {BAD}",
                "aliases": ["Zanzibar Trading"],
                "programs": [f"P{BAD}"],
            },
            *extra,
        ]
        text = "\n".join(json.dumps(row) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "book.csv").write_text(
        f"id,name,co\u202euntry,{BAD}\nC{BAD},Zanzibar Trading,X{BAD},y\n", encoding="utf-8"
    )
    return tmp_path


def test_no_command_prints_what_steers(folder: Path) -> None:
    lists = ("--list", "house.jsonl", "--source", "house")
    commands: list[tuple[object, ...]] = [
        ("read", "house.jsonl", "--source", "house"),
        ("read", "house.jsonl", "--source", "house", "--json"),
        ("read", "house.jsonl", "--source", "house", "--program", f"P{BAD}"),
        ("screen", f"Zanzibar Trading {BAD}", *lists),
        ("screen", f"Zanzibar Trading {BAD}", *lists, "--json"),
        ("explain", f"Zanzibar {BAD}", f"Zanzibar Trading {BAD}"),
        ("explain", f"Zanzibar {BAD}", f"Zanzibar Trading {BAD}", "--json"),
        ("normalize", f"Zanzibar {BAD}"),
        ("normalize", f"Zanzibar {BAD}", "--json"),
        ("batch", "book.csv", "hits.csv", *lists, "--workers", "1", "--country", "co\u202euntry"),
        ("batch", "book.csv", f"no{BAD}where/hits.csv", *lists),
        ("batch", f"book{BAD}.csv", "hits.csv", *lists),
        ("import", "house.jsonl", "--source", "house"),
        ("import", "newer.jsonl", "--source", "house"),
        ("lists",),
        ("lists", "--json"),
        ("diff", "house.jsonl", "newer.jsonl", "--source", "house"),
        ("decisions", "clear", "hits.csv", f"1{BAD}", "--file", "d", "--reviewer", BAD, "--reason", BAD),
        ("decisions", "list", "--file", "d"),
        ("decisions", "list", "--file", "d", "--json"),
        ("screen", "Zanzibar Trading", "--customer", f"C{BAD}", "--decisions", "d", "--audit", f"log{BAD}"),
        ("replay", f"log{BAD}"),
    ]
    for command in commands:
        done = run(*command)
        assert done.exception is None or isinstance(done.exception, SystemExit), (command, done.exception)
        found = STEERING.search(done.stdout + done.stderr)
        assert found is None, (command, done.output)
    # What they print was about these texts.
    assert "?[31mRed?2J?evil?x" in run("screen", "Zanzibar Trading", *lists).output
    stated = json.loads(run("screen", "Zanzibar Trading", *lists, "--json").stdout)
    assert stated["hits"][0]["designation"]["names"][0]["text"] == f"Zanzibar Trading {BAD}"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_shown_has_nothing_that_steers(text: str) -> None:
    assert not STEERING.search(in_terminal(text) + in_html(text))
    assert not STEERING.search(in_terminal_lines(text))
    assert in_terminal(in_terminal(text)) == in_terminal(text)


@given(st.text())
def test_json_keeps_its_values(text: str) -> None:
    written = in_json(json.dumps({"text": text}, ensure_ascii=False))
    assert json.loads(written) == {"text": text}
    assert not STEERING.search(written)


def test_names_in_scripts_that_run_leftward_stay_as_they_are() -> None:
    for name in ("محمد", "سیدرضا موسوی\u200cتبار", "נתן", "\u200fנתן\u200e"):
        assert in_terminal(name) == in_html(name) == name


def test_a_screening_in_a_notebook_steers_nothing_and_quotes_no_customer() -> None:
    listed = [ListedName(f"Zanzibar {BAD}<b>&"), ListedName("Zorvath Quillmar")]
    found = Screener([Designation(id="1", names=listed, programs=[Program(f"P{BAD}")])]).screen("Zorvat Quillmar")
    shown = found._repr_html_()
    assert len(found) == 1
    assert not STEERING.search(shown)
    assert not STEERING.search(repr(found[0]))
    assert "[U+202E]" in shown
    assert "&lt;b&gt;&amp;" in shown
    assert "Zorvat Q" not in shown
    assert shown.count("<tr>") == 2
    clear = Screener([Designation(id="1", names=listed)]).screen("Ann Lee")
    assert "<p><bdi>Clear</bdi></p>" in clear._repr_html_()
    assert "<table>" not in clear._repr_html_()
