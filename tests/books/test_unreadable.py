"""A fact that can't be read never leaves a customer unscreened: it is left out, counted and said (U9)."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import click.testing
import pytest

from screenkit import Designation, ListedName, Screener, Subject
from screenkit.books import Columns, Rejection, Task, open_book, screen_book, subject_of
from screenkit.cli import main
from screenkit.errors import BatchError

SCREENER = Screener([Designation(id="1", names=[ListedName("Zanzibar Trading")])])
HEADINGS = "id,name,dob,country,kind,gender,passport,branch\n"
BOOK = (
    "1,Zanzibar Trading,31.12.1970,Espagna,company,x,12;13,North\n"
    "2,Ann Lee,1971-02-03,de;Espagna,ghost,lady,,North\n"
    f"3,Bob Day,,,,,{'9' * 600},South\n"
    "4,Cy Fox,1980,fr,person,m,77,South\n"
)


def made(columns: Columns, *values: object) -> Subject | Rejection:
    return subject_of(values, columns, row=1)


def test_a_fact_that_cannot_be_read_is_left_out() -> None:
    columns = Columns("name", birth_date="dob", countries=["country"], kind="kind", gender="sex", identifiers=["no"])
    found = made(columns, "Ann", "the day", "de; Atlantis", "ghost", "lady", "1" * 600)
    assert found == Subject("Ann", countries=["de"])
    assert made(columns, "Ann", True, {"a": 1}, b"", None, [1, "x" * 600]) == Subject("Ann", identifiers=["1"])
    assert made(columns, "Ann", None, None, None, None, [str(1_000 + at) for at in range(101)]) == Subject(
        "Ann", identifiers=[str(1_000 + at) for at in range(100)]
    )


def run(*given: object) -> click.testing.Result:
    return click.testing.CliRunner().invoke(main, list(map(str, given)), env={"COLUMNS": "120"})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "house.csv").write_text("id,name\n1,Zanzibar Trading\n")
    return tmp_path


def batch(text: str, *options: object) -> click.testing.Result:
    Path("book.csv").write_text(text)
    lists = ("--list", "house.csv", "--source", "house", "--workers", "1", "--overwrite")
    return run("batch", "book.csv", "hits.csv", *lists, *options)


def test_every_customer_is_screened_and_what_is_left_out_is_said(folder: Path) -> None:
    done = batch(HEADINGS + BOOK * 4)
    assert done.exit_code == 3, done.output
    with open("hits.csv", newline="") as file:
        assert [(row["row"], row["unread"]) for row in csv.DictReader(file)] == [
            (str(row), "birth_date; country") for row in (1, 5, 9, 13)
        ]
    with open("hits.csv.unread.csv", newline="") as file:
        found = [(row["row"], row["fact"]) for row in csv.DictReader(file)]
    of_first = [("1", "birth_date"), ("1", "country"), ("2", "country"), ("2", "kind"), ("2", "gender")]
    assert found[:6] == [*of_first, ("3", "identifier")]
    assert Path("hits.csv.rejected.csv").read_text() == "row,customer,reason\n"
    summary = json.loads(Path("hits.csv.summary.json").read_text())
    assert (summary["screened"], summary["rejected"], summary["unread"]) == (16, 0, 12)
    assert summary["unread_facts"] == {"country": 8, "birth_date": 4, "gender": 4, "identifier": 4, "kind": 4}
    assert summary["unread_values"]["country Espagna"] == 8
    assert summary["unread_values"]["birth_date 99.99.9999"] == 4
    said = " ".join(done.output.split())
    assert "8 rows screened without the country, which can't be read: Espagna (8)." in said
    assert "99.99.9999 (4). --date-format %d.%m.%Y would read 4 of them." in said
    assert "hits.csv.unread.csv says which rows" in said


def test_they_can_be_rejected(folder: Path) -> None:
    done = batch(HEADINGS + BOOK, "--unreadable-facts", "reject")
    assert done.exit_code == 2, done.output
    summary = json.loads(Path("hits.csv.summary.json").read_text())
    assert (summary["screened"], summary["rejected"], summary["unread"]) == (1, 3, 0)


def test_what_is_rare_is_not_quoted(folder: Path) -> None:
    done = batch("id,name,country\n1,Ann Lee,Maria Gonzalez Ortega\n")
    assert done.exit_code == 0
    assert "1 row screened without the country, which can't be read: 1 value" in " ".join(done.output.split())
    for path in folder.glob("hits*"):
        assert "Gonzalez" not in path.read_text()
    assert "Gonzalez" not in done.output


@pytest.mark.parametrize(
    ("heading", "cell", "message"),
    [
        (
            "dob",
            "31.12.1970",
            "1,024 of the 1,024 birth dates in the first 1,024 rows can't be read: 99.99.9999 (1,024).",
        ),
        ("dob", "31.12.1970", "--date-format %d.%m.%Y would read 1,024 of them"),
        ("dob", "03/04/1970", "--date-format %d/%m/%Y or --date-format %m/%d/%Y would read 1,024"),
        ("country", "North", "North (1,024). Check the column: --country HEADING"),
    ],
)
def test_a_column_of_which_nearly_nothing_can_be_read_stops_the_run(
    folder: Path, heading: str, cell: str, message: str
) -> None:
    text = f"id,name,{heading}\n" + f"1,Ann,{cell}\n" * 3_000
    done = batch(text)
    assert (done.exit_code, message in done.output.replace("\n", " ")) == (2, True), done.output
    assert "--unreadable-facts ignore" in done.output
    assert batch(text, "--unreadable-facts", "ignore").exit_code == 0


def test_few_values_do_not_stop_a_run(tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text("name,birth date\n" + "Ann,\n" * 1_500 + "Ann,31.12.1970\n" * 60)
    with open_book(book) as opened:
        found = screen_book(SCREENER, opened, tmp_path / "out.csv", Task(columns=opened.columns, format="csv"))
    assert (found.counts.screened, found.counts.unread) == (1_560, 60)


def test_columns_that_are_not_used_are_named_and_a_missing_key_is_said(folder: Path) -> None:
    said = " ".join(batch("name,branch,note\nAnn,North,x\n").output.split())
    assert "not used 'branch', 'note'" in said
    assert "no column of customer keys" in said
    assert "no column of customer keys" not in batch(HEADINGS + BOOK).output


def test_an_unknown_choice_is_refused() -> None:
    with pytest.raises(BatchError, match="'ignore' or 'reject'"):
        Columns("name", unreadable_facts="perhaps")  # type: ignore[arg-type]  # what is refused
