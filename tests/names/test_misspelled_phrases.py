"""Misspelled phrases: a legal form with a slip stays one, and an own word that looks like a phrase's word does too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit import compare, normalize
from screenkit.model import TokenKind
from screenkit.names.vocabulary.misspelled_phrases import meant_words, misspelled_phrase
from screenkit.names.vocabulary.terms import lexicon, phrases


@pytest.mark.parametrize(
    ("name", "phrase", "key"),
    [
        ("limited liaility company transoil", "limited liaility company", "llc"),
        ("pmublic joint stock company zvezda", "pmublic joint stock company", "ao-public"),
        ("open joint stck company rosneft", "open joint stck company", "ao-open"),
        ("closed jiont stock compny yalta", "closed jiont stock compny", "ao-closed"),
        ("obshchestvo s ogranichennoi otevtstvennostyu molot", "obshchestvo s ogranichennoi otevtstvennostyu", "ooo"),
        ("socidad anonima de capital variable lopez", "socidad anonima de capital variable", "sacv"),
        ("socidad anónima lopez", "socidad anónima", "sa"),
        ("dolgoprudny research productiopn enterprise", "research productiopn enterprise", "npp"),
    ],
)
def test_a_phrase_with_a_slip_is_one_token_of_its_kind(name: str, phrase: str, key: str) -> None:
    token = next(token for token in normalize(name).tokens if token.text == phrase)
    term = misspelled_phrase(phrase)
    assert term is not None
    assert (term.key, term.kind) == (key, token.kind)
    assert token.is_approximate
    assert token.key == phrase.replace(" ", "").replace("ó", "o")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LIMITED LIAILITY COMPANY TRANSOIL", "TRANSOIL"),
        ("PMUBLIC JOINT STOCK COMPANY ZVEZDA", "PAO ZVEZDA"),
        ("Federal Statd Unitary Enterprise Crimean Railway", "FEDERAL STATE UNITARY ENTERPRISE 'CRIMEAN RAILWAY'"),
    ],
)
def test_a_slip_in_a_phrase_costs_little(one: str, other: str) -> None:
    assert compare(one, other).points > 9_000
    assert compare(one, other).points < 10_000


@pytest.mark.parametrize(
    "name",
    [
        "Trading Horse Ltd",  # of a generic phrase, no shorter word
        "Limited Liability Company",
        "Jiont Stack",  # no phrase at all
        "Public Joint Petrov",
        "Join Stone Company",  # two slips are none where "company" alone is right
    ],
)
def test_other_words_stay(name: str) -> None:
    assert not any(token.is_approximate and " " in token.text for token in normalize(name).tokens)


LONG = sorted(
    phrase
    for phrase, term in phrases()
    if term.kind is TokenKind.LEGAL_FORM and phrase.replace(" ", "").isalpha() and min(map(len, phrase.split(" "))) > 5
)


@given(st.sampled_from(LONG), st.data())
def test_any_slip_in_a_long_word_leads_back_to_the_phrase(phrase: str, data: st.DataObject) -> None:
    words = phrase.split(" ")
    place = data.draw(st.integers(0, len(words) - 1))
    word = words[place]
    at = data.draw(st.integers(1, len(word) - 2))
    letter = data.draw(st.sampled_from("qxz"))
    slip = data.draw(st.sampled_from((word[:at] + letter + word[at + 1 :], word[:at] + letter + word[at:])))
    if slip == word or slip in lexicon().entries or len(meant_words(slip)) > 1:
        return
    words[place] = slip
    found = misspelled_phrase(" ".join(words))
    assert found is not None
    assert found in [term for term, _ in lexicon().entries[phrase]]


@given(st.text(max_size=40))
def test_any_text_is_a_slip_or_not(text: str) -> None:
    term = misspelled_phrase(text)
    assert term is None or " " in text
