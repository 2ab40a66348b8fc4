"""The UK reader of CSV on a hand-written list and on damaged cousins. The published file is not at hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from screenkit.errors import ListFormatError
from screenkit.model import Designation, IdentifierType, Kind, Measure, NameType, Strength
from screenkit.sources import ListReader, manifest, read
from screenkit.sources.uk.fields import field_of, split_values

from .reading import read_all

Found = tuple[ListReader, dict[str, Designation]]


@pytest.fixture(scope="module")
def found(excerpt: Callable[[str], Path]) -> Found:
    return read_all("uk_fcdo", excerpt("uk_csv/UK-Sanctions-List.csv"))


def _names(designation: Designation) -> list[tuple[str, NameType, Strength]]:
    return [(n.text, n.type, n.strength) for n in designation.names if n.derived_from is None]


def test_edition(found: Found) -> None:
    reader, designations = found
    assert list(designations) == ["AFG9001", "RUS9002", "RUS9003", "RUS9004", "XYZ9005", "DPR9006"]
    assert (reader.edition.format, reader.edition.published) == ("uk_csv", "2026-11-21")
    assert reader.edition.counts == {"person": 2, "organization": 2, "vessel": 2}


def test_rows_of_one_entry_are_put_together_wherever_they_stand(found: Found) -> None:
    entity = found[1]["AFG9001"]
    assert _names(entity) == [
        ("EXAMPLE MONEY EXCHANGE", NameType.PRIMARY, Strength.STRONG),
        ("Example Hawala", NameType.AKA, Strength.WEAK),
        ("صرافی نمونه", NameType.AKA, Strength.STRONG),
    ]
    assert [(part.role, part.text) for part in entity.names[0].parts] == [("whole", "EXAMPLE MONEY EXCHANGE")]
    assert (entity.names[2].script, entity.names[2].language) == ("Arabic", "Persian")
    assert [(a.text, a.city, a.country) for a in entity.addresses] == [
        ("Branch Office 1, Kabul, 1001, Afghanistan", None, "af"),
        ("Chaman Bazaar, Baluchistan Province, Pakistan", None, "pk"),
    ]
    assert entity.kind is Kind.ORGANIZATION
    assert entity.listed_on == "2012-06-29"
    assert entity.remarks == "Moves money, as the Committee says.\nReviewed in 2019."
    assert entity.measures == (Measure.BLOCK,)
    assert entity.facts == (
        ("Last Updated", "14/04/2026"),
        ("OFSI Group ID", "99001"),
        ("UN Reference Number", "TAe.901"),
        ("Designation source", "UN"),
        ("Sanctions Imposed", "Asset freeze"),
        ("Type of entity", "Money exchange"),
    )


def test_person_names(found: Found) -> None:
    person = found[1]["RUS9002"]
    # A row without a name type comes first; the primary name is the one that is called so.
    assert _names(person) == [
        ("ILYA PETROVICH PRIMEROV", NameType.PRIMARY, Strength.STRONG),
        ("Ilya PRIMEROV", NameType.AKA, Strength.STRONG),
        ("Ilia PRIMEROV", NameType.AKA, Strength.STRONG),
        ("Iliusha the Elder", NameType.AKA, Strength.STRONG),
    ]
    assert [(part.role, part.text) for part in person.names[0].parts] == [
        ("given", "ILYA"),
        ("middle", "PETROVICH"),
        ("surname", "PRIMEROV"),
    ]
    assert [part.role for part in person.names[3].parts] == ["whole"]


def test_person_details(found: Found) -> None:
    person = found[1]["RUS9002"]
    assert [(d.text, d.earliest.isoformat(), d.latest.isoformat()) for d in person.birth_dates] == [
        ("dd/mm/1975", "1975-01-01", "1975-12-31"),
        ("'00/00/1976", "1976-01-01", "1976-12-31"),
        ("03/11/1975", "1975-11-03", "1975-11-03"),
    ]
    assert [(u.field, u.text) for u in person.unparsed] == [("D.O.B", "15/08/19yy")]
    assert [(p.text, p.country) for p in person.birth_places] == [("Kursk, Russia", "ru"), ("Ukraine", "ua")]
    assert [(p.text, p.country) for p in person.nationalities] == [("Russia", "ru"), ("Ukraine", "ua")]
    assert person.gender == "male"
    assert person.titles == ("Dr", "Deputy Minister", "Member of the Council")
    assert person.remarks == 'Holds office, "in name", since 2020.\nA second paragraph.'
    assert [(i.type, i.value, i.country, i.note) for i in person.identifiers] == [
        (IdentifierType.PASSPORT, "71 9000001", "ru", "Russia"),
        (IdentifierType.PASSPORT, "71 9000002", None, "expires 2027"),
        (IdentifierType.NATIONAL_ID, "900-000-000 01", None, "INN"),
    ]


def test_measures_are_those_that_the_entry_states(found: Found) -> None:
    designations = found[1]
    assert designations["RUS9002"].measures == (Measure.BLOCK, Measure.SECTORAL, Measure.TRAVEL)
    # Neither ship's property is frozen, though the regulations freeze that of others.
    assert designations["RUS9003"].measures == (Measure.SECTORAL,)
    # A ship kept from ports is nobody kept from traveling: the list's own words say what it is kept from.
    assert designations["RUS9003"].prohibitions == ("Shipping sanctions: (see 'Other information')",)
    assert designations["DPR9006"].measures == (Measure.SECTORAL,)
    assert designations["XYZ9005"].measures == (Measure.TRAVEL,)
    assert designations["RUS9004"].measures == (Measure.BLOCK,)
    notices = [(n.record, n.value) for n in found[0].notices if n.field == "Sanctions Imposed"]
    assert notices == [("RUS9004", "Levitation ban")]
    assert ("Sanctions Imposed", "Asset freeze, Levitation ban") in designations["RUS9004"].facts


def test_ship(found: Found) -> None:
    ship = found[1]["RUS9003"]
    assert ship.kind is Kind.VESSEL
    assert [(i.type, i.value, i.label) for i in ship.identifiers] == [
        (IdentifierType.IMO, "9000019", "IMO number"),
        (IdentifierType.SERIAL_NUMBER, "XX-900", "Hull identification number (HIN)"),
    ]
    assert [(r.type, r.name) for r in ship.relations] == [
        ("current owner/operator", "Example Ship Management FZCO"),
        ("previous owner/operator", "First Owner Ltd"),
        ("previous owner/operator", "Second Owner Ltd"),
    ]
    assert ship.facts[3:] == (
        ("Current believed flag of ship", "Gabon"),
        ("Previous flags", "Liberia"),
        ("Type of ship", "Oil Tanker"),
        ("Tonnage of ship", "61000"),
        ("Length of ship", "249"),
        ("Year Built", "2019"),
    )
    assert [i.value for i in found[1]["DPR9006"].identifiers] == ["9000021"]


def test_entity(found: Found) -> None:
    entity = found[1]["RUS9004"]
    assert entity.name == "JOINT STOCK COMPANY PRIMER"
    assert entity.names[0].parts == ()
    assert [(i.type, i.value, i.label) for i in entity.identifiers] == [
        (IdentifierType.TAX, "7700000001", "INN"),
        (IdentifierType.REGISTRATION, "1027700000001", "OGRN"),
        (IdentifierType.PHONE, "+7 (00) 000", "Phone number"),
        (IdentifierType.WEBSITE, "www.example.org", "Website"),
        (IdentifierType.WEBSITE, "www.example.com", "Website"),
        (IdentifierType.EMAIL, "info@example.org", "Email address"),
    ]
    assert [(r.type, r.name) for r in entity.relations] == [
        ("parent company", "Primer Holding"),
        ("subsidiary", "Primer North"),
        ("subsidiary", "Primer South"),
    ]


def test_regimes_are_looked_up_in_the_shapes_they_are_printed_in(found: Found) -> None:
    reader, designations = found
    without_the, curly = designations["RUS9004"].programs[0], designations["DPR9006"].programs[0]
    assert without_the.code == "Russia (Sanctions) (EU Exit) Regulations 2019"
    assert (without_the.title, without_the.is_known) == ("Russia", True)
    assert "S.I. 2019/855" in without_the.authority
    assert "’" in curly.code
    assert "S.I. 2019/411" in curly.authority
    assert reader.unknown_programs == {"The Example (Sanctions) Regulations 2030": 1}


def test_a_native_name_alone_is_primary_and_what_cannot_be_read_is_kept(found: Found) -> None:
    person = found[1]["XYZ9005"]
    assert _names(person) == [("马样本", NameType.PRIMARY, Strength.STRONG)]
    assert person.gender is None
    assert person.listed_on is None
    assert [(u.field, u.text) for u in person.unparsed] == [("Gender", "unknown"), ("Date Designated", "dd/mm/2025")]
    assert [(i.type, i.value) for i in person.identifiers] == [(IdentifierType.REGISTRATION, "CR: 2756979")]


def test_all_faults_of_a_file_are_reported_together(excerpt: Callable[[str], Path]) -> None:
    reader = read("uk_fcdo", excerpt("uk_csv/faulty.csv"))
    with pytest.raises(ListFormatError) as caught:
        list(reader)
    assert [fault.partition(": ")[0] for fault in caught.value.faults] == [
        "faulty.csv, line 3, Unique ID",
        "faulty.csv, line 6",
        "faulty.csv, record DPR9006, Name 6",
    ]
    assert "expected 58 columns, found 5" in caught.value.faults[1]
    assert next((n.field, n.value) for n in reader.notices) == ("Report Date", "soon")
    assert reader.edition.published is None


@pytest.mark.parametrize(
    ("first_line", "published"),
    [
        ("Report Date: 21-Nov-2026", "2026-11-21"),
        ("Report Date: 21-Nov-2026,,,", "2026-11-21"),
        ('"Report Date:",21/11/2026', "2026-11-21"),
        ("Report date 2026-11-21", "2026-11-21"),
        ("REPORT DATE: 21 November 2026", "2026-11-21"),
        ("", None),
    ],
)
def test_report_date(tmp_path: Path, first_line: str, published: str | None) -> None:
    rows = [first_line, "Unique ID,Name 6,Name type,Regime Name,Individual entity ship", "A1,X,,Y,Ship", "\x1a"]
    (tmp_path / "list.csv").write_bytes("\r\n".join(rows).encode())
    reader = read("uk_fcdo", tmp_path / "list.csv")
    (designation,) = reader
    assert reader.edition.published == published
    assert (designation.name, designation.kind) == ("X", Kind.VESSEL)


def test_a_column_that_is_not_known_is_a_fact(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Unique ID,Name 6,Regime Name,Favourite color\nA1,X,Y,blue\nA2,Z,Y,\n")
    reader = read("uk_fcdo", tmp_path / "list.csv")
    first, second = reader
    assert first.facts == (("Favourite color", "blue"),)
    assert second.facts == ()
    assert [n.record for n in reader.notices if n.field == "Favourite color"] == ["A1"]


def test_a_field_without_end_is_refused(tmp_path: Path) -> None:
    text = "Unique ID,Name 6,Regime Name\nA1,X,Y\n" + 'A2,"' + "z" * 200_000
    (tmp_path / "list.csv").write_text(text)
    with pytest.raises(ListFormatError, match=r"list\.csv: expected comma-separated values; found, at line"):
        list(read("uk_fcdo", tmp_path / "list.csv"))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("one", ["one"]),
        ("(1) a (2) b; (3) c", ["a", "b", "c"]),
        ("(1) +44 (20) 1 (2) +44 (0)20 2", ["+44 (20) 1", "+44 (0)20 2"]),
        ("Asset freeze|Travel Ban", ["Asset freeze", "Travel Ban"]),
        ("Acme (2) Ltd", ["Acme (2) Ltd"]),
        ("(1)", []),
    ],
)
def test_split_values(text: str, values: list[str]) -> None:
    assert split_values(text) == values


def test_headings_and_tags_name_the_same_fields() -> None:
    assert field_of("Nationality(/ies)") == field_of("Nationality")
    assert field_of("Business registration number (s)") == field_of("BusinessRegistrationNumber")
    assert field_of("D.O.B") == field_of("DOB")
    assert field_of("Hull identification number (HIN)") == field_of("HIN")
    assert field_of("Individual, Entity, Ship") == field_of("Designation Type")


def test_manifest() -> None:
    stated = manifest("uk_fcdo")
    assert stated.formats == ("uk_csv", "uk_xml", "uk_ods")
    assert {file.url.rpartition(".")[2] for file in stated.files} == {"csv", "xml"}
    assert all("2018" in program.authority and program.measures for program in stated.programs.values())
