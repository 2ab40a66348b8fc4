"""Japanese, in kana, in Han characters and in Hepburn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screenkit.model.name import Reading
from screenkit.names.script import script_of
from screenkit.names.split import Word

from .measure import edits_allowed, similarity
from .persons import japanese_readings, latin_readings
from .phonetic import key_of, printed

__all__ = ["edits_allowed", "keys", "readings", "similarity"]

_KANA = frozenset({"Hiragana", "Katakana"})


def keys(word: str) -> tuple[str, ...]:
    """The key of a word in kana; none for other words, whose readings need the whole name."""
    return (key_of(printed(word)),) if word and all(script_of(one) in _KANA for one in word) else ()


def readings(words: Sequence[Word]) -> Iterator[Reading]:
    """The readings of a name in kana, Han characters or Hepburn, the likeliest first."""
    yield from japanese_readings(words)
    yield from latin_readings(words)
