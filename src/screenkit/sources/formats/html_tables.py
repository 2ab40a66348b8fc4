"""The tables of an HTML page, as texts: for lists that are published as a page and in no other form."""

from __future__ import annotations

from html.parser import HTMLParser

import attrs

from screenkit.errors import ListFormatError
from screenkit.sources.files import ListFile

#: How many cells all tables of a page may have; FinCEN's has about 250.
MOST_CELLS = 100_000


@attrs.define
class Table:
    """A table: its id, and the texts of the cells of each row, white space run together."""

    id: str
    rows: list[list[str]] = attrs.field(factory=list)


def tables(file: ListFile) -> list[Table]:
    """Read the tables of a page; rows of a table inside another belong to the outer one.

    Raises `ListFormatError` where the page ends within a table, or has more cells than a list can have.
    """
    parser = _Tables()
    with file.open_text() as stream:
        for line in stream:
            parser.feed(line)
            if parser.cells > MOST_CELLS:
                raise ListFormatError(f"{file.name}: expected tables of at most {MOST_CELLS:,} cells; found more.")
    parser.close()
    if parser.depth:
        raise ListFormatError(f"{file.name}: expected a whole page; it ends within a table. Fetch it again.")
    return parser.found


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Table] = []
        self.depth = 0
        self.cells = 0
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.found.append(Table(dict(attributes).get("id") or ""))
        elif tag == "tr" and self.depth:
            self._end_cell()
            self.found[-1].rows.append([])
        elif tag in ("td", "th") and self.depth:
            self._end_cell()
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()
        if tag == "table":
            self.depth = max(self.depth - 1, 0)

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        if not self.found[-1].rows:
            self.found[-1].rows.append([])
        self.found[-1].rows[-1].append(" ".join("".join(self._cell).split()))
        self.cells += 1
        self._cell = None
