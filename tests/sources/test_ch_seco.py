"""The Swiss list: present state only, names put together from parts, programs by sanctions set."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from screenkit import sources
from screenkit.errors import ListFormatError
from screenkit.model import (
    Designation,
    IdentifierType,
    Kind,
    ListedName,
    Measure,
    NamePart,
    NameType,
    Place,
    Program,
    Relation,
    Strength,
    Unparsed,
)
from screenkit.sources import ListReader

Excerpt = Callable[[str], Path]


def _read(path: Path) -> tuple[dict[str, Designation], ListReader]:
    reader = sources.read("ch_seco", path)
    return {designation.id: designation for designation in reader}, reader


@pytest.fixture(scope="module")
def listed() -> tuple[dict[str, Designation], ListReader]:
    return _read(Path(__file__).parents[1] / "excerpts" / "ch_seco" / "list.xml")


@pytest.fixture(scope="module")
def person(listed: tuple[dict[str, Designation], ListReader]) -> Designation:
    return listed[0]["1001"]


@pytest.fixture(scope="module")
def bank(listed: tuple[dict[str, Designation], ListReader]) -> Designation:
    return listed[0]["1100"]


def test_only_present_targets_are_designations(listed: tuple[dict[str, Designation], ListReader]) -> None:
    designations, reader = listed
    assert list(designations) == ["1001", "1100", "1200", "1320", "1330"]
    assert reader.edition.published == "2025-06-30"
    assert reader.edition.counts == {"person": 2, "organization": 1, "vessel": 1, "unknown": 1}
    assert reader.edition.programs == {"6666": 1, "Atlantis": 2, "Belarus": 4}
    assert reader.unknown_programs == {"6666": 1, "Atlantis": 2}


def test_de_listed_targets_are_counted(listed: tuple[dict[str, Designation], ListReader]) -> None:
    de_listed = [(notice.record, notice.problem) for notice in listed[1].notices if notice.value == "de-listed"]
    assert de_listed == [
        ("1300", "de-listed on 2016-03-01; no longer a designation"),
        # Here the file has an older modification first, so the day decides and not the place.
        ("1310", "de-listed on 2025-06-20; no longer a designation"),
    ]


def test_a_target_listed_again_counts_from_its_last_listing(
    listed: tuple[dict[str, Designation], ListReader],
) -> None:
    assert listed[0]["1320"].listed_on == "2023-05-05"


def test_a_de_listing_ahead_of_the_list_date_has_not_happened(
    listed: tuple[dict[str, Designation], ListReader],
) -> None:
    leaving = listed[0]["1330"]
    assert ("de-listed", "2025-07-15") in leaving.facts
    assert leaving.kind is Kind.UNKNOWN


def test_names_are_put_together_in_the_stated_order(person: Designation) -> None:
    assert person.names[0] == ListedName(
        "Prykladau Uzor Testavich",
        language="en",
        parts=(
            NamePart(role="title", text="Colonel"),
            NamePart(role="surname", text="Prykladau"),
            NamePart(role="given", text="Uzor"),
            NamePart(role="patronymic", text="Testavich"),
        ),
    )
    assert person.titles == ("Colonel",)


def test_spelling_variants_are_names_of_their_own(person: Designation) -> None:
    variants = [(name.text, name.language, name.script, name.type) for name in person.names if name.script]
    assert variants == [
        ("Prykladau Obrazets Testavich", "ru", "LATN", NameType.AKA),
        ("Prikladov Uzor Testavich", "ru", "LATN", NameType.AKA),
        ("Prikladov Obrazets Testavich", "ru", "LATN", NameType.AKA),
        ("Прыкладаў Узор Testavich", "be", "CYRL", NameType.AKA),
    ]


def test_name_types_and_strengths(person: Designation) -> None:
    by_text = {name.text: (name.type, name.strength) for name in person.names}
    assert by_text["The Beekeeper"] == (NameType.AKA, Strength.WEAK)
    assert by_text["Uzor O’Primer-Zu"] == (NameType.FKA, Strength.STRONG)
    # The primary name of a further identity; its inner white space is kept.
    assert by_text["Ivan  Drugoy"] == (NameType.AKA, Strength.STRONG)
    assert "Removed" not in " ".join(by_text)


def test_a_name_that_repeats_itself_as_a_variant_is_there_once(bank: Designation) -> None:
    assert [name.text for name in bank.names] == ["Example Trust Bank PJSC", "مصرف المثال", "Sample Trust Bank"]


def test_dates_of_a_person(person: Designation) -> None:
    assert [(date.text, date.earliest, date.latest) for date in person.birth_dates] == [
        ("1970-12-05", dt.date(1970, 12, 5), dt.date(1970, 12, 5)),
        ("1971", dt.date(1971, 1, 1), dt.date(1971, 12, 31)),
    ]
    assert ("day-month-year quality", "1971: low") in person.facts
    assert person.unparsed == (
        Unparsed(field="day-month-year", text="1349-09-14 (Hijri)"),
        Unparsed(field="day-month-year", text="1970-02-30"),
        Unparsed(field="relation", text="related to 7777"),
    )


def test_a_date_of_an_organization_is_a_fact(bank: Designation) -> None:
    assert bank.birth_dates == ()
    assert ("day-month-year", "1991-03") in bank.facts


def test_places_and_nationalities(person: Designation) -> None:
    assert person.birth_places == (Place(text="Homel, Homel Region, Belarus", country="by"),)
    assert ("place-of-birth variant", "Gomel") in person.facts
    assert person.nationalities == (Place(text="Belarus", country="by"), Place(text="Freedonia"))
    (address,) = person.addresses
    assert address.text == "Sports Club, ul. Primernaya 4, P.O. Box 12, 220029 Minsk, Belarus"
    assert (address.city, address.country) == ("Minsk", "by")
    assert ("address not current", address.text) in person.facts
    assert ("address remark", "Office") in person.facts


def test_identifiers(person: Designation, bank: Designation) -> None:
    passport, tax, foreign = person.identifiers
    assert (passport.type, passport.value, passport.country) == (IdentifierType.PASSPORT, "MP0000001", "by")
    assert passport.note == "date of issue 2010-01-02; expiry date 2020-01-02; Belarus; lost"
    assert (tax.type, tax.value, tax.label) == (IdentifierType.TAX, "123-456", "Taxpayer identification number")
    assert (foreign.value, foreign.label) == ("XQi.001", "foreign-identifier")
    assert ("driving-license", "Belarus") in person.facts
    assert [(identifier.type, identifier.value) for identifier in bank.identifiers] == [
        (IdentifierType.BIC, "EXMPBYMM"),
        (IdentifierType.REGISTRATION, "100/200-B"),
        (IdentifierType.WEBSITE, "www.example.com"),
        (IdentifierType.EMAIL, "desk@example.com"),
    ]


def test_a_vessel(listed: tuple[dict[str, Designation], ListReader]) -> None:
    vessel = listed[0]["1200"]
    assert vessel.kind is Kind.VESSEL
    assert [(one.type, one.value) for one in vessel.identifiers] == [(IdentifierType.IMO, "9999999")]


def test_programs_come_from_the_sanctions_sets(person: Designation, bank: Designation) -> None:
    (program,) = person.programs
    assert (program.code, program.detail) == ("Belarus", "Financial sanctions, annex 13")
    assert program.authority == "SR 946.231.116.9; Ordinance of 16 March 2022"
    assert person.measures == (Measure.BLOCK,)
    assert [program.code for program in bank.programs] == ["Belarus", "6666", "Atlantis"]
    assert bank.programs[2] == Program(
        "Atlantis",
        title="Ordinance of 1 April 2020 on measures against Atlantis",
        detail="annex 2",
        is_known=False,
    )
    assert bank.measures == (Measure.SECTORAL,)
    assert ("origin", "EU") in person.facts


def test_a_program_whose_key_is_unknown_is_found_by_its_ordinance(excerpt: Excerpt, tmp_path: Path) -> None:
    text = excerpt("ch_seco/list.xml").read_text(encoding="utf-8")
    path = tmp_path / "list.xml"
    path.write_text(
        text.replace(">Atlantis<", ">DPRK<").replace("against Atlantis<", "against Atlantis (RS 946.231.127.6)<"),
        encoding="utf-8",
    )
    designations, reader = _read(path)
    (program,) = designations["1200"].programs
    assert (program.code, program.title) == ("DPRK", "Measures against the Democratic People's Republic of Korea")
    assert program.is_known
    assert "DPRK" not in reader.unknown_programs


def test_remarks_relations_and_further_facts(person: Designation) -> None:
    assert person.remarks.split("\n") == [
        "Helps the regime.",
        "Taxpayer identification number: 123-456.",
        "Function: director",
    ]
    assert person.relations == (Relation(type="related to", name="Example Trust Bank PJSC", id="1100"),)
    assert person.facts == (
        ("day-month-year quality", "1971: low"),
        ("place-of-birth variant", "Gomel"),
        ("driving-license", "Belarus"),
        ("address remark", "Office"),
        ("address not current", person.addresses[0].text),
        ("hair-color", "red"),
        ("reference", "B-1"),
        ("origin", "EU"),
        ("relation to 1100", "owner"),
    )
    assert person.gender == "male"
    assert person.listed_on == "2022-03-16"


def test_what_is_odd_is_kept_and_counted(listed: tuple[dict[str, Designation], ListReader]) -> None:
    designations, reader = listed
    assert designations["1320"].unparsed == (Unparsed(field="sex", text="unknown"),)
    assert [(name.text, name.type) for name in designations["1320"].names] == [("Listed Again", NameType.AKA)]
    noticed = {(notice.record, notice.field, notice.value) for notice in reader.notices}
    assert {
        ("1001", "relation", "related to 7777"),
        ("1100", "address place-id", "9009"),
        ("1100", "sanctions-set-id", "6666"),
        ("1320", "name-type", "nickname"),
        ("1320", "name quality", "so-so"),
        ("1320", "name-part", "1323"),
        ("1330", "object-type", "submarine"),
    } <= noticed


def test_a_part_of_the_list_is_pointed_out(excerpt: Excerpt, tmp_path: Path) -> None:
    text = excerpt("ch_seco/list.xml").read_text(encoding="utf-8")
    path = tmp_path / "list.xml"
    path.write_text(text.replace('list-type="whole-list"', 'list-type="search-result"'), encoding="utf-8")
    _, reader = _read(path)
    assert ("list-type", "search-result") in [(notice.field, notice.value) for notice in reader.notices]


def test_many_variants_give_each_variant_but_not_each_combination(tmp_path: Path) -> None:
    parts = "".join(
        f'<name-part order="{part}" name-part-type="other"><value>p{part}</value>'
        + "".join(f'<spelling-variant script="LATN">p{part}v{number}</spelling-variant>' for number in range(12))
        + "</name-part>"
        for part in range(1, 5)
    )
    path = tmp_path / "list.xml"
    path.write_text(
        f'<swiss-sanctions-list date="2025-06-30"><target ssid="1"><entity><identity main="true">'
        f'<name name-type="primary-name">{parts}</name></identity></entity></target></swiss-sanctions-list>',
        encoding="utf-8",
    )
    designations, _ = _read(path)
    texts = [name.text for name in designations["1"].names]
    assert texts[:3] == ["p1 p2 p3 p4", "p1v0 p2 p3 p4", "p1v1 p2 p3 p4"]
    assert len(texts) == 1 + 4 * 12


def test_all_faults_are_reported_together(excerpt: Excerpt) -> None:
    with pytest.raises(ListFormatError) as caught:
        _read(excerpt("ch_seco/faulty.xml"))
    assert caught.value.faults == (
        "faulty.xml, target no. 1, ssid: the record has no ID",
        "faulty.xml, record 2001, name: the record has no name",
        "faulty.xml, record 2002, target: 'foreign-identifier': expected an individual, an entity or an object in it",
    )


def test_a_file_that_is_cut_off_is_refused(excerpt: Excerpt, tmp_path: Path) -> None:
    whole = excerpt("ch_seco/list.xml").read_bytes()
    path = tmp_path / "list.xml"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ListFormatError, match="cut off"):
        _read(path)


def test_a_document_type_definition_is_refused(excerpt: Excerpt, tmp_path: Path) -> None:
    text = excerpt("ch_seco/list.xml").read_text(encoding="utf-8")
    path = tmp_path / "list.xml"
    path.write_text(
        text.replace("<swiss-", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hosts">]>\n<swiss-', 1), encoding="utf-8"
    )
    with pytest.raises(ListFormatError, match="document type definition"):
        _read(path)


def _changed(excerpt: Excerpt, tmp_path: Path, *changes: tuple[str, str]) -> dict[str, Designation]:
    text = excerpt("ch_seco/list.xml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "list.xml"
    path.write_text(text, encoding="utf-8")
    return _read(path)[0]


def test_a_lone_maiden_name_is_joined_with_the_rest_of_the_main_name(excerpt: Excerpt, tmp_path: Path) -> None:
    lone = (
        '<name ssid="77" name-type="formerly-known-as" quality="good">'
        '<name-part order="1" name-part-type="maiden-name"><value>Zaimennaya</value></name-part></name>'
    )
    identity = "<day-month-year"
    found = _changed(excerpt, tmp_path, (identity, lone + identity))["1001"]
    (joined,) = [name for name in found.names if name.derived_from == "Zaimennaya"]
    assert (joined.text, joined.type) == ("Zaimennaya Uzor Testavich", NameType.FKA)
    assert (joined.parts[0].role, joined.parts[0].text) == ("maiden", "Zaimennaya")
    assert "Zaimennaya" in [name.text for name in found.names]


def test_variants_of_parts_are_joined_within_one_language_and_script(excerpt: Excerpt, tmp_path: Path) -> None:
    variant = '<spelling-variant lang="RUS" script="LATN">Obrazets</spelling-variant>'
    found = _changed(excerpt, tmp_path, (variant, variant.replace("RUS", "ENG")))["1001"]
    assert "Prikladov Obrazets Testavich" not in [name.text for name in found.names]
    assert "Prikladov Uzor Testavich" in [name.text for name in found.names]


@pytest.mark.parametrize(
    ("title", "measure"),
    [
        ("article 12 -- Restrictions on named individuals and entities", Measure.BLOCK),
        ("article 16 and 17 -- Restrictions on the money and capital market", Measure.SECTORAL),
        ("Vessel-related measures", Measure.SECTORAL),
    ],
)
def test_the_wording_of_a_set_is_its_measure(title: str, measure: Measure, excerpt: Excerpt, tmp_path: Path) -> None:
    text = excerpt("ch_seco/list.xml").read_text(encoding="utf-8")
    path = tmp_path / "list.xml"
    path.write_text(text.replace("Financial sanctions, annex 13", title), encoding="utf-8")
    assert _read(path)[0]["1001"].measures == (measure,)


@pytest.mark.parametrize(
    ("text", "type", "value"),
    [
        ("IMO number 8405270", IdentifierType.IMO, "8405270"),
        ("IMO Number: 8405270", IdentifierType.IMO, "8405270"),
        ("MMSI: 123456789", IdentifierType.MMSI, "123456789"),
        ("BIC: EXMPBYMM", IdentifierType.BIC, "EXMPBYMM"),
        ("LEI: 00EXAMPLE00EXAMPLE11", IdentifierType.LEI, "00EXAMPLE00EXAMPLE11"),
        ("Passport number: MP 1234567", IdentifierType.PASSPORT, "MP 1234567"),
        ("Registration no: 12-3/45", IdentifierType.REGISTRATION, "12-3/45"),
        ("UNP: 100582333", IdentifierType.TAX, "100582333"),
        ("Tax ID no.: 7701", IdentifierType.TAX, "7701"),
        ("The registration number changed.", None, ""),
        ("Passport seized.", None, ""),
    ],
)
def test_labels_in_other_information(
    text: str, type: IdentifierType | None, value: str, excerpt: Excerpt, tmp_path: Path
) -> None:
    stated = re.search(r"<other-information[^>]*>([^<]*)<", excerpt("ch_seco/list.xml").read_text(encoding="utf-8"))
    assert stated is not None
    found = _changed(excerpt, tmp_path, (stated[1], text))
    numbers = [(one.type, one.value) for one in found["1001"].identifiers]
    assert ((type, value) in numbers) is (type is not None)
