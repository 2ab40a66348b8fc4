"""How much of a list is read, as counts and, for the published files, at least as much as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from screenkit import Designation, Edition
from screenkit.sources import read
from screenkit.sources.shares import COUNTRIES, SORTS

#: What one reading of a published list gave: its designations, its edition, and how much of each sort was read.
Reading = tuple[list[Designation], Edition, Mapping[str, tuple[int, int]]]


def test_what_is_read_of_what_is_stated(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "id,name,birth_dates,nationalities,birth_places,addresses,identifiers\n"
        '1,A,1971|in spring,Iran|Freedonia,"Tehran, Iran",Nowhere,passport:X1|Y2\n'
        "2,B,,,,,\n",
        encoding="utf-8",
    )
    reader = read("house", path)
    assert len(list(reader)) == 2
    assert dict(reader.shares) == {
        "birth dates": (1, 2),
        "countries": (1, 2),
        "birth places": (0, 1),
        "addresses": (0, 1),
        "identifiers": (1, 2),
    }
    assert tuple(reader.shares) == SORTS


@pytest.mark.parametrize(
    "path",
    [
        "us_ofac_sdn/2023-12-28",
        "us_ofac_cons/2026-03",
        "un_sc/2025-11-20",
        "eu_fsf/2021-03-02",
        "eu_fsf/old-csv/eu.csv",
        "au_dfat/2026-02-24",
        "au_dfat/2024-12",
        "us_csl/2022-05-06",
        "uk_fcdo/excerpts/UK-Sanctions-List.xml",
        "ch_seco/excerpts/consolidated-list.xml",
        "ftm/2024-03-14",
        "uk_fcdo/excerpts/UK-Sanctions-List.csv",
        "us_ofac_sdn/2021-03-10",
        "us_ofac_cons/2020-03-17",
    ],
)
def test_less_than_a_hundredth_of_the_countries_stays_unread(path: str, reading_of: Callable[[str], Reading]) -> None:
    designations, _, shares = reading_of(path)
    assert designations
    read_ones, stated = shares[COUNTRIES]
    assert stated - read_ones <= stated * 0.01
