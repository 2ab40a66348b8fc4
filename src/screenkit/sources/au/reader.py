"""The reader of Australia's DFAT consolidated list, an Excel workbook.

The format is the one sheet of "Australian Sanctions Consolidated List" (before 2024 "regulation8
consolidated") of the Australian Sanctions Office, whose columns its guide to the list explains: a row for
each name. Reference 101 is a primary name, 101a and 101b are its further names, and the other columns are
repeated on each row, with differences; so every column is united over the rows. Rows of one reference need
not stand together, hence all rows are held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from operator import methodcaller

import attrs

from screenkit.errors import ListFormatError
from screenkit.model import (
    Address,
    Designation,
    Identifier,
    IdentifierType,
    Kind,
    ListedName,
    Measure,
    NameType,
    Place,
    Strength,
)
from screenkit.model.countries import country_at_end
from screenkit.sources.builder import NEW_FIELD, NO_DATE, DesignationBuilder, report_missing_id
from screenkit.sources.documents import documents_in
from screenkit.sources.format import Format
from screenkit.sources.formats.xlsx import Sheet, is_workbook, sheets
from screenkit.sources.job import Job

from .cells import citizenships_in, dates_in, listed_on, values_in

_REFERENCE = "reference"
_NAME = "name of individual or entity"
_REQUIRED = (_REFERENCE, _NAME, "type", "name type", "committees")
_EXPECTED = (
    *_REQUIRED, "date of birth", "place of birth", "citizenship", "address", "additional information",
    "listing information", "control date",
)  # fmt: skip
_KINDS = {"individual": Kind.PERSON, "entity": Kind.ORGANIZATION, "vessel": Kind.VESSEL, "aircraft": Kind.AIRCRAFT}
_NAME_TYPES = {
    "primary name": NameType.PRIMARY,
    "aka": NameType.AKA,
    "a.k.a.": NameType.AKA,
    "alias": NameType.AKA,
    "original script": NameType.AKA,
    "fka": NameType.FKA,
    "f.k.a.": NameType.FKA,
    "formerly known as": NameType.FKA,
    "previously listed as": NameType.FKA,
}
_STRENGTHS = {"": Strength.STRONG, "strong": Strength.STRONG, "weak": Strength.WEAK}
_MEASURES = {
    "targeted financial sanction": Measure.BLOCK,
    "travel ban": Measure.TRAVEL,
    "arms embargo": Measure.EXPORT,
}
#: A vessel may be directed to leave Australia and not to enter its ports; no `Measure` is that.
_MARITIME = "maritime restriction"
_YES = frozenset({"1", "true", "yes", "y"})
_NO = frozenset({"", "0", "false", "no", "n"})
#: Columns that have a field of their own; any other one becomes a fact.
_READ = frozenset({
    *_REQUIRED, *_MEASURES, _MARITIME, "alias strength", "date of birth", "place of birth", "citizenship", "address",
    "additional information", "imo number",
})  # fmt: skip
#: Columns that are facts by the list's guide.
_FACTS = frozenset({"listing information", "instrument of designation", "control date"})
_MOST_ROWS_BEFORE_HEADER = 20
#: "101a", and until 2025 "101a1" of an alias of an alias: the number in front groups the rows.
_REFERENCE_FORM = re.compile(r"(\d+)(?:\s*[a-z]{1,3}\d*)?", re.IGNORECASE)
#: A ship's remark: "Previous names include CLYDE NOBLE".
_PREVIOUS_NAMES = re.compile(r"\bprevious names? includes?:? +([^.;\n]+)", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s*/\s*")


@attrs.define
class _Entry:
    """The rows of one reference, each a mapping from column to text."""

    id: str
    rows: list[Mapping[str, str]] = attrs.field(factory=list)

    def column(self, name: str) -> list[str]:
        """The column's texts over all rows, each once: rows repeat them, at times with other white space."""
        texts: dict[str, str] = {}
        for row in self.rows:
            if text := row.get(name, ""):
                texts.setdefault(" ".join(text.split()), text)
        return list(texts.values())


def read(job: Job) -> Iterator[Designation]:
    """Read all rows, then stream the designations in the order of their first rows."""
    labels: dict[str, str] = {}
    entries = _entries(job, labels)
    # The newest Control Date, on which an entry was last edited, is the list's date: it survives that someone
    # opens and saves the file, which the workbook's own date of modification does not.
    days = [date.latest.isoformat() for entry in entries for date in dates_in(entry.column("control date"))[0]]
    job.published(max(days, default=None))
    for column, label in labels.items():
        if column not in _READ | _FACTS and any(map(methodcaller("column", column), entries)):
            job.new_field("-", label, "", NEW_FIELD)
    for entry in entries:
        designation = _designation(job, entry, labels)
        if designation is not None:
            yield designation


def _entries(job: Job, labels: dict[str, str]) -> list[_Entry]:
    """Group the rows of all sheets that have the list's header; `labels` is filled with the columns as written."""
    entries: dict[str, _Entry] = {}
    for place, row in _rows(job, labels):
        reference = row[_REFERENCE]
        if not reference:
            report_missing_id(job, place, labels[_REFERENCE], value=row[_NAME])
            continue
        form = _REFERENCE_FORM.fullmatch(reference)
        id = form[1] if form else reference
        entries.setdefault(id, _Entry(id)).rows.append(row)
    return list(entries.values())


def _rows(job: Job, labels: dict[str, str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    found = sheets(job.file)
    headers = {sheet.name: _header(sheet) for sheet in found}
    lists = [sheet for sheet in found if set(_REQUIRED) <= headers[sheet.name][1].keys()]
    if not lists:
        stated = (f"sheet {name!r} with {', '.join(header.values())}" for name, (_, header) in headers.items())
        raise ListFormatError(
            f"{job.file.name}: expected a sheet with the columns Reference, Name of Individual or Entity, Type, Name "
            f"Type and Committees; found {'; '.join(stated) or 'no sheet'}. Fetch the list again."
        )
    for sheet in found:
        start, header = headers[sheet.name]
        if sheet not in lists:
            if any(map(any, sheet.rows)):
                job.notice(f"sheet {sheet.name}", "-", "", "the sheet doesn't have the list's columns and is not read")
            continue
        for column in (column for column in _EXPECTED if column not in header):
            job.notice(f"sheet {sheet.name}", column, "", "the sheet doesn't have this column")
        labels.update(header)
        for number, row in enumerate(sheet.rows[start:], start=start + 1):
            if any(row):
                cells = (*row, *[""] * (len(header) - len(row)))
                yield f"row {number}", dict(zip(header, cells, strict=True))


def _header(sheet: Sheet) -> tuple[int, dict[str, str]]:
    """The number of rows up to and with the header, and its columns, normalized to as written.

    The header is the row with a cell "Reference" among the first ones, or else the first row that is not
    blank. Columns without a label, or with one that is there already, are labeled by their place.
    """
    first = sheet.rows[:_MOST_ROWS_BEFORE_HEADER]
    rows = [number for number, row in enumerate(first) if _REFERENCE in map(str.casefold, row)]
    rows += [number for number, row in enumerate(first) if any(row)]
    if not rows:
        return 0, {}
    header: dict[str, str] = {}
    labels = sheet.rows[rows[0]]
    for place in range(max(map(len, sheet.rows[rows[0] :]))):
        label = labels[place] if place < len(labels) else ""
        key = " ".join(label.casefold().split()).rstrip("?")
        if not key or key in header:
            key = label = f"column {place + 1} {label}".rstrip()
        header[key] = label
    return rows[0] + 1, header


def _designation(job: Job, entry: _Entry, labels: Mapping[str, str]) -> Designation | None:
    record = DesignationBuilder(job=job, id=entry.id)
    _add_names(record, entry)
    if not record.names:
        return record.designation(labels[_NAME])
    _add_kind(record, entry)
    dates, unread = dates_in(entry.column("date of birth"))
    record.birth_dates += dates
    for text in unread:
        record.keep(labels["date of birth"], text, NO_DATE)
    record.programs += job.programs(entry.column("committees"))
    record.measures += [measure for column, measure in _MEASURES.items() if _is_set(record, entry, column)]
    record.prohibitions += [labels[_MARITIME]] if _is_set(record, entry, _MARITIME) else ()
    record.birth_places += [_place(text) for text in values_in(entry.column("place of birth"))]
    record.citizenships += [_place(text) for text in citizenships_in(entry.column("citizenship"))]
    record.identifiers += [
        Identifier(type=IdentifierType.IMO, value=number, label=labels["imo number"])
        for number in entry.column("imo number")
    ]
    record.addresses += [
        Address(text=text, country=country_at_end(text)) for text in values_in(entry.column("address"))
    ]
    record.listed_on = listed_on(entry.column("listing information"))
    record.remarks += entry.column("additional information")
    _add_documents(record, labels.get("additional information", ""))
    _add_previous_names(record)
    other = [column for column in labels if column not in _READ]
    record.facts += [(labels[column], text) for column in other for text in entry.column(column)]
    return record.designation(labels[_NAME])


def _add_names(record: DesignationBuilder, entry: _Entry) -> None:
    """The names, each once, whichever of its sorts stands first."""
    names = [name for row in entry.rows if (name := _name(record, row)) is not None]
    primary = dict.fromkeys(name.text for name in names if name.type is NameType.PRIMARY)
    if len(primary) != 1 and names:
        # Seen where one reference was given to two targets by mistake: both stay, under the one id they have.
        record.notice("Name Type", "; ".join(primary), f"expected one primary name, found {len(primary)}")
    names.sort(key=lambda name: name.type is not NameType.PRIMARY)
    once: dict[str, ListedName] = {}
    for name in names:
        once.setdefault(name.text, name)
    record.names += once.values()


def _add_documents(record: DesignationBuilder, label: str) -> None:
    """The documents and company numbers of the remarks; the list has no fields for them."""
    found: dict[str, Identifier] = {}
    for remark in record.remarks:
        for one in documents_in(remark, record.kind):
            found.setdefault(one.value, attrs.evolve(one, note=label))
    record.identifiers += found.values()


def _add_previous_names(record: DesignationBuilder) -> None:
    """The names that a ship's remark says it had; the list has no field for them."""
    for remark in record.remarks if record.kind is Kind.VESSEL else ():
        for stated in _PREVIOUS_NAMES.finditer(remark):
            record.noted_names += [
                ListedName(text, type=NameType.FKA, derived_from=stated[0])
                for name in _BETWEEN_NAMES.split(stated[1])
                if (text := name.strip())
            ]


def _name(record: DesignationBuilder, row: Mapping[str, str]) -> ListedName | None:
    text, stated, strength = row[_NAME], row["name type"], row.get("alias strength", "")
    if not text:
        record.notice("Name of Individual or Entity", row[_REFERENCE], "the row has no name")
        return None
    if stated.casefold() not in _NAME_TYPES:
        record.notice("Name Type", stated, "not a known type of name; read as an alias")
    if strength.casefold() not in _STRENGTHS:
        record.notice("Alias Strength", strength, "expected Strong or Weak; read as strong")
    return ListedName(
        text,
        type=_NAME_TYPES.get(stated.casefold(), NameType.AKA),
        strength=_STRENGTHS.get(strength.casefold(), Strength.STRONG),
    )


def _add_kind(record: DesignationBuilder, entry: _Entry) -> None:
    stated = entry.column("type")
    kinds = {_KINDS.get(text.casefold()) for text in stated}
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind is None:
        record.notice("Type", "; ".join(stated), f"expected one of {', '.join(_KINDS)}; its kind is unknown")
    record.kind = kind or Kind.UNKNOWN


def _is_set(record: DesignationBuilder, entry: _Entry, column: str) -> bool:
    """Whether the entry states a measure; the list prints 1 and 0, its guide says TRUE and FALSE."""
    texts = {text.casefold() for text in entry.column(column)}
    for text in sorted(texts - _YES - _NO):
        record.notice(column, text, "expected yes or no; read as yes")
    return bool(texts - _NO)


def _place(text: str) -> Place:
    return Place(text=text, country=country_at_end(text))


FORMAT = Format(
    id="au_dfat",
    title="DFAT consolidated list (xlsx)",
    read=read,
    recognizes=is_workbook,
)
