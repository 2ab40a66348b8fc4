"""One reading of one list: its files, its manifest, and the faults and notices found on the way.

Every reader is `read(job: Job) -> Iterator[Designation]`. It streams, keeps names verbatim, and tells the
job what is wrong: after a `fault` the whole file is refused, once it has been read to the end, so that all
faults are reported together. A `notice` is counted and shown. A `loss` is a notice that something published is
missing from the designations, such as half a remark; where the reading is strict it is a fault.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import attrs

from screenkit.model import Edition, Program

from .files import ListFile
from .manifest import Manifest


@attrs.frozen
class Fault:
    """One thing wrong in a list file, with its place."""

    #: The file's name.
    file: str
    #: The record: its id, or its place, such as "record 17" or "line 5", where it has none; "-" for the file itself.
    record: str
    #: The publisher's field; "-" where it isn't about one.
    field: str
    #: The value found, verbatim; empty where there is none.
    value: str
    #: What is wrong with it and what was expected.
    problem: str

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= MOST_VALUE_SHOWN else self.value[:MOST_VALUE_SHOWN] + "..."
        record = self.record if _PLACE.match(self.record) else f"record {self.record}"
        place = [self.file, *([] if self.record == "-" else [record]), *([] if self.field == "-" else [self.field])]
        return ": ".join([", ".join(place), *([repr(shown)] if shown else []), self.problem])


#: How much of a faulty value a message quotes, in characters.
MOST_VALUE_SHOWN = 80
#: How a record without an id is named: by its place in the file.
_PLACE = re.compile(r"(?:line|row|sheet|record|target) ")


@attrs.define(eq=False)
class Job:
    """One reading of one list: its files, its manifest, and what was found out on the way."""

    #: The raw files, in the order of their names.
    files: tuple[ListFile, ...]
    #: The source's manifest.
    manifest: Manifest
    #: The edition that designations are stamped with; `published` completes it.
    edition: Edition
    #: What makes the file refused.
    faults: list[Fault] = attrs.field(factory=list)
    #: Whether anything lost makes the file refused, not only names, aliases and identifiers.
    is_strict: bool = False
    #: What was kept as text and counted.
    notices: list[Fault] = attrs.field(factory=list)
    #: Those of the notices that say that something is lost.
    losses: list[Fault] = attrs.field(factory=list)
    #: Those of the notices that are about a column or an element that the format isn't known to have.
    new_fields: list[Fault] = attrs.field(factory=list)
    _programs: dict[tuple[str, str], Program] = attrs.field(factory=dict)

    @property
    def file(self) -> ListFile:
        """The only file of a format that has one."""
        return self.files[0]

    def published(self, date: str | None) -> None:
        """State the publication date (ISO 8601) that the file gives; call it before the first record."""
        self.edition = attrs.evolve(self.edition, published=date or None)

    def fault(self, record: str, field: str, value: str, problem: str, *, file: ListFile | None = None) -> None:
        """Report what makes the file unusable: a missing id or name, a broken structure."""
        self.faults.append(Fault((file or self.file).name, record, field, value, problem))

    def notice(self, record: str, field: str, value: str, problem: str, *, file: ListFile | None = None) -> None:
        """Count an optional field that can't be parsed; its text is kept in the designation."""
        self.notices.append(Fault((file or self.file).name, record, field, value, problem))

    def new_field(self, record: str, field: str, value: str, problem: str, *, file: ListFile | None = None) -> None:
        """Count a column or an element that the format isn't known to have; what it has is kept as a fact."""
        self.notice(record, field, value, problem, file=file)
        self.new_fields.append(self.notices[-1])

    def loss(self, record: str, field: str, value: str, problem: str, *, file: ListFile | None = None) -> None:
        """Count what is lost and is no name, alias or identifier; a strict reading refuses the file for it."""
        if self.is_strict:
            self.fault(record, field, value, problem, file=file)
        else:
            self.notice(record, field, value, problem, file=file)
            self.losses.append(self.notices[-1])

    def program(self, code: str, *, detail: str = "") -> Program:
        """Look up a published code in the manifest; an unknown code is kept verbatim and marked."""
        key = (code, detail)
        if key not in self._programs:
            known = self.manifest.programs.get(code)
            program = Program(code, is_known=False) if known is None else known
            self._programs[key] = attrs.evolve(program, detail=detail) if detail else program
        return self._programs[key]

    def programs(self, codes: Iterable[str]) -> tuple[Program, ...]:
        """Look up several codes, each once, in published order."""
        return tuple(self.program(code) for code in dict.fromkeys(codes))

    def unknown_programs(self) -> Counter[str]:
        """Codes met so far that the manifest doesn't know."""
        return Counter(program.code for program in self._programs.values() if not program.is_known)
