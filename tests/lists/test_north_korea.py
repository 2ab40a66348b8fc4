"""Who helped North Korea, by OFAC's designations of 2016 and 2017, as their own languages write them: all are hits.

The banks of the story that were designated before (Kwangson, Daesong, Daedong, the Foreign Trade Bank) are among them.
A row marked `miss` is a known miss with its reason: when it becomes a hit, its test fails and the mark goes.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from screenkit import Screener

with Path(__file__).with_name("north_korea_2016_2017.csv").open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines))

PARAMETERS = [
    pytest.param(
        row["query"],
        row["listed"],
        row["program"],
        id=f"{row['query']} / {row['listed']}",
        marks=[pytest.mark.xfail(strict=True, reason=row["why"])] if row["known"] == "miss" else [],
    )
    for row in ROWS
]


@pytest.fixture(scope="module")
def screener(screener_of: Callable[[str], Screener]) -> Screener:
    return screener_of("us_ofac_sdn/2023-12-28")


@pytest.mark.parametrize(("query", "listed", "program"), PARAMETERS)
def test_the_name_in_its_own_language_hits_under_its_program(
    screener: Screener, query: str, listed: str, program: str
) -> None:
    found = {
        hit.designation.names[0].text: {one.code for one in hit.designation.programs} for hit in screener.screen(query)
    }
    assert program in found.get(listed, set()), found
