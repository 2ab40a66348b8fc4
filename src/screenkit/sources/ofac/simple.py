"""The reader of OFAC's SDN.XML and CONSOLIDATED.XML.

The format is that of https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML.xsd, a
root `sdnList` whose `Record_Count` says how many entries follow. It is ASCII: native scripts are lost, and
so are the relations' types and the sanctions types, which ENHANCED XML has. The file doesn't say which of
OFAC's two lists it is. OFAC's keys of an entry's parts (`uid` of an alias, an address) are left out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from screenkit.model import Address, Designation, ListedName, NameType, Relation, Strength
from screenkit.model.countries import country_code
from screenkit.sources.builder import report_missing_id
from screenkit.sources.format import Format, xml_root
from screenkit.sources.formats.xml import records, text, texts
from screenkit.sources.job import Job

from .entry import Entry, document_note
from .remarks import name_parts, read_remark

_ADDRESS_FIELDS = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")
#: Vessel field -> label, in the words that the other formats use.
_VESSEL_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "callSign": "Vessel Call Sign",
        "vesselType": "Vessel Type",
        "vesselFlag": "Vessel Flag",
        "vesselOwner": "Vessel Owner",
        "tonnage": "Vessel Tonnage",
        "grossRegisteredTonnage": "Vessel Gross Registered Tonnage",
    }
)
_LINKED = re.compile(r"Linked To:\s*")
_MARKS = re.compile(r"[();]")


def read(job: Job) -> Iterator[Designation]:
    """Stream the entries; what `Record_Count` says is compared with what was there."""
    stated: str | None = None
    count = 0
    for element in records(job.file, "publshInformation", "sdnEntry", job=job):
        if element.tag == "publshInformation":
            stated = text(element, "Record_Count")
            job.published(_published(job, text(element, "Publish_Date")))
            continue
        count += 1
        designation = _designation(job, element, count)
        if designation is not None:
            yield designation
    if stated is None or stated != str(count):
        job.fault("-", "Record_Count", stated or "", f"the file has {count:,}: fetch it again")


def _published(job: Job, stated: str) -> str | None:
    try:
        # Month first, as in the United States.
        return dt.datetime.strptime(stated, "%m/%d/%Y").date().isoformat()
    except ValueError:
        job.notice("-", "Publish_Date", stated, "expected a date of the form MM/DD/YYYY")
        return None


def _designation(job: Job, element: Element, ordinal: int) -> Designation | None:
    uid = text(element, "uid")
    if not uid:
        name = text(element, "lastName")
        report_missing_id(job, f"record no. {ordinal:,}", "uid", hint=f"lastName {name!r}")
        return None
    entry = Entry(job=job, id=uid)
    # First, because what a name's fields are rests on the kind.
    entry.state_kind(text(element, "sdnType"))
    _name(entry, element, NameType.PRIMARY)
    for section in element:
        if take := _SECTIONS.get(section.tag):
            take(entry, section)
        if section.tag in _ITEMS:
            item, fields = _ITEMS[section.tag]
            entry.left_over(section, (item,))
            for one in section:
                entry.left_over(one, fields)
    entry.left_over(element, _KNOWN)
    return entry.finished()


def _name(entry: Entry, element: Element, type: NameType, strength: Strength = Strength.STRONG) -> None:
    last, first = text(element, "lastName"), text(element, "firstName")
    whole = ", ".join(filter(None, (last, first)))
    if not whole:
        entry.fault("lastName", "", "the name is empty")
        return
    # Not the fields themselves: some entries have "MEZA, JR." or "RIM, Old" in lastName.
    entry.names.append(ListedName(whole, type=type, strength=strength, parts=name_parts(whole, entry.kind)))


def _akas(entry: Entry, section: Element) -> None:
    for aka in section:
        category = text(aka, "category")
        if category not in ("strong", "weak"):
            problem = "expected strong or weak; read as strong"
            entry.notice("category", category, problem)
        strength = Strength.WEAK if category == "weak" else Strength.STRONG
        _name(entry, aka, entry.name_type(text(aka, "type")), strength)


def _addresses(entry: Entry, section: Element) -> None:
    for address in section:
        whole = ", ".join(filter(None, (text(address, field) for field in _ADDRESS_FIELDS)))
        if whole:
            country, city = text(address, "country"), text(address, "city")
            entry.addresses.append(Address(text=whole, city=city or None, country=country_code(country)))


def _ids(entry: Entry, section: Element) -> None:
    for id in section:
        label, value, country = text(id, "idType"), text(id, "idNumber"), text(id, "idCountry")
        note = document_note(country, issued=text(id, "issueDate"), expires=text(id, "expirationDate"))
        if value:
            entry.feature(label, value, country=country_code(country), note=note)
        else:
            entry.unnumbered(label, note)


def _vessel(entry: Entry, section: Element) -> None:
    for field in section:
        if value := text(field):
            entry.feature(_VESSEL_LABELS.get(field.tag, field.tag), value)


def _features(label: str, path: str) -> Callable[[Entry, Element], None]:
    def take(entry: Entry, section: Element) -> None:
        for value in texts(section, path):
            entry.feature(label, value)

    return take


def _remarks(entry: Entry, section: Element) -> None:
    remarks = text(section)
    if not remarks:
        return
    entry.remarks.append(remarks)
    entry.relations.extend(Relation(type="linked to", name=name) for name in linked_to(remarks))
    # Older entries state telephone numbers and the like before the linked parties, as legacy remarks do.
    found = read_remark(remarks.partition("(Linked To:")[0], kind=entry.kind)
    entry.identifiers.extend(found.identifiers)
    entry.nationalities.extend(found.nationalities)
    entry.facts.extend(found.facts)


def linked_to(remarks: str) -> Iterator[str]:
    """The parties in "(Linked To: A; Linked To: B (C))": each ends at a semicolon or the outer parenthesis."""
    end = 0
    while found := _LINKED.search(remarks, end):
        depth, end = 0, len(remarks)
        for mark in _MARKS.finditer(remarks, found.end()):
            depth += (mark[0] == "(") - (mark[0] == ")")
            if depth < 0 or (mark[0] == ";" and not depth):
                end = mark.start()
                break
        if name := remarks[found.end() : end].strip():
            yield name


#: Element -> what takes it in; the others are read before or belong to the name.
_SECTIONS: Mapping[str, Callable[[Entry, Element], None]] = MappingProxyType(
    {
        "title": lambda entry, section: entry.titles.extend(texts(section, ".")),
        "remarks": _remarks,
        "programList": lambda entry, section: entry.codes.extend(texts(section, "program")),
        "idList": _ids,
        "akaList": _akas,
        "addressList": _addresses,
        "nationalityList": _features("Nationality Country", "nationality/country"),
        "citizenshipList": _features("Citizenship Country", "citizenship/country"),
        "dateOfBirthList": _features("Birthdate", "dateOfBirthItem/dateOfBirth"),
        "placeOfBirthList": _features("Place of Birth", "placeOfBirthItem/placeOfBirth"),
        "vesselInfo": _vessel,
    }
)
_RANKED = frozenset({"uid", "mainEntry"})
#: Section -> the element of its items and the elements that an item is made of.
_ITEMS: Mapping[str, tuple[str, frozenset[str]]] = MappingProxyType(
    {
        "programList": ("program", frozenset()),
        "idList": ("id", frozenset({"uid", "idType", "idNumber", "idCountry", "issueDate", "expirationDate"})),
        "akaList": ("aka", frozenset({"uid", "type", "category", "lastName", "firstName"})),
        "addressList": ("address", frozenset({"uid", *_ADDRESS_FIELDS})),
        "nationalityList": ("nationality", _RANKED | {"country"}),
        "citizenshipList": ("citizenship", _RANKED | {"country"}),
        "dateOfBirthList": ("dateOfBirthItem", _RANKED | {"dateOfBirth"}),
        "placeOfBirthList": ("placeOfBirthItem", _RANKED | {"placeOfBirth"}),
    }
)
_KNOWN = frozenset({"uid", "firstName", "lastName", "sdnType", *_SECTIONS})

FORMAT = Format(
    id="ofac_simple",
    title="OFAC SDN.XML or CONSOLIDATED.XML",
    read=read,
    recognizes=lambda file: xml_root(file)[0] == "sdnList",
)
