"""Senzing records."""
