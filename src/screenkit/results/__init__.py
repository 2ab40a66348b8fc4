"""What a screening returns: its hits, its record, and its rows."""

from .screening import Hit, Screening, SuppressedHit

__all__ = ["Hit", "Screening", "SuppressedHit"]
