"""OFAC: the SDN and Consolidated lists, in the five formats it publishes."""
