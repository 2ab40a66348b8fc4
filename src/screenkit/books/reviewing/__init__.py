"""Decisions that are made from the rows of a batch: one row by itself, or a table of reviewed rows."""

from .hit_rows import hit_row, hit_rows, is_file_of_hits
from .importing import Imported, import_reviews

__all__ = ["Imported", "hit_row", "hit_rows", "import_reviews", "is_file_of_hits"]
