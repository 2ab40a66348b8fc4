"""A book is screened, its hits are decided from the file of hits, and the next run shows what is new (U8)."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screenkit.cli import main

DECIDED = ("--reviewer", "A. Bell", "--reason", "another person")
BOOK = "id,name,dob\nC1,Ivan Petrov,1980\nC2,Zanzibar Trading,\nC3,Ann Lee,\n"
HOUSE = "id,name\n7,Ivan Petrov\n8,Zanzibar Trading\n"


def run(*arguments: object, **env: str) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], env={"COLUMNS": "120", **env})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "house.csv").write_text(HOUSE)
    (tmp_path / "book.csv").write_text(BOOK)
    return tmp_path


def batch(out: str, *options: object, book: str = "book.csv") -> Result:
    return run(
        "batch", book, out, "--list", "house.csv", "--source", "house", "--workers", "1", "--overwrite", *options
    )


def rows(path: str) -> list[dict[str, str]]:
    if path.endswith(".jsonl"):
        return [json.loads(line) for line in Path(path).read_text().splitlines()]
    with Path(path).open(newline="") as file:
        return list(csv.DictReader(file, delimiter="\t" if path.endswith(".tsv") else ","))


def states(path: str) -> list[tuple[str, str]]:
    return [(row["customer"], row["review"]) for row in rows(path)]


@pytest.mark.parametrize("out", ["hits.csv", "hits.tsv", "hits.jsonl"])
@pytest.mark.parametrize("key", [(), ("--key", "key")])
def test_a_hit_of_a_batch_is_cleared_by_its_row(folder: Path, out: str, key: tuple[str, ...]) -> None:
    (folder / "key").write_bytes(b"k" * 32)
    assert batch(out).exit_code == 3
    assert states(out) == [("C1", ""), ("C2", "")]
    for customer, id in (("C1", "7"), ("C2", "8")):
        done = run("decisions", "clear", out, id, "--customer", customer, "--file", "made.sqlite", *DECIDED, *key)
        assert (done.exit_code, done.stdout) == (0, f"cleared: customer {customer}, house {id}\n"), done.output
    kept = ("--decisions", "made.sqlite", *(("--decisions-key", "key") if key else ()))
    assert batch(out, *kept).exit_code == 6
    assert states(out) == [("C1", "cleared"), ("C2", "cleared")]
    # A fact that has changed opens it again, and the row says that it isn't new.
    (folder / "book.csv").write_text(BOOK.replace("1980", "1981"))
    assert batch(out, *kept).exit_code == 3
    assert states(out) == [("C1", "lapsed"), ("C2", "cleared")]


def test_a_row_repeats_of_the_customer_only_what_the_book_states(folder: Path) -> None:
    batch("hits.csv")
    stated = [json.loads(row["decision_basis"])["subject"] for row in rows("hits.csv")]
    assert [set(one) - {"kind"} for one in stated] == [{"names", "customer", "birth_date"}, {"names", "customer"}]


def test_a_row_is_as_good_as_the_record(folder: Path) -> None:
    batch("hits.csv")
    given = ("--list", "house.csv", "--source", "house", "--customer", "C1", "--birth-date", "1980", "--json")
    (folder / "record.json").write_text(run("screen", "Ivan Petrov", *given).stdout)
    for what in ("hits.csv", "record.json"):
        run("decisions", "clear", what, "7", "--customer", "C1", "--file", f"{what}.sqlite", *DECIDED)
    first, second = (
        json.loads(run("decisions", "list", "--json", "--file", f"{what}.sqlite").stdout)["decision"]
        for what in ("hits.csv", "record.json")
    )
    assert {**first, "decided": None} == {**second, "decided": None}


@pytest.mark.parametrize(
    ("edit", "given", "message"),
    [
        (lambda text: text, ("7",), "--customer"),
        (lambda text: text, ("7", "--customer", "C9"), "has no hit"),
        (lambda text: text, ("9", "--customer", "C1"), "has no hit"),
        (lambda text: text.replace("decision_basis", "notes"), ("7", "--customer", "C1"), "decision_basis"),
        (lambda text: text.replace('""content""', '""contents""'), ("7", "--customer", "C1"), "decision_basis"),
    ],
)
def test_a_row_that_cannot_be_decided_is_refused(
    folder: Path, edit: Callable[[str], str], given: tuple[str, ...], message: str
) -> None:
    (folder / "book.csv").write_text(f"{BOOK}C4,Ivan Petrov,\n")
    batch("hits.csv")
    Path("hits.csv").write_text(edit(Path("hits.csv").read_text()))
    done = run("decisions", "clear", "hits.csv", *given, "--file", "made.sqlite", *DECIDED)
    assert (done.exit_code, message in done.output) == (2, True), done.output


def test_a_reviewed_file_of_hits_comes_in(folder: Path) -> None:
    """The file of hits is the reviewers' worklist: they fill in what they decide, and it is imported."""
    batch("hits.csv")
    found = rows("hits.csv")
    found[0] |= {"decision": "cleared", "reviewer": "A. Bell", "reason": "another person", "decided": "2024-03-05"}
    found[1] |= {"decision": ""}
    write(Path("reviewed.csv"), found)
    done = run("decisions", "import", "reviewed.csv", "--file", "made.sqlite")
    assert done.exit_code == 0, done.output
    assert "1 decision recorded, 0 already known, 1 row without a decision" in done.output
    assert "1 already known" in run("decisions", "import", "reviewed.csv", "--file", "made.sqlite").output
    assert batch("hits.csv", "--decisions", "made.sqlite").exit_code == 3
    assert states("hits.csv") == [("C2", ""), ("C1", "cleared")] or states("hits.csv") == [
        ("C1", "cleared"),
        ("C2", ""),
    ]


def write(path: Path, found: list[dict[str, str]]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]))
        writer.writeheader()
        writer.writerows(found)


def test_clearances_of_another_system_come_in(folder: Path) -> None:
    """By customer, list id, reason and date; what was screened and listed is taken from a batch's hits."""
    batch("hits.csv")
    Path("cleared.csv").write_text(
        "customer,id,reason,decided\nC1,7,older man,2024-03-05\nC8,7,moved away,2023-01-01\n"
    )
    given = ("decisions", "import", "cleared.csv", "--hits", "hits.csv", "--file", "made.sqlite")
    assert "--reviewer" in run(*given).output
    done = run(*given, "--reviewer", "old system")
    assert done.exit_code == 0, done.output
    assert "1 decision recorded" in done.output
    assert "1 row for which there is no hit: row 2" in done.output
    assert batch("hits.csv", "--decisions", "made.sqlite").exit_code == 3
    assert sorted(states("hits.csv")) == [("C1", "cleared"), ("C2", "")]
    made = json.loads(run("decisions", "list", "--json", "--file", "made.sqlite").stdout)["decision"]
    assert (made["reviewer"], made["reason"], made["decided"]) == (
        "old system",
        "older man",
        "2024-03-05T00:00:00+00:00",
    )


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("customer,id,reason,decided\nC1,7,,2024-03-05\n", "row 1: reason"),
        ("customer,id,reason,decided\nC1,7,older,05.03.2024\n", "row 1: decided"),
        ("customer,id,reason,decision\nC1,7,older,perhaps\n", "row 1: decision"),
        ("customer,id,reason\nC1,7,older,2024\n", "row 1"),
        ("customer,reason\nC1,older\n", "id"),
    ],
)
def test_a_faulty_table_is_refused_as_a_whole(folder: Path, table: str, message: str) -> None:
    batch("hits.csv")
    Path("cleared.csv").write_text(table + "C2,8,another firm,2024-03-05\n")
    given = ("decisions", "import", "cleared.csv", "--hits", "hits.csv", "--file", "made.sqlite", "--reviewer", "old")
    done = run(*given)
    assert (done.exit_code, message in done.output) == (2, True), done.output
    assert run("decisions", "list", "--json", "--file", "made.sqlite").stdout == ""


def test_two_reviewers_may_be_required(folder: Path) -> None:
    batch("hits.csv")
    (folder / "screenkit.toml").write_text("required_reviewers = 2\n")
    kept = ("--decisions", "made.sqlite")
    for reviewer, code, state in (("A. Bell", 3, "lapsed"), ("a. bell ", 3, "lapsed"), ("C. Dee", 6, "cleared")):
        for customer, id in (("C1", "7"), ("C2", "8")):
            given = ("--customer", customer, "--file", "made.sqlite", "--reviewer", reviewer, "--reason", "another")
            run("decisions", "clear", "hits.csv", id, *given)
        assert batch("hits.csv", *kept).exit_code == code
        assert states("hits.csv") == [("C1", state), ("C2", state)]
    assert "2 reviewers" not in Path("hits.csv").read_text()
    # A confirmation ends what was cleared before it.
    run("decisions", "confirm", "hits.csv", "7", "--customer", "C1", "--file", "made.sqlite", *DECIDED)
    run("decisions", "clear", "hits.csv", "7", "--customer", "C1", "--file", "made.sqlite", *DECIDED)
    assert batch("hits.csv", *kept).exit_code == 3
    assert batch("hits.csv", *kept, "--required-reviewers", "1").exit_code == 6


def test_a_rescreening_follows_decisions(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCREENKIT_STORE", str(folder / "store"))
    assert run("import", "house.csv", "--source", "house").exit_code == 0
    given = ("batch", "book.csv", "hits.csv", "--workers", "1", "--overwrite")
    before = run("lists", "--json")
    edition = "house@" + json.loads(before.stdout.splitlines()[0])["sha256"][:12]
    assert run(*given).exit_code == 3
    for customer, id in (("C1", "7"), ("C2", "8")):
        run("decisions", "clear", "hits.csv", id, "--customer", customer, "--file", "made.sqlite", *DECIDED)
    rescreen = ("rescreen", "book.csv", "out.csv", "--since", edition, "--workers", "1", "--overwrite")
    kept = ("--decisions", "made.sqlite")
    # What a list says of a cleared one changes: to be reviewed again. What is new: a new alert.
    Path("house.csv").write_text(HOUSE.replace("8,Zanzibar Trading", "8,Zanzibar Trading Ltd") + "9,Ann Lee\n")
    assert run("import", "house.csv", "--source", "house").exit_code == 0
    assert run(*rescreen, *kept).exit_code == 3
    assert [(row["customer"], row["change"], row["review"]) for row in rows("out.csv")] == [
        ("C2", "hit changed", "lapsed"),
        ("C3", "new hit", ""),
    ]
    assert rows("out.csv")[0]["outcome_before"].startswith("suppressed: cleared by A. Bell")
    # Decisions are made from its rows too.
    for customer, id in (("C2", "8"), ("C3", "9")):
        done = run("decisions", "clear", "out.csv", id, "--customer", customer, "--file", "made.sqlite", *DECIDED)
        assert done.exit_code == 0, done.output
    assert run(*rescreen, *kept).exit_code == 6
    assert [row["review"] for row in rows("out.csv")] == ["cleared", "cleared"]
