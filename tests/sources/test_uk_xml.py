"""The UK reader of XML on a hand-written list, whose targets are those of the CSV excerpt, and on damaged cousins."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from screenkit.errors import ListFormatError
from screenkit.model import Designation, Kind, Measure, NameType, Strength
from screenkit.sources import ListReader, read

from .reading import read_all


@pytest.fixture(scope="module")
def found(excerpt: Callable[[str], Path]) -> tuple[ListReader, dict[str, Designation]]:
    return read_all("uk_fcdo", excerpt("uk_xml/UK-Sanctions-List.xml"))


def test_edition(found: tuple[ListReader, dict[str, Designation]]) -> None:
    reader, designations = found
    assert (reader.edition.format, reader.edition.published) == ("uk_xml", "2026-11-21")
    assert reader.edition.counts == {"person": 2, "organization": 2, "vessel": 2}
    assert {d.edition.published for d in designations.values() if d.edition} == {"2026-11-21"}


def test_both_formats_state_the_same(
    found: tuple[ListReader, dict[str, Designation]], excerpt: Callable[[str], Path]
) -> None:
    csv = {d.id: attrs.evolve(d, edition=None) for d in read("uk_fcdo", excerpt("uk_csv/UK-Sanctions-List.csv"))}
    xml = {id: attrs.evolve(d, edition=None) for id, d in found[1].items()}
    indicated = xml["AFG9001"].facts
    assert ("SanctionsImposedIndicators", "AssetFreeze") in indicated
    xml["AFG9001"] = attrs.evolve(
        xml["AFG9001"], facts=[fact for fact in indicated if fact[0] != "SanctionsImposedIndicators"]
    )
    for id, designation in csv.items():
        assert xml[id] == designation
    assert len(xml) == len(csv) == 6


def test_a_designation_on_its_own(found: tuple[ListReader, dict[str, Designation]]) -> None:
    ship = found[1]["RUS9003"]
    assert (ship.name, ship.kind, ship.listed_on) == ("EXAMPLE PROSPECT", Kind.VESSEL, "2024-07-31")
    assert [relation.name for relation in ship.relations][1:] == ["First Owner Ltd", "Second Owner Ltd"]
    assert next((i.label, i.value) for i in ship.identifiers) == ("IMO number", "9000019")


def test_an_indicator_that_is_false_is_no_measure(found: tuple[ListReader, dict[str, Designation]]) -> None:
    assert found[1]["AFG9001"].measures == (Measure.BLOCK,)


def test_indicators_alone_state_the_measures(tmp_path: Path) -> None:
    (tmp_path / "list.xml").write_text(
        "<Designations><Designation><UniqueID>A1</UniqueID><Names><Name><Name6>X</Name6></Name></Names>"
        "<RegimeName>The Syria (Sanctions) (EU Exit) Regulations 2019</RegimeName>"
        "<SanctionsImposedIndicators><ArmsEmbargo>true</ArmsEmbargo><TravelBan>True</TravelBan>"
        "<Deflag>false</Deflag></SanctionsImposedIndicators></Designation></Designations>"
    )
    reader = read("uk_fcdo", tmp_path / "list.xml")
    (designation,) = reader
    assert designation.measures == (Measure.EXPORT, Measure.TRAVEL)
    assert reader.edition.published is None


def test_all_faults_of_a_file_are_reported_together(excerpt: Callable[[str], Path]) -> None:
    reader = read("uk_fcdo", excerpt("uk_xml/faulty.xml"))
    found: list[Designation] = []
    with pytest.raises(ListFormatError) as caught:
        found.extend(reader)
    assert [fault.partition(": ")[0] for fault in caught.value.faults] == [
        "faulty.xml, record no. 1, UniqueID",
        "faulty.xml, record SYR9101, Name 6",
        "faulty.xml, record SYR9102, id",
    ]


def test_what_is_not_known_is_kept_and_counted(excerpt: Callable[[str], Path]) -> None:
    reader = read("uk_fcdo", excerpt("uk_xml/faulty.xml"))
    designation = next(reader)
    assert designation.id == "SYR9102"
    assert designation.kind is Kind.UNKNOWN
    assert (designation.names[0].type, designation.names[0].strength) == (NameType.PRIMARY, Strength.STRONG)
    assert [(u.field, u.text) for u in designation.unparsed] == [
        ("Designation Type", "Balloon"),
        ("Name type", "Nickname"),
        ("Alias strength", "so-so"),
    ]
    assert designation.facts == (("Weather", "calm"),)
    fields = [n.field for n in reader.notices]
    assert fields == ["DateGenerated", "Designation Type", "Name type", "Alias strength", "Regime Name", "Weather"]


def test_a_file_that_is_cut_off_is_refused(excerpt: Callable[[str], Path]) -> None:
    with pytest.raises(ListFormatError, match=r"cut\.xml: expected well-formed XML to the end"):
        list(read("uk_fcdo", excerpt("uk_xml/cut.xml")))


def test_another_list_is_not_recognized(excerpt: Callable[[str], Path]) -> None:
    with pytest.raises(ListFormatError, match="expected UK Sanctions List as UK Sanctions List, CSV") as caught:
        read("uk_fcdo", excerpt("eu_fsf/export.xml"))
    assert "is EU financial sanctions file" in str(caught.value)


def test_a_document_type_definition_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.xml").write_text(
        '<!DOCTYPE Designations [<!ENTITY a "b">]><Designations><Designation><UniqueID>&a;</UniqueID>'
        "</Designation></Designations>"
    )
    with pytest.raises(ListFormatError, match="document type definition"):
        list(read("uk_fcdo", tmp_path / "list.xml"))
