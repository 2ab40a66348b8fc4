"""The reader of the Consolidated Canadian Autonomous Sanctions List, XML.

Official specification: none is published; Global Affairs Canada offers the file (sema-lmes.xml) as a flat
sequence of records beside the web page of the list. It consolidates the schedules of the regulations under the
Special Economic Measures Act and the Justice for Victims of Corrupt Foreign Officials Act, and has neither ids
nor programs: a schedule's country and item are both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from screenkit.model import (
    Designation,
    Identifier,
    IdentifierType,
    Kind,
    ListedName,
    Measure,
    NamePart,
    NameType,
)
from screenkit.sources.aliases.splitting import names_in_list
from screenkit.sources.builder import NO_DATE, DesignationBuilder, report_missing_id
from screenkit.sources.dates import parse_date
from screenkit.sources.files import ListFile
from screenkit.sources.format import Format, xml_root
from screenkit.sources.formats import xml
from screenkit.sources.formats.xml import text
from screenkit.sources.job import Job

_LISTED = re.compile(rb"<DateOfListing>\s*(\d{4}-\d\d-\d\d)")
_ALTERNATIVES = re.compile(r"\s+or\s+", re.IGNORECASE)
#: Schedules that don't freeze. Those of the Russia Regulations on new debt and equity are 2 and 3; 1.1 lists
#: ships, which may not dock in Canada or pass through it, and for which no services may be provided: certain
#: dealings only, and no travel ban.
_SCHEDULE_MEASURES = {
    ("Russia / Russie", "1.1"): (Measure.SECTORAL,),
    ("Russia / Russie", "2"): (Measure.SECTORAL,),
    ("Russia / Russie", "3"): (Measure.SECTORAL,),
}
_DATE = "DateOfBirthOrShipBuildDate"
#: Fields whose text stands in the designation; any other is kept as a fact.
_READ = frozenset({"Country", "EntityOrShip", "Aliases", "Schedule", "Item", "DateOfListing", "ShipIMONumber"})


def read(job: Job) -> Iterator[Designation]:
    """Stream the file's designations in file order."""
    # The file has no date of its own; that of the newest listing is the earliest it can be of.
    with job.file.open() as stream:
        listed = [found for line in stream for found in _LISTED.findall(line)]
    job.published(max(listed).decode("ascii") if listed else None)
    for ordinal, element in enumerate(xml.records(job.file, "record", job=job), start=1):
        designation = _designation(job, element, ordinal)
        if designation is not None:
            yield designation


def _designation(job: Job, element: Element, ordinal: int) -> Designation | None:
    stated = {child.tag: value for child in element if (value := text(child))}
    country, schedule, item = (stated.get(field, "") for field in ("Country", "Schedule", "Item"))
    missing = "Country" if not country else "Item" if not item else ""
    if missing:
        report_missing_id(job, f"record no. {ordinal}", missing, hint="Country and Item are parts of it")
        return None
    # Regulations with one schedule only have it left out. Of the file's 4,759 triples of 2025 none occurs twice.
    record = DesignationBuilder(job=job, id="; ".join(filter(None, (country, schedule, item))), kind=_kind(stated))
    name = _name(stated)
    if name is not None:
        record.names.extend(_names(name, stated.get("Aliases", ""), record.kind))
    record.programs.append(job.program(country, detail=schedule))
    record.measures.extend(_SCHEDULE_MEASURES.get((country, schedule), ()))
    if record.kind is Kind.PERSON:
        _add_birth_dates(record, stated.get(_DATE, ""))
        record.titles.extend(filter(None, [stated.get("TitleOrShip")]))
    if "ShipIMONumber" in stated:
        number = stated["ShipIMONumber"]
        record.identifiers.append(Identifier(type=IdentifierType.IMO, value=number, label="ShipIMONumber"))
    record.state_listed_on("DateOfListing", stated.get("DateOfListing", ""))
    record.facts.extend((field, value) for field, value in stated.items() if _is_fact(field, record.kind))
    return record.designation("LastName, EntityOrShip")


def _kind(stated: Mapping[str, str]) -> Kind:
    # One field holds entities and ships; only ships have an IMO number.
    if "EntityOrShip" not in stated:
        return Kind.PERSON
    return Kind.VESSEL if "ShipIMONumber" in stated else Kind.ORGANIZATION


def _name(stated: Mapping[str, str]) -> ListedName | None:
    if "EntityOrShip" in stated:
        return ListedName(stated["EntityOrShip"])
    fields = (("surname", "LastName"), ("given", "GivenName"))
    parts = [NamePart(role=role, text=stated[field]) for role, field in fields if field in stated]
    # The comma tells the surname, as where lists print such names whole.
    return ListedName(", ".join(part.text for part in parts), parts=parts) if parts else None


def _names(name: ListedName, aliases: str, kind: Kind) -> Iterator[ListedName]:
    yield name
    if aliases:
        listed = ListedName(aliases, type=NameType.AKA)
        yield listed
        yield from names_in_list(listed, kind)
    if kind is Kind.ORGANIZATION:
        # "Iranian Navy/Force navale iranienne": the regulations' English and French names.
        yield from names_in_list(name, kind, commas=False)


def _add_birth_dates(record: DesignationBuilder, stated: str) -> None:
    dates = [parse_date(one) for one in _ALTERNATIVES.split(stated)]
    record.birth_dates.extend(date for date in dates if date is not None)
    if stated and None in dates:
        record.keep(_DATE, stated, NO_DATE)


def _is_fact(field: str, kind: Kind) -> bool:
    # Of a ship the two shared fields are its type and the date it was built.
    if field in ("TitleOrShip", _DATE):
        return kind is not Kind.PERSON
    return field not in _READ and not (kind is Kind.PERSON and field in ("LastName", "GivenName"))


def _recognizes(file: ListFile) -> bool:
    # Nothing but the field names tells the file from another sequence of records.
    return xml_root(file)[0] == "data-set" and b"<DateOfListing>" in file.head and b"<Country>" in file.head


FORMAT = Format(id="ca_sema", title="Canadian autonomous sanctions, XML", read=read, recognizes=_recognizes)
