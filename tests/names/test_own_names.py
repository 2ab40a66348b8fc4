"""Organizations that other languages name in words of their own are found by the name that lists have."""

from __future__ import annotations

import pytest

from screenkit import compare
from screenkit.names import normalize
from screenkit.names.notation import text_of

NAMES = (
    ("真主党", "HIZBALLAH"),
    ("헤즈볼라", "HEZBOLLAH"),
    ("ヒズボラ", "HIZBALLAH"),
    ("基地组织", "AL-QA'IDA"),
    ("알카에다", "AL QAEDA"),
    ("博科圣地", "BOKO HARAM"),
    ("瓦格纳集团", "WAGNER GROUP"),
    ("拉撒路集团", "LAZARUS GROUP"),
    ("俄罗斯联邦储蓄银行", "SBERBANK"),
    ("俄罗斯技术集团", "ROSTEC"),
    ("山口組", "YAMAGUCHI-GUMI"),
    ("稲川会", "INAGAWA-KAI"),
)


@pytest.mark.parametrize(("query", "listed"), NAMES)
def test_a_translated_own_name_hits(query: str, listed: str) -> None:
    assert compare(query, listed).value >= 0.6


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("偵察総局", ["reconnaissance", "directorate"]),
        ("核能調查局", ["nuclear", "investigative", "bureau"]),
        ("멜리은행", ["melri", "bank"]),
        ("스베르방크", ["sberbank"]),
    ],
)
def test_runs_are_cut_in_every_form_of_their_characters(name: str, keys: list[str]) -> None:
    assert [token.key for token in normalize(name).tokens] == keys


def test_every_spelling_of_the_table_is_read_as_its_name() -> None:
    """A word is cut where its script changes and at a point in the middle: nothing across these would be found."""
    lines = text_of("vocabulary/own_names.txt").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    lost = [
        (key, spelling)
        for key, _, *columns in rows
        for column in columns
        for spelling in column.partition(": ")[2].split(", ")
        if [token.key for token in normalize(spelling).tokens] != [key]
    ]
    assert lost == []


def test_it_is_a_word_of_its_own_beside_generic_ones() -> None:
    kinds = [(token.key, token.kind.value) for token in normalize("瓦格纳集团").tokens]
    assert kinds == [("wagner", "word"), ("group", "generic")]


@pytest.mark.parametrize(
    ("query", "listed"),
    [("真主党", "HAMAS"), ("俄罗斯石油公司", "NATIONAL IRANIAN OIL COMPANY"), ("山口商事", "YAMAGUCHI-GUMI")],
)
def test_others_stay_apart(query: str, listed: str) -> None:
    assert compare(query, listed).value < 0.6
