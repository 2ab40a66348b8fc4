"""A name and the lowest points that count in, the numbers of the listed names that can reach them out."""
