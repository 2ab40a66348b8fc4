"""The reader of OFAC's SDN_ADVANCED.XML and CONS_ADVANCED.XML.

The format is OFAC's use of the UN's "advanced sanctions data model", a root `Sanctions`
(https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML.xsd). What is stated
about a party is spread over sections that refer to each other by key, some of them behind the parties; so the
file is read twice, first for the tables (`advanced_tables`), then for the parties. A party's
`FixedRef` is the number that OFAC's other formats give it; the keys of its parts are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from screenkit.errors import ListFormatError
from screenkit.model import Address, Designation, ListedName, NameType, Relation, Strength
from screenkit.sources.builder import NO_DATE, report_missing_id
from screenkit.sources.format import Format, xml_root
from screenkit.sources.formats.xml import records, text
from screenkit.sources.job import Job

from . import vocabulary
from .advanced_tables import Relationship, Tables, joined_name, period, read_tables
from .entry import Entry

#: What stands beside the parties, and is read before them or says nothing about one.
_SECTIONS = (
    "DateOfIssue", "ReferenceValueSets", "Locations", "IDRegDocuments", "ProfileRelationships", "SanctionsEntries",
    "SanctionsEntryLinks",
)  # fmt: skip
_PARTY_ELEMENTS = frozenset({"Comment", "Profile"})
_PROFILE_ELEMENTS = frozenset({"Identity", "Feature"})


def read(job: Job) -> Iterator[Designation]:
    """Stream the parties of the list that the manifest names.

    Raises `ListFormatError` where most parties are not on that list but on OFAC's other one.
    """
    tables = read_tables(job)
    _refuse_other_list(job, tables)
    job.published(tables.published)
    parties = records(job.file, "DistinctParty", job=job, holders=("DistinctParties",), beside=_SECTIONS)
    for ordinal, party in enumerate(parties, start=1):
        designation = _designation(job, party, ordinal, tables)
        if designation is not None:
            yield designation


def _refuse_other_list(job: Job, tables: Tables) -> None:
    expected = vocabulary.LISTS.get(job.manifest.id)
    if expected is None:
        return
    # Some parties are on both lists, so that not one of them but most of them tell which file it is.
    entries = tables.entries.values()
    parties = {name: sum(name in entry.lists for entry in entries) for name in vocabulary.LISTS.values()}
    found = max(parties, key=lambda name: parties[name])
    if parties[expected] < parties[found]:
        raise ListFormatError(
            f"{job.file.name}: expected OFAC's {expected!r}, which is {job.manifest.id}; found the {found!r}, with "
            f"{parties[found]:,} parties. Give the file of the right list, or name the other source."
        )


def _designation(job: Job, party: Element, ordinal: int, tables: Tables) -> Designation | None:
    id = party.get("FixedRef", "").strip()
    profile = party.find("Profile")
    if not id:
        report_missing_id(job, f"record no. {ordinal:,}", "FixedRef")
        return None
    if profile is None:
        job.fault(id, "Profile", "", "the record has no Profile, which holds its names")
        return None
    entry = Entry(job=job, id=id)
    entry.state_kind(tables.party_type(profile.get("PartySubTypeID", "")))
    if remarks := text(party, "Comment"):
        entry.remarks.append(remarks)
    _sanctions(entry, profile, tables)
    for identity in profile.iterfind("Identity"):
        _names(entry, identity, tables)
        _documents(entry, identity, tables)
    for feature in profile.iterfind("Feature"):
        _feature(entry, feature, tables)
    for relationship in tables.relationships.get(profile.get("ID", ""), ()):
        _relation(entry, relationship, tables)
    entry.left_over(party, _PARTY_ELEMENTS)
    entry.left_over(profile, _PROFILE_ELEMENTS)
    return entry.finished()


def _sanctions(entry: Entry, profile: Element, tables: Tables) -> None:
    stated = tables.entries.get(profile.get("ID", ""))
    if stated is None:
        return
    entry.state_lists(stated.lists.items())
    entry.codes.extend(stated.programs)
    for type in stated.types:
        entry.sanctions_type(type)
    entry.facts.extend(("Legal authority", basis) for basis in stated.legal_bases)
    entry.facts.extend(stated.comments)


def _names(entry: Entry, identity: Element, tables: Tables) -> None:
    types = tables.part_types(identity)
    # A stable sort: the primary name first, and of each name its primary form, which is in Latin script.
    for alias in sorted(identity.iterfind("Alias"), key=lambda alias: alias.get("Primary") != "true"):
        type = tables.value("AliasType", alias.get("AliasTypeID"))
        name_type = NameType.PRIMARY if alias.get("Primary") == "true" else entry.name_type(type)
        strength = Strength.WEAK if alias.get("LowQuality") == "true" else Strength.STRONG
        forms = alias.findall("DocumentedName")
        if not forms:
            entry.fault("DocumentedName", "", f"an alias ({type}) has no name")
        for form in sorted(forms, key=lambda form: not tables.status(form).startswith("Primary")):
            _name(entry, form, name_type, strength, types, tables)


def _name(
    entry: Entry, form: Element, type: NameType, strength: Strength, types: dict[str, str], tables: Tables
) -> None:
    values = form.findall("DocumentedNamePart/NamePartValue")
    groups = (value.get("NamePartGroupID", "") for value in values)
    parts = entry.name_parts(
        (types.get(group, "unknown"), text(value)) for group, value in zip(groups, values, strict=True)
    )
    if not parts:
        entry.fault("NamePartValue", "", "the name is empty")
        return
    script = tables.value("Script", values[0].get("ScriptID"))
    entry.names.append(
        ListedName(
            joined_name(parts),
            type=type,
            strength=strength,
            language=vocabulary.LANGUAGES.get(script.casefold()),
            script=script or None,
            parts=parts,
        )
    )


def _documents(entry: Entry, identity: Element, tables: Tables) -> None:
    for document in tables.documents.get(identity.get("ID", ""), ()):
        holder = tables.names.get(document.name, "")
        other = holder and entry.names and holder != entry.names[0].text
        note = ", ".join(filter(None, (document.note, f"in the name of {holder}" if other else "")))
        if document.number:
            entry.feature(document.type, document.number, country=document.country, note=note)
        else:
            entry.unnumbered(document.type, note)


def _feature(entry: Entry, feature: Element, tables: Tables) -> None:
    label = tables.value("FeatureType", feature.get("FeatureTypeID"))
    for version in feature.iterfind("FeatureVersion"):
        note = _note(version, tables)
        keys = (found.get("LocationID", "") for found in version.iterfind("VersionLocation"))
        addresses = [tables.addresses[key] for key in keys if key in tables.addresses]
        if label == "Location":
            entry.addresses.extend(addresses)
            if note and addresses:
                entry.facts.append((label, f"{addresses[0].text} ({note})"))
            continue
        _values(entry, label, version, addresses, note, tables)


def _values(entry: Entry, label: str, version: Element, addresses: list[Address], note: str, tables: Tables) -> None:
    details = [
        text(detail) or tables.value("DetailReference", detail.get("DetailReferenceID"))
        for detail in version.iterfind("VersionDetail")
    ]
    for value in (*filter(None, details), *(address.text for address in addresses)):
        entry.feature(label, value, note=note)
    for element in version.iterfind("DatePeriod"):
        date = period(element)
        if date is None:
            stated = " ".join(filter(None, map(str.strip, element.itertext())))
            entry.keep(label, stated, NO_DATE)
        else:
            entry.feature(label, date.text, note=note, date=date)


def _note(version: Element, tables: Tables) -> str:
    """What is added to a feature: a comment, and a reliability other than the usual ones."""
    reliability = tables.value("Reliability", version.get("ReliabilityID"))
    stated = (text(version, "Comment"), "" if reliability in ("Confirmed", "Unknown") else reliability)
    return ", ".join(filter(None, stated))


def _relation(entry: Entry, relationship: Relationship, tables: Tables) -> None:
    # Only a party of the file has a name here; the number of another one is all that is published.
    id = relationship.to
    name = tables.party_names.get(id, "")
    entry.relations.append(Relation(type=relationship.type, name=name or id, id=id))
    for label, stated in relationship.facts:
        entry.facts.append((label, f"{stated} ({relationship.type} {name or id})"))


FORMAT = Format(
    id="ofac_advanced",
    title="OFAC ADVANCED XML",
    read=read,
    recognizes=lambda file: xml_root(file)[0] == "Sanctions",
)
