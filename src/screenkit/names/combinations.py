"""Combinations of the ways to read the parts of a name, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, product
from typing import TypeVar

_T = TypeVar("_T")

#: The most combinations that are given, and that are looked at.
MOST = 64
_MOST_TRIED = 4_096


def combinations(options: Iterable[Sequence[_T]], most: int) -> list[tuple[_T, ...]]:
    """One option of each part, of its first `most`; the likeliest first: by the sum of their places, then by them."""
    cells = [tuple(enumerate(cell[:most])) for cell in options]
    if not cells or not all(cells):
        return []
    found = list(islice(product(*cells), _MOST_TRIED))
    if len(found) > 1:
        found.sort(key=lambda parts: (sum(at for at, _ in parts), [at for at, _ in parts]))
    return [tuple(text for _, text in parts) for parts in found[:MOST]]
