"""The reader of FinCEN's special measures, a table on a page of its website.

The page (fincen.gov, statutes and regulations, 311 and 9714 special measures) has one row for each institution or
jurisdiction of primary money laundering concern: its name, and the days of the finding, of the proposed rule, of the
final rule and of its rescission, each "MM/DD/YYYY" or "---". A measure is in force from the final rule until it is
rescinded. Aliases, addresses and numbers stand only in the rules' own texts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from screenkit.errors import ListFormatError
from screenkit.model import Designation, Kind, ListedName
from screenkit.model.countries import country_code
from screenkit.sources.builder import DesignationBuilder
from screenkit.sources.files import ListFile, is_page
from screenkit.sources.format import Format
from screenkit.sources.formats.html_tables import tables
from screenkit.sources.job import Job

_FINDING, _PROPOSED, _FINAL, _RESCINDED = _HEADINGS = (
    "finding",
    "notice of proposed rulemaking",
    "final rule",
    "rescinded",
)
_IN_FORCE, _NOT_IN_FORCE = "SECTION-311", "SECTION-311-PROPOSED"
_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
#: Marks of footnotes: "Burma****".
_FOOTNOTE = re.compile(r"\s*\*+\s*\Z")


def read(job: Job) -> Iterator[Designation]:
    """Stream the institutions whose measure isn't rescinded."""
    for number, stated in _rows(job):
        name = _FOOTNOTE.sub("", stated[""])
        rescinded = _days(stated[_RESCINDED])
        if not name:
            job.fault(f"row {number}", "name", "", "the row has no name")
        elif rescinded:
            job.notice(name, _RESCINDED, stated[_RESCINDED], f"rescinded on {max(rescinded)}; no longer a designation")
        elif country_code(name):
            job.notice(name, "name", stated[""], "a jurisdiction, whose measure is about all its banks; no designation")
        elif found := _designation(job, name, stated):
            yield found


def _designation(job: Job, name: str, stated: dict[str, str]) -> Designation | None:
    record = DesignationBuilder(job=job, id=name, kind=Kind.ORGANIZATION)
    record.names.append(ListedName(name))
    final = _days(stated[_FINAL])
    record.programs.append(job.program(_IN_FORCE if final else _NOT_IN_FORCE))
    listed = final or _days(stated[_FINDING]) or _days(stated[_PROPOSED])
    if listed:
        record.state_listed_on("day", min(listed).isoformat())
    else:
        record.notice(_FINDING, stated[_FINDING], "expected a day such as 07/07/2017")
    for heading, text in stated.items():
        if heading and text.strip("- "):
            record.state(heading, text)
    return record.designation("name")


def _rows(job: Job) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of the table, each with its number and its texts by heading; the name's heading is empty."""
    for table in tables(job.file):
        headings = [cell.casefold() for cell in table.rows[0]] if table.rows else []
        if not set(headings) >= set(_HEADINGS):
            continue
        for number, row in enumerate(table.rows[1:], start=2):
            if len(row) == len(headings):
                yield number, {"": row[0], **dict(zip(headings[1:], row[1:], strict=True))}
            elif len(row) > 1:
                problem = f"expected {len(headings)} cells, found {len(row)}"
                job.fault(f"row {number}", "-", " | ".join(row), problem)
        return
    raise ListFormatError(
        f"{job.file.name}: expected a table with the columns {', '.join(_HEADINGS)}; found none. Fetch the page again."
    )


def _days(text: str) -> Sequence[dt.date]:
    found = []
    for month, day, year in _DAY.findall(text):
        try:
            found.append(dt.date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return found


def _recognizes(file: ListFile) -> bool:
    return is_page(file)


FORMAT = Format(id="fincen", title="FinCEN special measures, web page", read=read, recognizes=_recognizes)
