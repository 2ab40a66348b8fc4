"""Tests of the readers; a package, because they share how a list is read and an excerpt is changed."""
