"""The reader of OFAC's SDN_ENHANCED.XML and CONS_ENHANCED.XML.

The format is that of https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML.xsd,
a root `sanctionsData`. It is the only one with native scripts, typed relations and the sanctions types that
say what a listing entails. An entity's `id` is the number that OFAC's other formats give it (`ent_num`,
`uid`); its `identityId` and the keys of its parts are of OFAC's database only and left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from screenkit.errors import InvalidRecordError, ListFormatError
from screenkit.model import Address, Designation, ListedName, NameType, PartialDate, Relation, Strength
from screenkit.model.countries import country_code
from screenkit.sources.builder import report_missing_id
from screenkit.sources.format import Format, xml_root
from screenkit.sources.formats.xml import records, text, texts
from screenkit.sources.job import Job

from . import vocabulary
from .entry import Entry, document_note

#: Address part -> its place in the address as the other formats print it.
_ADDRESS_ORDER = {
    kind: place
    for place, kind in enumerate(
        ("ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "POSTAL CODE", "REGION")
    )
}
#: The elements that hold the records and the tables.
_HOLDERS = ("referenceValues", "entities")
#: Country as the file names it -> its code, from the file's own table.
_Countries = Mapping[str, str]


def read(job: Job) -> Iterator[Designation]:
    """Stream the entities of the list that the manifest names.

    Raises `ListFormatError` where the file says that it is OFAC's other list.
    """
    countries: dict[str, str] = {}
    ordinal = 0
    tags = ("publicationInfo", "referenceValue", "entity")
    for element in records(job.file, *tags, job=job, holders=_HOLDERS, beside=("featureTypes",)):
        if element.tag == "publicationInfo":
            _refuse_other_list(job, texts(element, "filters/sanctionsLists/sanctionsList"))
            job.published(_published(job, text(element, "dataAsOf")))
        elif element.tag == "referenceValue":
            if code := text(element, "isoCode"):
                countries[text(element, "value")] = code.lower()
        else:
            ordinal += 1
            designation = _designation(job, element, ordinal, countries)
            if designation is not None:
                yield designation


def _published(job: Job, stated: str) -> str | None:
    try:
        return dt.date.fromisoformat(stated[: len("YYYY-MM-DD")]).isoformat()
    except ValueError:
        job.notice("-", "dataAsOf", stated, "expected a date such as 2025-01-10")
        return None


def _refuse_other_list(job: Job, stated: list[str]) -> None:
    expected = vocabulary.LISTS.get(job.manifest.id)
    if stated and expected and expected not in stated:
        raise ListFormatError(
            f"{job.file.name}: expected OFAC's {expected!r}, which is {job.manifest.id}; "
            f"found {', '.join(map(repr, stated))}. Give the file of the right list, or name the other source."
        )


def _designation(job: Job, element: Element, ordinal: int, countries: _Countries) -> Designation | None:
    id = element.get("id", "").strip()
    if not id:
        name = text(element, "names/name/translations/translation/formattedFullName")
        report_missing_id(job, f"record no. {ordinal:,}", "id", hint=f"name {name!r}")
        return None
    entry = Entry(job=job, id=id)
    for section in element:
        if take := _SECTIONS.get(section.tag):
            take(entry, section, countries)
    entry.left_over(element, _SECTIONS)
    return entry.finished()


def _general(entry: Entry, section: Element, countries: _Countries) -> None:
    entry.state_kind(text(section, "entityType"))
    entry.titles.extend(texts(section, "title"))
    entry.remarks.extend(texts(section, "remarks"))
    entry.left_over(section, ("identityId", "entityType", "title", "remarks"))


def _lists(entry: Entry, section: Element, countries: _Countries) -> None:
    entry.state_lists((text(found), found.get("datePublished", "")) for found in section)


def _programs(entry: Entry, section: Element, countries: _Countries) -> None:
    entry.codes.extend(texts(section, "sanctionsProgram"))


def _types(entry: Entry, section: Element, countries: _Countries) -> None:
    for stated in texts(section, "sanctionsType"):
        entry.sanctions_type(stated)


def _authorities(entry: Entry, section: Element, countries: _Countries) -> None:
    entry.facts.extend(("Legal authority", stated) for stated in texts(section, "legalAuthority"))


def _names(entry: Entry, section: Element, countries: _Countries) -> None:
    # A stable sort: the primary name first, and of each name its primary translation.
    for name in sorted(section, key=lambda name: not _is(name, "isPrimary")):
        type = NameType.PRIMARY if _is(name, "isPrimary") else entry.name_type(text(name, "aliasType"))
        strength = Strength.WEAK if _is(name, "isLowQuality") else Strength.STRONG
        translations = name.findall("translations/translation")
        if not translations:
            entry.fault("translations", "", f"name {name.get('id', '')!r} has no text")
        for translation in sorted(translations, key=lambda translation: not _is(translation, "isPrimary")):
            _name(entry, translation, type, strength)


def _name(entry: Entry, translation: Element, type: NameType, strength: Strength) -> None:
    whole = text(translation, "formattedFullName")
    if not whole:
        entry.fault("formattedFullName", "", "the name is empty")
        return
    script = text(translation, "script")
    entry.names.append(
        ListedName(
            whole,
            type=type,
            strength=strength,
            language=vocabulary.LANGUAGES.get(script.casefold()),
            script=script or None,
            parts=entry.name_parts(
                (text(part, "type"), text(part, "value")) for part in translation.iterfind("nameParts/namePart")
            ),
        )
    )


def _addresses(entry: Entry, section: Element, countries: _Countries) -> None:
    for address in section:
        country = text(address, "country")
        code = countries.get(country) or country_code(country)
        for translation in address.iterfind("translations/translation"):
            parts = [
                (text(part, "type"), text(part, "value")) for part in translation.iterfind("addressParts/addressPart")
            ]
            parts.sort(key=lambda part: _ADDRESS_ORDER.get(part[0], len(_ADDRESS_ORDER)))
            whole = ", ".join(filter(None, (*(value for _, value in parts), country)))
            # OFAC gives some parties an address in which nothing is stated.
            if whole:
                entry.addresses.append(Address(text=whole, city=dict(parts).get("CITY"), country=code))


def _features(entry: Entry, section: Element, countries: _Countries) -> None:
    for feature in section:
        label, value = text(feature, "type"), text(feature, "value")
        if value:
            entry.feature(label, value, note=_note(feature), date=_date(entry, feature, value))
        entry.left_over(feature, _FEATURE_ELEMENTS)


def _note(element: Element) -> str:
    """What is added to a feature: comments, and a reliability other than the usual "Confirmed"."""
    reliability = text(element, "reliability")
    stated = (text(element, "comments"), "" if reliability == "Confirmed" else reliability)
    return ", ".join(filter(None, stated))


def _date(entry: Entry, feature: Element, value: str) -> PartialDate | None:
    span = feature.find("valueDate")
    if span is None:
        return None
    first, last = text(span, "fromDateBegin"), text(span, "toDateEnd")
    try:
        return PartialDate(
            text=value,
            earliest=dt.date.fromisoformat(first[: len("YYYY-MM-DD")]),
            latest=dt.date.fromisoformat(last[: len("YYYY-MM-DD")]),
            circa=_is(span, "isApproximate"),
        )
    except (ValueError, InvalidRecordError):
        problem = f"screenkit can't read this span of dates; the wording {value!r} is used"
        entry.notice("valueDate", f"{first} to {last}", problem)
        return None


def _documents(entry: Entry, section: Element, countries: _Countries) -> None:
    for document in section:
        label, number = text(document, "type"), text(document, "documentNumber")
        country = text(document, "issuingCountry")
        code = countries.get(country) or country_code(country)
        note = _document_note(entry, document, country)
        if number:
            entry.feature(label, number, country=code, note=note)
        else:
            entry.unnumbered(label, note)
        entry.left_over(document, _DOCUMENT_ELEMENTS)


def _document_note(entry: Entry, document: Element, country: str) -> str:
    name = text(document, "name")
    more = (
        text(document, "issuingLocation"),
        text(document, "issuingAuthority"),
        "" if _is(document, "isValid", default=True) else "not valid",
        # A document names its holder; only another name than the primary one says something.
        f"in the name of {name}" if name and entry.names and name != entry.names[0].text else "",
        _note(document),
    )
    issued, expires = _document_date(document, "issueDate"), _document_date(document, "expirationDate")
    return document_note(country, issued=issued, expires=expires, more=more)


def _document_date(document: Element, tag: str) -> str:
    stated, begin, end = (text(document, path) for path in (tag, f"{tag}/fromDateBegin", f"{tag}/toDateEnd"))
    return stated or (begin if end in ("", begin) else f"{begin} to {end}")


def _relations(entry: Entry, section: Element, countries: _Countries) -> None:
    for relationship in section:
        party = relationship.find("relatedEntity")
        type, name = text(relationship, "type"), text(party)
        if party is not None and name:
            entry.relations.append(Relation(type=type.casefold(), name=name, id=party.get("entityId") or None))
        # "on OFAC's SDN list:" is a quality, too.
        if quality := text(relationship, "quality"):
            entry.facts.append(("Relationship quality", f"{quality} ({type} {name})"))
        entry.left_over(relationship, ("type", "relatedEntity", "quality"))


def _is(element: Element, path: str, *, default: bool = False) -> bool:
    stated = text(element, path)
    return stated == "true" if stated else default


#: Element of an entity -> what takes it in. Names stand before documents, which are compared with them.
_SECTIONS: Mapping[str, Callable[[Entry, Element, _Countries], None]] = MappingProxyType(
    {
        "generalInfo": _general,
        "sanctionsLists": _lists,
        "sanctionsPrograms": _programs,
        "sanctionsTypes": _types,
        "legalAuthorities": _authorities,
        "names": _names,
        "addresses": _addresses,
        "features": _features,
        "identityDocuments": _documents,
        "relationships": _relations,
    }
)
#: `valueRefId` and `versionId` are keys; `isPrimary` orders alternatives, which stand in that order.
_FEATURE_ELEMENTS = frozenset(
    {"type", "versionId", "value", "valueRefId", "valueDate", "isPrimary", "reliability", "comments"}
)
_DOCUMENT_ELEMENTS = frozenset(
    {
        "type", "name", "documentNumber", "isValid", "issuingLocation", "issuingAuthority", "issuingCountry",
        "issueDate", "expirationDate", "comments", "reliability",
    }
)  # fmt: skip

FORMAT = Format(
    id="ofac_enhanced",
    title="OFAC ENHANCED XML",
    read=read,
    recognizes=lambda file: xml_root(file)[0] == "sanctionsData",
)
