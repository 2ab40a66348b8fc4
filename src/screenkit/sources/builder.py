"""A designation while it is read: readers fill it field by field, and it makes the `Designation`.

What every list needs stands here once: a record without an id or a name is a fault, a value stated twice is kept
once, the primary name comes first, and the text of a field that can't be read is kept and counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import attrs

from screenkit.model import (
    Address,
    Designation,
    Identifier,
    Kind,
    ListedName,
    Measure,
    NameType,
    PartialDate,
    Place,
    Program,
    Relation,
    Unparsed,
)
from screenkit.model.countries import country_code
from screenkit.model.name_limits import too_long

from .dates import parse_date
from .files import ListFile
from .job import Job

_Value = TypeVar("_Value")
_GENDERS = {"male": "male", "m": "male", "female": "female", "f": "female"}
_NOT_AVAILABLE = frozenset({"na", "n/a", "n.a", "not available"})
NO_DATE = "screenkit can't read this date; its text is kept"
NEW_FIELD = "this format is not known to have this field; kept as a fact"


def report_missing_id(job: Job, place: str, field: str, *, value: str = "", hint: str = "") -> None:
    """Report a record without its id: where it is in the file, the publisher's field, and what else names it."""
    job.fault(place, field, value, "the record has no ID" + (f" ({hint})" if hint else ""))


@attrs.define(kw_only=True, eq=False)
class DesignationBuilder:
    """One record while it is read; each list is the field of `Designation` of that name."""

    job: Job
    #: The id; until it is known, the record's place in the file, by which messages name it.
    id: str
    #: The file that messages name, where the list has several.
    file: ListFile | None = None
    kind: Kind = Kind.UNKNOWN
    names: list[ListedName] = attrs.field(factory=list)
    #: Names found in notes on other names; they come last, and only where no other name has their text.
    noted_names: list[ListedName] = attrs.field(factory=list)
    programs: list[Program] = attrs.field(factory=list)
    #: What the record itself says it entails; empty for what its programs entail.
    measures: list[Measure] = attrs.field(factory=list)
    secondary_sanctions: list[str] = attrs.field(factory=list)
    prohibitions: list[str] = attrs.field(factory=list)
    birth_dates: list[PartialDate] = attrs.field(factory=list)
    birth_places: list[Place] = attrs.field(factory=list)
    nationalities: list[Place] = attrs.field(factory=list)
    citizenships: list[Place] = attrs.field(factory=list)
    gender: str | None = None
    identifiers: list[Identifier] = attrs.field(factory=list)
    addresses: list[Address] = attrs.field(factory=list)
    relations: list[Relation] = attrs.field(factory=list)
    titles: list[str] = attrs.field(factory=list)
    listed_on: str | None = None
    remarks: list[str] = attrs.field(factory=list)
    facts: list[tuple[str, str]] = attrs.field(factory=list)
    unparsed: list[Unparsed] = attrs.field(factory=list)
    #: Whether a fault was reported, so that there is no designation.
    is_faulty: bool = False

    def fault(self, field: str, value: str, problem: str) -> None:
        """Report what makes the record unfit, and with it the file."""
        self.is_faulty = True
        self.job.fault(self.id, field, value, problem, file=self.file)

    def notice(self, field: str, value: str, problem: str) -> None:
        """Count what a reviewer of the list should know."""
        self.job.notice(self.id, field, value, problem, file=self.file)

    def keep(self, field: str, text: str, problem: str) -> None:
        """Keep the text of an optional field that can't be read, and count it."""
        self.unparsed.append(Unparsed(field=field, text=text))
        self.notice(field, text, problem)

    def keep_as_fact(self, field: str, text: str, problem: str) -> None:
        """Keep as a fact what the format isn't known to have, and count it."""
        self.state(field, text)
        self.notice(field, text, problem)

    def new_field(self, field: str, text: str) -> None:
        """Count a field that the format isn't known to have; the caller keeps what it has as facts."""
        self.job.new_field(self.id, field, text, NEW_FIELD, file=self.file)

    def state(self, label: str, text: str) -> None:
        """Note a published fact without a field of its own, where there is one."""
        if text:
            self.facts.append((label, text))

    def state_birth_date(self, field: str, text: str, *, problem: str = NO_DATE) -> None:
        """Read a birth date; where it can't be read, keep its text."""
        date = parse_date(text)
        if date is None and is_not_available(text):
            return
        if date is None:
            self.keep(field, text, problem)
        else:
            self.birth_dates.append(date)

    def state_gender(self, field: str, text: str) -> None:
        """Read a gender; one that isn't male or female, or is a second one, is kept as text."""
        gender = _GENDERS.get(text.casefold())
        if gender is None or self.gender not in (None, gender):
            self.keep(field, text, "expected male or female, and only one of them")
        else:
            self.gender = gender

    def state_listed_on(self, field: str, text: str) -> None:
        """Read the day of the listing; what isn't one day is kept as text."""
        date = parse_date(text)
        if date is not None and date.is_exact and self.listed_on is None:
            self.listed_on = date.earliest.isoformat()
        elif text:
            self.keep(field, text, "expected one day, such as 2025-02-21")

    def designation(self, name_field: str) -> Designation | None:
        """Make the designation; None where it has a fault. `name_field` is the publisher's field of the name."""
        self._leave_out_long_names(name_field)
        if not self.names and not self.is_faulty:
            self.fault(name_field, "", "the record has no name")
        if self.is_faulty:
            return None
        return Designation(
            id=self.id,
            kind=self.kind,
            names=self._ordered_names(),
            programs=_once(self.programs),
            measures=_once(self.measures),
            secondary_sanctions=_once(self.secondary_sanctions),
            prohibitions=_once(self.prohibitions),
            birth_dates=_once(self.birth_dates),
            birth_places=_once(self.birth_places),
            nationalities=_once(self.nationalities),
            citizenships=_once(self.citizenships),
            gender=self.gender,
            identifiers=_once(self.identifiers),
            addresses=_once(self.addresses),
            relations=_once(self.relations),
            titles=_once(self.titles),
            listed_on=self.listed_on,
            remarks="\n".join(self.remarks),
            facts=_once(self.facts),
            unparsed=_once(self.unparsed),
            edition=self.job.edition,
        )

    def _leave_out_long_names(self, field: str) -> None:
        """Keep the text of names that are too long to be compared, and count them; a record with no other is faulty."""
        for names in (self.names, self.noted_names):
            for name in tuple(names):
                if problem := too_long(name.text):
                    names.remove(name)
                    if self.names:
                        self.keep(field, name.text, f"the name {problem}; its text is kept, and it isn't searched")
                    else:
                        self.fault(field, name.text, f"the only name {problem}")

    def _ordered_names(self) -> tuple[ListedName, ...]:
        names = self.names if len(self.names) == 1 else sorted(self.names, key=_is_further)
        if not self.noted_names:
            return tuple(names)
        known = {name.text for name in names}
        return (*names, *dict.fromkeys(name for name in self.noted_names if name.text not in known))


def is_not_available(text: str) -> bool:
    """Whether a text only says that nothing is known, such as "N/A"; "na" is not Namibia there."""
    return text.strip(" .").casefold() in _NOT_AVAILABLE


def place(text: str) -> Place:
    """A place as published, with the country that it is or ends with: "Cairo, Egypt"."""
    return Place(text=text, country=country_code(text.rpartition(", ")[2]))


def _is_further(name: ListedName) -> bool:
    """Whether it isn't a primary name as published; those come first, the others keep their order."""
    return name.type is not NameType.PRIMARY or name.derived_from is not None


def _once(values: Sequence[_Value]) -> tuple[_Value, ...]:
    if not values:
        return ()
    return tuple(dict.fromkeys(values)) if len(values) > 1 else (values[0],)
