"""Cautions: names that can't be read are never clear, and texts of several names are told as such."""

from __future__ import annotations

import json

import pytest

from screenkit import Designation, Edition, Kind, ListedName, Screener, Subject, normalize
from screenkit.names.word_tokens import unread_scripts
from screenkit.results.cautions import CautionKind

LISTED = Designation(
    id="1",
    kind=Kind.PERSON,
    names=[ListedName("SECHIN, Igor Ivanovich")],
    edition=Edition(source="house", title="A list", published="2026-01-01", sha256="0" * 64),
)


@pytest.mark.parametrize(
    ("text", "scripts"),
    [
        ("ทักษิณ ชินวัตร", ("Thai",)),
        ("\u1019\u1004\u1039\u1038\u1031\u1021\u102c\u1004\u1039", ("Myanmar",)),  # Min Aung in Zawgyi
        ("ၸဝ်ႈၶုၼ်", ("Myanmar",)),  # Shan
        ("မင်းအောင်လှိုင်", ()),
        ("ဗိုလ်ချုပ်မှူးကြီး မင်းအောင်လှိုင်", ()),
        ("ហ៊ុន សែន", ("Khmer",)),
        ("ບຸນຍັງ", ("Lao",)),
        ("ኢሳያስ አፈወርቂ", ("Ethiopic",)),
        ("दाऊद इब्राहिम", ()),
        ("ગુજરાતી", ("Gujarati",)),
        ("দাউদ ইব্রাহিম", ("Bengali",)),
        ("தமிழ்", ("Tamil",)),
        ("Hun Sen (ហ៊ុន សែន)", ("Khmer",)),
        ("☆", ("symbols",)),
        ("Владимир Путин", ()),
        ("김정은 马晓红 Ξ Ա ქ မင်း محمد יעקב ひらカナ Smith 44", ()),
        ("44", ()),
    ],
)
def test_scripts_without_a_table_are_named(text: str, scripts: tuple[str, ...]) -> None:
    assert unread_scripts(normalize(text)) == scripts


def test_a_screening_that_cannot_read_its_subject_is_not_clear() -> None:
    found = Screener([LISTED]).screen("ทักษิณ ชินวัตร")
    assert (len(found), found.is_unread, found.is_clear) == (0, True, False)
    (caution,) = found.cautions
    assert (caution.kind, caution.name) == (CautionKind.UNREAD, 1)
    assert "Thai" in caution.text
    assert "ทักษิณ" not in caution.text
    assert Screener([LISTED]).screen("Maria Gonzalez").is_clear


def test_a_second_name_that_cannot_be_read_is_told_by_its_number() -> None:
    found = Screener([LISTED]).screen(Subject(["Maria Gonzalez", "ทักษิณ"]))
    assert [(caution.name, caution.text.split()[:2]) for caution in found.cautions] == [(2, ["Name", "2"])]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Maria Gonzalez and Peter Miller", [CautionKind.DIVIDED]),
        ("Maria Gonzalez and Miller Trading Ltd", [CautionKind.UNDIVIDED]),
        ("Maria Gonzalez", []),
        ("Miller & Sons Ltd", []),
    ],
)
def test_texts_of_several_names_are_told_and_may_be_clear(text: str, kinds: list[CautionKind]) -> None:
    found = Screener([LISTED]).screen(text)
    assert [caution.kind for caution in found.cautions] == kinds
    assert found.is_clear
    assert json.loads(found.to_json())["cautions"] == [
        {"kind": caution.kind.value, "name": 1, "text": caution.text} for caution in found.cautions
    ]
