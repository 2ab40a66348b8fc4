"""The UK list as an OpenDocument spreadsheet: the rows of the CSV excerpt, and damaged files."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from screenkit.errors import ListFormatError
from screenkit.sources import read

from .reading import by_id, faults, read_all

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def _cell(text: str) -> str:
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>' if text else ""


def _row(cells: Iterable[str]) -> str:
    empty = '<table:table-cell table:number-columns-repeated="1"/>'
    return f"<table:table-row>{''.join(_cell(cell) or empty for cell in cells)}</table:table-row>"


def _spreadsheet(path: Path, rows: Iterable[Iterable[str]], *, before: str = "", after: str = "") -> Path:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {NAMES}><office:body>'
        f'<office:spreadsheet><table:table table:name="List">{"".join(map(_row, rows))}{after}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path


@pytest.fixture
def rows(excerpt: Callable[[str], Path]) -> list[list[str]]:
    with excerpt("uk_csv/UK-Sanctions-List.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def test_the_spreadsheet_states_what_the_csv_file_states(
    rows: list[list[str]], excerpt: Callable[[str], Path], tmp_path: Path
) -> None:
    padding = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    path = _spreadsheet(tmp_path / "UK-Sanctions-List.ods", rows, after=padding)
    reader, found = read_all("uk_fcdo", path)
    assert (reader.format.id, reader.edition.published) == ("uk_ods", "2026-11-21")
    expected = by_id("uk_fcdo", excerpt("uk_csv/UK-Sanctions-List.csv"))
    fields = ("names", "kind", "programs", "measures", "birth_dates", "identifiers", "addresses", "facts", "remarks")
    assert [[getattr(one, field) for field in fields] for one in found.values()] == [
        [getattr(one, field) for field in fields] for one in expected.values()
    ]


def test_a_date_is_read_whatever_its_sheet_shows(rows: list[list[str]], tmp_path: Path) -> None:
    path = _spreadsheet(tmp_path / "list.ods", rows)
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml").decode()
    shown = '<table:table-cell office:value-type="string"><text:p>29/06/2012</text:p>'
    assert shown in content
    dated = (
        '<table:table-cell office:value-type="date" office:date-value="2012-06-29T00:00:00"><text:p>29 June</text:p>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content.replace(shown, dated))
    assert by_id("uk_fcdo", path)["AFG9001"].listed_on == "2012-06-29"


def test_a_row_without_an_id_says_where(rows: list[list[str]], tmp_path: Path) -> None:
    at = rows[1].index("Unique ID")
    rows[2][at] = ""
    (fault,) = faults("uk_fcdo", _spreadsheet(tmp_path / "list.ods", rows))
    assert fault.startswith("list.ods, line 3, Unique ID: the record has no ID (name ")


def test_damaged_spreadsheets_are_refused(rows: list[list[str]], tmp_path: Path) -> None:
    hostile = _spreadsheet(tmp_path / "a.ods", rows, before='<!DOCTYPE x [<!ENTITY a "b">]>')
    with pytest.raises(ListFormatError, match="document type definition"):
        list(read("uk_fcdo", hostile))
    broken = _spreadsheet(tmp_path / "b.ods", rows, after="</table:table-row>")
    with pytest.raises(ListFormatError, match="can't be read"):
        list(read("uk_fcdo", broken))
    cut = tmp_path / "c.ods"
    cut.write_bytes(_spreadsheet(tmp_path / "d.ods", rows).read_bytes()[:-200])
    with pytest.raises(ListFormatError):
        list(read("uk_fcdo", cut))
