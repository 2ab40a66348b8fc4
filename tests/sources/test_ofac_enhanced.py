"""OFAC ENHANCED XML: every section of the format, native scripts, damaged files, the other list, published files."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from screenkit.errors import ListFormatError
from screenkit.model import Designation, Identifier, IdentifierType, Kind, Measure, NameType, Strength
from screenkit.sources import ListReader, read

from .reading import faults, published


@pytest.fixture
def reader(excerpt: Callable[[str], Path]) -> ListReader:
    return read("us_ofac_sdn", excerpt("ofac_enhanced/sdn_enhanced.xml"))


@pytest.fixture
def by_id(reader: ListReader) -> dict[str, Designation]:
    return {designation.id: designation for designation in reader}


@pytest.fixture
def damaged(damaged_copy: Callable[[str], Callable[[str, str], Path]]) -> Callable[[str, str], Path]:
    return damaged_copy("ofac_enhanced/sdn_enhanced.xml")


def test_edition(reader: ListReader) -> None:
    assert [designation.id for designation in reader] == ["90001", "90002", "90003"]
    assert reader.format.id == "ofac_enhanced"
    assert reader.edition.published == "2025-01-10"
    assert dict(reader.edition.programs) == {
        "DPRK3": 1,
        "IRAN": 1,
        "NPWMD": 1,
        "RUSSIA-EO14024": 1,
        "UKRAINE-EO13662": 1,
    }


def test_one_name_for_each_translation_the_primary_ones_first(by_id: dict[str, Designation]) -> None:
    names = published(by_id["90001"])
    assert [(name.text, name.type, name.strength, name.script, name.language) for name in names] == [
        ("RIM, Chol Su", NameType.PRIMARY, Strength.STRONG, "Latin", None),
        ("林, 哲洙", NameType.PRIMARY, Strength.STRONG, "Chinese Simplified", "zh"),
        ("OLD RIM", NameType.AKA, Strength.WEAK, "Latin", None),
        ("림철수", NameType.FKA, Strength.STRONG, "Hangul", None),
    ]


def test_parts_of_names_are_verbatim(by_id: dict[str, Designation]) -> None:
    parts = [[(part.role, part.text) for part in name.parts] for name in published(by_id["90001"])]
    assert parts == [
        [("surname", "Rim"), ("given", "Chol"), ("middle", "Su")],
        [("surname", "林"), ("given", "哲洙")],
        [("nickname", "Old Rim")],
        [],
    ]
    bank = published(by_id["90002"])
    assert [(name.text, [(part.role, part.text) for part in name.parts]) for name in bank] == [
        ("EXAMPLE TRADING BANK", [("whole", "Example Trading Bank")]),
        ("БАНК ПРИМЕР", [("whole", "Банк Пример")]),
        ("EXAMPLE BANK, JOINT-STOCK COMPANY", []),
    ]
    assert [name.type for name in bank] == [NameType.PRIMARY, NameType.PRIMARY, NameType.NKA]


def test_general_information_and_lists(by_id: dict[str, Designation]) -> None:
    person = by_id["90001"]
    assert person.kind is Kind.PERSON
    assert person.titles == ("Representative, Example Trading Bank",)
    assert person.remarks == "Second remark of none."
    # The date on this source's list, not the earlier one on the other.
    assert person.listed_on == "2017-08-22"
    assert person.facts[:4] == (
        ("Sanctions list", "SDN List, 2017-08-22"),
        ("Sanctions list", "Consolidated List, 2016-01-01"),
        ("Sanctions type", "Block"),
        ("Legal authority", "Executive Order 13722 (North Korea)"),
    )


def test_measures_are_those_the_entry_states(by_id: dict[str, Designation], reader: ListReader) -> None:
    # DPRK3 suspends entry, too, but the entry says "Block" only.
    assert by_id["90001"].measures == (Measure.BLOCK,)
    assert by_id["90002"].measures == (
        Measure.SECTORAL,
        Measure.SPECIAL_MEASURE,
        Measure.BLOCK,
        Measure.REJECT,
        Measure.EXPORT,
    )
    assert ("Sanctions type", "Frown") in by_id["90002"].facts
    assert ("90002", "sanctions type", "Frown") in [(n.record, n.field, n.value) for n in reader.notices]
    # An entry that states none has those of its program.
    assert by_id["90003"].measures == (Measure.BLOCK,)


def test_directives_are_the_detail_of_their_own_program(by_id: dict[str, Designation]) -> None:
    assert [(program.code, program.detail) for program in by_id["90002"].programs] == [
        ("UKRAINE-EO13662", "Directive 1"),
        ("RUSSIA-EO14024", "Directive 2"),
    ]


def test_birth_dates(by_id: dict[str, Designation], reader: ListReader) -> None:
    person = by_id["90001"]
    assert [(date.text, date.earliest, date.latest, date.circa) for date in person.birth_dates] == [
        ("circa 1961", dt.date(1961, 1, 1), dt.date(1961, 12, 31), True),
        # Its structured date is none, its words are.
        ("1960 to 1962", dt.date(1960, 1, 1), dt.date(1962, 12, 31), False),
    ]
    assert [(field.field, field.text) for field in person.unparsed] == [("Birthdate", "as a boy")]
    assert [(notice.field, notice.value) for notice in reader.notices if notice.record == "90001"] == [
        ("valueDate", "1962-13-01 to 1960-12-31"),
        ("Birthdate", "as a boy"),
    ]


def test_what_is_added_to_a_feature_is_kept(by_id: dict[str, Designation]) -> None:
    assert ("Birthdate", "1960 to 1962 (Reported)") in by_id["90001"].facts
    assert ("Organization Established Date", "17 Oct 1990 (Reported)") in by_id["90002"].facts


def test_biography(by_id: dict[str, Designation]) -> None:
    person = by_id["90001"]
    assert person.gender == "female"
    assert [(place.text, place.country) for place in person.birth_places] == [("Nampo, Korea, North", "kp")]
    assert [(place.text, place.country) for place in person.nationalities] == [("Korea, North", "kp")]
    assert [(place.text, place.country) for place in person.citizenships] == [("China", "cn")]


def test_sanctions_wordings_are_verbatim(by_id: dict[str, Designation]) -> None:
    assert by_id["90001"].secondary_sanctions == (
        "Secondary sanctions risk: North Korea Sanctions Regulations, sections 510.201 and 510.210",
    )
    assert by_id["90001"].prohibitions == (
        "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions: "
        "North Korea Sanctions Regulations section 510.214",
    )
    assert by_id["90002"].facts[-4:-1] == (
        ("Executive Order 13662 Directive Determination", "Subject to Directive 1"),
        ("Organization Established Date", "17 Oct 1990 (Reported)"),
        ("IFCA Determination", "Port Operator"),
    )
    assert by_id["90002"].facts[-1] == ("CAATSA Section 235 Information", "EXPORT SANCTIONS Sec. 235(a)(2)")


def test_identifiers(by_id: dict[str, Designation]) -> None:
    assert by_id["90001"].identifiers == (
        Identifier(type=IdentifierType.EMAIL, value="rim@example.com", label="Email Address", note="office hours only"),
        Identifier(
            type=IdentifierType.WALLET, value="0xExampleAddressNotInUse", label="Digital Currency Address - ETH"
        ),
        Identifier(
            type=IdentifierType.PASSPORT,
            value="555410121",
            country="xs",
            label="Passport",
            note="(Sylvania) issued 2013-05-09 expires 2018-05-09",
        ),
        Identifier(
            type=IdentifierType.NATIONAL_ID,
            value="17",
            label="National ID No.",
            note="(Freedonia) Dandong, Police, not valid, in the name of OLD RIM",
        ),
    )
    # A document without a number is no identifier.
    assert ("SSN", "Police") in by_id["90001"].facts
    assert [(found.type, found.value) for found in by_id["90002"].identifiers] == [(IdentifierType.OTHER, "044030000")]


def test_addresses_in_every_script(by_id: dict[str, Designation]) -> None:
    assert [(address.text, address.city, address.country) for address in by_id["90001"].addresses] == [
        ("3 Example Road, Dandong, China", "Dandong", "cn"),
        ("丹东, China", "丹东", "cn"),
        # The code is the file's own, which knows this country.
        ("Sylvania", None, "xs"),
    ]


def test_relations(by_id: dict[str, Designation]) -> None:
    (relation,) = by_id["90001"].relations
    assert (relation.type, relation.name, relation.id) == (
        "acting for or on behalf of",
        "EXAMPLE TRADING BANK",
        "90002",
    )
    assert by_id["90001"].facts[-1] == (
        "Relationship quality",
        "High (Acting for or on behalf of EXAMPLE TRADING BANK)",
    )


def test_vessel(by_id: dict[str, Designation]) -> None:
    vessel = by_id["90003"]
    assert vessel.kind is Kind.VESSEL
    assert [(identifier.type, identifier.value) for identifier in vessel.identifiers] == [
        (IdentifierType.CALL_SIGN, "CL0000"),
        (IdentifierType.IMO, "9000001"),
    ]
    assert [(relation.type, relation.name) for relation in vessel.relations] == [
        ("vessel owner", "Example Shipping S.A.")
    ]
    assert vessel.facts[1:3] == (("VESSEL FLAG", "Panama"), ("VESSEL TONNAGE", "318000"))


def test_a_section_the_format_did_not_have_is_kept(by_id: dict[str, Designation], reader: ListReader) -> None:
    assert by_id["90003"].facts[-1] == ("crew", "Example, A.")
    assert ("90003", "crew") in [(notice.record, notice.field) for notice in reader.notices]


def test_missing_id_is_a_fault(damaged: Callable[[str, str], Path]) -> None:
    (fault,) = faults("us_ofac_sdn", damaged('<entity id="90003">', "<entity>"))
    assert fault.startswith("sdn_enhanced.xml, record no. 3, id: the record has no ID")
    assert "EXAMPLE STAR" in fault


def test_missing_name_is_a_fault(damaged: Callable[[str, str], Path]) -> None:
    (fault,) = faults("us_ofac_sdn", damaged("<formattedFullName>EXAMPLE STAR</formattedFullName>", ""))
    assert fault == "sdn_enhanced.xml, record 90003, formattedFullName: the name is empty"


def test_missing_primary_name_is_a_fault(damaged: Callable[[str, str], Path]) -> None:
    (fault,) = faults(
        "us_ofac_sdn", damaged('<name id="143">\n          <isPrimary>true', '<name id="143"><isPrimary>false')
    )
    assert fault == "sdn_enhanced.xml, record 90003, name: the record has no primary name"


def test_name_without_a_translation_is_a_fault(damaged: Callable[[str, str], Path]) -> None:
    path = damaged('<name id="126">', '<name id="128"><isPrimary>false</isPrimary></name>\n<name id="126">')
    (fault,) = faults("us_ofac_sdn", path)
    assert fault == "sdn_enhanced.xml, record 90002, translations: name '128' has no text"


def test_truncated_file_is_refused(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    path = tmp_path / "sdn_enhanced.xml"
    path.write_bytes(excerpt("ofac_enhanced/sdn_enhanced.xml").read_bytes()[:-300])
    with pytest.raises(ListFormatError, match="damaged or cut off"):
        list(read("us_ofac_sdn", path))


def test_the_other_list_is_refused(excerpt: Callable[[str], Path]) -> None:
    with pytest.raises(ListFormatError, match=r"expected OFAC's 'Consolidated List'.*found 'SDN List'"):
        next(read("us_ofac_cons", excerpt("ofac_enhanced/sdn_enhanced.xml")))


def test_unread_date_of_publication_is_noticed(damaged: Callable[[str, str], Path]) -> None:
    reader = read("us_ofac_sdn", damaged("2025-01-10T00:00:00", "in January"))
    assert len(list(reader)) == 3
    assert reader.edition.published is None
    assert ("dataAsOf", "in January") in [(notice.field, notice.value) for notice in reader.notices]


def test_a_file_that_names_no_list_is_read(damaged: Callable[[str, str], Path]) -> None:
    path = damaged('<sanctionsList refId="1550">SDN List</sanctionsList>', "")
    assert len(list(read("us_ofac_cons", path))) == 3


@pytest.fixture(scope="module")
def consolidated(shared: Callable[[str], Path]) -> dict[str, Designation]:
    path = shared("lists/us_ofac_cons/2025-01-10/cons_enhanced.xml")
    return {designation.id: designation for designation in read("us_ofac_cons", path)}


def test_published_list_s_counts(consolidated: dict[str, Designation]) -> None:
    names = [name for designation in consolidated.values() for name in published(designation)]
    assert len(consolidated) == 443
    assert len(names) == 1_624
    assert Counter(name.script for name in names) == {
        "Latin": 1_579,
        "Cyrillic": 39,
        "Chinese Simplified": 5,
        "Chinese Traditional": 1,
    }
    assert Counter(name.type.value for name in names if name.script == "Latin") == {
        "primary": 443,
        "a.k.a.": 992,
        "f.k.a.": 144,
    }
    assert sum(name.is_weak for name in names) == 71


def test_published_list_s_facts(consolidated: dict[str, Designation]) -> None:
    designations = consolidated.values()
    assert Counter(measure.value for designation in designations for measure in designation.measures) == {
        "sectoral": 363,
        "reject": 78,
        "block": 75,
        "special measure": 15,
        "export": 1,
    }
    assert sum(len(designation.secondary_sanctions) for designation in designations) == 360
    assert sum(len(designation.relations) for designation in designations) == 283
    assert sum(len(designation.birth_dates) for designation in designations) == 75
    # Each once: 692 documents, and 165 ISIN, 69 tickers, 176 websites, 125 email addresses, 33 BIC, 6 BIK.
    assert sum(len(designation.identifiers) for designation in designations) == 1_264
    assert not any(designation.unparsed for designation in designations)


def test_published_list_s_record(consolidated: dict[str, Designation]) -> None:
    bank = consolidated["17013"]
    assert bank.name == "VTB BANK PUBLIC JOINT STOCK COMPANY"
    assert bank.names[1].text == "БАНК ВТБ ПУБЛИЧНОЕ АКЦИОНЕРНОЕ ОБЩЕСТВО"
    assert bank.listed_on == "2014-07-29"
    assert bank.measures == (Measure.SECTORAL, Measure.BLOCK)
    assert [(program.code, program.detail) for program in bank.programs] == [
        ("UKRAINE-EO13662", "Directive 1"),
        ("RUSSIA-EO14024", ""),
    ]


def test_published_list_has_the_simple_format_s_ids_and_names(
    consolidated: dict[str, Designation], shared: Callable[[str], Path]
) -> None:
    simple = {
        designation.id: designation
        for designation in read("us_ofac_cons", shared("lists/us_ofac_cons/2025-03-28/consolidated.xml"))
    }
    assert consolidated.keys() == simple.keys()
    for id, designation in consolidated.items():
        latin = [name for name in published(designation) if name.script == "Latin"]
        assert Counter((name.text, name.type, name.strength) for name in latin) == Counter(
            (name.text, name.type, name.strength) for name in published(simple[id])
        ), id


def test_published_list_as_the_other_source_is_refused(shared: Callable[[str], Path]) -> None:
    with pytest.raises(ListFormatError, match=r"expected OFAC's 'SDN List'.*found 'Consolidated List'"):
        next(read("us_ofac_sdn", shared("lists/us_ofac_cons/2025-01-10/cons_enhanced.xml")))
