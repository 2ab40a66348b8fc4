"""UN Security Council consolidated list (XML) in, designations out.

Official specification: the schema sc-sanctions.xsd, published with the list on the Security Council's site.
Names stand in up to four fields, in the order in which they are spoken, and once more in the original script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from screenkit.model import Designation, Kind, ListedName, Measure, NamePart

from . import xml
from .dates import parse_date
from .files import ListFile
from .format import Format, xml_root
from .job import Job
from .un_sc_parts import READERS, Entry, keep_as_fact
from .xml import text

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
        where = f"{ordinal} (DATAID {text(element, 'DATAID') or 'missing'})"
        job.fault(where, "REFERENCE_NUMBER", "", "an entry has to have one; it is its id")
        return None
    parts = [NamePart(role=role, text=part) for tag, role in _NAME_FIELDS.items() if (part := text(element, tag))]
    if not parts:
        job.fault(reference, "FIRST_NAME", "", "an entry has to have a name")
        return None
    entry = Entry(job, reference, _KINDS[element.tag])
    whole = " ".join(part.text for part in parts)
    entry.names.append(ListedName(whole, parts=parts if len(parts) > 1 else ()))
    for child in element:
        READERS.get(child.tag, keep_as_fact)(entry, child)
    for name in entry.names:
        if "\ufffd" in name.text:
            job.notice(reference, "name", name.text, "characters of it were lost before it was published")
    return _finished(entry, text(element, "UN_LIST_TYPE"))


def _finished(entry: Entry, regime: str) -> Designation:
    if not regime:
        entry.job.notice(entry.label, "UN_LIST_TYPE", "", "expected the sanctions regime, such as DPRK")
    programs = entry.job.programs([regime] if regime else [])
    known = {name.text for name in entry.names}
    # The original-script name is published after the comments; beside the primary name is where it belongs.
    names = sorted(entry.names, key=lambda name: name.type is not entry.names[0].type)
    return Designation(
        id=entry.label,
        kind=entry.kind,
        names=[*names, *dict.fromkeys(name for name in entry.noted if name.text not in known)],
        programs=programs,
        measures=_measures(entry, [measure for program in programs for measure in program.measures]),
        birth_dates=dict.fromkeys(entry.birth_dates),
        birth_places=dict.fromkeys(entry.birth_places),
        nationalities=dict.fromkeys(entry.nationalities),
        gender=entry.gender,
        identifiers=entry.identifiers,
        addresses=entry.addresses,
        titles=entry.titles,
        listed_on=entry.listed_on,
        remarks="\n".join(entry.remarks),
        facts=entry.facts,
        unparsed=entry.unparsed,
        edition=entry.job.edition,
    )


def _measures(entry: Entry, entailed: list[Measure]) -> list[Measure]:
    """The regime's measures, less those that the entry leaves out; nobody bans an entity from travel."""
    stated = " ".join(" ".join(_STATED.findall("\n".join(entry.remarks))).split())
    if stated:
        entailed = [
            measure
            for measure, wording in ((Measure.BLOCK, "Asset Freeze"), (Measure.TRAVEL, "Travel Ban"))
            if wording in stated
        ]
    return [measure for measure in entailed if entry.kind is Kind.PERSON or measure is not Measure.TRAVEL]


def _recognizes(file: ListFile) -> bool:
    return xml_root(file)[0] == "CONSOLIDATED_LIST"


FORMAT = Format(id="un_sc", title="UN Security Council consolidated list, XML", read=read, recognizes=_recognizes)
