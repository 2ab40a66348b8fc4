"""Which generic words translators put for each other: `near_groups`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from screenkit.names.notation import read


def near_groups(key: str) -> tuple[str, ...]:
    """The groups of near concepts that the key of a generic word belongs to: two words are near if they share one.

    >>> set(near_groups("air")) & set(near_groups("aviation")) != set(), near_groups("bank")
    (True, ())
    """
    return _groups().get(key, ())


@cache
def _groups() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for (row,) in read("vocabulary/near_concepts.txt").rows(1):
        keys = row.split(", ")
        for key in keys:
            found.setdefault(key, []).append(keys[0] + "+" + keys[-1])
    return {key: tuple(groups) for key, groups in found.items()}
