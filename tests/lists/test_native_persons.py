"""Persons whom OFAC lists in Latin letters only, as their own script writes them: they are hits under their program.

No list at hand has these native names; they were written for this test, from the Latin ones and how newspapers print them.
A row marked `miss` is a known miss with its reason: when it becomes a hit, its test fails and the mark goes.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from screenkit import Screener

with Path(__file__).with_name("native_persons.csv").open(encoding="utf-8", newline="") as lines:
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
def test_the_name_in_its_own_script_hits_under_its_program(
    screener: Screener, query: str, listed: str, program: str
) -> None:
    found = {
        hit.designation.names[0].text: {one.code for one in hit.designation.programs} for hit in screener.screen(query)
    }
    assert program in found.get(listed, set()), found
