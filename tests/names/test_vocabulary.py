"""Legal forms, gloss, titles, particles and numbers: what they are read as, where they may stand, and the tables."""

from __future__ import annotations

import gzip
import time
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screenkit.model import Token, TokenKind
from screenkit.names.clean import clean
from screenkit.names.split import split_words
from screenkit.names.syllables import syllables
from screenkit.names.vocabulary.commonness import commonness
from screenkit.names.vocabulary.numerals import numeral_key
from screenkit.names.vocabulary.phrases import match
from screenkit.names.vocabulary.segments import segment
from screenkit.names.vocabulary.terms import Term

PLACE = files("screenkit.names.vocabulary") / "tables"
TABLES = ("legal_forms", "generic_words", "places", "places_generated", "own_names", "titles", "particles", "numerals")


def words(name: str) -> list[str]:
    return [word.text for word in split_words(clean(name)[0])]


def typed(name: str) -> list[str]:
    """The name's terms as "key/kind", its other words as they are."""
    texts, at, out = words(name), 0, []
    while at < len(texts):
        found = match(texts, at)
        out.append(f"{found[0].key}/{found[0].kind.value}" if found else texts[at])
        at += found[1] if found else 1
    return out


def cut(text: str, script: str) -> list[str]:
    return [f"{part}={term.key}" if term else part for part, term in segment(text, script)]


def rows() -> Iterator[tuple[str, str, str, str, str]]:
    """Table, key, family, language, spelling with its marks."""
    for table in TABLES:
        text = (PLACE / f"{table}.txt").read_text(encoding="utf-8")
        for line in text.splitlines():
            if not line.startswith("#"):
                key, family, *columns = line.split("\t")
                for column in columns:
                    language, _, spellings = column.partition(": ")
                    for spelling in spellings.split(", "):
                        yield table, key, family, language, spelling


# Laws


@given(st.lists(st.text(max_size=12), min_size=1, max_size=12))
def test_match_is_total(texts: list[str]) -> None:
    """Any words whatever give a term of at least one and at most the words that are left, or nothing."""
    for start in range(len(texts)):
        found = match(texts, start)
        assert found is None or 1 <= found[1] <= len(texts) - start


_RUN = st.text("丹东至诚金属材料有限公司银行第三一총국회사무역제2은행조선株式ホテルa\U00020000", max_size=60) | st.text(
    max_size=60
)


@given(_RUN, st.sampled_from(["Han", "Hangul", "Katakana", "Hiragana", "Latin"]))
def test_segments_are_the_text(text: str, script: str) -> None:
    """The parts of a run, joined, are the run, none of them is empty, and no two brands stand side by side."""
    parts = segment(text, script)
    assert "".join(part for part, _ in parts) == text
    assert all(part for part, _ in parts) or not text
    assert not any(a is None and b is None for (_, a), (_, b) in pairwise(parts))


@given(st.text(max_size=20))
def test_numeral_key_is_digits_or_nothing(word: str) -> None:
    """A number is told in ASCII digits without leading zeros, which are the number again."""
    key = numeral_key(word)
    assert key is None or (key.isascii() and key.isdigit() and numeral_key(key) == key)


@given(st.integers(min_value=2, max_value=39).filter(lambda number: number not in (5, 6, 10, 11)))
def test_roman_numerals_are_their_digits(number: int) -> None:
    """Roman numerals up to 39 are the number; I, V, X, VI and XI are names and initials too."""
    tens, units = divmod(number, 10)
    roman = "x" * tens + ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][units]
    assert numeral_key(roman) == str(number)


@settings(max_examples=20, deadline=None)
@given(st.integers(min_value=1, max_value=4_000))
def test_time_is_bounded(length: int) -> None:
    """The longest name that is accepted takes no more than a second, however it is made up."""
    started = time.process_time()
    segment("公司" * (length // 2), "Han")
    texts = ["gold"] * (length // 5)
    for at in range(len(texts)):
        match(texts, at)
    assert time.process_time() - started < 1


# Cases


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Siemens AG", ["siemens", "ag/legal form"]),
        ("BP p.l.c.", ["bp", "plc/legal form"]),
        ("Ромашка Шиппинг Кэпитал", ["ромашка", "shipping/generic", "capital/generic"]),
        ("شركة الفرات بتروليوم تريدينغ", ["co/legal form", "الفرات", "petroleum/generic", "trading/generic"]),
        ("한라 솔루션 컴퍼니", ["한라", "solution/generic", "co/legal form"]),
        ("КГБ", ["kgb/generic"]),
        ("КГБУ Ромашка", ["gou/legal form", "ромашка"]),
        ("Vitol Holding S.A.", ["vitol", "holding/generic", "sa/legal form"]),
        ("Doxa S.A.", ["doxa", "sa/legal form"]),
        ("Škoda a.s.", ["škoda", "as/legal form"]),
        ("DNP S.A.", ["dnp", "sa/legal form"]),  # no surname is without a vowel
        ("Iran Space Agcy", ["iran/generic", "space/generic", "agency/generic"]),
        ("Al-Furqan Fdn.", ["al/particle", "furqan", "foundation/generic"]),
        ("14 Star Shpg. Management", ["14/numeral", "star", "shipping/generic", "management/generic"]),
        ("Ass'n for Research", ["association/generic", "for/particle", "research/generic"]),
        ("Foo Gen. Trdg. Co", ["foo", "general/generic", "trading/generic", "co/legal form"]),
        ("Hnos. Pérez Cía.", ["brothers/generic", "pérez", "co/legal form"]),
        ("ФГУП пр-во Алмаз", ["gp/legal form", "production/generic", "алмаз"]),
        ("PT Astra", ["pt/legal form", "astra"]),
        ("АО Алмаз", ["ao/legal form", "алмаз"]),
        ("Алмаз АО", ["алмаз", "ao/legal form"]),
        ("(주)삼성전자", ["jusik/legal form", "삼성전자"]),
        ("Общества с ограниченной ответственностью «Балтех»", ["ooo/legal form", "балтех"]),
        ("Государственного торгового дома", ["state/generic", "tradinghouse/generic"]),
        ("Министерство на отбраната", ["ministry/generic", "of/particle", "defense/generic"]),
        ("شركة البنك الوطني للتجارة", ["co/legal form", "bank/generic", "national/generic", "trading/generic"]),
        ("شرکت بازرگانی تهران", ["co/legal form", "trading/generic", "tehran/generic"]),
        ("Τράπεζα Πειραιώς Α.Ε.", ["bank/generic", "πειραιώσ", "sa/legal form"]),
        ("Foo Anonim Şirketi", ["foo", "as/legal form"]),
        ("Zurich Insurance AG Luxembourg", ["zurich", "insurance/generic", "ag/legal form", "luxembourg/generic"]),
        ("KKR Asian Fund III L.P.", ["kkr", "asia/generic", "fund/generic", "3/numeral", "lp/legal form"]),
        ("Citigroup Capital Trust I", ["citigroup", "capital", "trust", "1/numeral"]),
        ("1-й завод", ["1/numeral", "plant/generic"]),
        ("Factory No. 3", ["factory/generic", "3/numeral"]),
        ("Twenty-First Trading", ["21/numeral", "trading/generic"]),
        ("General Min Aung Hlaing", ["gen/title", "min", "aung", "hlaing"]),
        ("General Trading Co Ltd", ["general/generic", "trading/generic", "coltd/legal form"]),
        ("Haji Abdul Manan", ["haji/title", "abdul", "manan"]),
        ("Captain Shipping Ltd", ["captain", "shipping/generic", "ltd/legal form"]),
        ("Dr. Oetker KG", ["dr/title", "oetker", "kg/legal form"]),
        ("Usama bin Laden", ["usama", "bin/particle", "laden"]),
        ("Jordan Trading Company", ["jordan/generic", "trading/generic", "co/legal form"]),
    ],
)
def test_words_are_typed(name: str, expected: list[str]) -> None:
    assert typed(name) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Ivanov S. A.",
        "Garcia S. A.",
        "Tan S. A.",
        "Kim Min Su",
        "Nat King",
        "Ernst Mach",
        "З. Д. Иванов",
        "Иванов И. С.",
        "В. И. Ленин",
        "Bin Li",
        "Li Bin",
        "Le Duc Tho",
        "Do Muoi",
        "Kim Jong Un",
        "Xi Jinping",
        "Su Wei",
        "Michael Jordan",
        "Kanye West",
        "Danielle Steel",
        "Condoleezza Rice",
        "Christian Bale",
        "Viktor Zolotov",
        "Asa Hutchinson",
        "Wang Dalian",
        "Ao Zhen",
        "주 시경",
        "배 용준",
        "Mullah Omar",
        "Khaled Sheikh",
        "Елена Мира",
    ],
)
def test_persons_keep_their_names(name: str) -> None:
    """Initials, surnames and given names that spell a legal form, particle, title or generic word stay words."""
    assert typed(name) == words(name)


@pytest.mark.parametrize(
    ("text", "script", "expected"),
    [
        ("丹东至诚金属材料有限公司", "Han", ["丹东=dandong", "至诚", "金属=metal", "材料=material", "有限公司=coltd"]),
        ("丹東至誠金屬材料有限公司", "Han", ["丹東=dandong", "至誠", "金屬=metal", "材料=material", "有限公司=coltd"]),
        (
            "深圳市大疆创新科技有限公司",
            "Han",
            ["深圳市=shenzhen", "大疆", "创新=innovation", "科技=technology", "有限公司=coltd"],
        ),
        ("大连日升机械厂", "Han", ["大连=dalian", "日升", "机械=machine", "厂=factory"]),
        ("自動車株式会社", "Han", ["自動車=automobile", "株式会社=kk"]),
        (
            "조선광업개발무역회사",
            "Hangul",
            ["조선=korea", "광업=mining", "개발=development", "무역=trading", "회사=co"],
        ),
        ("무역총회사", "Hangul", ["무역=trading", "총=general", "회사=co"]),
        ("제2경제위원회", "Hangul", ["제2=2", "경제=economic", "위원회=committee"]),
        ("신한은행", "Hangul", ["신한", "은행=bank"]),
        ("은행", "Hangul", ["은행=bank"]),
    ],
)
def test_runs_are_cut(text: str, script: str, expected: list[str]) -> None:
    assert cut(text, script) == expected


@pytest.mark.parametrize(
    ("text", "script"), [("王建设", "Han"), ("刘海运", "Han"), ("김은행", "Hangul"), ("习近平", "Han")]
)
def test_persons_are_not_cut(text: str, script: str) -> None:
    assert segment(text, script) == [(text, None)]


@pytest.mark.parametrize(
    ("key", "spellings"),
    [
        ("bank", ["Bank", "银行", "銀行", "은행", "банка", "بانک", "البنك", "Τράπεζα", "banco", "בנק"]),
        ("trading", ["Trading", "贸易", "貿易", "무역", "торговая", "торгового", "تجارة", "للتجارة", "بازرگانی"]),
        ("korea", ["Korea", "朝鲜", "朝鮮", "조선", "고려", "Корея", "корейской"]),
        ("coltd", ["Co., Ltd.", "有限公司", "有限责任公司", "유한회사"]),
        ("ooo", ["ООО", "Общество с ограниченной ответственностью", "Obshchestvo s ogranichennoi otvetstvennostyu"]),
        ("3", ["3rd", "third", "第三", "제3", "третья", "٣", "III"]),
    ],
)
def test_spellings_of_one_term_share_its_key(key: str, spellings: list[str]) -> None:
    for spelling in spellings:
        texts = ["x", *words(spelling)]
        found = match([*texts, "y"], 1) or match(texts, 1)
        assert found is not None, spelling
        assert found == (Term(key, found[0].kind, found[0].family), len(texts) - 1)


def test_numbers_that_differ_stay_apart() -> None:
    assert numeral_key("iii") == numeral_key("3") == numeral_key("third") == "3"
    assert numeral_key("iv") == "4"
    assert numeral_key("044") == "44"
    assert [numeral_key(word) for word in ("xi", "v", "li", "44a", "", "mix")] == [None] * 6


@pytest.mark.parametrize(
    ("one", "other", "is_one_family"),
    [
        ("OOO Foo", "Foo LLC", True),
        ("Foo GmbH", "Foo Ltd", True),
        ("АО Алмаз", "Foo PLC", True),
        ("Foo GmbH", "Foo AG", False),
    ],
)
def test_legal_forms_of_one_kind_share_a_family(one: str, other: str, is_one_family: bool) -> None:
    families = [
        found[0].family
        for texts in (words(one), words(other))
        for at in range(2)
        if (found := match(texts, at)) and found[0].kind is TokenKind.LEGAL_FORM
    ]
    assert len(families) == 2
    assert (families[0] == families[1]) is is_one_family


# Tables


def test_spellings_are_cleaned() -> None:
    """What `clean` changes would never be found."""
    wrong = [row for row in rows() if clean(row[4].strip("^?-"))[0] != row[4].strip("^?-")]
    assert wrong == []


def test_every_key_has_one_family() -> None:
    families = {(table, key): family for table, key, family, _, _ in rows()}
    assert {(table, key, family) for table, key, family, _, _ in rows()} == {(*row, families[row]) for row in families}


@pytest.mark.parametrize("table", TABLES)
def test_no_spelling_has_two_keys(table: str) -> None:
    """One spelling, one meaning in a table; a word and its mark count as one."""
    keys: dict[str, set[str]] = {}
    for name, key, _, _, spelling in rows():
        if name == table:
            keys.setdefault(spelling.strip("^?-"), set()).add(key)
    assert {spelling: found for spelling, found in keys.items() if len(found) > 1} == {}


def test_every_spelling_is_found_under_its_key() -> None:
    """Folding merges no two keys, and no longer phrase or other kind hides a generic word or place."""
    lost = []
    for table, key, _, language, spelling in rows():
        if table in ("generic_words", "places") and len(spelling) > 1 and not set(spelling) & set("^?-"):
            words = syllables(spelling) if language == "my" else spelling.split()
            found = match(["x", *words, "bank"], 1)
            if found is None or found[0].key != key:
                lost.append((key, language, spelling, found and found[0].key))
    assert lost == []


def test_gloss_is_large_enough() -> None:
    keys = {key for table, key, *_ in rows() if table == "generic_words"}
    languages = Counter(language for table, _, _, language, _ in rows() if table == "generic_words")
    assert len(keys) >= 400
    assert min(languages[language] for language in ("zh", "ko", "ru", "ar", "fa")) >= 250


def test_tables_are_small() -> None:
    texts = ((PLACE / f"{table}.txt").read_bytes() for table in (*TABLES, "han_forms"))
    assert len(gzip.compress(b"".join(texts), mtime=0)) <= 230_000


#: Abbreviation and the word it stands for; a "?" before it where it is a name, a word or a syllable as well.
ABBREVIATIONS = [
    ("agcy", "agency", "Bluebook writes Agency so only in full; conformed names of the SEC have AGCY"),
    ("assn", "association", "Ass'n, without its apostrophe"),
    ("bldg", "building", "customary since the telegraph"),
    ("constr", "construction", "Bluebook T6"),
    ("ctr", "center", "Bluebook T6"),
    ("dpt", "department", "beside Dep't and dept"),
    ("econ", "economic", "Bluebook T6"),
    ("exch", "exchange", "Bluebook T6"),
    ("fdn", "foundation", "beside Found."),
    ("govt", "government", "Gov't"),
    ("indl", "industry", "conformed names have INDL and INDUS"),
    ("inst", "institute", "Bluebook T6"),
    ("mfr", "manufacturing", "Bluebook T6: Mfr., Manufacturer"),
    ("mgt", "management", "beside Mgmt."),
    ("mktg", "marketing", "Bluebook T6"),
    ("pharm", "pharmaceutical", "Bluebook T6"),
    ("rsch", "research", "Bluebook T6"),
    ("shpg", "shipping", "shipbrokers"),
    ("svcs", "service", "conformed names"),
    ("technol", "technology", "ISO 4"),
    ("telecomm", "telecom", "Bluebook T6"),
    ("hnos", "brothers", "Spanish Hermanos"),
    ("gebr", "brothers", "German Gebrueder"),
    ("предпр", "enterprise", "Russian, GOST R 7.0.12"),
    ("междунар", "international", "Russian, GOST R 7.0.12"),
    ("?ins", "insurance", "a syllable of names"),
    ("?gen", "general", "a Japanese given name and a title"),
    ("?nat", "national", "Nathaniel's short form"),
    ("?res", "resource", "a word of many languages"),
]


@pytest.mark.parametrize(("spelling", "key"), [row[:2] for row in ABBREVIATIONS])
def test_abbreviations_stand_for_their_words(spelling: str, key: str) -> None:
    assert typed(f"Qwert {spelling.strip('?')} Bank")[1] == f"{key}/generic"
    alone = typed(f"Qwert {spelling.strip('?')}")[1]
    assert (alone == f"{key}/generic") is (spelling[0] != "?")


def test_every_abbreviation_is_rare_in_names_or_marked() -> None:
    """Vowelless or short spellings that many names hold ("soc", "sys") would be taken from persons: they are marked."""
    added = [
        spelling
        for table, key, _, language, spelling in rows()
        if table == "generic_words" and language in ("en", "es", "fr", "de") and 3 <= len(spelling.strip("?")) <= 5
        if spelling.strip("?") != key[: len(spelling)] and not set("aeiouy") & set(spelling)
    ]
    assert len(added) > 80
    assert {one for one in added if one[0] != "?" and commonness(Token(one, one)) > 3} <= {"mfg", "bldg", "ltd", "mgmt"}
