"""How common words of names are: laws, words of many languages with a reason each, and the table itself."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit.model import Token, TokenKind
from screenkit.names import normalize
from screenkit.names.vocabulary.commonness import commonness, commonness_in_names, is_unheard

ROOT = Path(__file__).parents[2]
TEXT = files("screenkit.names.vocabulary").joinpath("tables", "commonness.txt").read_text(encoding="utf-8")
HEADER = [line for line in TEXT.splitlines() if line.startswith("#")]
SECTIONS = {
    name: [line.split("\t") for line in body.splitlines()]
    for name, _, body in (part.partition("]\n") for part in TEXT.split("\n[")[1:])
}
sys.path.insert(0, str(ROOT / "tools"))
GENERATOR = importlib.import_module("make_commonness")


def of(name: str) -> int:
    """The class of the one word of a name."""
    (token,) = normalize(name).tokens
    return commonness(token)


# Laws


@given(st.text(min_size=1, max_size=40).filter(lambda text: any(map(str.isalnum, text))))
def test_any_word_has_a_class(name: str) -> None:
    """Any token whatever has a class between 0 and the largest of the table."""
    largest = max(int(value) for rows in SECTIONS.values() for _, value in rows)
    assert all(0 <= commonness(token) <= largest for token in normalize(name).tokens)


_VOWELS = re.compile("[aeiou]")


@given(st.sampled_from([key for key, _ in SECTIONS["latin"] if key.isalpha() and len(key) > 3]))
def test_case_and_accents_say_nothing(word: str) -> None:
    """A word has the class of the same word in capitals, and with an accent on each vowel."""
    plain, *others = (
        normalize(f"qoxy {form}").tokens[1] for form in (word, word.upper(), _VOWELS.sub("\\g<0>\u0301", word))
    )
    assert [commonness(other) for other in others] == [commonness(plain)] * 2


@given(st.sampled_from(SECTIONS["latin"]), st.sampled_from(list(TokenKind)))
def test_a_key_has_its_class_as_any_kind(row: list[str], kind: TokenKind) -> None:
    """The Latin key decides of terms; of other words their sounds can raise it."""
    key, value = row
    assert commonness_in_names(Token(key, key, kind)) == int(value)
    sounding = commonness_in_names(Token(key, key, kind, slavic=("vladimir", "@vladimir"), arabic=("muhamed",)))
    common = commonness_in_names(Token("vladimir", "vladimir", slavic=("vladimir", "@vladimir"), arabic=("muhamed",)))
    is_word = kind in (TokenKind.WORD, TokenKind.PATRONYMIC)
    assert sounding == (max(int(value), common) if is_word else int(value))


@given(st.text("bcdfghjklmnpqrstvwxz", min_size=6, max_size=12))
def test_what_no_name_holds_is_rare(word: str) -> None:
    """A word without a vowel, in no section by its Latin key, is no name's word."""
    known = {key for key, _ in SECTIONS["latin"]}
    assert word in known or commonness(Token(word, word)) == 0


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(1, 10_000), min_size=2), st.integers(10_000, 10**8))
def test_more_bearers_make_no_word_rarer(counts: dict[str, int], total: int) -> None:
    """Of two words of one register the one that more names hold has no smaller class; a word held twice has none."""
    found = GENERATOR.classes(
        GENERATOR.frequencies(
            [GENERATOR.Part("register", ((Counter({Token(key, key): n for key, n in counts.items()}), total),))],
            GENERATOR.latin_keys,
        )
    )
    ordered = [found.get(key, 0) for key in sorted(counts, key=counts.__getitem__)]
    assert ordered == sorted(ordered)
    assert all(counts[key] > 2 and 10 * total <= counts[key] * 1_000_000 for key in found)


# Cases


@pytest.mark.parametrize(
    ("word", "least", "why"),
    [
        ("Mohammed", 10, "the commonest given name there is"),
        ("محمد", 10, "the same name as it is written"),
        ("Мухаммад", 8, "the same name in Russian"),
        ("Mohamod", 10, "a Somali spelling of it, itself rare"),
        ("Muhammet", 4, "its Turkish form, which ends in another sound"),
        ("Kim", 9, "a fifth of all Koreans"),
        ("김", 9, "Kim; its romanization by rule, Gim, hardly anyone writes"),
        ("박", 8, "Park, by rule Bak"),
        ("Wang", 7, "one of the two commonest Chinese surnames"),
        ("王", 7, "Wang"),
        ("Nguyen", 6, "the commonest Vietnamese surname"),
        ("Singh", 7, "most Sikhs"),
        ("Tanaka", 4, "the fourth surname of Japan"),
        ("John", 7, "English given name"),
        ("Smith", 6, "the commonest surname of the US census"),
        ("Garcia", 6, "the commonest surname of Spain, sixth in the US"),
        ("Ivanov", 5, "the commonest Russian surname, by its romanization"),
        ("Иванова", 5, "its feminine form in Cyrillic"),
        ("Ivanow", 5, "its German and Polish spelling"),
        ("Aleksandr", 8, "the commonest Russian given name"),
        ("Аляксандр", 8, "the same in Belarusian"),
        ("Uladzimir", 8, "Belarusian for Vladimir"),
        ("Hasan", 7, "Arabic given name"),
        ("حسين", 7, "Husayn"),
        ("Gholam", 3, "part of many Persian names"),
        ("Trading", 8, "says what a firm does"),
        ("Торговая", 8, "the same in Russian"),
        ("贸易", 8, "the same in Chinese"),
        ("Bank", 10, "every bank's name"),
        ("Ltd", 10, "a legal form"),
        ("Limited", 10, "the same legal form in full"),
        ("Shenzhen", 5, "begins the names of thousands of firms"),
    ],
)
def test_common_words(word: str, least: int, why: str) -> None:
    assert commonness(normalize(f"{word} Qoxy Zuxq").tokens[0]) >= least, why


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("Hongxiang", "the name of one group of firms; a Chinese given name that few bear"),
        ("Pisklin", "a rare Russian surname"),
        ("Oboronprom", "made of two clipped words for one firm"),
        ("Kwangson", "a Korean bank"),
        ("KSM", "an abbreviation, whose letters Qasim has too"),
        ("Samuth", "its consonants are those of Smith, which is no Arabic name"),
        ("Qoxy", "no word"),
    ],
)
def test_rare_words(word: str, why: str) -> None:
    assert commonness(normalize(f"{word} Kim").tokens[0]) == 0, why


def test_everyday_words_are_common_in_latin_letters_alone() -> None:
    """Titan and Dream are names of many firms. Cream is an everyday word, and no Karim."""
    assert min(map(of, ("Titan", "Dream", "Cream"))) >= 4
    assert commonness_in_names(normalize("Cream Kim").tokens[0]) == 0
    assert commonness(Token("дрим", "dream")) == 0 == commonness(Token("dream", "dream", TokenKind.GENERIC))


def test_classes_order_words_as_their_bearers_do() -> None:
    """More names hold the one on the left, in any region's own register."""

    def of(name: str) -> int:
        (token,) = normalize(name).tokens
        return commonness_in_names(token)

    for more, fewer in [("Kim", "Pak"), ("Wang", "Shao"), ("Ivanov", "Sechin"), ("Mohammed", "Nasrallah")]:
        assert of(more) > of(fewer), (more, fewer)


# The table


def test_the_header_tells_where_the_table_comes_from() -> None:
    head = "\n".join(HEADER)
    assert TEXT.startswith(head + "\n[latin]\n")
    assert all(f"# {field}: " in head for field in ("Source", "Version", "How counted", "Generator"))
    assert "License: " in head


def test_sections_are_sorted_and_hold_classes_only() -> None:
    assert list(SECTIONS) == ["latin", "words", "slavic", "arabic", "korean"]
    for name, rows in SECTIONS.items():
        assert all(one[0] < other[0] for one, other in pairwise(rows))
        assert all(len(row) == 2 and (0 if name == "words" else 1) <= int(row[1]) <= 20 for row in rows)


def test_the_table_is_small() -> None:
    classed = [row for rows in SECTIONS.values() for row in rows if row[1] != "0"]
    assert len(classed) <= 35_000
    assert sum(map(len, SECTIONS.values())) <= 100_000


@pytest.mark.parametrize("word", ["Kangbong", "Roseksimbank", "Zhicheng", "Shchukareva"])
def test_a_name_that_nothing_counted_has_is_unheard_of(word: str) -> None:
    (token,) = normalize(word).tokens
    assert is_unheard(token)


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("Citadel", "a word of English"),
        ("Bellatrix", "a rare word of English"),
        ("Maduro", "a surname of many"),
        ("Bank", "a generic word"),
        ("Zhxq", "four letters may be another firm's initials"),
        ("Хунсян", "another script stands for several spellings"),
    ],
)
def test_a_word_that_others_have_is_not_unheard_of(word: str, why: str) -> None:
    (token,) = normalize(word).tokens
    assert not is_unheard(token), why


def test_looking_up_is_quick() -> None:
    tokens = [token for word, _ in SECTIONS["latin"][::5] for token in normalize(word).tokens]
    list(map(commonness, tokens))
    started = time.process_time()
    list(map(commonness, tokens))
    assert (time.process_time() - started) / len(tokens) < 10e-6


def test_the_table_is_what_its_generator_makes(shared: Callable[[str], Path]) -> None:
    """Where the counted packages are at hand: COMMONNESS_WHEELS names the folder of their wheels."""
    lists = shared("lists")
    wheels = os.environ.get("COMMONNESS_WHEELS")
    if wheels is None:
        pytest.skip("COMMONNESS_WHEELS doesn't name the folder of the packages that are counted")
    made = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "make_commonness.py"), wheels, str(lists), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
