"""The reader of Switzerland's SECO consolidated list, XML.

The format is SECO's `swiss-sanctions-list`, offered as "consolidated list, XML" by its sanctions search
SESAM: programs with their sanctions sets, then targets, then the places that targets point to. Hence two
passes; the first keeps programs, places and main names.

A target stays in the file when it is de-listed, and each `modification` repeats what it added and removed.
Only the present state is read, and of a de-listed target nothing: it is no designation, and it is counted.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

import attrs

from screenkit.model import Designation, Identifier, IdentifierType, Kind, Measure, Program, Relation
from screenkit.sources.builder import report_missing_id
from screenkit.sources.format import Format, xml_root
from screenkit.sources.formats import xml
from screenkit.sources.job import Job

from .identity import SecoPlace, Target
from .names import text_of

_BODIES = {"individual": Kind.PERSON, "entity": Kind.ORGANIZATION, "object": Kind.UNKNOWN}
_OBJECTS = {"vessel": Kind.VESSEL, "aircraft": Kind.AIRCRAFT}
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
        # "article 12 -- Restrictions on named individuals and entities": the ordinances freeze what these have.
        (Measure.BLOCK, r"\bfinancial sanction|\bfreez|\bnamed individuals\b|\bnatural persons\b.*\bentities\b"),
        (Measure.TRAVEL, r"\btravel\b|\bentry\b|\btransit\b"),
        (Measure.SECTORAL, r"\bcapital market|\bsecurities\b|\bloans?\b|\bvessels?\b|\bships?\b"),
        (Measure.EXPORT, r"\bmilitary\b|\bdual[- ]use\b|\barms\b|\bexports?\b"),
    )
)
_NUMBER = r"(?: (?:number|no\.?|code|#))?"
#: Further information of the form "IMO number: 9187629", which SECO has no element for. A value without a colon
#: before it has a digit.
_STATED_NUMBERS = tuple(
    (type, re.compile(rf"({label})(?: ?: *| +(?=\S*\d))({value})\.?", re.IGNORECASE))
    for type, label, value in (
        (IdentifierType.IMO, rf"(?:vessel )?IMO{_NUMBER}", r"\d{7}"),
        (IdentifierType.MMSI, rf"MMSI{_NUMBER}", r"\d{9}"),
        (IdentifierType.CALL_SIGN, r"call ?sign", r"[\w-]+"),
        (IdentifierType.LEI, rf"LEI{_NUMBER}|legal entity identifier", r"[A-Z0-9]{18}\d\d"),
        (IdentifierType.PASSPORT, rf"(?:\w+ )?passport{_NUMBER}", r"(?:[A-Z]{1,3} )?(?=\S*\d)[\w/-]+"),
        (
            IdentifierType.TAX,
            rf"tax(?:payer)?(?: (?:identification|registration|ID))?{_NUMBER}(?: \(?[A-Z]{{2,4}}\)?)?"
            rf"|INN|TIN|UNP|VAT{_NUMBER}",
            r"(?=\S*\d)[\w-]+",
        ),
        (
            IdentifierType.REGISTRATION,
            rf"(?:\w+ )?registration{_NUMBER}(?: \([A-Z]+\))?|OGRN|KPP|USCC"
            rf"|(?:company|business|trade register){_NUMBER}",
            r"(?=\S*\d)[\w/-]+",
        ),
        (
            IdentifierType.NATIONAL_ID,
            rf"(?:national|personal) (?:identification|identity|ID){_NUMBER}|ID(?: card)?{_NUMBER}",
            r"(?=\S*\d)[\w-]+",
        ),
        (IdentifierType.BIC, rf"BIC{_NUMBER}|SWIFT(?:/BIC)?{_NUMBER}", r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?"),
        (IdentifierType.PHONE, rf"(?:tele)?phone{_NUMBER}|tel\.?", r"\+?[\d ()/-]{6,}"),
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
        job.notice("-", "list-type", list_type, "expected whole-list; the file may be a part of it only")
    references = _references(job)
    for number, target in enumerate(xml.records(job.file, "target"), start=1):
        ssid = target.get("ssid", "").strip()
        latest = _latest_modification(target, date)
        if not ssid:
            report_missing_id(job, f"target no. {number}", "ssid")
        elif latest is not None and latest.get("modification-type") == "de-listed":
            day = _modified_on(latest) or "an unstated day"
            job.notice(ssid, "modification-type", "de-listed", f"de-listed on {day}; no longer a designation")
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
        job.fault(ssid, "target", found, "expected an individual, an entity or an object in it")
        return None
    record = Target(job=job, id=ssid, places=references.places)
    _add_kind(record, body)
    for number, identity in enumerate(_identities(body)):
        record.add_identity(identity, is_main=number == 0)
    if not record.names:
        return record.designation("name")
    _add_rest(record, target, body)
    _add_programs(record, target, references)
    record.measures += _measures(record.programs)
    if not record.measures:
        job.loss(
            ssid, "sanctions-set", "; ".join(program.detail for program in record.programs), "states no known measure"
        )
    if sex := body.get("sex", "").strip():
        record.state_gender("sex", sex)
    _add_relations(record, body, references)
    record.listed_on = _listed_on(target)
    record.remarks += (*xml.texts(body, "justification"), *xml.texts(body, "other-information"))
    return record.designation("name")


def _add_kind(record: Target, body: Element) -> None:
    record.kind = _BODIES[body.tag]
    if body.tag == "object":
        sort = body.get("object-type", "").strip()
        if sort not in _OBJECTS:
            record.notice("object-type", sort, "expected vessel or aircraft; its kind is unknown")
        record.kind = _OBJECTS.get(sort, Kind.UNKNOWN)


def _add_programs(record: Target, target: Element, references: _References) -> None:
    job = record.job
    # The id stands in an element today and stood in an attribute until 2023; a target can have several.
    ids = (*xml.texts(target, "sanctions-set-id"), target.get("sanctions-set-id", "").strip())
    for set_id in filter(None, dict.fromkeys(ids)):
        stated = references.sets.get(set_id)
        if stated is None:
            record.notice("sanctions-set-id", set_id, "the file has no such set; kept as the program's code")
            record.programs.append(job.program(set_id))
            continue
        record.programs.append(_program(job, stated))
        record.state("origin", stated.origin)


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


def _measures(programs: Iterable[Program]) -> tuple[Measure, ...]:
    """What the sanctions sets say, for a program entails different things by annex; else what programs say."""
    stated: dict[Measure, None] = {}
    for program in programs:
        own = [measure for measure, wording in _MEASURES if wording.search(program.detail)]
        stated.update(dict.fromkeys(own or program.measures))
    return tuple(stated)


def _add_relations(record: Target, body: Element, references: _References) -> None:
    for element in body.iterfind("relation"):
        target_id = element.get("target-id", "").strip()
        sort = element.get("relation-type", "").replace("-", " ").strip().lower()
        name = references.names.get(target_id, "")
        if name:
            record.relations.append(Relation(type=sort, name=name, id=target_id))
        else:
            record.keep("relation", f"{sort} {target_id}", "the file has no such target; its text is kept")
        record.facts += [(f"relation to {target_id}", remark) for remark in xml.texts(element, "remark")]


def _add_rest(record: Target, target: Element, body: Element) -> None:
    """Take over what stands beside the identities: numbers in further information, ids, attributes."""
    for text in xml.texts(body, "other-information"):
        for piece in map(str.strip, re.split(r"[;\n]", text)):
            stated = ((type, match) for type, wording in _STATED_NUMBERS if (match := wording.fullmatch(piece)))
            for type, match in itertools.islice(stated, 1):
                record.identifiers.append(Identifier(type=type, value=match[2], label=match[1]))
    for number in xml.texts(target, "foreign-identifier"):
        record.identifiers.append(Identifier(value=number, label="foreign-identifier"))
    for element in (*target, *body):
        if element.tag not in _READ and xml.text(element):
            record.facts.append((element.get("name") or element.tag, xml.text(element)))
    published = record.job.edition.published or ""
    for modification in target.iterfind("modification[@modification-type='de-listed']"):
        if published and _modified_on(modification) > published:
            record.facts.append(("de-listed", _modified_on(modification)))


def _listed_on(target: Element) -> str | None:
    listings = target.iterfind("modification[@modification-type='listed']")
    return max(map(_modified_on, listings), default="") or None


FORMAT = Format(
    id="ch_seco",
    title="SECO consolidated sanctions list XML",
    read=read,
    recognizes=lambda file: xml_root(file)[0] == "swiss-sanctions-list",
)
