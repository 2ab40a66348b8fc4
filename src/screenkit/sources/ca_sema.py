"""Consolidated Canadian Autonomous Sanctions List (XML) in, designations out.

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
    PartialDate,
    Unparsed,
)

from . import xml
from .aliases import names_in_list
from .dates import parse_date
from .files import ListFile
from .format import Format, xml_root
from .job import Job
from .xml import text

_LISTED = re.compile(rb"<DateOfListing>\s*(\d{4}-\d\d-\d\d)")
_ALTERNATIVES = re.compile(r"\s+or\s+", re.IGNORECASE)
#: Schedules that don't freeze. Those of the Russia Regulations on new debt and equity are 2 and 3; 1.1 lists
#: ships, which may not dock in Canada or pass through it, and for which no services may be provided.
_SCHEDULE_MEASURES = {
    ("Russia / Russie", "1.1"): (Measure.TRAVEL, Measure.SECTORAL),
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
    for ordinal, record in enumerate(xml.records(job.file, "record", job=job), start=1):
        designation = _designation(job, record, ordinal)
        if designation is not None:
            yield designation


def _designation(job: Job, record: Element, ordinal: int) -> Designation | None:
    stated = {child.tag: value for child in record if (value := text(child))}
    country, schedule, item = (stated.get(field, "") for field in ("Country", "Schedule", "Item"))
    missing = "Country" if not country else "Item" if not item else ""
    if missing:
        job.fault(str(ordinal), missing, "", "a record has to have one; it is part of its id")
        return None
    # Regulations with one schedule only have it left out. Of the file's 4,759 triples of 2025 none occurs twice.
    id = "; ".join(filter(None, (country, schedule, item)))
    name, kind = _name(stated), _kind(stated)
    if name is None:
        job.fault(id, "LastName, EntityOrShip", "", "a record has to have one of them; it is its name")
        return None
    program = job.program(country, detail=schedule)
    unparsed: list[Unparsed] = []
    return Designation(
        id=id,
        kind=kind,
        names=_names(name, stated.get("Aliases", ""), kind),
        programs=[program],
        measures=_SCHEDULE_MEASURES.get((country, schedule), program.measures),
        birth_dates=_birth_dates(job, id, stated, unparsed) if kind is Kind.PERSON else (),
        titles=[stated["TitleOrShip"]] if kind is Kind.PERSON and "TitleOrShip" in stated else (),
        identifiers=_identifiers(stated),
        listed_on=_listed_on(job, id, stated, unparsed),
        facts=[(field, value) for field, value in stated.items() if _is_fact(field, kind)],
        unparsed=unparsed,
        edition=job.edition,
    )


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


def _birth_dates(job: Job, id: str, stated: Mapping[str, str], unparsed: list[Unparsed]) -> Iterator[PartialDate]:
    whole = stated.get(_DATE, "")
    dates = [parse_date(one) for one in _ALTERNATIVES.split(whole)]
    for date in dates:
        if date is not None:
            yield date
    if whole and None in dates:
        unparsed.append(Unparsed(field=_DATE, text=whole))
        job.notice(id, _DATE, whole, "no date that can be read")


def _identifiers(stated: Mapping[str, str]) -> Iterator[Identifier]:
    if "ShipIMONumber" in stated:
        yield Identifier(type=IdentifierType.IMO, value=stated["ShipIMONumber"], label="ShipIMONumber")


def _listed_on(job: Job, id: str, stated: Mapping[str, str], unparsed: list[Unparsed]) -> str | None:
    listed = stated.get("DateOfListing", "")
    date = parse_date(listed)
    if date is not None and date.is_exact:
        return date.earliest.isoformat()
    if listed:
        unparsed.append(Unparsed(field="DateOfListing", text=listed))
        job.notice(id, "DateOfListing", listed, "expected a date such as 2025-02-21")
    return None


def _is_fact(field: str, kind: Kind) -> bool:
    # Of a ship the two shared fields are its type and the date it was built.
    if field in ("TitleOrShip", _DATE):
        return kind is not Kind.PERSON
    return field not in _READ and not (kind is Kind.PERSON and field in ("LastName", "GivenName"))


def _recognizes(file: ListFile) -> bool:
    # Nothing but the field names tells the file from another sequence of records.
    return xml_root(file)[0] == "data-set" and b"<DateOfListing>" in file.head and b"<Country>" in file.head


FORMAT = Format(id="ca_sema", title="Canadian autonomous sanctions, XML", read=read, recognizes=_recognizes)
