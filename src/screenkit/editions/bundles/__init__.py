"""Bundles: editions of a store in one file, which can be signed, for machines without a network."""
