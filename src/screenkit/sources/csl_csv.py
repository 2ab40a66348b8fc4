"""The Consolidated Screening List as CSV in, designations out.

The format is consolidated.csv of https://www.trade.gov/consolidated-screening-list: one header line, one row
a record, several values of a field joined by "; " (alternative names also by ";" alone). A semicolon that
belongs to a value can't be told from one that joins two; the JSON file doesn't have that trouble.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from screenkit.model import Address, Designation

from .countries import country_code
from .csl_fields import READ, CslRecord, NumberedId, Numbering, designation, is_complete
from .files import ListFile
from .format import Format, first_row
from .header_csv import rows
from .job import Job

_REQUIRED = ("_id", "source", "name", "alt_names", "programs", "addresses", "ids")
#: Columns that are read; the others become facts.
_READ = (READ - {"id"}) | {"_id"}
_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")
#: Fewest parts of an id with a country or dates in front: "CA, BC166787, Passport".
_QUALIFIED = 2


def read(job: Job) -> Iterator[Designation]:
    """Read consolidated.csv."""
    numbering = Numbering((row["_id"], row["source"]) for _, row in rows(job, _REQUIRED, faults=False))
    for place, row in rows(job, _REQUIRED):
        record = _record(place, row)
        if is_complete(job, record):
            yield designation(job, record, numbering)


def _recognizes(file: ListFile) -> bool:
    return {"_id", "source", "entity_number", "alt_names"} <= set(first_row(file))


def _record(place: str, row: dict[str, str]) -> CslRecord:
    return CslRecord(
        place=place,
        id=row["_id"],
        source=row["source"],
        type=row.get("type", ""),
        name=row["name"],
        alt_names=_split(row["alt_names"]),
        programs=_split(row["programs"]),
        title=_split(row.get("title", "")),
        addresses=tuple(map(_address, re.split("; +", row["addresses"]) if row["addresses"] else ())),
        citizenships=_split(row.get("citizenships", "")),
        nationalities=_split(row.get("nationalities", "")),
        dates_of_birth=_split(row.get("dates_of_birth", "")),
        places_of_birth=_split(row.get("places_of_birth", "")),
        ids=tuple(map(_id, _split(row["ids"]))),
        start_date=row.get("start_date", ""),
        call_sign=row.get("call_sign", ""),
        vessel_owner=row.get("vessel_owner", ""),
        remarks=row.get("remarks", ""),
        facts=tuple((column, text) for column, text in row.items() if _is_fact(column, text, row)),
    )


def _is_fact(column: str, text: str, row: dict[str, str]) -> bool:
    return bool(text) and column not in _READ and not (column == "entity_number" and text == row["_id"])


def _split(joined: str) -> tuple[str, ...]:
    return tuple(stripped for text in joined.split(";") if (stripped := text.strip()))


def _address(text: str) -> Address:
    # The country stands last, as a code of two capitals; some addresses have none.
    last = text.rpartition(", ")[2]
    return Address(text=text, country=country_code(last) if _COUNTRY.match(last) else None)


def _id(text: str) -> NumberedId:
    """Divide "JO, 2014-08-30, 2009-08-31, K475336, Passport": country, expiry, issue, number, type, or fewer."""
    rest, _, type = text.rpartition(", ")
    if not rest:
        return NumberedId(type=text, number="")
    parts = rest.split(", ")
    country, dates = "", []
    if len(parts) >= _QUALIFIED and _COUNTRY.match(parts[0]):
        country = parts.pop(0)
    while len(parts) >= _QUALIFIED and _DATE.match(parts[0]):
        dates.append(parts.pop(0))
    # One date may be of either sort.
    note = f"expires {dates[0]}, issued {dates[1]}" if len(dates) == 2 else ", ".join(dates)
    return NumberedId(type=type, number=", ".join(parts), country=country, note=note)


FORMAT = Format(id="csl_csv", title="trade.gov Consolidated Screening List CSV", read=read, recognizes=_recognizes)
