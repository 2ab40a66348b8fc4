"""The samples that a policy is measured on, read from CSV files and checked, with all faults reported together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from os import PathLike

import attrs

from screenkit.books import Rejection
from screenkit.errors import MOST_FAULTS_SHOWN, CalibrationError, InvalidSubjectError
from screenkit.model import Designation, Subject
from screenkit.model.subject import check_name
from screenkit.model.wording import counted

from .tables import Table, read_table

#: Headings of labeled matches that are not the customer's.
_LABELED = {
    "source": ("source",),
    "id": ("id", "designation_id"),
    "listed name": ("listed_name", "listed name"),
    "label": ("label", "is_match"),
}
_LABELS = {
    **dict.fromkeys(("true", "yes", "1", "match"), True),
    **dict.fromkeys(("false", "no", "0", "non-match"), False),
}
#: Designation id -> source -> the designations, several where a source is searched in several editions.
_ById = Mapping[str, Mapping[str, Sequence[Designation]]]


@attrs.frozen(kw_only=True)
class Customer:
    """One row of ordinary names or of a book."""

    #: The line of the file at which it begins.
    line: int
    #: Who is screened.
    subject: Subject


@attrs.frozen(kw_only=True)
class LabeledPair:
    """One row of labeled matches: a customer, and the listed party that it is or is not."""

    #: The line of the file at which it begins.
    line: int
    #: The customer.
    subject: Subject
    #: Whether both are the same party.
    is_match: bool
    #: The designations with the id given; none if a listed name is given.
    targets: tuple[Designation, ...] = ()
    #: The listed name given, or empty.
    listed_name: str = ""


@attrs.frozen(kw_only=True)
class SampleFile:
    """Facts about a file of names."""

    #: Its name, without its folder.
    name: str
    #: SHA-256 of its bytes.
    sha256: str
    #: How many rows it has.
    rows: int
    #: How many of them repeat an earlier one and are not counted again.
    repeats: int = 0
    #: Headings of columns that were not used.
    unused: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Samples:
    """What a policy is calibrated on."""

    #: The file of labeled pairs.
    labeled_file: SampleFile
    #: The file of ordinary names.
    ordinary_file: SampleFile
    #: The labeled pairs.
    labeled: tuple[LabeledPair, ...]
    #: The ordinary names, each once.
    ordinary: tuple[Customer, ...]


def read_samples(
    matches: str | PathLike[str],
    ordinary: str | PathLike[str],
    designations: Iterable[Designation],
    *,
    date_format: str | Iterable[str] | None = None,
) -> Samples:
    """Read labeled matches and ordinary names; ids are looked up among the designations.

    `date_format` is how dates of birth are written if not ISO 8601, such as "%d/%m/%Y".

    Raises `CalibrationError` with all faults of both files, each with its line. It quotes no cell.
    """
    tables = (
        read_table(matches, _LABELED, date_format=date_format),
        read_table(ordinary, {}, date_format=date_format),
    )
    faults = [*tables[0].faults], [*tables[1].faults]
    pairs = _pairs(tables[0], designations, faults[0])
    customers = _customers(tables[1], faults[1])
    if not faults[0] and not any(pair.is_match for pair in pairs):
        faults[0].append("no row is a match; without a match recall can't be measured")
    _refuse({table.name: found for table, found in zip(tables, faults, strict=True)})
    each: dict[Subject, Customer] = {}
    for one in customers:
        each.setdefault(attrs.evolve(one.subject, customer=None), one)
    return Samples(
        labeled_file=_file(tables[0]),
        ordinary_file=_file(tables[1], repeats=len(customers) - len(each)),
        labeled=tuple(pairs),
        ordinary=tuple(each.values()),
    )


def read_book(
    path: str | PathLike[str], *, date_format: str | Iterable[str] | None = None
) -> tuple[SampleFile, tuple[Customer, ...]]:
    """Read a book of customers; `date_format` as in `read_samples`.

    Raises `CalibrationError` with all faults, each with its line; it quotes no cell.
    """
    table = read_table(path, {}, date_format=date_format)
    faults = [*table.faults]
    customers = _customers(table, faults)
    first: dict[str, int] = {}
    for one in customers:
        key = one.subject.customer
        if key is not None and first.setdefault(key, one.line) != one.line:
            faults.append(
                f"line {one.line}: it has the same customer key as line {first[key]}; each customer needs a"
                " key of its own"
            )
    _refuse({table.name: faults})
    return _file(table), tuple(customers)


def _refuse(faults: Mapping[str, Sequence[str]]) -> None:
    told = tuple(f"{name}: {fault}" for name, found in faults.items() for fault in found)
    if told:
        shown = "".join(f"\n  - {fault}" for fault in told[:MOST_FAULTS_SHOWN])
        hidden = len(told) - MOST_FAULTS_SHOWN
        more = f"\n  - and {hidden:,} more, in the attribute `faults`" if hidden > 0 else ""
        raise CalibrationError(f"nothing was measured. Correct {counted(len(told), 'fault')}:{shown}{more}", told)


def _file(table: Table, *, repeats: int = 0) -> SampleFile:
    return SampleFile(name=table.name, sha256=table.sha256, rows=len(table.rows), repeats=repeats, unused=table.unused)


def _customers(table: Table, faults: list[str]) -> list[Customer]:
    found = []
    for line, row in table.rows:
        subject = table.subject(line, row)
        if isinstance(subject, Rejection):
            faults.append(f"line {line}: {subject.reason}")
        else:
            found.append(Customer(line=line, subject=subject))
    return found


def _pairs(table: Table, designations: Iterable[Designation], faults: list[str]) -> list[LabeledPair]:
    if table.head and not {"id", "listed name"} & table.others.keys():
        faults.append("line 1: no column says what is matched: id (and source), or listed_name")
        return []
    by_id: dict[str, dict[str, list[Designation]]] = {}
    for one in designations if "id" in table.others else ():
        by_id.setdefault(one.id, {}).setdefault(one.source, []).append(one)
    found: list[LabeledPair] = []
    first: dict[object, LabeledPair] = {}
    for line, row in table.rows:
        told: list[str] = []
        pair = _pair(table, line, row, by_id, told)
        if pair is not None:
            found.append(pair)
            key = pair.subject, pair.listed_name, *((one.source, one.id) for one in pair.targets[:1])
            earlier = first.setdefault(key, pair)
            if earlier is not pair:
                other = "" if earlier.is_match is pair.is_match else ", with the other label"
                told.append(f"it repeats line {earlier.line}{other}; keep one of them")
        faults += [f"line {line}: {fault}" for fault in told]
    return found


def _pair(table: Table, line: int, row: Sequence[str], by_id: _ById, faults: list[str]) -> LabeledPair | None:
    subject = table.subject(line, row)
    if isinstance(subject, Rejection):
        faults.append(subject.reason)
    id, listed_name = table.cell(row, "id"), table.cell(row, "listed name")
    targets: tuple[Designation, ...] = ()
    if bool(id) is bool(listed_name):
        faults.append(
            "it has both an id and a listed name; keep one" if id else "it has neither an id nor a listed name"
        )
    elif listed_name:
        try:
            check_name(listed_name)
        except InvalidSubjectError as error:
            faults.append(f"listed name: {error}")
    else:
        targets = _targets(id, table.cell(row, "source"), by_id, faults)
    is_match = _LABELS.get(table.cell(row, "label").casefold()) if "label" in table.others else True
    if is_match is None:
        faults.append(f"its label must be one of {', '.join(_LABELS)}")
    if faults or isinstance(subject, Rejection) or is_match is None:
        return None
    return LabeledPair(line=line, subject=subject, is_match=is_match, targets=targets, listed_name=listed_name)


def _targets(id: str, source: str, by_id: _ById, faults: list[str]) -> tuple[Designation, ...]:
    held = {one: found for one, found in by_id.get(id, {}).items() if source in ("", one)}
    if not held:
        faults.append("no designation in the editions searched has its id" + (" and source" if source else ""))
    elif len(held) > 1:
        faults.append(f"its id is in several sources: {', '.join(sorted(held))}; give the source too")
    else:
        return tuple(*held.values())
    return ()
