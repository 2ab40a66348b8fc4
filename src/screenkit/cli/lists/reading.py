"""The command `read`, which reads a list file and shows what is in it, without installing it."""

from __future__ import annotations

from pathlib import Path

import click

from screenkit import read
from screenkit.cli.options import PATH, source_option, strict_option
from screenkit.cli.output import reading
from screenkit.cli.output import tables as show
from screenkit.cli.output.console import print_json
from screenkit.sources import ListReader


@click.command("read")
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@source_option
@click.option("--program", "code", help="Show the designations under this program instead, a new code included.")
@strict_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON: the counts, or one designation per line.")
def read_list(files: tuple[Path, ...], source: str, code: str | None, strict: bool, as_json: bool) -> None:
    """Read a list file and show what is in it.

    Shows the counts, programs, scripts and faults of FILE, which may also be a folder, and how many of its birth dates,
    countries, places and identifiers could be read. Nothing is installed.
    """
    reader = read(source, files, strict=strict)
    if code is not None:
        _read_program(reader, code, as_json)
        return
    tally = reading.Tally.of(reader)
    show.shortfalls(reader)
    if as_json:
        print_json(tally.to_dict())
    else:
        reading.reading(tally)


def _read_program(reader: ListReader, code: str, as_json: bool) -> None:
    found = [designation for designation in reader if any(program.code == code for program in designation.programs)]
    show.shortfalls(reader)
    if not found:
        programs = ", ".join(reader.edition.programs) or "none"
        raise click.UsageError(f"no designation is under the program {code!r}; programs in the file: {programs}")
    if as_json:
        for designation in found:
            one = {"id": designation.id, "kind": designation.kind.value, "name": designation.name}
            print_json(one)
    else:
        show.program(found, code)
