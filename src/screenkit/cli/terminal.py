"""Text in, what the terminal can show of it out: the console, and cells that stay aligned in every script."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

#: Piped output is for files and other programs: at least so wide, not to break words.
NARROWEST = 100
_LEFT_TO_RIGHT = "\u200e"
_BIDI_CONTROLS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def open_console(*, stderr: bool = False) -> Console:
    """A console on standard output (or error) as it stands now; coloured only where that is a terminal."""
    console = Console(stderr=stderr, highlight=False, soft_wrap=False)
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
    text = "".join("?" if _steers(character) else character for character in text)
    return text.encode(console.encoding, errors="replace").decode(console.encoding)


def _steers(character: str) -> bool:
    return unicodedata.category(character) == "Cc" or unicodedata.bidirectional(character) in _BIDI_CONTROLS


def print_tables(console: Console, *tables: Table) -> None:
    """Print tables, a blank line between them; piped, without the blanks that fill lines to the table's width."""
    if console.is_terminal:
        _print_spaced(console, tables)
        return
    with console.capture() as capture:
        _print_spaced(console, tables)
    console.file.write("".join(f"{line.rstrip()}\n" for line in capture.get().splitlines()))


def _print_spaced(console: Console, tables: Sequence[Table]) -> None:
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
