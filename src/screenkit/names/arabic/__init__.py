"""Arabic, Persian, Urdu and Hebrew, in their scripts and in Latin."""

from __future__ import annotations

from collections.abc import Sequence

from screenkit.model.name import Reading
from screenkit.names.split import Word

from .latin import latin_keys
from .measure import edits_allowed, similarity
from .script import native_keys

__all__ = ["edits_allowed", "keys", "readings", "similarity"]


def keys(word: str) -> tuple[str, ...]:
    """The keys of a word in Arabic, Hebrew or Latin letters, the likeliest first; edits are of their skeletons."""
    return latin_keys(word) if word.isascii() else native_keys(word) or latin_keys(word)


def readings(words: Sequence[Word]) -> tuple[Reading, ...]:
    """No readings of a whole name: each word has its keys, whatever is beside it (docs/decisions/0001)."""
    return ()
