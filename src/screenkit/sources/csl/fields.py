"""The fields of a record of the Consolidated Screening List, in whichever file, and the designation they make.

The list (International Trade Administration, https://www.trade.gov/consolidated-screening-list) puts the
export screening lists of the Departments of Commerce, State and the Treasury under one set of fields. It
repeats OFAC's entries without marking which of their names are weak: prefer OFAC's own files for those.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

from screenkit.model import (
    Address,
    Designation,
    Identifier,
    IdentifierType,
    Kind,
    ListedName,
    Measure,
    NameType,
    Program,
    Relation,
)
from screenkit.model.countries import country_code
from screenkit.sources.builder import NEW_FIELD, NO_DATE, DesignationBuilder, place, report_missing_id
from screenkit.sources.dates import parse_date
from screenkit.sources.job import Job
from screenkit.sources.ofac.labels import identifier_type
from screenkit.sources.ofac.remarks import name_parts
from screenkit.sources.ofac.vocabulary import whose_numbers

_KINDS = {
    "Individual": Kind.PERSON,
    "Entity": Kind.ORGANIZATION,
    "Vessel": Kind.VESSEL,
    "Aircraft": Kind.AIRCRAFT,
    # Commerce and State don't say what sort of party it is.
    "": Kind.UNKNOWN,
}
_LIST = re.compile(r"\(([^()]+)\)")
#: State's nonproliferation list gathers several laws: there the programs, not the list, tell the measure.
_LAWS_DIFFER = "ISN"
_OFAC = "SDN"
_LINKED = re.compile(r"Linked To: ([^;]+)")
_IMO = re.compile(r"IMO (\d{7})\Z")
_SECONDARY = re.compile(r"secondary sanctions", re.IGNORECASE)
_PROHIBITION = "Transactions Prohibited For"
_OPERATOR = "Aircraft Operator"
_JOINING = "and"
#: Rows of `ids` that identify nobody; the publisher keeps there what OFAC calls a feature.
_FACT = re.compile(
    r" Date\b| (?:Model|Flag|Type:?)\Z|^Target Type|^Issuer Name|[Ii]nformation\b| Determination"
    r"|^Nationality of Registration|^Registration Country|^UN/LOCODE"
)


@attrs.frozen(kw_only=True)
class NumberedId:
    """One of a record's `ids`."""

    #: The publisher's label.
    type: str
    number: str
    #: As published, an ISO 3166-1 alpha-2 code.
    country: str = ""
    #: Dates of issue and expiry, in words.
    note: str = ""


@attrs.frozen(kw_only=True)
class CslRecord:
    """The fields of one record, named as published; an absent one is empty."""

    #: Where it stands in the file, for a record that has no id.
    place: str
    id: str
    source: str
    type: str
    name: str
    alt_names: tuple[str, ...]
    programs: tuple[str, ...]
    title: tuple[str, ...]
    addresses: tuple[Address, ...]
    citizenships: tuple[str, ...]
    nationalities: tuple[str, ...]
    dates_of_birth: tuple[str, ...]
    places_of_birth: tuple[str, ...]
    ids: tuple[NumberedId, ...]
    start_date: str
    call_sign: str
    vessel_owner: str
    remarks: str
    #: All other fields, such as `license_requirement` and `end_date`: an end in the past is still listed.
    facts: tuple[tuple[str, str], ...]


#: The publisher's fields that have one of their own here; its others become facts.
READ = (frozenset(field.name for field in attrs.fields(CslRecord)) - {"place", "facts"}) | {"country"}


#: Those of them that are known.
_FACTS = frozenset(
    {
        "entity_number", "federal_register_notice", "end_date", "standard_order", "license_requirement",
        "license_policy", "vessel_type", "gross_tonnage", "gross_registered_tonnage", "vessel_flag",
        "source_list_url", "source_information_url",
    }
)  # fmt: skip
_KNOWN = READ | _FACTS | {"_id"}


class Numbering:
    """Ids as published, completed where the publisher uses one twice.

    Treasury's lists share one numbering, so a bank on three of them is three records with one id, and a few
    records stand on one list twice. The SDN entry, else the first, keeps the id as it is; the others have
    their list's abbreviation added: "18725/SSI".
    """

    def __init__(self, stated: Iterable[tuple[str, str]]) -> None:
        """Take the id and source of every record of the file."""
        lists: dict[str, list[str]] = {}
        for id, source in stated:
            lists.setdefault(id, []).append(abbreviation(source))
        self._shared = {id: codes for id, codes in lists.items() if len(codes) > 1 and id.isdigit()}
        self._given: Counter[str] = Counter()

    def id(self, record: CslRecord) -> str:
        """The id of a record; call it once for each, in file order."""
        codes = self._shared.get(record.id)
        if codes is None:
            return record.id
        code = abbreviation(record.source)
        own = record.id if code == (_OFAC if _OFAC in codes else codes[0]) else f"{record.id}/{code}"
        self._given[own] += 1
        if own == record.id and self._given[own] > 1:
            own = f"{record.id}/{code}"
            self._given[own] += 1
        return own if self._given[own] == 1 else f"{own}/{self._given[own]}"


def abbreviation(source: str) -> str:
    """What the publisher puts in parentheses: "SDN" of "Specially Designated Nationals (SDN) - Treasury Department"."""
    found = _LIST.search(source)
    return found[1].strip() if found else source


def is_wanted(job: Job, source: str) -> bool:
    """Whether a record stands on a list that the manifest wants; it wants all where it names none."""
    return not job.manifest.only_lists or abbreviation(source) in job.manifest.only_lists


def note_new_fields(job: Job, names: Iterable[str]) -> None:
    """Count fields that the list isn't known to have, each once a file."""
    unknown = [name for name in names if name and name not in _KNOWN]
    said = {fault.field for fault in job.new_fields} if unknown else ()
    for name in unknown:
        if name not in said:
            job.new_field("-", name, "", NEW_FIELD)


def is_complete(job: Job, record: CslRecord) -> bool:
    """Whether a record has what it needs; what it lacks is reported as a fault."""
    if not record.id:
        report_missing_id(job, record.place, "id")
    for field, value in (("name", record.name), ("source", record.source)):
        if not value:
            job.fault(record.id or record.place, field, "", f"the record has no {field}")
    return bool(record.id and record.name and record.source)


def designation(job: Job, record: CslRecord, numbering: Numbering) -> Designation | None:
    """Make the designation of a complete record."""
    found = DesignationBuilder(job=job, id=record.id, kind=_KINDS.get(record.type, Kind.UNKNOWN))
    if record.type not in _KINDS:
        found.notice("type", record.type, f"expected one of: {', '.join(filter(None, _KINDS))}")
    code = abbreviation(record.source)
    found.names.extend(_names(record, found.kind, is_ofac=bool(record.type)))
    found.programs.extend(_programs(job, record, code))
    found.measures.extend(_measures(job, code))
    for text in record.dates_of_birth:
        found.state_birth_date("dates_of_birth", text)
    found.birth_places.extend(map(place, record.places_of_birth))
    found.nationalities.extend(map(place, record.nationalities))
    found.citizenships.extend(map(place, record.citizenships))
    own_id = numbering.id(record)
    found.facts.extend(_facts(record, found.kind, own_id))
    for id in record.ids:
        _add_id(found, id)
    if record.call_sign:
        found.identifiers.append(Identifier(type=IdentifierType.CALL_SIGN, value=record.call_sign, label="call_sign"))
    found.identifiers = whose_numbers(found.identifiers, found.kind)
    found.addresses.extend(record.addresses)
    found.relations.extend(_relations(record))
    found.titles.extend(record.title)
    _add_start_date(found, record.start_date)
    found.remarks.append(record.remarks)
    found.id = own_id
    return found.designation("name")


def _add_start_date(found: DesignationBuilder, stated: str) -> None:
    """The day from which the record counts; of a month or a year it is the first one."""
    date = parse_date(stated)
    if date is not None:
        found.listed_on = date.earliest.isoformat()
    elif stated:
        found.keep("start_date", stated, NO_DATE)


def _add_id(found: DesignationBuilder, id: NumberedId) -> None:
    """Put one of the `ids` where it belongs."""
    label, wording = id.type, f"{id.type} {id.number}".strip()
    if _SECONDARY.search(wording):
        found.secondary_sanctions.append(wording)
    elif label.startswith(_PROHIBITION):
        found.prohibitions.append(wording)
    elif label == "Gender":
        found.state_gender(label, id.number)
    elif label == _OPERATOR and id.number:
        found.relations.append(Relation(type="aircraft operator", name=id.number))
    elif not id.number or (identifier_type(label) is None and _FACT.search(label)):
        found.facts.append((re.sub(r" ?[-:]\Z", "", label), id.number))
    else:
        found.identifiers.append(_identifier(id))


def _names(record: CslRecord, kind: Kind, *, is_ofac: bool) -> Iterator[ListedName]:
    # Only the Treasury's lists state a type and print persons as "SURNAME, Given".
    # What joins the last of them to the others was once printed alone: "A; B; and".
    aliases = [text for text in record.alt_names if text != _JOINING]
    for text, type in ((record.name, NameType.PRIMARY), *((text, NameType.AKA) for text in aliases)):
        yield ListedName(text, type=type, parts=name_parts(text, kind) if is_ofac else ())


def _programs(job: Job, record: CslRecord, code: str) -> tuple[Program, ...]:
    """The programs as published, else the list; off the SDN list OFAC's codes entail what the list does."""
    found = job.programs(record.programs or (code,))
    measures = () if code == _OFAC else _measures(job, code)
    return tuple(attrs.evolve(program, measures=measures) for program in found) if measures else found


def _measures(job: Job, code: str) -> tuple[Measure, ...]:
    return () if code == _LAWS_DIFFER else job.program(code).measures


def _identifier(id: NumberedId) -> Identifier:
    type, value = identifier_type(id.type) or IdentifierType.OTHER, id.number
    if imo := _IMO.match(value):
        type, value = IdentifierType.IMO, imo[1]
    return Identifier(type=type, value=value, country=country_code(id.country), label=id.type, note=id.note)


def _relations(record: CslRecord) -> Iterator[Relation]:
    for stated in _LINKED.findall(record.remarks):
        # "(Linked To: MAHAN AIR; Linked To: IRGC (IRGC)-QODS FORCE)": the last parenthesis may be a name's own.
        is_closed = stated.endswith(")") and stated.count(")") > stated.count("(")
        yield Relation(type="linked to", name=stated[:-1] if is_closed else stated)
    if record.vessel_owner:
        yield Relation(type="vessel owner", name=record.vessel_owner)


def _facts(record: CslRecord, kind: Kind, own_id: str) -> Iterator[tuple[str, str]]:
    yield "source", record.source
    if own_id != record.id:
        yield "id", record.id
    if kind is Kind.UNKNOWN and record.type:
        yield "type", record.type
    yield from record.facts
