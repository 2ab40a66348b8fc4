"""A bank's own list."""
