"""A score with its evidence on the terminal: one row and one bar for each contribution, then their total."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from screenkit.model import Evidence, Score
from screenkit.model.evidence import FULL_SCORE

from .console import Cell, has_blocks, open_console, print_tables, shown
from .waterfall import Scale, running_totals

#: The columns before the points; on a narrow terminal one column has them all, line by line.
_HEADS = ("reason", "query", "listed", "rule")
_NARROW_HEADS = ("evidence",)
_NARROW = 64
_GAP = 2
#: Bars have a quarter of the terminal's width, or so many cells, even if texts are wrapped for it; and so many at most.
_ENOUGH_CELLS = 24
_MOST_CELLS = 48
#: Their cells are a multiple of it, so that the default threshold lies between two cells.
_STEP = 4
#: A rule longer than that, such as a reading, is not said again in the rows beneath that rest on it too.
_LONG_RULE = 20


def score(result: Score, threshold: int) -> None:
    """Print both names and the score, then the evidence, point by point, as a table with bars."""
    console = open_console()
    evidence = result.ranked()
    texts = [_texts(item, before) for item, before in zip(evidence, (None, *evidence), strict=False)]
    rows = [[shown(console, text) for text in row] for row in texts]
    heads: Sequence[str] = _HEADS
    if console.width < _NARROW:
        heads, rows = _NARROW_HEADS, [[_one_above_the_other(*row)] for row in rows]
    scale = Scale(_cells(console, heads, rows), has_blocks(console))
    table = _table(console, evidence, heads, rows, scale)
    blank = [""] * (len(heads) - 1)
    table.add_section()
    table.add_row("score", *blank, f"{result.points:,}", scale.bar(0, result.points), style="bold")
    table.add_row("threshold", *blank, f"{threshold:,}", scale.mark(threshold))
    print_tables(console, _header(console, result, threshold), table)


def _header(console: Console, result: Score, threshold: int) -> Table:
    verdict = "a hit" if result.points >= threshold else "no hit"
    header = Table.grid(padding=(0, _GAP, 0, 0))
    header.add_row("query", Cell(console, shown(console, result.query), "bold"))
    header.add_row("listed", Cell(console, shown(console, result.matched_name.text), "bold"))
    if result.matched_name.is_weak:
        header.add_row("", "a weak name")
    header.add_row("score", f"[bold]{result.value:.4f}[/], {verdict} at {threshold / FULL_SCORE:.2f}")
    return header


def _texts(item: Evidence, before: Evidence | None) -> tuple[str, ...]:
    is_repeated = before is not None and item.rule == before.rule and cell_len(item.rule) > _LONG_RULE
    return item.kind.value, item.query, item.listed, '"' if is_repeated else item.rule


def _one_above_the_other(reason: str, query: str, listed: str, rule: str) -> str:
    labeled = (("query", query), ("listed", listed), ("rule", rule))
    return "\n".join((reason, *(f"{label}: {text}" for label, text in labeled if text)))


def _cells(console: Console, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """How many cells the bars have: what the texts leave, within bounds."""
    columns = zip(heads, *rows, strict=True)
    widths = [max(cell_len(line) for text in column for line in text.split("\n")) for column in columns]
    taken = sum(widths) + len(f"{FULL_SCORE:,}") + 1 + _GAP * (len(widths) + 1)
    least = min(console.width // 4, _ENOUGH_CELLS)
    return max(min(max(console.width - taken, least), _MOST_CELLS) // _STEP, 2) * _STEP


def _table(
    console: Console, evidence: Sequence[Evidence], heads: Sequence[str], rows: Sequence[Sequence[str]], scale: Scale
) -> Table:
    table = Table(box=box.HORIZONTALS, show_edge=False, pad_edge=False, padding=(0, _GAP - 1, 0, 0))
    for head in heads:
        table.add_column(head, overflow="fold")
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column(scale.ends(), no_wrap=True, min_width=scale.cells, max_width=scale.cells)
    totals = running_totals(item.points for item in evidence)
    for item, row, (before, after) in zip(evidence, rows, totals, strict=True):
        style = "green" if item.points > 0 else "red" if item.points else ""
        table.add_row(
            *(Cell(console, text) for text in row),
            Cell(console, f"{item.points:+,}", style),
            Cell(console, scale.bar(before, after), style),
            style="" if item.points else "dim",
        )
    return table
