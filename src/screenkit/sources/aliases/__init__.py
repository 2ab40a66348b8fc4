"""The single names inside longer published ones."""
