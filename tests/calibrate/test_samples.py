"""Files of names: both forms of labels, and every fault with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from screenkit import Designation, Edition, ListedName, PartialDate
from screenkit.calibrate.samples import read_book, read_samples
from screenkit.errors import CalibrationError

LISTED = [
    Designation(id=id, names=[ListedName(name)], edition=Edition(source=source, sha256=sha256), kind="organization")
    for id, name, source, sha256 in (
        ("1", "Korea Kwangson Banking Corp", "a", "1"),
        ("2", "Dandong Zhicheng", "a", "1"),
        ("2", "Ansan Trading", "b", "2"),
        ("3", "Old name", "a", "1"),
        ("3", "New name", "a", "2"),
    )
]
ORDINARY = "name\nMaria Gonzalez\n"
Read = Callable[..., list[str]]


@pytest.fixture
def faults(tmp_path: Path) -> Read:
    """The faults of files with these texts."""

    def read(matches: str | bytes, ordinary: str | bytes = ORDINARY) -> list[str]:
        paths = tmp_path / "matches.csv", tmp_path / "ordinary.csv"
        for path, text in zip(paths, (matches, ordinary), strict=True):
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(CalibrationError) as raised:
            read_samples(*paths, LISTED)
        assert all(fault in str(raised.value) for fault in raised.value.faults[:20])
        return list(raised.value.faults)

    return read


def test_both_forms_of_labels_are_read(tmp_path: Path) -> None:
    matches, ordinary = tmp_path / "matches.csv", tmp_path / "ordinary.csv"
    matches.write_text(
        "\ufeffName,Source,ID,listed_name,Label,date of birth,Country,remark\n"
        "Kwangson Bank,,1,,yes,,,x\n"
        "\n"
        'Ansan,b,2,,Match,,"kp; China",\n'
        "Somebody,,3,,1,,,\n"
        '"Kim\nSok",,,KIM Sok Chol,false,1955-05,,\n'
        "Ryo,,,RYO,0,,,\n",
        encoding="utf-8",
    )
    ordinary.write_text("query;ref\n".replace(";", ",") + "Maria,7\nAnna,8\nMaria,9\n", encoding="utf-8")
    found = read_samples(matches, ordinary, LISTED)
    assert [
        (pair.line, pair.subject.names, pair.is_match, pair.listed_name, len(pair.targets)) for pair in found.labeled
    ] == [
        (2, ("Kwangson Bank",), True, "", 1),
        (4, ("Ansan",), True, "", 1),
        (5, ("Somebody",), True, "", 2),
        (6, ("Kim\nSok",), False, "KIM Sok Chol", 0),
        (8, ("Ryo",), False, "RYO", 0),
    ]
    assert found.labeled[1].targets == (LISTED[2],)
    assert found.labeled[1].subject.countries == ("kp", "cn")
    assert found.labeled[3].subject.birth_date == PartialDate.parse("1955-05")
    assert [(one.line, one.subject.names) for one in found.ordinary] == [(2, ("Maria",)), (3, ("Anna",))]
    assert (found.ordinary_file.rows, found.ordinary_file.repeats) == (3, 1)
    assert (found.labeled_file.rows, found.labeled_file.unused) == (5, ("remark",))


def test_all_faults_of_both_files_are_told_together_with_their_lines_and_no_cell_is_quoted(faults: Read) -> None:
    told = faults(
        b"name,kind,birth_date,country,source,id,listed_name,label\n"
        b"Secret One,person,,,,9,,yes\n"
        b"Secret Two,person,,,b,1,,yes\n"
        b"Secret Three,person,,,,2,,yes\n"
        b"Secret Four,person,,,,1,SECRET,yes\n"
        b"Secret Five,person,,,,,,yes\n"
        b"Secret Six,person,31.12.1970,,,1,,perhaps\n"
        b"Secret Seven,ghost,,,,1,,yes\n"
        b"Secret Eight,person,,Atlantis,,1,,yes\n"
        b",person,,,,1,,yes\n"
        b"Secret T\xe9n,person,,,,1,,yes\n"
        b"Secret Eleven,person\n"
        b"Secret Twelve,,,,,1,,yes\n"
        b"Secret Twelve,,,,a,1,,no\n"
        b"Secret Twelve,,,,a,1,,yes\n",
        "name,dob\nSecret Anna,tomorrow\nSecret Bea,1970\n",
    )
    assert not any("Secret" in fault or "SECRET" in fault or "perhaps" in fault for fault in told)
    expected = [
        ("matches.csv: line 11: ", "not UTF-8"),
        ("matches.csv: line 12: ", "2 cells"),
        ("matches.csv: line 2: ", "no designation in the editions searched has its id"),
        ("matches.csv: line 3: ", "id and source"),
        ("matches.csv: line 4: ", "several sources: a, b"),
        ("matches.csv: line 5: ", "both"),
        ("matches.csv: line 6: ", "neither"),
        ("matches.csv: line 7: ", "birth_date"),
        ("matches.csv: line 7: ", "label must be one of"),
        ("matches.csv: line 8: ", "kind"),
        ("matches.csv: line 9: ", "country"),
        ("matches.csv: line 10: ", "name"),
        ("matches.csv: line 14: ", "repeats line 13, with the other label"),
        ("matches.csv: line 15: ", "repeats line 13;"),
        ("ordinary.csv: line 2: ", "birth_date"),
    ]
    assert len(told) == len(expected), told
    for fault, (where, what) in zip(told, expected, strict=True):
        assert fault.startswith(where), fault
        assert what in fault


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),
        (b"\n\n", "it is empty"),
        (b"name,id\n", "it is empty"),
        ("name,id\nA,1\n".encode("utf-16"), "UTF-16"),
        (b"name;id\nA;1\n", "no column"),
        (b"customer number,id\n7,1\n", "usual heading for a name"),
        (b"name,remark\nA,1\n", "no column says what is matched"),
        (b"name,name,id\nA,B,1\n", "two columns have the same heading"),
        (b"name,id,designation_id\nA,1,1\n", "two columns have the id"),
        (b'name,id\n"A,1\n', "line 2: "),
        (b"name,id,label\nA,1,no\n", "no row is a match"),
        (b"name,id\n" + b"x" * 2_000_000 + b",1\n", "line 2: "),
        (b"name,id\n" + b"x" * 5_000 + b",1\n", "the name is too long: it has 5,000 characters"),
        (b"name,listed_name\nA," + b"x" * 5_000 + b"\n", "line 2: listed name: "),
    ],
    ids=lambda value: repr(value[:24]),
)
def test_a_file_that_cannot_be_used_is_told(faults: Read, text: bytes, said: str) -> None:
    told = faults(text)
    assert any(said in fault for fault in told), told
    assert all(fault.startswith("matches.csv: ") for fault in told)


def test_where_the_headings_cannot_be_read_no_customer_is_taken_for_them(faults: Read) -> None:
    assert faults(b"n\xe9me,id\nSecret One,1\nSecret Two,1\n") == [
        "matches.csv: line 1: it is not UTF-8; save the file as CSV in UTF-8"
    ]


def test_many_faults_are_counted_and_the_message_shows_the_first(tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text("name\n" + "\u200b \n" * 3 + ("x" * 5_000 + "\n") * 50, encoding="utf-8")
    with pytest.raises(CalibrationError, match=r"and 3\d more") as raised:
        read_book(book)
    assert len(raised.value.faults) >= 50


def test_a_key_of_two_customers_is_a_fault_and_a_name_of_two_is_none(tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text("id,name\nC1,Anna\nC2,Anna\n", encoding="utf-8")
    file, customers = read_book(book)
    assert (file.rows, [one.subject.customer for one in customers]) == (2, ["C1", "C2"])
    book.write_text("id,name\nC1,Anna\nC1,Bea\n", encoding="utf-8")
    with pytest.raises(CalibrationError, match="line 3: it has the same customer key as line 2"):
        read_book(book)


def test_dates_may_be_written_otherwise(tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text("name,dob\nAnna,31/12/1970\n", encoding="utf-8")
    _, customers = read_book(book, date_format="%d/%m/%Y")
    assert customers[0].subject.birth_date is not None
    with pytest.raises(CalibrationError, match="line 2: birth_date"):
        read_book(book)


def test_a_file_that_is_not_there_is_an_error_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(CalibrationError, match=r"nowhere\.csv: can't be read"):
        read_book(tmp_path / "nowhere.csv")
