"""Ukraine."""
