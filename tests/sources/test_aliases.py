"""Names inside published names: what each pattern gives, and what must be left alone."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screenkit.model import Designation, Kind, ListedName, NameType, Strength
from screenkit.sources.aliases.splitting import names_in_list, names_in_note, with_derived_names

#: In the edition of 2023-12-28.
DERIVED = 33
PERSON, ORGANIZATION, UNKNOWN = Kind.PERSON, Kind.ORGANIZATION, Kind.UNKNOWN
STRONG, WEAK = Strength.STRONG, Strength.WEAK


def derived(name: ListedName, kind: Kind) -> list[ListedName]:
    designation = Designation(id="X1", kind=kind, names=[ListedName("UNRELATED"), name])
    found = with_derived_names(designation)
    assert found.names[:2] == designation.names
    return list(found.names[2:])


def texts(text: str, kind: Kind) -> list[str]:
    return [name.text for name in derived(ListedName(text, type=NameType.AKA), kind)]


@pytest.mark.parametrize(
    ("kind", "text", "names"),
    [
        # Sub-lists.
        (PERSON, "Ali Mustafa; Aly Mustafa", ["Ali Mustafa", "Aly Mustafa"]),
        (
            PERSON,
            "Ali Mustafa; Aly Mustafa b) A. Kareemi Mustafa; A. Karimi Mustafa",
            ["Ali Mustafa", "Aly Mustafa", "A. Kareemi Mustafa", "A. Karimi Mustafa"],
        ),
        (PERSON, "a) Ali Mustafa b) Aly Mostafa", ["Ali Mustafa", "Aly Mostafa"]),
        # Another script in brackets, beside or after a dash.
        (PERSON, "Jin Tiesan (金铁三)", ["Jin Tiesan", "金铁三"]),
        (PERSON, "حسن مثال (Hassan Mithal; Hasan Mithal)", ["حسن مثال", "Hassan Mithal", "Hasan Mithal"]),
        (PERSON, "Agha Jan Mithal اغا جان مثال", ["Agha Jan Mithal", "اغا جان مثال"]),
        (PERSON, "Saud bin Mithal - سعود بن مثال", ["Saud bin Mithal", "سعود بن مثال"]),
        (ORGANIZATION, "Завод «Свет» (Zavod ‘Svet’)", ["Завод «Свет»", "Zavod ‘Svet’"]),
        (
            ORGANIZATION,
            "Front al-Mithal (FM) (جبهة المثال (original script); Jabhat al-Mithal; the Example Front - sub-unit name)",
            ["Front al-Mithal", "FM", "جبهة المثال", "Jabhat al-Mithal", "the Example Front"],
        ),
        # Labels.
        (PERSON, "Amir Khazmat (original script: Амир Хазмат)", ["Amir Khazmat", "Амир Хазмат"]),
        (PERSON, "Belarusian: Юры ВАСІЛЕВІЧ, Russian: Юрий ВАСИЛЕВИЧ", ["Юры ВАСІЛЕВІЧ", "Юрий ВАСИЛЕВИЧ"]),
        # Remarks.
        (PERSON, "Ezat Haqqani (previously listed as)", ["Ezat Haqqani"]),
        (PERSON, "EL PARA (COMBAT NAME)", ["EL PARA"]),
        (PERSON, "Rashid Al-Maghribi (the Moroccan)", ["Rashid Al-Maghribi"]),
        (PERSON, "Safia Mithal, born 1 Jan. 1953 (Oman passport no. 1, expiry 3 May 2024.)", ["Safia Mithal"]),
        (UNKNOWN, "Igor Aleksandrovich Primer (Russian individual)", ["Igor Aleksandrovich Primer"]),
        (UNKNOWN, "Primer LLC and any successor, sub-unit, or subsidiary thereof", ["Primer LLC"]),
        # Known as.
        (ORGANIZATION, "SGM Primer OOO (f.k.a., Obshchestvo SGM)", ["SGM Primer OOO", "Obshchestvo SGM"]),
        (UNKNOWN, "FUYI EXAMPLE A/K/A FRANK EXAMPLE", ["FUYI EXAMPLE", "FRANK EXAMPLE"]),
        (
            ORGANIZATION,
            "Sample International, Inc. (a.k.a. Sample Aerospace; Aviation and Supply, Inc.)",
            ["Sample International, Inc.", "Sample Aerospace", "Aviation and Supply, Inc."],
        ),
        (ORGANIZATION, "Primer JSC, f.k.a., Zavod Primer", ["Primer JSC", "Zavod Primer"]),
        (ORGANIZATION, "f.k.a. Sibirskaya Kompaniya OAO", ["Sibirskaya Kompaniya OAO"]),
        (ORGANIZATION, "and Beijing Example Institute", ["Beijing Example Institute"]),
        # Abbreviations.
        (ORGANIZATION, "FOREIGN TRADE BANK (FTB)", ["FOREIGN TRADE BANK", "FTB"]),
        (ORGANIZATION, "Physics Research Center (PHRC)", ["Physics Research Center", "PHRC"]),
        (
            ORGANIZATION,
            "ISLAMIC REVOLUTIONARY GUARD CORPS (IRGC)-QODS FORCE",
            ["ISLAMIC REVOLUTIONARY GUARD CORPS-QODS FORCE", "IRGC-QODS FORCE"],
        ),
        (ORGANIZATION, "UGANDA COMMERCIAL IMPEX (UCI) LTD", ["UGANDA COMMERCIAL IMPEX LTD", "UCI LTD"]),
        (
            ORGANIZATION,
            "10th Institute of China Electronic Technology Corp (CETC)",
            ["10th Institute of China Electronic Technology Corp", "10th Institute of CETC"],
        ),
        (ORGANIZATION, "Министерство внутренних дел (МВД)", ["Министерство внутренних дел", "МВД"]),
        (ORGANIZATION, "AVS (Armored Vehicle Spares)", ["Armored Vehicle Spares", "AVS"]),
        (ORGANIZATION, "HARAKAT UL-MUJAHIDIN / HUM", ["HARAKAT UL-MUJAHIDIN", "HUM"]),
        (
            ORGANIZATION,
            "LIGNE DES LACS (LDL) ; GREAT LAKES LINE (GLL)",
            ["LIGNE DES LACS", "LDL", "GREAT LAKES LINE", "GLL"],
        ),
        # Slashes and conjunctions.
        (PERSON, "Владимир ПРИМЕР / Володимир ПРИМЕР", ["Владимир ПРИМЕР", "Володимир ПРИМЕР"]),
        (PERSON, "(Владимир ПРИМЕР / Володимир ПРИМЕР", ["Владимир ПРИМЕР", "Володимир ПРИМЕР"]),
        (ORGANIZATION, "Министерство обороны or Минобороны", ["Министерство обороны", "Минобороны"]),
        (ORGANIZATION, "Министерство обороны или Минобороны", ["Министерство обороны", "Минобороны"]),
        (ORGANIZATION, "Iran Example Company or Iranexample Co.", ["Iran Example Company", "Iranexample Co."]),
        (ORGANIZATION, "OAO CMX / AO CMX", ["OAO CMX", "AO CMX"]),
        (ORGANIZATION, "Завод Пример / Zavod Primer", ["Завод Пример", "Zavod Primer"]),
        (PERSON, "Alexandra Viktorovna GAUS/GAUSS", ["Alexandra Viktorovna GAUS", "Alexandra Viktorovna GAUSS"]),
        (ORGANIZATION, "Primer Centre (also known\nas Primer Center)", ["Primer Centre", "Primer Center"]),
        (ORGANIZATION, "and 46 Example Institute", ["46 Example Institute"]),
    ],
)  # fmt: skip
def test_a_pattern_gives_its_names(kind: Kind, text: str, names: list[str]) -> None:
    assert texts(text, kind) == names


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        # A comma marks a surname or a legal form.
        (PERSON, "Abdul Rahman, Mohamad Iqbal"),
        (PERSON, "ABU ZUBEYR, Muktar Abdirahman"),
        (ORGANIZATION, "Association for Education, Culture and Building Society"),
        (ORGANIZATION, "Ocean Example Company, Limited"),
        # Places and legal forms in brackets, which tell companies apart.
        (ORGANIZATION, "SBERBANK (SWITZERLAND) AG"),
        (ORGANIZATION, "VTB BANK, PJSC (UKRAINE)"),
        (ORGANIZATION, "TING SHING JEWELLERY (HK) CO. LIMITED"),
        (ORGANIZATION, "COMOIL (PVT) LTD"),
        (ORGANIZATION, "VEST SPECTRUM (S) PTE. LTD."),
        (ORGANIZATION, "CHINA COMMUNICATIONS CONSTRUCTION GROUP (LTD)"),
        (ORGANIZATION, "AL-HARAMAIN FOUNDATION (UNION OF THE COMOROS)"),
        (ORGANIZATION, "Al-Haramain Foundation (Κομόρες)"),
        (ORGANIZATION, "華信船務(香港)有限公司"),
        # Abbreviations that are not the name's own.
        (ORGANIZATION, "NUCLEAR RESEARCH CENTER FOR AGRICULTURE AND MEDICINE (NFRPC)"),
        (ORGANIZATION, "TOUS POUR LA PAIX ET LE DEVELOPPEMENT (NGO)"),
        # Slashes between words, not names.
        (ORGANIZATION, "CHINA PRECISION MACHINERY IMPORT/EXPORT CORPORATION"),
        (ORGANIZATION, "KOREA RYENHA MACHINERY J/V CORPORATION"),
        (ORGANIZATION, "The Organization Base of Jihad/Mesopotamia"),
        (ORGANIZATION, "JOUMAA MONEY LAUNDERING ORGANIZATION / DRUG TRAFFICKING ORGANIZATION"),
        (ORGANIZATION, "NEW PEOPLE'S ARMY / EXAMPLE PARTY OF THE COUNTRY"),
        (ORGANIZATION, "Revolutionary People's Army/ Front / Party of the People"),
        (ORGANIZATION, "FRONT FOR THE CONQUEST OF SYRIA/THE LEVANT"),
        (ORGANIZATION, "NORDISK LINJE A/S"),
        (ORGANIZATION, "EXAMPLE TRADING c/o OTHER EXAMPLE TRADING"),
        (ORGANIZATION, "M/S EXAMPLE TRADING EST."),
        (ORGANIZATION, "COMERCIO EXEMPLO S/A"),
        (PERSON, "Ivan s/o Peter PRIMER"),
        # Conjunctions and scripts that belong to one name.
        (ORGANIZATION, "TRY EXAMPLE OU YA DAV"),
        (ORGANIZATION, "Banque d'or ou d'argent"),
        (ORGANIZATION, "Army, navy or air force of Example"),
        (ORGANIZATION, "Ministry of Defence and Armed Forces Logistics"),
        (ORGANIZATION, "Благотворителна фондация Al-Haramayn and Al Masjid Al Aqsa"),
        (ORGANIZATION, "Taibah International – босненски офиси"),
        (PERSON, "генерал Mudacumura"),
        (PERSON, "Aleksandr Evgenyevich or Evgenievich Kon’kov"),
        (PERSON, "(Sheikh) Musa Mithal"),
        (PERSON, "Lom-ali Butayev (Butaev)"),
        (PERSON, "AKA, Charles"),
        (ORGANIZATION, "AKA INTEGRAL SERVICES, S. DE R.L. DE C.V."),
        (ORGANIZATION, "General Intelligence Directorate;"),
    ],
)
def test_a_single_name_is_left_alone(kind: Kind, text: str) -> None:
    assert texts(text, kind) == []


def test_a_derived_name_is_of_the_sort_and_strength_of_the_published_one() -> None:
    weak = ListedName("Abu Mithal (original script: Абу Митхаль)", type=NameType.FKA, strength=WEAK, language="en")
    latin, cyrillic = derived(weak, PERSON)
    assert (latin.type, latin.strength, latin.language) == (NameType.FKA, WEAK, "en")
    assert (cyrillic.type, cyrillic.strength, cyrillic.language) == (NameType.FKA, WEAK, None)
    assert latin.derived_from == cyrillic.derived_from == weak.text


def test_an_abbreviation_is_weak_and_never_primary() -> None:
    found = with_derived_names(
        Designation(id="X1", kind="organization", names=[ListedName("FOREIGN TRADE BANK (FTB)")])
    )
    assert [(name.type, name.strength) for name in found.names[1:]] == [
        (NameType.PRIMARY, STRONG),
        (NameType.AKA, WEAK),
    ]


def test_a_persons_lone_word_is_weak() -> None:
    latin, cyrillic = derived(ListedName("Abubakar (original script: Абубакар)", type=NameType.AKA), PERSON)
    assert (latin.strength, cyrillic.strength) == (WEAK, WEAK)
    assert derived(ListedName("Jin Tiesan (金铁三)", type=NameType.AKA), PERSON)[1].strength is STRONG


def test_a_label_states_type_or_language() -> None:
    former = derived(ListedName("Primer OOO (f.k.a., Obshchestvo Primer)"), ORGANIZATION)
    assert [name.type for name in former] == [NameType.PRIMARY, NameType.FKA]
    spoken = derived(ListedName("Ali Karti \nArabic: علي كرتي", type=NameType.AKA), PERSON)
    assert [(name.text, name.language) for name in spoken] == [("Ali Karti", None), ("علي كرتي", "ar")]


def test_a_name_that_is_published_is_not_derived_again() -> None:
    names = [ListedName("EXAMPLE FRONT (EF)"), ListedName("EXAMPLE FRONT", type=NameType.AKA)]
    found = with_derived_names(Designation(id="X1", kind="organization", names=names))
    assert [name.text for name in found.names] == ["EXAMPLE FRONT (EF)", "EXAMPLE FRONT", "EF"]
    assert found.names[1].derived_from is None


def test_deriving_twice_changes_nothing() -> None:
    names = [
        ListedName("LIGNE DES LACS (LDL) ; GREAT LAKES LINE (GLL)"),
        ListedName("Ligne / LIGNE", type=NameType.AKA),
    ]
    once = with_derived_names(Designation(id="X1", kind="organization", names=names))
    assert len(once.names) == 6
    assert with_derived_names(once) == once


def test_nothing_to_derive_gives_the_same_object() -> None:
    designation = Designation(id="X1", kind="person", names=[ListedName("KIM, Chol Sam")])
    assert with_derived_names(designation) is designation


@pytest.mark.parametrize(
    ("kind", "text", "names"),
    [
        (PERSON, "Lucson Elan, Jeneral Luckson", ["Lucson Elan", "Jeneral Luckson"]),
        (PERSON, "Баранов, Олег Анатольевич", []),
        (PERSON, "Hemedti, Mohamed Mithal, Muhammad Mithal Dagalo", ["Mohamed Mithal", "Muhammad Mithal Dagalo"]),
        (PERSON, "Katsiaryna or Katerina Primer, Ekaterina Primerava", ["Ekaterina Primerava"]),
        (
            PERSON,
            "Aleksander/ Aleksandr or Alexander Primer, Russian: Александр Пример or Примера",
            ["Александр Пример"],
        ),
        (
            PERSON,
            "Abdul Mithal, Abd El Mithal and Abd Mithal Dagalo",
            ["Abdul Mithal", "Abd El Mithal", "Abd Mithal Dagalo"],
        ),
        (
            ORGANIZATION,
            "BSZ, Example Metal Holding, Example Co., Ltd.",
            ["BSZ", "Example Metal Holding", "Example Co., Ltd."],
        ),
        (ORGANIZATION, "Primer Radio, АО «Пример», ООО", ["Primer Radio", "АО «Пример», ООО"]),
        (ORGANIZATION, "Министерство культуры, спорта и туризма", []),
        (ORGANIZATION, "Radio troops, Войска защиты, связи и обороны, РХБЗ", ["Radio troops", "РХБЗ"]),
        (ORGANIZATION, "Акционерное общество or АО «Пример»", ["АО «Пример»"]),
        (ORGANIZATION, "First in Newland or Perviy Kanal", ["First in Newland", "Perviy Kanal"]),
        (ORGANIZATION, "Example Navy/Force navale exemplaire", ["Example Navy", "Force navale exemplaire"]),
        (ORGANIZATION, "Union of Example Ltd.", []),
    ],
)
def test_a_list_field_is_divided_at_its_commas(kind: Kind, text: str, names: list[str]) -> None:
    listed = ListedName(text, type=NameType.AKA)
    found = names_in_list(listed, kind)
    assert [name.text for name in found] == names
    assert {name.derived_from for name in found} <= {text}
    designation = Designation(id="X1", kind=kind, names=[ListedName("UNRELATED"), listed, *found])
    assert len(with_derived_names(designation).names) == 2 + len(names)


@pytest.mark.parametrize(
    ("alias", "note", "names"),
    [
        ("Abu Banat", "original script: Абу Банат", ["Абу Банат"]),
        ("Sayf Mithal", "DOB: 11 Apr. 1963. Nationality: Egypt. In\nArabic: سيف مثال", []),
        ("Sayf Mithal", "Previously listed as. In Arabic: سيف مثال ", ["سيف مثال"]),
        ("شيخ مثال", "Shaykh Mithal; Sheikh Mithal", ["Shaykh Mithal", "Sheikh Mithal"]),
        ("أبو مثال", "(Abu Mithal; Abou Mithal) prominently known by this", ["Abu Mithal", "Abou Mithal"]),
        (
            "ABU MITHAL",
            "Abu al-Mithal, Abou Mithal (transliterations of original script name)",
            ["Abu al-Mithal", "Abou Mithal"],
        ),
        ("Abu Mithal", "previously listed as", []),
        ("Abu Mithal", "Passport number: B01; DOB: 1948; POB: Anefif (Kidal), Mali", []),
    ],
)
def test_a_note_states_spellings(alias: str, note: str, names: list[str]) -> None:
    listed = ListedName(alias, type=NameType.AKA, strength=WEAK)
    found = names_in_note(listed, note)
    assert [name.text for name in found] == names
    assert all(name.derived_from == note and name.strength is WEAK for name in found)


@pytest.mark.parametrize(
    "text", ["(" * 9_000, "A (B; " * 1_500, "A B (AB) " * 1_000, "x; " * 3_000, "a " * 5_000 + "(AB)"]
)
def test_a_long_text_takes_bounded_time(text: str) -> None:
    started = time.process_time()
    for end in (900, len(text)):
        texts(text[:end], ORGANIZATION)
        names_in_list(ListedName(text[:end]), PERSON)
    assert time.process_time() - started < 20


@given(st.text(min_size=1, max_size=60).filter(str.strip), st.sampled_from(Kind))
def test_published_names_stay_first_and_derived_ones_are_parts_of_them(text: str, kind: Kind) -> None:
    """A published name is never changed, dropped or moved; what is derived from it has no letter that it hasn't."""
    for found in derived(ListedName(text, type=NameType.AKA), kind):
        assert found.derived_from == text
        assert set(found.text) <= set(text)
        assert found.text != text


PIECES = ("Ali", "(AM)", "Mithal", "; ", " / ", ", ", "b) ", "Пример", "(", ")", " or ", "f.k.a. ")


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12), st.sampled_from(Kind))
def test_deriving_twice_gives_what_deriving_once_gives(pieces: list[str], kind: Kind) -> None:
    """Every published name is divided once; its parts are divided no further when they are seen again."""
    once = with_derived_names(Designation(id="X1", kind=kind, names=[ListedName(" ".join(pieces))]))
    assert with_derived_names(once) == once


def test_published_lists_keep_their_bracketed_places(designations_of: Callable[[str], list[Designation]]) -> None:
    found = {d.id: d for d in designations_of("us_ofac_sdn/2023-12-28")}
    names = [name for designation in found.values() for name in designation.names if name.derived_from]
    assert len(names) == DERIVED
    places = ("(U.K.)", "(HK)", "(SWITZERLAND)", "(PVT)")
    assert not [
        name for name in names for place in places if place in (name.derived_from or "") and place not in name.text
    ]
    force = next(d for d in found.values() if d.name == "ISLAMIC REVOLUTIONARY GUARD CORPS (IRGC)-QODS FORCE")
    # The name without the abbreviation is published as an alias.
    assert [(n.text, n.strength) for n in force.names if n.derived_from] == [("IRGC-QODS FORCE", WEAK)]
