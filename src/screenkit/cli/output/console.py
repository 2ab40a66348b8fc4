"""The console, and table cells that stay aligned in every script."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from typing import Any

import click
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from screenkit.model.visible import in_json, in_terminal, in_terminal_lines

#: Piped output is for files and other programs: at least so wide, not to break words.
NARROWEST = 100
_LEFT_TO_RIGHT = "\u200e"


class _Console(Console):
    """A console that no text can steer, and whose lines have no spaces at their ends where a program reads them."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Render anything; whatever it quotes, only this console's own codes reach the terminal."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(in_terminal_lines(segment.text), segment.style)

    def print(self, *objects: Any, **options: Any) -> None:  # as the method that it wraps takes them
        """Print as any console does, but for the spaces that fill a line to the width."""
        if self.is_terminal:
            super().print(*objects, **options)
            return
        with self.capture() as capture:
            super().print(*objects, **options)
        for line in capture.get().splitlines(keepends=True):
            self.file.write(f"{line.rstrip()}\n" if line.endswith("\n") else line)
        self.file.flush()


def open_console(*, stderr: bool = False) -> Console:
    """A console on standard output (or error) in its present state; colored only where that is a terminal."""
    console = _Console(stderr=stderr, highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = max(console.width, NARROWEST)
    return console


def has_blocks(console: Console) -> bool:
    """Whether block characters are printed, each one cell wide.

    Older encodings lack the eighths; those of East Asia that have them show them two cells wide.
    """
    return console.encoding.startswith("utf")


def shown(console: Console, text: str) -> str:
    """The text as it will be printed, which is what has to be measured.

    Letters that the encoding lacks are "?", and so is what would move the cursor, color or turn around the line.
    """
    return in_terminal(text).encode(console.encoding, errors="replace").decode(console.encoding)


def print_json(value: object) -> None:
    """Print a value as JSON on one line."""
    print_json_text(json.dumps(value, ensure_ascii=False))


def print_json_text(text: str) -> None:
    """Print JSON; letters of every script are printed as they are, and what steers a terminal as escapes."""
    click.echo(in_json(text))


def print_tables(console: Console, *tables: Table) -> None:
    """Print tables, a blank line between them."""
    for at, table in enumerate(tables):
        if at:
            console.print()
        console.print(table)


class Cell:
    """A text in a table's cell, in whatever script, that leaves the cells after it in their place."""

    def __init__(self, console: Console, text: str, style: str = "") -> None:
        """Take a text that `shown` has been through."""
        self._text = Text(text, style=style, overflow="fold")
        is_leftward = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)
        # A terminal that orders Arabic or Hebrew would take the next cell's letters or digits into the same run, and
        # show the two cells in each other's place, or turn a line that begins so around; the mark, which has no
        # width, bounds the run.
        self._bound = _LEFT_TO_RIGHT if is_leftward and has_blocks(console) else ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Each line by itself, because a run goes on over the columns of its line."""
        for line in self._text.wrap(console, options.max_width):
            line.rstrip()
            yield Text(self._bound) + line + Text(self._bound)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """The widths of the text."""
        return Measurement.get(console, options, self._text)
