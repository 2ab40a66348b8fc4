"""Switzerland's SECO consolidated list XML in, designations out.

The format is SECO's `swiss-sanctions-list`, offered as "consolidated list, XML" by its sanctions search
SESAM: programs with their sanctions sets, then targets, then the places that targets point to. Hence two
passes; the first keeps programs, places and main names.

A target stays in the file when it is de-listed, and each `modification` repeats what it added and removed.
Only the present state is read, and of a de-listed target nothing: it is no designation, and it is counted.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import attrs

from screenkit.model import Designation, Identifier, IdentifierType, Kind, Measure, Program, Relation

from . import xml
from .ch_seco_identity import Gathered, SecoPlace
from .ch_seco_names import text_of
from .format import Format, xml_root
from .job import Job

_BODIES = {"individual": Kind.PERSON, "entity": Kind.ORGANIZATION, "object": Kind.UNKNOWN}
_OBJECTS = {"vessel": Kind.VESSEL, "aircraft": Kind.AIRCRAFT}
_SEXES = {"male": "male", "female": "female"}
#: Elements of a target and of its body that have a field of their own; any other one becomes a fact.
_READ = frozenset(
    {"sanctions-set-id", "foreign-identifier", "modification", "identity", "justification", "other-information",
     "relation", *_BODIES}
)  # fmt: skip
#: The number of an ordinance in the Classified Compilation of federal law (in French RS): "SR 946.231.116.9".
_ORDINANCE = re.compile(r"\b(?:SR|RS) (\d+(?:\.\d+)*)")
#: The wordings by which a sanctions set states what it entails.
_MEASURES = tuple(
    (measure, re.compile(wording, re.IGNORECASE))
    for measure, wording in (
        (Measure.BLOCK, r"\bfinancial sanction|\bfreez"),
        (Measure.TRAVEL, r"\btravel\b|\bentry\b|\btransit\b"),
        (Measure.SECTORAL, r"\bcapital market|\bsecurities\b|\bloans?\b"),
        (Measure.EXPORT, r"\bmilitary\b|\bdual[- ]use\b|\barms\b|\bexports?\b"),
    )
)
#: Further information of the form "IMO number: 9187629", which SECO has no element for.
_STATED_NUMBERS = tuple(
    (type, re.compile(rf"({label}) ?: *({value})\.?", re.IGNORECASE))
    for type, label, value in (
        (IdentifierType.IMO, r"IMO(?: number)?", r"\d{7}"),
        (IdentifierType.TAX, r"tax(?:payer)? (?:identification|registration|ID)(?: number)?|INN", r"[\w-]+"),
        (IdentifierType.REGISTRATION, r"(?:\w+ )?registration number(?: \([A-Z]+\))?|OGRN", r"[\w/-]+"),
        (IdentifierType.NATIONAL_ID, r"national (?:identification|ID)(?: number)?", r"[\w-]+"),
        (IdentifierType.BIC, r"SWIFT(?:/BIC)?(?: code)?", r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?"),
        (IdentifierType.EMAIL, r"e-?mail(?: address)?", r"\S+@\S+?"),
        (IdentifierType.WEBSITE, r"website", r"\S+\.\S+?"),
    )
)


@attrs.frozen
class _Set:
    """A sanctions set: the part of a program (an annex, an article) that a target is listed under."""

    key: str
    title: str
    text: str
    #: Whose sanctions the program carries over: "UN", "EU".
    origin: str


@attrs.define
class _References:
    """What targets point to: sanctions sets, places and each other, by ssid."""

    sets: dict[str, _Set] = attrs.field(factory=dict)
    places: dict[str, SecoPlace] = attrs.field(factory=dict)
    names: dict[str, str] = attrs.field(factory=dict)


def read(job: Job) -> Iterator[Designation]:
    """Stream the designations; targets that are de-listed at the list's date are counted as notices."""
    root = xml.root(job.file)
    date = root.get("date", "").strip()[:10]
    job.published(date)
    list_type = root.get("list-type", "whole-list")
    if list_type != "whole-list":
        job.notice("-", "list-type", list_type, "expected whole-list; the file may hold a part of it only")
    references = _references(job)
    for number, target in enumerate(xml.records(job.file, "target"), start=1):
        ssid = target.get("ssid", "").strip()
        latest = _latest_modification(target, date)
        if not ssid:
            job.fault(f"target {number}", "ssid", "", "the target has no id")
        elif latest is not None and latest.get("modification-type") == "de-listed":
            day = _modified_on(latest) or "a day not stated"
            job.notice(ssid, "modification-type", "de-listed", f"de-listed on {day}; not a designation")
        elif (designation := _designation(job, ssid, target, references)) is not None:
            yield designation


def _references(job: Job) -> _References:
    found = _References()
    for element in xml.records(job.file, "sanctions-program", "place", "target", job=job):
        ssid = element.get("ssid", "").strip()
        if element.tag == "place":
            found.places[ssid] = SecoPlace.of(element)
        elif element.tag == "sanctions-program":
            found.sets.update(_sets(element, ssid))
        else:
            names = itertools.chain.from_iterable(map(_primary_first, _identities(_body(element))))
            found.names[ssid] = next(filter(None, map(text_of, names)), "")
    return found


def _sets(program: Element, ssid: str) -> Iterator[tuple[str, _Set]]:
    key = _in_english(program.findall("program-key")) or ssid
    title = _in_english(program.findall("program-name"))
    by_id: dict[str, list[Element]] = {}
    for element in program.iterfind("sanctions-set"):
        by_id.setdefault(element.get("ssid", "").strip(), []).append(element)
    for set_id, texts in by_id.items():
        yield set_id, _Set(key, title, _in_english(texts), xml.text(program, "origin"))


def _in_english(elements: list[Element]) -> str:
    """The English one of the same text in several languages; the first where none is English."""
    english = [element for element in elements if element.get("lang", "").casefold() in ("eng", "en")]
    return next(filter(None, map(xml.text, english + elements)), "")


def _latest_modification(target: Element, date: str) -> Element | None:
    """The modification that the target's state at the list's date rests on.

    It is the one with the latest day, of several on one day the first, for the file has the newest first
    (but not always: hence by day). A de-listing that takes effect after the list's date has not yet happened.
    """

    def is_ahead(modification: Element) -> bool:
        is_delisting = modification.get("modification-type") == "de-listed"
        return is_delisting and bool(date) and _modified_on(modification) > date

    return max(itertools.filterfalse(is_ahead, target.iterfind("modification")), key=_modified_on, default=None)


def _modified_on(modification: Element) -> str:
    days = (modification.get(kind, "") for kind in ("effective-date", "enactment-date", "publication-date"))
    return next(filter(None, days), "")[:10]


def _body(target: Element) -> Element | None:
    return next((child for child in target if child.tag in _BODIES), None)


def _identities(body: Element | None) -> list[Element]:
    """The identities, the main one first."""
    found = body.findall("identity") if body is not None else []
    return sorted(found, key=lambda identity: identity.get("main") != "true")


def _primary_first(identity: Element) -> list[Element]:
    return sorted(identity.iterfind("name"), key=lambda name: name.get("name-type") != "primary-name")


def _designation(job: Job, ssid: str, target: Element, references: _References) -> Designation | None:
    body = _body(target)
    if body is None:
        found = ", ".join(child.tag for child in target)
        job.fault(ssid, "target", found, "expected an individual, entity or object in it")
        return None
    kind = _kind(job, ssid, body)
    gathered = Gathered(job, ssid, kind, references.places)
    for number, identity in enumerate(_identities(body)):
        gathered.add_identity(identity, is_main=number == 0)
    if not gathered.names:
        job.fault(ssid, "name", "", "the target has no name")
        return None
    _add_rest(gathered, target, body)
    programs = _programs(gathered, target, references)
    return Designation(
        id=ssid,
        kind=kind,
        names=sorted(gathered.names.values(), key=lambda name: name.type != "primary"),
        programs=programs,
        measures=_measures(programs),
        birth_dates=gathered.birth_dates,
        birth_places=gathered.birth_places,
        nationalities=gathered.nationalities,
        gender=_gender(gathered, body),
        identifiers=gathered.identifiers,
        addresses=gathered.addresses,
        relations=_relations(gathered, body, references),
        titles=gathered.titles,
        listed_on=_listed_on(target),
        remarks="\n".join((*xml.texts(body, "justification"), *xml.texts(body, "other-information"))),
        facts=gathered.facts,
        unparsed=gathered.unparsed,
        edition=job.edition,
    )


def _kind(job: Job, ssid: str, body: Element) -> Kind:
    if body.tag != "object":
        return _BODIES[body.tag]
    sort = body.get("object-type", "").strip()
    if sort not in _OBJECTS:
        job.notice(ssid, "object-type", sort, "neither vessel nor aircraft; its kind is unknown")
    return _OBJECTS.get(sort, Kind.UNKNOWN)


def _gender(gathered: Gathered, body: Element) -> str | None:
    stated = body.get("sex", "").strip()
    if stated and stated.casefold() not in _SEXES:
        gathered.keep("sex", stated, "neither male nor female")
    return _SEXES.get(stated.casefold())


def _programs(gathered: Gathered, target: Element, references: _References) -> tuple[Program, ...]:
    job = gathered.job
    # The id stands in an element today and stood in an attribute until 2023; a target can have several.
    ids = (*xml.texts(target, "sanctions-set-id"), target.get("sanctions-set-id", "").strip())
    programs = []
    for set_id in filter(None, dict.fromkeys(ids)):
        stated = references.sets.get(set_id)
        if stated is None:
            job.notice(
                gathered.ssid, "sanctions-set-id", set_id, "the file has no such set; kept as the program's code"
            )
            programs.append(job.program(set_id))
            continue
        programs.append(_program(job, stated))
        if stated.origin and ("origin", stated.origin) not in gathered.facts:
            gathered.facts.append(("origin", stated.origin))
    return tuple(programs)


def _program(job: Job, stated: _Set) -> Program:
    """The program by its key, else by the number of its ordinance, else with the title that the file gives."""
    number = _ORDINANCE.search(stated.title)
    if stated.key not in job.manifest.programs and number is not None:
        for program in job.manifest.programs.values():
            known = _ORDINANCE.search(program.authority)
            if known is not None and known[1] == number[1]:
                return attrs.evolve(program, code=stated.key, detail=stated.text)
    program = job.program(stated.key, detail=stated.text)
    return program if program.is_known else attrs.evolve(program, title=stated.title)


def _measures(programs: tuple[Program, ...]) -> tuple[Measure, ...]:
    """What the sanctions sets say, for a program entails different things by annex; else what programs say."""
    stated: dict[Measure, None] = {}
    for program in programs:
        own = [measure for measure, wording in _MEASURES if wording.search(program.detail)]
        stated.update(dict.fromkeys(own or program.measures))
    return tuple(stated)


def _relations(gathered: Gathered, body: Element, references: _References) -> list[Relation]:
    relations = []
    for element in body.iterfind("relation"):
        target_id = element.get("target-id", "").strip()
        sort = element.get("relation-type", "").replace("-", " ").strip().lower()
        name = references.names.get(target_id, "")
        if name:
            relations.append(Relation(type=sort, name=name, id=target_id))
        else:
            gathered.keep("relation", f"{sort} {target_id}", "the file has no such target")
        gathered.facts += [(f"relation to {target_id}", remark) for remark in xml.texts(element, "remark")]
    return relations


def _add_rest(gathered: Gathered, target: Element, body: Element) -> None:
    """Take over what stands beside the identities: numbers in further information, ids, attributes."""
    for text in xml.texts(body, "other-information"):
        for type, wording in _STATED_NUMBERS:
            if match := wording.fullmatch(text):
                gathered.identifiers.append(Identifier(type=type, value=match[2], label=match[1]))
    for number in xml.texts(target, "foreign-identifier"):
        gathered.identifiers.append(Identifier(value=number, label="foreign-identifier"))
    for element in (*target, *body):
        if element.tag not in _READ and xml.text(element):
            gathered.facts.append((element.get("name") or element.tag, xml.text(element)))
    published = gathered.job.edition.published or ""
    for modification in target.iterfind("modification[@modification-type='de-listed']"):
        if published and _modified_on(modification) > published:
            gathered.facts.append(("de-listed", _modified_on(modification)))


def _listed_on(target: Element) -> str | None:
    listings = target.iterfind("modification[@modification-type='listed']")
    return max(map(_modified_on, listings), default="") or None


FORMAT = Format(
    id="ch_seco",
    title="SECO consolidated sanctions list XML",
    read=read,
    recognizes=lambda file: xml_root(file)[0] == "swiss-sanctions-list",
)
