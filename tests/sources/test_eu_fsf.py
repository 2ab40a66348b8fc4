"""The EU reader on a hand-written export, on damaged cousins, and on the published file of 2021-03-02."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from screenkit.errors import ListFormatError
from screenkit.model import Designation, IdentifierType, Kind, Measure, NameType, Strength
from screenkit.sources import ListReader, manifest, read

from .reading import read_all

#: The Unicode blocks of the scripts that are counted in the published file.
SCRIPTS = {"Cyrillic": "[Ѐ-ԯ]", "Arabic": "[؀-ۿݐ-ݿﭐ-﻿]", "Greek": "[Ͱ-Ͽἀ-῿]"}


@pytest.fixture(scope="module")
def excerpt_read(excerpt: Callable[[str], Path]) -> tuple[ListReader, dict[str, Designation]]:
    return read_all("eu_fsf", excerpt("eu_fsf/export.xml"))


@pytest.fixture(scope="module")
def person(excerpt_read: tuple[ListReader, dict[str, Designation]]) -> Designation:
    return excerpt_read[1]["EU.9001.11"]


def test_edition(excerpt_read: tuple[ListReader, dict[str, Designation]]) -> None:
    reader, found = excerpt_read
    assert list(found) == ["EU.9001.11", "EU.9002.22", "EU.9002.22/TAQA", "EU.9003.33", "EU.9004.44"]
    assert reader.edition.published == "2026-03-02"
    assert reader.edition.format == "eu_fsf"
    assert reader.edition.counts == {"person": 3, "organization": 1, "unknown": 1}
    assert all(designation.edition is not None for designation in found.values())
    assert {designation.edition.published for designation in found.values() if designation.edition} == {"2026-03-02"}


def test_names_are_verbatim_and_the_first_strong_one_is_primary(person: Designation) -> None:
    stated = [(n.text, n.type, n.strength, n.language) for n in person.names if n.derived_from is None]
    assert stated == [
        ("Vasilisa Petrovna  OREKHOVA", NameType.PRIMARY, Strength.STRONG, "en"),
        ("Vaska", NameType.AKA, Strength.WEAK, None),
        ("Василиса Петровна ОРЕХОВА", NameType.AKA, Strength.STRONG, "ru"),
        ("Vasilisa SOLOVYOVA", NameType.FKA, Strength.STRONG, None),
        ("V. Orekhova", NameType.AKA, Strength.WEAK, None),
    ]
    assert [(part.role, part.text) for part in person.names[0].parts] == [
        ("given", "Vasilisa"),
        ("middle", "Petrovna"),
        ("surname", "OREKHOVA"),
    ]
    assert person.names[1].parts == ()
    assert ("remark on the name Vaska", "low quality a.k.a.") in person.facts


def test_a_name_in_a_remark_is_derived(excerpt_read: tuple[ListReader, dict[str, Designation]]) -> None:
    *_, noted = excerpt_read[1]["EU.9004.44"].names
    assert (noted.text, noted.derived_from) == ("Пример", "(original script: Пример)")


def test_person(person: Designation) -> None:
    assert person.kind is Kind.PERSON
    assert person.gender == "female"
    assert person.titles == ("Dr", "Deputy Head of the Example Agency", "Chair")
    assert person.listed_on == "2025-12-17"
    assert person.remarks == "First remark, with a comma.\nSecond remark."
    assert [(place.text, place.country) for place in person.citizenships] == [("RUSSIAN FEDERATION", "ru")]
    assert person.nationalities == ()
    assert ("remark on the citizenship RUSSIAN FEDERATION", "since 1992") in person.facts


def test_births(person: Designation) -> None:
    dates = [(d.text, d.earliest.isoformat(), d.latest.isoformat(), d.circa) for d in person.birth_dates]
    assert dates == [
        ("1970-02-09", "1970-02-09", "1970-02-09", False),
        ("1971", "1971-01-01", "1971-12-31", True),
        ("1969-08", "1969-08-01", "1969-08-31", True),
        ("1968 to 1972", "1968-01-01", "1972-12-31", False),
        ("1970-02-10", "1970-02-10", "1970-02-10", False),
    ]
    assert ("birthdate", "4-12-1389 ISLAMIC") in person.facts
    assert [(u.field, u.text) for u in person.unparsed if u.field == "birthdate"] == [
        ("birthdate", "to 1980"),
        ("birthdate", "1349 ISLAMIC"),
        ("birthdate", "sixties"),
    ]
    places = [(place.text, place.country) for place in person.birth_places]
    assert places == [("Tomsk, Tomsk region, RUSSIAN FEDERATION", "ru")]


def test_documents_and_contacts(person: Designation) -> None:
    found = [(i.type, i.value, i.country, i.label, i.note) for i in person.identifiers]
    assert found == [
        (
            IdentifierType.PASSPORT,
            "72 9000001",
            "ru",
            "National passport",
            "issuedBy Consulate in Varna; issueDate 2017-05-09; validTo 2027-05-09; "
            "nameOnDocument (name on doc. 'V. Orekhova'); diplomatic; revokedByIssuer; second passport",
        ),
        (IdentifierType.TAX, "770000000001", None, "National Fiscal Code", ""),
        (IdentifierType.PHONE, "+7 000 000-00-00", None, "PHONE", ""),
        (IdentifierType.EMAIL, "a@example.org; b@example.org", None, "EMAIL", ""),
        (IdentifierType.OTHER, "12345", None, "TELEX", ""),
    ]
    assert ("identification", "Driving licence; region Tomsk") in [(u.field, u.text) for u in person.unparsed]


def test_addresses(person: Designation) -> None:
    text = "Lenina 1, P.O. Box 7, 634000, Tomsk, RUSSIAN FEDERATION"
    assert [(a.text, a.city, a.country) for a in person.addresses] == [(text, "Tomsk", "ru")]
    assert ("address as at listing time", text) in person.facts
    assert (f"remark on the address {text}", "office") in person.facts
    assert ("remark on the address", "Incorporation date: 4.7.2000") in person.facts


def test_regulation(person: Designation) -> None:
    (program,) = person.programs
    assert (program.code, program.is_known) == ("UKR", True)
    assert "269/2014" in program.authority
    assert person.measures == (Measure.BLOCK,)
    for fact in (
        ("logicalId", "900101"),
        ("designationDetails", "Date of listing: 17.12.2025"),
        ("regulation", "2025/9001 (OJ L900), amendment, council"),
        ("publicationUrl", "https://eur-lex.europa.eu/example/9001"),
        ("regulationSummary", "amendment, 2026-01-05, 2026/9002 (OJ L901), https://eur-lex.europa.eu/example/9002"),
    ):
        assert fact in person.facts


def test_one_reference_under_two_programmes(excerpt_read: tuple[ListReader, dict[str, Designation]]) -> None:
    reader, found = excerpt_read
    first, second = found["EU.9002.22"], found["EU.9002.22/TAQA"]
    assert [[p.code for p in d.programs] for d in (first, second)] == [["LBY"], ["TAQA"]]
    assert (first.name, second.name) == ("Abu Mithal", "Mithal, Abu")
    assert ("euReferenceNumber", "EU.9002.22") in second.facts
    assert ("unitedNationId", "LYi.900") in first.facts
    assert first.measures == (Measure.BLOCK, Measure.TRAVEL)
    assert second.measures == (Measure.BLOCK,)
    assert [(p.text, p.country) for p in first.birth_places] == [("LIBYA", "ly")]
    assert [n.record for n in reader.notices if n.field == "euReferenceNumber"] == ["EU.9002.22/TAQA"]


def test_what_is_not_known_is_kept_and_counted(excerpt_read: tuple[ListReader, dict[str, Designation]]) -> None:
    reader, found = excerpt_read
    company, collective = found["EU.9003.33"], found["EU.9004.44"]
    assert reader.unknown_programs == {"XNEW": 1}
    assert [(p.code, p.is_known) for p in company.programs] == [("XNEW", False)]
    assert company.measures == ()
    assert (company.names[0].text, company.names[0].language) == ("Παράδειγμα Ναυτιλιακή Α.Ε.", "el")
    assert [(i.type, i.value) for i in company.identifiers] == [
        (IdentifierType.BIC, "EXMPGRAA"),
        (IdentifierType.IMO, "9000019"),
    ]
    assert ("vesselDetail", "hull red; flag PA") in company.facts
    assert company.listed_on is None
    assert [(u.field, u.text) for u in company.unparsed] == [("designationDate", "spring 2020")]
    assert collective.kind is Kind.UNKNOWN
    assert [(u.field, u.text) for u in collective.unparsed] == [("subjectType", "group")]
    assert Counter(n.field for n in reader.notices) == {
        "birthdate": 3,
        "nameAlias": 1,
        "identification": 1,
        "euReferenceNumber": 1,
        "designationDate": 1,
        "vesselDetail": 1,
        "subjectType": 1,
    }


def test_all_faults_of_a_file_are_reported_together(excerpt: Callable[[str], Path]) -> None:
    reader = read("eu_fsf", excerpt("eu_fsf/faulty.xml"))
    with pytest.raises(ListFormatError) as caught:
        list(reader)
    faults = caught.value.faults
    assert len(faults) == 3
    assert faults[0].startswith("faulty.xml, record no. 1, euReferenceNumber: the record has no ID (logicalId 900201)")
    assert faults[1].startswith("faulty.xml, record EU.9202.22, nameAlias: the record has no name")
    assert faults[2].startswith("faulty.xml, record EU.9203.33/SYR, id: 'EU.9203.33/SYR': a second record")
    assert [n.field for n in reader.notices if n.record in ("-", "EU.9203.33")] == [
        "generationDate",
        "subjectType",
        "regulation",
    ]
    assert reader.edition.published is None


def test_a_file_that_is_cut_off_is_refused(excerpt: Callable[[str], Path]) -> None:
    with pytest.raises(ListFormatError, match=r"cut\.xml: expected well-formed XML to the end; found, at line \d+"):
        list(read("eu_fsf", excerpt("eu_fsf/cut.xml")))


def test_an_export_of_another_version_is_not_recognized(tmp_path: Path) -> None:
    (tmp_path / "old.xml").write_text('<export xmlns="http://example.org/other"><sanctionEntity/></export>')
    with pytest.raises(ListFormatError, match="expected EU Consolidated Financial Sanctions List"):
        read("eu_fsf", tmp_path)


@pytest.fixture(scope="module")
def published(shared: Callable[[str], Path]) -> tuple[ListReader, list[Designation]]:
    path = shared("lists/eu_fsf/2021-03-02")
    reader = read("eu_fsf", path)
    return reader, list(reader)


def test_published_counts(published: tuple[ListReader, list[Designation]]) -> None:
    reader, found = published
    assert len(found) == 2269
    assert reader.edition.counts == {"person": 1700, "organization": 569}
    assert reader.edition.published == "2021-03-02"
    names = [name for designation in found for name in designation.names if name.derived_from is None]
    assert len(names) == 9544
    scripts = {script: sum(bool(re.search(block, n.text)) for n in names) for script, block in SCRIPTS.items()}
    assert scripts == {"Cyrillic": 682, "Arabic": 268, "Greek": 74}
    assert Counter(name.type for name in names) == {NameType.PRIMARY: 2269, NameType.AKA: 7258, NameType.FKA: 17}
    assert sum(name.is_weak for name in names) == 51
    # Its remarks repeat these, "(original script: Север)"; each is a name once.
    (severe,) = (designation for designation in found if designation.id == "EU.3563.17")
    assert [name.text for name in severe.names].count("Север") == 1
    assert Counter(designation.gender for designation in found) == {None: 1235, "male": 934, "female": 100}


def test_published_notices(published: tuple[ListReader, list[Designation]]) -> None:
    reader, found = published
    assert Counter(n.field for n in reader.notices) == {"euReferenceNumber": 21, "birthdate": 1}
    assert [(d.id, u.text) for d in found for u in d.unparsed] == [("EU.4565.86", "to 1980")]
    assert sum("/" in d.id for d in found) == 21


def test_every_published_program_is_in_the_manifest(published: tuple[ListReader, list[Designation]]) -> None:
    reader, found = published
    assert reader.unknown_programs == {}
    assert len(reader.edition.programs) == 32
    assert reader.edition.programs["TAQA"] == 375
    assert all(Measure.BLOCK in designation.measures for designation in found)


def test_a_published_designation(published: tuple[ListReader, list[Designation]]) -> None:
    (found,) = [designation for designation in published[1] if designation.id == "EU.27.28"]
    assert [name.text for name in found.names] == ["Saddam Hussein Al-Tikriti", "Abu Ali", "Abou Ali"]
    assert [date.text for date in found.birth_dates] == ["1937-04-28"]
    assert [program.title for program in found.programs] == ["Iraq"]


def test_manifest() -> None:
    stated = manifest("eu_fsf")
    assert stated.formats == ("eu_fsf", "eu_csv")
    assert [file.format for file in stated.files] == ["eu_fsf"]
    assert stated.programs["TERR"].authority.startswith("Council Regulation (EC) No 2580/2001")
    source = Path(__file__).parents[2] / "lists" / "eu_fsf" / "list.toml"
    codes = list(tomllib.loads(source.read_text("utf-8"))["program"])
    assert codes == sorted(codes)
