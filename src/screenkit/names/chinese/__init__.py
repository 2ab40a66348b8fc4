"""Chinese, in characters and in every Latin romanization."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screenkit.model.name import Reading
from screenkit.names.split import Word

from .han import han_readings
from .latin import latin_readings
from .measure import edits_allowed, similarity
from .words import han_keys, latin_keys

__all__ = ["edits_allowed", "keys", "readings", "similarity"]


def keys(word: str) -> tuple[str, ...]:
    """The keys of a word of an organization in Han or Latin letters, written in one or apart; none if not Chinese.

    A word of one syllable has none: it says nothing without the rest of the name (docs/decisions/0001).
    """
    return han_keys(word.replace(" ", "")) or latin_keys(word.split(" "))


def readings(words: Sequence[Word]) -> Iterator[Reading]:
    """The readings of a name in Han characters or in Latin letters, the likeliest of each system first."""
    yield from han_readings(words, is_person=None)
    yield from latin_readings(words)
