"""Titles in Chinese, Korean and Japanese: what is one, and what is part of a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit import normalize
from screenkit.model import Token, TokenKind
from screenkit.names.clean import clean
from screenkit.names.split import split_words
from screenkit.names.vocabulary.east_asian_titles import title_term, with_titles_apart


def typed(name: str) -> list[str]:
    """The words of a name, titles in brackets."""
    words = with_titles_apart(split_words(clean(name)[0]))
    return [f"[{word.text}]" if word.is_title else word.text for word in words]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("김정은 위원장", ["김정은", "[위원장]"]),
        ("김정은위원장", ["김정은", "[위원장]"]),
        ("김영철 제1부위원장", ["김영철", "[제1부위원장]"]),
        ("국방위원회 제1위원장 김정은", ["[국방위원회제1위원장]", "김정은"]),
        ("김 철수 씨", ["김", "철수", "[씨]"]),
        ("남궁원사장", ["남궁원", "[사장]"]),
        ("윤소이사장", ["윤소이", "[사장]"]),
        ("리선권이사장", ["리선권", "[이사장]"]),
        ("블라디미르 푸틴 대통령", ["블라디미르", "푸틴", "[대통령]"]),
        ("马晓红女士", ["马晓红", "[女士]"]),
        ("董事长马晓红", ["[董事长]", "马晓红"]),
        ("副总经理 马晓红 女士", ["[副总经理]", "马晓红", "[女士]"]),
        ("林鄭月娥行政長官", ["林鄭月娥", "[行政長官]"]),
        ("欧阳娜娜女士", ["欧阳娜娜", "[女士]"]),
        ("弗拉基米尔·普京总统", ["弗拉基米尔", "普京", "[总统]"]),
        ("田中健一さん", ["田中健一", "[さん]"]),
        ("プーチン大統領", ["プーチン", "[大統領]"]),
        ("Kim Jong Un 위원장", ["kim", "jong", "un", "[위원장]"]),
    ],
)
def test_titles_are_words_of_their_own(name: str, expected: list[str]) -> None:
    assert typed(name) == expected


@pytest.mark.parametrize(
    "name",
    [
        "王少将",  # a surname and a given name
        "李主席",  # no given name remains
        "欧阳主席",  # nor here
        "김대표",
        "남궁대표",
        "김민상",
        "김소장",
        "국무원총리실",
        "中国人民银行行长",  # the rest is no person's name
        "삼성전자사장",
        "주식회사대표",
        "주석",
        "总统酒店",
    ],
)
def test_a_title_is_one_only_beside_a_whole_name(name: str) -> None:
    assert typed(name) == [name]


def test_a_title_after_a_comma_is_no_given_name() -> None:
    assert normalize("Kim Jong Un, Chairman").surname_words == 0
    assert normalize("김정은, 위원장").surname_words == 0
    assert normalize("RI, Hong-il").surname_words == 1


def test_titles_share_the_key_of_their_title_in_other_scripts() -> None:
    keys = {token.key for text in ("김정은 위원장", "习近平主席", "Chairman Kim Jong Un") for token in titles(text)}
    assert keys == {"chair"}
    assert title_term("副主席") == title_term("主席")


def titles(text: str) -> list[Token]:
    return [token for token in normalize(text).tokens if token.kind is TokenKind.TITLE]


@given(st.text("김정은위원장부제1씨님 马晓红女士董事长副总 さん様,·", min_size=1, max_size=20))
def test_no_character_is_lost_and_a_name_remains(text: str) -> None:
    words = split_words(clean(text)[0])
    apart = with_titles_apart(words)
    assert "".join(word.text for word in apart) == "".join(word.text for word in words)
    assert not words or not all(word.is_title for word in apart)
