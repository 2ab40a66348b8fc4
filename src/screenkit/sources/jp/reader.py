"""The reader of Japan's Foreign End User List, an Excel workbook.

The Ministry of Economy, Trade and Industry publishes it (law05 of its pages on security export control) as one
sheet: No., country, company or organization, also known as, type of weapons of mass destruction, conventional
weapons. Headings and cells are bilingual, the Japanese line first; several aliases stand in a cell, each after "・".
The number is new in each edition, so that the id is the country and the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from screenkit.errors import ListFormatError
from screenkit.model import Address, Designation, Kind, ListedName, NameType
from screenkit.model.countries import country_code
from screenkit.sources.builder import DesignationBuilder, report_missing_id
from screenkit.sources.format import Format
from screenkit.sources.formats.xlsx import Sheet, is_workbook, sheets
from screenkit.sources.job import Job

#: What a heading contains -> the field.
_HEADINGS = {
    "no.": "number",
    "country": "country",
    "company": "name",
    "alsoknown": "aliases",
    "wmd": "concern",
    "conventional": "conventional",
}
_NEEDED = frozenset({"country", "name", "aliases", "concern"})
_MOST_ROWS_BEFORE_HEADER = 20
_ALIAS_MARK = re.compile(r"(?:^|\n)\s*[・･]\s*")
_CONCERN = re.compile(r"\b(?:CW|[BCMN])\b")
#: What marks a target of concern for conventional weapons; its code is the list's own.
_YES = frozenset({"○", "〇", "o", "cw", "yes"})
_CONVENTIONAL = "CW"
_FULL_WIDTH = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})


def read(job: Job) -> Iterator[Designation]:
    """Stream the rows of the sheets that have the list's headings."""
    found = [(sheet, header) for sheet in sheets(job.file) if (header := _header(sheet)[1]).keys() >= _NEEDED]
    if not found:
        raise ListFormatError(
            f"{job.file.name}: expected a sheet with the columns Country or Region, Company or Organization, "
            "Also Known As and Type of WMD; found none. Fetch the list again."
        )
    for sheet, header in found:
        start = _header(sheet)[0]
        for number, row in enumerate(sheet.rows[start:], start=start + 1):
            stated = {field: row[at] if at < len(row) else "" for field, at in header.items()}
            if any(stated.values()) and (designation := _designation(job, f"row {number}", stated)):
                yield designation


def _header(sheet: Sheet) -> tuple[int, dict[str, int]]:
    """The number of rows up to and with the headings, and the place of each field."""
    for number, row in enumerate(sheet.rows[:_MOST_ROWS_BEFORE_HEADER], start=1):
        fields: dict[str, int] = {}
        for at, cell in enumerate(row):
            letters = re.sub(r"\s", "", cell.translate(_FULL_WIDTH)).casefold()
            field = next((field for part, field in _HEADINGS.items() if part in letters), None)
            if field is not None:
                fields.setdefault(field, at)
        if fields.keys() >= _NEEDED:
            return number, fields
    return 0, {}


def _designation(job: Job, place: str, stated: dict[str, str]) -> Designation | None:
    country, names = _lines(stated["country"]), _lines(stated["name"])
    if not names:
        report_missing_id(job, place, "Company or Organization", hint=f"No. {stated.get('number', '')}")
        return None
    english = country[-1] if country else ""
    record = DesignationBuilder(job=job, id="; ".join(filter(None, (english, names[0]))), kind=Kind.ORGANIZATION)
    # A name that goes on in the next line is one name; its characters in brackets are found by `aliases`.
    record.names.append(ListedName(" ".join(names)))
    for alias in _ALIAS_MARK.split(stated["aliases"]):
        if text := " ".join(_lines(alias)):
            record.names.append(ListedName(text, type=NameType.AKA))
    codes = _CONCERN.findall(stated["concern"].translate(_FULL_WIDTH))
    if stated.get("conventional", "").translate(_FULL_WIDTH).strip().casefold() in _YES:
        codes.append(_CONVENTIONAL)
    record.programs += job.programs(codes)
    if not codes:
        record.notice("Type of WMD", stated["concern"], "expected at least one of B, C, M, N and CW")
    if english:
        code = next(filter(None, map(country_code, reversed(country))), None)
        record.addresses.append(Address(text=english, country=code))
    record.state("No.", stated.get("number", ""))
    return record.designation("Company or Organization")


def _lines(cell: str) -> list[str]:
    return [stripped for line in cell.splitlines() if (stripped := line.strip())]


FORMAT = Format(
    id="jp_meti",
    title="METI Foreign End User List (xlsx)",
    read=read,
    recognizes=is_workbook,
)
