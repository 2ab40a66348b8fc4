"""A small list, written by hand, and screeners of it under any policy."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from screenkit import Designation, Edition, ListedName, Policy, Screener
from screenkit.calibrate import Calibration, Wanted, calibrate

TIME = dt.datetime(2026, 1, 31, 8, 15, tzinfo=dt.UTC)
EDITION = Edition(
    source="house", title="A list <written> by hand", published="2026-01-01", sha256="5e" * 32, publisher="nobody"
)
LISTED = tuple(
    Designation(id=id, kind=kind, names=names, edition=EDITION)
    for id, kind, names in (
        ("1", "organization", [ListedName("Korea Kwangson Banking Corp"), ListedName("KKBC", strength="weak")]),
        ("2", "organization", [ListedName("DANDONG ZHICHENG METALLIC MATERIAL CO., LTD.")]),
        ("3", "person", [ListedName("PISKLIN, Mikhail Yur'evich"), ListedName("Misha the Bear", strength="weak")]),
        ("4", "person", [ListedName("KIM, Jong Un"), ListedName("김정은")]),
        ("5", "person", [ListedName("AL-TIKRITI, Hala Saddam Hussein")]),
        ("6", "person", [ListedName("KIM, Jong Il"), ListedName("Yuri Irsenovich Kim")]),
    )
)
MATCHES = """name,kind,birth_date,id,listed_name,label
Mikhail Pisklin,person,,3,,yes
Pisklina Mikhail,,,3,,yes
Misha the Bear,,,3,,yes
Kim Chong-un,person,,4,,yes
Kim Jong Nam,person,,4,,no
Hala Hussein,person,,5,,yes
Korea Kwangsong Trading,,,1,,no
Gulya Petrova,,,5,,yes
Ansan Trading,,,,ANSAN TRADING CORP,yes
Sobaeksu United,,,,Ansan,no
"""
ORDINARY = (
    "name\nMaria Gonzalez\nKim Jong Ok\nMikhail Petrov\nDandong Trading\nKim Yong Il\nSaddam Hussein\nAnna Bell\n"
)


@pytest.fixture(scope="session")
def screener() -> Screener:
    return Screener(LISTED)


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Labeled matches and ordinary names."""
    folder = tmp_path_factory.mktemp("samples")
    matches, ordinary = folder / "matches.csv", folder / "ordinary.csv"
    matches.write_text(MATCHES, encoding="utf-8")
    ordinary.write_text(ORDINARY, encoding="utf-8")
    return matches, ordinary


@pytest.fixture(scope="session")
def made(screener: Screener, files: tuple[Path, Path]) -> Calibration:
    return calibrate(screener, *files, at=TIME, wanted=Wanted(), nearest=3)


@pytest.fixture(scope="session")
def strict() -> Policy:
    """A policy by which other names alert."""
    return Policy(threshold=0.9, suppress_weak=False, edit_share=200)
