"""Results in, Rich tables on the terminal out; colour only where the output is a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Self

import attrs
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from screenkit.model import Designation, Edition, Hit, Name, Screening
from screenkit.names.commercial_code import contradicted_codes
from screenkit.names.script import scripts_of
from screenkit.sources import Fault, ListReader, manifest, source_ids

from .terminal import open_console, shown

#: How many faults `screenkit read` prints; the count is always whole.
MOST_NOTICES_SHOWN = 10
_STARTER_ONLY = (
    "[yellow]starter coverage only[/]: a demonstration, no compliance coverage; install lists: screenkit update"
)


def error(message: str) -> None:
    """Print an error to standard error."""
    open_console(stderr=True).print(f"[bold red]error:[/] {escape(message)}", soft_wrap=True)


def warning(message: str) -> None:
    """Print a warning to standard error."""
    open_console(stderr=True).print(f"[yellow]warning:[/] {escape(message)}", soft_wrap=True)


def screening(found: Screening) -> None:
    """Print what a screening found: a verdict, its hits with the reasons, and what was searched."""
    console = open_console()
    console.print(f"[bold]{escape(' / '.join(found.subject.names))}[/]: {_verdict(found)}")
    for hit in found.hits:
        _hit(console, hit, "red")
    for suppressed in found.suppressed:
        console.print(f"  suppressed: {escape(shown(console, suppressed.reason))}")
        _hit(console, suppressed, "yellow")
    for edition in found.editions:
        console.print(Padding(f"searched {_edition(edition)}", (0, 0, 0, 2)), style="dim")
    if found.coverage != "full":
        console.print(Padding(_STARTER_ONLY, (0, 0, 0, 2)))


def _verdict(found: Screening) -> str:
    if found.hits:
        shown = f", {len(found.hits):,} shown" if found.truncated else ""
        return f"[bold red]{_count(found.total, 'hit')}[/]{shown}"
    if found.suppressed:
        return f"[yellow]no hit, {_count(len(found.suppressed), 'suppressed hit')}[/]"
    return "[green]clear[/]" if found.is_clear else "[yellow]no hit[/]"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("s" if number != 1 else "")


def _edition(edition: Edition) -> str:
    published = f"of {edition.published[:10]}" if edition.published else "(no date in the file)"
    return f"{escape(edition.title)} {published}, {_count(edition.records, 'designation')}"


def _hit(console: Console, hit: Hit, style: str) -> None:
    designation = hit.designation
    codes = ", ".join(program.code for program in hit.programs) or "no program stated"
    measures = f" ({', '.join(hit.measures)})" if hit.measures else ""
    console.print(
        f"  [{style}]{hit.score:.4f}[/]  [bold]{escape(designation.name)}[/]  {escape(designation.id)}"
        f"  [bold]{escape(codes)}[/]{measures}"
    )
    console.print(Padding(escape(shown(console, hit.explain())), (0, 0, 0, 10)))


def name(read_as: Name) -> None:
    """Print a name's cleaning steps, words and readings."""
    console = open_console()
    for step in read_as.trace:
        console.print(f"[dim]{step.step}:[/] {escape(step.before)} → {escape(step.after)}")
    words = Table("word", "kind", "key", "Slavic", "Arabic")
    for token in read_as.tokens:
        key = f"{token.key} (approximate)" if token.is_approximate else token.key
        cells = (token.text, token.kind.value, key, ", ".join(token.slavic), ", ".join(token.arabic))
        words.add_row(*map(escape, cells))
    console.print(words)
    if len(read_as.readings) == 1:
        console.print("no reading as the name of a Chinese or Korean person")
        return
    readings = Table("reading", "language", "system", "keys", "reaches at most")
    for reading in read_as.readings[1:]:
        keys = " + ".join(sound.key for sound in reading.sounds)
        readings.add_row(escape(reading.text), reading.language, reading.system, keys, f"{reading.cap / 10_000:.2f}")
    console.print(readings)


def sources() -> None:
    """Print the sources there are."""
    table = Table("source", "list", "publisher", "formats", "programs")
    for source in source_ids():
        stated = manifest(source)
        table.add_row(
            source,
            escape(stated.title),
            escape(stated.publisher),
            ", ".join(stated.formats),
            str(len(stated.programs)),
        )
    open_console().print(table)


@attrs.frozen(kw_only=True)
class Tally:
    """What was counted while a list file was read to its end."""

    edition: Edition
    format: str
    names: int
    derived_names: int
    scripts: Counter[str]
    unparsed: tuple[Fault, ...]
    unknown_programs: dict[str, int]
    #: Designation id -> Chinese Commercial Codes that contradict its names, and so make no native name.
    contradicted_codes: dict[str, tuple[str, ...]]
    #: Kind -> designations met and the fewest that a whole edition has.
    shortfalls: dict[str, tuple[int, int]]

    @classmethod
    def of(cls, reader: ListReader) -> Self:
        """Read to the end and count; raises what the reader raises."""
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
            unparsed=reader.notices,
            unknown_programs=dict(reader.unknown_programs),
            contradicted_codes=contradicted,
            shortfalls=dict(reader.shortfalls),
        )

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
            "unknown_programs": self.unknown_programs,
            "shortfalls": {kind: list(counts) for kind, counts in self.shortfalls.items()},
            "contradicted_codes": {id: list(codes) for id, codes in self.contradicted_codes.items()},
            "faults": [str(fault) for fault in self.unparsed],
        }


def reading(tally: Tally) -> None:
    """Print what was counted."""
    console = open_console()
    edition = tally.edition
    table = Table(show_header=False)
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in edition.counts.items())
    table.add_row("list", f"{escape(edition.title)} ({edition.source})")
    table.add_row("format", tally.format)
    table.add_row("published", edition.published or "the file states no date")
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
    table.add_row("faults", f"{len(tally.unparsed):,} fields kept as text")
    console.print(table)
    for fault in tally.unparsed[:MOST_NOTICES_SHOWN]:
        console.print(Padding(escape(str(fault)), (0, 0, 0, 2)))
    if len(tally.unparsed) > MOST_NOTICES_SHOWN:
        console.print(f"  and {len(tally.unparsed) - MOST_NOTICES_SHOWN:,} more: --json prints all")


def shortfalls(reader: ListReader) -> None:
    """Say on standard error of which kinds a file that was read to its end has fewer than a whole edition."""
    console = open_console(stderr=True)
    for kind, (met, least) in reader.shortfalls.items():
        console.print(
            f"[yellow]warning:[/] {escape(reader.edition.title)}: {met:,} of kind {kind}, where a whole edition has at"
            f" least {least:,}; the file may be a part of the list",
            soft_wrap=True,
        )


def program(found: Sequence[Designation], code: str) -> None:
    """Print the designations under a program."""
    stated = next(program for program in found[0].programs if program.code == code)
    console = open_console()
    title = stated.title if stated.is_known else "a code that the program table has no entry for"
    console.print(f"[bold]{escape(code)}[/] ({escape(title)}): {_count(len(found), 'designation')}")
    table = Table("id", "kind", "name")
    for designation in found:
        table.add_row(escape(designation.id), designation.kind.value, escape(designation.name))
    console.print(table)
