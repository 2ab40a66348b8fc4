"""What tests of batches share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from screenkit import Policy, Screener, read


@pytest.fixture(scope="session")
def screener(excerpt: Callable[[str], Path]) -> Screener:
    """Six designations; a name that the list calls weak is suppressed."""
    policy = Policy(weak_sources=("un_sc",))
    return Screener(read("un_sc", excerpt("un_sc/consolidated.xml")), policy=policy)
