"""The tables of an OFAC ADVANCED XML file, by which its parties refer to each other.

These are the reference values (a key's word), locations, documents, sanctions entries and relationships, and
the parties' primary names, by which a relationship names the other party. They are kept in memory while the
file is read a second time; the parties aren't.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from xml.etree.ElementTree import Element

import attrs

from screenkit.errors import InvalidRecordError
from screenkit.model import Address, NamePart, PartialDate
from screenkit.model.countries import country_code
from screenkit.sources.formats.xml import records, text
from screenkit.sources.job import Job

from . import vocabulary
from .entry import document_note

#: The parts of a location in the order in which the other formats print them.
_PARTS = ("ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "POSTAL CODE", "REGION")
#: A sanctions measure of this type names a program, in its comment.
_PROGRAM = "Program"
#: Reference values that say that nothing is known.
_NOTHING = frozenset({"Unknown", "undetermined"})


@attrs.frozen(kw_only=True)
class Document:
    """An identity document."""

    type: str
    number: str
    #: ISO 3166-1 alpha-2 code of the issuing country.
    country: str | None
    #: Key of the name that it is issued in.
    name: str
    note: str


@attrs.define
class SanctionsEntry:
    """What a party is listed under, all its lists together, each fact once and in published order."""

    #: List -> ISO date of the entry there.
    lists: dict[str, str] = attrs.field(factory=dict)
    programs: dict[str, None] = attrs.field(factory=dict)
    types: dict[str, None] = attrs.field(factory=dict)
    legal_bases: dict[str, None] = attrs.field(factory=dict)
    comments: list[tuple[str, str]] = attrs.field(factory=list)


@attrs.frozen
class Relationship:
    """A party's tie to another."""

    type: str
    #: Key of the other party's profile.
    to: str
    facts: tuple[tuple[str, str], ...]


@attrs.define
class Tables:
    """Everything that parties refer to; each key is the file's."""

    published: str | None = None
    #: Element of a reference value -> key -> word.
    words: dict[str, dict[str, str]] = attrs.field(factory=dict)
    #: Key of a country -> ISO 3166-1 alpha-2 code.
    codes: dict[str, str] = attrs.field(factory=dict)
    #: Key of a party's sub-type -> key of its type.
    types: dict[str, str] = attrs.field(factory=dict)
    #: Key of a location -> its address; locations without a text have none.
    addresses: dict[str, Address] = attrs.field(factory=dict)
    #: Key of an identity -> its documents.
    documents: dict[str, list[Document]] = attrs.field(factory=dict)
    #: Key of a documented name that some document is issued in -> the name.
    names: dict[str, str] = attrs.field(factory=dict)
    #: Key of a profile -> the party's primary name.
    party_names: dict[str, str] = attrs.field(factory=dict)
    entries: dict[str, SanctionsEntry] = attrs.field(factory=dict)
    relationships: dict[str, list[Relationship]] = attrs.field(factory=dict)

    def value(self, element: str, key: str | None) -> str:
        """The word of a key; the key itself where the file doesn't explain it, empty where there is none."""
        return self.words.get(element, {}).get(key, key) if key else ""

    def party_type(self, sub_type: str) -> str:
        """The kind of party in OFAC's words: a transport's is its sub-type, Vessel or Aircraft."""
        word = self.value("PartySubType", sub_type)
        return self.value("PartyType", self.types.get(sub_type)) if word in _NOTHING else word

    def status(self, form: Element) -> str:
        """Whether a form of a name is the primary one."""
        return self.value("DocNameStatus", form.get("DocNameStatusID"))

    def part_types(self, identity: Element) -> dict[str, str]:
        """Key of a name part group of this identity -> the type of name part."""
        groups = identity.iterfind("NamePartGroups/MasterNamePartGroup/NamePartGroup")
        return {group.get("ID", ""): self.value("NamePartType", group.get("NamePartTypeID")) for group in groups}


def read_tables(job: Job) -> Tables:
    """Read the file once, for everything but the parties."""
    tables = Tables()
    take = {
        "DateOfIssue": _published,
        "ReferenceValueSets": _reference_values,
        "Location": _location,
        "IDRegDocument": _document,
        "DistinctParty": _party_names,
        "SanctionsEntry": _sanctions_entry,
        "ProfileRelationship": _relationship,
    }
    for element in records(job.file, *take):
        take[element.tag](tables, element)
    return tables


def joined_name(parts: Iterable[NamePart]) -> str:
    """Join a name's parts as OFAC's other formats print the name: "SURNAME, Given Middle"."""
    parts = tuple(parts)
    surname = " ".join(part.text for part in parts if part.role == "surname")
    others = " ".join(part.text for part in parts if part.role != "surname")
    return ", ".join(filter(None, (surname, others)))


def period(element: Element) -> PartialDate | None:
    """Read a DatePeriod: from the first day of its start to the last day of its end.

    The format states days only; the text is put in OFAC's words for the span, such as "circa 1961".
    """
    paths = ("Start/From", "Start/To", "End/From", "End/To")
    days = [_day(limit) for path in paths if (limit := element.find(path)) is not None]
    if not days or days[0] is None or days[-1] is None:
        return None
    first, last = days[0], days[-1]
    circa = any(limit.get("Approximate") == "true" for limit in element.iterfind("*"))
    try:
        return PartialDate(text=_wording(first, last, circa), earliest=first, latest=last, circa=circa)
    except InvalidRecordError:
        return None


def _day(element: Element | None) -> dt.date | None:
    try:
        return dt.date(*(int(text(element, field)) for field in ("Year", "Month", "Day")))
    except ValueError:
        return None


def _wording(first: dt.date, last: dt.date, circa: bool) -> str:
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        words = [f"{first.year:04}", f"{last.year:04}"]
    elif first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        words = [f"{_MONTHS[day.month]} {day.year:04}" for day in (first, last)]
    else:
        words = [f"{day.day:02} {_MONTHS[day.month]} {day.year:04}" for day in (first, last)]
    return ("circa " if circa else "") + " to ".join(dict.fromkeys(words))


#: English whatever the locale is, as OFAC prints them.
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _published(tables: Tables, element: Element) -> None:
    day = _day(element)
    tables.published = day.isoformat() if day else None


def _reference_values(tables: Tables, element: Element) -> None:
    for value in element.iterfind("*/*"):
        key, word = value.get("ID", ""), value.get("Description") or text(value)
        tables.words.setdefault(value.tag, {})[key] = word
        if code := value.get("ISO2"):
            tables.codes[key] = code.lower()
        if type := value.get("PartyTypeID"):
            tables.types[key] = type


def _location(tables: Tables, element: Element) -> None:
    parts: dict[str, list[str]] = {}
    for part in element.iterfind("LocationPart"):
        type = tables.value("LocPartType", part.get("LocPartTypeID"))
        values = (text(value, "Value") for value in part.iterfind("LocationPartValue"))
        parts.setdefault(type, []).extend(filter(None, values))
    key, country = _country(tables, element)
    order = sorted(parts, key=lambda type: _PARTS.index(type) if type in _PARTS else len(_PARTS))
    whole = ", ".join([value for type in order for value in parts[type]] + ([country] if country else []))
    if whole:
        city = ", ".join(parts.get("CITY", ())) or None
        code = tables.codes.get(key) or country_code(country)
        tables.addresses[element.get("ID", "")] = Address(text=whole, city=city, country=code)


def _country(tables: Tables, element: Element) -> tuple[str, str]:
    """The key and name of a location's country; an area such as a region has none but itself."""
    for words in ("Country", "AreaCode"):
        found = element.find(f"Location{words}")
        if found is not None:
            key = found.get(f"{words}ID", "")
            word = tables.value(words, key)
            if word not in _NOTHING:
                return key, word
    return "", ""


def _document(tables: Tables, element: Element) -> None:
    key = element.get("IssuedBy-CountryID", "")
    country = tables.value("Country", key)
    location = tables.addresses.get(element.get("IssuedIn-LocationID", ""))
    validity = tables.value("Validity", element.get("ValidityID"))
    issued, expires, *others = _document_dates(tables, element)
    more = (
        location.text if location else "",
        text(element, "IssuingAuthority"),
        *others,
        "" if validity == "Valid" else validity,
        text(element, "Comment"),
    )
    name = element.find("DocumentedNameReference")
    document = Document(
        type=tables.value("IDRegDocType", element.get("IDRegDocTypeID")),
        number=text(element, "IDRegistrationNo"),
        country=tables.codes.get(key) or country_code(country),
        name=name.get("DocumentedNameID", "") if name is not None else "",
        note=document_note(country, issued=issued, expires=expires, more=more),
    )
    tables.names.setdefault(document.name, "")
    tables.documents.setdefault(element.get("IdentityID", ""), []).append(document)


def _document_dates(tables: Tables, element: Element) -> list[str]:
    """A document's date of issue, its date of expiration, and any other, each with its type."""
    dates = {"Issue Date": "", "Expiration Date": ""}
    others = []
    for found in element.iterfind("DocumentDate"):
        type = tables.value("IDRegDocDateType", found.get("IDRegDocDateTypeID"))
        span = found.find("DatePeriod")
        date = period(span) if span is not None else None
        if date is not None and type in dates:
            dates[type] = date.text
        else:
            stated = date.text if date else " ".join(filter(None, map(str.strip, found.itertext())))
            others.append(f"{type} {stated}")
    return [*dates.values(), *others]


def _party_names(tables: Tables, element: Element) -> None:
    for identity in element.iterfind("Profile/Identity"):
        types = tables.part_types(identity)
        for alias in identity.iterfind("Alias"):
            for form in alias.iterfind("DocumentedName"):
                name = _form_name(form, types)
                key, profile = form.get("ID", ""), element.find("Profile")
                if key in tables.names:
                    tables.names[key] = name
                is_primary = alias.get("Primary") == "true" and tables.status(form) != "Others"
                if is_primary and profile is not None:
                    tables.party_names.setdefault(profile.get("ID", ""), name)


def _form_name(form: Element, types: dict[str, str]) -> str:
    parts = []
    for value in form.iterfind("DocumentedNamePart/NamePartValue"):
        type = types.get(value.get("NamePartGroupID", ""), "")
        if stated := text(value):
            parts.append(NamePart(role=vocabulary.ROLES.get(type.casefold(), type), text=stated))
    return joined_name(parts)


def _sanctions_entry(tables: Tables, element: Element) -> None:
    entry = tables.entries.setdefault(element.get("ProfileID", ""), SanctionsEntry())
    listed = tables.value("List", element.get("ListID"))
    for event in element.iterfind("EntryEvent"):
        day = _day(event.find("Date"))
        # Several events of one entry, one for each legal basis: the first is the listing.
        entry.lists.setdefault(listed, day.isoformat() if day else "")
        if basis := tables.value("LegalBasis", event.get("LegalBasisID")):
            entry.legal_bases.setdefault(basis)
        if comment := text(event, "Comment"):
            entry.comments.append((f"Comment ({listed})", comment))
    entry.lists.setdefault(listed, "")
    for measure in element.iterfind("SanctionsMeasure"):
        type, comment = tables.value("SanctionsType", measure.get("SanctionsTypeID")), text(measure, "Comment")
        if type == _PROGRAM and comment:
            entry.programs.setdefault(comment)
        elif type != _PROGRAM:
            entry.types.setdefault(type)
            if comment:
                entry.comments.append((type, comment))


def _relationship(tables: Tables, element: Element) -> None:
    type = tables.value("RelationType", element.get("RelationTypeID")).casefold()
    quality = tables.value("RelationQuality", element.get("RelationQualityID"))
    stated = (
        ("Relationship quality", "" if quality in _NOTHING else quality),
        ("Relationship comment", text(element, "Comment")),
    )
    former = "former: " if element.get("Former") == "true" else ""
    facts = tuple(fact for fact in stated if fact[1])
    relationship = Relationship(former + type, element.get("To-ProfileID", ""), facts)
    tables.relationships.setdefault(element.get("From-ProfileID", ""), []).append(relationship)
