"""FollowTheMoney entities: a party, what the entities about it state, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screenkit.editions.diff import compare_editions
from screenkit.errors import ListFormatError
from screenkit.model import Designation, IdentifierType, Kind, Measure, NameType, Strength
from screenkit.sources import ListReader, read

from .reading import JSON, by_id, faults, lines_of, outcome, places, put_anywhere, read_all, written

FLAT, NESTED = "ftm/entities.ftm.json", "ftm/targets.nested.json"


@pytest.fixture(scope="module")
def parties(excerpt: Callable[[str], Path]) -> dict[str, Designation]:
    return by_id("ftm", excerpt(FLAT))


@pytest.fixture(scope="module")
def nested(excerpt: Callable[[str], Path]) -> dict[str, Designation]:
    return by_id("opensanctions", excerpt(NESTED))


@pytest.fixture(scope="module")
def published(shared: Callable[[str], Path]) -> tuple[ListReader, dict[str, Designation]]:
    return read_all("ftm", shared("lists/ftm/2024-03-14"))


def test_all_parties_of_a_file_count_but_of_opensanctions_only_the_targets(
    excerpt: Callable[[str], Path], parties: dict[str, Designation]
) -> None:
    assert {id: found.kind for id, found in parties.items()} == {
        "zz-p1": Kind.PERSON,
        "zz-p2": Kind.PERSON,
        "zz-c1": Kind.ORGANIZATION,
        "zz-v1": Kind.VESSEL,
        "zz-a1": Kind.AIRCRAFT,
        "zz-w1": Kind.UNKNOWN,
        "zz-l1": Kind.UNKNOWN,
        "zz-p3": Kind.PERSON,
    }
    assert ("target", "false") in parties["zz-p2"].facts
    reader = read("opensanctions", excerpt(FLAT))
    assert [found.id for found in reader] == ["zz-p1", "zz-c1", "zz-v1", "zz-a1", "zz-w1", "zz-l1"]
    assert reader.notices[-1].value == (
        "Address 1, Family 1, Occupancy 1, Ownership 1, Passport 1, Person 2, Position 1, Sanction 2, UnknownLink 1"
    )


def test_names_keep_their_sort_and_the_one_shown_is_first(parties: dict[str, Designation]) -> None:
    assert [(name.text, name.type, name.strength) for name in parties["zz-p1"].names] == [
        ("Orest Halvard", NameType.PRIMARY, Strength.STRONG),
        ("Orest A. Halvard", NameType.PRIMARY, Strength.STRONG),
        ("Orest Halvar", NameType.AKA, Strength.STRONG),
        ("Орест Хальвард", NameType.AKA, Strength.STRONG),
        ("The Ferryman", NameType.AKA, Strength.WEAK),
        ("Orest Lindqvist", NameType.FKA, Strength.STRONG),
    ]


def test_the_name_a_party_is_shown_by_is_a_name_even_where_it_stands_nowhere_else(
    parties: dict[str, Designation],
) -> None:
    assert [(name.text, name.type) for name in parties["zz-l1"].names] == [
        ("Quayside Holdings", NameType.PRIMARY),
        ("Quayside", NameType.AKA),
        ("QSH", NameType.AKA),
    ]
    assert [name.text for name in parties["zz-w1"].names] == ["bc1qzzzzferry"]
    # An entity without any is shown by its sort, which is no name.
    assert "Person" not in [name.text for name in parties["zz-p3"].names]


def test_a_key_that_stands_twice_loses_nothing(parties: dict[str, Designation]) -> None:
    assert [name.text for name in parties["zz-p3"].names] == ["Ragna Holt", "Ragna Holte"]
    assert parties["zz-p3"].gender == "male"
    assert ("gender", "female") in parties["zz-p3"].facts


def test_a_person(parties: dict[str, Designation]) -> None:
    found = parties["zz-p1"]
    assert [(date.text, date.earliest.isoformat(), date.circa) for date in found.birth_dates] == [
        ("1961-04", "1961-04-01", False),
        ("circa 1960", "1960-01-01", True),
    ]
    assert [(one.field, one.text) for one in found.unparsed] == [("birthDate", "unknown")]
    assert [(place.text, place.country) for place in found.birth_places] == [("Tromsø, Norway", "no"), ("no", "no")]
    assert [(place.text, place.country) for place in found.nationalities] == [("no", "no"), ("suhh", None)]
    assert [(place.text, place.country) for place in found.citizenships] == [("SE", "se")]
    assert found.gender == "male"
    assert found.titles == ("Harbour master", "Capt.", "Member of the Harbour Council")
    assert found.remarks == "Also wanted in Sweden."
    assert [(address.text, address.city, address.country) for address in found.addresses] == [
        ("no", None, "no"),
        ("Pier 4, Tromsø", None, None),
        ("1 Quay, Bergen, Norway", "Bergen", "no"),
    ]
    assert [(id.type, id.value, id.country, id.label) for id in found.identifiers] == [
        (IdentifierType.PASSPORT, "N1234567", None, "passportNumber"),
        (IdentifierType.NATIONAL_ID, "610401-1234", None, "idNumber"),
        (IdentifierType.TAX, "770000000001", None, "innCode"),
        (IdentifierType.EMAIL, "orest@example.test", None, "email"),
        (IdentifierType.OTHER, "Q0", None, "wikidataId"),
        (IdentifierType.PASSPORT, "X7654321", "se", "Diplomatic passport"),
        (IdentifierType.WALLET, "bc1qzzzzferry", None, "CryptoWallet"),
    ]
    for fact in (
        ("topics", "sanction"), ("topics", "role.pep"), ("religion", "none stated"), ("referents", "zz-old-p1"),
        ("last_change", "2024-02-01T00:00:00"), ("Passport endDate", "2028-01-01"), ("Address latitude", "60.39"),
        ("CryptoWallet currency", "XBT"),
        ("Occupancy", "Member of the Harbour Council, startDate 2001, endDate 2009-12"),
    ):  # fmt: skip
        assert fact in found.facts


def test_programs_are_those_of_the_sanctions_else_the_datasets(parties: dict[str, Designation]) -> None:
    assert [program.code for program in parties["zz-p1"].programs] == ["US-ZZ", "Northern ferries"]
    assert [program.code for program in parties["zz-p2"].programs] == ["zz_harbours"]
    assert parties["zz-p1"].measures == (Measure.BLOCK, Measure.TRAVEL)
    assert parties["zz-p1"].listed_on == "2019-01-01"
    for fact in (
        ("Sanction program", "Harbour program"), ("Sanction authority", "Office of Harbours"),
        ("Sanction reason", "Ferrying"), ("Sanction endDate", "2030-01-01"), ("datasets", "us_ofac_sdn"),
    ):  # fmt: skip
        assert fact in parties["zz-p1"].facts


def test_a_dataset_that_the_manifest_knows_tells_the_measure(excerpt: Callable[[str], Path]) -> None:
    found = by_id("opensanctions", excerpt(FLAT))
    assert found["zz-c1"].programs[0].title == "EU Financial Sanctions Files (FSF)"
    assert found["zz-c1"].measures == (Measure.BLOCK,)
    assert found["zz-a1"].measures == ()


def test_ties_are_told_from_both_ends(parties: dict[str, Designation]) -> None:
    assert [(tie.type, tie.name, tie.id) for tie in parties["zz-p1"].relations] == [
        ("daughter", "Sunniva Halvard", "zz-p2"),
        ("owner of (shareholder)", "Halvard Ferries AS", "zz-c1"),
    ]
    assert [(tie.type, tie.name) for tie in parties["zz-p2"].relations] == [("daughter of", "Orest Halvard")]
    assert [(tie.type, tie.name, tie.id) for tie in parties["zz-c1"].relations] == [
        ("owned by (shareholder)", "Orest Halvard", "zz-p1"),
        ("charters", "zz-nowhere", "zz-nowhere"),
    ]
    assert ("Ownership", "Orest Halvard, percentage 51") in parties["zz-c1"].facts


def test_companies_vessels_and_aircraft(parties: dict[str, Designation]) -> None:
    stated = {
        id: [(one.type.value, one.value) for one in parties[id].identifiers] for id in ("zz-c1", "zz-v1", "zz-a1")
    }
    assert stated == {
        "zz-c1": [
            ("registration", "NO 999 000 111"), ("lei", "5493000000000000ZZ00"), ("bic", "HALVNOKK"),
            ("phone", "+47 99 00 11"), ("website", "https://ferries.example.test"),
        ],
        "zz-v1": [("imo", "9000011"), ("mmsi", "257000001"), ("call sign", "LAZZ9")],
        "zz-a1": [("tail number", "LN-ZZZ"), ("serial number", "530")],
    }  # fmt: skip
    assert ("flag", "no") in parties["zz-v1"].facts


def test_values_of_another_form_are_kept_and_counted(excerpt: Callable[[str], Path]) -> None:
    reader = read("ftm", excerpt(FLAT))
    found = {one.id: one for one in reader}["zz-l1"]
    assert [date.text for date in found.birth_dates] == ["1999"]
    assert found.remarks == ""
    for fact in (
        ("keywords", "ferries"), ("clubs", '{"name": "Rotary"}'), ("founded", "1999"), ("isActive", "true"),
        ("colour", "blue"),
    ):  # fmt: skip
        assert fact in found.facts
    assert [(notice.record, notice.field) for notice in reader.notices[:3]] == [
        ("zz-p1", "birthDate"),
        ("zz-l1", "clubs"),
        ("zz-l1", "isActive"),
    ]


def test_the_nested_file_holds_within_a_target_what_the_flat_one_refers_to(nested: dict[str, Designation]) -> None:
    found = nested["zz-p1"]
    assert [program.code for program in found.programs] == ["US-ZZ"]
    assert found.measures == (Measure.BLOCK,)
    assert found.listed_on == "2021-05-06"
    assert [(address.text, address.city, address.country) for address in found.addresses] == [
        ("1 Quay, Bergen, Norway", "Bergen", "no")
    ]
    assert [(tie.type, tie.name, tie.id) for tie in found.relations] == [
        ("owner of", "Halvard Ferries AS", "zz-c1"),
        ("daughter", "Sunniva Halvard", "zz-p2"),
        ("son of", "Gunnar Halvard", "zz-p4"),
    ]
    assert found.titles == ("Member of the Harbour Council",)
    assert [(id.value, id.country, id.label) for id in found.identifiers] == [("ID 77", "no", "Identification")]
    assert ("documentedBy", "A deed") in found.facts
    assert ("Sanction authority", "Office of Harbours") in found.facts
    assert [name.text for name in nested["zz-x1"].names] == ["Ferry Bond 2030"]
    assert nested["zz-x1"].kind is Kind.UNKNOWN


def test_all_faults_of_a_file_are_reported_together(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    lines = lines_of(excerpt(FLAT))
    lines += [
        '{"id": "zz-1", "schema": "Person", "properties": {"name": ["A"]}',
        '["zz-2", "Person"]',
        '{"schema": "Person", "properties": {"name": ["A"]}}',
        '{"id": "zz-4", "schema": "Person", "properties": [{"name": ["A"]}]}',
        '{"id": "zz-5", "caption": "Person", "schema": "Person", "properties": {"name": []}}',
        '{"id": "zz-6", "schema": "Person", "properties": {"name": [{"full": "A"}]}}',
        '{"id": "zz-7", "schema": ["Person"], "properties": {"name": ["A"]}, "target": "yes"}',
        '{"id": "zz-p1", "schema": "Person", "properties": {"name": ["A"]}}',
        '{"id": "zz-9", "schema": "Person", "properties": {"name": ["\\ud800"]}}',
        '{"id": "zz-a", "schema": "Person", "properties": {"name": [NaN]}}',
    ]
    path = written(tmp_path / "entities.ftm.json", lines)
    found = places("ftm", path)
    assert found == [
        "line 18", "line 19", "line 20, id", "zz-4, properties", "zz-5, name", "zz-6, name", "zz-6, name",
        "zz-7, schema", "zz-7, target", "zz-p1, id", "line 26", "line 27",
    ]  # fmt: skip
    assert "not JSON, at column" in faults("ftm", path)[0]


def test_a_file_that_breaks_off_is_refused(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    lines = lines_of(excerpt(FLAT))
    with pytest.raises(ListFormatError, match="line 17"):
        list(read("ftm", written(tmp_path / "entities.ftm.json", [*lines[:-1], lines[-1][:80]])))


@pytest.mark.parametrize("monster", ["[" * 200_000, "[" * 100 + "]" * 100, '{"a":' * 100_000, '"\\ud800"'])
def test_monsters_are_refused(excerpt: Callable[[str], Path], tmp_path: Path, monster: str) -> None:
    lines = [line.replace('["none stated"]', monster) for line in lines_of(excerpt(FLAT))]
    with pytest.raises(ListFormatError, match="line 1"):
        list(read("ftm", written(tmp_path / "entities.ftm.json", lines)))


@pytest.mark.parametrize("number", ["9" * 5_000, "-1e999999999"])
def test_a_number_of_any_size_is_kept_as_published(excerpt: Callable[[str], Path], tmp_path: Path, number: str) -> None:
    lines = [line.replace('"founded": 1999', f'"founded": {number}') for line in lines_of(excerpt(FLAT))]
    found = by_id("ftm", written(tmp_path / "entities.ftm.json", lines))
    assert ("founded", number) in found["zz-l1"].facts


def _outcome(path: Path) -> int | str:
    """How many designations the file gives; else the text of its refusal."""
    try:
        return len(list(read("ftm", path)))
    except ListFormatError as refused:
        return str(refused)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), value=JSON, name=st.sampled_from([FLAT, NESTED]))
def test_any_json_value_in_any_place_gives_designations_or_a_refusal(
    excerpt: Callable[[str], Path], tmp_path: Path, data: st.DataObject, value: object, name: str
) -> None:
    entities: list[Any] = [json.loads(line) for line in lines_of(excerpt(name))]
    put_anywhere(data, entities, value)
    found = outcome("ftm", written(tmp_path / "entities.ftm.json", [json.dumps(entity) for entity in entities]))
    assert found in range(1, 10) or "entities.ftm.json" in str(found)


def test_the_published_file_is_read_whole(published: tuple[ListReader, dict[str, Designation]]) -> None:
    reader, parties = published
    assert reader.edition.counts == {"person": 607}
    assert reader.edition.programs == {"sa_wiki_peps_v2": 607}
    assert sum(found.facts.count(("target", "false")) for found in parties.values()) == 184


def test_the_published_file_loses_no_name(
    published: tuple[ListReader, dict[str, Designation]], shared: Callable[[str], Path]
) -> None:
    """Its 3,964 names are measured with care for none of its oddities, each of which is put right here.

    A bare text of 16 letters where a list belongs counts as 16 names and two blank texts as names; an alias
    whose key stands twice and four under "Person:alias" don't. Three persons are shown by a further name.
    """
    stated = [name for found in published[1].values() for name in found.names if name.derived_from is None]
    captions = {"Adnan Jamjoum", "Bandar Alkhorayef", "Abeer bint Abdullah"}
    assert captions <= {name.text for name in stated}
    assert len(stated) == 3_964 - 15 - 2 + 1 + 4 + len(captions)
    assert sum(name.is_weak for name in stated) == 13
    assert "Ola Alfares" in [name.text for name in published[1]["Q22277745"].names]


def test_what_the_published_file_has_in_another_form_is_counted(
    published: tuple[ListReader, dict[str, Designation]],
) -> None:
    notices = published[0].notices
    dates = [notice.value for notice in notices if notice.field == "birthDate"]
    assert len(dates) == 16
    assert {"20th century", "Unknown", "September 23"} <= set(dates)
    assert len([notice for notice in notices if notice.problem == "expected a text; kept as JSON"]) == 17
    assert notices[-1].value == "Family 756, Occupancy 102, Position 100"
    assert published[1]["Q60195440"].names[0].text == "Abdullah bin Bandar bin Abdulaziz Al Saud"


def changes(path: Path, *lines: dict[str, Any]) -> Path:
    return written(path, [json.dumps(line) for line in lines])


def renamed(flat: Path, id: str, name: str) -> dict[str, Any]:
    """An entity of the file under another name."""
    entity: dict[str, Any] = next(one for one in map(json.loads, lines_of(flat)) if one["id"] == id)
    return {**entity, "caption": name, "properties": {**entity["properties"], "name": [name]}}


def test_delta_files_are_applied_in_the_order_of_their_names(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    """ADD and MOD have the entity, DEL its id, as documented; a changed sanction changes its party."""
    flat = excerpt(FLAT)
    base = written(tmp_path / "entities.ftm.json", lines_of(flat))
    added = {"id": "zz-new", "schema": "Person", "properties": {"name": ["Nils Ny"]}, "target": True}
    sanction = renamed(flat, "zz-s1", "US-ZZ")
    sanction["properties"]["programId"] = ["US-YY"]
    changes(
        tmp_path / "20241209.delta.json",
        {"op": "ADD", "entity": added},
        {"op": "MOD", "entity": renamed(flat, "zz-v1", "First Name")},
        {"op": "MOD", "entity": sanction},
        {"op": "DEL", "entity": {"id": "zz-c1"}},
    )
    changes(
        tmp_path / "20241210.delta.json",
        {"op": "MOD", "entity": renamed(flat, "zz-v1", "Second Name")},
        {"op": "DEL", "entity": {"id": "zz-new"}},
    )
    reader, found = read_all("opensanctions", tmp_path)
    before = by_id("opensanctions", base)
    assert found.keys() == before.keys() - {"zz-c1"}
    assert reader.losses == ()
    diff = compare_editions(before.values(), found.values())
    assert [(one.id, one.kind) for one in diff.removed] == [("zz-c1", Kind.ORGANIZATION)]
    assert {one.after.id: one.after.name for one in diff.changed if one.is_renamed} == {"zz-v1": "Second Name"}
    assert "US-YY" in {program.code for program in found["zz-p1"].programs}


def test_a_delta_file_of_another_version_is_a_loss(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    written(tmp_path / "entities.ftm.json", lines_of(excerpt(FLAT)))
    changes(tmp_path / "x.delta.json", {"op": "DEL", "entity": {"id": "zz-gone"}})
    reader, _ = read_all("opensanctions", tmp_path)
    assert [loss.value for loss in reader.losses] == ["1, such as zz-gone"]
    with pytest.raises(ListFormatError, match="the file is refused"):
        list(read("opensanctions", tmp_path, strict=True))


def test_delta_files_alone_or_damaged_are_refused(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    delta = changes(
        tmp_path / "x.delta.json", {"op": "ADD", "entity": {}}, {"op": "PUT", "entity": {"id": "a"}}, {"op": "DEL"}
    )
    with pytest.raises(ListFormatError, match=r"found no file of entities in: x\.delta\.json"):
        list(read("opensanctions", delta))
    written(tmp_path / "a.ftm.json", lines_of(excerpt(FLAT)))
    assert faults("opensanctions", tmp_path) == (
        "x.delta.json, line 1, op: 'ADD': the change has no entity with an ID",
        "x.delta.json, line 2, op: 'PUT': expected one of ADD, MOD, DEL",
        "x.delta.json, line 3, op: 'DEL': the change has no entity with an ID",
    )
    written(tmp_path / "b.ftm.json", lines_of(excerpt(FLAT)))
    with pytest.raises(ListFormatError, match="found 2 files of entities"):
        list(read("opensanctions", tmp_path))
