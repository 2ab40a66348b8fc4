"""An `Entry` of the UK Sanctions List in, a designation out.

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
    PartialDate,
    Place,
    Program,
    Relation,
    Strength,
)

from . import uk_fields
from .countries import country_code
from .dates import parse_date
from .uk_fields import Entry, field_of
from .uk_identifiers import identifiers

_KINDS = {"individual": Kind.PERSON, "entity": Kind.ORGANIZATION, "ship": Kind.VESSEL}
_GENDERS = {"male": "male", "m": "male", "female": "female", "f": "female"}
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
#: What a sanction's name contains -> the measure it is. A ship that may not enter a port is refused entry; what
#: keeps a ship, a trust or an office from being served is a ban on certain dealings.
_MEASURES = {
    "assetfreeze": Measure.BLOCK,
    "travelban": Measure.TRAVEL,
    "portentry": Measure.TRAVEL,
    "shippingsanctions": Measure.TRAVEL,
    "transportsanctions": Measure.TRAVEL,
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
#: Fields that `designation` reads into fields of its own.
_ELSEWHERE = {
    *("uniqueid", "designationtype", "regimename", "datedesignated", "otherinformation", "ukstatementofreasons"),
    *("dob", "nationality", "gender", "title", "position"),
    *("phonenumber", "website", "emailaddress", "businessregistrationnumber"),
    *("imonumber", "hullidentificationnumber"),
    *_RELATIONS,
}
_UNKNOWN_DAY_OR_MONTH = re.compile(r"\b(?:dd|mm)(?=/)", re.IGNORECASE)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'"})


def designation(entry: Entry) -> Designation | None:
    """Build the entry's designation; without a name there is none, and the job has a fault."""
    kind = _kind(entry)
    names = _names(entry, kind)
    if not names:
        entry.job.fault(entry.id, "Name 6", "", "an entry has to have at least one name")
        return None
    programs = tuple(_program(entry, regime) for regime in entry.all("regimename"))
    if not programs:
        entry.job.notice(entry.id, "Regime Name", "", "expected the regulations the target is designated under")
    return Designation(
        id=entry.id,
        kind=kind,
        names=names,
        programs=programs,
        measures=_measures(entry),
        birth_dates=_birth_dates(entry),
        birth_places=[_place(", ".join(filter(None, held)), held[1]) for held in entry.held(uk_fields.BIRTH_PLACE)],
        nationalities=[_place(text, text) for text in entry.values("nationality")],
        gender=_gender(entry),
        identifiers=identifiers(entry),
        addresses=[_address(held) for held in entry.held(uk_fields.ADDRESS)],
        relations=_relations(entry),
        titles=tuple(dict.fromkeys(entry.values("title") + entry.values("position"))),
        listed_on=_listed_on(entry),
        remarks="\n".join(entry.all("ukstatementofreasons") + entry.all("otherinformation")),
        facts=_facts(entry),
        unparsed=entry.unparsed,
        edition=entry.job.edition,
    )


def _kind(entry: Entry) -> Kind:
    stated = entry.all("designationtype")
    kinds = {_KINDS.get(text.lower(), Kind.UNKNOWN) for text in stated}
    if len(kinds) == 1 and Kind.UNKNOWN not in kinds:
        return kinds.pop()
    entry.keep("Designation Type", ", ".join(stated), "expected Individual, Entity or Ship")
    return Kind.UNKNOWN


def _names(entry: Entry, kind: Kind) -> list[ListedName]:
    names = [_name(entry, kind, held) for held in entry.held(uk_fields.NAME) if any(held[:6])]
    names += [
        ListedName(text, type=NameType.AKA, script=script or None, language=language or None)
        for text, script, language in entry.held(uk_fields.NATIVE_NAME)
        if text
    ]
    if names and not any(name.type is NameType.PRIMARY for name in names):
        names[0] = attrs.evolve(names[0], type=NameType.PRIMARY)
    return sorted(names, key=lambda name: name.type is not NameType.PRIMARY)


def _name(entry: Entry, kind: Kind, held: tuple[str, ...]) -> ListedName:
    *parts, stated_type, stated_strength = held
    text = " ".join(filter(None, parts))
    type = _NAME_TYPES.get(field_of(stated_type))
    if type is None:
        entry.keep("Name type", stated_type, f"expected Primary name, Primary name variation or Alias for {text}")
    strength = field_of(stated_strength)
    if not strength.startswith(("good", "low", "strong", "weak")) and strength:
        entry.keep("Alias strength", stated_strength, f"expected Good or Low quality a.k.a for {text}")
    return ListedName(
        text,
        type=type or NameType.AKA,
        strength=Strength.WEAK if strength.startswith(("low", "weak")) else Strength.STRONG,
        parts=_parts(kind, parts),
    )


def _parts(kind: Kind, stated: list[str]) -> list[NamePart]:
    """A name in one field alone is a whole name, whichever field it stands in."""
    roles = ("given", "middle", "middle", "middle", "middle", "surname")
    filled = [(role, text) for role, text in zip(roles, stated, strict=True) if text]
    if len(filled) == 1:
        return [NamePart(role="whole", text=filled[0][1])]
    return [NamePart(role=role, text=text) for role, text in filled] if kind is Kind.PERSON else []


def _program(entry: Entry, regime: str) -> Program:
    # The list prints one set of regulations now with "The" and now without, and apostrophes of two shapes.
    known = entry.job.manifest.programs
    if regime not in known:
        alike = _letters(regime)
        for code, program in known.items():
            if _letters(code) == alike:
                return attrs.evolve(program, code=regime)
    return entry.job.program(regime)


def _letters(regime: str) -> str:
    return " ".join(regime.translate(_APOSTROPHES).casefold().split()).removeprefix("the ")


def _measures(entry: Entry) -> tuple[Measure, ...]:
    found: dict[Measure, None] = {}
    stated = [*entry.all("sanctionsimposed"), *entry.all("sanctionsimposedindicators")]
    for sanction in dict.fromkeys(part.strip() for text in stated for part in re.split(r"[|,;]", text)):
        letters = field_of(sanction)
        measures = [measure for fragment, measure in _MEASURES.items() if fragment in letters]
        found.update(dict.fromkeys(measures))
        if letters and not measures and not letters.startswith(_NO_MEASURE):
            entry.job.notice(entry.id, "Sanctions Imposed", sanction, "a sanction that is not known; kept as a fact")
    return tuple(found)


def _birth_dates(entry: Entry) -> tuple[PartialDate, ...]:
    found = []
    for text in entry.values("dob"):
        # A spreadsheet's apostrophe precedes some; an unknown day or month is printed dd, mm or 00.
        date = parse_date(_UNKNOWN_DAY_OR_MONTH.sub("00", text.lstrip("'’")))
        if date is None:
            entry.keep("D.O.B", text, "expected a date such as 15/08/1975, dd/mm/1975 or 00/00/1975")
        else:
            found.append(attrs.evolve(date, text=text))
    return tuple(found)


def _listed_on(entry: Entry) -> str | None:
    found = None
    for text in entry.all("datedesignated"):
        date = parse_date(text)
        if date is None or not date.is_exact or found:
            entry.keep("Date Designated", text, "expected one date such as 29/06/2012")
        else:
            found = date.earliest.isoformat()
    return found


def _place(text: str, country: str) -> Place:
    return Place(text=text, country=country_code(country))


def _gender(entry: Entry) -> str | None:
    stated = entry.values("gender")
    genders = {_GENDERS.get(text.lower()) for text in stated}
    if len(genders) == 1 and None not in genders:
        return genders.pop()
    if stated:
        entry.keep("Gender", ", ".join(stated), "expected Male or Female")
    return None


def _address(held: tuple[str, ...]) -> Address:
    """The list has no field of its own for a city: it stands in any line."""
    return Address(text=", ".join(filter(None, held)), country=country_code(held[-1]))


def _relations(entry: Entry) -> list[Relation]:
    return [Relation(type=type, name=name) for field, type in _RELATIONS.items() for name in entry.values(field)]


def _facts(entry: Entry) -> list[tuple[str, str]]:
    facts = [(label, text) for field, label in _FACTS.items() for text in entry.all(field)]
    for field, label in entry.labels.items():
        if field not in _FACTS and field not in _ELSEWHERE:
            facts += [(label, text) for text in entry.all(field)]
            entry.job.notice(entry.id, label, "", "a field that this format is not known to have; kept as a fact")
    return facts
