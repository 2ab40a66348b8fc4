"""The reader of OFAC's legacy comma-separated files.

They are sdn, alt, add and sdn_comments, or cons_prim, cons_alt, cons_add and cons_comments, as OFAC's "SDN data
specification" (dat_spec.txt) defines them. Only together are they a list: the others add to the records of the
main file. They are ASCII, so that names in native script are lost, and a remark is cut at 1,000 characters and
goes on, in the middle of a word, in the comments; OFAC's ENHANCED XML has neither defect.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import attrs

from screenkit.model import (
    Address,
    Designation,
    Identifier,
    IdentifierType,
    Kind,
    ListedName,
    NameType,
    Program,
    Relation,
)
from screenkit.model.countries import country_code
from screenkit.sources.builder import DesignationBuilder
from screenkit.sources.files import ListFile
from screenkit.sources.format import Format
from screenkit.sources.job import Job

from .legacy_rows import (
    ADDRESSES,
    ALIASES,
    COMMENTS,
    MAIN,
    Row,
    dotted_names,
    files_by_layout,
    layout_of,
    read_rows,
    rows_by_entry,
)
from .remarks import RemarkFacts, name_parts, read_remark
from .vocabulary import directive, whose_numbers

#: Where OFAC cuts a remark, in characters.
_REMARK_LENGTH = 1_000

_KINDS = {"": Kind.ORGANIZATION, "individual": Kind.PERSON, "vessel": Kind.VESSEL, "aircraft": Kind.AIRCRAFT}
_ALIAS_TYPES = {"aka": NameType.AKA, "fka": NameType.FKA, "nka": NameType.NKA}
_BETWEEN_PROGRAMS = re.compile(r"\]\s*\[")
_VESSEL_FACTS = (
    ("Vess_type", "Vessel Type"),
    ("Tonnage", "Vessel Tonnage"),
    ("GRT", "Vessel Gross Registered Tonnage"),
    ("Vess_flag", "Vessel Flag"),
)


@attrs.frozen(kw_only=True)
class _Parts:
    """The main file, and what the others add to its records: ent_num -> rows in published order."""

    main: ListFile
    alias_file: ListFile
    aliases: Mapping[str, list[Row]]
    addresses: Mapping[str, list[Row]]
    comments: Mapping[str, list[Row]]
    #: Names that end in a period of their own.
    dotted_names: frozenset[str]


def read(job: Job) -> Iterator[Designation]:
    """Stream the records of the main file, each with its aliases, addresses and continued remark."""
    files = files_by_layout(job)
    if files is None:
        return
    rows = {layout: rows_by_entry(job, files[layout], layout) for layout in files if layout is not MAIN}
    parts = _Parts(
        main=files[MAIN],
        alias_file=files[ALIASES],
        aliases=rows[ALIASES],
        addresses=rows[ADDRESSES],
        comments=rows.get(COMMENTS, {}),
        dotted_names=dotted_names(files[MAIN]),
    )
    seen: set[str] = set()
    for row in read_rows(job, parts.main, MAIN, ids=seen):
        designation = _designation(job, row, parts)
        if designation is not None:
            yield designation
    for layout, by_entry in rows.items():
        for entry in by_entry:
            if entry not in seen:
                problem = f"{parts.main.name} has no record with this number"
                job.fault(entry, "ent_num", entry, problem, file=files[layout])


def _designation(job: Job, row: Row, parts: _Parts) -> Designation | None:
    entry = row["ent_num"]
    record = DesignationBuilder(job=job, id=entry, file=parts.main)
    if not row["SDN_Name"]:
        record.fault("SDN_Name", "", "the record has no name")
        return None
    record.kind = _kind(record, row)
    remark, is_cut = _remark(record, row, parts)
    stated = read_remark(remark, kind=record.kind, is_cut=is_cut, dotted_names=parts.dotted_names)
    _report_unparsed(record, stated, is_cut=is_cut)
    alias_rows, address_rows = parts.aliases.get(entry, []), parts.addresses.get(entry, [])
    record.names.append(ListedName(row["SDN_Name"], parts=name_parts(row["SDN_Name"], record.kind)))
    record.names.extend(_aliases(job, alias_rows, record.kind, parts))
    record.programs.extend(_programs(job, row, stated))
    record.identifiers.extend(_call_sign(row))
    record.addresses.extend(_addresses(address_rows))
    record.relations.extend(_owner(row))
    record.titles.extend(filter(None, [row["Title"]]))
    record.remarks.append(remark)
    record.facts.extend(_facts(row, record.kind, alias_rows, address_rows))
    _take(record, stated)
    record.identifiers = whose_numbers(record.identifiers, record.kind)
    return record.designation("SDN_Name")


def _take(record: DesignationBuilder, stated: RemarkFacts) -> None:
    """Add what the remark states to what the columns do."""
    record.names += stated.names
    record.secondary_sanctions += stated.secondary_sanctions
    record.prohibitions += stated.prohibitions
    record.birth_dates += stated.birth_dates
    record.birth_places += stated.birth_places
    record.nationalities += stated.nationalities
    record.citizenships += stated.citizenships
    record.gender = stated.gender
    record.identifiers += stated.identifiers
    record.relations += stated.relations
    record.titles += stated.titles
    record.facts += stated.facts
    record.unparsed += stated.unparsed


def _kind(record: DesignationBuilder, row: Row) -> Kind:
    stated = row["SDN_Type"]
    if stated not in _KINDS:
        record.notice("SDN_Type", stated, "not a known type of target; kept as a fact")
    return _KINDS.get(stated, Kind.UNKNOWN)


def _programs(job: Job, row: Row, stated: RemarkFacts) -> Iterator[Program]:
    """The programs, each with the directives under its executive order that the remark names."""
    details: dict[str, set[str]] = {}
    for label, text in stated.facts:
        if found := directive(f"{label} {text}"):
            details.setdefault(f"EO{found[0]}", set()).add(found[1])
    for code in dict.fromkeys(code.strip(" []") for code in _BETWEEN_PROGRAMS.split(row["Program"])):
        if code:
            yield job.program(code, detail=", ".join(sorted(details.get(code.rpartition("-")[2], ()))))


def _remark(record: DesignationBuilder, row: Row, parts: _Parts) -> tuple[str, bool]:
    """Join a remark and its continuation, without a separator; tell whether it stops in the middle."""
    first = row["Remarks"]
    rest = [comment["Remarks"] for comment in parts.comments.get(record.id, ())]
    is_cut = len(first) == _REMARK_LENGTH and not rest
    if is_cut:
        problem = (
            f"stops at {_REMARK_LENGTH:,} characters, and sdn_comments.csv (cons_comments.csv) doesn't continue it: "
            "aliases, wallets and other facts are lost"
        )
        job = record.job
        job.loss(record.id, "Remarks", first, problem, file=record.file)
    elif rest and first and len(first) != _REMARK_LENGTH:
        problem = f"is continued, although it has {len(first):,} characters and not {_REMARK_LENGTH:,}"
        record.notice("Remarks", first, problem)
    return "".join([first, *rest]).strip(), is_cut


def _report_unparsed(record: DesignationBuilder, stated: RemarkFacts, *, is_cut: bool) -> None:
    for unparsed in stated.unparsed:
        # The clause that a cut leaves unfinished is reported with the cut.
        if not (is_cut and unparsed.field == "Remarks"):
            record.notice(
                unparsed.field, unparsed.text, "screenkit can't read this as its label says; its text is kept"
            )


def _aliases(job: Job, rows: Iterable[Row], kind: Kind, parts: _Parts) -> Iterator[ListedName]:
    for row in rows:
        entry, text, type = row["ent_num"], row["alt_name"], _ALIAS_TYPES.get(row["alt_type"])
        if not text:
            job.fault(entry, "alt_name", "", "the alias has no name", file=parts.alias_file)
            continue
        if type is None:
            problem = "not a known type of alias; read as aka and kept as a fact"
            job.notice(entry, "alt_type", row["alt_type"], problem, file=parts.alias_file)
        yield ListedName(text, type=type or NameType.AKA, parts=name_parts(text, kind))


def _addresses(rows: Iterable[Row]) -> Iterator[Address]:
    for row in rows:
        place, country = row["City/State/Province/Postal Code"], row["Country"]
        text = ", ".join(filter(None, (row["Address"], place, country)))
        if text:  # OFAC prints a row of nulls for an entry without an address
            yield Address(text=text, country=country_code(country))


def _call_sign(row: Row) -> Iterator[Identifier]:
    if row["Call_Sign"]:
        yield Identifier(type=IdentifierType.CALL_SIGN, value=row["Call_Sign"], label="Vessel Call Sign")


def _owner(row: Row) -> Iterator[Relation]:
    if row["Vess_owner"]:
        yield Relation(type="vessel owner", name=row["Vess_owner"])


def _facts(row: Row, kind: Kind, aliases: Iterable[Row], addresses: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """What the columns state that has no field of its own."""
    for column, label in _VESSEL_FACTS:
        if row[column]:
            yield label, row[column]
    if kind is Kind.UNKNOWN:
        yield "SDN_Type", row["SDN_Type"]
    for alias in aliases:
        if alias["alt_type"] and alias["alt_type"] not in _ALIAS_TYPES:
            yield "alt_type", f"{alias['alt_type']}: {alias['alt_name']}"
        if alias["alt_remarks"]:
            yield "alt_remarks", f"{alias['alt_name']}: {alias['alt_remarks']}"
    for address in addresses:
        if address["Add_remarks"]:
            yield "Add_remarks", address["Add_remarks"]


FORMAT = Format(
    id="ofac_legacy",
    title="OFAC legacy CSV (sdn, alt, add and sdn_comments together)",
    read=read,
    recognizes=lambda file: layout_of(file) is not None,
)
