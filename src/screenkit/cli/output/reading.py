"""What `screenkit read` prints of a list file: its counts, how much of its facts is read, and its faults by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Self

import attrs
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from screenkit.model import Edition
from screenkit.model.wording import counted
from screenkit.names.chinese.commercial_code import contradicted_codes
from screenkit.names.script import scripts_of
from screenkit.sources import Fault, ListReader
from screenkit.sources.shares import ADDRESSES, BIRTH_DATES, BIRTH_PLACES, COUNTRIES, IDENTIFIERS

from .console import open_console, shown
from .wording import list_date

#: How many kinds of faults are printed; the counts are always complete, and --json has all faults.
MOST_KINDS_SHOWN = 20

#: What is said of the facts of a sort that are read, and of those that are not.
_WORDINGS = {
    BIRTH_DATES: ("all read", "unread"),
    COUNTRIES: ("all read", "unread"),
    BIRTH_PLACES: ("all with a country", "without a known country"),
    ADDRESSES: ("all with a country", "without a known country"),
    IDENTIFIERS: ("all of a known type", "of no known type"),
}


@attrs.frozen(kw_only=True)
class Tally:
    """What was counted while a list file was read to its end."""

    edition: Edition
    format: str
    names: int
    derived_names: int
    scripts: Counter[str]
    #: Sort of fact -> how many are read, of how many that are stated.
    shares: Mapping[str, tuple[int, int]]
    #: Optional fields whose text was kept.
    notices: tuple[Fault, ...]
    #: Those of the notices that say that something is lost.
    losses: tuple[Fault, ...]
    unknown_programs: Mapping[str, int]
    #: Designation id -> Chinese Commercial Codes that contradict its names, and so give no native name.
    contradicted_codes: Mapping[str, tuple[str, ...]]
    #: Kind -> designations read, and the fewest that a whole edition has.
    shortfalls: Mapping[str, tuple[int, int]]

    @classmethod
    def of(cls, reader: ListReader) -> Self:
        """Read a list to its end and count; raises what the reader raises."""
        names: Counter[bool] = Counter()
        scripts: Counter[str] = Counter()
        contradicted: dict[str, tuple[str, ...]] = {}
        for designation in reader:
            if codes := contradicted_codes(designation):
                contradicted[designation.id] = codes
            for name in designation.names:
                names[name.derived_from is None] += 1
                scripts.update(scripts_of(name.text))
        return cls(
            edition=reader.edition,
            format=reader.format.title,
            names=names[True],
            derived_names=names[False],
            scripts=scripts,
            shares=reader.shares,
            notices=reader.notices,
            losses=reader.losses,
            unknown_programs=reader.unknown_programs,
            contradicted_codes=contradicted,
            shortfalls=reader.shortfalls,
        )

    @property
    def fault_kinds(self) -> list[list[Fault]]:
        """The notices with the same field and problem, the most frequent kind first."""
        kinds: dict[tuple[str, str], list[Fault]] = {}
        for fault in self.notices:
            kinds.setdefault((fault.field, fault.problem), []).append(fault)
        return sorted(kinds.values(), key=len, reverse=True)

    def to_dict(self) -> dict[str, Any]:
        """The counts as plain values."""
        return {
            "source": self.edition.source,
            "format": self.format,
            "published": self.edition.published,
            "sha256": self.edition.sha256,
            "designations": self.edition.records,
            "kinds": dict(self.edition.counts),
            "names": self.names,
            "derived_names": self.derived_names,
            "scripts": dict(self.scripts.most_common()),
            "programs": dict(self.edition.programs),
            "unknown_programs": dict(self.unknown_programs),
            "shortfalls": {kind: list(counts) for kind, counts in self.shortfalls.items()},
            "contradicted_codes": {id: list(codes) for id, codes in self.contradicted_codes.items()},
            "read": {sort: {"read": read, "stated": stated} for sort, (read, stated) in self.shares.items()},
            "losses": [str(fault) for fault in self.losses],
            "faults": [str(fault) for fault in self.notices],
        }


def reading(tally: Tally) -> None:
    """Print the counts."""
    console = open_console()
    edition = tally.edition
    table = Table(show_header=False)
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in edition.counts.items())
    table.add_row("list", f"{escape(edition.title)} ({edition.source})")
    table.add_row("format", tally.format)
    table.add_row("published", list_date(edition.published))
    table.add_row("sha256", edition.sha256)
    table.add_row("designations", f"{edition.records:,}: {kinds}")
    table.add_row("names", f"{tally.names:,} published, {tally.derived_names:,} derived from them")
    table.add_row("scripts", ", ".join(f"{script} {count:,}" for script, count in tally.scripts.most_common()))
    table.add_row("programs", escape(", ".join(f"{code} {count:,}" for code, count in edition.programs.items())))
    if tally.unknown_programs:
        unknown = ", ".join(f"{code} {count:,}" for code, count in tally.unknown_programs.items())
        table.add_row("[yellow]unknown programs[/]", escape(unknown))
    for id, codes in tally.contradicted_codes.items():
        table.add_row("[yellow]contradicted code[/]", f"{escape(id)}: Chinese Commercial Code {', '.join(codes)}")
    for sort, (read, stated) in tally.shares.items():
        if stated:
            table.add_row(sort, _share(sort, read, stated))
    table.add_row("faults", f"{counted(len(tally.notices), 'field')} kept as text")
    if tally.losses:
        table.add_row("[yellow]lost[/]", f"{counted(len(tally.losses), 'field')}; --strict refuses the file for them")
    console.print(table)
    _faults(console, tally.fault_kinds)


def _share(sort: str, read: int, stated: int) -> str:
    all_read, unread = _WORDINGS[sort]
    if read == stated:
        return f"{stated:,}, {all_read}"
    return f"{stated:,}, {stated - read:,} of them {unread} ({1 - read / stated:.1%})"


def _faults(console: Console, kinds: Sequence[Sequence[Fault]]) -> None:
    """The faults by kind, each with the first of it."""
    for faults in kinds[:MOST_KINDS_SHOWN]:
        count = f"{len(faults):,} times, first " if len(faults) > 1 else ""
        console.print(Padding(escape(shown(console, f"{count}{faults[0]}")), (0, 0, 0, 2)))
    if len(kinds) > MOST_KINDS_SHOWN:
        console.print(f"  and {counted(len(kinds) - MOST_KINDS_SHOWN, 'more kind')}; --json prints all faults")
