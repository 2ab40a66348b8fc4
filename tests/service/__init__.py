"""Tests of the service; a package, because they share a server."""
