"""Korean, in Hangul and in its romanizations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screenkit.model.name import Reading
from screenkit.names.split import Word

from .hangul import hangul_readings
from .latin import cyrillic_readings, latin_readings
from .measure import edits_allowed, similarity
from .words import hangul_keys, latin_keys

__all__ = ["edits_allowed", "keys", "readings", "similarity"]


def keys(word: str) -> tuple[str, ...]:
    """The keys of a word of an organization in Hangul or Latin letters, written in one or apart; none if not Korean."""
    return hangul_keys(word.replace(" ", "")) or latin_keys(word.split(" "))


def readings(words: Sequence[Word]) -> Iterator[Reading]:
    """The readings of a name in Hangul, Latin or Cyrillic letters, the likeliest first."""
    yield from hangul_readings(words)
    yield from latin_readings(words)
    yield from cyrillic_readings(words)
