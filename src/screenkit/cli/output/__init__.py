"""What the command line prints: the console, tables, and the bars of a score."""
