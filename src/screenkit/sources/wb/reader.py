"""The reader of the World Bank's list of debarred firms and individuals, a JSON document.

The document is what the Bank's page of debarred firms loads: {"response": {"ZPROCSUPP": [...]}}, an object for
each firm or individual, all its values texts. The array alone is read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from screenkit.model import Address, Designation, Kind, ListedName
from screenkit.model.countries import country_code
from screenkit.sources.builder import DesignationBuilder, report_missing_id
from screenkit.sources.files import ListFile
from screenkit.sources.format import Format, json_keys
from screenkit.sources.formats import json_array
from screenkit.sources.formats.json_values import Json, listed, shown
from screenkit.sources.job import Job

_KEY = "ZPROCSUPP"
_PROGRAM = "World Bank debarment"
_ADDRESS = ("SUPP_ADDR", "SUPP_CITY", "SUPP_STATE_CODE", "SUPP_ZIP_CODE", "COUNTRY_NAME")
_READ = frozenset({"SUPP_ID", "SUPP_NAME", "LAND1", *_ADDRESS})
#: The page's mark of a footnote: "ACME CO., LTD.*24".
_FOOTNOTE = re.compile(r"\s*\*\s*\d*\s*\Z")
_INDIVIDUAL = "I"


def read(job: Job) -> Iterator[Designation]:
    """Stream the firms and individuals."""
    for place, stated in _records(job):
        id = shown(stated.get("SUPP_ID"))
        if not id:
            report_missing_id(job, place, "SUPP_ID", hint=f"name {shown(stated.get('SUPP_NAME'))!r}")
        elif designation := _designation(job, id, stated):
            yield designation


def _records(job: Job) -> Iterator[tuple[str, dict[str, Json]]]:
    if job.file.head.lstrip().startswith(b"["):
        yield from json_array.records(job, "")
        return
    yield from json_array.records(job, _KEY, inside="response")


def _designation(job: Job, id: str, stated: dict[str, Json]) -> Designation | None:
    record = DesignationBuilder(job=job, id=id, kind=Kind.ORGANIZATION)
    if shown(stated.get("SUPP_TYPE_CODE")).upper() == _INDIVIDUAL:
        record.kind = Kind.PERSON
    published = shown(stated.get("SUPP_NAME"))
    if text := _FOOTNOTE.sub("", published):
        record.names.append(ListedName(text))
    if text != published:
        record.state("SUPP_NAME", published)
    record.programs += job.programs([_PROGRAM])
    if address := ", ".join(text for key in _ADDRESS if (text := shown(stated.get(key)))):
        country = country_code(shown(stated.get("LAND1"))) or country_code(shown(stated.get("COUNTRY_NAME")))
        record.addresses.append(Address(text=address, city=shown(stated.get("SUPP_CITY")) or None, country=country))
    record.state_listed_on("DEBAR_FROM_DATE", shown(stated.get("DEBAR_FROM_DATE")))
    for key, value in stated.items():
        if key not in _READ:
            for one in listed(value):
                record.state(key, shown(one))
    return record.designation("SUPP_NAME")


def _recognizes(file: ListFile) -> bool:
    return {"SUPP_ID", "SUPP_NAME"} <= json_keys(file)


FORMAT = Format(id="world_bank", title="World Bank debarred firms, JSON", read=read, recognizes=_recognizes)
