"""Words that transcribe foreign names: which count as such, and that they find the Latin spelling."""

from __future__ import annotations

import pytest

from screenkit import Policy, compare, normalize
from screenkit.names.foreign import keys, similarity
from screenkit.names.foreign.measure import EDIT, LONGEST_EDITED, MOST_SKELETONS, edits_allowed, skeletons

TRANSCRIBED = (
    ("贝拉克·奥巴马", "Barack Obama"),
    ("弗拉基米尔·普京", "PUTIN, Vladimir Vladimirovich"),
    ("谢尔盖 绍伊古", "SHOIGU, Sergei Kuzhugetovich"),
    ("伊戈尔·谢钦", "SECHIN, Igor Ivanovich"),
    ("巴沙尔·阿萨德", "AL-ASSAD, Bashar"),
    ("尼古拉斯·马杜罗", "MADURO MOROS, Nicolas"),
    ("バラク・オバマ", "Barack Obama"),
    ("ウラジーミル・プーチン", "PUTIN, Vladimir Vladimirovich"),
    ("イーゴリ・セチン", "SECHIN, Igor Ivanovich"),
    ("セルゲイ・ショイグ", "SHOIGU, Sergei Kuzhugetovich"),
    ("블라디미르 젤렌스키", "Volodymyr Zelensky"),
    ("블라디미르 푸틴", "PUTIN, Vladimir Vladimirovich"),
    ("세르게이 라브로프", "LAVROV, Sergey Viktorovich"),
    ("이고리 세친", "SECHIN, Igor Ivanovich"),
    ("Делси Родригес", "RODRIGUEZ, Delcy"),
    ("Хоакин Гусман", "GUZMAN LOPEZ, Joaquin"),
    ("Хоакін Гусман", "GUZMAN LOPEZ, Joaquin"),
    ("Мин Аун Хлайн", "HLAING, Min Aung"),
    ("Франсуа Бозизе", "BOZIZE, Francois"),
    ("Жан-Пьер Бемба", "BEMBA, Jean-Pierre"),
    ("Джон Райт", "WRIGHT, John"),
    ("Йозеф Мюллер", "MUELLER, Josef"),
    ("Джузеппе Конте", "CONTE, Giuseppe"),
    ("Реџеп Тајип Ердоган", "ERDOGAN, Recep Tayyip"),
)  # fmt: skip
#: Names of other people who sound a little alike.
APART = (
    ("贝拉克·奥巴马", "Borak Osama"),
    ("伊万·彼得罗夫", "Igor Petrovsky"),
    ("バラク・オバマ", "Baruch Abramov"),
    ("블라디미르 푸틴", "Vladimir Pudovkin"),
    ("세르게이 라브로프", "Sergei Lavrentiev"),
    ("Хоакин Гусман", "Jorge Guzman"),
    ("Олег Франчук", "VALENCHUK, Oleg Dorianovich"),
    ("Джон Райт", "Jean Reid"),
)


@pytest.mark.parametrize(("native", "latin"), TRANSCRIBED)
def test_a_transcribed_name_finds_the_latin_one_either_way(native: str, latin: str) -> None:
    assert compare(native, latin).points >= Policy().threshold_points()
    assert compare(latin, native).points >= Policy().threshold_points()


@pytest.mark.parametrize(("native", "latin"), APART)
def test_a_transcribed_name_is_not_somebody_else(native: str, latin: str) -> None:
    assert compare(native, latin).points < Policy().threshold_points()


def foreign_of(name: str) -> list[str]:
    return [token.foreign for token in normalize(name).tokens]


@pytest.mark.parametrize(
    "name",
    [
        "贝拉克·奥巴马",
        "弗拉基米尔普京",
        "弗拉基米尔 普京",
        "卢梭",
        "オバマ",
        "오바마",
        "이반 페트로프",
        "Хоакин Гусман",
    ],
)
def test_a_name_of_a_foreign_form_has_foreign_keys(name: str) -> None:
    assert all(foreign_of(name))


@pytest.mark.parametrize(
    "name",
    ["习近平", "李克强", "文杰 簡", "司马光", "王 建国", "信宏 靜怡 黃", "김정은", "정은 김", "영희 건우 차", "칸희 최",
     "남궁원", "광선 은행", "조선광선은행", "丹东至诚金属材料有限公司", "马来西亚", "Obama", "おばま",
     "Владимир Владимирович Путин",
     "Екатерина Крюкова", "Андрій Ковальчук", "Марина Черненко", "Тамара Березовская"],
)  # fmt: skip
def test_a_name_of_the_form_of_its_language_has_none(name: str) -> None:
    assert not any(foreign_of(name))


def test_a_foreign_brand_of_an_organization_is_read() -> None:
    assert foreign_of("卡巴斯基实验室") == ["kaBasEki", ""]
    assert compare("卡巴斯基实验室", "Kaspersky Laboratory").points > Policy().threshold_points(0.5)


@pytest.mark.parametrize(
    "word", ["Jacques", "Wolfgang", "Schtscherbakow", "Chikhachev", "奥巴马", "젤렌스키", "ジェームズ"]
)
def test_a_key_has_few_skeletons_and_is_wholly_similar_to_itself(word: str) -> None:
    (key,) = keys(word.casefold())
    assert 0 < len(skeletons(key)) <= MOST_SKELETONS
    assert similarity(key, key) == 10_000


def test_long_words_and_other_scripts_have_no_key() -> None:
    assert keys("a" * 49) == keys("田中") == keys("חיים") == ()
    assert edits_allowed(LONGEST_EDITED + 1) == 0


def test_an_edit_between_skeletons_takes_its_share() -> None:
    (one,), (other,) = keys("kasparov"), keys("kasparofan")
    assert similarity(one, other) <= 10_000 - EDIT // len(skeletons(other)[0])
