"""The plot of what thresholds find and cost, as shapes and as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import ceil, floor, log10

import attrs

from screenkit.model.evidence import FULL_SCORE

from .calibration import Calibration
from .curve import CurvePoint

WIDTH, HEIGHT = 720, 460
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 24, 68, 64
#: Between the frame and the start of the logarithmic axis; it has the points without an alert.
_GUTTER = 44
#: Points between the thresholds that have a mark and a label.
_MARKED = 1_000
#: Two labels closer than this, across and up, would overlap.
_LABEL = (40, 15)
_SIZE = 12
INK, GRID, ACCENT, QUIET = "#222222", "#dddddd", "#c0392b", "#44617b"


@attrs.frozen
class Stroke:
    """A line through points, in pixels from the upper left corner."""

    points: tuple[tuple[float, float], ...]
    color: str = GRID
    width: int = 1


@attrs.frozen
class Dot:
    """A filled circle."""

    x: float
    y: float
    radius: int
    color: str


@attrs.frozen
class Words:
    """One line of text; y is its baseline, x its start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    color: str = INK
    size: int = _SIZE


Shape = Stroke | Dot | Words


class _Axes:
    """The axes of the plot. Alerts are on a logarithmic scale, because thresholds differ by factors."""

    def __init__(self, made: Calibration) -> None:
        shown = made.points
        ordinary = shown[0].alerts.of
        #: Alerts per 10,000 where the axis begins: a little below one alert.
        self.first = 10_000 / ordinary / 1.5
        self.last = max(point.alerts.interval(100_000)[1] for point in shown) / 10 * 1.1
        #: The recall at the lower edge.
        self.lowest = floor(min(point.recall.interval(1_000)[0] for point in shown) / 100) / 10

    def across(self, alerts: float) -> float:
        """The position of a rate of alerts per 10,000. Less than one alert in the sample is in the gutter."""
        if alerts < self.first:
            return _LEFT + _GUTTER / 2
        share = (log10(alerts) - log10(self.first)) / (log10(self.last) - log10(self.first))
        return _LEFT + _GUTTER + share * (WIDTH - _RIGHT - _LEFT - _GUTTER)

    def up(self, recall: float) -> float:
        """The position of a recall from 0 to 1."""
        return HEIGHT - _BOTTOM - (recall - self.lowest) / (1 - self.lowest) * (HEIGHT - _BOTTOM - _TOP)

    def at(self, point: CurvePoint) -> tuple[float, float]:
        """The position of a point of the curve."""
        return self.across(10_000 * point.alerts.count / point.alerts.of), self.up(point.recall.count / point.recall.of)


def shapes(made: Calibration) -> Iterator[Shape]:
    """The plot of recall against alerts per 10,000 ordinary names, with 95% intervals at labeled thresholds."""
    axes = _Axes(made)
    yield Words(16, 24, "Recall against alerts, by threshold", size=15)
    yield Words(16, 44, "matches that are hits (up is better); bars are 95% intervals", color=QUIET)
    yield from _grid(axes)
    yield Stroke(tuple(map(axes.at, made.points)), QUIET, 2)
    line = made.line
    marked = [point for point in made.points if point.threshold % _MARKED == 0 and point.threshold != line.threshold]
    for point in marked:
        yield from _bars(axes, point, QUIET)
    yield from _bars(axes, line, ACCENT)
    x, y = axes.at(line)
    taken = [(x, y)]
    yield Words(*_beside(x, y), f"{line.threshold / FULL_SCORE:.4f}", _side(x), color=ACCENT, size=14)
    for point in marked:
        x, y = axes.at(point)
        if all(abs(x - one) > _LABEL[0] or abs(y - other) > _LABEL[1] for one, other in taken):
            taken.append((x, y))
            yield Words(*_beside(x, y), f"{point.threshold / FULL_SCORE:.2f}", _side(x), color=QUIET)
    yield Words(
        (WIDTH + _LEFT) / 2,
        HEIGHT - 16,
        f"alerts per 10,000 ordinary names (logarithmic; left is better), {line.alerts.of:,} names",
        "middle",
        QUIET,
    )


def svg(made: Calibration) -> str:
    """The plot as an SVG element that needs nothing from outside."""
    line = made.line
    said = (
        f"At the threshold {line.threshold / FULL_SCORE:.4f}, {line.recall.percent()} of the matches are hits, and"
        f" {line.alerts.per_10_000()} of 10,000 ordinary names alert. The table of thresholds has all values."
    )
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
            ' font-family="DejaVu Sans, Verdana, sans-serif" role="img" aria-labeledby="plot-title plot-said">',
            '<title id="plot-title">Recall against alerts per 10,000 ordinary names, by threshold</title>',
            f'<desc id="plot-said">{escape(said)}</desc>',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
            *map(_element, shapes(made)),
            "</svg>\n",
        )
    )


def _element(shape: Shape) -> str:
    match shape:
        case Stroke():
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)
            return f'<polyline points="{points}" fill="none" stroke="{shape.color}" stroke-width="{shape.width}"/>'
        case Dot():
            return f'<circle cx="{shape.x:.1f}" cy="{shape.y:.1f}" r="{shape.radius}" fill="{shape.color}"/>'
        case Words():
            return (
                f'<text x="{shape.x:.1f}" y="{shape.y:.1f}" text-anchor="{shape.anchor}" font-size="{shape.size}"'
                f' fill="{shape.color}">{escape(shape.text)}</text>'
            )


def _grid(axes: _Axes) -> Iterator[Shape]:
    for tenth in range(round(axes.lowest * 10), 11):
        y = axes.up(tenth / 10)
        yield Stroke(((_LEFT, y), (WIDTH - _RIGHT, y)))
        yield Words(_LEFT - 8, y + 4, f"{10 * tenth}%", "end")
    for rate in (0, *_ticks(axes)):
        x = axes.across(rate)
        yield Stroke(((x, _TOP), (x, HEIGHT - _BOTTOM)))
        yield Words(x, HEIGHT - _BOTTOM + 18, f"{rate:,g}", "middle")


def _ticks(axes: _Axes) -> Iterator[float]:
    """1, 2 and 5 of every power of ten; only 1 if there are many powers."""
    powers = range(floor(log10(axes.first)), ceil(log10(axes.last)) + 1)
    steps = (1, 2, 5) if len(powers) <= 5 else (1,)
    for power in powers:
        rates = (step * 10.0**power for step in steps)
        yield from (rate for rate in rates if axes.first <= rate <= axes.last)


def _bars(axes: _Axes, point: CurvePoint, color: str) -> Iterator[Shape]:
    """A point with its intervals in both directions."""
    x, y = axes.at(point)
    low, high = (axes.up(share / 100_000) for share in point.recall.interval(100_000))
    left, right = (axes.across(share / 10) for share in point.alerts.interval(100_000))
    yield Stroke(((x, low), (x, high)), color)
    yield Stroke(((left, y), (right, y)), color)
    yield Dot(x, y, 4, color)


def _beside(x: float, y: float) -> tuple[float, float]:
    """The position of a point's label: below its horizontal interval, on the side with more room."""
    return (x + 7 if _side(x) == "start" else x - 7), y + 16


def _side(x: float) -> str:
    return "start" if x < WIDTH - _RIGHT - 60 else "end"
