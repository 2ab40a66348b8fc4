"""Chinese Commercial Codes: decoded, and believed only where they agree with the Latin name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit.names.chinese.commercial_code import MOST_CANDIDATES, agrees, decode, decode_all
from screenkit.names.clean import clean
from screenkit.names.split import split_words


@given(st.one_of(st.text(max_size=60), st.from_regex(r"[0-9]{4}( [0-9]{4}){0,7}", fullmatch=True)))
def test_any_text_decodes_within_bounds(text: str) -> None:
    found = decode_all(text)
    assert len(found) <= MOST_CANDIDATES
    assert decode(text) == (found[0] if found else None)


@pytest.mark.parametrize(
    ("codes", "characters", "name"),
    [
        ("1728 4320", "张磊", "ZHANG, Lei"),
        ("3769 0948 5391", "王国英", "WANG, Guoying"),
        ("37690948 5391", "王国英", "Guo Ying WANG"),
    ],
)
def test_codes_of_a_name(codes: str, characters: str, name: str) -> None:
    assert decode(codes) == characters
    assert agrees(characters, split_words(clean(name)[0]))


def test_a_typing_error_contradicts_the_name() -> None:
    decoded = decode("3769 0948 5931")
    assert decoded is not None
    assert not agrees(decoded, split_words(clean("WANG, Guoying")[0]))


def test_traditional_candidates_are_given_too() -> None:
    assert decode_all("1728 4320") == ("张磊", "張磊")


@pytest.mark.parametrize("codes", ["", "no codes", "123", "12345", "0000 0000", "1728 4320 x", "1728 432"])
def test_what_is_no_code_is_none(codes: str) -> None:
    assert decode(codes) is None
