"""The primary name of an EU entry, which the files don't mark."""

from __future__ import annotations

import attrs

from screenkit.model import ListedName, NameType


def mark_primary(names: list[ListedName]) -> None:
    """Make primary the first strong name that isn't a former one; where there is none, the first."""
    strong = (at for at, name in enumerate(names) if not name.is_weak and name.type is not NameType.FKA)
    if names:
        first = next(strong, 0)
        names[first] = attrs.evolve(names[first], type=NameType.PRIMARY)
