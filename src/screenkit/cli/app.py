"""The commands. Exit codes: 0 searched and clear, 2 error, 3 hit, 4 no hit but starter coverage only, 5 stale list."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

import click

from screenkit import (
    Kind,
    Policy,
    Screener,
    Screening,
    ScreenkitError,
    StaleListError,
    StarterCoverageWarning,
    compare,
    normalize,
    read,
)
from screenkit import screen as screen_starter
from screenkit.model import Subject
from screenkit.model.record import plain
from screenkit.sources import ListReader, source_ids

from . import explanation, opening, show
from .batch import batch
from .bundles import bundle
from .calibration import calibrate_policy
from .changes import diff
from .decisions import decisions, decisions_of
from .fetching import update
from .lists import STALE, import_files, lists
from .policies import compare_policies
from .records import Recording, audit, replay
from .rescreening import rescreen

CLEAR, ERROR, HIT, STARTER_ONLY = 0, 2, 3, 4

_KINDS = click.Choice([kind.value for kind in Kind])
_SOURCES = click.Choice(source_ids())


class _Commands(click.Group):
    """A group that turns every `ScreenkitError` into one message and exit code 2, or 5 for a stale list."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ScreenkitError as error:
            show.error(str(error))
            sys.exit(STALE if isinstance(error, StaleListError) else ERROR)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="screenkit")
def main() -> None:
    """Screen names in any script against sanctions lists.

    Exit codes: 0 searched and clear, 2 error, 3 hit (a suppressed one included), 4 no hit, but only the starter
    list was searched, 5 an installed list is stale.
    """
    for stream in (sys.stdout, sys.stderr):
        # Names are in every script; a terminal that can't show one gets a substitute, not a traceback.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a replaced stream may lack it in tests only


@main.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option(
    "--list",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A list file or folder to search; may be repeated.",
)
@click.option(
    "--source",
    "sources",
    multiple=True,
    type=_SOURCES,
    help="The source of each --list, in the same order; without --list, an installed source to search.",
)
@click.option("--as-of", metavar="DATE", help="Search what was installed at the end of that day, of any age.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per name and line.")
@click.option("--threshold", type=float, help="Lowest score that hits, from 0.5 to 1.0.")
@click.option("--limit", type=int, help="Most hits shown per name.")
@click.option("--kind", type=_KINDS, help="What the names are.")
@click.option("--birth-date", help="YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--country", "countries", multiple=True, help="ISO 3166-1 alpha-2 code; may be repeated.")
@click.option("--customer", help="Your key of the customer, by which decisions are kept.")
@click.option("--decisions", "decided", type=click.Path(path_type=Path), help="Suppress the hits cleared in this file.")
@click.option("--decisions-key", "digest_key", type=click.Path(path_type=Path), help="A file with that file's key.")
@click.option("--audit", "log", type=click.Path(path_type=Path), help="Append each screening to this audit log.")
@click.option("--audit-key", "log_key", type=click.Path(path_type=Path), help="A file with the key of the log's chain.")
@click.option("--subject-key", type=click.Path(path_type=Path), help="A file with the key to record no names under.")
def screen(
    names: tuple[str, ...],
    files: tuple[Path, ...],
    sources: tuple[str, ...],
    as_of: str | None,
    as_json: bool,
    threshold: float | None,
    limit: int | None,
    kind: str | None,
    birth_date: str | None,
    countries: tuple[str, ...],
    customer: str | None,
    decided: Path | None,
    digest_key: Path | None,
    log: Path | None,
    log_key: Path | None,
    subject_key: Path | None,
) -> None:
    """Screen each NAME (quote a name of several words) against the installed lists, or those given by --list.

    Where no list was ever installed, the starter list is searched, a demonstration.
    """
    subjects = [
        Subject(name, kind=kind, birth_date=birth_date, countries=countries, customer=customer) for name in names
    ]
    reviewed = decisions_of(decided, digest_key, customer, names)
    recording = Recording(log, log_key, subject_key)
    outcomes = []
    with warnings.catch_warnings():
        # The table and the JSON say so themselves.
        warnings.simplefilter("ignore", StarterCoverageWarning)
        screener = _screener(files, sources, as_of)
        for subject in subjects:
            if screener is None:
                found = screen_starter(subject, threshold=threshold, limit=limit, decisions=reviewed)
            else:
                found = screener.screen(subject, threshold=threshold, limit=limit, decisions=reviewed)
            recording.keep(found)
            outcomes.append(_exit_code(found))
            if as_json:
                click.echo(found.to_json(subject_key=recording.subject_key))
            else:
                show.screening(found)
    sys.exit(_worst(outcomes))


def _screener(files: Sequence[Path], sources: Sequence[str], as_of: str | None) -> Screener | None:
    return opening.screener(files, sources, as_of) if files or sources or as_of else None


def _exit_code(found: Screening) -> int:
    if found.hits or found.suppressed:
        return HIT
    return CLEAR if found.is_clear else STARTER_ONLY


def _worst(outcomes: Sequence[int]) -> int:
    return next(code for code in (HIT, STARTER_ONLY, CLEAR) if code in outcomes)


@main.command()
@click.argument("query")
@click.argument("listed")
@click.option("--kind", type=_KINDS, help="What the names are.")
@click.option("--json", "as_json", is_flag=True, help="Print the score and its evidence as JSON.")
def explain(query: str, listed: str, kind: str | None, as_json: bool) -> None:
    """Score two names against each other, contribution by contribution."""
    score = compare(query, listed, kind=kind)
    if as_json:
        evidence = [
            {
                "kind": item.kind.value,
                "points": item.points,
                "query": item.query,
                "listed": item.listed,
                "rule": item.rule,
            }
            for item in score.evidence
        ]
        click.echo(json.dumps({"points": score.points, "score": score.value, "evidence": evidence}, ensure_ascii=False))
    else:
        explanation.score(score, Policy().threshold_points())


@main.command("normalize")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print tokens, readings and trace as JSON.")
def normalize_name(name: str, as_json: bool) -> None:
    """Show how NAME is read: cleaning steps, words with their keys, and readings in named systems."""
    read_as = normalize(name)
    if as_json:
        click.echo(json.dumps(plain(read_as), ensure_ascii=False))
    else:
        show.name(read_as)


@main.command("read")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--source", required=True, type=_SOURCES, help="The list's source id.")
@click.option("--program", "code", help="Show the designations under this program instead, a code unknown so far too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: the counts, or one designation per line.")
def read_list(files: tuple[Path, ...], source: str, code: str | None, as_json: bool) -> None:
    """Read a list FILE (or folder) and show its counts, programs, scripts and faults."""
    reader = read(source, files)
    if code is not None:
        _read_program(reader, code, as_json)
        return
    tally = show.Tally.of(reader)
    show.shortfalls(reader)
    if as_json:
        click.echo(json.dumps(tally.to_dict(), ensure_ascii=False))
    else:
        show.reading(tally)


def _read_program(reader: ListReader, code: str, as_json: bool) -> None:
    found = [designation for designation in reader if any(program.code == code for program in designation.programs)]
    show.shortfalls(reader)
    if not found:
        there = ", ".join(reader.edition.programs) or "none"
        raise click.UsageError(f"no designation is under the program {code!r}; programs in the file: {there}")
    if as_json:
        for designation in found:
            one = {"id": designation.id, "kind": designation.kind.value, "name": designation.name}
            click.echo(json.dumps(one, ensure_ascii=False))
    else:
        show.program(found, code)


main.add_command(batch)
main.add_command(lists)
main.add_command(import_files)
main.add_command(diff)
main.add_command(replay)
main.add_command(audit)
main.add_command(decisions)
main.add_command(bundle)
main.add_command(update)
main.add_command(calibrate_policy)
main.add_command(compare_policies)
main.add_command(rescreen)
