"""Australia's DFAT consolidated list (xlsx) in, designations out.

The format is the one sheet of "Australian Sanctions Consolidated List" (before 2024 "regulation8
consolidated") of the Australian Sanctions Office, whose columns its guide to the list explains: a row for
each name. Reference 101 is a primary name, 101a and 101b are its further names, and the other columns are
repeated on each row, with differences; so every column is united over the rows. Rows of one reference need
not stand together, hence all rows are held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

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
    Unparsed,
)

from .au_dfat_cells import citizenships_in, country_in, dates_in, listed_on, values_in
from .format import Format
from .job import Job
from .xlsx import Sheet, is_workbook, sheets

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
_MOST_ROWS_BEFORE_HEADER = 20
#: "101a": the number groups the rows; letters, at times two, tell them apart.
_REFERENCE_FORM = re.compile(r"(.*\d)\s*([a-z]{1,3})?", re.IGNORECASE)


@attrs.define
class _Record:
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
    records = _records(job, labels)
    # The newest Control Date, on which an entry was last edited, is the list's date: it survives that someone
    # opens and saves the file, which the workbook's own date of modification does not.
    days = [date.latest.isoformat() for record in records for date in dates_in(record.column("control date"))[0]]
    job.published(max(days, default=None))
    for record in records:
        designation = _designation(job, record, labels)
        if designation is not None:
            yield designation


def _records(job: Job, labels: dict[str, str]) -> list[_Record]:
    """Group the rows of all sheets that have the list's header; `labels` gets the columns as they are written."""
    records: dict[str, _Record] = {}
    for place, row in _rows(job, labels):
        reference = row[_REFERENCE]
        if not reference:
            job.fault(place, labels[_REFERENCE], row[_NAME], "the row has no reference")
            continue
        form = _REFERENCE_FORM.fullmatch(reference)
        id = form[1] if form else reference
        records.setdefault(id, _Record(id)).rows.append(row)
    return list(records.values())


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
                job.notice(f"sheet {sheet.name}", "-", "", "it has not the list's columns; it is not read")
            continue
        for column in (column for column in _EXPECTED if column not in header):
            job.notice(f"sheet {sheet.name}", column, "", "it has no such column")
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


def _designation(job: Job, record: _Record, labels: Mapping[str, str]) -> Designation | None:
    names = _names(job, record)
    if not names:
        job.fault(record.id, labels[_NAME], "", "no row of this reference has a name")
        return None
    dates, unread = dates_in(record.column("date of birth"))
    for text in unread:
        job.notice(record.id, labels["date of birth"], text, "no date that can be read")
    other = [column for column in labels if column not in _READ]
    return Designation(
        id=record.id,
        kind=_kind(job, record),
        names=names,
        programs=job.programs(record.column("committees")),
        measures=[measure for column, measure in _MEASURES.items() if _is_set(job, record, column)],
        prohibitions=[labels[_MARITIME]] if _is_set(job, record, _MARITIME) else (),
        birth_dates=dates,
        birth_places=[_place(text) for text in values_in(record.column("place of birth"))],
        citizenships=[_place(text) for text in citizenships_in(record.column("citizenship"))],
        identifiers=[
            Identifier(type=IdentifierType.IMO, value=number, label=labels["imo number"])
            for number in record.column("imo number")
        ],
        addresses=[Address(text=text, country=country_in(text)) for text in values_in(record.column("address"))],
        listed_on=listed_on(record.column("listing information")),
        remarks="\n".join(record.column("additional information")),
        facts=[(labels[column], text) for column in other for text in record.column(column)],
        unparsed=[Unparsed(field=labels["date of birth"], text=text) for text in unread],
        edition=job.edition,
    )


def _names(job: Job, record: _Record) -> list[ListedName]:
    """The names, the primary one first, each once."""
    names = [name for row in record.rows if (name := _name(job, record.id, row)) is not None]
    primary = dict.fromkeys(name.text for name in names if name.type is NameType.PRIMARY)
    if len(primary) != 1 and names:
        # Seen where one reference was given to two targets by mistake: both stay, under the one id they have.
        job.notice(record.id, "Name Type", "; ".join(primary), f"{len(primary)} primary names where one is expected")
    names.sort(key=lambda name: name.type is not NameType.PRIMARY)
    once: dict[str, ListedName] = {}
    for name in names:
        once.setdefault(name.text, name)
    return list(once.values())


def _name(job: Job, record: str, row: Mapping[str, str]) -> ListedName | None:
    text, stated, strength = row[_NAME], row["name type"], row.get("alias strength", "")
    if not text:
        job.notice(record, "Name of Individual or Entity", row[_REFERENCE], "the row has no name")
        return None
    if stated.casefold() not in _NAME_TYPES:
        job.notice(record, "Name Type", stated, "no known sort of name; read as an alias")
    if strength.casefold() not in _STRENGTHS:
        job.notice(record, "Alias Strength", strength, "neither Strong nor Weak; read as strong")
    return ListedName(
        text,
        type=_NAME_TYPES.get(stated.casefold(), NameType.AKA),
        strength=_STRENGTHS.get(strength.casefold(), Strength.STRONG),
    )


def _kind(job: Job, record: _Record) -> Kind:
    stated = record.column("type")
    kinds = {_KINDS.get(text.casefold()) for text in stated}
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind is None:
        job.notice(record.id, "Type", "; ".join(stated), f"expected one of {', '.join(_KINDS)}; its kind is unknown")
    return kind or Kind.UNKNOWN


def _is_set(job: Job, record: _Record, column: str) -> bool:
    """Whether the entry states a measure; the list prints 1 and 0, its guide says TRUE and FALSE."""
    texts = {text.casefold() for text in record.column(column)}
    for text in sorted(texts - _YES - _NO):
        job.notice(record.id, column, text, "neither yes nor no; read as yes")
    return bool(texts - _NO)


def _place(text: str) -> Place:
    return Place(text=text, country=country_in(text))


FORMAT = Format(
    id="au_dfat",
    title="DFAT consolidated list (xlsx)",
    read=read,
    recognizes=is_workbook,
)
