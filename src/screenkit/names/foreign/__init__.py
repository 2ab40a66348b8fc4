"""Foreign names by their sound: words of other scripts that transcribe a name, and the same name in Latin letters."""

from __future__ import annotations

from collections.abc import Sequence

from screenkit.model.name import Reading
from screenkit.names.split import Word

from .latin import latin_key
from .measure import edits_allowed, similarity
from .native import native_key

__all__ = ["edits_allowed", "keys", "readings", "similarity"]


def keys(word: str) -> tuple[str, ...]:
    """The key of a word in Latin letters, Chinese characters, Hangul or katakana; none where it isn't read."""
    key = native_key(word) or latin_key(word)
    return (key,) if key else ()


def readings(words: Sequence[Word]) -> tuple[Reading, ...]:
    """No readings of a whole name: each word has its key, whatever is beside it."""
    return ()
