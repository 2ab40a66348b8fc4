"""The commands that screen whole books of customers."""
