"""Senzing records: the specification's shapes of one record, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screenkit.errors import ListFormatError
from screenkit.model import Designation, Kind, NamePart, NameType
from screenkit.sources import read
from screenkit.sources.senzing.features import features

from .reading import JSON, by_id, lines_of, outcome, places, put_anywhere, written

EXCERPT = "senzing/records.jsonl"


@pytest.fixture(scope="module")
def designations(excerpt: Callable[[str], Path]) -> dict[str, Designation]:
    return by_id("senzing", excerpt(EXCERPT))


def test_kinds_are_stated_or_told_from_the_sort_of_name(designations: dict[str, Designation]) -> None:
    assert {id: found.kind for id, found in designations.items()} == {
        "1001": Kind.PERSON,
        "1002": Kind.ORGANIZATION,
        "1003": Kind.VESSEL,
        "1004": Kind.UNKNOWN,
        "1005": Kind.PERSON,
        "1006": Kind.UNKNOWN,
    }
    assert ("RECORD_TYPE", "VEHICLE") in designations["1006"].facts


def test_the_data_source_is_the_program(designations: dict[str, Designation]) -> None:
    assert [program.code for program in designations["1001"].programs] == ["HARBOUR_WATCH"]
    assert designations["1005"].programs == ()


def test_names_whole_and_in_parts(designations: dict[str, Designation]) -> None:
    found = designations["1001"]
    assert [(name.text, name.type) for name in found.names] == [
        ("Orest A. Halvard Jr", NameType.PRIMARY),
        ("The Ferryman", NameType.AKA),
        ("Orest Lindqvist", NameType.AKA),
    ]
    assert found.names[0].parts == (
        NamePart(role="given", text="Orest"),
        NamePart(role="middle", text="A."),
        NamePart(role="surname", text="Halvard"),
        NamePart(role="suffix", text="Jr"),
    )
    assert found.titles == ("Capt.",)
    assert ("NAME_TYPE MAIDEN", "Orest Lindqvist") in found.facts
    assert [(name.text, name.type) for name in designations["1003"].names] == [
        ("SUNNIVA I", NameType.PRIMARY),
        ("RAGNA", NameType.FKA),
    ]
    # Two whole names in one feature are against the specification; none is lost.
    assert [(name.text, name.type) for name in designations["1004"].names] == [
        ("Quayside Growers", NameType.PRIMARY),
        ("Quayside", NameType.AKA),
        ("Quayside Growers SA", NameType.AKA),
    ]
    assert [(name.text, name.type) for name in designations["1005"].names] == [("Ragna Holt", NameType.PRIMARY)]


def test_a_slashed_date_whose_order_cannot_be_told_is_both(designations: dict[str, Designation]) -> None:
    found = designations["1001"]
    assert [(date.text, date.earliest.isoformat(), date.latest.isoformat()) for date in found.birth_dates] == [
        ("4/3/1961", "1961-03-04", "1961-03-04"),
        ("4/3/1961", "1961-04-03", "1961-04-03"),
        ("25/12/1960", "1960-12-25", "1960-12-25"),
        ("1961", "1961-01-01", "1961-12-31"),
    ]
    assert [(one.field, one.text) for one in found.unparsed] == [("DATE_OF_BIRTH", "99/99/1961")]


def test_a_person(designations: dict[str, Designation]) -> None:
    found = designations["1001"]
    assert found.gender == "male"
    assert [(place.text, place.country) for place in found.birth_places] == [("Tromsø, Norway", "no")]
    assert [place.country for place in found.nationalities] == ["no"]
    assert [(place.text, place.country) for place in found.citizenships] == [("Sweden", "se")]
    assert [(address.text, address.city, address.country) for address in found.addresses] == [
        ("1 Quay, Bergen, 5003, NO", "Bergen", "no")
    ]
    assert [(id.type.value, id.value, id.country, id.label, id.note) for id in found.identifiers] == [
        ("passport", "N1234567", "no", "PASSPORT", "NO"),
        ("national id", "610401-1234", "se", "NATIONAL_ID idNumber", "SE"),
        ("national id", "123-00-1234", None, "SSN_NUMBER", ""),
        ("national id", "1234", None, "SSN_LAST4", ""),
        ("other", "DL1", None, "DRIVERS_LICENSE", "NV"),
        ("phone", "+47 99 00 22", None, "PHONE MOBILE", ""),
    ]
    for fact in (
        ("ADDR", "1 Quay, Bergen, 5003, NO, HOME, 2016-01-14"), ("SHERIFFS_CARD", "A224"), ("TOPIC", "sanction"),
        ("TOPIC", "role.pep"), ("RISK_TOPICS", "ferries"), ("salary", "75.50"), ("rehire_flag", "false"),
        ("REL_ANCHOR_DOMAIN", "HARBOURS"),
    ):  # fmt: skip
        assert fact in found.facts


def test_relations_name_the_record_they_point_at(designations: dict[str, Designation]) -> None:
    assert [(tie.type, tie.name, tie.id) for tie in designations["1001"].relations] == [
        ("owner of", "Halvard Ferries AS", "1002"),
        ("related to", "9999", "9999"),
    ]
    assert ("REL_POINTER_FROM_DATE 1002", "2001") in designations["1001"].facts


def test_attributes_at_the_top_with_their_usage_in_front(designations: dict[str, Designation]) -> None:
    found = designations["1002"]
    assert [(name.text, name.type) for name in found.names] == [
        ("Halvard Ferries AS", NameType.PRIMARY),
        ("HFAS", NameType.AKA),
    ]
    assert [(address.text, address.country) for address in found.addresses] == [
        ("Pier 4, Tromsø, Norway, Norway", "no"),
        ("NO", "no"),
    ]
    assert [(id.type.value, id.value, id.country, id.label, id.note) for id in found.identifiers] == [
        ("tax", "99-0000001", "us", "TAX_ID EIN", "US"),
        ("lei", "5493000000000000ZZ00", None, "LEI", ""),
        ("duns", "990000001", None, "DUNS", ""),
        ("website", "https://ferries.example.test", None, "WEBSITE", ""),
        ("email", "post@ferries.example.test", None, "EMAIL", ""),
        ("account", "1234-1", None, "ACCOUNT", "VISA"),
        ("other", "33333", None, "OTHER_ID D&B", ""),
        ("other", "Q0", None, "TRUSTED_ID WIKIDATA", ""),
    ]
    assert {("EMPLOYER_NAME", "none"), ("REGISTRATION_DATE", "1999-05-06")} <= set(found.facts)


def test_a_features_usage_may_stand_in_front_of_any_attribute() -> None:
    found = list(
        features({"HOME_ADDR_CITY": "Oslo", "MAIL_ADDR_CITY": "Bergen", "HOME_ADDR_LINE1": "1 Quay", "HOME": "x"})
    )
    assert [(one.family, one.usage, one.attributes) for one in found] == [
        ("ADDR", "HOME", {"ADDR_CITY": "Oslo", "ADDR_LINE1": "1 Quay"}),
        ("ADDR", "MAIL", {"ADDR_CITY": "Bergen"}),
        ("", "", {"HOME": "x"}),
    ]


def test_values_of_another_form_are_kept_and_counted(excerpt: Callable[[str], Path]) -> None:
    reader = read("senzing", excerpt(EXCERPT))
    found = {one.id: one for one in reader}["1004"]
    assert {(one.field, one.text) for one in found.unparsed} == {("GENDER", "X"), ("RECORD_TYPE", "COOPERATIVE")}
    for fact in (
        ("FEATURES", '["unheard of"]'), ("notes", '{"a": "1"}'), ("PASSPORT_COUNTRY", "NO"),
        ("REL_POINTER_ROLE", "MEMBER"),
    ):  # fmt: skip
        assert fact in found.facts
    assert [(notice.record, notice.field) for notice in reader.notices] == [
        ("1001", "DATE_OF_BIRTH"),
        ("1004", "GENDER"),
        ("1004", "FEATURES"),
        ("1004", "notes"),
        ("1004", "RECORD_TYPE"),
    ]


def test_all_faults_of_a_file_are_reported_together(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    lines = [
        *lines_of(excerpt(EXCERPT)),
        '{"DATA_SOURCE": "X", "NAME_FULL": "A"}',
        '{"DATA_SOURCE": "X", "RECORD_ID": {"id": 1}, "NAME_FULL": "A"}',
        '{"DATA_SOURCE": ["X"], "RECORD_ID": "2001", "NAME_FULL": "A"}',
        '{"DATA_SOURCE": "X", "RECORD_ID": "2002", "NAMES": [{"NAME_TYPE": "PRIMARY"}]}',
        '{"DATA_SOURCE": "X", "RECORD_ID": "2003", "NAMES": [{"NAME_FULL": ["A"]}]}',
        '{"DATA_SOURCE": "X", "RECORD_ID": "1001", "NAME_FULL": "A"}',
        '{"DATA_SOURCE": "X", "RECORD_ID": "2005", "NAME_FULL": "A"',
        '"RECORD_ID"',
    ]
    path = written(tmp_path / "records.jsonl", lines)
    found = places("senzing", path)
    assert found == [
        "line 7, RECORD_ID", "line 8, RECORD_ID", "2001, DATA_SOURCE", "2002, NAME_FULL", "2003, NAME_FULL",
        "1001, id", "line 13", "line 14",
    ]  # fmt: skip


@pytest.mark.parametrize("monster", ["[" * 200_000, "[" * 100 + "]" * 100, '{"a":' * 100_000, '"\\udfff"', "Infinity"])
def test_monsters_are_refused(excerpt: Callable[[str], Path], tmp_path: Path, monster: str) -> None:
    lines = [line.replace('"salary":75.50', f'"salary":{monster}') for line in lines_of(excerpt(EXCERPT))]
    with pytest.raises(ListFormatError, match="line 1"):
        list(read("senzing", written(tmp_path / "records.jsonl", lines)))


def test_a_record_id_of_any_size_is_kept_as_published(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    lines = [line.replace('"RECORD_ID":1001', f'"RECORD_ID":{"7" * 5_000}') for line in lines_of(excerpt(EXCERPT))]
    assert next(read("senzing", written(tmp_path / "records.jsonl", lines))).id == "7" * 5_000


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), value=JSON)
def test_any_json_value_in_any_place_gives_designations_or_a_refusal(
    excerpt: Callable[[str], Path], tmp_path: Path, data: st.DataObject, value: object
) -> None:
    records: list[Any] = [json.loads(line) for line in lines_of(excerpt(EXCERPT))]
    put_anywhere(data, records, value)
    found = outcome("senzing", written(tmp_path / "records.jsonl", [json.dumps(record) for record in records]))
    assert found == len(records) or "records.jsonl" in str(found)


def test_one_array_of_records_is_read_like_lines(
    excerpt: Callable[[str], Path], tmp_path: Path, designations: dict[str, Designation]
) -> None:
    array = written(tmp_path / "records.json", "[" + ",\n".join(lines_of(excerpt(EXCERPT))) + "]")
    found = by_id("senzing", array)
    assert [(one.id, one.names, one.relations) for one in found.values()] == [
        (one.id, one.names, one.relations) for one in designations.values()
    ]


def test_an_array_that_breaks_off_is_refused(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    array = written(tmp_path / "records.json", "[" + ",\n".join(lines_of(excerpt(EXCERPT))))
    with pytest.raises(ListFormatError, match="damaged or cut off"):
        list(read("senzing", array))
