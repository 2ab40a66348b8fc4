"""The reader of OpenSanctions' simplified CSV of targets.

The format is targets.simple.csv of https://www.opensanctions.org/docs/bulk/csv/: one row a target, several
values of a field joined by ";" and quoted where they hold one. It doesn't say which sort an identifier is of,
which alias is weak, or what a country means to a target: entities.ftm.json does.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from screenkit.model import (
    Address,
    Designation,
    Identifier,
    IdentifierType,
    Kind,
    ListedName,
    NameType,
)
from screenkit.model.countries import country_code
from screenkit.sources.builder import DesignationBuilder, report_missing_id
from screenkit.sources.files import ListFile
from screenkit.sources.format import Format, first_row
from screenkit.sources.formats.header_csv import rows
from screenkit.sources.job import Job

from .schema import PARTIES

_REQUIRED = ("id", "schema", "name", "aliases", "birth_date", "countries", "identifiers", "sanctions", "dataset")
#: Columns that become identifiers.
_IDENTIFIERS = {"identifiers": IdentifierType.OTHER, "phones": IdentifierType.PHONE, "emails": IdentifierType.EMAIL}
#: Columns that become facts. What `sanctions` joins (program, reason, status, dates) can't be taken apart again.
_FACTS = ("sanctions", "dataset")
_READ = frozenset((*_REQUIRED, *_IDENTIFIERS, "addresses", "program_ids"))


def read(job: Job) -> Iterator[Designation]:
    """Read targets.simple.csv."""
    for place, row in rows(job, _REQUIRED):
        if not row["id"]:
            report_missing_id(job, place, "id")
        missing = [column for column in ("schema", "name") if not row[column]]
        for column in missing:
            job.fault(row["id"] or place, column, "", f"the record has no {column}")
        if row["id"] and not missing and (found := _designation(job, row)):
            yield found


def _recognizes(file: ListFile) -> bool:
    return {"id", "schema", "name", "aliases", "dataset"} <= set(first_row(file))


def _designation(job: Job, row: dict[str, str]) -> Designation | None:
    record = DesignationBuilder(job=job, id=row["id"], kind=PARTIES.get(row["schema"], Kind.UNKNOWN))
    record.names.append(ListedName(row["name"]))
    record.names += [ListedName(alias, type=NameType.AKA) for alias in _split(row, "aliases")]
    datasets = _split(row, "dataset")
    record.programs += job.programs(_split(row, "program_ids") or datasets)
    entailing = (*record.programs, *job.programs(datasets))
    record.measures += [measure for program in entailing for measure in program.measures]
    for text in _split(row, "birth_date"):
        record.state_birth_date("birth_date", text)
    record.identifiers += [
        Identifier(type=type, value=value, label=column)
        for column, type in _IDENTIFIERS.items()
        for value in _split(row, column)
    ]
    record.addresses += [Address(text=text) for text in _split(row, "addresses")]
    # A country says no more than that the target is tied to it; so does an address of nothing but a country.
    record.addresses += [Address(text=code, country=country_code(code)) for code in _split(row, "countries")]
    record.facts += _facts(row)
    return record.designation("name")


def _split(row: dict[str, str], column: str) -> list[str]:
    """The values of a column, which is itself a row of CSV; one that isn't is a single value."""
    joined = row.get(column, "")
    if not joined:
        return []
    try:
        values: Iterable[str] = next(csv.reader([joined], delimiter=";", strict=True))
    except csv.Error:
        # Older files and other exporters join without quoting: 'the "Red" House; Blue House'.
        values = joined.split(";")
    return [stripped for value in values if (stripped := value.strip())]


def _facts(row: dict[str, str]) -> list[tuple[str, str]]:
    stated = [("schema", row["schema"])]
    stated += [(column, value) for column in _FACTS for value in _split(row, column)]
    stated += [(column, text) for column, text in row.items() if text and column not in _READ]
    return stated


FORMAT = Format(
    id="opensanctions_targets",
    title="OpenSanctions targets as simplified CSV",
    read=read,
    recognizes=_recognizes,
)
