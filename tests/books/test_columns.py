"""Which column is what, told from headings."""

from __future__ import annotations

import pytest

from screenkit.books import Columns, guess_columns
from screenkit.books.columns import identifier_type
from screenkit.errors import BatchError
from screenkit.model import IdentifierType


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["Name"], {"names": (("Name",),)}),
        (["CUSTOMER_ID", "Full Name", "DOB"], {"names": (("Full Name",),), "id": "CUSTOMER_ID", "birth_date": "DOB"}),
        (["first_name", "last_name"], {"names": (("first_name", "last_name"),)}),
        (["Surname", "Forename", "Middle Name"], {"names": (("Forename", "Middle Name", "Surname"),)}),
        (["name", "alias", "Previous Name"], {"names": (("name",), ("alias",), ("Previous Name",))}),
        # A whole name is preferred to its parts, which would only repeat it.
        (["name", "first_name", "last_name"], {"names": (("name",),)}),
        (["Nom", "Prénom"], {"names": (("Nom",),)}),
        (["Kundennummer", "Name", "Geburtsdatum", "Staatsangehörigkeit", "Land", "Geschlecht"],
         {"names": (("Name",),), "id": "Kundennummer", "birth_date": "Geburtsdatum",
          "countries": ("Land", "Staatsangehörigkeit"), "gender": "Geschlecht"}),
        (["nom", "date de naissance", "pays", "nationalité", "sexe"],
         {"names": (("nom",),), "birth_date": "date de naissance", "countries": ("pays", "nationalité"),
          "gender": "sexe"}),
        (["姓名", "国籍"], {"names": (("姓名",),), "countries": ("国籍",)}),
        (["имя", "фамилия", "отчество"], {"names": (("имя", "отчество", "фамилия"),)}),
        (["name", "Date of Birth", "Nationality", "country-code", "Sex", "Entity Type"],
         {"names": (("name",),), "birth_date": "Date of Birth", "countries": ("country-code", "Nationality"),
          "gender": "Sex", "kind": "Entity Type"}),
        (["name", "Passport No.", "IMO number"],
         {"names": (("name",),), "identifiers": ("Passport No.", "IMO number")}),
        (["name", "balance", "branch"], {"names": (("name",),)}),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_usual_headings(headings: list[str], expected: dict[str, object]) -> None:
    guessed = guess_columns(headings)
    assert guessed == Columns(**expected)  # type: ignore[arg-type]  # a table of fields
    assert set(guessed.used) <= set(headings)


def test_what_is_stated_stays_and_an_empty_heading_is_no_column() -> None:
    headings = ["id", "name", "dob", "country", "memo"]
    stated = guess_columns(headings, names=["memo"], birth_date="", countries=())
    assert stated == Columns(names=["memo"], id="id")


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (["a", "b"], "no column has a usual heading"),
        (["name", "name"], "2 columns have the heading 'name'"),
        (["first_name", "dob"], "no column has a usual heading"),
    ],
)
def test_no_name_or_two_of_a_heading_is_refused(headings: list[str], said: str) -> None:
    with pytest.raises(BatchError, match=said):
        guess_columns(headings)


def test_a_heading_that_is_not_there_is_refused() -> None:
    with pytest.raises(BatchError, match="no column has the heading 'Name '"):
        guess_columns(["Name"], names=["Name "])


def test_a_file_without_headings_is_refused_without_a_word_of_its_first_customer() -> None:
    with pytest.raises(BatchError) as refused:
        guess_columns(["C1", "Maria Gonzalez"])
    assert "Gonzalez" not in str(refused.value)


def test_the_sort_of_an_identifier_is_told_from_its_heading() -> None:
    assert identifier_type("IMO No") is IdentifierType.IMO
    assert identifier_type("reference") is IdentifierType.OTHER
