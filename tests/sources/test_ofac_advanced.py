"""OFAC ADVANCED XML: sections that refer to each other, name parts, damaged files, the other list, a published file."""

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
    return read("us_ofac_sdn", excerpt("ofac_advanced/sdn_advanced.xml"))


@pytest.fixture
def by_id(reader: ListReader) -> dict[str, Designation]:
    return {designation.id: designation for designation in reader}


@pytest.fixture
def damaged(damaged_copy: Callable[[str], Callable[[str, str], Path]]) -> Callable[[str, str], Path]:
    return damaged_copy("ofac_advanced/sdn_advanced.xml")


def test_edition(reader: ListReader) -> None:
    assert [designation.id for designation in reader] == ["90001", "90002", "90003"]
    assert reader.format.id == "ofac_advanced"
    assert reader.edition.published == "2020-03-07"
    assert dict(reader.edition.counts) == {"person": 1, "organization": 1, "vessel": 1}


def test_names_are_joined_from_their_parts(by_id: dict[str, Designation]) -> None:
    names = published(by_id["90001"])
    assert [(name.text, name.type, name.strength, name.script) for name in names] == [
        ("RIM, Ivan Petrovich", NameType.PRIMARY, Strength.STRONG, "Latin"),
        ("РИМ, Иван", NameType.PRIMARY, Strength.STRONG, "Cyrillic"),
        ("OLD RIM", NameType.FKA, Strength.WEAK, "Latin"),
    ]
    assert [(part.role, part.text) for part in names[0].parts] == [
        ("given", "Ivan"),
        ("surname", "RIM"),
        ("patronymic", "Petrovich"),
    ]
    (bank,) = published(by_id["90002"])
    assert [(part.role, part.text) for part in bank.parts] == [("whole", "EXAMPLE TRADING BANK")]


def test_sanctions_entries(by_id: dict[str, Designation]) -> None:
    bank = by_id["90002"]
    assert [(program.code, program.detail) for program in bank.programs] == [("UKRAINE-EO13662", "Directive 1")]
    assert bank.measures == (Measure.SECTORAL,)
    # The date on this source's list, not the earlier one on the other.
    assert bank.listed_on == "2018-01-02"
    assert bank.facts == (
        ("Sanctions list", "SDN List, 2018-01-02"),
        ("Sanctions list", "Consolidated List, 2016-01-01"),
        ("Sanctions type", "13662 Sectoral Directive 1"),
        ("Legal authority", "Executive Order 13662 (Ukraine)"),
        ("Comment (SDN List)", "by the Secretary"),
        ("Executive Order 13662 Directive Determination", "Subject to Directive 1"),
        ("Organization Established Date", "07 Oct 1990"),
    )
    assert by_id["90001"].measures == (Measure.BLOCK,)
    # An entry that states no type has the measures of its program, and one without an event no date.
    assert by_id["90003"].measures == (Measure.BLOCK,)
    assert by_id["90003"].listed_on is None


def test_dates_are_put_in_words(by_id: dict[str, Designation], reader: ListReader) -> None:
    person = by_id["90001"]
    assert [(date.text, date.earliest, date.latest, date.circa) for date in person.birth_dates] == [
        ("circa 1961", dt.date(1961, 1, 1), dt.date(1961, 12, 31), True),
        ("1955 to 1957", dt.date(1955, 1, 1), dt.date(1957, 12, 31), False),
        ("Mar 1970", dt.date(1970, 3, 1), dt.date(1970, 3, 31), False),
    ]
    assert ("Birthdate", "1955 to 1957 (False)") in person.facts
    assert [(field.field, field.text) for field in person.unparsed] == [("Birthdate", "1961 2 30")]
    assert ("Birthdate", "1961 2 30") in [(notice.field, notice.value) for notice in reader.notices]


def test_features(by_id: dict[str, Designation]) -> None:
    person = by_id["90001"]
    assert person.kind is Kind.PERSON
    assert person.gender == "male"
    assert person.remarks == "Second remark of none."
    assert person.titles == ("Representative, Example Trading Bank",)
    assert [(place.text, place.country) for place in person.birth_places] == [("Nampo, Korea, North", "kp")]
    assert [(place.text, place.country) for place in person.nationalities] == [("Korea, North", "kp")]
    assert person.secondary_sanctions == (
        "Secondary sanctions risk: North Korea Sanctions Regulations, sections 510.201 and 510.210",
    )


def test_addresses(by_id: dict[str, Designation]) -> None:
    assert [(address.text, address.city, address.country) for address in by_id["90001"].addresses] == [
        ("3 Example Road, Dandong, China", "Dandong", "cn"),
        ("Region: Gaza", None, "ps"),
    ]
    assert ("Location", "Region: Gaza (False)") in by_id["90001"].facts


def test_documents(by_id: dict[str, Designation]) -> None:
    assert by_id["90001"].identifiers == (
        Identifier(
            type=IdentifierType.PASSPORT,
            value="555410121",
            country="kp",
            label="Passport",
            note="(Korea, North) issued 09 May 2013 expires 2018 Pyongyang",
        ),
        Identifier(
            type=IdentifierType.PASSPORT,
            value="A 17",
            label="Passport",
            note="(Freedonia) Police, Fraudulent, seen once, in the name of OLD RIM",
        ),
    )
    assert by_id["90002"].identifiers == (
        Identifier(
            type=IdentifierType.TAX,
            value="7750000000",
            country="cn",
            label="Tax ID No.",
            note="(China) INN, Expiration Date 2018 2 30",
        ),
        Identifier(type=IdentifierType.BIC, value="EXAMKPPY", label="SWIFT/BIC", note="head office"),
    )


def test_vessel(by_id: dict[str, Designation], reader: ListReader) -> None:
    vessel = by_id["90003"]
    assert vessel.kind is Kind.VESSEL
    assert [(identifier.type, identifier.value) for identifier in vessel.identifiers] == [
        (IdentifierType.IMO, "9000001"),
        (IdentifierType.CALL_SIGN, "CL0000"),
    ]
    assert ("Vessel Registration Identification", "applied for") in vessel.facts
    assert vessel.facts[-1] == ("Crew", "Example, A.")
    assert ("90003", "Crew") in [(notice.record, notice.field) for notice in reader.notices]


def test_relations(by_id: dict[str, Designation]) -> None:
    (owner,) = by_id["90001"].relations
    assert (owner.type, owner.name, owner.id) == ("owned or controlled by", "EXAMPLE TRADING BANK", "90002")
    assert by_id["90001"].facts[-2:] == (
        ("Relationship quality", "High (owned or controlled by EXAMPLE TRADING BANK)"),
        ("Relationship comment", "since 1990 (owned or controlled by EXAMPLE TRADING BANK)"),
    )
    # The other party is not in the file: all that is published of it is its number.
    (former,) = by_id["90003"].relations
    assert (former.type, former.name, former.id) == ("former: owned or controlled by", "80000", "80000")


def test_missing_id_is_a_fault(damaged: Callable[[str, str], Path]) -> None:
    (fault,) = faults("us_ofac_sdn", damaged('<DistinctParty FixedRef="90002">', "<DistinctParty>"))
    assert fault == "sdn_advanced.xml, record no. 2, FixedRef: the record has no ID"


def test_missing_profile_is_a_fault(damaged: Callable[[str, str], Path]) -> None:
    path = damaged('<DistinctParty FixedRef="90003">', '<DistinctParty FixedRef="1"/><DistinctParty FixedRef="90003">')
    (fault,) = faults("us_ofac_sdn", path)
    assert fault == "sdn_advanced.xml, record 1, Profile: the record has no Profile, which holds its names"


def test_missing_name_is_a_fault(damaged: Callable[[str, str], Path]) -> None:
    (fault,) = faults("us_ofac_sdn", damaged(">EXAMPLE STAR<", "><"))
    assert fault == "sdn_advanced.xml, record 90003, NamePartValue: the name is empty"


def test_alias_without_a_name_is_a_fault(damaged: Callable[[str, str], Path]) -> None:
    alias = '<Alias FixedRef="90003" AliasTypeID="1403" Primary="true" LowQuality="false">'
    (fault,) = faults("us_ofac_sdn", damaged(alias, f'<Alias AliasTypeID="1400" Primary="false"/>{alias}'))
    assert fault == "sdn_advanced.xml, record 90003, DocumentedName: an alias (A.K.A.) has no name"


def test_missing_primary_name_is_a_fault(damaged: Callable[[str, str], Path]) -> None:
    (fault,) = faults(
        "us_ofac_sdn",
        damaged('FixedRef="90003" AliasTypeID="1403" Primary="true"', 'AliasTypeID="1400" Primary="false"'),
    )
    assert fault == "sdn_advanced.xml, record 90003, name: the record has no primary name"


def test_a_party_that_is_listed_nowhere_is_noticed(damaged: Callable[[str, str], Path]) -> None:
    reader = read("us_ofac_sdn", damaged('ID="4" ProfileID="90003"', 'ID="4" ProfileID="1"'))
    assert [designation.programs for designation in reader][-1] == ()
    assert ("90003", "program") in [(notice.record, notice.field) for notice in reader.notices]


def test_truncated_file_is_refused(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    path = tmp_path / "sdn_advanced.xml"
    path.write_bytes(excerpt("ofac_advanced/sdn_advanced.xml").read_bytes()[:-300])
    with pytest.raises(ListFormatError, match="damaged or cut off"):
        list(read("us_ofac_sdn", path))


def test_the_other_list_is_refused(excerpt: Callable[[str], Path]) -> None:
    with pytest.raises(
        ListFormatError, match=r"expected OFAC's 'Consolidated List'.*found the 'SDN List', with 3 parties"
    ):
        next(read("us_ofac_cons", excerpt("ofac_advanced/sdn_advanced.xml")))


@pytest.fixture(scope="module")
def consolidated(shared: Callable[[str], Path]) -> dict[str, Designation]:
    path = shared("lists/us_ofac_cons/2020-03-17/cons_advanced.xml")
    return {designation.id: designation for designation in read("us_ofac_cons", path)}


def test_published_list_s_counts(consolidated: dict[str, Designation]) -> None:
    names = [name for designation in consolidated.values() for name in published(designation)]
    assert len(consolidated) == 375
    assert len(names) == 1_290
    assert {name.script for name in names} == {"Latin"}
    assert Counter(designation.kind.value for designation in consolidated.values()) == {
        "person": 82,
        "organization": 293,
    }


def test_published_list_s_facts(consolidated: dict[str, Designation]) -> None:
    designations = consolidated.values()
    assert sum(len(designation.relations) for designation in designations) == 276
    assert sum(len(designation.birth_dates) for designation in designations) == 77
    # 573 documents, and 34 BIC, 184 websites, 147 email addresses, 3 BIK.
    assert sum(len(designation.identifiers) for designation in designations) == 941
    assert all(relation.name != relation.id for designation in designations for relation in designation.relations)
    assert not any(designation.unparsed for designation in designations)
    assert all(designation.programs and designation.listed_on for designation in designations)


def test_published_list_s_records(consolidated: dict[str, Designation]) -> None:
    bank = consolidated["17013"]
    assert bank.name == "VTB BANK OAO"
    assert [(program.code, program.detail) for program in bank.programs] == [("UKRAINE-EO13662", "Directive 1")]
    assert bank.listed_on == "2014-07-29"
    member = consolidated["9639"]
    assert member.name == "HANIYA, Ismail Abdul Salah"
    assert member.measures == (Measure.REJECT,)
    assert [(date.text, date.earliest) for date in member.birth_dates] == [("1962", dt.date(1962, 1, 1))]


def test_published_list_as_the_other_source_is_refused(shared: Callable[[str], Path]) -> None:
    with pytest.raises(ListFormatError, match=r"expected OFAC's 'SDN List'.*found the 'Consolidated List'"):
        next(read("us_ofac_sdn", shared("lists/us_ofac_cons/2020-03-17/cons_advanced.xml")))
