"""`Name.surname_words`: the tokens before a comma, counted in tokens and not in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit import normalize


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("RI, Hong-il", 1),
        ("AL-ZAWAHIRI, Dr. Ayman", 2),
        ("HUSSEIN, Udayy Saddam", 1),
        ("VAN DER BERG, Jan", 3),
        ("Limited Liability Company Ruspromimport, Moscow", 2),  # a legal form is one token
        ("Dandong Co., Ltd.", 0),  # the comma stands inside one token
        ("丹东至诚, 金属", 2),  # a run of Han is cut into its terms
        ("Kim Jong Un", 0),
        ("RI, Hong-il, Colonel", 0),  # which comma ends the surname is not known
        ("RI,", 0),
        (", RI", 0),
        (",RI, Hong-il,", 1),
    ],
)
def test_tokens_before_the_comma(text: str, count: int) -> None:
    assert normalize(text).surname_words == count


#: Words that make one token or several, and no term with a neighbor.
words = st.lists(
    st.sampled_from(["Abdul", "丹东金属", "Müller", "山田さん", "Иванов", "สมชาย"]), min_size=1, max_size=4
)


@given(words, words)
def test_the_tokens_before_the_comma_are_those_of_the_words_before_it(before: list[str], after: list[str]) -> None:
    name = normalize(f"{' '.join(before)}, {' '.join(after)}")
    assert name.surname_words == len(normalize(" ".join(before)).tokens)
