"""The reader of the UN Security Council consolidated list, XML.

Official specification: the schema sc-sanctions.xsd, published with the list on the Security Council's site.
Names stand in up to four fields, in the order in which they are spoken, and once more in the original script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from screenkit.model import Designation, Kind, ListedName, Measure, NamePart
from screenkit.sources.builder import DesignationBuilder, report_missing_id
from screenkit.sources.dates import parse_date
from screenkit.sources.files import ListFile
from screenkit.sources.format import Format, xml_root
from screenkit.sources.formats import xml
from screenkit.sources.formats.xml import text
from screenkit.sources.job import Job

from .parts import READERS, keep_as_fact

_KINDS = {"INDIVIDUAL": Kind.PERSON, "ENTITY": Kind.ORGANIZATION}
_HOLDERS = ("INDIVIDUALS", "ENTITIES")
_NAME_FIELDS = {"FIRST_NAME": "first", "SECOND_NAME": "second", "THIRD_NAME": "third", "FOURTH_NAME": "fourth"}
#: Libya's entries state which measures are imposed: "paragraphs 15 and 17 of resolution 1970 (Travel Ban, Asset
#: Freeze)"; others leave it to the resolution.
_STATED = re.compile(r"\(\s*((?:Travel\s+Ban|Asset\s+Freeze)(?:\s*,\s*Asset\s+Freeze)?)\s*\)")


def read(job: Job) -> Iterator[Designation]:
    """Stream the file's designations, individuals first, as the file has them."""
    generated = xml.root(job.file).get("dateGenerated", "")
    date = parse_date(generated)
    if date is None or not date.is_exact:
        job.notice("-", "dateGenerated", generated, "expected a date such as 2025-11-20T23:00:09.067Z")
    else:
        job.published(date.earliest.isoformat())
    for ordinal, element in enumerate(xml.records(job.file, *_KINDS, job=job, holders=_HOLDERS), start=1):
        designation = _designation(job, element, ordinal)
        if designation is not None:
            yield designation


def _designation(job: Job, element: Element, ordinal: int) -> Designation | None:
    # The reference number is the permanent one; DATAID names a version of the entry and stays a fact.
    reference = text(element, "REFERENCE_NUMBER")
    if not reference:
        data_id = text(element, "DATAID") or "missing"
        report_missing_id(job, f"record no. {ordinal}", "REFERENCE_NUMBER", hint=f"DATAID {data_id}")
        return None
    record = DesignationBuilder(job=job, id=reference, kind=_KINDS[element.tag])
    parts = [NamePart(role=role, text=part) for tag, role in _NAME_FIELDS.items() if (part := text(element, tag))]
    if not parts:
        record.fault("FIRST_NAME", "", "the record has no name")
        return None
    whole = " ".join(part.text for part in parts)
    record.names.append(ListedName(whole, parts=parts if len(parts) > 1 else ()))
    for child in element:
        READERS.get(child.tag, keep_as_fact)(record, child)
    for name in record.names:
        if "\ufffd" in name.text:
            record.notice("name", name.text, "characters of the name were lost before it was published")
    regime = text(element, "UN_LIST_TYPE")
    if not regime:
        record.notice("UN_LIST_TYPE", "", "expected the sanctions regime, such as DPRK")
    record.programs += job.programs([regime] if regime else [])
    record.measures += _measures(record)
    return record.designation("FIRST_NAME")


def _measures(record: DesignationBuilder) -> list[Measure]:
    """The regime's measures, less those that the entry leaves out; nobody bans an entity from travel."""
    entailed = [measure for program in record.programs for measure in program.measures]
    stated = " ".join(" ".join(_STATED.findall("\n".join(record.remarks))).split())
    if stated:
        entailed = [
            measure
            for measure, wording in ((Measure.BLOCK, "Asset Freeze"), (Measure.TRAVEL, "Travel Ban"))
            if wording in stated
        ]
    return [measure for measure in entailed if record.kind is Kind.PERSON or measure is not Measure.TRAVEL]


def _recognizes(file: ListFile) -> bool:
    return xml_root(file)[0] == "CONSOLIDATED_LIST"


FORMAT = Format(id="un_sc", title="UN Security Council consolidated list, XML", read=read, recognizes=_recognizes)
