"""The reader of Ukraine's State Sanctions Register, a JSON array of subjects.

The Office of the National Security and Defense Council offers the register through an interface for which it
gives out keys (api-drs.nsdc.gov.ua, /v2/subjects); what it returns is saved as a file, one array of objects for
individuals and one for legal entities, which are read together or apart. Keys without a field of their own
become facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screenkit.model import Designation, Identifier, IdentifierType, Kind, ListedName, NameType, Place
from screenkit.model.countries import country_code
from screenkit.sources.builder import DesignationBuilder, is_not_available, report_missing_id
from screenkit.sources.files import ListFile
from screenkit.sources.format import Format, json_keys
from screenkit.sources.formats import json_array
from screenkit.sources.formats.json_values import Json, listed, shown
from screenkit.sources.job import Job

_KINDS = {
    "individual": Kind.PERSON,
    "person": Kind.PERSON,
    "legal": Kind.ORGANIZATION,
    "legal_entity": Kind.ORGANIZATION,
}
_PROGRAM = "NSDC"
#: Keys of names, the main one apart: the transliteration, and further spellings.
_NAMES = ("translit", "aliases")
_IDENTIFIERS = {
    "ipn": IdentifierType.TAX,
    "inn": IdentifierType.TAX,
    "odrn": IdentifierType.REGISTRATION,
    "ogrn": IdentifierType.REGISTRATION,
    "edrpou": IdentifierType.REGISTRATION,
    "passport": IdentifierType.PASSPORT,
    "imo": IdentifierType.IMO,
}
_READ = frozenset({"sid", "name", "bd", "citizenships", "subjectType", *_NAMES, *_IDENTIFIERS})


def read(job: Job) -> Iterator[Designation]:
    """Stream the subjects of all files."""
    for file in job.files:
        for place, stated in json_array.records(job, "", file=file):
            id = shown(stated.get("sid"))
            if not id:
                hint = f"name {shown(stated.get('name'))!r}"
                report_missing_id(job, place, "sid", hint=hint)
            elif designation := _designation(job, file, id, stated):
                yield designation


def _designation(job: Job, file: ListFile, id: str, stated: Mapping[str, Json]) -> Designation | None:
    record = DesignationBuilder(job=job, id=id, file=file)
    kind = shown(stated.get("subjectType")).casefold()
    record.kind = _KINDS.get(kind, Kind.UNKNOWN)
    if kind and kind not in _KINDS:
        record.keep_as_fact("subjectType", kind, f"expected one of: {', '.join(_KINDS)}; its kind is unknown")
    if not kind and "bd" in stated:
        record.kind = Kind.PERSON
    if name := shown(stated.get("name")):
        record.names.append(ListedName(name, language="uk"))
    for key in _NAMES:
        for text in filter(None, map(shown, listed(stated.get(key)))):
            if not any(name.text == text for name in record.names):
                record.names.append(ListedName(text, type=NameType.AKA))
    record.programs += job.programs([_PROGRAM])
    for text in filter(None, map(shown, listed(stated.get("bd")))):
        record.state_birth_date("bd", text)
    for text in filter(None, map(_country_text, listed(stated.get("citizenships")))):
        if not is_not_available(text):
            record.citizenships.append(Place(text=text, country=country_code(text)))
    for key, type in _IDENTIFIERS.items():
        for number in filter(None, map(shown, listed(stated.get(key)))):
            record.identifiers.append(Identifier(type=type, value=number, label=key))
    for key, value in stated.items():
        if key not in _READ:
            for one in listed(value):
                record.state(key, shown(one))
    return record.designation("name")


def _country_text(value: Json) -> str:
    """A citizenship as a text, or as an object with its name and code."""
    return shown(value.get("name")) or shown(value.get("iso2")) if isinstance(value, dict) else shown(value)


def _recognizes(file: ListFile) -> bool:
    return file.head.lstrip().startswith(b"[") and {"sid", "name"} <= json_keys(file)


FORMAT = Format(id="ua_nsdc", title="Ukraine's State Sanctions Register, JSON", read=read, recognizes=_recognizes)
