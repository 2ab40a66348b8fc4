"""Raw files and a manifest in; what a reader needs while it reads, and the faults it finds, out.

Every reader is `read(job: Job) -> Iterator[Designation]`. It streams, keeps names verbatim, and tells the
job what is wrong: a `fault` makes the whole file refused once it has been read to the end (so that all
faults are reported together), a `notice` is counted and shown.
"""

from __future__ import annotations

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
    #: The record: its id, or its ordinal such as "record 17" where it has none.
    record: str
    #: The publisher's field.
    field: str
    #: The value found, verbatim.
    value: str
    #: What is wrong with it and what was expected.
    problem: str

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= MOST_VALUE_SHOWN else self.value[:MOST_VALUE_SHOWN] + "..."
        return f"{self.file}, record {self.record}, {self.field}: {shown!r}: {self.problem}"


#: How much of a faulty value a message quotes, in characters.
MOST_VALUE_SHOWN = 80


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
    #: What was kept as text and counted.
    notices: list[Fault] = attrs.field(factory=list)
    _programs: dict[tuple[str, str], Program] = attrs.field(factory=dict)

    @property
    def file(self) -> ListFile:
        """The only file of a format that has one."""
        return self.files[0]

    def published(self, date: str | None) -> None:
        """State the publication date (ISO 8601) that the file gives; call it before the first record."""
        self.edition = attrs.evolve(self.edition, published=date or None)

    def fault(self, record: str, field: str, value: str, problem: str, *, file: ListFile | None = None) -> None:
        """Report what makes the file unfit: a missing id or name, a broken structure."""
        self.faults.append(Fault((file or self.file).name, record, field, value, problem))

    def notice(self, record: str, field: str, value: str, problem: str, *, file: ListFile | None = None) -> None:
        """Count an optional field that can't be parsed; its text is kept in the designation."""
        self.notices.append(Fault((file or self.file).name, record, field, value, problem))

    def program(self, code: str, *, detail: str = "") -> Program:
        """Look a published code up in the manifest; an unknown code is kept verbatim and marked."""
        key = (code, detail)
        if key not in self._programs:
            known = self.manifest.programs.get(code)
            program = Program(code, is_known=False) if known is None else known
            self._programs[key] = attrs.evolve(program, detail=detail) if detail else program
        return self._programs[key]

    def programs(self, codes: Iterable[str]) -> tuple[Program, ...]:
        """Look several codes up, each once, in published order."""
        return tuple(self.program(code) for code in dict.fromkeys(codes))

    def unknown_programs(self) -> Counter[str]:
        """Codes met so far that the manifest doesn't know."""
        return Counter(program.code for program in self._programs.values() if not program.is_known)
