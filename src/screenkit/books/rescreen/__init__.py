"""Rescreening: a book is screened against what changed in the lists, and each hit is new, changed or ended."""

from .changes import CHANGE_COLUMNS, HitChange
from .delta import Delta, delta_of, delta_since
from .run import RescreenSummary, rescreen_book

__all__ = [
    "CHANGE_COLUMNS",
    "Delta",
    "HitChange",
    "RescreenSummary",
    "delta_of",
    "delta_since",
    "rescreen_book",
]
