"""Labelled and ordinary names in, a table of thresholds, a plot and a page for the files out: `screenkit calibrate`."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from screenkit.calibrate import Calibration, Wanted, calibrate, page, read_policy, svg
from screenkit.calibrate.calibration import NEAREST, Near
from screenkit.calibrate.curve import CurvePoint
from screenkit.calibrate.sentences import choice, limits, score
from screenkit.errors import CalibrationError
from screenkit.policy import Policy

from .opening import as_of_option, date_format_option, files_option, plain_table, screeners, searched, sources_option
from .terminal import Cell, open_console, print_tables, shown

#: Exit codes.
REACHED, NOT_REACHED = 0, 1
#: The terminal shows every so-manieth point of score; the page and JSON have every hundredth.
_SHOWN = 500
_PATH = click.Path(path_type=Path)


def _number(_: click.Context, parameter: click.Parameter, value: str | None) -> Fraction | None:
    """A number taken exactly as it is written."""
    try:
        return None if value is None else Fraction(value)
    except (ValueError, ZeroDivisionError):
        raise click.BadParameter(f"{value!r} is no number", param=parameter) from None


@click.command("calibrate")
@click.option("--matches", type=_PATH, required=True, help="CSV of customers and the designations that they are.")
@click.option("--ordinary", type=_PATH, required=True, help="CSV of customers who are nobody listed.")
@files_option
@sources_option
@as_of_option
@date_format_option
@click.option("--policy", "policy_file", type=_PATH, help="A policy as TOML or JSON; without it, the default one.")
@click.option("--recall", callback=_number, metavar="SHARE", help="The least share of matches to be hit, such as 0.98.")
@click.option("--alerts", callback=_number, metavar="RATE", help="The most alerts per 10,000 ordinary names.")
@click.option("--nearest", type=click.IntRange(0), default=NEAREST, show_default=True, help="Rows on each side.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that share the work.")
@click.option("--report", type=_PATH, help="Write an HTML page with everything, for the files.")
@click.option("--svg", "svg_file", type=_PATH, help="Write the plot as SVG.")
@click.option("--png", "png_file", type=_PATH, help="Write the plot as PNG; needs screenkit[plot].")
@click.option("--time", "when", metavar="TIME", help="The time that the result bears (ISO 8601); by default now.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
def calibrate_policy(
    matches: Path,
    ordinary: Path,
    files: tuple[Path, ...],
    sources: tuple[str, ...],
    as_of: str | None,
    date_format: str | None,
    policy_file: Path | None,
    recall: Fraction | None,
    alerts: Fraction | None,
    nearest: int,
    workers: int,
    report: Path | None,
    svg_file: Path | None,
    png_file: Path | None,
    when: str | None,
    as_json: bool,
) -> None:
    """Measure what each threshold finds and costs on your own names.

    Exit codes: 0 measured, 1 measured and no threshold does what is asked for by --recall and --alerts, 2 error, 5 an
    installed list is stale.
    """
    # All that can be refused is refused before the lists are read.
    wanted = Wanted(recall=recall, alerts=alerts)
    time = _time(when)
    draw = _png() if png_file is not None else None
    policy = read_policy(policy_file) if policy_file is not None else Policy()
    for path in (report, svg_file, png_file):
        if path is not None and not path.parent.is_dir():
            raise CalibrationError(f"{path}: can't be written: there is no folder {path.parent}")
    with screeners(files, sources, as_of, [policy]) as opened:
        made = calibrate(
            opened[0],
            matches,
            ordinary,
            at=time,
            wanted=wanted,
            nearest=nearest,
            date_format=date_format,
            workers=workers,
        )
    if report is not None:
        _write(report, page(made).encode("utf-8"))
    if svg_file is not None:
        _write(svg_file, svg(made).encode("utf-8"))
    if png_file is not None and draw is not None:
        _write(png_file, draw(made))
    if as_json:
        click.echo(json.dumps(made.to_dict(), ensure_ascii=False))
    else:
        _print(made)
    sys.exit(REACHED if made.choice.is_reached else NOT_REACHED)


def _time(given: str | None) -> dt.datetime:
    """A time with its zone, by default now."""
    if given is None:
        return dt.datetime.now(dt.UTC)
    try:
        time = dt.datetime.fromisoformat(given)
    except ValueError:
        time = None
    if time is None or time.tzinfo is None:
        raise click.UsageError("--time has to be a time with its zone, such as 2026-01-31T08:15:00Z")
    return time


def _png() -> Callable[[Calibration], bytes]:
    """What needs the extra, loaded only where it is asked for."""
    try:
        from screenkit.calibrate.png import png
    except ImportError as error:
        raise CalibrationError(
            "PNG files are drawn by the package pillow, which is not installed: pip install 'screenkit[plot]'. --svg"
            " needs nothing."
        ) from error
    return png


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise CalibrationError(f"{path}: can't be written: {error.strerror or error}") from error


def _print(made: Calibration) -> None:
    console = open_console()
    _print_files(console, made)
    own = made.policy.threshold_points()
    table = plain_table("threshold", "recall", "alerts per 10,000", "non-matches that alert")
    for point in made.points:
        if point.threshold % _SHOWN == 0 or point.threshold in (own, made.choice.threshold, made.curve.floor):
            marks = [mark for mark, at in (("chosen", made.choice.threshold), ("policy", own)) if at == point.threshold]
            table.add_row(*_cells(point, marks), style="bold" if "chosen" in marks else "")
    print_tables(console, table)
    console.print(f"\n[bold]{score(made.choice.threshold)}[/]: ", end="")
    console.print(choice(made), markup=False)
    for near in made.nearest:
        _print_near(console, near)
    console.print("\n[bold]Limits[/]")
    for sentence in limits(made):
        console.print(Padding(Text(sentence), (0, 0, 0, 2)))


def _print_files(console: Console, made: Calibration) -> None:
    for what, file in (("matches", made.matches), ("ordinary names", made.ordinary)):
        repeats = f", {file.repeats:,} of them repeat an earlier one and are not counted again" if file.repeats else ""
        unused = f"; columns left aside: {', '.join(file.unused)}" if file.unused else ""
        console.print(
            shown(console, f"{what}: {file.name}, {file.rows:,} rows{repeats}{unused}"), markup=False, soft_wrap=True
        )
    for edition in made.editions:
        console.print(searched(edition), markup=False, soft_wrap=True)
    console.print(f"policy {made.policy.fingerprint}\n", markup=False)


def _cells(point: CurvePoint, marks: list[str]) -> tuple[str, ...]:
    threshold = " ".join((score(point.threshold), *marks))
    wrong = f"{point.wrong.count:,} of {point.wrong.of:,}" if point.wrong.of else "-"
    return threshold, point.recall.percent(), point.alerts.per_10_000(), wrong


def _print_near(console: Console, near: Near) -> None:
    side = "alert" if near.alerts else "do not alert"
    console.print(f"\n[bold]nearest {near.sort} rows that {side}[/]")
    table = plain_table("line", "score", "customer", "listed name", "designation")
    for row in near.rows:
        names = (Cell(console, shown(console, text)) for text in (row.name, row.listed_name, row.designation))
        table.add_row(f"{row.line:,}", score(row.points), *names)
    print_tables(console, table)
    for row in near.rows:
        told = shown(console, f"line {row.line:,}: {row.explanation}")
        console.print(Padding(Text(told), (0, 0, 0, 2)))
