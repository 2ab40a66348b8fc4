"""A book of customers in, a row per hit, the rejected rows and a summary out."""

from .books import OpenBook, open_book
from .columns import Columns, guess_columns
from .counts import Counts
from .customers import Rejection, subject_of
from .rows import Row
from .run import Progress, screen_book
from .screening import screen_rows
from .summary import Summary
from .work import Task
from .writing import HIT_COLUMNS, REJECTED_COLUMNS

__all__ = [
    "HIT_COLUMNS",
    "REJECTED_COLUMNS",
    "Columns",
    "Counts",
    "OpenBook",
    "Progress",
    "Rejection",
    "Row",
    "Summary",
    "Task",
    "guess_columns",
    "open_book",
    "screen_book",
    "screen_rows",
    "subject_of",
]
