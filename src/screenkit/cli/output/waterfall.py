"""Bars for contributions: each starts at the running total, on one scale from 0 to the full score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from screenkit.model.evidence import FULL_SCORE

_EIGHTHS = " ▏▎▍▌▋▊▉"


@attrs.frozen
class Scale:
    """How bars are drawn: in so many cells, by eighths of a cell or by whole ones."""

    cells: int
    has_blocks: bool

    @property
    def _parts(self) -> int:
        return 8 if self.has_blocks else 1

    def reach(self, points: int) -> int:
        """How many parts of a cell so many points fill: rounded down, so that a near miss never looks like a hit."""
        return min(max(points, 0), FULL_SCORE) * self.cells * self._parts // FULL_SCORE

    def bar(self, before: int, after: int) -> str:
        """The bar from one running total to the next, taken to the left and hatched where it is a loss.

        Its length is the difference of what the two totals reach: lengths so add up to the length of the total. It
        starts in the cell of the lower total, because no characters begin at an eighth. Points too few for a part
        of a cell are a dot.
        """
        low, high = sorted((self.reach(before), self.reach(after)))
        if before == after:
            return ""
        whole, part = divmod(high - low, self._parts)
        start = min(low // self._parts, self.cells - 1)
        if high == low:
            drawn = "·" if self.has_blocks else "."
        elif self.has_blocks:
            drawn = ("█" if after > before else "▒") * whole + _EIGHTHS[part].strip()
        else:
            drawn = ("#" if after > before else "-") * whole
        return " " * start + drawn

    def mark(self, points: int) -> str:
        """A mark under the last cell that a total of so many points fills."""
        at = max(-(-points * self.cells // FULL_SCORE) - 1, 0)
        return " " * at + ("▲" if self.has_blocks else "^")

    def ends(self) -> str:
        """The line above the bars: the points at either end."""
        return "0" + f"{FULL_SCORE:,}".rjust(self.cells - 1)


def running_totals(contributions: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The total before and after each contribution."""
    total = 0
    for points in contributions:
        yield total, total + points
        total += points
