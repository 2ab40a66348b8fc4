"""A record of the Consolidated Screening List in, whichever file it stands in, its designation out.

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
    PartialDate,
    Place,
    Program,
    Relation,
    Unparsed,
)

from .countries import country_code
from .dates import parse_date
from .job import Job
from .ofac_labels import identifier_type
from .ofac_remarks import name_parts

_KINDS = {
    "Individual": Kind.PERSON,
    "Entity": Kind.ORGANIZATION,
    "Vessel": Kind.VESSEL,
    "Aircraft": Kind.AIRCRAFT,
    # Commerce and State don't say what sort of party it is.
    "": Kind.UNKNOWN,
}
_GENDERS = {"Male": "male", "Female": "female"}
_LIST = re.compile(r"\(([^()]+)\)")
#: State's nonproliferation list gathers several laws: there the programs, not the list, tell the measure.
_LAWS_DIFFER = "ISN"
_OFAC = "SDN"
_LINKED = re.compile(r"Linked To: ([^;]+)")
_IMO = re.compile(r"IMO (\d{7})\Z")
_SECONDARY = re.compile(r"secondary sanctions", re.IGNORECASE)
_PROHIBITION = "Transactions Prohibited For"
_OPERATOR = "Aircraft Operator"
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
READ = frozenset(field.name for field in attrs.fields(CslRecord)) - {"place", "facts"}


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


def is_complete(job: Job, record: CslRecord) -> bool:
    """Whether a record has what it needs; what it lacks is reported as a fault."""
    fields = {"id": record.id, "name": record.name, "source": record.source}
    missing = [field for field, value in fields.items() if not value]
    for field in missing:
        job.fault(record.id or record.place, field, "", "is missing; every record has one")
    return not missing


def designation(job: Job, record: CslRecord, numbering: Numbering) -> Designation:
    """Make the designation of a complete record."""
    kind = _KINDS.get(record.type, Kind.UNKNOWN)
    if record.type not in _KINDS:
        job.notice(record.id, "type", record.type, f"expected one of: {', '.join(filter(None, _KINDS))}")
    code = abbreviation(record.source)
    stated = _Stated(job=job, record=record)
    for id in record.ids:
        stated.read(id)
    own_id = numbering.id(record)
    return Designation(
        id=own_id,
        kind=kind,
        names=_names(record, kind, is_ofac=bool(record.type)),
        programs=_programs(job, record, code),
        measures=_measures(job, code),
        secondary_sanctions=stated.secondary_sanctions,
        prohibitions=stated.prohibitions,
        birth_dates=stated.dates("dates_of_birth", record.dates_of_birth),
        birth_places=_places(record.places_of_birth),
        nationalities=_places(record.nationalities),
        citizenships=_places(record.citizenships),
        gender=stated.gender,
        identifiers=[*stated.identifiers, *_call_sign(record.call_sign)],
        addresses=record.addresses,
        relations=[*stated.relations, *_relations(record)],
        titles=record.title,
        listed_on=stated.listed_on(),
        remarks=record.remarks,
        facts=[*_facts(record, kind, own_id), *stated.facts],
        unparsed=stated.unparsed,
        edition=job.edition,
    )


@attrs.define
class _Stated:
    """What the `ids` and dates of a record state, as fields of a designation."""

    job: Job
    record: CslRecord
    secondary_sanctions: list[str] = attrs.field(factory=list)
    prohibitions: list[str] = attrs.field(factory=list)
    gender: str | None = None
    identifiers: list[Identifier] = attrs.field(factory=list)
    relations: list[Relation] = attrs.field(factory=list)
    facts: list[tuple[str, str]] = attrs.field(factory=list)
    unparsed: list[Unparsed] = attrs.field(factory=list)

    def read(self, id: NumberedId) -> None:
        """Put one of the `ids` where it belongs."""
        label, wording = id.type, f"{id.type} {id.number}".strip()
        if _SECONDARY.search(wording):
            self.secondary_sanctions.append(wording)
        elif label.startswith(_PROHIBITION):
            self.prohibitions.append(wording)
        elif label == "Gender" and id.number in _GENDERS and self.gender in (None, _GENDERS[id.number]):
            self.gender = _GENDERS[id.number]
        elif label == "Gender":
            self.keep("Gender", id.number, "expected one of: Male, Female")
        elif label == _OPERATOR and id.number:
            self.relations.append(Relation(type="aircraft operator", name=id.number))
        elif not id.number or (identifier_type(label) is None and _FACT.search(label)):
            self.facts.append((re.sub(r" ?[-:]\Z", "", label), id.number))
        else:
            self.identifiers.append(_identifier(id))

    def keep(self, field: str, text: str, problem: str) -> None:
        """Keep the text of an optional field that can't be read, and count it."""
        self.unparsed.append(Unparsed(field=field, text=text))
        self.job.notice(self.record.id, field, text, problem)

    def dates(self, field: str, texts: Iterable[str]) -> list[PartialDate]:
        """Read the dates that can be read; keep the text of the others."""
        found = []
        for text in texts:
            date = parse_date(text)
            if date is None:
                self.keep(field, text, "no date that can be read")
            else:
                found.append(date)
        return found

    def listed_on(self) -> str | None:
        """The day from which the record counts."""
        found = self.dates("start_date", filter(None, [self.record.start_date]))
        return found[0].earliest.isoformat() if found else None


def _names(record: CslRecord, kind: Kind, *, is_ofac: bool) -> Iterator[ListedName]:
    # Only the Treasury's lists state a type and print persons as "SURNAME, Given".
    for text, type in ((record.name, NameType.PRIMARY), *((text, NameType.AKA) for text in record.alt_names)):
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


def _call_sign(text: str) -> Iterator[Identifier]:
    if text:
        yield Identifier(type=IdentifierType.CALL_SIGN, value=text, label="call_sign")


def _places(texts: Iterable[str]) -> Iterator[Place]:
    for text in texts:
        yield Place(text=text, country=country_code(text.rpartition(", ")[2]))


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
