"""The reader of the EU financial sanctions file (FSF), XML 1.1.

Official specification: the schema of the export, namespace http://eu.europa.ec/fpi/fsd/export, published
with the file by the European Commission's Financial Sanctions Database (webgate.ec.europa.eu/fsd/fsf). All
data stands in attributes. Not kept are the logicalIds of parts of an entry, the regulationLanguage ("en"
throughout) and which of the regulations it names a single name, birth or address was taken from.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from screenkit.model import Designation, Measure
from screenkit.sources.builder import DesignationBuilder, report_missing_id
from screenkit.sources.dates import parse_date
from screenkit.sources.files import ListFile
from screenkit.sources.format import Format, xml_root
from screenkit.sources.formats import xml
from screenkit.sources.job import Job

from .names import mark_primary
from .parts import READERS, attribute, keep_unknown

_NAMESPACE = "http://eu.europa.ec/fpi/fsd/export"
#: What stands inside an entry's elements and is read with them.
_KNOWN_PARTS = frozenset({"remark", "contactInfo", "publicationUrl"})


def read(job: Job) -> Iterator[Designation]:
    """Stream the file's designations, one for each sanctionEntity, in file order."""
    _publication(job)
    seen: set[str] = set()
    for ordinal, element in enumerate(xml.records(job.file, "sanctionEntity", job=job), start=1):
        designation = _designation(job, element, f"record no. {ordinal}", seen)
        if designation is not None:
            yield designation


def _publication(job: Job) -> None:
    generated = xml.root(job.file).get("generationDate", "")
    date = parse_date(generated)
    if date is None or not date.is_exact:
        job.notice("-", "generationDate", generated, "expected a date such as 2021-03-02T16:28:05.354+01:00")
    else:
        job.published(date.earliest.isoformat())


def _designation(job: Job, element: Element, ordinal: str, seen: set[str]) -> Designation | None:
    reference = attribute(element, "euReferenceNumber")
    logical_id = attribute(element, "logicalId")
    if not reference:
        hint = f"logicalId {logical_id}" if logical_id else ""
        report_missing_id(job, ordinal, "euReferenceNumber", hint=hint)
        return None
    record = DesignationBuilder(job=job, id=reference)
    for name in ("logicalId", "unitedNationId", "designationDetails"):
        record.state(name, attribute(element, name))
    for child in element:
        READERS.get(child.tag, keep_unknown)(record, child)
        for part in child:
            if part.tag == "regulationSummary":
                record.state(part.tag, ", ".join(filter(None, map(str.strip, part.attrib.values()))))
            elif part.tag not in _KNOWN_PARTS:
                keep_unknown(record, part)
    if element.find("subjectType") is None:
        record.notice("subjectType", "", "expected person or enterprise; the kind is unknown")
    if not record.programs:
        record.notice("regulation", "", "expected a regulation that names its program")
    # The file is about financial sanctions and tells other measures, where it does, in the entry's details.
    record.measures += [measure for program in record.programs for measure in program.measures]
    if "travel ban" in attribute(element, "designationDetails").lower():
        record.measures.append(Measure.TRAVEL)
    record.state_listed_on("designationDate", attribute(element, "designationDate"))
    mark_primary(record.names)
    _complete_id(record, seen)
    return record.designation("nameAlias")


def _complete_id(record: DesignationBuilder, seen: set[str]) -> None:
    # A party listed under two programs (in 2021: 20 of AFG and TAQA, one of TAQA and UNLI) has an entry for
    # each, with names and birth dates of its own, and both have the same reference number and logicalId. To
    # merge them would lose which regulation states what: the later one's id is completed by its program.
    reference = record.id
    if reference in seen and record.names:
        record.id = f"{reference}/{'+'.join(program.code for program in record.programs)}"
        record.state("euReferenceNumber", reference)
        problem = "a second record has this number; its program is added to tell them apart"
        record.notice("euReferenceNumber", reference, problem)
    elif record.names:
        seen.add(reference)


def _recognizes(file: ListFile) -> bool:
    name, attributes = xml_root(file)
    return name == "export" and _NAMESPACE in attributes


FORMAT = Format(
    id="eu_fsf",
    title="EU financial sanctions file, XML 1.1",
    read=read,
    recognizes=_recognizes,
)
