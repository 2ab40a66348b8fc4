"""The command `screen`: nothing is clear by mistake, and a customer is stated whole."""

from __future__ import annotations

from pathlib import Path

import click.testing
import pytest

from screenkit.cli import main

HOUSE = """id,name,kind,birth_date,identifiers,gender
1,Vladimir Putin,person,1952-10-07,passport:A1234567:ru,male
2,Petrel Eight,vessel,,imo:9116412,
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    path = tmp_path / "house.csv"
    path.write_text(HOUSE, encoding="utf-8")
    return path


def run(*given: object) -> click.testing.Result:
    return click.testing.CliRunner().invoke(main, list(map(str, given)))


def screen(house: Path, *given: object) -> click.testing.Result:
    return run("screen", *given, "--list", house, "--source", "house")


def test_a_name_without_its_quotation_marks_is_refused(house: Path) -> None:
    """`screenkit screen Vladimir Putin` screened two names, both clear (U1)."""
    unquoted = screen(house, "Vladimir", "Putin")
    assert (unquoted.exit_code, "Quote a name of several words" in unquoted.output) == (2, True), unquoted.output
    assert screen(house, "Vladimir Putin").exit_code == 3
    each = screen(house, "--each", "Vladimir", "Zanzibar")
    assert (each.exit_code, "Vladimir" in each.output, "Zanzibar" in each.output) != (2, True, True)
    assert screen(house, "Vladimir Putin", "Zanzibar").exit_code == 3


@pytest.mark.parametrize("stated", ["passport:A1234567:ru", "Passport no: A1234567", "A1234567"])
def test_an_identifier_is_screened(house: Path, stated: str) -> None:
    found = screen(house, "Somebody Else", "--identifier", stated)
    assert (found.exit_code, "Vladimir Putin" in found.output) == (3, True), found.output


def test_a_further_name_and_a_gender_are_screened(house: Path) -> None:
    assert screen(house, "Somebody Else").exit_code == 0
    assert screen(house, "Somebody Else", "--alias", "Vladimir Putin", "--gender", "M").exit_code == 3
    assert screen(house, "Somebody Else", "Nobody Here", "--alias", "Vladimir Putin").exit_code == 2


@pytest.mark.parametrize(
    "wrong", [("--identifier", "rank:1"), ("--country", "Atlantis"), ("--kind", "ghost"), ("--gender", "lady")]
)
def test_a_fact_that_cannot_be_read_is_an_error(house: Path, wrong: tuple[str, str]) -> None:
    assert screen(house, "Somebody Else", *wrong).exit_code == 2


@pytest.mark.parametrize("kind", ["company", "Ship", "INDIVIDUAL"])
def test_kinds_are_understood(house: Path, kind: str) -> None:
    assert screen(house, "Vladimir Putin", "--kind", kind).exit_code == 3


def test_piped_output_has_no_spaces_at_the_ends_of_lines(house: Path) -> None:
    """Piped output was padded to 100 columns (U16)."""
    for printed in (
        screen(house, "Vladimir Putin").output,
        run("lists", "--available").output,
        run("normalize", "Kim").output,
    ):
        assert printed
        assert [line for line in printed.splitlines() if line != line.rstrip()] == []


def test_a_name_that_cannot_be_read_is_not_clear_and_exits_with_8(house: Path) -> None:
    found = screen(house, "ทักษิณ ชินวัตร")
    assert found.exit_code == 8
    assert "letters of Thai" in found.output
    assert screen(house, "Maria Gonzalez").exit_code == 0
