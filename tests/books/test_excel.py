"""Workbooks: books in, and hits out with a summary, which reviewers fill in; nothing in them is run."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from pathlib import Path
from typing import Any

import click.testing
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit.books import Columns, guess_columns, open_book
from screenkit.cli import main
from screenkit.errors import BatchError

xlsxwriter = pytest.importorskip("xlsxwriter")
calamine = pytest.importorskip("python_calamine")
openpyxl = pytest.importorskip("openpyxl")

HEADINGS: list[Any] = ["customer id", "name", "date of birth", "country"]
CUSTOMERS: list[list[Any]] = [
    ["C1", "Zanzibar Trading", None, "Tanzania"],
    [17, "=HYPERLINK(1)", dt.datetime(1970, 2, 3), "N/A"],
    ["C3", "Ann Lee", 1980, "de"],
]


def write(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "default_date_format": "dd.mm.yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    book.close()
    return path


def read(path: Path, columns: Columns | None = None, sheet: str | None = None) -> list[tuple[int, list[object]] | None]:
    with open_book(path, columns=columns or guess_columns, sheet=sheet) as book:
        return [row and (row[0], list(row[1])) for row, _ in book.reader.rows(book.columns)]  # type: ignore[arg-type]  # no rejections


def run(*given: object) -> click.testing.Result:
    return click.testing.CliRunner().invoke(main, list(map(str, given)), env={"COLUMNS": "120"})


@pytest.mark.parametrize(
    "before", [[], [["Customers of 2026"], []], [["Customers", None, 2026], [None], ["by A. Bell"]]]
)
def test_rows_of_a_sheet(tmp_path: Path, before: list[list[Any]]) -> None:
    """Titles may stand above the headings, and blank rows between customers."""
    rows = [*before, HEADINGS, *CUSTOMERS[:2], [], CUSTOMERS[2]]
    found = read(write(tmp_path / "book.xlsx", {"A": rows, "B": []}))
    assert found == [
        (1, ["Zanzibar Trading", "C1", None, "Tanzania"]),
        (2, ["=HYPERLINK(1)", 17, dt.date(1970, 2, 3), "N/A"]),
        None,
        (3, ["Ann Lee", "C3", 1980, "de"]),
    ]


def test_a_place_continues_after_its_row(tmp_path: Path) -> None:
    path = write(tmp_path / "book.xlsx", {"A": [HEADINGS, CUSTOMERS[0], [], *CUSTOMERS[1:]]})
    with open_book(path) as book:
        places = [(row, place) for row, place in book.reader.rows(book.columns)]
        for at, (_, place) in enumerate(places):
            assert list(book.reader.rows(book.columns, place)) == places[at + 1 :]


def test_which_sheet_is_meant_has_to_be_clear(tmp_path: Path) -> None:
    path = write(tmp_path / "book.xlsx", {"Old": [HEADINGS, CUSTOMERS[0]], "New": [HEADINGS, *CUSTOMERS]})
    with pytest.raises(BatchError, match=r"several sheets have rows: 'Old' \(2 rows\), 'New' \(4 rows\).*--sheet"):
        read(path)
    assert len(read(path, sheet="New")) == 3
    with pytest.raises(BatchError, match="has no sheet 'Newer'; its sheets are 'Old', 'New'"):
        read(path, sheet="Newer")
    with pytest.raises(BatchError, match="no sheet has a row"):
        read(write(tmp_path / "empty.xlsx", {"A": []}))
    (tmp_path / "book.csv").write_text("name\nAnn\n")
    with pytest.raises(BatchError, match="is no workbook"):
        read(tmp_path / "book.csv", sheet="A")


def test_a_formula_is_its_saved_value(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "book.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["id", "name"])
    sheet.write_string(1, 0, "C1")
    sheet.write_formula(1, 1, '="Ann"&" Lee"', None, "Ann Lee")
    book.close()
    assert read(tmp_path / "book.xlsx") == [(1, ["Ann Lee", "C1"])]


SHARES = st.floats(0, 1)


@given(st.lists(st.tuples(SHARES, st.integers(0, 255)), min_size=1, max_size=8), st.one_of(st.just(1.0), SHARES))
def test_a_damaged_workbook_is_an_error(
    tmp_path_factory: pytest.TempPathFactory, bytes_: list[tuple[float, int]], kept: float
) -> None:
    path = write(tmp_path_factory.mktemp("damaged") / "book.xlsx", {"A": [HEADINGS, *CUSTOMERS]})
    raw = bytearray(path.read_bytes())
    for at, byte in bytes_:
        raw[int(at * (len(raw) - 1))] = byte
    path.write_bytes(raw[: int(kept * len(raw))])
    try:
        read(path, Columns("name"))
    except BatchError as error:
        assert "book.xlsx" in str(error) or "heading" in str(error)


@pytest.mark.parametrize("ending", ["xls", "ods", "xlsx"])
def test_what_is_no_workbook_is_an_error(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"book.{ending}"
    for content in (
        b"",
        b"id,name\n1,Ann\n",
        b"PK\x03\x04" + b"x" * 50,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600,
    ):
        path.write_bytes(content)
        with pytest.raises(BatchError, match="can't be read as a workbook"):
            read(path)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "house.csv").write_text('id,name\n1,Zanzibar Trading\n2,"=HYPERLINK(""x"")"\n')
    write(tmp_path / "book.xlsx", {"A": [HEADINGS, *CUSTOMERS, ["=1+1", '=HYPERLINK("x")', None, "Atlantis"], ["C5"]]})
    return tmp_path


def batch(*options: object) -> click.testing.Result:
    lists = ("--list", "house.csv", "--source", "house", "--workers", "1", "--allow-rejected", "1")
    return run("batch", "book.xlsx", "hits.xlsx", *lists, *options)


def test_hits_come_out_as_a_workbook_for_reviewers(folder: Path) -> None:
    done = batch()
    assert done.exit_code == 3, done.output
    assert sorted(path.name for path in folder.glob("hits*")) == [
        "hits.xlsx", "hits.xlsx.rejected.csv", "hits.xlsx.summary.json", "hits.xlsx.unread.csv"
    ]  # fmt: skip
    book = openpyxl.load_workbook(folder / "hits.xlsx")
    assert book.sheetnames == ["Hits", "Not screened", "Unread facts", "Summary"]
    head, *rows = book["Hits"].values
    hits = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(hit["row"], hit["customer"], hit["query"]) for hit in hits] == [
        (1, "C1", "Zanzibar Trading"), (4, "=1+1", '=HYPERLINK("x")')
    ]  # fmt: skip
    assert {"decision", "reviewer", "reason", "until"} <= set(head)
    # No cell is a formula: what begins like one is a text.
    assert {cell.data_type for row in book["Hits"].iter_rows() for cell in row if cell.value is not None} == {"s", "n"}
    with zipfile.ZipFile(folder / "hits.xlsx") as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())
    assert [row[2] for row in book["Unread facts"].values] == ["fact", "country"]
    assert [row[0] for row in book["Not screened"].values] == ["row", 5]
    stated = dict(list(book["Summary"].values)[1:])
    assert (stated["screened"], stated["hits"], stated["by list house"]) == ("4", "2", "2")


def test_the_same_run_gives_the_same_bytes(folder: Path) -> None:
    batch()
    first = (folder / "hits.xlsx").read_bytes()
    summary = json.loads((folder / "hits.xlsx.summary.json").read_text())
    assert batch("--resume").exit_code == 3
    assert (folder / "hits.xlsx").read_bytes() == first
    assert summary["at"][:4].encode() in zipfile.ZipFile(folder / "hits.xlsx").read("docProps/core.xml")


def test_the_reviewed_workbook_comes_in(folder: Path) -> None:
    batch()
    book = openpyxl.load_workbook(folder / "hits.xlsx")
    sheet = book["Hits"]
    head = [cell.value for cell in sheet[1]]
    for row, (decision, reason) in enumerate((("cleared", "another firm"), ("confirmed", "it is")), 2):
        for heading, value in (("decision", decision), ("reviewer", "A. Bell"), ("reason", reason)):
            sheet.cell(row, head.index(heading) + 1).value = value
    sheet.cell(2, head.index("until") + 1).value = dt.datetime(2999, 12, 31)
    book.save(folder / "reviewed.xlsx")
    done = run("decisions", "import", "reviewed.xlsx", "--file", "made.sqlite")
    assert (done.exit_code, "2 decisions recorded" in done.output) == (0, True), done.output
    made = [
        json.loads(line)["decision"]
        for line in run("decisions", "list", "--json", "--file", "made.sqlite").stdout.splitlines()
    ]
    assert [(one["customer"], one["outcome"], one["until"]) for one in made] == [
        ("C1", "cleared", "2999-12-31"), ("=1+1", "confirmed", None)
    ]  # fmt: skip
    one = run(
        "decisions", "clear", "hits.xlsx", "2", "--customer", "=1+1", "--file", "d", "--reviewer", "A", "--reason", "b"
    )
    assert one.exit_code == 0, one.output
    assert batch("--decisions", "made.sqlite", "--overwrite").exit_code == 3


def test_other_workbooks_are_not_written(folder: Path) -> None:
    lists = ("--list", "house.csv", "--source", "house")
    done = run("batch", "book.xlsx", "hits.xls", *lists)
    assert (done.exit_code, "give it that ending" in done.output) == (2, True), done.output


@pytest.fixture
def since(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The older of two editions in the store: between them C1's hit changes, row 4 has a new one, and C3's ends."""
    monkeypatch.setenv("SCREENKIT_STORE", str(folder / "store"))
    Path("house.csv").write_text("id,name\n1,Zanzibar Trading\n3,Ann Lee\n")
    assert run("import", "house.csv", "--source", "house").exit_code == 0
    before = f"house@{json.loads(run('lists', '--json').stdout)['sha256'][:12]}"
    Path("house.csv").write_text('id,name,remarks\n1,Zanzibar Trading,more\n2,"=HYPERLINK(""x"")",\n')
    assert run("import", "house.csv", "--source", "house").exit_code == 0
    return before


def rescreen(since: str, *options: object, out: str = "changes.xlsx") -> click.testing.Result:
    return run("rescreen", "book.xlsx", out, "--since", since, "--workers", "1", "--allow-rejected", "1", *options)


def test_changes_come_out_as_a_workbook_for_reviewers(folder: Path, since: str) -> None:
    done = rescreen(since)
    assert done.exit_code == 3, done.output
    assert sorted(path.name for path in folder.glob("changes*")) == [
        "changes.xlsx", "changes.xlsx.rejected.csv", "changes.xlsx.summary.json", "changes.xlsx.unread.csv"
    ]  # fmt: skip
    book = openpyxl.load_workbook(folder / "changes.xlsx")
    assert book.sheetnames == ["Hits", "Not screened", "Unread facts", "Summary"]
    head, *found = book["Hits"].values
    rows = [dict(zip(head, row, strict=True)) for row in found]
    assert [(row["row"], row["customer"], row["change"], row["points_before"], row["fields"]) for row in rows] == [
        (1, "C1", "hit changed", 10_000, "remarks"),
        (3, "C3", "hit ended", None, None),
        (4, "=1+1", "new hit", None, None),
    ]  # fmt: skip
    assert head[-5:] == ("decision", "reviewer", "reason", "until", "decision_basis")
    assert {cell.data_type for row in book["Hits"].iter_rows() for cell in row if cell.value is not None} == {"s", "n"}
    assert [row[0] for row in book["Not screened"].values] == ["row", 5]
    assert [row[2] for row in book["Unread facts"].values] == ["fact", "country"]
    stated = dict(list(book["Summary"].values)[1:])
    assert (stated["new"], stated["changed"], stated["ended"], stated["designations added"]) == ("1", "1", "1", "1")
    assert "identity" not in stated
    assert stated["threshold"] == "6000"
    assert {stated["list house"], stated["earlier list house"]} == {"House list of unknown date"}


def test_a_workbook_has_what_the_rows_have(folder: Path, since: str) -> None:
    assert rescreen(since).exit_code == rescreen(since, out="changes.jsonl").exit_code == 3
    rows = [json.loads(line) for line in (folder / "changes.jsonl").read_text().splitlines()]
    head, *found = openpyxl.load_workbook(folder / "changes.xlsx")["Hits"].values
    decided = {"decision", "reviewer", "reason", "until"}
    assert [
        {what: "" if cell is None else cell for what, cell in zip(head, row, strict=True) if what not in decided}
        for row in found
    ] == [{what: "" if cell is None else cell for what, cell in row.items()} for row in rows]


def test_a_rescreening_that_is_told_again_keeps_its_workbook(folder: Path, since: str) -> None:
    rescreen(since)
    first = (folder / "changes.xlsx").read_bytes()
    assert rescreen(since, "--resume").exit_code == 3
    assert (folder / "changes.xlsx").read_bytes() == first
    assert rescreen(since).exit_code == 2, "it is not replaced without being asked"


def test_a_workbook_that_could_not_be_written_is_made_by_resuming(folder: Path, since: str) -> None:
    """A full disk at the very end loses nothing, and leaves no half of a workbook."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("screenkit.books.rescreen.run.write_workbook", full)
        done = rescreen(since)
    assert (done.exit_code, "--resume" in done.output) == (2, True), done.output
    assert [path.name for path in folder.glob("changes*")] == ["changes.xlsx.run"]
    assert rescreen(since, "--resume").exit_code == 3
    assert len(list(openpyxl.load_workbook(folder / "changes.xlsx")["Hits"].values)) == 4
    assert not (folder / "changes.xlsx.run").exists()


def test_the_reviewed_changes_come_in(folder: Path, since: str) -> None:
    rescreen(since)
    book = openpyxl.load_workbook(folder / "changes.xlsx")
    sheet = book["Hits"]
    head = [cell.value for cell in sheet[1]]

    def decide(row: int) -> None:
        for heading, value in (("decision", "cleared"), ("reviewer", "A. Bell"), ("reason", "another firm")):
            sheet.cell(row, head.index(heading) + 1).value = value

    decide(2)
    decide(4)
    book.save(folder / "reviewed.xlsx")
    done = run("decisions", "import", "reviewed.xlsx", "--file", "made.sqlite")
    assert (done.exit_code, "2 decisions recorded" in done.output) == (0, True), done.output
    assert rescreen(since, "--overwrite", "--decisions", "made.sqlite").exit_code == 6
    decide(3)
    book.save(folder / "reviewed.xlsx")
    done = run("decisions", "import", "reviewed.xlsx", "--file", "other.sqlite")
    assert (done.exit_code, "row 2: " in done.output) == (2, True), "nobody can decide a hit that has ended"
    assert "the hit has ended" in done.output


def test_changes_are_not_written_as_other_workbooks(folder: Path, since: str) -> None:
    done = rescreen(since, out="changes.xls")
    assert (done.exit_code, "give it that ending" in done.output) == (2, True), done.output
    assert not list(folder.glob("changes*"))


def test_rejected_rows_of_a_rescreening_are_safe_too(folder: Path, since: str) -> None:
    write(folder / "book.xlsx", {"A": [["id", "name"], ["=1+1", ""]]})
    assert rescreen(since, "--spreadsheet-safe", out="changes.csv").exit_code == 0
    assert (folder / "changes.csv.rejected.csv").read_text().splitlines()[1].startswith("1,'=1+1,")


def test_a_text_longer_than_a_cell_is_cut_where_it_is_said(folder: Path) -> None:
    names = [f"Zanzibar Trading {at:05}" for at in range(3_000)]
    write(folder / "book.xlsx", {"A": [["id", "name"], ["C1", "Zanzibar Trading"]]})
    rows = [{"id": "1", "name": "Zanzibar Trading", "programs": names}]
    (folder / "house.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    done = run("batch", "book.xlsx", "hits.xlsx", "--list", "house.jsonl", "--source", "house", "--workers", "1")
    assert done.exit_code == 3, done.output
    head, row = openpyxl.load_workbook(folder / "hits.xlsx")["Hits"].values
    hit = dict(zip(head, row, strict=True))
    assert hit["programs"].endswith("[cut here; the record has all of it]")
    assert len(hit["programs"]) == 32_767


def test_more_rows_than_a_sheet_has_go_to_further_sheets(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screenkit.books.output.workbook._ROWS_OF_A_SHEET", 2)
    rows = [[f"C{at}", "Zanzibar Trading" if at else ""] for at in range(6)]
    write(folder / "book.xlsx", {"A": [["id", "name"], *rows]})
    assert batch().exit_code == 3
    book = openpyxl.load_workbook(folder / "hits.xlsx")
    assert [sheet for sheet in book.sheetnames if sheet.startswith("Hits")] == ["Hits", "Hits 2", "Hits 3"]
    assert [sum(1 for _ in book[sheet].values) - 1 for sheet in ("Hits", "Hits 2", "Hits 3")] == [2, 2, 1]
    given = ("--customer", "C5", "--file", "d", "--reviewer", "A", "--reason", "b")
    assert run("decisions", "clear", "hits.xlsx", "1", *given).exit_code == 0
