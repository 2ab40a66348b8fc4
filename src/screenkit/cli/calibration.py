"""The command `calibrate`, which measures what each threshold finds and costs, and writes a plot and a page."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import attrs
import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from screenkit.calibrate import Calibration, Wanted, calibrate, page, svg
from screenkit.calibrate.calibration import NEAREST, Near
from screenkit.calibrate.curve import CurvePoint
from screenkit.calibrate.sentences import choice as choice_sentence
from screenkit.calibrate.sentences import limits, score
from screenkit.errors import CalibrationError
from screenkit.model.wording import counted

from .configuration import PolicyChoice, policy_options
from .exit_codes import DIFFERENT, DONE
from .options import PATH, Command, collected, date_format_option, workers_option
from .output.console import Cell, open_console, print_json, print_tables, shown
from .output.tables import plain_table
from .output.wording import searched
from .searching import ListChoice, searching_options

#: The terminal shows every twentieth of the score; the page and JSON have every hundredth.
_SHOWN = 500


@attrs.frozen(kw_only=True)
class _Reports:
    """The files that a calibration is written to."""

    #: An HTML page.
    report: Path | None
    #: The plot as SVG.
    svg: Path | None
    #: The plot as PNG.
    png: Path | None

    def check(self) -> None:
        """Refuse what can't be written, before the lists are read."""
        if self.png is not None:
            _png()
        for path in (self.report, self.svg, self.png):
            if path is not None and not path.parent.is_dir():
                raise CalibrationError(f"{path}: can't be written: there is no folder {path.parent}")

    def write(self, made: Calibration) -> None:
        """Write each of the files."""
        if self.report is not None:
            _write(self.report, page(made).encode("utf-8"))
        if self.svg is not None:
            _write(self.svg, svg(made).encode("utf-8"))
        if self.png is not None:
            _write(self.png, _png()(made))


_REPORTS = (
    click.option("--report", metavar="FILE", type=PATH, help="Write an HTML page with everything, for the files."),
    click.option("--svg", metavar="FILE", type=PATH, help="Write the plot as SVG."),
    click.option("--png", metavar="FILE", type=PATH, help="Write the plot as PNG; needs screenkit[plot]."),
)


def _report_options(command: Command) -> Command:
    return collected(command, _REPORTS, "reports", _Reports)


def _number(_: click.Context, parameter: click.Parameter, value: str | None) -> Fraction | None:
    """A number taken exactly as it is written."""
    try:
        return None if value is None else Fraction(value)
    except (ValueError, ZeroDivisionError):
        raise click.BadParameter(f"{value!r} is not a number", param=parameter) from None


@click.command("calibrate")
@click.option(
    "--matches", metavar="FILE", type=PATH, required=True, help="CSV of customers and the designations that they are."
)
@click.option("--ordinary", metavar="FILE", type=PATH, required=True, help="CSV of customers who are not listed.")
@searching_options
@date_format_option
@policy_options
@click.option("--recall", callback=_number, metavar="SHARE", help="The lowest share of matches to find, such as 0.98.")
@click.option("--alerts", callback=_number, metavar="RATE", help="The most alerts per 10,000 ordinary names.")
@click.option(
    "--nearest", type=click.IntRange(0), default=NEAREST, show_default=True, help="Rows to show on each side."
)
@workers_option
@_report_options
@click.option("--time", "when", metavar="TIME", help="The time stated in the result (ISO 8601); by default now.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
def calibrate_policy(
    matches: Path,
    ordinary: Path,
    choice: ListChoice,
    date_format: tuple[str, ...],
    weighing: PolicyChoice,
    recall: Fraction | None,
    alerts: Fraction | None,
    nearest: int,
    workers: int,
    reports: _Reports,
    when: str | None,
    as_json: bool,
) -> None:
    """Measure what thresholds find and cost on your names.

    Exit codes: 0 measured; 1 measured, but no threshold achieves what --recall and --alerts ask for; 2 error; 5 an
    installed list is stale.
    """
    # Whatever can be refused is refused before the lists are read.
    wanted = Wanted(recall=recall, alerts=alerts)
    time = _time(when)
    reports.check()
    with choice.screeners([weighing.chosen()]) as opened:
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
    reports.write(made)
    if as_json:
        print_json(made.to_dict())
    else:
        _print(made)
    sys.exit(DONE if made.choice.is_reached else DIFFERENT)


def _time(given: str | None) -> dt.datetime:
    """A time with its zone, by default now."""
    if given is None:
        return dt.datetime.now(dt.UTC)
    try:
        time = dt.datetime.fromisoformat(given)
    except ValueError:
        time = None
    if time is None or time.tzinfo is None:
        raise click.UsageError("--time must be a time with its zone, such as 2026-01-31T08:15:00Z")
    return time


def _png() -> Callable[[Calibration], bytes]:
    """What needs the extra, loaded only where it is asked for."""
    try:
        from screenkit.calibrate.png import png
    except ImportError as error:
        raise CalibrationError(
            "--png needs the package pillow; run: pip install 'screenkit[plot]'. --svg needs no package."
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
    console.print(choice_sentence(made), markup=False)
    for near in made.nearest:
        _print_near(console, near)
    console.print("\n[bold]Limits[/]")
    for sentence in limits(made):
        console.print(Padding(Text(sentence), (0, 0, 0, 2)))


def _print_files(console: Console, made: Calibration) -> None:
    for what, file in (("matches", made.matches), ("ordinary names", made.ordinary)):
        repeats = f", {file.repeats:,} of them repeated and counted once" if file.repeats else ""
        unused = f"; columns not used: {', '.join(file.unused)}" if file.unused else ""
        line = f"{what}: {file.name}, {counted(file.rows, 'row')}{repeats}{unused}"
        console.print(shown(console, line), markup=False, soft_wrap=True)
    for edition in made.editions:
        console.print(f"{searched(edition)}, sha256 {edition.sha256[:12]}", markup=False, soft_wrap=True)
    console.print(f"policy {made.policy.fingerprint}\n", markup=False)


def _cells(point: CurvePoint, marks: list[str]) -> tuple[str, ...]:
    threshold = " ".join((score(point.threshold), *marks))
    wrong = f"{point.wrong.count:,} of {point.wrong.of:,}" if point.wrong.of else "-"
    return threshold, point.recall.percent(), point.alerts.per_10_000(), wrong


def _print_near(console: Console, near: Near) -> None:
    side = "alert" if near.alerts else "do not alert"
    console.print(f"\n[bold]{near.sort} rows closest to the threshold that {side}[/]")
    table = plain_table("line", "score", "customer", "listed name", "designation")
    for row in near.rows:
        names = (Cell(console, shown(console, text)) for text in (row.name, row.listed_name, row.designation))
        table.add_row(f"{row.line:,}", score(row.points), *names)
    print_tables(console, table)
    for row in near.rows:
        line = shown(console, f"line {row.line:,}: {row.explanation}")
        console.print(Padding(Text(line), (0, 0, 0, 2)))
