"""What is around every request: who may do what, limits, problems, metrics and the log."""
