"""A subject and a designation in, a score made of evidence out."""
