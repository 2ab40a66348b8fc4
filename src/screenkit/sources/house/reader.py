"""The reader of a house list, an institution's own list as CSV, TSV or JSON lines.

The format is screenkit's own and specified in lists/house/README.md: a documented header of which only
`id` and `name` are required. Spreadsheets write it, so their habits are accepted: a byte-order mark, CRLF,
";" as delimiter, quoted line breaks, trailing empty columns, empty rows at the end. A row that doesn't fit
its header is refused.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

import attrs

from screenkit.errors import ListFormatError
from screenkit.model import Designation
from screenkit.sources.dates import parse_date
from screenkit.sources.files import ListFile
from screenkit.sources.format import Format, json_keys
from screenkit.sources.formats.json_lines import records
from screenkit.sources.job import Job

from .designation import designation
from .record import COLUMNS, Record, as_text, canonical, shown, split_cell

_DELIMITERS = (",", ";", "\t")
_REQUIRED = frozenset(("id", "name"))
_LIST_KEYS = ("title", "publisher", "published")
#: Keys at the top of other publishers' JSON lines, whose records also have an id.
_FOREIGN_KEYS = frozenset(("properties", "schema", "RECORD_ID"))
_EXPECTED = f"a first line that names the columns, {' and '.join(sorted(_REQUIRED))} among them"


def read(job: Job) -> Iterator[Designation]:
    """Read a house list; see the module for its forms."""
    if len(job.files) > 1:
        found = ", ".join(file.name for file in job.files)
        raise ListFormatError(f"{job.manifest.title}: expected one file; found {len(job.files)}: {found}.")
    try:
        yield from _json_lines(job) if _is_json(job.file) else _table(job)
    except UnicodeDecodeError as error:
        raise ListFormatError(
            f"{job.file.name}: expected UTF-8; found a byte that isn't (0x{error.object[error.start]:02x}). "
            "Save it as 'CSV UTF-8', which older spreadsheets don't do by default."
        ) from error


def _recognizes(file: ListFile) -> bool:
    if _is_json(file):
        keys = _first_object_keys(file)
        return bool(keys & {"list", "id", "name", "names"}) and not keys & _FOREIGN_KEYS
    known = [column for column in map(canonical, _header(file, _delimiter(file))) if column]
    return bool(_REQUIRED.intersection(known)) or len(known) > 1


def _is_json(file: ListFile) -> bool:
    return file.head.lstrip().startswith((b"{", b"["))


def _first_object_keys(file: ListFile) -> frozenset[str]:
    """The keys of the first line's object; of all objects in the head where that line is no whole object."""
    line = file.head.lstrip().split(b"\n", 1)[0].decode("utf-8", "replace")
    try:
        parsed: object = json.loads(line)
    except (ValueError, RecursionError):
        return json_keys(file)
    return frozenset(map(str, parsed)) if isinstance(parsed, dict) else json_keys(file)


def _delimiter(file: ListFile) -> str:
    """The delimiter by which the first line has the most known columns; of equals, the most columns."""

    def fit(delimiter: str) -> tuple[int, int]:
        header = _header(file, delimiter)
        return sum(map(bool, map(canonical, header))), len(header)

    return max(_DELIMITERS, key=fit)


def _header(file: ListFile, delimiter: str) -> list[str]:
    lines = io.StringIO(file.head.decode("utf-8", "replace"), newline="")
    return next((row for row in csv.reader(lines, delimiter=delimiter) if not _is_blank(row)), [])


def _is_blank(row: list[str]) -> bool:
    # Ctrl-Z ends a file of DOS's making.
    return not any(cell.strip("\x1a").strip() for cell in row)


@attrs.frozen
class _Columns:
    """A table's header, understood: what each column is called and whether its cells hold several values."""

    #: One per column: the documented name, else the header's own text; empty for one without a name.
    names: tuple[str, ...]

    def fields(self, row: list[str]) -> dict[str, object]:
        return {
            name: split_cell(cell) if COLUMNS.get(name) else cell
            for name, cell in zip(self.names, row, strict=True)
            if cell.strip() and name
        }


def _columns(job: Job, header: list[str]) -> _Columns:
    names = tuple(canonical(cell) or cell.strip() for cell in header)
    found = ", ".join(cell.strip() for cell in header)
    missing = sorted(_REQUIRED.difference(names))
    if missing:
        raise ListFormatError(
            f"{job.file.name}: expected {_EXPECTED}; found no column {' and no column '.join(missing)} in: "
            f"{found}. The known columns are: {', '.join(COLUMNS)}."
        )
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise ListFormatError(
            f"{job.file.name}: expected each column once; found {', '.join(twice)} more than once in: "
            f"{found}. Put several values in one cell, separated by |."
        )
    for name in names:
        _note_unknown(job, "header", name)
    return _Columns(names)


def _note_unknown(job: Job, record: str, name: str) -> None:
    # Said aloud, for "alaises" would otherwise be a column of names that nobody searches.
    if name and name not in COLUMNS:
        close = get_close_matches(re.sub(r"\W+", "_", name.casefold()), COLUMNS, 1)
        meant = f"; if it means {close[0]}, rename it" if close else ""
        job.new_field(record, name, name, f"not a documented column; its values are kept as facts{meant}")


def _table(job: Job) -> Iterator[Designation]:
    columns: _Columns | None = None
    for line, row in _rows(job, _delimiter(job.file)):
        label = f"line {line}"
        if columns is None:
            columns = _columns(job, row)
            continue
        stray = [cell for cell, name in zip(row, columns.names, strict=False) if cell.strip() and not name]
        if len(row) != len(columns.names):
            problem = f"expected {len(columns.names)} fields, found {len(row)}"
            job.fault(label, "-", " | ".join(row), problem)
        elif stray:
            job.fault(label, "-", stray[0], "a value in a column that has no name in the header")
        elif found := designation(Record(job=job, id=label, fields=columns.fields(row))):
            yield found


def _rows(job: Job, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with the line it begins on; one that can't be read is a fault."""
    with job.file.open_text() as stream:
        # Not strict, a quote that is never closed would swallow the rest of the list without a word.
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                problem = f"screenkit can't read the row: {error}. Double a quote inside a quoted field"
                job.fault(f"line {line}", "-", "", problem)
                continue
            if not _is_blank(row):
                yield line, row


def _json_lines(job: Job) -> Iterator[Designation]:
    _check_lines(job.file)
    unknown: set[str] = set()
    for number, (label, stated) in enumerate(records(job)):
        if number == 0 and "list" in stated and "id" not in stated:
            _describe_list(job, label, stated)
        elif fields := _fields(job, label, stated):
            for name in fields:
                if name not in unknown:
                    _note_unknown(job, label, name)
            unknown |= fields.keys() - COLUMNS.keys()
            if found := designation(Record(job=job, id=label, fields=fields)):
                yield found


def _check_lines(file: ListFile) -> None:
    line, line_end, _ = file.head.strip().partition(b"\n")
    if line.startswith(b"[") or (line_end and not line.rstrip().endswith(b"}")):
        found = line[:60].decode("utf-8", "replace").strip()
        raise ListFormatError(
            f"{file.name}: expected JSON lines, one whole object a line; found first: {found!r}. "
            "Write what is one JSON array, or indented JSON, with one object a line."
        )


def _fields(job: Job, label: str, stated: Mapping[str, object]) -> dict[str, object]:
    """The object's values by documented name; nothing, and a fault, where two keys mean the same one."""
    fields: dict[str, object] = {}
    for key, value in stated.items():
        name = canonical(key) or key.strip()
        if name in fields:
            job.fault(label, key, shown(value), f"the record has {name} twice, spelled differently")
            return {}
        fields[name] = value
    if not fields:
        job.fault(label, "-", "{}", "the object is empty; each record has an ID and a name")
    return fields


def _describe_list(job: Job, label: str, parsed: Mapping[str, object]) -> None:
    """Take over what a list's first line says about the list."""
    stated = parsed["list"]
    if not isinstance(stated, dict) or len(parsed) > 1:
        job.fault(label, "list", shown(parsed), f"expected nothing but an object of {', '.join(_LIST_KEYS)}")
        return
    for key, value in stated.items():
        text = as_text(value)
        if key not in _LIST_KEYS:
            job.notice(label, f"list.{key}", shown(value), "a list has no such key; it is not used")
        elif not text:
            job.fault(label, f"list.{key}", shown(value), "expected a text")
        elif key == "title":
            job.edition = attrs.evolve(job.edition, title=text)
        elif key == "publisher":
            job.edition = attrs.evolve(job.edition, publisher=text)
        elif (day := parse_date(text)) is None or not day.is_exact:
            job.fault(label, f"list.{key}", text, "expected a day such as 2024-05-31")
        else:
            job.published(day.earliest.isoformat())


FORMAT = Format(
    id="house",
    title=f"a house list: CSV, TSV or JSON lines with {_EXPECTED}",
    read=read,
    recognizes=_recognizes,
)
