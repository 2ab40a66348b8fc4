"""The rows of OFAC's several comma-separated files, by column name.

The files have no header; their columns are those of OFAC's "SDN data specification" (dat_spec.txt). A missing
value is `-0- `; every file but the comments ends in a line that holds only Ctrl-Z (0x1A).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping

from screenkit.sources.files import ListFile
from screenkit.sources.job import Job

Row = Mapping[str, str]
Layout = tuple[str, ...]

#: The names of the files' columns; how many there are tells one file from another.
MAIN: Layout = ("ent_num", "SDN_Name", "SDN_Type", "Program", "Title", "Call_Sign", "Vess_type", "Tonnage",
                "GRT", "Vess_flag", "Vess_owner", "Remarks")  # fmt: skip
ALIASES: Layout = ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks")
ADDRESSES: Layout = (
    "ent_num",
    "Add_num",
    "Address",
    "City/State/Province/Postal Code",
    "Country",
    "Add_remarks",
)
COMMENTS: Layout = ("ent_num", "Remarks")

_LAYOUTS = {len(layout): layout for layout in (MAIN, ALIASES, ADDRESSES, COMMENTS)}
_FILE_NAMES = {
    MAIN: "sdn.csv (cons_prim.csv)",
    ALIASES: "alt.csv (cons_alt.csv)",
    ADDRESSES: "add.csv (cons_add.csv)",
    COMMENTS: "sdn_comments.csv (cons_comments.csv)",
}
#: Without these there is no list, for what they hold would be lost.
_LOST = {MAIN: "the records", ALIASES: "all aliases", ADDRESSES: "all addresses"}

_NULL = "-0-"
_CTRL_Z = "\x1a"
#: How many lines of a file's beginning are looked at to tell which file it is.
_LINES_LOOKED_AT = 9
#: A row of comments with its quotes as they come.
_COMMENT = re.compile(r'\s*(\d+)\s*,\s*"(.*)"\s*\Z', re.DOTALL)
#: What in a remark names a target, or may: an alias, a label with a number behind it.
_IDENTIFYING = re.compile(
    r"[afn]\.k\.a\.|d\.b\.a\.|\d{5}|Digital Currency|No\.|Number|Passport|SWIFT|Website|Email|@", re.IGNORECASE
)
#: A record whose name ends in a period.
_DOTTED_NAME = re.compile(rb'\d+,"([^"]+\.)"')


def layout_of(file: ListFile) -> Layout | None:
    """The columns of the first line that begins with a number and is one of the files'; else None."""
    rows = map(_split, file.head.decode("utf-8", "replace").splitlines()[:_LINES_LOOKED_AT])
    widths = (len(fields) for fields in rows if fields and _is_id(fields[0]))
    return next((_LAYOUTS[width] for width in widths if width in _LAYOUTS), None)


def files_by_layout(job: Job) -> Mapping[Layout, ListFile] | None:
    """Tell by the columns which file is which; None, and faults, where the list isn't whole."""
    files: dict[Layout, ListFile] = {}
    for file in job.files:
        layout = layout_of(file)
        if layout is None:
            job.fault("-", "-", "", "its columns are not those of an OFAC legacy file", file=file)
        elif layout in files:
            problem = (
                f"a second {_FILE_NAMES[layout]}, besides {files[layout].name}: give the files of one edition only"
            )
            job.fault("-", "-", "", problem, file=file)
        else:
            files[layout] = file
    for layout, what in _LOST.items():
        if layout not in files:
            problem = f"{_FILE_NAMES[layout]} is missing, and with it {what}: give the folder, or all of its files"
            job.fault("-", "-", "", problem)
    return None if job.faults else files


def read_rows(job: Job, file: ListFile, layout: Layout, *, ids: set[str]) -> Iterator[Row]:
    """Stream a file's rows: nulls as empty text, values without outer white space, remarks as they are.

    Adds every id that can be read to `ids`, those of broken rows too, so that what belongs to them isn't
    reported again.
    """
    for number, line in _lines(job, file, layout):
        fields = _split(line)
        if fields is None and layout is COMMENTS:
            fields = _comment(job, file, number, line)
        entry = fields[0].strip() if fields else ""
        is_repeated = layout is MAIN and entry in ids
        if _is_id(entry):
            ids.add(entry)
        if problem := _problem(fields, layout):
            report = job.loss if _loses_little(line, layout) else job.fault
            report(f"line {number:,}", "-", line, problem, file=file)
        elif is_repeated:
            problem = f"a second record has this ID, in line {number:,}"
            job.fault(entry, "ent_num", entry, problem, file=file)
        elif fields:
            yield dict(zip(layout, map(_value, layout, fields), strict=True))


def rows_by_entry(job: Job, file: ListFile, layout: Layout) -> Mapping[str, list[Row]]:
    """Hold all rows of one of the smaller files: ent_num -> its rows in published order."""
    rows: dict[str, list[Row]] = {}
    for row in read_rows(job, file, layout, ids=set()):
        rows.setdefault(row["ent_num"], []).append(row)
    return rows


def dotted_names(file: ListFile) -> frozenset[str]:
    """The names in the main file that end in a period of their own, such as "ACME CO., LTD."."""
    with file.open() as lines:
        matches = map(_DOTTED_NAME.match, lines)
        return frozenset(match[1].decode("utf-8", "replace") for match in matches if match)


def _lines(job: Job, file: ListFile, layout: Layout) -> Iterator[tuple[int, str]]:
    """Stream number and text of the lines that hold something; report how the file ends."""
    line, number, is_ended = "", 0, False
    with file.open_text() as lines:
        try:
            for number, line in enumerate(lines, start=1):
                is_ended = is_ended or line.rstrip().endswith(_CTRL_Z)
                if stated := line.strip(_CTRL_Z + "\r\n"):
                    yield number, stated
        except UnicodeDecodeError:
            job.fault(f"line {number + 1:,} or after", "-", "", "has bytes that are not UTF-8", file=file)
            return
    if not is_ended and layout is not COMMENTS:
        _report_unended(job, file, number, line)


def _split(line: str) -> list[str] | None:
    """One line's fields; None where its quotes are broken. No value of these files has a line break in it."""
    try:
        return next(csv.reader((line,), strict=True), None)
    except csv.Error:
        return None


def _comment(job: Job, file: ListFile, number: int, line: str) -> list[str] | None:
    """The two fields of a row of comments whose inner quotes aren't doubled, as in OFAC's file of March 2020."""
    stated = _COMMENT.match(line)
    if stated is None:
        return None
    problem = "its inner quotes are not doubled; read to the last quote of the line"
    job.notice(stated[1], "Remarks", stated[2], problem, file=file)
    return [stated[1], stated[2].replace('""', '"')]


def _loses_little(line: str, layout: Layout) -> bool:
    """Whether a row that can't be read has no name, alias or identifier: an address, or a plain remark."""
    if layout is ADDRESSES:
        return True
    return layout is COMMENTS and not _IDENTIFYING.search(line)


def _is_id(text: str) -> bool:
    return text.isascii() and text.strip().isdigit()


def _value(column: str, field: str) -> str:
    stripped = field.strip()
    if stripped == _NULL:
        return ""
    # A space may be the last character before the cut, or the first one after it.
    return field if column == "Remarks" else stripped


def _problem(fields: list[str] | None, layout: Layout) -> str | None:
    if fields is None:
        return "a quoted value doesn't end, or text follows its end"
    if len(fields) != len(layout):
        return f"expected {len(layout)} fields ({', '.join(layout)}), found {len(fields)}"
    return None if _is_id(fields[0]) else "a record begins with its number, ent_num"


def _report_unended(job: Job, file: ListFile, number: int, line: str) -> None:
    """A file that was saved again has lost its Ctrl-Z only; one that was cut has lost records."""
    record, value = f"line {number:,}", line.rstrip("\r\n")
    if line.endswith(("\r", "\n")):
        job.notice(record, "-", value, "no Ctrl-Z follows the last line: records may be missing", file=file)
    else:
        job.fault(record, "-", value, "the file is cut off here: no line end and no Ctrl-Z follows", file=file)
