"""EU financial sanctions file (FSF, XML 1.1) in, designations out.

Official specification: the schema of the export, namespace http://eu.europa.ec/fpi/fsd/export, published
with the file by the European Commission's Financial Sanctions Database (webgate.ec.europa.eu/fsd/fsf). All
data stands in attributes. Not kept are the logicalIds of parts of an entry, the regulationLanguage ("en"
throughout) and which of the regulations it names a single name, birth or address was taken from.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import attrs

from screenkit.model import Designation, ListedName, Measure, NameType

from . import xml
from .dates import parse_date
from .eu_fsf_parts import READERS, Entry, attribute, keep_unknown
from .files import ListFile
from .format import Format, xml_root
from .job import Job

_NAMESPACE = "http://eu.europa.ec/fpi/fsd/export"
_GENDERS = {"M": "male", "F": "female"}
#: What stands inside an entry's elements and is read with them.
_KNOWN_PARTS = frozenset({"remark", "contactInfo", "publicationUrl"})


def read(job: Job) -> Iterator[Designation]:
    """Stream the file's designations, one for each sanctionEntity, in file order."""
    _publication(job)
    seen: set[str] = set()
    for ordinal, element in enumerate(xml.records(job.file, "sanctionEntity", job=job), start=1):
        designation = _designation(job, element, f"record {ordinal}", seen)
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
        where = f"{ordinal} (logicalId {logical_id})" if logical_id else ordinal
        job.fault(where, "euReferenceNumber", reference, "an entry has to have one; it is its id")
        return None
    entry = Entry(job, reference)
    for name in ("logicalId", "unitedNationId", "designationDetails"):
        entry.state(name, attribute(element, name))
    for child in element:
        READERS.get(child.tag, keep_unknown)(entry, child)
        for part in child:
            if part.tag == "regulationSummary":
                entry.state(part.tag, ", ".join(filter(None, map(str.strip, part.attrib.values()))))
            elif part.tag not in _KNOWN_PARTS:
                keep_unknown(entry, part)
    if not entry.names:
        job.fault(reference, "nameAlias", "", "an entry has to have at least one name")
        return None
    if element.find("subjectType") is None:
        job.notice(reference, "subjectType", "", "expected person or enterprise; the kind is unknown")
    if not entry.programs:
        job.notice(reference, "regulation", "", "expected a regulation that names its programme")
    return _finished(entry, element, _distinct_id(entry, reference, seen))


def _distinct_id(entry: Entry, reference: str, seen: set[str]) -> str:
    # A party listed under two programmes (in 2021: 20 of AFG and TAQA, one of TAQA and UNLI) has an entry for
    # each, with names and birth dates of its own, and both have the same reference number and logicalId. To
    # merge them would lose which regulation states what: the later one's id is completed by its programme.
    if reference not in seen:
        seen.add(reference)
        return reference
    distinct = f"{reference}/{'+'.join(entry.programs)}"
    entry.state("euReferenceNumber", reference)
    problem = "a second entry has this number; its programme is added to tell them apart"
    entry.job.notice(distinct, "euReferenceNumber", reference, problem)
    return distinct


def _finished(entry: Entry, element: Element, id: str) -> Designation:
    programs = entry.job.programs(entry.programs)
    measures = [measure for program in programs for measure in program.measures]
    # The file is about financial sanctions and tells other measures, where it does, in the entry's details.
    if "travel ban" in attribute(element, "designationDetails").lower():
        measures.append(Measure.TRAVEL)
    return Designation(
        id=id,
        kind=entry.kind,
        names=[*_primary_first(entry.names), *entry.noted],
        programs=programs,
        measures=dict.fromkeys(measures),
        birth_dates=tuple(dict.fromkeys(entry.birth_dates)),
        birth_places=tuple(dict.fromkeys(entry.birth_places)),
        citizenships=tuple(dict.fromkeys(entry.citizenships)),
        gender=_gender(entry),
        identifiers=tuple(dict.fromkeys(entry.identifiers)),
        addresses=tuple(dict.fromkeys(entry.addresses)),
        titles=tuple(dict.fromkeys(entry.titles)),
        listed_on=_listed_on(entry, attribute(element, "designationDate")),
        remarks="\n".join(entry.remarks),
        facts=tuple(dict.fromkeys(entry.facts)),
        unparsed=entry.unparsed,
        edition=entry.job.edition,
    )


def _primary_first(names: list[ListedName]) -> list[ListedName]:
    """The file marks no primary name: it is the first strong one that isn't a former name."""
    strong = (n for n, name in enumerate(names) if not name.is_weak and name.type is not NameType.FKA)
    first = next(strong, 0)
    primary = attrs.evolve(names[first], type=NameType.PRIMARY)
    return [primary, *names[:first], *names[first + 1 :]]


def _gender(entry: Entry) -> str | None:
    stated = list(dict.fromkeys(entry.genders))
    if not stated:
        return None
    if len(stated) == 1 and stated[0] in _GENDERS:
        return _GENDERS[stated[0]]
    entry.keep("gender", ", ".join(stated), "expected one gender, M or F")
    return None


def _listed_on(entry: Entry, stated: str) -> str | None:
    if not stated:
        return None
    date = parse_date(stated)
    if date is None or not date.is_exact:
        entry.keep("designationDate", stated, "expected a date such as 2020-12-17")
        return None
    return date.earliest.isoformat()


def _recognizes(file: ListFile) -> bool:
    name, attributes = xml_root(file)
    return name == "export" and _NAMESPACE in attributes


FORMAT = Format(
    id="eu_fsf",
    title="EU financial sanctions file, XML 1.1",
    read=read,
    recognizes=_recognizes,
)
