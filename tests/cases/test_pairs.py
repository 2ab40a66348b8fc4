"""Golden rows: pairs that hit, pairs that stay apart, and known misses as strict expected failures."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from screenkit import Kind, Policy, compare

with Path(__file__).with_name("pairs.csv").open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))

PARAMETERS = [
    pytest.param(
        row,
        id=f"{row['query']} / {row['listed']}",
        marks=[pytest.mark.xfail(strict=True, reason=row["why"])] if row["known"] == "miss" else [],
    )
    for row in ROWS
]


@pytest.mark.parametrize("row", PARAMETERS)
def test_pair(row: dict[str, str]) -> None:
    score = compare(row["query"], row["listed"], kind=Kind(row["kind"]))
    hits = score.points >= Policy().threshold_points()
    assert hits == (row["expected"] == "hit"), score.explain()
