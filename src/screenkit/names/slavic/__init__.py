"""Russian and its neighbors, in Cyrillic and in every Latin romanization."""

from __future__ import annotations

from collections.abc import Sequence

from screenkit.model.name import Reading
from screenkit.names.split import Word

from .measure import edits_allowed, similarity
from .phonetic import keys

__all__ = ["edits_allowed", "keys", "readings", "similarity"]


def readings(words: Sequence[Word]) -> tuple[Reading, ...]:
    """No readings of a whole name: each word has its keys, whatever is beside it (docs/decisions/0001)."""
    return ()
