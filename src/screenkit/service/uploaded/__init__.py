"""Uploaded books: each is read and screened in a process of its own, and its results are kept for a while."""
