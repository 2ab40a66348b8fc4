"""Words that a scanner misread: what counts as one, and the shape they share with the right spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit import compare, normalize
from screenkit.model import TokenKind
from screenkit.names.vocabulary.misreadings import is_misread, misread

#: What may stand on paper for each of these letters after a scan.
CONFUSED = {"o": "0", "l": "1", "i": "l", "s": "5", "b": "8", "m": "rn"}
words = st.text("abhilmnorsu", min_size=4, max_size=12)


@given(words, st.data())
def test_a_word_and_its_misread_form_share_their_shape(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    written = word[:at] + CONFUSED.get(word[at], word[at]) + word[at + 1 :]
    assert misread(written) == misread(word)


@given(words)
def test_a_shape_is_its_own_shape(word: str) -> None:
    assert misread(misread(word)) == misread(word)


@pytest.mark.parametrize(
    "key",
    [
        "44",  # numbers tell targets apart: Brigade 44 is no other brigade
        "2011",
        "a320",  # aircraft: the letter is fewer than the digits
        "mig29",  # 2 and 9 look like no letter
        "mig15",  # a number behind its word, of digits that do
        "unit180",  # three digits are a number
        "a5i",  # between two letters only 0 and 1 count
        "1ai",  # a digit that stands between no letters
        "a1",  # a code
    ],
)
def test_numbers_and_codes_keep_themselves(key: str) -> None:
    assert misread(key) == key
    assert TokenKind.NUMERAL in [token.kind for token in normalize(f"Alpha {key} Beta").tokens]


@pytest.mark.parametrize("text", ["M0hammed", "MITCHE11", "5addam", "A8dul1ah", "М0сква", "A1i", "L0u"])
def test_a_misread_word_is_a_word_and_keeps_its_spelling(text: str) -> None:
    first = normalize(f"{text} Karimov").tokens[0]
    assert first.kind is TokenKind.WORD
    assert any(map(str.isdecimal, first.key))
    # "addam" would be another man's name.
    assert first.arabic == first.slavic == ()


@pytest.mark.parametrize("text", ["S3ch1n", "Vl4d1m1r", "Pu71n", "1g0r", "h4mid"])
def test_digits_that_hide_a_word_are_letters(text: str) -> None:
    assert normalize(f"{text} Karimov").tokens[0].kind is TokenKind.WORD
    assert misread(text.lower()) != text.lower()


@pytest.mark.parametrize("key", ["su34", "mi17", "web3", "3com", "7tv", "kh47m2", "n437vr"])
def test_codes_hide_no_word(key: str) -> None:
    assert misread(key) == key


@pytest.mark.parametrize(
    ("query", "listed", "are_alike"),
    [
        ("Putin1", "PUTIN", True),
        ("1Vladimir 2Putin", "PUTIN, Vladimir", True),
        ("VALFAJR", "VALFAJR2", True),
        ("Michae1 Karimov", "KARIMOV, Michael", True),  # the digit is the last letter
        ("Valfajr3", "VALFAJR2", False),  # two numbers
        ("Fund1", "Fund", False),
        ("Putin17", "PUTIN", False),
    ],
)
def test_a_stray_digit_before_or_behind_a_word_is_set_aside(query: str, listed: str, are_alike: bool) -> None:
    assert (compare(query, listed).points > 0) is are_alike
    assert (compare(listed, query).points > 0) is are_alike


def test_different_digits_of_a_name_stay_apart() -> None:
    assert not is_misread("brigade44")
    assert len({misread(key) for key in ("brigade155", "brigade158", "brigade150")}) == 3
