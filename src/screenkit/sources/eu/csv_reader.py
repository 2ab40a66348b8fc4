"""The reader of the EU's older consolidated list, a CSV file with semicolons.

The Commission published it until 2018: a row for each name, address, birth, document and citizenship of an
entity, each group of columns with a prefix of its own (Naal_, Addr_, Birt_, Iden_, Citi_). Rows of one entity
have one Entity_logical_id. Copies that a spreadsheet saved are usual: each line is then quoted as one cell,
padded with tabs, has tabs for commas, and is in Windows-1252, in which other alphabets are lost ("????").
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping

from screenkit.model import (
    Address,
    Designation,
    Identifier,
    IdentifierType,
    Kind,
    ListedName,
    NamePart,
    NameType,
    Place,
)
from screenkit.model.countries import country_code
from screenkit.sources.builder import DesignationBuilder, report_missing_id
from screenkit.sources.dates import parse_date
from screenkit.sources.files import ListFile
from screenkit.sources.format import Format
from screenkit.sources.job import Job

from .names import mark_primary
from .parts import IDENTIFIERS

_NEEDED = frozenset({"Entity_logical_id", "Subject_type", "Naal_wholename", "EU_ref_num"})
_KINDS = {"P": Kind.PERSON, "E": Kind.ORGANIZATION}
_PARTS = (("Naal_firstname", "given"), ("Naal_middlename", "middle"), ("Naal_lastname", "surname"))
#: What a copy that was saved in another encoding has for the letters of a name.
_LOST_LETTERS = re.compile(r"\?{2,}")
#: "AD001095 (passport-National passport) ((passport))".
_DOCUMENT = re.compile(r"([^()]*[^()\s])\s*\((\w+)-([^()]*)\)(.*)", re.DOTALL)
_FALLBACK = "cp1252"
Row = Mapping[str, str]


def read(job: Job) -> Iterator[Designation]:
    """Read all rows, since those of one entity need not follow one another, then stream the designations."""
    entries: dict[str, list[Row]] = {}
    for place, row in _rows(job):
        if number := row["Entity_logical_id"]:
            entries.setdefault(number, []).append(row)
        else:
            report_missing_id(job, place, "Entity_logical_id", hint=f"name {row['Naal_wholename']!r}")
    for number, rows in entries.items():
        designation = _designation(job, number, rows)
        if designation is not None:
            yield designation


def _rows(job: Job) -> Iterator[tuple[str, Row]]:
    header: list[str] = []
    with job.file.open_text(encoding=_encoding(job)) as stream:
        for line, cells in _cells(stream):
            if not header:
                header = _header(cells)
                continue
            place = f"line {line}"
            if len(header) != len(cells):
                problem = f"expected {len(header)} fields, found {len(cells)}; the file is damaged or cut off"
                job.fault(place, "-", ";".join(cells), problem)
                continue
            row: dict[str, str] = {}
            for column, cell in zip(header, cells, strict=True):
                # The entity's number stands again before each group, there the same.
                row.setdefault(column, cell.strip().replace("\\n", "\n").replace("\t", ","))
            if date := parse_date(row["Date_file"]):
                job.published(date.earliest.isoformat())
            yield place, row


def _encoding(job: Job) -> str:
    try:
        with job.file.open_text() as stream:
            for _ in stream:
                pass
    except UnicodeDecodeError:
        problem = "not UTF-8; read as Windows-1252, as a spreadsheet saves it: letters of other alphabets are lost"
        job.loss("-", "-", "", problem)
        return _FALLBACK
    return "utf-8"


def _cells(lines: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(lines, start=1):
        whole = line.strip("\r\n\t\x1a ")
        if whole.startswith('"') and whole.rstrip("\t").endswith('"') and ";" in whole.strip('"'):
            whole = whole[1:-1].rstrip("\t").replace('""', '"')
        if whole:
            yield number, next(csv.reader([whole], delimiter=";"))


def _header(cells: list[str]) -> list[str]:
    # "Date_filexxxx" in some copies.
    return ["Date_file" if cell.startswith("Date_file") else cell.strip() for cell in cells]


def _designation(job: Job, number: str, rows: list[Row]) -> Designation | None:
    reference = next((row["EU_ref_num"] for row in rows if row["EU_ref_num"]), "")
    record = DesignationBuilder(job=job, id=reference or number)
    if not reference:
        record.notice("EU_ref_num", "", "the record has no reference number; its Entity_logical_id is its ID")
    record.kind = _KINDS.get(rows[0]["Subject_type"], Kind.UNKNOWN)
    for row in rows:
        record.programs += job.programs(filter(None, [row["Programme"]]))
        record.remarks += [row["Entity_remark"]] if row["Entity_remark"] not in (*record.remarks, "") else []
        _add_name(record, row)
        _add_birth(record, row)
        _add_others(record, row)
    record.state("Entity_logical_id", number)
    mark_primary(record.names)
    return record.designation("Naal_wholename")


def _add_name(record: DesignationBuilder, row: Row) -> None:
    whole = row["Naal_wholename"]
    parts = tuple(NamePart(role=role, text=row[column]) for column, role in _PARTS if row[column])
    whole = whole or " ".join(part.text for part in parts)
    if not whole:
        return
    if _LOST_LETTERS.search(whole):
        problem = "letters of this name were lost when the file was saved; its text is kept"
        record.job.loss(record.id, "Naal_wholename", whole, problem)
        record.state("Naal_wholename", whole)
    elif not any(name.text == whole for name in record.names):
        language = row["Naal_language"].lower() or None
        record.names.append(ListedName(whole, type=NameType.AKA, language=language, parts=parts))
    record.titles += filter(None, (row["Naal_title"], row["Naal_function"]))
    if gender := row["Naal_gender"]:
        record.state_gender("Naal_gender", gender)
    record.state("Leba_numtitle", row["Naal_leba_numtitle"])


def _add_birth(record: DesignationBuilder, row: Row) -> None:
    if date := row["Birt_date"]:
        record.state_birth_date("Birt_date", date)
    country = row["Birt_country"]
    if text := ", ".join(filter(None, (row["Birt_place"], country))):
        record.birth_places.append(Place(text=text, country=country_code(country)))


def _add_others(record: DesignationBuilder, row: Row) -> None:
    columns = ("Addr_number", "Addr_street", "Addr_zipcode", "Addr_city", "Addr_country")
    if text := ", ".join(row[column] for column in columns if row[column]):
        city, country = row["Addr_city"] or None, country_code(row["Addr_country"])
        record.addresses.append(Address(text=text, city=city, country=country))
    record.state("Addr_other", row["Addr_other"])
    if number := row["Iden_number"]:
        country = country_code(row["Iden_country"])
        record.identifiers.append(_identifier(number, country))
    if country := row["Citi_country"]:
        record.citizenships.append(Place(text=country, country=country_code(country)))


def _identifier(text: str, country: str | None) -> Identifier:
    stated = _DOCUMENT.match(text)
    if stated is None:
        return Identifier(value=text, country=country, label="Iden_number")
    value, code, label, note = stated.groups()
    type = IDENTIFIERS.get(code.lower(), IdentifierType.OTHER)
    return Identifier(type=type, value=value, country=country, label=label, note=note.strip(" ()"))


def _recognizes(file: ListFile) -> bool:
    line = file.head.decode("utf-8", "replace").lstrip().split("\n", 1)[0].strip('"\r\t ')
    return set(line.split(";")) >= _NEEDED


FORMAT = Format(id="eu_csv", title="EU consolidated list, CSV until 2018", read=read, recognizes=_recognizes)
