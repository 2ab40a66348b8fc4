"""Screening of whole books of customers: files read row by row, with a row per hit, rejected rows and a summary."""

from screenkit.options import ScreeningOptions

from .columns import Columns, guess_columns
from .counts import Counts
from .output.writing import HIT_COLUMNS, REJECTED_COLUMNS
from .reading.book import OpenBook, open_book
from .reading.customers import Rejection, subject_of
from .reading.rows import Row
from .run import Progress, screen_book
from .screening import screen_rows
from .summary import Summary
from .work import Task

__all__ = [
    "HIT_COLUMNS",
    "REJECTED_COLUMNS",
    "Columns",
    "Counts",
    "OpenBook",
    "Progress",
    "Rejection",
    "Row",
    "ScreeningOptions",
    "Summary",
    "Task",
    "guess_columns",
    "open_book",
    "screen_book",
    "screen_rows",
    "subject_of",
]
