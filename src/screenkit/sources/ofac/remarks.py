"""The remark of an OFAC record, and the facts it states.

A remark is a run of clauses between semicolons, closed by one period: "DOB 10 Dec 1948; POB Cairo, Egypt;
Passport 1084010 (Egypt); a.k.a. 'ABU 'ALI'; Linked To: HIZBALLAH." Quotes nest, so that they delimit
nothing; the names in quotes are those OFAC calls weak (FAQ 124). The forms are those of OFAC's published
SDN and Consolidated files; what is none of them is `plain` and stays in the remark's own text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

import attrs

from screenkit.model import (
    Identifier,
    IdentifierType,
    Kind,
    ListedName,
    NamePart,
    NameType,
    PartialDate,
    Place,
    Relation,
    Strength,
    Unparsed,
)
from screenkit.sources.dates import parse_date

from .labels import read_identifier, split_label
from .vocabulary import place

_ALTERNATIVE = re.compile(r"alt\. ", re.IGNORECASE)
_NAME = re.compile(r"([afn]\.k\.a\.|d\.b\.a\.) '(.*)'\Z", re.DOTALL)
_LINKED = re.compile(r"Linked To:? +(.+)", re.DOTALL)
#: Every wording has these words, whatever stands around them: "Additional Sanctions Information - Subject to
#: Secondary Sanctions [Pursuant to ...]", "Secondary sanctions risk: [section 1(b) of E.O. 13224 ...]".
_SECONDARY = re.compile(r"secondary sanctions", re.IGNORECASE)
_PROHIBITION = "Transactions Prohibited For"
_BIOGRAPHICAL = re.compile(r"(DOB|POB|nationality|citizen|Gender)(?::| ) *(.+)", re.DOTALL)
_OPERATORS = {
    "Aircraft Operator": "aircraft operator",
    "Vessel Operator": "vessel operator",
    "Vessel Owner": "vessel owner",
}
_OPERATOR = re.compile(f"({'|'.join(_OPERATORS)}) (.+)", re.DOTALL)
_POSITION = re.compile(r"(?:Position:|Title:|Alternate Title[:,]) *(.+)", re.DOTALL)
_WEBSITE = re.compile(r"(https?://\S+) \((website)\)\Z")
#: Facts whose label has no colon.
_FACT = re.compile(
    r"(Aircraft Manufacture Date|Aircraft Model|Executive Order \d+ Directive Determination"
    r"|Executive Order \d+ Directive Information|IFCA Determination|Nationality of Registration"
    r"|Organization Established Date|Organization Type:|Target Type|Vessel Year of Build|Vessel Flag"
    r"|Vessel Type|Former Vessel Flag|Other Vessel Flag|Other Vessel Type)(?: -)? +(.+)",
    re.DOTALL,
)
_COLON = re.compile(r"([A-Z][\w()/' -]{2,60}):\s+(.+)", re.DOTALL)
#: One entry gives the data of a second passport in parentheses, opened by a sentence.
_INTRODUCTION = re.compile(r"\(Following data [^:]*: (?=Alt\.)")
#: Abbreviations of single letters, whose last period is their own: "S.A.", "D.C.", "S. DE R.L."
_ABBREVIATED = re.compile(r"(?:\A|[ .])[A-Za-z]\.\Z")
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?\Z", re.IGNORECASE)

_GENDERS = {"Male": "male", "Female": "female"}
#: "Doing business as" stands once, where the others say "also known as".
_NAME_TYPES = {
    "a.k.a.": NameType.AKA,
    "d.b.a.": NameType.AKA,
    "f.k.a.": NameType.FKA,
    "n.k.a.": NameType.NKA,
}


@attrs.define
class RemarkFacts:
    """What one remark states, each field as the field of `Designation` of that name."""

    #: Weak names.
    names: list[ListedName] = attrs.field(factory=list)
    secondary_sanctions: list[str] = attrs.field(factory=list)
    prohibitions: list[str] = attrs.field(factory=list)
    birth_dates: list[PartialDate] = attrs.field(factory=list)
    birth_places: list[Place] = attrs.field(factory=list)
    nationalities: list[Place] = attrs.field(factory=list)
    citizenships: list[Place] = attrs.field(factory=list)
    gender: str | None = None
    identifiers: list[Identifier] = attrs.field(factory=list)
    relations: list[Relation] = attrs.field(factory=list)
    titles: list[str] = attrs.field(factory=list)
    facts: list[tuple[str, str]] = attrs.field(factory=list)
    unparsed: list[Unparsed] = attrs.field(factory=list)
    #: Clauses of no known form, such as "ICTY indictee"; they stand in the remark's own text only.
    plain: list[str] = attrs.field(factory=list)


def read_remark(
    text: str, *, kind: Kind = Kind.UNKNOWN, is_cut: bool = False, dotted_names: Collection[str] = frozenset()
) -> RemarkFacts:
    """Read a whole remark.

    `kind` is that of the entry: names of persons are divided into surname and given name. `is_cut` says that
    the remark stops in the middle: its last clause is then kept as text, for half a wallet address is
    none, except a wording on secondary sanctions or a prohibition. `dotted_names` are the listed names that
    end in a period; OFAC prints no second one at the end of a remark ("Linked To: ACME CO., LTD.").
    """
    found = RemarkFacts()
    clauses = [clause.strip() for clause in text.split(";")]
    last = clauses.pop()
    for clause in filter(None, clauses):
        _read_clause(found, clause, kind)
    if is_cut and last and not _states_sanctions(last):
        found.unparsed.append(Unparsed(field="Remarks", text=last))
    elif last:
        _read_clause(found, last if is_cut else _without_closing_period(last, dotted_names), kind)
    return found


def name_parts(name: str, kind: Kind) -> tuple[NamePart, ...]:
    """Divide a person's name "SURNAME, Given, Jr." as OFAC prints it; empty where it isn't divided."""
    pieces = name.split(", ")
    if kind is not Kind.PERSON or len(pieces) == 1:
        return ()
    suffixes = [piece for piece in pieces[1:] if _SUFFIX.match(piece)]
    given = ", ".join(piece for piece in pieces[1:] if piece not in suffixes)
    stated = [("surname", pieces[0]), ("given", given), *(("suffix", suffix) for suffix in suffixes)]
    return tuple(NamePart(role=role, text=text) for role, text in stated if text)


def _states_sanctions(clause: str) -> bool:
    return clause.startswith(_PROHIBITION) or _SECONDARY.search(clause) is not None


def _without_closing_period(clause: str, dotted_names: Collection[str]) -> str:
    """Take the remark's closing period off its last clause, unless it is (also) that of a name."""
    if not clause.endswith("."):
        return clause
    linked = _LINKED.match(clause)
    if linked is None:
        is_place = _BIOGRAPHICAL.match(clause) is not None
        return clause if is_place and _ABBREVIATED.search(clause) else clause[:-1]
    return clause if linked[1] in dotted_names else clause[:-1]


def _read_clause(found: RemarkFacts, clause: str, kind: Kind) -> None:
    clause = _INTRODUCTION.sub("", clause)
    clause = _ALTERNATIVE.sub("", clause, count=1) if _ALTERNATIVE.match(clause) else clause
    if not any(read(found, clause, kind) for read in _READERS):
        found.plain.append(clause)


def _read_name(found: RemarkFacts, clause: str, kind: Kind) -> bool:
    match = _NAME.match(clause)
    if match is None or not match[2].strip():
        return False
    text = match[2].strip()
    parts = name_parts(text, kind)
    name = ListedName(text, type=_NAME_TYPES[match[1]], strength=Strength.WEAK, parts=parts)
    found.names.append(name)
    return True


def _read_relation(found: RemarkFacts, clause: str, kind: Kind) -> bool:
    linked = _LINKED.match(clause)
    operator = _OPERATOR.match(clause)
    if linked:
        found.relations.append(Relation(type="linked to", name=linked[1]))
    elif operator:
        found.relations.append(Relation(type=_OPERATORS[operator[1]], name=operator[2]))
    return bool(linked or operator)


def _read_sanctions(found: RemarkFacts, clause: str, kind: Kind) -> bool:
    if not _states_sanctions(clause):
        return False
    (found.prohibitions if clause.startswith(_PROHIBITION) else found.secondary_sanctions).append(clause)
    return True


def _read_biography(found: RemarkFacts, clause: str, kind: Kind) -> bool:
    match = _BIOGRAPHICAL.match(clause)
    if match is None:
        return False
    label, stated = match.groups()
    if label == "DOB":
        date = parse_date(stated)
        if date is None:
            found.unparsed.append(Unparsed(field=label, text=stated))
        else:
            found.birth_dates.append(date)
    elif label == "Gender":
        _read_gender(found, stated)
    else:
        places = {
            "POB": found.birth_places,
            "nationality": found.nationalities,
            "citizen": found.citizenships,
        }
        places[label].append(place(stated))
    return True


def _read_gender(found: RemarkFacts, stated: str) -> None:
    if stated in _GENDERS:
        found.gender = _GENDERS[stated]
    else:
        found.unparsed.append(Unparsed(field="Gender", text=stated))


def _read_identifier(found: RemarkFacts, clause: str, kind: Kind) -> bool:
    website = _WEBSITE.match(clause)
    if website:
        identifier = Identifier(type=IdentifierType.WEBSITE, value=website[1], label=website[2])
        found.identifiers.append(identifier)
        return True
    labeled = split_label(clause)
    if labeled is None:
        return False
    label, stated = labeled
    read = read_identifier(label, stated)
    if read is None:
        found.unparsed.append(Unparsed(field=label, text=clause))
    else:
        found.identifiers.append(read)
    return True


def _read_fact(found: RemarkFacts, clause: str, kind: Kind) -> bool:
    if position := _POSITION.match(clause):
        found.titles.append(position[1])
        return True
    match = _FACT.match(clause) or _COLON.match(clause)
    if match is None:
        return False
    found.facts.append((match[1].rstrip(":"), match[2]))
    return True


#: Tried in this order: a name or a linked party may hold any wording, a label is certain, a colon is not.
_READERS: tuple[Callable[[RemarkFacts, str, Kind], bool], ...] = (
    _read_name,
    _read_relation,
    _read_sanctions,
    _read_biography,
    _read_identifier,
    _read_fact,
)
