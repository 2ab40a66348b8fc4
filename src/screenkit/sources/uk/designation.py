"""The designation that an entry of the UK Sanctions List makes.

Official specification: the list's page at gov.uk/government/publications/the-uk-sanctions-list. Names stand in
six fields: Name 6 is a person's surname, or the whole name of an entity or a ship; Name 1 to Name 5 are a
person's other names. The text of a name is what Name 1 to Name 6 hold, in this order: given names first.
"""

from __future__ import annotations

import re

import attrs

from screenkit.model import (
    Address,
    Designation,
    Kind,
    ListedName,
    Measure,
    NamePart,
    NameType,
    Place,
    Program,
    Relation,
    Strength,
)
from screenkit.model.countries import country_at_end, country_code
from screenkit.sources.builder import DesignationBuilder
from screenkit.sources.dates import parse_date
from screenkit.sources.job import Job

from . import fields as uk_fields
from .fields import Entry, field_of
from .identifiers import add_identifiers

_KINDS = {"individual": Kind.PERSON, "entity": Kind.ORGANIZATION, "ship": Kind.VESSEL}
_NAME_TYPES = {
    "primaryname": NameType.PRIMARY,
    "primarynamevariation": NameType.AKA,
    "alias": NameType.AKA,
    "aka": NameType.AKA,
    "fka": NameType.FKA,
    "formerlyknownas": NameType.FKA,
    # Some entries begin with rows of no name type; what they name is called primary below where nothing else is.
    "": NameType.AKA,
}
#: What a sanction's name contains -> the measure it is. What keeps a ship, a trust or an office from being served
#: is a ban on certain dealings; so is a ban on ships from ports, which keeps nobody from traveling.
_MEASURES = {
    "assetfreeze": Measure.BLOCK,
    "travelban": Measure.TRAVEL,
    "portentry": Measure.SECTORAL,
    "shippingsanctions": Measure.SECTORAL,
    "transportsanctions": Measure.SECTORAL,
    "internetservices": Measure.SECTORAL,
    "armsembargo": Measure.EXPORT,
    "technicalassistance": Measure.EXPORT,
    "correspondentbanking": Measure.SPECIAL_MEASURE,
    "trustservices": Measure.SECTORAL,
    "charteringofships": Measure.SECTORAL,
    "crewservicing": Measure.SECTORAL,
    "representativeoffices": Measure.SECTORAL,
    "businessarrangements": Measure.SECTORAL,
    "deflag": Measure.SECTORAL,
}
#: What a ship may not do, in words; no `Measure` is that.
_PROHIBITIONS = ("portentry", "shippingsanctions", "transportsanctions", "deflag")
#: Known, and none of the model's measures: it binds the target, not those who deal with it.
_NO_MEASURE = ("directordisqualification",)
_RELATIONS = {
    "parentcompany": "parent company",
    "subsidiary": "subsidiary",
    "currentowneroperator": "current owner/operator",
    "previousowneroperator": "previous owner/operator",
}
#: Fields that are facts, with the CSV's heading; the XML's tags read less well.
_FACTS = {
    "lastupdated": "Last Updated",
    "ofsigroupid": "OFSI Group ID",
    "unreferencenumber": "UN Reference Number",
    "designationsource": "Designation source",
    "sanctionsimposed": "Sanctions Imposed",
    "sanctionsimposedindicators": "SanctionsImposedIndicators",
    "typeofentity": "Type of entity",
    "currentbelievedflagofship": "Current believed flag of ship",
    "previousflag": "Previous flags",
    "typeofship": "Type of ship",
    "tonnageofship": "Tonnage of ship",
    "lengthofship": "Length of ship",
    "yearbuilt": "Year Built",
}
#: Fields that `designation` puts in fields of its own.
_ELSEWHERE = {
    *("uniqueid", "designationtype", "regimename", "datedesignated", "otherinformation", "ukstatementofreasons"),
    *("dob", "nationality", "gender", "title", "position"),
    *("phonenumber", "website", "emailaddress", "businessregistrationnumber"),
    *("imonumber", "hullidentificationnumber"),
    *_RELATIONS,
}
_UNKNOWN_DAY_OR_MONTH = re.compile(r"\b(?:dd|mm)(?=/)", re.IGNORECASE)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'"})


def designation(job: Job, entry: Entry) -> Designation | None:
    """Make the entry's designation; None where it has no name, which is a fault."""
    record = DesignationBuilder(job=job, id=entry.id)
    _add_kind(record, entry)
    _add_names(record, entry)
    if not record.names:
        return record.designation("Name 6")
    record.programs += [_program(job, regime) for regime in entry.all("regimename")]
    if not record.programs:
        record.notice("Regime Name", "", "expected the regulations under which the target is designated")
    _add_measures(record, entry)
    _add_birth_dates(record, entry)
    record.birth_places += [
        _place(", ".join(filter(None, held)), held[1]) for held in entry.held(uk_fields.BIRTH_PLACE)
    ]
    record.nationalities += [_place(text, text) for text in entry.values("nationality")]
    for text in entry.values("gender"):
        record.state_gender("Gender", text)
    add_identifiers(record, entry)
    record.addresses += [_address(held) for held in entry.held(uk_fields.ADDRESS)]
    record.relations += _relations(entry)
    record.titles += entry.values("title") + entry.values("position")
    for text in entry.all("datedesignated"):
        record.state_listed_on("Date Designated", text)
    record.remarks += entry.all("ukstatementofreasons") + entry.all("otherinformation")
    _add_facts(record, entry)
    return record.designation("Name 6")


def _add_kind(record: DesignationBuilder, entry: Entry) -> None:
    stated = entry.all("designationtype")
    kinds = {_KINDS.get(text.lower(), Kind.UNKNOWN) for text in stated}
    if len(kinds) == 1 and Kind.UNKNOWN not in kinds:
        record.kind = kinds.pop()
    else:
        record.keep("Designation Type", ", ".join(stated), "expected Individual, Entity or Ship")


def _add_names(record: DesignationBuilder, entry: Entry) -> None:
    names = record.names
    names += [_name(record, held) for held in entry.held(uk_fields.NAME) if any(held[:6])]
    names += [
        ListedName(text, type=NameType.AKA, script=script or None, language=language or None)
        for text, script, language in entry.held(uk_fields.NATIVE_NAME)
        if text
    ]
    if names and not any(name.type is NameType.PRIMARY for name in names):
        names[0] = attrs.evolve(names[0], type=NameType.PRIMARY)


def _name(record: DesignationBuilder, held: tuple[str, ...]) -> ListedName:
    *parts, stated_type, stated_strength = held
    text = " ".join(filter(None, parts))
    type = _NAME_TYPES.get(field_of(stated_type))
    if type is None:
        record.keep("Name type", stated_type, f"expected Primary name, Primary name variation or Alias for {text}")
    strength = field_of(stated_strength)
    if not strength.startswith(("good", "low", "strong", "weak")) and strength:
        record.keep("Alias strength", stated_strength, f"expected Good or Low quality a.k.a for {text}")
    return ListedName(
        text,
        type=type or NameType.AKA,
        strength=Strength.WEAK if strength.startswith(("low", "weak")) else Strength.STRONG,
        parts=_parts(record.kind, parts),
    )


def _parts(kind: Kind, stated: list[str]) -> list[NamePart]:
    """A name in one field alone is a whole name, whichever field it stands in."""
    roles = ("given", "middle", "middle", "middle", "middle", "surname")
    filled = [(role, text) for role, text in zip(roles, stated, strict=True) if text]
    if len(filled) == 1:
        return [NamePart(role="whole", text=filled[0][1])]
    return [NamePart(role=role, text=text) for role, text in filled] if kind is Kind.PERSON else []


def _program(job: Job, regime: str) -> Program:
    # The list prints one set of regulations now with "The" and now without, and apostrophes of two shapes.
    known = job.manifest.programs
    if regime not in known:
        alike = _letters(regime)
        for code, program in known.items():
            if _letters(code) == alike:
                return attrs.evolve(program, code=regime)
    return job.program(regime)


def _letters(regime: str) -> str:
    return " ".join(regime.translate(_APOSTROPHES).casefold().split()).removeprefix("the ")


def _add_measures(record: DesignationBuilder, entry: Entry) -> None:
    stated = [*entry.all("sanctionsimposed"), *entry.all("sanctionsimposedindicators")]
    for sanction in dict.fromkeys(part.strip() for text in stated for part in re.split(r"[|,;]", text)):
        letters = field_of(sanction)
        measures = [measure for fragment, measure in _MEASURES.items() if fragment in letters]
        record.measures += measures
        record.prohibitions += [sanction] if any(fragment in letters for fragment in _PROHIBITIONS) else ()
        if letters and not measures and not letters.startswith(_NO_MEASURE):
            record.notice("Sanctions Imposed", sanction, "not a known sanction; kept as a fact")


def _add_birth_dates(record: DesignationBuilder, entry: Entry) -> None:
    for text in entry.values("dob"):
        # A spreadsheet's apostrophe precedes some; an unknown day or month is printed dd, mm or 00.
        date = parse_date(_UNKNOWN_DAY_OR_MONTH.sub("00", text.lstrip("'’")))
        if date is None:
            record.keep("D.O.B", text, "expected a date such as 15/08/1975, dd/mm/1975 or 00/00/1975")
        else:
            record.birth_dates.append(attrs.evolve(date, text=text))


def _place(text: str, country: str) -> Place:
    return Place(text=text, country=country_code(country))


def _address(held: tuple[str, ...]) -> Address:
    """The list has no field of its own for a city: it stands in any line."""
    text = ", ".join(filter(None, held))
    return Address(text=text, country=country_code(held[-1]) or country_at_end(text))


def _relations(entry: Entry) -> list[Relation]:
    return [Relation(type=type, name=name) for field, type in _RELATIONS.items() for name in entry.values(field)]


def _add_facts(record: DesignationBuilder, entry: Entry) -> None:
    record.facts += [(label, text) for field, label in _FACTS.items() for text in entry.all(field)]
    for field, label in entry.labels.items():
        if field not in _FACTS and field not in _ELSEWHERE:
            record.facts += [(label, text) for text in entry.all(field)]
            record.new_field(label, "")
