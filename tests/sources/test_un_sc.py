"""The UN reader on a hand-written list, on damaged cousins, and on the published files of 2025."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from screenkit.errors import ListFormatError
from screenkit.model import Designation, IdentifierType, Kind, Measure, NameType, Strength
from screenkit.sources import ListReader, manifest, read

from .reading import published, read_all

Read = tuple[ListReader, dict[str, Designation]]
EDITIONS = ("2025-04-19", "2025-11-20")


@pytest.fixture(scope="module")
def listed(excerpt: Callable[[str], Path]) -> Read:
    return read_all("un_sc", excerpt("un_sc/consolidated.xml"))


@pytest.fixture(scope="module")
def editions(shared: Callable[[str], Path]) -> dict[str, Read]:
    found: dict[str, Read] = {}
    for date in EDITIONS:
        reader = read("un_sc", shared(f"lists/un_sc/{date}"))
        found[date] = reader, {designation.id: designation for designation in reader}
    return found


def test_edition_states_the_day_of_generation_and_what_was_read(listed: Read) -> None:
    reader, found = listed
    assert reader.edition.published == "2024-05-06"
    assert reader.edition.counts == {"person": 4, "organization": 2}
    assert list(found) == ["KPi.901", "QDi.902", "LYi.903", "GBi.904", "QDe.905", "NLe.906"]
    assert found["KPi.901"].edition is not None
    assert found["KPi.901"].edition.published == "2024-05-06"


def test_name_fields_are_joined_and_kept_apart(listed: Read) -> None:
    name = listed[1]["KPi.901"].names[0]
    assert (name.text, name.type, name.strength) == ("PAK MYONG SAM", NameType.PRIMARY, Strength.STRONG)
    assert [(part.role, part.text) for part in name.parts] == [("first", "PAK"), ("second", "MYONG"), ("third", "SAM")]
    assert listed[1]["QDi.902"].names[0].parts == ()


def test_aliases_have_their_quality_and_empty_ones_are_none(listed: Read) -> None:
    names = [(name.text, name.type, name.strength) for name in published(listed[1]["KPi.901"])]
    assert names == [
        ("PAK MYONG SAM", NameType.PRIMARY, Strength.STRONG),
        ("Piao Mingsan (朴明三)", NameType.AKA, Strength.STRONG),
        ("The Clerk", NameType.AKA, Strength.WEAK),
    ]
    entity = [(name.text, name.type) for name in published(listed[1]["QDe.905"])]
    assert entity[1:] == [("Front Example", NameType.AKA), ("Example Brigade", NameType.FKA)]


def test_names_inside_names_say_where_they_come_from(listed: Read) -> None:
    derived = [(name.text, name.derived_from) for name in listed[1]["KPi.901"].names if name.derived_from]
    assert derived == [("Piao Mingsan", "Piao Mingsan (朴明三)"), ("朴明三", "Piao Mingsan (朴明三)")]


def test_original_script_stands_beside_the_primary_name_and_lost_characters_are_counted(listed: Read) -> None:
    reader, found = listed
    name = found["QDi.902"].names[1]
    assert (name.text, name.type) == ("أبو مثال \ufffd\ufffd", NameType.PRIMARY)
    assert [(n.record, n.field, n.value) for n in reader.notices if n.field == "name"] == [
        ("QDi.902", "name", name.text)
    ]


def test_spellings_in_notes_are_names_of_the_alias_strength(listed: Read) -> None:
    derived = {name.text: name for name in listed[1]["QDi.902"].names if name.derived_from}
    assert derived["Абу Пример"].strength is Strength.WEAK
    assert derived["Абу Пример"].derived_from == "original script: Абу Пример"
    assert derived["Yunis al-Mithal"].strength is Strength.STRONG
    assert derived["Younis al-Mithal"].derived_from == "Yunis al-Mithal; Younis al-Mithal"


def test_unknown_quality_is_kept_and_counted(listed: Read) -> None:
    reader, found = listed
    elder = next(name for name in found["QDi.902"].names if name.text == "Example the Elder")
    assert (elder.type, elder.strength) == (NameType.AKA, Strength.STRONG)
    assert [(u.field, u.text) for u in found["QDi.902"].unparsed] == [("QUALITY", "Dubious")]
    assert [n.record for n in reader.notices if n.field == "QUALITY"] == ["QDi.902"]


def test_birth_dates_of_each_form(listed: Read) -> None:
    dates = [
        (date.text, date.earliest.isoformat(), date.latest.isoformat(), date.circa)
        for date in listed[1]["KPi.901"].birth_dates
    ]
    assert dates == [
        ("1966-02-03", "1966-02-03", "1966-02-03", False),
        ("1966-03-02, from false passport", "1966-03-02", "1966-03-02", False),
        ("approximately 1965", "1965-01-01", "1965-12-31", True),
        ("1960 to 1962, Approximately", "1960-01-01", "1962-12-31", True),
        ("1958, Sep.", "1958-09-01", "1958-09-30", False),
    ]


def test_what_cannot_be_read_keeps_its_text_and_is_counted(listed: Read) -> None:
    reader, found = listed
    assert [(u.field, u.text) for u in found["KPi.901"].unparsed] == [
        ("INDIVIDUAL_DATE_OF_BIRTH", "24/06/1402 (Hijri Calendar)"),
        ("INDIVIDUAL_DOCUMENT", "Passport, invented passport number 7, issued in 1993"),
    ]
    assert [n.field for n in reader.notices if n.record == "KPi.901"] == [
        "INDIVIDUAL_DATE_OF_BIRTH",
        "INDIVIDUAL_DOCUMENT",
    ]
    assert [(u.field, u.text) for u in found["NLe.906"].unparsed] == [("LISTED_ON", "some day")]
    assert found["NLe.906"].listed_on is None


def test_places_and_nationalities(listed: Read) -> None:
    person = listed[1]["KPi.901"]
    assert [(place.text, place.country) for place in person.nationalities] == [
        ("Democratic People's Republic of Korea", "kp"),
        ("Atlantis", None),
    ]
    assert [(place.text, place.country) for place in person.birth_places] == [
        ("Dandong, China", "cn"),
        ("Sinuiju, Democratic People's Republic of Korea", "kp"),
    ]
    (address,) = person.addresses
    assert address.text == "1 Example Street, Dandong, Liaoning, 118000, China, as of 2016"
    assert (address.city, address.country) == ("Dandong", "cn")
    assert [place.text for place in listed[1]["QDe.905"].addresses] == ["Branch office 1"]


def test_documents(listed: Read) -> None:
    passport, national = listed[1]["KPi.901"].identifiers
    assert (passport.type, passport.value, passport.country) == (IdentifierType.PASSPORT, "000000901", "kp")
    assert passport.label == "Passport Service passport"
    assert passport.note == "issued 2011-12-07; in Pyongyang; expired; Democratic People's Republic of Korea; China"
    assert (national.type, national.value) == (IdentifierType.NATIONAL_ID, "A 12")
    assert (national.country, national.note) == (None, "")


def test_further_fields(listed: Read) -> None:
    person = listed[1]["KPi.901"]
    assert person.gender == "male"
    assert listed[1]["QDi.902"].gender == "female"
    assert person.titles == ("Colonel", "a) Representative in Exampletown", "b) Official")
    assert person.listed_on == "2015-04-07"
    assert person.remarks == "Represents an invented bank. Gender: male. DPRK passport number."
    assert person.facts == (
        ("DATAID", "5000001"),
        ("VERSIONNUM", "1"),
        ("LISTED_ON", "2015-04-07-04:00"),
        ("LIST_TYPE", "UN List"),
        ("LAST_DAY_UPDATED", "2016-10-13"),
        ("LAST_DAY_UPDATED", "2021-02-03"),
        ("DATE_OF_BIRTH of Piao Mingsan (朴明三)", "1966-02-03"),
        ("CITY_OF_BIRTH of Piao Mingsan (朴明三)", "Dandong"),
        ("COUNTRY_OF_BIRTH of Piao Mingsan (朴明三)", "China"),
        ("NOTE of Piao Mingsan (朴明三)", "previously listed as"),
    )
    assert ("SUBMITTED_BY", "Atlantis") in listed[1]["QDi.902"].facts


def test_programs_and_measures(listed: Read) -> None:
    _, found = listed
    (program,) = found["KPi.901"].programs
    assert (program.code, program.authority) == ("DPRK", "Security Council resolution 1718 (2006)")
    assert found["KPi.901"].measures == (Measure.BLOCK, Measure.TRAVEL)
    assert found["QDi.902"].measures == (Measure.BLOCK, Measure.TRAVEL, Measure.EXPORT)
    # Nobody bans an entity from travel.
    assert found["QDe.905"].measures == (Measure.BLOCK, Measure.EXPORT)
    # The entry says which of Libya's two measures it is.
    assert found["LYi.903"].measures == (Measure.TRAVEL,)
    assert found["GBi.904"].programs[0].title == "Guinea-Bissau"
    assert found["GBi.904"].measures == (Measure.TRAVEL,)


def test_unknown_regime_is_kept_and_counted(listed: Read) -> None:
    reader, found = listed
    (program,) = found["NLe.906"].programs
    assert (program.code, program.is_known) == ("Newland", False)
    assert reader.unknown_programs == {"Newland": 1}


def test_a_ship_owner_is_an_organization(listed: Read) -> None:
    assert listed[1]["QDe.905"].kind is Kind.ORGANIZATION
    assert listed[1]["QDe.905"].identifiers == ()


def test_faults_are_reported_together(excerpt: Callable[[str], Path]) -> None:
    with pytest.raises(ListFormatError) as caught:
        list(read("un_sc", excerpt("un_sc/faults.xml")))
    assert caught.value.faults == (
        "faults.xml, record no. 1, REFERENCE_NUMBER: the record has no ID (DATAID 5000001)",
        "faults.xml, record KPi.902, FIRST_NAME: the record has no name",
        "faults.xml, record KPe.903, id: 'KPe.903': a second record has this ID",
    )


def test_truncated_file_is_refused(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    whole = excerpt("un_sc/consolidated.xml").read_bytes()
    cut = tmp_path / "consolidated.xml"
    cut.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(ListFormatError, match=r"at line \d+, column \d+.*fetch it again"):
        list(read("un_sc", cut))


def test_list_without_a_date_is_read_and_counted(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    text = excerpt("un_sc/consolidated.xml").read_text("utf-8")
    undated = tmp_path / "consolidated.xml"
    undated.write_text(re.sub(r' dateGenerated="[^"]*"', "", text), "utf-8")
    reader = read("un_sc", undated)
    assert len(list(reader)) == 6
    assert reader.edition.published is None
    assert reader.notices[0].field == "dateGenerated"


def test_another_list_is_refused(excerpt: Callable[[str], Path]) -> None:
    with pytest.raises(ListFormatError, match=r"found: sema-lmes\.xml is Canadian autonomous sanctions"):
        read("un_sc", excerpt("ca_sema/sema-lmes.xml"))


@pytest.mark.parametrize(
    ("date", "individuals", "entities", "aliases", "original", "derived"),
    [("2025-04-19", 684, 193, 2704, 380, 274), ("2025-11-20", 727, 273, 2753, 379, 366)],
)
def test_published_counts(
    editions: dict[str, Read], date: str, individuals: int, entities: int, aliases: int, original: int, derived: int
) -> None:
    reader, found = editions[date]
    assert reader.edition.published == date
    assert reader.edition.counts == {"person": individuals, "organization": entities}
    assert reader.unknown_programs == {}
    types = Counter(name.type for designation in found.values() for name in published(designation))
    assert types[NameType.PRIMARY] == individuals + entities + original
    assert types[NameType.AKA] + types[NameType.FKA] == aliases
    assert sum(len(d.names) - len(published(d)) for d in found.values()) == derived


def test_published_names_inside_names(editions: dict[str, Read]) -> None:
    _, found = editions["2025-11-20"]
    jin = {name.text: name.derived_from for name in found["KPi.035"].names}
    assert jin["Jin Tiesan"] == jin["金铁三"] == "Jin Tiesan (金铁三)"
    salimi = [name for name in found["IRi.038"].names if name.derived_from]
    assert len(salimi) == 9
    assert {name.text for name in salimi} > {"Husain Salimi", "Hossein Saleemi"}
    front = {name.text for name in found["QDe.137"].names if name.derived_from}
    assert front > {"Hay’at Tahrir al-Sham", "هيئة تحرير الشام", "Liberation of al-Sham Commission", "Al-Nusra Front"}


def test_published_entry(editions: dict[str, Read]) -> None:
    person = editions["2025-04-19"][1]["CDi.001"]
    assert person.name == "ERIC BADEGE"
    assert person.programs[0].code == "DRC"
    assert person.listed_on == "2012-12-31"
    assert person.gender == "male"
    assert [(date.text, date.earliest.year) for date in person.birth_dates] == [("1971", 1971)]
    assert [(a.text, a.country) for a in person.addresses] == [("Rwanda, as of early 2016", "rw")]


def test_published_editions_have_few_notices(editions: dict[str, Read]) -> None:
    for date, wanted in zip(EDITIONS, (5, 6), strict=True):
        assert len(editions[date][0].notices) == wanted
    lost = [notice for notice in editions["2025-11-20"][0].notices if notice.field == "name"]
    assert [notice.record for notice in lost] == ["TAi.068"]


def test_published_download_that_is_damaged_is_refused(shared: Callable[[str], Path]) -> None:
    with pytest.raises(ListFormatError, match="line 53, column 10: not well-formed"):
        list(read("un_sc", shared("lists/un_sc/damaged")))


def test_minimum_counts_are_below_the_published_ones(editions: dict[str, Read]) -> None:
    for reader, _ in editions.values():
        for kind, least in manifest("un_sc").minimum_counts.items():
            assert 0 < least < reader.edition.counts[kind]
