"""The notation of tables (docs/tables.md): what it means, what it refuses, and that every table keeps to it."""

from __future__ import annotations

import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest

from screenkit.names.notation import TableError, compiled, parse, read, rewrite

PASSPORT = "# A table. Source: this test. License: Apache-2.0.\n"
NAMES = Path(str(files("screenkit.names")))
TABLES = sorted(f"{path.parent.parent.name}/{path.name}" for path in NAMES.glob("*/tables/*.txt"))


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_composed_and_has_a_passport(name: str) -> None:
    table = read(name)
    assert any(table.lines.values())
    text = (NAMES / name.split("/")[0] / "tables" / name.split("/")[1]).read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert text.endswith("\n")


def test_columns_are_letters_pairs_lists_and_numbers() -> None:
    table = parse(
        "t.txt", PASSPORT + "[letters]\nab\tX\nc\t-\n[pairs]\nkh, h\tx\n[lists]\nu\tu, v\n[numbers]\nov\t800\t# why\n"
    )
    assert table.letters("letters") == {"a": "X", "b": "X", "c": ""}
    assert table.pairs("pairs") == {"kh": "x", "h": "x"}
    assert table.lists("lists") == {"u": ("u", "v")}
    assert table.numbers("numbers") == {"ov": 800}
    assert table.rows(3, "pairs") == (("kh, h", "x", ""),)


@pytest.mark.parametrize(
    ("rule", "word", "expected"),
    [
        ("kh > X  # English, Khrushchev", "akha", "aXa"),
        ("sch, sh > W", "schash", "WaW"),
        ("e > ye / ^ _", "ete", "yete"),
        ("y > i / _ $", "yty", "yti"),
        ("u > v / [aeo] _ $, sk", "ausku", "avsku"),
        ("au > ov / not sl _ $", "slau", "slau"),
        ("au > ov / not sl _ $", "blau", "blov"),
        ("x > X / _ not e", "xexa", "xeXa"),
        ("j > - / {V} _ {V}", "ajaj", "aaj"),
    ],
)
def test_a_rule_rewrites_between_what_stands_before_and_after(rule: str, word: str, expected: str) -> None:
    table = parse("t.txt", f"{PASSPORT}[classes]\nV\t[aeo]\n[rules]\n{rule}\n")
    assert rewrite(word, compiled(table.rules())) == expected


def test_a_rule_may_have_a_second_sound_and_the_doubt_that_chooses_it() -> None:
    (rule,) = parse("t.txt", f"{PASSPORT}[rules]\nch > C | X [ch] / _ [rl]\n").rules()
    assert (rule.spellings, rule.sound, rule.otherwise, rule.doubt) == (("ch",), "C", "X", "ch")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("a\tb\tc\td\te\n", "t.txt, line 2: 5 columns"),
        ("a\tb\na\tc\n", "t.txt, line 3: 'a' has two values"),
        (" a\tb\n", "t.txt, line 2: blanks"),
        ("[one]\na\tb\n[one]\n", "t.txt, line 4: the section \\[one\\] is there twice"),
    ],
)
def test_a_fault_of_a_row_names_file_and_line(body: str, message: str) -> None:
    with pytest.raises(TableError, match=message):
        parse("t.txt", PASSPORT + body).pairs()


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("kh X", "line 3: not a rule"),
        ("kh > X / _ [a", "line 3: what is before or after is not a regular expression"),
        ("kh > X / {W} _", "line 3: there is no class 'W'"),
    ],
)
def test_a_fault_of_a_rule_names_file_and_line(rule: str, message: str) -> None:
    with pytest.raises(TableError, match=message):
        parse("t.txt", f"{PASSPORT}[rules]\n{rule}\n").rules()


def test_a_table_without_a_passport_is_refused() -> None:
    with pytest.raises(TableError, match="line 1"):
        parse("t.txt", "# A table.\na\tb\n")


def test_a_number_is_whole_and_a_letter_stands_once() -> None:
    with pytest.raises(TableError, match="not a whole number"):
        parse("t.txt", PASSPORT + "a\t1.5\n").numbers()
    with pytest.raises(TableError, match="is there twice"):
        parse("t.txt", PASSPORT + "aa\tb\n").letters()
    with pytest.raises(TableError, match=r"no section \[rules\]"):
        parse("t.txt", PASSPORT).rows(1, "rules")
