"""Misspelled terms: which slips are told, which words are their own, and what is left of the token."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit import normalize
from screenkit.model import Token, TokenKind
from screenkit.names.vocabulary.commonness import commonness
from screenkit.names.vocabulary.misspellings import misspelled_term
from screenkit.names.vocabulary.terms import lexicon

TABLE = files("screenkit.names.vocabulary").joinpath("tables", "no_misspellings.txt").read_text(encoding="utf-8")
OWN = [line for line in TABLE.splitlines() if not line.startswith("#")]
#: Long terms without near neighbors, so that one slip leads back to them alone.
LONG = ("management", "corporation", "telecommunications", "pharmaceutical", "establishment", "infrastructure")


@pytest.mark.parametrize(
    ("word", "key", "kind"),
    [
        ("managemgent", "management", TokenKind.GENERIC),
        ("corproation", "corp", TokenKind.LEGAL_FORM),
        ("liimted", "ltd", TokenKind.LEGAL_FORM),
        ("limitd", "ltd", TokenKind.LEGAL_FORM),  # six letters are enough for a legal form
        ("commerical", "commercial", TokenKind.GENERIC),
        ("tradign", "trading", TokenKind.GENERIC),
        ("shiping", "shipping", TokenKind.GENERIC),
        ("gesellschft", "co", TokenKind.LEGAL_FORM),
        ("nimited", "ltd", TokenKind.LEGAL_FORM),  # of a legal form the first letter too
        ("ilmited", "ltd", TokenKind.LEGAL_FORM),
    ],
)
def test_a_slip_is_a_word_of_the_terms_kind_with_its_own_letters(word: str, key: str, kind: TokenKind) -> None:
    term = misspelled_term(word)
    assert term is not None
    assert term.key == key
    assert normalize(f"Alpha {word}").tokens[1] == Token(word, word, kind, is_approximate=True)


@pytest.mark.parametrize(
    "word",
    [
        "management",  # a term is no slip of itself
        "oilfilt",  # near nothing
        "xanagement",  # the first letter is seldom wrong
        "hermans",  # a surname; hermanos
        "interpal",  # a charity; internal
        "minerva",
        "exports1",
        "limite",  # a French word
        "кампанія",
        "",
    ],
)
def test_other_words_are_none(word: str) -> None:
    assert misspelled_term(word) is None


@given(st.sampled_from(LONG), st.data())
def test_any_slip_behind_the_first_letter_leads_back_to_the_term(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 2))
    letter = data.draw(st.sampled_from("qxz"))
    slips = (
        word[:at] + letter + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    expected = lexicon().entries[word][0][0]
    for slip in slips:
        assert slip in lexicon().entries or misspelled_term(slip) == expected, slip


@given(st.text(max_size=40))
def test_any_text_is_a_slip_or_not(text: str) -> None:
    term = misspelled_term(text)
    assert term is None or (text.isalpha() and term.kind in (TokenKind.GENERIC, TokenKind.LEGAL_FORM))


def test_words_of_names_are_no_slips() -> None:
    """Whatever stands in the table of common words is known, however near a term it is."""
    known = [word for word in lexicon_neighbors() if commonness(Token(word, word))]
    assert len(known) > 20
    assert [word for word in known if misspelled_term(word)] == []


def lexicon_neighbors() -> list[str]:
    text = files("screenkit.names.vocabulary").joinpath("tables", "commonness.txt").read_text(encoding="utf-8")
    latin = text.split("[latin]\n")[1].split("\n[")[0]
    words = [line.split("\t")[0] for line in latin.splitlines()]
    return [word for word in words if len(word) >= 7 and word.isalpha() and word not in lexicon().entries]


def test_the_table_of_words_of_their_own_is_sorted_and_holds_no_term() -> None:
    assert sorted(set(OWN)) == OWN
    assert [word for word in OWN if word in lexicon().entries or misspelled_term(word)] == []
