"""Lists whose whole files were never seen: Japan's End User List, Ukraine's register, the World Bank's list.

The excerpts are written in the published fields.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from screenkit.errors import ListFormatError
from screenkit.model import IdentifierType, Kind, Measure, NameType, Strength
from screenkit.sources.jp.text import japanese_date

from .reading import faults, read_all, written

HEADINGS = (
    "No.", "国名、地域名\nCountry or Region", "企業名、組織名\nCompany or Organization", "別名\nAlso Known As",
    "懸念区分\nType of WMD", "通常兵器\nConventional\nWeapons",
)  # fmt: skip


def _workbook(path: Path, rows: list[tuple[object, ...]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [("外国ユーザーリスト",), HEADINGS, *rows]:
        sheet.append(list(row))
    book.save(path)
    return path


def test_japan(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        (1, "アフガニスタン\nAfghanistan", "Example Trading Corporation\n(例示貿易会社)",
         "・Example Trading Co.\n・Example 888\n(例示八八八)", "生物、化学\nＢ,Ｃ", ""),
        (2, "北朝鮮\nNorth Korea", "Second Example", None, "ミサイル\nM", "○"),
        (3, "中国\nChina", "Third Example", None, "", None),
    ]  # fmt: skip
    reader, found = read_all("jp_meti", _workbook(tmp_path / "list.xlsx", rows))
    assert list(found) == [
        "Afghanistan; Example Trading Corporation",
        "North Korea; Second Example",
        "China; Third Example",
    ]
    first, second, _ = found.values()
    texts = [name.text for name in first.names]
    assert texts[:3] == [
        "Example Trading Corporation (例示貿易会社)",
        "Example Trading Co.",
        "Example 888 (例示八八八)",
    ]
    assert {"Example Trading Corporation", "例示貿易会社", "Example 888", "例示八八八"} <= set(texts)
    assert [program.code for program in first.programs] == ["B", "C"]
    assert [program.code for program in second.programs] == ["M", "CW"]
    assert (first.kind, first.measures) == (Kind.ORGANIZATION, (Measure.EXPORT,))
    assert [place.country for one in found.values() for place in one.addresses] == ["af", "kp", "cn"]
    assert first.facts == (("No.", "1"),)
    assert [notice.record for notice in reader.notices] == ["China; Third Example"]
    assert reader.unknown_programs == {}


def test_japans_faults(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "list.xlsx", [(1, "中国\nChina", None, "・Alias", "M", None)])
    assert faults("jp_meti", path) == ("list.xlsx, row 3, Company or Organization: the record has no ID (No. 1)",)
    other = Workbook()
    other.save(tmp_path / "other.xlsx")
    with pytest.raises(ListFormatError, match="Country or Region, Company or Organization"):
        read_all("jp_meti", tmp_path / "other.xlsx")


FREEZES = ("告示日付", "告示番号", "日 本 語 表 記", "英 語 表 記", "別 称 ・ 別 名", "確定に十分でない別名", "旧 称",
           "生 年 月 日", "出 生 地", "国 籍", "旅 券 番 号", "Ｉ Ｄ 番 号", "住 所・所 在 地", "役 職", "その他の情報",
           "備 考")  # fmt: skip


def _freezes(path: Path, title: str, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "1"
    for row in [(title,), (None,), FREEZES, *rows]:
        sheet.append(list(row))
    notes = book.create_sheet("notes")
    notes.append(["not a list"])
    book.save(path)
    return path


def test_japans_asset_freezes(tmp_path: Path) -> None:
    path = _freezes(
        tmp_path / "list.xlsx",
        "例示に関与した者等 （個人）",
        (dt.datetime(2017, 12, 15), "外務省告示第1号", "キム・レイ", "KIM Rei", "(a)Kim Re\n(b) Kim Ray", "レイ",
         "KIM Old", "（a）1960年3月13日（b）1961年頃", "咸鏡北道、北朝鮮", "北朝鮮", "（a）AB123（b）CD456", "7001",
         "Pyongyang, Democratic People's Republic of Korea", "例示部長", "備考なし", "新"),
        ("2018年1月5日", "", "", "Second Example", None, None, None, "1958年から1963年の間", "不明", "シリア Syria"),
        ("2018年1月5日", "", "", "Second Example", None, None, None, "春", "", "ベラルーシ共和国"),
    )  # fmt: skip
    reader, found = read_all("jp_mof", path)
    title = "例示に関与した者等 (個人)".replace("(", "（").replace(")", "）")
    assert list(found) == [f"{title}; KIM Rei", f"{title}; Second Example", f"{title}; Second Example/2"]
    first, second, third = found.values()
    assert [(name.text, name.type, name.strength) for name in first.names] == [
        ("KIM Rei", NameType.PRIMARY, Strength.STRONG),
        ("キム・レイ", NameType.AKA, Strength.STRONG),
        ("Kim Re", NameType.AKA, Strength.STRONG),
        ("Kim Ray", NameType.AKA, Strength.STRONG),
        ("レイ", NameType.AKA, Strength.WEAK),
        ("KIM Old", NameType.FKA, Strength.STRONG),
    ]
    assert [(one.earliest.isoformat(), one.latest.isoformat(), one.circa) for one in first.birth_dates] == [
        ("1960-03-13", "1960-03-13", False),
        ("1961-01-01", "1961-12-31", True),
    ]
    assert [(one.type, one.value) for one in first.identifiers] == [
        (IdentifierType.PASSPORT, "AB123"),
        (IdentifierType.PASSPORT, "CD456"),
        (IdentifierType.NATIONAL_ID, "7001"),
    ]
    assert (first.listed_on, second.listed_on) == ("2017-12-15", "2018-01-05")
    assert [first.birth_places[0].country, first.nationalities[0].country, first.addresses[0].country] == ["kp"] * 3
    assert (first.kind, first.measures, first.titles) == (Kind.PERSON, (Measure.BLOCK,), ("例示部長",))
    assert [(program.code, program.detail) for program in first.programs] == [("MOF", title)]
    assert first.remarks == "備考なし"
    assert ("備考", "新") in first.facts
    assert [(one.earliest.year, one.latest.year) for one in second.birth_dates] == [(1958, 1963)]
    assert [place.country for one in (second, third) for place in one.nationalities] == ["sy", "by"]
    assert [fault.field for fault in reader.new_fields] == ["備考"]
    assert [(one.field, one.text) for one in third.unparsed] == [("生年月日", "春")]


def test_japans_asset_freezes_have_kinds_and_faults(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    rows = ((None, "", "", "First Example"), (None, "", "", "Second", None, None, None, "1960年"))
    for title, kinds in (
        ("例示（団体）", [Kind.ORGANIZATION, Kind.ORGANIZATION]),
        ("例示の個人及び団体", [Kind.UNKNOWN, Kind.PERSON]),
    ):
        assert [one.kind for one in read_all("jp_mof", _freezes(path, title, *rows))[1].values()] == kinds
    nameless = _freezes(path, "例示", ("2018年1月5日", "第1号"))
    assert faults("jp_mof", nameless) == (
        "list.xlsx, sheet 1, row 4, 英語表記: the record has no ID (告示日付 2018年1月5日)",
    )
    with pytest.raises(ListFormatError, match="告示日付"):
        read_all("jp_mof", _workbook(path, []))


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("1960年", "1960-01-01 1960-12-31"),
        ("１９６０年３月", "1960-03-01 1960-03-31"),
        ("1960.3.13", "1960-03-13 1960-03-13"),
        ("1962年-1963年頃", "1962-01-01 1963-12-31 circa"),
        ("おおよそ1955年", "1955-01-01 1955-12-31 circa"),
        ("1967年から1969年までの間", "1967-01-01 1969-12-31"),
        ("1960-03-13", "1960-03-13 1960-03-13"),
        ("1960年13月1日", None),
        ("3月13日", None),
        ("1963年から1958年の間", None),
    ],
)
def test_japanese_dates(text: str, span: str | None) -> None:
    date = japanese_date(text)
    said = date and f"{date.earliest} {date.latest}{' circa' if date.circa else ''}"
    assert said == span


def test_ukraine(excerpt: Callable[[str], Path]) -> None:
    reader, found = read_all("ua_nsdc", excerpt("ua_nsdc/subjects.json"))
    person, firm, other = found.values()
    assert [(name.text, name.type) for name in person.names] == [
        ("Прикладенко Іван Петрович", NameType.PRIMARY),
        ("Prykladenko Ivan Petrovych", NameType.AKA),
        ("Примеренко Иван Петрович", NameType.AKA),
    ]
    assert [date.earliest.isoformat() for date in person.birth_dates] == ["1971-12-15"]
    assert [(one.type, one.value) for one in person.identifiers] == [(IdentifierType.TAX, "0012345678")]
    assert ("status", "active") in person.facts
    assert (person.kind, firm.kind, other.kind) == (Kind.PERSON, Kind.ORGANIZATION, Kind.UNKNOWN)
    assert [place.country for place in (*person.citizenships, *firm.citizenships)] == ["ru", "by"]
    assert person.measures == (Measure.BLOCK,)
    assert [(one.field, one.text) for one in other.unparsed] == [("bd", "весна")]
    assert reader.edition.counts == {"person": 1, "organization": 1, "unknown": 1}


def test_ukraines_faults(tmp_path: Path) -> None:
    path = written(tmp_path / "s.json", '[{"name": "Без номера"},\n{"sid": 2, "name": " "},\n{"sid": 3, "name": "А"')
    assert faults("ua_nsdc", path)[0] == "s.json, line 1, sid: the record has no ID (name 'Без номера')"
    assert faults("ua_nsdc", path)[1] == "s.json, record 2, name: the record has no name"
    assert "damaged or cut off" in faults("ua_nsdc", path)[2]


def test_the_world_bank(excerpt: Callable[[str], Path]) -> None:
    _, found = read_all("world_bank", excerpt("world_bank/firms.json"))
    firm, person = found.values()
    assert (firm.name, firm.kind, person.kind) == ("EXAMPLE BUILDERS CO., LTD.", Kind.ORGANIZATION, Kind.PERSON)
    assert ("SUPP_NAME", "EXAMPLE BUILDERS CO., LTD.*24") in firm.facts
    assert [(one.text, one.city, one.country) for one in firm.addresses] == [
        ("1 Example Road, Nairobi, 00100, Kenya", "Nairobi", "ke")
    ]
    assert (firm.listed_on, person.listed_on) == ("2020-01-02", "2021-01-02")
    assert firm.measures == ()
    assert ("DEBAR_TO_DATE", "2999-12-31") in firm.facts
    assert [program.code for program in person.programs] == ["World Bank debarment"]


def test_the_world_banks_faults(tmp_path: Path, excerpt: Callable[[str], Path]) -> None:
    text = excerpt("world_bank/firms.json").read_text(encoding="utf-8")
    path = written(tmp_path / "firms.json", text.replace('"501"', '""').replace("MR. EXEMPLAR MUSTERMANN", ""))
    assert [fault.split(": ")[0] for fault in faults("world_bank", path)] == [
        "firms.json, line 2, SUPP_ID",
        "firms.json, record 502, SUPP_NAME",
    ]
    cut = written(tmp_path / "firms.json", text[:-30])
    assert any("damaged or cut off" in fault for fault in faults("world_bank", cut))
    empty = written(tmp_path / "firms.json", '{"SUPP_ID": "1", "SUPP_NAME": "A"}')
    assert "the document has no array" in faults("world_bank", empty)[0]


def test_fincen(excerpt: Callable[[str], Path]) -> None:
    reader, found = read_all("us_fincen", excerpt("fincen/special-measures.html"))
    bank, proposed = found.values()
    assert [name.text for name in bank.names] == ["Bank of Exampletown"]
    assert (bank.kind, bank.listed_on, bank.measures) == (Kind.ORGANIZATION, "2017-11-08", (Measure.SPECIAL_MEASURE,))
    assert [(program.code, program.measures) for program in bank.programs] == [
        ("SECTION-311", (Measure.SPECIAL_MEASURE,))
    ]
    assert bank.facts == (("notice of proposed rulemaking", "07/07/2017"), ("final rule", "11/08/2017"))
    assert [name.text for name in proposed.names] == [
        "Specimen Bank, AS (formerly known as Muster Bank)",
        "Specimen Bank, AS",
        "Muster Bank",
    ]
    assert (proposed.listed_on, [program.code for program in proposed.programs]) == (
        "2018-02-13",
        ["SECTION-311-PROPOSED"],
    )
    assert [(notice.record, notice.problem.split("; ")[0]) for notice in reader.notices] == [
        ("Sample Exchange & Co.", "rescinded on 2020-10-14"),
        ("Islamic Republic of Iran", "a jurisdiction, whose measure is about all its banks"),
    ]
    assert reader.unknown_programs == {}


def test_fincens_faults(damaged_copy: Callable[[str], Callable[[str, str], Path]], tmp_path: Path) -> None:
    replaced = damaged_copy("fincen/special-measures.html")
    assert faults("us_fincen", replaced("Bank of Exampletown**", "**")) == (
        "special-measures.html, row 3, name: the row has no name",
    )
    (fault,) = faults("us_fincen", replaced("<td>10/14/2020</td>", ""))
    assert fault.startswith("special-measures.html, row 5: 'Sample Exchange & Co. | ")
    assert fault.endswith("expected 5 cells, found 4")
    with pytest.raises(ListFormatError, match="a table with the columns finding"):
        read_all("us_fincen", replaced("<th>Final Rule</th>", "<th>Rule</th>"))
    whole = written(tmp_path / "cut.html", "<html><table><tr><td>Bank")
    with pytest.raises(ListFormatError, match="ends within a table"):
        read_all("us_fincen", whole)
    page = written(tmp_path / "page.html", "<!DOCTYPE html><html><body>Access denied</body></html>")
    with pytest.raises(
        ListFormatError, match=r"un_sc: expected .*; found: page\.html is an HTML page, perhaps an error"
    ):
        read_all("un_sc", page)
