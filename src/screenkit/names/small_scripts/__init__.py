"""Greek, Armenian, Georgian, Burmese and Devanagari, which are read as their usual Latin spellings."""

from __future__ import annotations

from collections.abc import Sequence

from screenkit.model.name import Reading
from screenkit.names.script import script_of
from screenkit.names.split import Word

from .burmese import burmese
from .devanagari import devanagari
from .spelling import armenian, georgian, greek

__all__ = ["edits_allowed", "keys", "readings", "similarity"]

_SPELLINGS = {"Greek": greek, "Armenian": armenian, "Georgian": georgian, "Myanmar": burmese, "Devanagari": devanagari}
_FULL = 10_000


def keys(word: str) -> tuple[str, ...]:
    """The Latin spelling of a word, a Latin word itself; none where it is in another script."""
    if word.isascii():
        return (word.lower(),) if word else ()
    spelled = _SPELLINGS.get(script_of(word[:1] or " ") or "")
    return (spelled(word),) if spelled else ()


def readings(words: Sequence[Word]) -> tuple[Reading, ...]:
    """No readings of a whole name: each word has its Latin spelling, whatever is beside it."""
    return ()


def similarity(one: str, other: str) -> int:
    """10,000 for equal spellings, else 0: they are compared with edits as Latin words are."""
    return _FULL if one == other else 0


def edits_allowed(length: int) -> int:
    """No edits: see `similarity`."""
    return 0
