"""Tests of batches; a package, because they share books."""
