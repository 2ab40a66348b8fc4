"""Figures of `speed.py` and `perturbed.py` in, a plot of accuracy against speed as SVG out.

    python benchmarks/speed/plot.py docs/speed-accuracy.svg [speed.json perturbed.json]

Without the two files it runs both scripts first, which print their tables. A peer is in the plot by the time of one
query, and token_sort_ratio also by its share of a batch with `cdist`, which takes two threads: the time of both counts.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from itertools import chain
from math import ceil, floor, hypot, log10
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs

#: Recall is read at this share of false alerts, as `perturbed.py` writes it.
SHARE = "0.001"
OURS = "screenkit"
#: The peer that is measured in a batch too.
BATCHED = "token_sort_ratio"
WIDTH, HEIGHT = 720, 480
LEFT, RIGHT, TOP, BOTTOM = 72, 44, 60, 64
#: Free above 100%, for labels.
HEADROOM = 44
#: Size of labels, and the width of one character of them, generously.
SIZE, CHARACTER = 13, 8
#: The height of one line of a label.
LINE = SIZE + 3
#: Between a point and its label, the best first.
GAPS = (10, 30, 50, 70)
INK, GRID, ACCENT, QUIET = "#222222", "#dddddd", "#c0392b", "#5d6d7e"


@attrs.frozen
class Point:
    """One engine: milliseconds of the median query, and recall from 0 to 1."""

    name: str
    milliseconds: float
    recall: float


@attrs.frozen
class Box:
    """What a text or a point covers."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether two boxes share any place."""
        beside = self.right <= other.left or other.right <= self.left
        return not beside and self.top < other.bottom and other.top < self.bottom

    def is_inside(self, other: Box) -> bool:
        """Whether the other box holds all of this one."""
        is_between = other.left <= self.left and self.right <= other.right
        return is_between and other.top <= self.top and self.bottom <= other.bottom


FRAME = Box(LEFT, TOP, WIDTH - RIGHT, HEIGHT - BOTTOM)


def points(speed: str, perturbed: str) -> list[Point]:
    """The engines that both files know, screenkit first, and the batch of token_sort_ratio."""
    figures = json.loads(Path(speed).read_text(encoding="utf-8"))
    engines, recalls = figures["engines"], json.loads(Path(perturbed).read_text(encoding="utf-8"))
    found = [Point(name, engines[name]["p50"], recalls[name][SHARE]) for name in engines if name in recalls]
    batch = figures["batch"].get(BATCHED)
    if batch and BATCHED in recalls:
        each = 1_000 * batch["seconds"] * batch["threads"] / batch["names"]
        found.append(Point(f"{BATCHED}, cdist", each, recalls[BATCHED][SHARE]))
    return found


def text(x: float, y: float, words: str, *, anchor: str = "start", size: int = SIZE, more: str = "") -> str:
    """One line of text; y is its baseline."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"{more}>{escape(words)}</text>'


def line(x: float, y: float, to_x: float, to_y: float, color: str = GRID) -> str:
    """One straight line."""
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{color}"/>'


def places(x: float, y: float, lines: tuple[str, ...]) -> Iterator[Box]:
    """Where the label of a point may stand, the best first: beside it, above, below, askew, and farther off."""
    wide, high = max(map(len, lines)) * CHARACTER, len(lines) * LINE
    for gap in GAPS:
        right, left, above, below = x + gap, x - gap - wide, y - gap - high, y + gap
        corners = (
            *((right, y - high / 2), (left, y - high / 2), (x - wide / 2, above), (x - wide / 2, below)),
            *((right, above), (right, below), (left, above), (left, below)),
        )
        yield from (Box(one, top, one + wide, top + high) for one, top in corners)


def labelled(shown: list[Point], at: dict[str, tuple[float, float]]) -> list[str]:
    """The points and their labels, none over another or over the frame, each in reach of its point."""
    taken = [Box(x - 7, y - 7, x + 7, y + 7) for x, y in at.values()]
    parts = []
    for point in shown:
        x, y = at[point.name]
        digits = max(1 - floor(log10(point.milliseconds)), 0)
        lines = point.name, f"{point.milliseconds:,.{digits}f} ms, {point.recall:.1%}"
        free = (one for one in places(x, y, lines) if one.is_inside(FRAME) and not any(map(one.overlaps, taken)))
        box = next(free, None)
        if box is None:
            raise SystemExit(f"there is no room for the label of {point.name}")
        taken.append(box)
        near_x, near_y = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
        color, weight = (ACCENT, ' font-weight="bold"') if point.name == OURS else (QUIET, "")
        if hypot(near_x - x, near_y - y) > 2 * GAPS[0]:
            parts.append(line(x, y, near_x, near_y, color))
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{color}"/>')
        # Words are anchored at the side of the point, since how wide a font draws them is not known.
        anchors = {"start": box.left, "end": box.right, "middle": (box.left + box.right) / 2}
        anchor = "start" if box.left > x else "end" if box.right < x else "middle"
        for number, words in enumerate(lines, 1):
            baseline = box.top + number * LINE - 4
            parts.append(text(anchors[anchor], baseline, words, anchor=anchor, more=f' fill="{color}"{weight}'))
    return parts


def drawn(shown: list[Point]) -> str:
    """The plot."""
    times = [point.milliseconds for point in shown]
    # A tenth of a decade is kept free at either side, that no point stands on the frame.
    first, last = floor(log10(min(times)) - 0.1), ceil(log10(max(times)) + 0.1)

    def across(milliseconds: float) -> float:
        return LEFT + (log10(milliseconds) - first) / (last - first) * (FRAME.right - LEFT)

    def up(recall: float) -> float:
        return FRAME.bottom - recall * (FRAME.bottom - TOP - HEADROOM)

    decades = [10.0**power for power in range(first, last + 1)]
    grid = chain(
        (line(across(one), TOP, across(one), FRAME.bottom) for one in decades),
        (text(across(one), FRAME.bottom + 20, f"{one:g} ms", anchor="middle") for one in decades),
        (line(LEFT, up(share / 5), FRAME.right, up(share / 5)) for share in range(6)),
        (text(LEFT - 10, up(share / 5) + 4, f"{share / 5:.0%}", anchor="end") for share in range(6)),
    )
    at = {point.name: (across(point.milliseconds), up(point.recall)) for point in shown}
    title = f"Perturbed persons found at {float(SHARE):.1%} false alerts, against the time of one query"
    below = "median time of one query, OFAC 2021-07-07, one thread (logarithmic; left is faster)"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' font-family="DejaVu Sans, Verdana, sans-serif" fill="{INK}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        text(16, 28, title, size=14, more=' font-weight="bold"'),
        text(16, 47, "recall (up is better)", size=12),
        *grid,
        text((LEFT + FRAME.right) / 2, HEIGHT - 18, below, anchor="middle", size=12),
        *labelled(shown, at),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def main(svg: str, *files: str) -> None:
    with TemporaryDirectory() as folder:
        if not files:
            scripts = {"speed": ["speed/speed.py", "--growth", "0"], "perturbed": ["accuracy/perturbed.py"]}
            files = tuple(str(Path(folder, f"{name}.json")) for name in scripts)
            for (script, *options), file in zip(scripts.values(), files, strict=True):
                path = Path(__file__).parents[1] / script
                subprocess.run([sys.executable, str(path), *options, "--json", file], check=True)
        Path(svg).write_text(drawn(points(*files)), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
