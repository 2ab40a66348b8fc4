"""consolidated.csv of the Consolidated Screening List: what each of its columns becomes, and what is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screenkit.errors import ListFormatError
from screenkit.model import Designation, IdentifierType, Kind, Measure, NamePart, NameType
from screenkit.sources import ListReader, read

from .reading import by_id, outcome, read_all, rows_of, written_rows

EXCERPT = "csl_csv/consolidated.csv"


@pytest.fixture(scope="module")
def designations(excerpt: Callable[[str], Path]) -> dict[str, Designation]:
    return by_id("us_csl", excerpt(EXCERPT))


@pytest.fixture(scope="module")
def published(shared: Callable[[str], Path]) -> tuple[ListReader, list[Designation]]:
    reader = read("us_csl", shared("lists/us_csl/2022-05-06"))
    return reader, list(reader)


def test_an_id_that_treasurys_lists_share_is_the_sdn_entrys_and_completed_for_the_others(
    designations: dict[str, Designation],
) -> None:
    assert list(designations)[:5] == ["90001/CAP", "90001", "90001/SSI", "90002", "90002/CAP"]
    assert designations["90001/SSI"].facts[:2] == (
        ("source", "Sectoral Sanctions Identifications List (SSI) - Treasury Department"),
        ("id", "90001"),
    )


def test_a_record_has_the_measures_of_its_treasury_list(designations: dict[str, Designation]) -> None:
    found = {id: designations[id].measures for id in ("90001", "90001/CAP", "90001/SSI")}
    assert found == {
        "90001": (Measure.BLOCK,),
        "90001/CAP": (Measure.SPECIAL_MEASURE,),
        "90001/SSI": (Measure.SECTORAL,),
    }
    sectoral = designations["90001/SSI"].programs
    assert [(program.code, program.measures) for program in sectoral] == [
        ("UKRAINE-EO13662", (Measure.SECTORAL,)),
        ("RUSSIA-EO14024", (Measure.SECTORAL,)),
    ]
    assert all(program.is_known and program.title for program in sectoral)


def test_a_record_without_program_or_type_has_its_list_as_program(designations: dict[str, Designation]) -> None:
    found = designations["a3f1c0de00000000000000000000000000000001"]
    assert found.kind is Kind.UNKNOWN
    assert [(program.code, program.title) for program in found.programs] == [("EL", "Entity List")]
    assert found.measures == (Measure.EXPORT,)
    assert found.listed_on == "2020-12-18"
    assert found.name == "Northern Lathe Works Co., Ltd.,"
    assert found.names[0].parts == ()
    assert found.remarks == "FR NOTICE ADDED"
    assert dict(found.facts) == {
        "source": "Entity List (EL) - Bureau of Industry and Security",
        "federal_register_notice": "85 FR 99999",
        # The end is in the past; the record is listed all the same.
        "end_date": "2021-12-17",
        "standard_order": "N",
        "license_requirement": "For all items subject to the EAR (See §744.11 of the EAR).",
        "license_policy": "Presumption of denial.",
        "source_list_url": "http://example.test/el",
        "source_information_url": "http://example.test/about",
    }


def test_on_states_nonproliferation_list_the_laws_tell_the_measures(designations: dict[str, Designation]) -> None:
    found = designations["a3f1c0de00000000000000000000000000000002"]
    assert [program.code for program in found.programs] == ["E.O. 13382", "Export-Import Bank Act"]
    assert found.measures == (Measure.BLOCK, Measure.EXPORT)
    assert [(one.field, one.text) for one in found.unparsed] == [("start_date", "soon")]
    assert found.listed_on is None


def test_a_person(designations: dict[str, Designation]) -> None:
    found = designations["90003"]
    assert found.kind is Kind.PERSON
    assert [(name.text, name.type) for name in found.names] == [
        ("AL-NAHRI, Samir Qasim", NameType.PRIMARY),
        ("AL-NAHRI, Abu Samir", NameType.AKA),
        ("'THE PAYMASTER'", NameType.AKA),
        ("NAHRI, S. Q.", NameType.AKA),
    ]
    assert found.names[0].parts == (
        NamePart(role="surname", text="AL-NAHRI"),
        NamePart(role="given", text="Samir Qasim"),
    )
    assert found.titles == ("Commander of the Third Column", "Deputy Paymaster")
    assert [(date.text, date.earliest.year, date.latest.year, date.circa) for date in found.birth_dates] == [
        ("1967", 1967, 1967, False),
        ("circa 1966", 1966, 1966, True),
        ("1958 to 1960", 1958, 1960, False),
        ("1969-03-04", 1969, 1969, False),
    ]
    assert [(one.field, one.text) for one in found.unparsed] == [("dates_of_birth", "1970-02-30")]
    assert [(place.text, place.country) for place in found.birth_places] == [
        ("Tall Kayf, Iraq", "iq"),
        ("Hebron", None),
    ]
    assert [place.country for place in found.nationalities] == ["iq"]
    assert [place.country for place in found.citizenships] == ["iq", "lb"]
    assert [(address.text, address.country) for address in found.addresses] == [
        ("Basrah, IQ", "iq"),
        ("Building 4, 2nd Floor, Al-Zahra Road, Baghdad, IQ", "iq"),
        ("RAMALLAH II 970", None),
    ]
    assert found.gender == "male"
    assert [(tie.type, tie.name) for tie in found.relations] == [
        ("linked to", "RIVER BRIGADES (RB)-NORTHERN COMMAND"),
        ("linked to", "TIGRIS AIR"),
    ]


def test_ids_are_divided_into_country_dates_number_and_type(designations: dict[str, Designation]) -> None:
    stated = [(id.type, id.value, id.country, id.label, id.note) for id in designations["90003"].identifiers]
    assert stated == [
        (IdentifierType.PASSPORT, "A1234567", "iq", "Passport", "expires 2014-08-30, issued 2009-08-31"),
        (IdentifierType.PASSPORT, "RL 7654321", "lb", "Passport", "2016-01-12"),
        (IdentifierType.WALLET, "1Ab2Cd3Ef4Gh5Jk6Mn7Pq8Rs9Tu", None, "Digital Currency Address - XBT", ""),
        (IdentifierType.EMAIL, "paymaster@example.test", None, "Email Address", ""),
        (IdentifierType.NATIONAL_ID, "# NASA670101HDFXXX01", "mx", "C.U.R.P.", ""),
    ]


def test_wordings_on_secondary_sanctions_and_prohibitions_are_told_apart(designations: dict[str, Designation]) -> None:
    assert designations["90003"].secondary_sanctions == (
        "Additional Sanctions Information - Subject to Secondary Sanctions",
        "Secondary sanctions risk: section 1(b) of Executive Order 13224, as amended by Executive Order 13886",
    )
    vessel = designations["90004"]
    assert vessel.secondary_sanctions == (
        "Secondary sanctions risk: North Korea Sanctions Regulations, sections 510.201 and 510.210",
    )
    assert vessel.prohibitions == (
        "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions:"
        " North Korea Sanctions Regulations section 510.214",
    )
    assert not designations["90001"].has_secondary_sanctions_risk


def test_a_vessel_and_an_aircraft(designations: dict[str, Designation]) -> None:
    vessel, aircraft = designations["90004"], designations["90005"]
    assert (vessel.kind, aircraft.kind) == (Kind.VESSEL, Kind.AIRCRAFT)
    assert [(id.type.value, id.value) for id in vessel.identifiers] == [
        ("imo", "9000001"), ("mmsi", "445000001"), ("call sign", "HMZZ9"),
    ]  # fmt: skip
    assert [(tie.type, tie.name) for tie in vessel.relations] == [
        ("linked to", "HAEBORAM SHIPPING CO."),
        ("vessel owner", "Haeboram Shipping Co Ltd"),
    ]
    facts = dict(vessel.facts)
    assert facts["vessel_flag"] == "Democratic People's Republic of Korea"
    assert (facts["gross_tonnage"], facts["gross_registered_tonnage"]) == ("4000", "2595")
    assert facts["Former Vessel Flag"] == "Panama"
    assert [(id.type.value, id.value) for id in aircraft.identifiers] == [
        ("serial number", "530"), ("tail number", "G-ZZZZ"),
    ]  # fmt: skip
    assert [(tie.type, tie.name) for tie in aircraft.relations] == [
        ("aircraft operator", "Tigris Air"),
        ("linked to", "TIGRIS AIR"),
    ]
    assert {"Aircraft Model": "A320", "Aircraft Manufacture Date": "28 Feb 1995"}.items() <= dict(
        aircraft.facts
    ).items()


def test_what_the_publisher_never_used_before_is_kept_and_counted(excerpt: Callable[[str], Path]) -> None:
    reader = read("us_csl", excerpt(EXCERPT))
    found = list(reader)[-1]
    assert found.kind is Kind.UNKNOWN
    assert ("type", "Cooperative") in found.facts
    assert ("Gardener", "") in found.facts
    assert [(program.code, program.is_known) for program in found.programs] == [
        ("Orchard List - Department of Orchards", False)
    ]
    assert reader.unknown_programs == {"Orchard List - Department of Orchards": 1}
    assert [(id.type, id.value, id.label) for id in found.identifiers] == [
        (IdentifierType.OTHER, "12-34", "Orchard Permit No.")
    ]
    assert [(one.field, one.text) for one in found.unparsed] == [("Gender", "Other")]
    assert [(notice.field, notice.value) for notice in reader.notices] == [
        ("dates_of_birth", "1970-02-30"),
        ("start_date", "soon"),
        ("type", "Cooperative"),
        ("Gender", "Other"),
    ]


def test_all_faults_of_a_file_are_reported_together(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    rows = rows_of(excerpt(EXCERPT))
    rows[1][0] = " "
    rows[6][5] = ""
    rows[7] = rows[7][:12]
    rows.append(rows[9])
    with pytest.raises(ListFormatError) as refused:
        list(read("us_csl", written_rows(tmp_path / "consolidated.csv", rows)))
    assert len(refused.value.faults) == 4
    assert [fault.split(": ")[0] for fault in refused.value.faults] == [
        "consolidated.csv, line 2, id",
        "consolidated.csv, record 90003, name",
        "consolidated.csv, line 8",
        f"consolidated.csv, record {rows[9][0]}, id",
    ]
    assert "expected 29 fields, found 12" in refused.value.faults[2]


def test_a_file_that_breaks_off_is_refused(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    whole = excerpt(EXCERPT).read_text(encoding="utf-8")
    cut = tmp_path / "consolidated.csv"
    cut.write_text(whole[: whole.index("Building 4")], encoding="utf-8")
    with pytest.raises(ListFormatError, match="cut off"):
        list(read("us_csl", cut))


def test_a_header_that_lacks_a_column_is_refused(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    rows = rows_of(excerpt(EXCERPT))
    rows[0][-1] = "identifiers"
    with pytest.raises(ListFormatError, match="header line; found one without ids"):
        list(read("us_csl", written_rows(tmp_path / "consolidated.csv", rows)))


def test_crlf_a_byte_order_mark_and_a_closing_control_z_change_nothing(
    excerpt: Callable[[str], Path], tmp_path: Path, designations: dict[str, Designation]
) -> None:
    text = excerpt(EXCERPT).read_text(encoding="utf-8").replace("\n", "\r\n")
    other = tmp_path / "list.txt"
    other.write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8") + b"\x1a\r\n")
    found = list(read("us_csl", other))
    assert [one.names for one in found] == [one.names for one in designations.values()]


def _outcome(path: Path) -> int | str:
    """How many designations the file gives; else the text of its refusal."""
    try:
        return len(list(read("us_csl", path)))
    except ListFormatError as refused:
        return str(refused)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    row=st.integers(1, 11),
    column=st.integers(0, 28),
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
    | st.sampled_from(["; ; ", ", ,", ", Gender", "()"]),
)
def test_any_text_in_any_field_gives_designations_or_a_refusal(
    excerpt: Callable[[str], Path], tmp_path: Path, row: int, column: int, text: str
) -> None:
    rows = rows_of(excerpt(EXCERPT))
    rows[row][column] = text
    path = written_rows(tmp_path / "consolidated.csv", rows)
    found = outcome("us_csl", path)
    assert found == len(rows) - 1 or "consolidated.csv" in str(found)


def test_the_published_file_is_read_whole(published: tuple[ListReader, list[Designation]]) -> None:
    reader, designations = published
    lists = Counter(dict(one.facts)["source"].split("(")[1].split(")")[0] for one in designations)
    assert len(designations) == 14_160
    assert {code: lists[code] for code in ("SDN", "EL", "DPL", "UVL", "MEU")} == {
        "SDN": 10_026, "EL": 2_001, "DPL": 462, "UVL": 201, "MEU": 71,
    }  # fmt: skip
    assert reader.edition.counts == {
        "person": 5_286, "organization": 4_533, "vessel": 433, "aircraft": 283, "unknown": 3_625,
    }  # fmt: skip
    # Two of the 34,171 are "and".
    assert sum(name.derived_from is None for one in designations for name in one.names) == 34_171 - 2


def test_every_code_of_the_published_file_is_known_and_nothing_in_it_is_unreadable(
    published: tuple[ListReader, list[Designation]],
) -> None:
    reader, designations = published
    assert reader.unknown_programs == {}
    assert reader.notices == ()
    assert [one.id for one in designations if not one.programs or not one.measures] == []


def test_ids_of_the_published_file_are_verbatim_but_for_those_it_uses_twice(
    published: tuple[ListReader, list[Designation]],
) -> None:
    _, designations = published
    completed = [one for one in designations if ("id", one.id.partition("/")[0]) in one.facts]
    assert len(completed) == 112
    by_id = {one.id: one for one in designations}
    assert by_id["18725"].measures == (Measure.BLOCK,)
    assert by_id["18725/SSI"].measures == (Measure.SECTORAL,)
    assert by_id["15268"].names == by_id["15268/CAP"].names


def test_secondary_sanctions_of_the_published_file(published: tuple[ListReader, list[Designation]]) -> None:
    _, designations = published
    by_id = {one.id: one for one in designations}
    assert sum(len(one.prohibitions) for one in designations) == 529
    assert sum(len(one.secondary_sanctions) for one in designations) == 3_372
    zhicheng = by_id["22603"]
    assert [program.code for program in zhicheng.programs] == ["DPRK3"]
    assert zhicheng.has_secondary_sanctions_risk


def test_a_file_without_ids_is_told_by_its_missing_column(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    rows = [row[1:] for row in rows_of(excerpt(EXCERPT))]
    with pytest.raises(ListFormatError, match="found one without _id"):
        list(read("us_csl", written_rows(tmp_path / "consolidated.csv", rows)))


def test_the_entity_list_by_itself(excerpt: Callable[[str], Path], shared: Callable[[str], Path]) -> None:
    """The records of one list of the file, in both formats; a whole edition of them where it is at hand."""
    for path in ("csl_csv/consolidated.csv", "csl_json/consolidated.json"):
        reader, found = read_all("us_bis_el", excerpt(path))
        assert found
        assert {program.code for one in found.values() for program in one.programs} == {"EL"}
        assert all(one.measures == (Measure.EXPORT,) for one in found.values())
        assert reader.edition.title == "Entity List"
    reader, found = read_all("us_bis_el", shared("lists/us_csl/2022-05-06"))
    assert (len(found), reader.shortfalls, reader.unknown_programs) == (2_001, {}, {})


def test_a_conjunction_is_no_alias_and_an_address_without_a_code_has_its_country(
    damaged_copy: Callable[[str], Callable[[str, str], Path]],
) -> None:
    path = damaged_copy("csl_csv/consolidated.csv")("Lathe; BLW", "Lathe; and; and 7 Lathe Works")
    found = by_id("us_csl", path)["a3f1c0de00000000000000000000000000000001"]
    assert [name.text for name in found.names] == [
        "Northern Lathe Works Co., Ltd.,",
        "Beifang Lathe",
        "and 7 Lathe Works",
        "7 Lathe Works",
    ]
    path = damaged_copy("csl_csv/consolidated.csv")("Road, Harbin, CN", "Road, Harbin, China")
    (address,) = by_id("us_csl", path)["a3f1c0de00000000000000000000000000000001"].addresses
    assert address.country == "cn"
