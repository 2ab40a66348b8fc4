"""A book of customers and what changed of the lists in, the hits that are new, changed and ended out."""

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
