"""Reviewers' decisions about hits, kept in a file: a cleared hit doesn't alert again until something changes."""

from .csv_table import export_csv, import_csv
from .register import Decisions, Recorded

__all__ = ["Decisions", "Recorded", "export_csv", "import_csv"]
