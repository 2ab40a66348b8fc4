"""Texts that hold several parties, or more than a name: what is taken apart, and what stays one name."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit import Designation, EvidenceKind, Kind, ListedName, Screener, Subject, compare
from screenkit.comparison.designations import compare_subject
from screenkit.names.parties import MOST, divide
from screenkit.policy import Policy


def parties(text: str) -> list[str]:
    return [party.text for party in divide(text).parties]


@pytest.mark.parametrize(
    "between",
    [
        "and", "&", "AND", "or", "and/or", "und", "oder", "et", "ou", "y", "e", "o", "+", "/", ";", "|", "aka",
        "a.k.a.", "A/K/A", "alias", "also known as", "formerly known as", "f/k/a", "née", "trading as", "t/a", "T/A",
        "d/b/a", "dba", "c/o", "care of", "o/b/o", "on behalf of", "for the benefit of", "fbo", "as trustee for",
        "trustee of", "in trust for", "ITF", "as nominee for", "и", "или", "он же", "от имени",
    ],
)  # fmt: skip
def test_two_whole_names_with_something_between_them_are_two_names(between: str) -> None:
    assert parties(f"Igor Sechin {between} Jane Smith") == ["Igor Sechin", "Jane Smith"]


@pytest.mark.parametrize(
    "text",
    [
        "Estate of Igor Sechin",
        "THE ESTATE OF THE LATE IGOR SECHIN",
        "The Estate of Igor Sechin, deceased",
        "Igor Sechin (deceased)",
        "Igor Sechin dec'd",
        "The heirs of Igor Sechin",
        "Igor Sechin, Trustee",
        "Igor Sechin as trustee",
        "Igor Sechin JTWROS",
        "Igor Sechin - USD account",
        "Igor Sechin USD Account No. 2",
        "Igor Sechin: current account",
        "Igor Sechin No. 2 Account",
        "Igor Sechin a/c 12345678",
        "IGOR SECHIN (EUR SAVINGS ACCOUNT)",
        "Igor Sechin, 12 Baker Street, London NW1",
        "Igor Sechin 12 Baker Street London",
        "Igor Sechin, ul. Lenina 5, Moscow",
        "Igor Sechin, P.O. Box 123",
        "Attn: Igor Sechin",
        "Igor Sechin's Estate",
        "Igor Sechin IRA",
        "Igor Sechin - Savings",
        "Igor Sechin (USD)",
        "Igor Sechin, 5th Avenue 12, New York",
        "Igor Sechin Musterstrasse 12 10115 Berlin",
        "Account of Igor Sechin",
    ],
)
def test_what_is_added_to_a_name_is_set_aside(text: str) -> None:
    assert [one.casefold() for one in parties(text)] == ["igor sechin"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Igor and Marina Sechin", ["Igor Sechin", "Marina Sechin"]),
        ("Sechin, Igor and Smith, Jane", ["Sechin, Igor", "Smith, Jane"]),
        ("Igor Sechin, Esq. and Mrs Jane Smith, deceased", ["Igor Sechin, Esq.", "Mrs Jane Smith"]),
        ("Igor Sechin and Jane Smith and John Brown", ["Igor Sechin", "Jane Smith", "John Brown"]),
        ("FederalSecurityService", ["Federal Security Service"]),
        ("SiemensAG", ["Siemens AG"]),
        ("FUYUANYU7868", ["FUYUANYU 7868"]),
        ('Hugo "El Pollo" Carvajal', ["Hugo Carvajal"]),
        ("Joaquín «El Chapo» Guzmán Loera", ["Joaquín Guzmán Loera"]),
        ('ООО "Ромашка" Москва', []),
        ("SABRINA (IMO 8215742)", ["SABRINA"]),
        ("M.V. BEHTA IMO no. 9349590", ["M.V. BEHTA"]),
        ("MT ARVIN, Panama flag", ["MT ARVIN"]),
        ("ARVIN (flag: Iran)", ["ARVIN"]),
        ("Red Flag Ltd", []),
        ("Agro Ex Impulse LLC", []),
        ("IMO Trading 12", []),
        ("Sinopa (ex Susangird)", ["Sinopa", "Susangird"]),
        ("Ольга Петрова (ур. Шувалова)", ["Ольга Петрова", "Шувалова"]),
        ("ОООРомашка", ["ООО Ромашка"]),
        ("AcmeLLC Trading", ["Acme LLC Trading"]),
        ("LaSalle", []),
        ("McSA", []),
        ("ФедеральнаяСлужбаБезопасности", ["Федеральная Служба Безопасности"]),
        ("Bank Melli Iran, Hamburg", ["Bank Melli Iran"]),
        ("Mahan Air, Tehran, Iran", ["Mahan Air"]),
        ("Mahan Air, Igor Sechin", ["Mahan Air", "Igor Sechin"]),
        ("Gazprom OAO, c/o Igor Sechin", ["Gazprom OAO", "Igor Sechin"]),
        ("Igor Sechin and Jane SmithBrownFox", ["Igor Sechin", "Jane SmithBrownFox", "Jane Smith Brown Fox"]),
        ("Rosneft Trading SA, Legal Department", ["Rosneft Trading SA"]),
        ("VTB Bank, 29 Bolshaya Morskaya Str, St Petersburg", ["VTB Bank"]),
        ("BANK MELLI IRAN A/C 123456789", ["BANK MELLI IRAN"]),
        ("Gazprom OAO and Rosneft OAO", ["Gazprom OAO", "Rosneft OAO"]),
        ("ООО Ромашка и ООО Василёк", ["ООО Ромашка", "ООО Василёк"]),
        ("Igor Sechin / Rosneft OAO", ["Igor Sechin", "Rosneft OAO"]),
        ("Neft Trade f/k/a Rosneft", ["Neft Trade", "Rosneft"]),
        ("Rosneft (formerly Yukos)", ["Rosneft", "Yukos"]),
        ("Rosneft Oil Company (aka NK Rosneft)", ["Rosneft Oil Company", "NK Rosneft"]),
        ("Vladimir Putin (Владимир Путин)", ["Vladimir Putin", "Владимир Путин"]),
        ("Igor Sechin\nJane Smith", ["Igor Sechin", "Jane Smith"]),
        ("Сечин И.И. и Смирнова А.А.", ["Сечин И.И.", "Смирнова А.А."]),
        ("马晓红（又名马小红）", ["马晓红", "马小红"]),
        ("김철수, 박영희", ["김철수", "박영희"]),
        ("김철수와 박영희", ["김철수", "박영희"]),
        ("马晓红和周建舒", ["马晓红", "周建舒"]),
        ("马晓红、周建舒", ["马晓红", "周建舒"]),
        ("김정은 및 리설주", ["김정은", "리설주"]),
        ("Игорь Сечин и Мария Иванова", ["Игорь Сечин", "Мария Иванова"]),
    ],
)
def test_each_name_is_whole(text: str, expected: list[str]) -> None:
    assert parties(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Igor Sechin",
        "Igor\nSechin",
        "HONG (Bob) Lee",
        "Gazprom (OAO)",
        "GARCIA MARQUEZ, Gabriel Jose",
        "Van Eeghen & Co B.V.",
        "Al-Rashid, Mohammed",
        "Alan Ritchey Materials Co., Ltd.",
        "Alan Ritchey Materials Company, S.L.U.",
        "Smith Jones, Mary",
        "Cygnus Utilities, Energy & Gas",
        "BlackRock McDonald DeWitt",
        "Johnson and Johnson",
        "Johnson & Johnson Ltd",
        "Smith & Sons",
        "Smith Brown and Sons Ltd",
        "Marks and Spencer",
        "Bed Bath & Beyond Inc.",
        "Dirks Industrial GmbH & Co. KG",
        "Novo Nordisk A/S",
        "Ministry of Defense and Armed Forces Logistics",
        "José Ortega y Gasset",
        "Maria E Santos",
        "Kouassi Aka Jean",
        "John T A Smith",
        "Abdul Rahman and Brothers Trading Est.",
        "Alias Systems Corp.",
        "Brigade 44",
        "李和平",
        "Account Technologies Group",
        "Real Estate of London",
        "iShares 60/40 ETF",
    ],
)
def test_one_name_stays_one(text: str) -> None:
    assert parties(text) == []


def test_what_may_hold_several_parties_and_was_left_as_it_is_is_told() -> None:
    assert divide("Igor Sechin and Rosneft Trading OAO").is_doubtful
    assert not divide("Igor Sechin and Jane Smith").is_doubtful
    assert not divide("Johnson & Johnson Ltd").is_doubtful


def test_ordinary_people_and_companies_stay_whole(shared: Callable[[str], Path]) -> None:
    shares, seats = {}, {}
    for file in ("ordinary_people_us", "ordinary_people_global", "ordinary_companies"):
        with shared(f"eval/{file}.csv").open(encoding="utf-8", newline="") as lines:
            names = [row["query"] for row in csv.DictReader(lines)]
        rules = [{party.rule for party in divide(name).parties} for name in names]
        shares[file] = sum(bool(found - {"comma"}) for found in rules) / len(names)
        seats[file] = sum("comma" in found for found in rules) / len(names)
    assert shares["ordinary_people_us"] == 0
    assert shares["ordinary_people_global"] < 0.001
    assert shares["ordinary_companies"] < 0.01
    assert seats["ordinary_people_us"] == seats["ordinary_people_global"] == 0
    assert seats["ordinary_companies"] < 0.003


def test_a_hit_says_which_of_the_names_it_is_about() -> None:
    score = compare("Igor Sechin and Jane Smith", "SECHIN, Igor Ivanovich")
    assert score.query == "Igor Sechin"
    (told,) = [one for one in score.evidence if one.kind is EvidenceKind.PARTY]
    assert (told.query, told.rule, told.points) == ("Igor Sechin", "and", 0)
    assert "one of the names in the text screened (and)" in score.explain()
    whole = compare("Igor Sechin", "SECHIN, Igor Ivanovich")
    assert whole.points == score.points
    assert all(one.kind is not EvidenceKind.PARTY for one in whole.evidence)


_WORDS = st.sampled_from(
    ["Igor", "Sechin", "Jane", "Smith", "and", "&", "aka", "Ltd", "Estate of", "deceased", "USD", "account", "c/o", ",",
     "12", "Street", "马晓红", "和", "/", ";", "the", "Mr", "trustee"]
)  # fmt: skip
_TEXTS = st.lists(_WORDS, min_size=1, max_size=9).map(" ".join).filter(lambda text: any(map(str.isalnum, text)))


@given(_TEXTS)
def test_parties_are_few_parts_of_the_text_that_are_not_divided_again(text: str) -> None:
    found = parties(text)
    assert len(found) == len(set(found)) <= MOST
    words = set(text.replace(",", " ").replace(";", " ").split())
    assert all(set(party.replace(",", " ").replace(";", " ").split()) <= words for party in found)


@given(_TEXTS, st.sampled_from(["SECHIN, Igor", "Jane Smith", "马晓红", "Sechin Ltd"]))
def test_a_screening_finds_what_the_comparison_does(text: str, listed: str) -> None:
    designation = Designation(id="1", kind=Kind.UNKNOWN, names=[ListedName(listed)])
    found, _ = compare_subject(Subject(text), designation, Policy())
    hits = Screener([designation]).screen(text)
    assert found is not None
    assert [hit.result for hit in hits] == ([found] if found.points >= Policy().threshold_points() else [])


@given(_TEXTS, st.sampled_from(["SECHIN, Igor", "Jane Smith", "马晓红"]))
def test_taking_a_text_apart_never_lowers_its_score(text: str, listed: str) -> None:
    alone = [compare(party, listed).points for party in parties(text)]
    assert compare(text, listed).points >= max(alone, default=0)


@pytest.mark.parametrize(
    "text",
    ["-" * 290 + " and", "usd " * 70 + "account x", "a aka b " * 35, "12 Baker " * 30, "A B and " * 35, "(" * 280 + ";",
     "x; " * 1_000, "and " * 127, "imo" + ", (" * 10_000, "a" * 30_000, "aB" * 140, "x 'y" * 70],
)  # fmt: skip
def test_hostile_texts_take_no_time(text: str) -> None:
    started = time.process_time()
    assert len(divide(text).parties) <= MOST
    assert time.process_time() - started < 0.5


def test_a_text_longer_than_names_is_not_taken_apart_and_told() -> None:
    text = f"Igor Sechin and Jane Smith, {'for services rendered ' * 15}"
    assert divide(text) == ((), True)
    assert divide(f"FederalSecurityService {'for services rendered ' * 15}") == ((), True)
