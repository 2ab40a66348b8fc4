"""Australia's list: rows united by reference, cells with several values, and workbooks that are none."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import openpyxl
import pytest
from defusedxml.common import EntitiesForbidden

from screenkit import sources
from screenkit.errors import ListFormatError
from screenkit.model import (
    Designation,
    Identifier,
    IdentifierType,
    Kind,
    ListedName,
    Measure,
    NameType,
    Place,
    Strength,
    Unparsed,
)
from screenkit.sources import ListReader
from screenkit.sources.au.cells import dates_in, listed_on
from screenkit.sources.formats import xlsx

Excerpt = Callable[[str], Path]
Rows = Iterable[Sequence[object]]

EXCERPTS = Path(__file__).parents[1] / "excerpts" / "au_dfat"
_EXPECTED_COLUMNS = (
    "Date of Birth", "Place of Birth", "Citizenship", "Address", "Additional Information", "Listing Information",
    "Control Date",
)  # fmt: skip
HEADER = ("Reference", "Name of Individual or Entity", "Type", "Name Type", "Committees")


def _workbook(path: Path, rows: Rows, *, title: str = "Consolidated List") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return _with_shared_strings(path)


def _with_shared_strings(path: Path) -> Path:
    """Move a workbook's texts where Excel has them; openpyxl writes them into the cells."""
    texts: list[str] = []

    def share(cell: re.Match[str]) -> str:
        texts.append(cell[1])
        return f't="s"><v>{len(texts) - 1}</v></c>'

    def change(name: str, content: bytes) -> bytes:
        text = content.decode("utf-8")
        if name == "xl/worksheets/sheet1.xml":
            text = re.sub(r't="inlineStr"><is><t[^>]*>(.*?)</t></is></c>', share, text, flags=re.DOTALL)
        elif name == "[Content_Types].xml":
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
            override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}" />'
            text = text.replace("</Types>", f"{override}</Types>")
        return text.encode("utf-8")

    _repacked(path, change)
    items = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in texts)
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{namespace}">{items}</sst>')
    return path


def _repacked(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The workbook with each of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    path.write_bytes(out.getvalue())
    return path


def _from_csv(source: Path, path: Path) -> Path:
    """An excerpt's rows as cells of the sorts that Excel has: numbers, days, text, nothing."""

    def cell(text: str) -> object:
        if text.isdecimal():
            return int(text)
        try:
            return dt.datetime.fromisoformat(text)
        except ValueError:
            return text or None

    with source.open(encoding="utf-8", newline="") as lines:
        return _workbook(path, [[cell(text) for text in row] for row in csv.reader(lines)])


def _read(path: Path) -> tuple[dict[str, Designation], ListReader]:
    reader = sources.read("au_dfat", path)
    return {designation.id: designation for designation in reader}, reader


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Designation], ListReader]:
    return _read(_from_csv(EXCERPTS / "list.csv", tmp_path_factory.mktemp("au") / "list.xlsx"))


@pytest.fixture(scope="module")
def person(listed: tuple[dict[str, Designation], ListReader]) -> Designation:
    return listed[0]["1001"]


def test_rows_are_united_by_reference(listed: tuple[dict[str, Designation], ListReader]) -> None:
    designations, reader = listed
    assert list(designations) == ["1001", "1002", "1003", "1004"]
    assert reader.edition.counts == {"person": 2, "organization": 1, "vessel": 1}
    assert reader.edition.programs == {
        "1988 (Taliban)": 1,
        "Autonomous (Moon)": 1,
        "Autonomous (Russia)": 1,
        "Autonomous (Vessels)": 1,
    }
    assert reader.unknown_programs == {"Autonomous (Moon)": 1}


def test_the_newest_control_date_is_the_published_one(
    listed: tuple[dict[str, Designation], ListReader],
) -> None:
    assert listed[1].edition.published == "2025-06-11"


def test_names(person: Designation) -> None:
    assert person.names == (
        ListedName("Ahmad Example KHAN"),
        ListedName("احمد مثال خان", type=NameType.AKA),
        ListedName("KHAN, A.", type=NameType.AKA, strength=Strength.WEAK),
    )


def test_columns_are_united_over_the_rows(person: Designation) -> None:
    assert person.remarks == "Deputy minister of examples.\nAlso a trader."
    assert [(date.text, date.earliest, date.latest, date.circa) for date in person.birth_dates] == [
        ("5/12/1970", dt.date(1970, 12, 5), dt.date(1970, 12, 5), False),
        ("Approximately: Between 1972 and 1975", dt.date(1972, 1, 1), dt.date(1975, 12, 31), True),
        ("03/1955", dt.date(1955, 3, 1), dt.date(1955, 3, 31), False),
    ]


def test_cells_of_several_values(person: Designation, listed: tuple[dict[str, Designation], ListReader]) -> None:
    assert person.birth_places == (
        Place(text="Herat, Afghanistan", country="af"),
        Place(text="Quetta, Pakistan", country="pk"),
    )
    assert person.citizenships == (Place(text="Afghanistan", country="af"), Place(text="Pakistan", country="pk"))
    assert [(address.text, address.country) for address in person.addresses] == [
        ("House 1, Herat, Afghanistan", "af"),
        ("PO Box 2, Quetta, Pakistan", "pk"),
    ]
    assert [place.text for place in listed[0]["1004"].citizenships] == ["Syria", "Lebanon", "Korea, North"]


def test_measures_are_those_of_the_entry(
    person: Designation, listed: tuple[dict[str, Designation], ListReader]
) -> None:
    assert person.measures == (Measure.BLOCK, Measure.TRAVEL, Measure.EXPORT)
    assert listed[0]["1002"].measures == (Measure.BLOCK,)
    vessel = listed[0]["1003"]
    assert vessel.measures == ()
    assert vessel.prohibitions == ("Maritime Restriction",)


def test_a_vessel(listed: tuple[dict[str, Designation], ListReader]) -> None:
    vessel = listed[0]["1003"]
    assert vessel.kind is Kind.VESSEL
    assert vessel.identifiers == (Identifier(type=IdentifierType.IMO, value="9999999", label="IMO Number"),)


def test_the_day_of_listing(person: Designation, listed: tuple[dict[str, Designation], ListReader]) -> None:
    assert person.listed_on == "2001-01-25"
    assert listed[0]["1002"].listed_on is None
    assert listed[0]["1004"].listed_on == "2012-03-02"


def test_other_columns_are_facts(listed: tuple[dict[str, Designation], ListReader]) -> None:
    assert listed[0]["1003"].facts == (
        ("Control Date", "2025-06-11"),
        ("Instrument of Designation", "Instrument 7"),
        ("Serial", "x-1"),
    )
    assert ("Listing Information", "Listed on 25 Jan. 2001 (amended on 3 Sep. 2003)") in listed[0]["1001"].facts


def test_what_is_odd_is_kept_and_counted(listed: tuple[dict[str, Designation], ListReader]) -> None:
    designations, reader = listed
    odd = designations["1004"]
    assert [date.text for date in odd.birth_dates] == [
        "1945",
        "1946",
        "14/04/1970",
        "14/04/1971",
        "circa 1961 to 1963",
    ]
    assert odd.unparsed == (Unparsed(field="Date of Birth", text="/02/1961"),)
    assert odd.measures == (Measure.BLOCK, Measure.TRAVEL)
    assert {(notice.record, notice.field, notice.value) for notice in reader.notices} == {
        ("1004", "Date of Birth", "/02/1961"),
        ("1004", "Name Type", "Formerly"),
        ("1004", "Alias Strength", "Medium"),
        ("1004", "travel ban", "maybe"),
        ("-", "Serial", ""),
    }


def test_the_older_columns(tmp_path: Path) -> None:
    designations, reader = _read(_from_csv(EXCERPTS / "older.csv", tmp_path / "regulation8_consolidated.xlsx"))
    company = designations["77"]
    assert [name.text for name in company.names] == ["Old Form COMPANY", "OFC"]
    assert company.measures == (Measure.BLOCK,)  # as the program states, for the file has no such columns
    assert company.addresses[0].country == "kp"
    assert reader.edition.published == "2019-03-04"
    assert reader.notices == ()


def test_rows_may_stand_below_a_title_and_in_a_second_sheet(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    book = openpyxl.Workbook()
    notes = book.active
    assert notes is not None
    notes.append(["Read me first"])
    sheet = book.create_sheet("List")
    sheet.append(["As at today"])
    sheet.append([])
    sheet.append(["reference ", "Name of  individual or entity", "TYPE", "Name Type", "Committees", None])
    sheet.append([1.0, " Someone_x000D_\n", "Individual", "Primary Name", "Autonomous (Iran)", "beyond"])
    book.save(path)
    designations, reader = _read(path)
    assert designations["1"].name == "Someone"
    assert designations["1"].facts == (("column 6", "beyond"),)
    assert ("sheet Sheet", "the sheet doesn't have the list's columns and is not read") in [
        (notice.record, notice.problem) for notice in reader.notices
    ]


def test_two_targets_under_one_reference_are_both_found(tmp_path: Path) -> None:
    rows = [HEADER, (5, "First", "Individual", "Primary Name", "x"), (5, "Second", "Entity", "Primary Name", "y")]
    designations, reader = _read(_workbook(tmp_path / "list.xlsx", rows))
    both = designations["5"]
    assert [name.text for name in both.names] == ["First", "Second"]
    assert both.kind is Kind.UNKNOWN
    assert [program.code for program in both.programs] == ["x", "y"]
    assert ("Name Type", "expected one primary name, found 2") in [
        (notice.field, notice.problem) for notice in reader.notices
    ]


def test_rows_of_an_alias_of_an_alias_belong_to_the_record(tmp_path: Path) -> None:
    """Until 2025 references had further digits: 34c1 is the original script of the alias 34c."""
    header = (*HEADER, "Date of Birth")
    rows = [
        header,
        (34, "Some BODY", "Individual", "Primary Name", "1988 (Taliban)", "1963"),
        ("34c", "Other BODY", "Individual", "aka", "1988 (Taliban)", "1965"),
        ("34c1", "نام دیگر", "Individual", "aka", "1988 (Taliban)", "1965"),
        ("2672a10", "Whole", "Entity", "Primary Name", "1988 (Taliban)", None),
        ("2672aa", "Formerly Whole", "Entity", "Formerly known as", "1988 (Taliban)", None),
    ]
    designations, reader = _read(_workbook(tmp_path / "list.xlsx", rows))
    assert list(designations) == ["34", "2672"]
    assert [name.text for name in designations["34"].names] == ["Some BODY", "Other BODY", "نام دیگر"]
    assert [date.text for date in designations["34"].birth_dates] == ["1963", "1965"]
    assert designations["2672"].names[1].type is NameType.FKA
    assert {notice.field for notice in reader.notices} <= {name.casefold() for name in _EXPECTED_COLUMNS}


def test_what_is_not_available_is_not_namibia(tmp_path: Path) -> None:
    header = (*HEADER, "Citizenship", "Place of Birth", "Address")
    rows = [header, (1, "Some BODY", "Individual", "Primary Name", "1988 (Taliban)", "NA", "na", "n/a")]
    found = _read(_workbook(tmp_path / "list.xlsx", rows))[0]["1"]
    assert (found.citizenships, found.birth_places, found.addresses) == ((), (), ())


def test_several_citizenships_in_a_cell(tmp_path: Path) -> None:
    header = (*HEADER, "Citizenship")
    cells = ["Russian and Ukrainian", "Malian / Mauritanian", "Trinidad and Tobago", "United Kingdom of Great Britain"]
    rows = [(number, "Some BODY", "Individual", "Primary Name", "x", cell) for number, cell in enumerate(cells)]
    designations, _ = _read(_workbook(tmp_path / "list.xlsx", [header, *rows]))
    found = [[place.country for place in one.citizenships] for one in designations.values()]
    assert found == [["ru", "ua"], ["ml", "mr"], ["tt"], ["gb"]]


def test_previous_names_of_a_ship_are_names(tmp_path: Path) -> None:
    header = (*HEADER, "Additional Information")
    remarks = ["Previous names include ALPHA STAR, BETA STAR and GAMMA", "Previous names includes DELTA. IMO checked."]
    rows = [(number, f"SHIP {number}", "Vessel", "Primary Name", "x", text) for number, text in enumerate(remarks)]
    designations, _ = _read(_workbook(tmp_path / "list.xlsx", [header, *rows]))
    found = [[(name.text, name.type) for name in one.names[1:]] for one in designations.values()]
    fka = NameType.FKA
    assert found == [[("ALPHA STAR", fka), ("BETA STAR", fka), ("GAMMA", fka)], [("DELTA", fka)]]
    assert designations["0"].names[1].derived_from == remarks[0]
    assert designations["0"].remarks == remarks[0]


def test_all_faults_are_reported_together(tmp_path: Path) -> None:
    rows = [
        HEADER,
        (None, "No Reference", "Individual", "Primary Name", "x"),
        (6, None, "Individual", "Primary Name", "x"),
        (7, "Whole", "Individual", "Primary Name", "x"),
        ("7a", None, "Individual", "Alias", "x"),
    ]
    with pytest.raises(ListFormatError) as caught:
        _read(_workbook(tmp_path / "list.xlsx", rows))
    assert caught.value.faults == (
        "list.xlsx, row 2, Reference: 'No Reference': the record has no ID",
        "list.xlsx, record 6, Name of Individual or Entity: the record has no name",
    )


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "list.xlsx", [("Reference", "Full Name", "Type"), (1, "x", "Individual")])
    with pytest.raises(ListFormatError) as caught:
        _read(path)
    message = str(caught.value)
    assert "expected a sheet with the columns Reference, Name of Individual or Entity" in message
    assert "found sheet 'Consolidated List' with Reference, Full Name, Type" in message


@pytest.mark.parametrize(
    ("cell", "dates", "unread"),
    [
        ("Circa 1968", ["Circa 1968"], []),
        ("1/01/1962; 5/12/1965", ["1/01/1962", "5/12/1965"], []),
        ("Between 1955 and 1957", ["Between 1955 and 1957"], []),
        ("13/06/1961, Approximately 1963", ["13/06/1961", "Approximately 1963"], []),
        ("12 April 1965", ["12 April 1965"], []),
        ("1961 or 1962", ["1961", "1962"], []),
        ("i) 1960 ii) 1961", ["1960", "1961"], []),
        ("a)1994 b)1993", ["1994", "1993"], []),
        ("a) 1964; b) 1965", ["1964", "1965"], []),
        ("alt DOB: 19/11/1956", ["19/11/1956"], []),
        ("14 Mar 1974 >> 1 Aug 1970", ["14 Mar 1974", "1 Aug 1970"], []),
        ("15 May 1968 (as Some Body) 1970 (as Other Body)", ["15 May 1968", "1970"], []),
        ("27/05/1979 (this aka only, alt DOB 1973)", ["27/05/1979", "1973"], []),
        ("(Aug. 1961)", ["Aug. 1961"], []),
        ("na", [], []),
        ("24/06/1402 (Hijri Calendar)", [], ["24/06/1402 (Hijri Calendar"]),
        ("29 March", [], ["29 March"]),
        ("24/08/1962\xa0", ["24/08/1962"], []),
        ("Between then and 1957", [], ["Between then and 1957"]),
        ("31/02/1960", [], ["31/02/1960"]),
    ],
)
def test_dates_in_a_cell(cell: str, dates: list[str], unread: list[str]) -> None:
    found, pieces = dates_in([cell])
    assert [date.text for date in found] == dates
    assert pieces == unread


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2012-03-02", "2012-03-02"),
        ("28 Jan. 2003 (amended on 2 Jul. 2007)", "2003-01-28"),
        ("Designated under the Autonomous Sanctions Regulations 2011 on 2 March 2012", "2012-03-02"),
        ("Al-Qaida List 2001 (updated on 5 Aug. 2004)", None),
        ("Autonomous Sanctions (Russia) List 2022", None),
    ],
)
def test_day_of_listing(cell: str, day: str | None) -> None:
    assert listed_on([cell]) == day


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return _workbook(tmp_path / "list.xlsx", [HEADER, (1, "Someone", "Individual", "Primary Name", "x")])


_BOMB = "<!DOCTYPE sst [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {chr(98 + level)} '{f'&{chr(97 + level)};' * 10}'>" for level in range(9)
) + "]>"  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_an_entity_bomb_is_refused(small: Path, part: str, encoding: str) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        text = content.decode("utf-8").removeprefix("<?xml version='1.0' encoding='UTF-8'?>").replace("Someone", "&j;")
        return (f"<?xml version='1.0' encoding='{encoding}'?>" + _BOMB + text).encode(encoding)

    with pytest.raises(ListFormatError, match="document type definition"):
        _read(_repacked(small, change))


def test_openpyxl_itself_refuses_entities(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def change(name: str, content: bytes) -> bytes:
        return _BOMB.encode() + content.replace(b"Someone", b"&j;") if name == "xl/sharedStrings.xml" else content

    monkeypatch.setattr(xlsx, "check_parts", lambda file, needed, expected: None)
    with pytest.raises(ListFormatError) as caught:
        _read(_repacked(small, change))
    assert caught.value.__cause__ is not None
    assert isinstance(caught.value.__cause__.__cause__, EntitiesForbidden)


def test_a_part_that_unpacks_to_too_much_is_refused(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_BYTES", 100_000)

    def change(name: str, content: bytes) -> bytes:
        return content + b" " * 1_000_000 if name == "xl/sharedStrings.xml" else content

    with pytest.raises(ListFormatError, match=r"found more in xl/sharedStrings\.xml"):
        _read(_repacked(small, change))


@pytest.mark.parametrize("place", [b'r="99999999"', b'r="ZZZ2"'])
def test_a_cell_in_a_far_place_is_refused(small: Path, place: bytes) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        return content.replace(b'<row r="2"', b"<row " + place) if b"9" in place else content.replace(b'r="E2"', place)

    with pytest.raises(ListFormatError, match="expected at most 250,000 rows of 256 columns"):
        _read(_repacked(small, change))


@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_a_workbook_that_is_cut_off_is_refused(small: Path, share: float) -> None:
    whole = small.read_bytes()
    small.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(ListFormatError, match="expected Australian sanctions consolidated list as DFAT") as caught:
        _read(small)
    assert "a ZIP archive that isn't a whole Excel workbook" in str(caught.value)


def test_a_damaged_part_is_refused(small: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        return content[: len(content) // 2] if name == "xl/worksheets/sheet1.xml" else content

    with pytest.raises(ListFormatError, match="damaged or cut off"):
        _read(_repacked(small, change))


@pytest.mark.parametrize("lost", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_lost_part_is_refused(small: Path, lost: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(small) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != lost:
                new.writestr(name, old.read(name))
    small.write_bytes(out.getvalue())
    with pytest.raises(ListFormatError):
        _read(small)


def test_another_sort_of_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "No workbook is in here.")
    with pytest.raises(ListFormatError, match=r"found: list\.xlsx is a ZIP archive"):
        _read(path)


def test_the_old_binary_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "regulation8_consolidated.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    with pytest.raises(ListFormatError, match="old binary Excel file"):
        _read(path)
