"""OFAC SDN.XML and CONSOLIDATED.XML: every field of the format, its oddities, damaged files, published files."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from screenkit.errors import ListFormatError
from screenkit.model import Designation, Identifier, IdentifierType, Kind, Measure, NameType, Strength
from screenkit.sources import ListReader, read
from screenkit.sources.ofac.simple import linked_to

from .reading import faults, published

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "speed" / "reading.py"
#: The interpreter and all the designations of the 12 MB file together take at most this much memory.
MOST_MEGABYTES = 200


@pytest.fixture
def reader(excerpt: Callable[[str], Path]) -> ListReader:
    return read("us_ofac_sdn", excerpt("ofac_simple/sdn.xml"))


@pytest.fixture
def by_id(reader: ListReader) -> dict[str, Designation]:
    return {designation.id: designation for designation in reader}


@pytest.fixture
def damaged(damaged_copy: Callable[[str], Callable[[str, str], Path]]) -> Callable[[str, str], Path]:
    return damaged_copy("ofac_simple/sdn.xml")


def test_edition_has_the_file_s_own_date(reader: ListReader) -> None:
    assert len(list(reader)) == 6
    assert reader.format.id == "ofac_simple"
    assert reader.edition.published == "2021-03-10"
    assert dict(reader.edition.counts) == {"person": 2, "organization": 1, "vessel": 1, "aircraft": 1, "unknown": 1}


def test_names_of_a_person(by_id: dict[str, Designation]) -> None:
    names = published(by_id["90001"])
    assert [(name.text, name.type, name.strength) for name in names] == [
        ("RIM, Chol-su", NameType.PRIMARY, Strength.STRONG),
        ("LIM, Cheol Soo", NameType.AKA, Strength.STRONG),
        ("RIM, Old", NameType.AKA, Strength.WEAK),
        ("RIM, Chol, Jr.", NameType.FKA, Strength.STRONG),
    ]
    assert [[(part.role, part.text) for part in name.parts] for name in names] == [
        [("surname", "RIM"), ("given", "Chol-su")],
        [("surname", "LIM"), ("given", "Cheol Soo")],
        [("surname", "RIM"), ("given", "Old")],
        [("surname", "RIM"), ("given", "Chol"), ("suffix", "Jr.")],
    ]


def test_a_surname_with_a_suffix(by_id: dict[str, Designation]) -> None:
    (name,) = published(by_id["90005"])
    assert name.text == "MESA, JR., Arturo"
    assert [(part.role, part.text) for part in name.parts] == [
        ("surname", "MESA"),
        ("given", "Arturo"),
        ("suffix", "JR."),
    ]


def test_facts_of_a_person(by_id: dict[str, Designation]) -> None:
    person = by_id["90001"]
    assert person.kind is Kind.PERSON
    assert person.gender == "male"
    assert person.titles == ("Representative, Example Trading Bank",)
    assert [(place.text, place.country) for place in person.birth_places] == [
        ("Nampo, Korea, North", "kp"),
        ("Los Angeles, CA", None),
    ]
    assert [(place.text, place.country) for place in person.nationalities] == [("Korea, North", "kp")]
    assert [(place.text, place.country) for place in person.citizenships] == [("Russia", "ru")]


def test_birth_dates_and_the_one_that_is_none(reader: ListReader) -> None:
    person = next(reader)
    assert [(date.text, date.earliest, date.latest, date.circa) for date in person.birth_dates] == [
        ("circa 1961", dt.date(1961, 1, 1), dt.date(1961, 12, 31), True),
        ("01 Feb 1960 to 28 Feb 1960", dt.date(1960, 2, 1), dt.date(1960, 2, 28), False),
    ]
    assert [(field.field, field.text) for field in person.unparsed] == [("Birthdate", "the year of the tiger")]
    assert [(notice.record, notice.value) for notice in reader.notices] == [("90001", "the year of the tiger")]


def test_programs_with_their_measures(by_id: dict[str, Designation]) -> None:
    person = by_id["90001"]
    assert [(program.code, program.is_known) for program in person.programs] == [("DPRK3", True), ("NPWMD", True)]
    assert person.programs[0].authority == "E.O. 13722; 31 CFR Part 510"
    assert person.measures == (Measure.BLOCK, Measure.TRAVEL)


def test_sanctions_wordings_are_verbatim(by_id: dict[str, Designation]) -> None:
    assert by_id["90001"].secondary_sanctions == (
        "Secondary sanctions risk: North Korea Sanctions Regulations, sections 510.201 and 510.210",
    )
    assert by_id["90001"].prohibitions == (
        "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions: "
        "North Korea Sanctions Regulations section 510.214",
    )
    assert by_id["90002"].secondary_sanctions == ("Additional Sanctions Information - Subject to Secondary Sanctions",)
    assert not by_id["90004"].has_secondary_sanctions_risk


def test_identifiers_of_a_person(by_id: dict[str, Designation]) -> None:
    assert by_id["90001"].identifiers == (
        Identifier(
            type=IdentifierType.PASSPORT,
            value="555410121",
            country="kp",
            label="Passport",
            note="(Korea, North) issued 09 May 2013 expires 09 May 2018",
        ),
        Identifier(type=IdentifierType.PASSPORT, value="A 17", label="Passport", note="(Freedonia)"),
        Identifier(
            type=IdentifierType.CHINESE_COMMERCIAL_CODE, value="2651 6993 3128", label="Chinese Commercial Code"
        ),
        Identifier(
            type=IdentifierType.WALLET,
            value="1ExampleAddressNotInUse00000000000",
            label="Digital Currency Address - XBT",
        ),
    )


def test_identifiers_and_facts_of_an_organization(by_id: dict[str, Designation]) -> None:
    bank = by_id["90002"]
    assert [(identifier.type, identifier.value, identifier.country) for identifier in bank.identifiers] == [
        (IdentifierType.PHONE, "(357)(22000000)", None),
        (IdentifierType.BIC, "EXAMKPPY", None),
        (IdentifierType.COMPANY_IMO, "5000001", None),
        (IdentifierType.LEI, "253400EXAMPLE0000012", "ru"),
        (IdentifierType.REGISTRATION, "851683897", None),
        (IdentifierType.OTHER, "HP-7", None),
    ]
    assert bank.facts == (
        ("Executive Order 13662 Directive Determination", "Subject to Directive 4"),
        ("Executive Order 13662 Directive Determination", "Subject to Directive 2"),
        ("Organization Established Date", "17 Oct 1990"),
        ("License", "(Freedonia)"),
    )
    assert [name.type for name in published(bank)] == [NameType.PRIMARY, NameType.NKA]
    assert published(bank)[1].text == "EXAMPLE BANK, JOINT-STOCK COMPANY"
    assert published(bank)[1].parts == ()


def test_directives_are_the_detail_of_their_own_program(by_id: dict[str, Designation]) -> None:
    assert [(program.code, program.detail) for program in by_id["90002"].programs] == [
        ("UKRAINE-EO13662", "Directive 2, Directive 4"),
        ("SYRIA", ""),
    ]


def test_linked_parties_and_the_remark_itself(by_id: dict[str, Designation]) -> None:
    person = by_id["90001"]
    assert [(relation.type, relation.name) for relation in person.relations] == [
        ("linked to", "EXAMPLE TRADING BANK"),
        ("linked to", "EXAMPLE GUARD (EG)-NORTH FORCE"),
    ]
    assert person.remarks == "(Linked To: EXAMPLE TRADING BANK; Linked To: EXAMPLE GUARD (EG)-NORTH FORCE)"
    bank = by_id["90002"]
    assert bank.remarks == "All offices worldwide; Telephone (357)(22000000); (Linked To: EXAMPLE GROUP)"
    assert [relation.name for relation in bank.relations] == ["EXAMPLE GROUP"]


@pytest.mark.parametrize(
    ("remarks", "names"),
    [
        ("(Linked To: A)", ["A"]),
        ("(Linked To: A (B)-C FORCE)", ["A (B)-C FORCE"]),
        ("All offices; (Linked To: A, Inc.; Linked To: B (C; D))", ["A, Inc.", "B (C; D)"]),
        ("Linked To: A", ["A"]),
        ("(Linked To: A (B", ["A (B"]),
        ("(Linked To: )", []),
        ("ICTY indictee", []),
    ],
)
def test_linked_to(remarks: str, names: list[str]) -> None:
    assert list(linked_to(remarks)) == names


def test_address(by_id: dict[str, Designation]) -> None:
    # The second address of the entry states nothing.
    (address,) = by_id["90001"].addresses
    assert address.text == "Room 12, 3 Example Road, Dandong, Liaoning, 118000, China"
    assert (address.city, address.country) == ("Dandong", "cn")


def test_vessel(by_id: dict[str, Designation]) -> None:
    vessel = by_id["90003"]
    assert vessel.kind is Kind.VESSEL
    assert [(identifier.type, identifier.value, identifier.label) for identifier in vessel.identifiers] == [
        (IdentifierType.CALL_SIGN, "CL0000", "Vessel Call Sign"),
        (IdentifierType.IMO, "9000001", "Vessel Registration Identification"),
        (IdentifierType.REGISTRATION, "HO-4711", "Vessel Registration Identification"),
        (IdentifierType.MMSI, "572000001", "MMSI"),
    ]
    assert vessel.facts == (
        ("Vessel Type", "Crude Oil Tanker"),
        ("Vessel Flag", "Panama"),
        ("Vessel Tonnage", "318000"),
        ("Vessel Gross Registered Tonnage", "163660"),
    )
    assert [(relation.type, relation.name) for relation in vessel.relations] == [
        ("vessel owner", "Example Shipping S.A.")
    ]


def test_aircraft(by_id: dict[str, Designation]) -> None:
    aircraft = by_id["90004"]
    assert aircraft.kind is Kind.AIRCRAFT
    assert [(identifier.type, identifier.value) for identifier in aircraft.identifiers] == [
        (IdentifierType.SERIAL_NUMBER, "3165"),
        (IdentifierType.TAIL_NUMBER, "EP-EXA"),
    ]
    assert aircraft.facts == (("Aircraft Model", "A300B4-603"),)
    assert [(relation.type, relation.name) for relation in aircraft.relations] == [("aircraft operator", "Example Air")]


def test_what_the_format_did_not_have_is_kept_and_noticed(reader: ListReader) -> None:
    odd = list(reader)[-1]
    assert odd.id == "90006"
    assert odd.kind is Kind.UNKNOWN
    assert [(name.text, name.type, name.strength) for name in published(odd)] == [
        ("ODD & NEW", NameType.PRIMARY, Strength.STRONG),
        ("ODD", NameType.AKA, Strength.STRONG),
    ]
    assert odd.facts == (("Type", "Spacecraft"), ("Alias type", "x.k.a."), ("orbit", "low 400 km"))
    assert [(field.field, field.text) for field in odd.unparsed] == [("Gender", "None")]
    noticed = [(notice.field, notice.value) for notice in reader.notices if notice.record == "90006"]
    assert noticed == [
        ("Type", "Spacecraft"),
        ("category", "middling"),
        ("Alias type", "x.k.a."),
        ("Gender", "None"),
        ("orbit", "low 400 km"),
    ]


def test_an_unseen_program_is_kept_and_counted(reader: ListReader) -> None:
    (program,) = list(reader)[-1].programs
    assert (program.code, program.is_known, program.title, program.measures) == ("MOON-EO19999", False, "", ())
    assert dict(reader.unknown_programs) == {"MOON-EO19999": 1}


def test_missing_id_is_a_fault(damaged: Callable[[str, str], Path]) -> None:
    (fault,) = faults("us_ofac_sdn", damaged("<uid>90003</uid>", "<uid> </uid>"))
    assert fault.startswith("sdn.xml, record no. 3, uid: the record has no ID")
    assert "EXAMPLE STAR" in fault


def test_missing_name_is_a_fault(damaged: Callable[[str, str], Path]) -> None:
    (fault,) = faults("us_ofac_sdn", damaged("<lastName>EP-EXA</lastName>", ""))
    assert fault == "sdn.xml, record 90004, lastName: the name is empty"


def test_empty_alias_is_a_fault(damaged: Callable[[str, str], Path]) -> None:
    (fault,) = faults("us_ofac_sdn", damaged("<lastName>RIM, Old</lastName>", "<lastName/>"))
    assert fault == "sdn.xml, record 90001, lastName: the name is empty"


def test_all_faults_are_reported_together(damaged: Callable[[str, str], Path]) -> None:
    path = damaged("<lastName>EP-EXA</lastName>", "")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("<uid>90006</uid>", "<uid/>"), encoding="utf-8")
    assert [fault.split(":")[0] for fault in faults("us_ofac_sdn", path)] == [
        "sdn.xml, record 90004, lastName",
        "sdn.xml, record no. 6, uid",
    ]


@pytest.mark.parametrize(
    ("stated", "value"),
    [("<Record_Count>7</Record_Count>", " '7':"), ("<Record_Count>six</Record_Count>", " 'six':"), ("", "")],
)
def test_another_record_count_is_a_fault(damaged: Callable[[str, str], Path], stated: str, value: str) -> None:
    (fault,) = faults("us_ofac_sdn", damaged("<Record_Count>6</Record_Count>", stated))
    assert fault == f"sdn.xml, Record_Count:{value} the file has 6: fetch it again"


@pytest.mark.parametrize("stated", ["10 March", "13/10/2021", ""])
def test_unread_date_of_publication_is_noticed(damaged: Callable[[str, str], Path], stated: str) -> None:
    reader = read("us_ofac_sdn", damaged("03/10/2021", stated))
    assert len(list(reader)) == 6
    assert reader.edition.published is None
    assert ("Publish_Date", stated) in [(notice.field, notice.value) for notice in reader.notices]


def test_an_entry_without_a_program_is_noticed(damaged: Callable[[str, str], Path]) -> None:
    reader = read("us_ofac_sdn", damaged("<program>IRAN</program>", ""))
    assert {designation.id: designation.programs for designation in reader}["90003"] == ()
    assert ("90003", "program") in [(notice.record, notice.field) for notice in reader.notices]


def test_truncated_file_is_refused(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    path = tmp_path / "sdn.xml"
    path.write_bytes(excerpt("ofac_simple/sdn.xml").read_bytes()[:-200])
    with pytest.raises(ListFormatError, match="damaged or cut off"):
        list(read("us_ofac_sdn", path))


@pytest.fixture(scope="module")
def sdn(designations_of: Callable[[str], list[Designation]]) -> list[Designation]:
    return designations_of("us_ofac_sdn/2021-03-10")


def test_published_sdn_list_has_its_record_count(sdn: list[Designation]) -> None:
    assert len(sdn) == 8_832
    assert sum(len(published(designation)) for designation in sdn) == 22_926
    assert Counter(designation.kind.value for designation in sdn) == {
        "person": 4_539,
        "organization": 3_613,
        "vessel": 403,
        "aircraft": 277,
    }


def test_published_sdn_list_s_names(sdn: list[Designation]) -> None:
    names = Counter((name.type.value, name.is_weak) for designation in sdn for name in published(designation))
    assert sum(count for (_, is_weak), count in names.items() if is_weak) == 2_402
    assert sum(count for (type, _), count in names.items() if type == "f.k.a.") == 389
    assert sum(count for (type, _), count in names.items() if type == "n.k.a.") == 18
    assert names["primary", False] == 8_832


def test_published_sdn_list_s_statements(sdn: list[Designation]) -> None:
    # "Additional Sanctions Information -" 1,905 times, "Secondary sanctions risk:" 512 times.
    assert sum(len(designation.secondary_sanctions) for designation in sdn) == 2_417
    assert sum(len(designation.prohibitions) for designation in sdn) == 502
    assert sum(len(designation.birth_dates) for designation in sdn) == 5_032
    assert not any(designation.unparsed for designation in sdn)
    assert sum(relation.type == "linked to" for designation in sdn for relation in designation.relations) == sum(
        designation.remarks.count("Linked To:") for designation in sdn
    )


def test_published_sdn_list_s_record(sdn: list[Designation]) -> None:
    bank = next(designation for designation in sdn if designation.id == "306")
    assert bank.name == "BANCO NACIONAL DE CUBA"
    assert [(name.text, name.strength) for name in published(bank)[1:]] == [
        ("BNC", Strength.WEAK),
        ("NATIONAL BANK OF CUBA", Strength.STRONG),
    ]
    assert [address.country for address in bank.addresses] == ["ch", "es", "jp", "pa"]


def test_published_consolidated_list(shared: Callable[[str], Path]) -> None:
    designations = list(read("us_ofac_cons", shared("lists/us_ofac_cons/2025-03-28/consolidated.xml")))
    assert len(designations) == 443
    assert sum(len(published(designation)) for designation in designations) == 1_579
    oil = next(designation for designation in designations if designation.id == "46072")
    assert oil.name == "MYANMA OIL AND GAS ENTERPRISE"
    assert [(program.code, program.detail) for program in oil.programs] == [("BURMA-EO14014", "Directive 1")]
    assert oil.measures == (Measure.SECTORAL,)


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from Linux's /proc")
def test_published_sdn_list_is_read_in_little_memory(shared: Callable[[str], Path]) -> None:
    # An interpreter of its own, which holds nothing else and which no coverage tool slows down.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    path = str(shared("lists/us_ofac_sdn/2021-03-10/sdn.xml"))
    result = subprocess.run(
        [sys.executable, str(BENCHMARK), "us_ofac_sdn", path],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    figures = re.fullmatch(
        r"8,832 designations, 8,832 held, of 12 MB: .* s, (\d+) MB, .* a bare parse\n", result.stdout
    )
    assert figures, result.stdout
    assert 0 < int(figures[1]) <= MOST_MEGABYTES


def test_nested_linked_parties_are_read_in_one_pass() -> None:
    # Each opening used to be followed to the end of the remark: 50,000 took minutes.
    nested = "(Linked To: " * 50_000
    assert list(linked_to(nested)) == [nested.removeprefix("(Linked To: ").strip()]
    assert list(linked_to("(Linked To: ACME (A; B); Linked To: ZENITH)")) == ["ACME (A; B)", "ZENITH"]


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("<program>NPWMD</program>", "<programme>NPWMD</programme>", "NPWMD"),
        ("<idNumber>555410121</idNumber>", "<idNumber>555410121</idNumber><seal>red</seal>", "red"),
    ],
)
def test_what_a_section_newly_holds_is_kept_and_counted(
    old: str, new: str, kept: str, excerpt: Callable[[str], Path], tmp_path: Path
) -> None:
    text = excerpt("ofac_simple/sdn.xml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "sdn.xml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    reader = read("us_ofac_sdn", path)
    assert kept in [text for designation in reader for _, text in designation.facts]
    assert kept in [notice.value for notice in reader.notices]


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from Linux's /proc")
@pytest.mark.parametrize("path", ["2026-03/cons_enhanced.xml", "2020-03-17/cons_advanced.xml"])
def test_an_enlarged_list_is_streamed_in_little_memory(path: str, shared: Callable[[str], Path]) -> None:
    """Ten times the published list; of a hundred times the memory is in docs/lists.md."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    whole = str(shared(f"lists/us_ofac_cons/{path}"))
    result = subprocess.run(
        [sys.executable, str(BENCHMARK), "us_ofac_cons", whole, "--records", "4000"],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    figures = re.fullmatch(r"4,000 designations, streamed, of .* s, (\d+) MB, .* a bare parse\n", result.stdout)
    assert figures, result.stdout
    assert int(figures[1]) < 60
