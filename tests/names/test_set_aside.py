"""What is beside an organization's name and not part of it: its branches, offices and seat."""

from __future__ import annotations

import pytest

from screenkit import compare, normalize
from screenkit.model import TokenKind

BRANCHES = (
    ("Bank Melli Iran Hamburg Branch", "BANK MELLI IRAN", "Hamburg Branch"),
    ("Al-Shabaab Moscow Branch", "AL-SHABAAB", "Moscow Branch"),
    ("Rahat Ltd. Kabul branch office", "RAHAT LTD.", "Kabul branch office"),
    ("Hanza Branch Office", "HANZA LTD", "Branch Office"),
    ("Hormozan Trading (Head Office)", "HORMOZAN TRADING", "Head Office"),
    ("Mahan Air Representative Office Dubai", "MAHAN AIR", "Representative Office Dubai"),
    ("Zhicheng Metallic Dubai Office", "ZHICHENG METALLIC", "Dubai Office"),
    ("Tidewater Middle East Co - Bandar Abbas Branch", "TIDEWATER MIDDLE EAST CO.", "Bandar Abbas Branch"),
    ("Bank Sepah Zweigniederlassung Frankfurt", "BANK SEPAH", "Zweigniederlassung Frankfurt"),
    ("Bank Sepah Succursale de Paris", "BANK SEPAH", "Succursale Paris"),
    ("Banco Bicentenario Sucursal Caracas", "BANCO BICENTENARIO", "Sucursal Caracas"),
    ("Филиал ООО Ромашка в г. Москва", "ROMASHKA LLC", "Филиал в г Москва"),
    ("Ромашка Трейдинг Московский филиал", "ROMASHKA TRADING", "Московский филиал"),
    ("بنك ملي إيران فرع دبي", "BANK MELLI IRAN", "فرع دبي"),
    ("华信银行上海分行", "HUAXIN BANK", "上海 分行"),
    ("VTB Bank PJSC St. Petersburg Russia", "VTB BANK PJSC", "St Petersburg Russia"),
    ("Hanza Marine Ltd Hong Kong", "HANZA MARINE LIMITED", "Hong Kong"),
    ("조선광선은행 단동지점", "KOREA KWANGSON BANKING CORP", "단동 지점"),
)
#: Names of which such a word is a part, and persons.
PARTS = (
    "Military Intelligence Branch",
    "Presidential Office",
    "Riad Tax Office",
    "Siberian Branch",
    "Dubai Office",
    "Branch Banking Corporation",
    "Mary Branch",
    "Jordan Branch",
)


@pytest.mark.parametrize(("query", "listed", "aside"), BRANCHES)
def test_a_branch_is_the_firm_itself_wherever_it_is(query: str, listed: str, aside: str) -> None:
    titles = [token.text for token in normalize(query).tokens if token.kind is TokenKind.TITLE]
    assert " ".join(titles) == normalize(aside).cleaned
    assert compare(query, listed).points >= 7_000


@pytest.mark.parametrize("text", PARTS)
def test_a_word_for_an_office_is_part_of_a_name_that_would_be_none_without_it(text: str) -> None:
    assert TokenKind.TITLE not in {token.kind for token in normalize(text).tokens}


def test_another_firm_of_the_same_town_and_branch_stays_apart() -> None:
    assert compare("Hormozan Trading Dubai Branch", "ZARGHAM TRADING DUBAI BRANCH").points < 5_000
