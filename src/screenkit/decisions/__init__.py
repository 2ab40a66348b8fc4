"""What reviewers decided about hits, kept in a file: cleared ones don't alert until something about them changes."""

from .csv_table import export_csv, import_csv
from .register import Decisions, Recorded

__all__ = ["Decisions", "Recorded", "export_csv", "import_csv"]
