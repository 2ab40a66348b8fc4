"""A file of decisions is a chain: what was altered or removed in it is noticed (A6)."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from screenkit import DecisionError, Decisions, Designation, ListedName, Screener, Subject
from screenkit.cli import main
from screenkit.decisions.rows import COLUMNS
from screenkit.model.chain_head import Head

SCREENER = Screener([Designation(id=str(at), names=[ListedName(f"Ivan Petrov {at}")]) for at in range(3)])


@pytest.fixture
def decisions(tmp_path: Path) -> Decisions:
    made = Decisions.open(tmp_path / "decisions.sqlite", create=True)
    for at in range(3):
        found = SCREENER.screen(Subject(f"Ivan Petrov {at}", customer=f"C{at}"))
        made.decide(found, str(at), "cleared", reviewer="A. Bell", reason="another")
    return made


def alter(decisions: Decisions, *statements: tuple[str, tuple[object, ...]]) -> None:
    """Alter the file as somebody who can write it might."""
    with sqlite3.connect(decisions.path) as connection:
        for name in ("unaltered", "undeleted"):
            connection.execute(f"DROP TRIGGER decisions_{name}")
        for statement, values in statements:
            connection.execute(statement, values)
    connection.close()


def test_a_file_as_it_was_written_is_intact(decisions: Decisions) -> None:
    decisions.verify()
    head = decisions.head()
    assert head is not None
    assert head.count == 3
    decisions.verify(head=head)
    done = CliRunner().invoke(main, ["decisions", "verify", "--file", str(decisions.path), "--head", str(head)])
    assert (done.exit_code, done.output) == (0, f"intact: 3 decisions\nhead {head}\n")


def test_an_empty_file_has_no_head(tmp_path: Path) -> None:
    empty = Decisions.open(tmp_path / "empty", create=True)
    empty.verify()
    assert empty.head() is None


def test_a_removed_decision_is_noticed(decisions: Decisions) -> None:
    """A deleted row went unnoticed."""
    alter(decisions, ("DELETE FROM decisions WHERE number = 2", ()))
    with pytest.raises(DecisionError, match="decision 2 is missing"):
        decisions.verify()
    with pytest.raises(DecisionError, match="decision 2 is missing"):
        decisions.history(customer="C2")
    done = CliRunner().invoke(main, ["decisions", "verify", "--file", str(decisions.path)])
    assert (done.exit_code, "decision 2 is missing" in done.output) == (2, True)


def test_a_decision_with_a_new_checksum_is_noticed(decisions: Decisions) -> None:
    """So did an altered row whose checksum was made again."""
    with sqlite3.connect(decisions.path) as connection:
        columns = ", ".join(("number", *COLUMNS, "recorded"))
        row = list(connection.execute(f"SELECT {columns} FROM decisions WHERE number = 1").fetchone())
    connection.close()
    row[1 + COLUMNS.index("reason")] = "forged"
    checksum = hashlib.sha256(json.dumps(["", *row]).encode()).hexdigest()
    alter(decisions, ("UPDATE decisions SET reason = ?, checksum = ? WHERE number = 1", ("forged", checksum)))
    assert decisions.history(customer="C0")[0].decision.reason == "forged"
    with pytest.raises(DecisionError, match="decision 2, or the one before it, was altered"):
        decisions.verify()


def test_removed_last_decisions_are_noticed_by_a_noted_head(decisions: Decisions) -> None:
    head = decisions.head()
    alter(decisions, ("DELETE FROM decisions WHERE number = 3", ()))
    decisions.verify()
    with pytest.raises(DecisionError, match="has 2 decisions, but 3 were noted"):
        decisions.verify(head=head)


def test_another_file_is_noticed_by_a_noted_head(decisions: Decisions) -> None:
    with pytest.raises(DecisionError, match="is not the one noted"):
        decisions.verify(head=Head(hash="0" * 64, count=2))
