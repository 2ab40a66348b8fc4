"""What commands print on the terminal: screenings, names, lists and errors. Colors only where it is a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from screenkit.model import Designation, Name
from screenkit.model.wording import counted
from screenkit.results import Hit, Screening
from screenkit.results.screening import STARTER
from screenkit.sources import ListReader, manifest, source_ids

from .console import open_console, shown
from .wording import lag_notice, searched

_STARTER_ONLY = (
    "[yellow]starter coverage only[/]: a demonstration, not compliance coverage; install lists: screenkit update"
)


def plain_table(*heads: str) -> Table:
    """A table with lines above and below its headings only."""
    return Table(*heads, box=box.HORIZONTALS, show_edge=False, pad_edge=False)


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
    for caution in found.cautions:
        console.print(Padding(f"[yellow]{escape(caution.text)}[/]", (0, 0, 0, 2)))
    for edition in found.editions:
        console.print(Padding(escape(searched(edition)), (0, 0, 0, 2)), style="dim")
    for edition in found.old_editions:
        notice = escape(lag_notice(edition, found.policy.max_lag, found.time))
        console.print(Padding(f"[yellow]{notice}[/]", (0, 0, 0, 2)))
    if found.coverage == STARTER:
        console.print(Padding(_STARTER_ONLY, (0, 0, 0, 2)))


def _verdict(found: Screening) -> str:
    if found.hits:
        shown = f", {len(found.hits):,} shown" if found.truncated else ""
        return f"[bold red]{counted(found.total, 'hit')}[/]{shown}"
    if found.suppressed:
        return f"[yellow]no hit, {counted(len(found.suppressed), 'suppressed hit')}[/]"
    return "[green]clear[/]" if found.is_clear else "[yellow]no hit[/]"


def _hit(console: Console, hit: Hit, style: str) -> None:
    designation = hit.designation
    codes = ", ".join(program.code for program in hit.programs) or "no program stated"
    measures = f" ({', '.join(hit.measures)})" if hit.measures else ""
    console.print(
        f"  [{style}]{hit.score:.4f}[/]  [bold]{escape(designation.name)}[/]  {escape(designation.id)}"
        f"  [bold]{escape(codes)}[/]{measures}{_contradicted(hit)}"
    )
    console.print(Padding(escape(shown(console, hit.explain())), (0, 0, 0, 10)))


def _contradicted(hit: Hit) -> str:
    return f"  [yellow]contradicted by {', '.join(hit.contradictions)}[/]" if hit.is_contradicted else ""


def name(read_as: Name) -> None:
    """Print the cleaning steps, words and readings of a name."""
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
        console.print("can't be read as the name of a Chinese or Korean person")
        return
    readings = Table("reading", "language", "system", "keys", "highest score")
    for reading in read_as.readings[1:]:
        keys = " + ".join(sound.key for sound in reading.sounds)
        readings.add_row(escape(reading.text), reading.language, reading.system, keys, f"{reading.cap / 10_000:.2f}")
    console.print(readings)


def sources() -> None:
    """Print all sources that can be read."""
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


def shortfalls(reader: ListReader) -> None:
    """Warn on standard error about kinds of which a file has fewer designations than a whole edition."""
    console = open_console(stderr=True)
    for kind, (met, least) in reader.shortfalls.items():
        console.print(
            f"[yellow]warning:[/] {escape(reader.edition.title)}: {counted(met, 'designation')} of kind {kind}, but a"
            f" whole edition has at least {least:,}; the file may be only a part of the list",
            soft_wrap=True,
        )


def program(found: Sequence[Designation], code: str) -> None:
    """Print the designations under a program."""
    stated = next(program for program in found[0].programs if program.code == code)
    console = open_console()
    title = stated.title if stated.is_known else "a code that is not in the table of programs"
    console.print(f"[bold]{escape(code)}[/] ({escape(title)}): {counted(len(found), 'designation')}")
    table = Table("id", "kind", "name")
    for designation in found:
        table.add_row(escape(designation.id), designation.kind.value, escape(designation.name))
    console.print(table)
