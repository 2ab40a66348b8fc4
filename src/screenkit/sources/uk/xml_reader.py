"""The reader of the UK Sanctions List as XML.

Official specification: the list's page at gov.uk/government/publications/the-uk-sanctions-list, which offers
UK-Sanctions-List.xml: a root <Designations> with <DateGenerated> and one <Designation> for each target.
Values of one sort stand in an element of their own (Names/Name, Addresses/Address, IndividualDetails/
Individual/DOBs/DOB); how these are nested doesn't matter here, only which tags stand side by side. Of the
SanctionsImposedIndicators those that are false are not kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from screenkit.model import Designation
from screenkit.sources.builder import report_missing_id
from screenkit.sources.dates import parse_date
from screenkit.sources.files import ListFile
from screenkit.sources.format import Format, xml_root
from screenkit.sources.formats import xml
from screenkit.sources.job import Job

from .designation import designation
from .fields import Entry

_INDICATORS = "SanctionsImposedIndicators"


def read(job: Job) -> Iterator[Designation]:
    """Stream the file's designations in file order."""
    ordinal = 0
    for element in xml.records(job.file, "DateGenerated", "Designation", job=job):
        if element.tag == "DateGenerated":
            _publication(job, xml.text(element))
            continue
        ordinal += 1
        id = xml.text(element, "UniqueID")
        if not id:
            name = " ".join(xml.texts(element, "Names/Name/*")[:3])
            report_missing_id(job, f"record no. {ordinal}", "UniqueID", hint=f"name {name!r}")
            continue
        entry = Entry(id)
        _collect(entry, element)
        found = designation(job, entry)
        if found is not None:
            yield found


def _publication(job: Job, stated: str) -> None:
    date = parse_date(stated)
    if date is None or not date.is_exact:
        job.notice("-", "DateGenerated", stated, "expected a date such as 21/11/2026")
    else:
        job.published(date.earliest.isoformat())


def _collect(entry: Entry, element: Element) -> None:
    """Hand the texts that stand side by side over together; a tag that comes again begins anew."""
    beside: dict[str, str] = {}
    for child in element:
        text = xml.text(child)
        if child.tag == _INDICATORS:
            entry.take((_INDICATORS, part.tag) for part in child if xml.text(part).lower() == "true")
        elif len(child):
            _collect(entry, child)
        elif text:
            if child.tag in beside:
                entry.take(beside.items())
                beside = {}
            beside[child.tag] = text
    entry.take(beside.items())


def _recognizes(file: ListFile) -> bool:
    name, _ = xml_root(file)
    return name == "Designations" and b"Designation>" in file.head


FORMAT = Format(id="uk_xml", title="UK Sanctions List, XML", read=read, recognizes=_recognizes)
