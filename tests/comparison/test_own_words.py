"""An organization's own words in Han and Hangul: found by their Korean and Chinese sounds, and by these alone."""

from __future__ import annotations

import pytest

from screenkit import Designation, Policy, Screener, compare, normalize
from screenkit.comparison.own_words import RULES
from screenkit.comparison.score import score_names
from screenkit.model import Kind, ListedName
from screenkit.names import chinese, korean

FOUND = (
    ("조선광선은행", "KOREA KWANGSON BANKING CORP"),
    ("조선광선은행", "Choson Kwangsŏn Bank"),
    ("광선은행", "KWANG SON BANK"),
    ("조선백호무역회사", "Korea Paekho Trading Corporation"),
    ("백호무역", "Baekho Trading"),
    ("압록강개발은행", "AMROKGANG DEVELOPMENT BANK"),
    ("압록강개발은행", "AMNOKKANG DEVELOPMENT BANK"),
    ("朝鲜光鲜银行", "KOREA KWANGSON BANKING CORP"),
    ("朝鲜光鲜银行", "조선광선은행"),
    ("至诚有限公司", "Zhicheng Co Ltd"),
    ("至诚有限公司", "CHIH CH'ENG CO LTD"),
    ("至誠有限公司", "CHIH CHENG CO., LTD."),
    ("至诚有限公司", "CHI SHING CO LTD"),
    ("华润贸易", "WAH YUN TRADING"),
    ("조선호텔 주식회사", "Chosun Hotel Co., Ltd."),
)
APART = (
    ("조선광선은행", "KOREA KWANGSONG TRADING CORPORATION", "광성 is another word"),
    ("至诚有限公司", "SHICHENG CO LTD", "another syllable"),
    ("光鲜贸易有限公司", "KWANGSON TRADING CO LTD", "Hanja are read in names of Korea"),
    ("조선호텔 주식회사", "KOREA HOTEL", "조선 is a brand in the South"),
    ("강무역회사", "KANG TRADING CORPORATION LTD SHENYANG", "one syllable says nothing"),
)


@pytest.mark.parametrize(("query", "listed"), FOUND)
def test_own_words_are_found_by_their_sounds_and_in_search_too(query: str, listed: str) -> None:
    score = compare(query, listed, kind=Kind.ORGANIZATION)
    assert score.points >= Policy().threshold_points(), score.explain()
    for one, other in ((query, listed), (listed, query)):
        designation = Designation(id="1", names=[ListedName(other)], kind=Kind.ORGANIZATION)
        points = compare(one, designation).points
        assert [hit.points for hit in Screener([designation]).screen(one, threshold=points / 10_000).hits] == [points]


@pytest.mark.parametrize(("query", "listed", "why"), APART)
def test_words_that_sound_otherwise_stay_apart(query: str, listed: str, why: str) -> None:
    score = compare(query, listed, kind=Kind.ORGANIZATION)
    assert score.points < Policy().threshold_points(), (why, score.explain())
    assert not any(one.rule in RULES for one in score.evidence)


@pytest.mark.parametrize(
    ("query", "listed"), [("홍일", "HONG IL TRADING"), ("홍일무역", "RI, Hong Il"), ("리홍일", "Ri Hong Il")]
)
def test_a_name_without_a_word_of_an_organization_is_not_compared_by_single_sounds(query: str, listed: str) -> None:
    score = score_names(normalize(query), normalize(listed), Policy())
    assert not any(one.rule in RULES for one in score.evidence)


def test_syllables_say_as_much_as_those_of_a_given_name() -> None:
    """Two syllables that many firms have don't make up for what is missing."""
    whole = compare("광선은행", "KWANGSON BANK", kind=Kind.ORGANIZATION).points
    less = compare("광선은행", "KWANGSON SHENYANG TRADING COMPANY", kind=Kind.ORGANIZATION).points
    assert whole > 9_000
    assert less < Policy().threshold_points()


@pytest.mark.parametrize("word", ["trading", "solar star", "kwangson bank", "smith", "k", ""])
def test_a_latin_word_that_is_not_wholly_of_the_language_has_no_keys(word: str) -> None:
    assert not korean.keys(word)
    assert not chinese.keys(word)


@pytest.mark.parametrize("word", ["광", "光", "은", "kim", "li", "광선광선은행"])
def test_a_word_of_one_syllable_or_very_many_has_no_keys(word: str) -> None:
    assert not korean.keys(word)
    assert not chinese.keys(word)
