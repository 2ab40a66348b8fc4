"""Segments in files: blocks with checksums, records in compact bytes, and segments that are merged from files."""
