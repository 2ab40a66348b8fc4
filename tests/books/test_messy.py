"""Books as they come: words for nothing, several forms of dates, no customer at all, and options that don't fit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import attrs
import click.testing
import pytest

from screenkit import Designation, ListedName, Screener, Subject
from screenkit.books import Columns, Rejection, Task, open_book, screen_book, subject_of
from screenkit.cli import main
from screenkit.errors import BatchError

SCREENER = Screener([Designation(id="1", names=[ListedName("Zanzibar Trading")])])


def made(**facts: object) -> Subject | Rejection:
    columns = Columns(
        "name",
        birth_date="born",
        countries="land",
        kind="kind",
        gender="sex",
        identifiers="no",
        date_format=FORMATS,
        unreadable_facts="reject",
    )
    values = {"name": "Ann", "born": None, "land": None, "kind": None, "sex": None, "no": None, **facts}
    return subject_of([values[column] for column in columns.used], columns, row=1)


FORMATS = ("%d/%m/%Y", "%d.%m.%y")


@pytest.mark.parametrize("word", ["N/A", "Unknown", "none", "-", " -- ", "NULL", "#N/A", "?", "not available"])
@pytest.mark.parametrize("fact", ["born", "land", "kind", "sex", "no"])
def test_a_word_for_nothing_is_nothing(word: str, fact: str) -> None:
    """Of a messy book every tenth row wasn't screened because of such a word (U9)."""
    assert made(**{fact: word}) == Subject("Ann")


def test_a_name_is_never_a_word_for_nothing() -> None:
    assert made(name="None") == Subject("None")


def test_namibia_is_a_country() -> None:
    assert made(land="NA") == Subject("Ann", countries=["na"])


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("03/02/1970", "1970-02-03"),
        ("03.02.70", "1970-02-03"),
        ("1970-02-03", "1970-02-03"),
        ("1975", "1975"),
        ("00/00/1975", "1975"),
        ("1975-00-00", "1975"),
        ("00/00/0000", None),
    ],
)
def test_several_forms_of_dates_and_a_year_alone_are_read(cell: str, date: str | None) -> None:
    assert made(born=cell) == Subject("Ann", birth_date=date)


@pytest.mark.parametrize("cell", ["30/02/1970", "1970/31/12", "yesterday", "0000"])
def test_another_form_is_a_rejection_that_names_the_forms(cell: str) -> None:
    found = made(born=cell)
    assert isinstance(found, Rejection)
    assert "%d/%m/%Y, %d.%m.%y, YYYY" in found.reason
    assert cell not in found.reason


def run(*given: object) -> click.testing.Result:
    return click.testing.CliRunner().invoke(main, list(map(str, given)))


@pytest.mark.parametrize("content", ["id,name\n", "id,name\n\n\n"])
def test_a_book_without_a_customer_is_no_success(content: str, tmp_path: Path) -> None:
    """A book with headings and no customer gave exit code 0 (U4)."""
    book, house = tmp_path / "book.csv", tmp_path / "house.csv"
    book.write_text(content)
    house.write_text("id,name\n1,Zanzibar Trading\n")
    given = ("batch", book, tmp_path / "out.csv", "--list", house, "--source", "house")
    result = run(*given)
    assert (result.exit_code, "--allow-empty" in result.output) == (2, True), result.output
    assert run(*given, "--overwrite", "--allow-empty").exit_code == 0


def test_a_run_stops_where_nearly_all_of_the_first_rows_fail(tmp_path: Path) -> None:
    """All of 1,000 dates were in a form that no option named, which showed at the end (U9)."""
    book = tmp_path / "book.csv"
    book.write_text("name,birth date\n" + "Ann,31.12.1970\n" * 3_000)
    with open_book(book) as opened:
        columns = attrs.evolve(opened.columns, unreadable_facts="reject")
        task = Task(columns=columns, format="csv")
        with pytest.raises(BatchError, match=r"of the first 1,024 rows .*valid date.*--date-format"):
            screen_book(SCREENER, opened, tmp_path / "out.csv", task)
        accepting = Task(columns=columns, format="csv", allow_rejected=3_000)
        found = screen_book(SCREENER, opened, tmp_path / "out.csv", accepting, overwrite=True)
    assert found.counts.rejected == 3_000


def test_the_package_is_a_command() -> None:
    done = subprocess.run([sys.executable, "-m", "screenkit", "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.startswith("screenkit, version")) == (0, True), done.stderr
