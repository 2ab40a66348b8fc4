"""How tests read a list: whole and by id, for its faults, or for whatever comes of a damaged file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from screenkit.errors import ListFormatError
from screenkit.model import Designation, ListedName
from screenkit.sources import ListReader, read

#: A reading that was exhausted, and its designations by id.
Read = tuple[ListReader, dict[str, Designation]]
#: Any JSON value.
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def read_all(source: str, path: Path) -> Read:
    """Read a file, or a folder of files, to the end."""
    reader = read(source, path)
    return reader, {designation.id: designation for designation in reader}


def by_id(source: str, path: Path) -> dict[str, Designation]:
    """The designations of a file by id."""
    return read_all(source, path)[1]


def faults(source: str, path: Path) -> tuple[str, ...]:
    """The faults of a file that is refused for them."""
    with pytest.raises(ListFormatError) as refused:
        list(read(source, path))
    return refused.value.faults


def places(source: str, path: Path) -> list[str]:
    """Where the faults of a file are: "line 5, name"."""
    stated = (fault.removeprefix(f"{path.name}, ").removeprefix("record ") for fault in faults(source, path))
    return [fault.split(": ")[0] for fault in stated]


def outcome(source: str, path: Path) -> int | str:
    """How many designations a file gives; else the text of its refusal."""
    try:
        return len(list(read(source, path)))
    except ListFormatError as refused:
        return str(refused)


def published(designation: Designation) -> list[ListedName]:
    """The names that the publisher gives, without those derived from them."""
    return [name for name in designation.names if name.derived_from is None]


def lines_of(path: Path) -> list[str]:
    """The lines of a file that are not empty."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line]


def written(path: Path, text: str | Iterable[str]) -> Path:
    """A text, or lines, written to a file; halves of surrogate pairs are let through."""
    whole = text if isinstance(text, str) else "\n".join(text)
    path.write_text(whole, encoding="utf-8", errors="surrogatepass")
    return path


def rows_of(path: Path) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def written_rows(path: Path, rows: Iterable[Sequence[str]]) -> Path:
    """Rows written to a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, dialect=csv.unix_dialect).writerows(rows)
    return path


def put_anywhere(data: st.DataObject, records: list[Any], value: object) -> None:
    """Put a value in the place of any value of any record."""
    place: Any = data.draw(st.sampled_from(records))
    while True:
        keys = sorted(place) if isinstance(place, dict) else range(len(place))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.integers(0, 3)) == 0:
            break
        place = place[key]
    place[key] = value
