"""Slavic keys: every romanisation of one name folds alike, other names stay apart, nearness keeps its contract."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from screenkit.names.notation import read
from screenkit.names.slavic import edits_allowed, keys, similarity
from screenkit.names.slavic.belarusian import russian_form
from screenkit.names.slavic.given_names import given_classes
from screenkit.names.slavic.phonetic import MOST_KEYS
from screenkit.names.slavic.phonetic import key as key_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("иванов", "петров"),
        ("кириенко", "курченко"),
        ("козлов", "орлов"),
        ("жуков", "щукин"),
        ("сечин", "сердюков"),
        ("лев", "лов"),
        ("алла", "анна"),
    ],
)
def test_other_names_are_not_near(one: str, other: str) -> None:
    assert max(similarity(a, b) for a in keys(one) for b in keys(other)) < 7_000


@pytest.mark.parametrize(
    ("cheap", "plain"),
    [
        (("gromov", "xromov"), ("gromov", "bromov")),
        (("jirov", "jerov"), ("jirov", "jarov")),
        (("semenov", "semonov"), ("semenov", "semunov")),
        (("cerkasov", "werkasov"), ("cerkasov", "terkasov")),
    ],
)
def test_what_systems_exchange_costs_less(cheap: tuple[str, str], plain: tuple[str, str]) -> None:
    assert similarity(*cheap) > similarity(*plain) > 0


@pytest.mark.parametrize(
    ("belarusian", "russian"),
    [("марозаў", "марозов"), ("дзядкова", "дедкова"), ("сакалоўскі", "сакаловскі"), ("станіслаў", "станіслав")],
)
def test_a_belarusian_word_has_its_russian_form(belarusian: str, russian: str) -> None:
    assert russian_form(belarusian) == russian


@pytest.mark.parametrize("word", ["морозов", "шевченко", "petrov", "яценюк", "paul"])
def test_a_word_without_a_belarusian_trait_has_none(word: str) -> None:
    assert russian_form(word) is None


def test_a_lost_hook_is_near() -> None:
    assert similarity(key_of("milošević"), key_of("milosevic")) > 9_000


KEYS = st.text(st.sampled_from("abcdegijkmnoxyw"), max_size=14)


@given(KEYS, KEYS)
def test_near_is_symmetric_bounded_and_zero_outside_the_radius(a: str, b: str) -> None:
    near = similarity(a, b)
    assert near == similarity(b, a)
    assert 0 <= near <= 10_000
    assert similarity(a, a) == 10_000
    assert (near > 0) == (OSA.distance(a, b) <= edits_allowed(min(len(a), len(b))))
    assert (near == 10_000) == (a == b)


@given(KEYS.filter(lambda key: len(key) > 3), st.data())
def test_near_sees_a_slip_of_one_letter(key: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(key) - 1))
    slip = key[:at] + data.draw(st.sampled_from("abcxyz")) + key[at + 1 :]
    assert similarity(key, slip) > 0


@given(st.text(max_size=60))
def test_any_text_folds_to_a_few_ascii_keys(text: str) -> None:
    found = keys(text)
    assert 1 <= len(found) <= MOST_KEYS
    assert len(set(found)) == len(found)
    for key in found:
        assert key == "" or (key.isascii() and key.isalpha() and key.islower())
        assert len(key) <= 4 * len(text)
    assert key_of(text) == found[0]


@pytest.mark.parametrize("part", ["і", "и", "ў", "ch", "oj", "ff", "дзе"])
def test_a_word_of_4096_letters_folds_in_bounded_time(part: str) -> None:
    word = part * (4096 // len(part))
    start = process_time()
    keys(word)
    assert process_time() - start < 0.25


RUSSIAN = st.text(st.sampled_from("абвгдежзиклмнопрстуфхцчшыэюя"), min_size=1, max_size=12)


@given(RUSSIAN)
def test_a_key_of_cyrillic_does_not_depend_on_case_or_composition(word: str) -> None:
    assert keys(word.upper()) == keys(word) == keys(word.replace("е", "е\u0301"))


def test_yo_is_ye() -> None:
    assert key_of("соловьёв") == key_of("соловьев") == key_of("соловье\u0308в")


def _rows() -> list[tuple[str, list[str]]]:
    """The classes of given names, each with its spellings; "=" before those that stand for themselves alone."""
    found = []
    for name, heard, own in read("slavic/given_names.txt").rows(3):
        spellings = heard.split(", ") if heard != "-" else []
        found.append((name, spellings + [f"={one}" for one in own.split(", ") if one]))
    return found


def test_the_table_is_sorted_and_every_spelling_is_found_in_its_class() -> None:
    names = [name for name, _ in _rows()]
    assert names == sorted(set(names))
    assert len(names) > 200
    for name, spellings in _rows():
        first = spellings[0].lower()
        assert name in (key_of(first.strip("=")), first.strip("=")), first
        for spelling in spellings:
            assert name in given_classes(spelling.strip("=").lower()), spelling


def test_only_short_forms_and_neighbors_are_in_two_classes() -> None:
    """A name in full is in one class, but for what two languages tell apart and a third does not."""
    full = {"christine", "kristina", "christina", "leo", "chris", "jon", "bert", "fred", "sandy"}
    for _, spellings in _rows():
        for spelling in spellings:
            plain = spelling.strip("=").lower()
            assert len(given_classes(plain)) == 1 or len(plain) <= 6 or plain in full, spelling


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("bill", "william"),
        ("bob", "robert"),
        ("liz", "elizabeth"),
        ("jim", "james"),
        ("pepe", "jose"),
        ("paco", "francisco"),
        ("chucho", "jesus"),
        ("nacho", "ignacio"),
        ("sasha", "aleksandr"),
        ("sasha", "aleksandra"),  # both, and no other class
        ("саша", "alexander"),
        ("misha", "mikhail"),
        ("volodya", "vladimir"),
        ("dima", "dmitri"),
        ("zhenya", "yevgeny"),
        ("kolya", "nikolai"),
        ("vlad", "vladislav"),
        ("alex", "alexander"),  # no Aleh, whose key it has
        ("helen", "yelena"),
        ("yosef", "iosif"),
        ("georgios", "georgy"),
        ("josé", "jose"),
        ("dimitrios", "dmitry"),
    ],
)
def test_short_forms_and_translations_share_a_class(short: str, full: str) -> None:
    assert set(given_classes(short)) & set(given_classes(full))


@pytest.mark.parametrize(
    "name",
    [
        "jean",  # has the key of Serbian Jovan, and so has Evan
        "joan",
        "evan",
        "andreev",  # a surname with the key of Andrew
        "alaa",  # an Arabic name with the key of Alla
        "nadia",  # Arabic as often as Ukrainian
        "rima",
        "jana",
        "liew",  # a Chinese surname with the key of Lev
        "toma",
        "sergio",
        "pasha",  # a title
        "maryam",
        "roma",
        "luqa",
        "sanya",
        "borja",
        "valera",
        "iskander",
    ],
)
def test_names_of_their_own_have_no_class(name: str) -> None:
    assert given_classes(name) == ()


@pytest.mark.parametrize(("one", "other"), [("alex", "oleg"), ("john", "ivan"), ("sergio", "sergei"), ("don", "dan")])
def test_names_that_are_told_apart_share_no_class(one: str, other: str) -> None:
    assert not set(given_classes(one)) & set(given_classes(other))


@pytest.mark.parametrize(
    ("spellings", "name"),
    [
        ("владимир володимир уладзімір vladimir volodymyr uladzimir wladimir", "vladimir"),
        ("сергей сергій сяргей sergei serhii siarhei serhij", "sergei"),
        ("николай микола мікалай nikolay mykola mikalai", "nikolai"),
        ("александр олександр аляксандр alexander oleksandr aliaksandr aleksandar", "aleksandr"),
        ("дмитрий дмитро дзмітрый dmitry dmytro dzmitry", "dmitri"),
        ("алексей олексій аляксей alexey oleksii aliaksei aleksei", "aleksei"),
        ("евгений євген яўген evgeny yevhen yauhen", "evgeni"),
        ("елена олена алена yelena olena alena", "elena"),
        ("михаил михайло міхаіл mikhail mykhailo michail michael", "mixail"),
    ],
)
def test_given_names_are_one_class_across_languages(spellings: str, name: str) -> None:
    for spelling in spellings.split():
        assert name in given_classes(spelling), spelling


@pytest.mark.parametrize(
    ("one", "other"),
    [("мария", "марина"), ("александр", "александра"), ("алексей", "александр"), ("валерий", "валерия")],
)
def test_two_given_names_are_two_classes(one: str, other: str) -> None:
    assert given_classes(one)[:1] != given_classes(other)[:1]


def test_a_surname_is_no_given_name() -> None:
    assert given_classes("путин") == ()
