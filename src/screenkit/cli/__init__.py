"""Command lines in, tables or JSON and an exit code out: the command `screenkit`."""

from .app import main

__all__ = ["main"]
