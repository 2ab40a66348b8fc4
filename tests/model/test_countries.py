"""Countries as lists print them, and the two tables that know them."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest

from screenkit.model import countries
from screenkit.model.countries import country_at_end, country_code

TABLES = Path(countries.__file__).parent
TOOL = Path(__file__).parents[2] / "tools" / "make_countries.py"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Korea, North", "kp"),
        ("KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF", "kp"),
        ("Democratic People’s Republic of Korea", "kp"),
        ("D.P.R.K.", "kp"),
        ("Korea, South", "kr"),
        ("Iran (Islamic Republic of)", "ir"),
        ("IRAN", "ir"),
        ("Burma", "mm"),
        ("Myanmar (Burma)", "mm"),
        ("Myanmar (Burma) / Myanmar (Birmanie)", "mm"),
        ("Congo, Democratic Republic of the", "cd"),
        ("CONGO, Democratic Republic of (was Zaire)", "cd"),
        ("Congo, Republic of the", "cg"),
        ("Congo", "cg"),
        ("CONGO, People's Republic of", "cg"),
        ("West Bank", "ps"),
        ("Region: Gaza", "ps"),
        ("Palestinian", "ps"),
        ("Region: Crimea", "ua"),
        ("Russian Federation", "ru"),
        ("Russie", "ru"),
        ("Österreich", "at"),
        ("Belarus / Bélarus", "by"),
        ("South Sudan / Soudan du sud", "ss"),
        ("Sudan / Soudan", "sd"),
        ("Hong Kong", "hk"),
        ("China, Hong Kong Special Administrative Region", "hk"),
        ("Macau", "mo"),
        ("Kosovo", "xk"),
        ("Bahamas, The", "bs"),
        ("The Gambia", "gm"),
        ("Cote d Ivoire", "ci"),
        ("Côte d’Ivoire", "ci"),
        ("Virgin Islands, British", "vg"),
        ("VIRGIN ISLANDS (BRITISH)", "vg"),
        ("Macedonia, The Former Yugoslav Republic of", "mk"),
        ("Guinea", "gn"),
        ("Guinea-Bissau", "gw"),
        ("Equatorial Guinea", "gq"),
        ("Niger", "ne"),
        ("Nigeria", "ng"),
        ("Dominica", "dm"),
        ("Dominican Republic", "do"),
        ("Dominique", "dm"),
        ("U.S.A.", "us"),
        ("  viet  nam ", "vn"),
        ("TURKIYE", "tr"),
        ("RU", "ru"),
        ("ru", "ru"),
        ("RUS", "ru"),
        ("NA", "na"),
        ("na", "na"),
        ("NAM", "na"),
        ("XKX", "xk"),
        ("Iraqi", "iq"),
    ],
)
def test_known(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-0-",
        "00",
        "undetermined",
        "n/a",
        "UNKNOWN",
        "USSR",
        "former Soviet Union",
        "Yugoslavia",
        "YU",
        "Netherlands Antilles",
        "Korea",
        "Congo (Zaire)",
        "Sudan / Chad",
        "Syria / somewhere",
        "Region: Kafia Kingi",
        "EU",
        "UN",
        "ZZ",
        "Paris",
        "\ud800",
        "🙂",
        "a" * 10_000,
    ],
)
def test_unknown(text: str) -> None:
    assert country_code(text) is None


def test_no_name_has_two_codes() -> None:
    codes = defaultdict(set)
    for code, name in countries.table_rows():
        codes[countries._key(name)].add(code)
    assert {name: found for name, found in codes.items() if len(found) > 1} == {}


def test_every_name_of_the_tables_is_found() -> None:
    rows = list(countries.table_rows())
    assert len({code for code, _ in rows}) == 250  # the 249 of ISO 3166-1, and Kosovo
    assert [(code, name) for code, name in rows if country_code(name) != code] == []


@pytest.mark.parametrize("table", ["countries.txt", "countries_aliases.txt"])
def test_tables_are_sorted_nfc_and_have_a_passport(table: str) -> None:
    text = (TABLES / table).read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    header = [line for line in text.splitlines() if line.startswith("#")]
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    for fact in ("Source:", "Version:", "icence:", "Generator:"):
        assert any(fact in line for line in header), f"{table} does not state its {fact}"
    assert all(len(row) == 3 and all(row) for row in rows)
    order = [(code, kind, name) if table == "countries.txt" else (code, name, kind) for code, name, kind in rows]
    assert order == sorted(order)
    assert len(order) == len(set(order))


def test_the_table_is_what_its_generator_makes() -> None:
    core = pytest.importorskip("babel.core", reason="the generator needs Babel")
    version = f"# Version: CLDR {core.get_cldr_version()}.\n"
    if version not in (TABLES / "countries.txt").read_text(encoding="utf-8"):
        pytest.skip("the Babel at hand has another CLDR than the table")
    made = subprocess.run([sys.executable, TOOL, "--check"], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Cairo, Egypt", "eg"),
        ("Syrian Arab Republic (as at Sep. 2015)", "sy"),
        ("Province, Democratic Republic of the Congo (as of June 2016)", "cd"),
        ("Bissau, Guinea-Bissau.", "gw"),
        ("Simferopol, Ukrainian SSR (now Ukraine)", "ua"),
        ("Simferopol, Ukrainian SSR", "ua"),
        ("Mogilev, Belarusian SSR (Belarus)", "by"),
        ("Omsk, USSR", None),
        ("Basra (Iraq)", "iq"),
        ("Basra (Iraq) district", None),
        ("Bloomington, Indiana U.S.A.", "us"),
        ("Korea (Democratic People's Republic of)", "kp"),
        ("53/64 Chancery Lane London WC2A 1QU United Kingdom", "gb"),
        ("Mitsi Building 1, Stasinou Avenue Nicosia 1060 Cyprus", "cy"),
        ("Las Cruces, New Mexico", None),
        ("Leningrad (now St Petersburg)", None),
        ("Tikrit", None),
        ("", None),
    ],
)
def test_a_place_ends_with_its_country(text: str, code: str | None) -> None:
    assert country_at_end(text) == code
