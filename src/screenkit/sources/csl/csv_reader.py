"""The reader of the Consolidated Screening List as CSV.

The format is consolidated.csv of https://www.trade.gov/consolidated-screening-list: one header line, one row
a record, several values of a field joined by "; " (alternative names also by ";" alone). A semicolon that
belongs to a value can't be told from one that joins two; the JSON file doesn't have that trouble.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from screenkit.model import Address, Designation
from screenkit.model.countries import country_at_end, country_code
from screenkit.sources.files import ListFile
from screenkit.sources.format import Format, first_row
from screenkit.sources.formats.header_csv import rows
from screenkit.sources.job import Job

from .fields import READ, CslRecord, NumberedId, Numbering, designation, is_complete, is_wanted, note_new_fields

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
    for number, (place, row) in enumerate(rows(job, _REQUIRED)):
        if number == 0:
            note_new_fields(job, row)
        record = _record(place, row)
        if not is_wanted(job, record.source):
            continue
        if is_complete(job, record) and (found := designation(job, record, numbering)):
            yield found


def _recognizes(file: ListFile) -> bool:
    # Without `_id` the reader says what is missing, instead of calling the file another list.
    return {"source", "entity_number", "alt_names"} <= set(first_row(file))


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
        addresses=tuple(map(_address, _joined_addresses(row))),
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


def _joined_addresses(row: dict[str, str]) -> list[str]:
    """The addresses, and the country that State's lists have instead."""
    stated = re.split("; +", row["addresses"]) if row["addresses"] else []
    return [*stated, *filter(None, [row.get("country", "")])]


def _address(text: str) -> Address:
    # The country stands last, as a code of two capitals; some addresses have none.
    last = text.rpartition(", ")[2]
    return Address(text=text, country=country_code(last) if _COUNTRY.match(last) else country_at_end(text))


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
