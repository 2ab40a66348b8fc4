"""File formats that several lists are published in."""
