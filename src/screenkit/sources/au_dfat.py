"""Australia's DFAT consolidated list (xlsx) in, designations out.

The format is the one sheet of "Australian Sanctions Consolidated List" (before 2024 "regulation8
consolidated") of the Australian Sanctions Office, whose columns its guide to the list explains: a row for
each name. Reference 101 is a primary name, 101a and 101b are its further names, and the other columns are
repeated on each row, with differences; so every column is united over the rows. Rows of one reference need
not stand together, hence all rows are held.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

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
    PartialDate,
    Place,
    Strength,
    Unparsed,
)

from .countries import country_code
from .dates import parse_date
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
_READ = frozenset({
    *_REQUIRED, *_MEASURES, _MARITIME, "alias strength", "date of birth", "place of birth", "citizenship", "address",
    "additional information", "imo number",
})  # fmt: skip
_MOST_ROWS_BEFORE_HEADER = 20
#: "101a": the number groups the rows, the letters tell them apart. Six aliases are so many that they go to "aa".
_REFERENCE_FORM = re.compile(r"(.*\d)\s*([a-z]{1,3})?", re.IGNORECASE)
#: "a) ... b) ...": several values in one cell, as UN committees print them.
_ENUMERATOR = re.compile(r"(?:^|(?<=\s))\(?(?:[a-z]|[ivx]{2,4})\)\s+", re.IGNORECASE)
_ADJACENT = re.compile(r"(?<=\d{4})\s+(?=\d)")
_DATE_SEPARATORS = (re.compile(r"[;\n]"), re.compile(r","), re.compile(r"\s+(?:and|or)\s+"), _ADJACENT)
_LISTED_ON = re.compile(r"(?:^|(\w[\w-]*)\s+on:?\s+)(\d{1,2}\s+[a-z]+\.?,?\s+\d{4})", re.IGNORECASE)
#: "(amended on 3 Sep. 2003)": the day after such a word is not the day of the listing.
_AMENDED = ("amend", "relist", "re-list", "updat", "expir", "review")


@attrs.define
class _Record:
    """The rows of one reference, each a mapping from column to text."""

    reference: str
    rows: list[Mapping[str, str]] = attrs.field(factory=list)

    def column(self, name: str) -> list[str]:
        """The column's texts over all rows, each once; rows repeat them with other white space."""
        texts = (row.get(name, "") for row in self.rows)
        return list({" ".join(text.split()): text for text in reversed(list(texts)) if text}.values())[::-1]


def read(job: Job) -> Iterator[Designation]:
    """Read all rows, then stream the designations in the order of their first rows."""
    records = _records(job, list(_tables(job)))
    # The newest Control Date, on which an entry was last edited: it survives that someone opens and saves the
    # file, which the workbook's own date of modification does not.
    days = [date.latest.isoformat() for record in records for date in _dates(record.column("control date"))[0]]
    job.published(max(days, default=None))
    for record in records:
        designation = _designation(job, record)
        if designation is not None:
            yield designation


def _tables(job: Job) -> Iterator[Mapping[str, str]]:
    """Stream the rows of all sheets that have the list's header, blank ones left out."""
    headers = []
    found = sheets(job.file)
    for sheet in found:
        number, header = _header(sheet)
        missing = [column for column in _REQUIRED if column not in header]
        headers.append(f"sheet {sheet.name!r} with the columns {', '.join(filter(None, header)) or '(none)'}")
        if not missing:
            for column in (column for column in _EXPECTED if column not in header):
                job.notice("header", column, "", f"sheet {sheet.name!r} has no such column")
            rows = (dict(zip(header, row, strict=False)) for row in sheet.rows[number:])
            yield from (row for row in rows if any(row.values()))
            headers.clear()
            found = []
    if headers and found:
        raise ListFormatError(
            f"{job.file.name}: expected a sheet with the columns {', '.join(_REQUIRED)}; "
            f"found {'; '.join(headers)}. Fetch the list again."
        )
