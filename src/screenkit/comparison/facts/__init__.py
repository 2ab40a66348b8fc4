"""Facts of a subject and a designation: what their birth dates, countries and the like say, and equal identifiers."""

from __future__ import annotations

from .comparing import compare_facts, corroborates, equal_identifier
from .identifiers import identifier_rule, identifiers_agree, identifies, lookup_keys

__all__ = [
    "compare_facts",
    "corroborates",
    "equal_identifier",
    "identifier_rule",
    "identifiers_agree",
    "identifies",
    "lookup_keys",
]
