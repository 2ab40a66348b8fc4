"""Tests of the store of editions and of all that rests on it; a package, because they share a server."""
