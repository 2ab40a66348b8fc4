"""consolidated.json of the Consolidated Screening List: what the CSV file can't tell, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screenkit.model import Designation, IdentifierType, Kind, Measure
from screenkit.sources import read
from screenkit.sources.formats import json_array

from .reading import JSON, by_id, faults, outcome, read_all, written

EXCERPT = "csl_json/consolidated.json"


@pytest.fixture(scope="module")
def designations(excerpt: Callable[[str], Path]) -> dict[str, Designation]:
    return by_id("us_csl", excerpt(EXCERPT))


@pytest.fixture
def document(excerpt: Callable[[str], Path]) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(excerpt(EXCERPT).read_text(encoding="utf-8"))
    return parsed


def test_only_the_array_of_results_is_read(designations: dict[str, Designation]) -> None:
    assert list(designations) == ["90001/CAP", "90001", "90003", "a3f1c0de00000000000000000000000000000001"]


def test_arrays_keep_semicolons_that_belong_to_a_name(designations: dict[str, Designation]) -> None:
    stated = [name.text for name in designations["90001"].names if name.derived_from is None]
    assert stated == ["AMBERLINE BANK", "AMBERLINE BANK; ORLOVSK BRANCH"]


def test_a_person(designations: dict[str, Designation]) -> None:
    found = designations["90003"]
    assert found.kind is Kind.PERSON
    assert [(name.text, bool(name.parts)) for name in found.names] == [
        ("AL-NAHRI, Samir Qasim", True),
        ("AL-NAHRI, Abu Samir", True),
        ("'THE PAYMASTER'", False),
    ]
    assert found.titles == ("Commander of the Third Column", "Deputy Paymaster")
    assert [(address.text, address.city, address.country) for address in found.addresses] == [
        ("Basrah, IQ", "Basrah", "iq"),
        ("Building 4, Baghdad, IQ, Al-Zahra", "Baghdad", "iq"),
    ]
    assert [(id.type, id.value, id.country, id.note) for id in found.identifiers] == [
        (IdentifierType.PASSPORT, "A1234567", "iq", "expires 2014-08-30, issued 2009-08-31"),
        (IdentifierType.PASSPORT, "RL 7654321", "lb", "issued 2016-01-12, issued_in Tyre"),
    ]
    assert found.gender == "male"
    assert found.secondary_sanctions == ("Additional Sanctions Information - Subject to Secondary Sanctions",)
    # A number is kept as the digits it was published with.
    assert ("aka_score", "12.50") in found.facts
    assert [tie.name for tie in found.relations] == ["TIGRIS AIR"]


def test_an_entry_of_the_entity_list(designations: dict[str, Designation]) -> None:
    found = designations["a3f1c0de00000000000000000000000000000001"]
    assert (found.kind, found.name, found.listed_on) == (Kind.UNKNOWN, "Northern Lathe Works Co., Ltd.", "2020-12-18")
    assert [program.code for program in found.programs] == ["EL"]
    assert found.measures == (Measure.EXPORT,)
    assert ("license_policy", "Presumption of denial.") in found.facts
    assert "end_date" not in dict(found.facts)


def test_both_files_say_the_same(excerpt: Callable[[str], Path], designations: dict[str, Designation]) -> None:
    """What stands in both excerpts is read alike, whichever format it is in."""
    other = by_id("us_csl", excerpt("csl_csv/consolidated.csv"))
    bank = other["90001/CAP"]
    for field in ("names", "programs", "measures", "identifiers", "addresses", "listed_on"):
        stated = getattr(designations["90001/CAP"], field)
        # The CSV file joins an address to one text, so that its city can't be told.
        assert [getattr(one, "text", one) for one in stated or ()] == [
            getattr(one, "text", one) for one in getattr(bank, field) or ()
        ]


def test_a_document_longer_than_what_is_read_at_once(
    excerpt: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, designations: dict[str, Designation]
) -> None:
    monkeypatch.setattr(json_array, "CHUNK", 7)
    found = list(read("us_csl", excerpt(EXCERPT)))
    assert [(one.id, one.names, one.facts) for one in found] == [
        (one.id, one.names, one.facts) for one in designations.values()
    ]


def test_all_faults_of_a_file_are_reported_together(document: dict[str, Any], tmp_path: Path) -> None:
    del document["results"][0]["id"]
    document["results"][1]["name"] = {"first": "AMBERLINE"}
    document["results"][2]["alt_names"] = ["AL-NAHRI", 7.5, ["NAHRI"]]
    document["results"][3]["ids"] = ["A1234567"]
    document["results"].append("AMBERLINE BANK")
    told = faults("us_csl", written(tmp_path / "consolidated.json", json.dumps(document, indent=1)))
    assert len(told) == 5
    assert "id: the record has no ID" in told[0]
    assert 'name: \'{"first": "AMBERLINE"}\': expected a text' in told[1]
    assert "alt_names" in told[2]
    assert "ids: '[\"A1234567\"]': expected an array of objects" in told[3]
    assert "expected a JSON object" in told[4]


@pytest.mark.parametrize(
    ("old", "new", "where", "problem"),
    [
        ('"total": 4\n}', '"total": 4\n', "line 48, column 1", "expected ','; found the end of the file"),
        ('"name": "AMBERLINE BANK", "title"', '"name": "AMBERLINE BANK" "title"', "line 7, column 83", "not JSON"),
        ('"title": null', '"title": NaN', "line 5, column 5", "NaN is not JSON"),
        ('    }\n  ],\n  "total"', '    }\n  ]],\n  "total"', "line 45, column 4", "expected ','; found ']'"),
        (
            '"total": 4\n}',
            '"total": 4\n} {"results": []}',
            "line 47, column 3",
            "expected the end of the file; found '{'",
        ),
    ],
)
def test_a_document_that_is_no_json_is_refused_with_the_position(
    excerpt: Callable[[str], Path], tmp_path: Path, old: str, new: str, where: str, problem: str
) -> None:
    whole = excerpt(EXCERPT).read_text(encoding="utf-8")
    assert whole.count(old) == 1
    fault = faults("us_csl", written(tmp_path / "consolidated.json", whole.replace(old, new)))[-1]
    assert where in fault
    assert problem in fault


def test_a_document_that_breaks_off_is_refused(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    whole = excerpt(EXCERPT).read_text(encoding="utf-8").rstrip()
    for length in range(whole.index("alt_names") + 20, len(whole), 97):
        assert "cut off" in faults("us_csl", written(tmp_path / "consolidated.json", whole[:length]))[-1]


@pytest.mark.parametrize("monster", ["[" * 200_000, "[" * 100 + "]" * 100, '{"a":' * 100_000, '"\\ud800"'])
def test_monsters_are_refused(excerpt: Callable[[str], Path], tmp_path: Path, monster: str) -> None:
    whole = excerpt(EXCERPT).read_text(encoding="utf-8")
    assert faults(
        "us_csl",
        written(tmp_path / "consolidated.json", whole.replace('"aka_score": 12.50', f'"aka_score": {monster}')),
    )


@pytest.mark.parametrize("number", ["9" * 5_000, "-1e999999999", "0.1e-99999"])
def test_a_number_of_any_size_is_kept_as_published(excerpt: Callable[[str], Path], tmp_path: Path, number: str) -> None:
    whole = excerpt(EXCERPT).read_text(encoding="utf-8")
    found = list(
        read(
            "us_csl",
            written(tmp_path / "consolidated.json", whole.replace('"aka_score": 12.50', f'"aka_score": {number}')),
        )
    )
    assert ("aka_score", number) in found[2].facts


def test_a_document_without_results_is_refused(tmp_path: Path) -> None:
    told = faults(
        "us_csl", written(tmp_path / "consolidated.json", '{"source": "x", "alt_names": [], "results": {"id": "1"}}')
    )
    assert any("the document has no array 'results'" in fault for fault in told)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), value=JSON)
def test_any_json_value_in_any_place_gives_designations_or_a_refusal(
    document: dict[str, Any], tmp_path: Path, data: st.DataObject, value: object
) -> None:
    record = data.draw(st.sampled_from(document["results"]))
    key = data.draw(st.sampled_from(sorted(record)))
    inner = record[key][0] if isinstance(record[key], list) and record[key] else None
    before = json.dumps(document)
    if isinstance(inner, dict) and data.draw(st.booleans()):
        inner[data.draw(st.sampled_from(sorted(inner)))] = value
    else:
        record[key] = value
    path = written(tmp_path / "consolidated.json", json.dumps(document, ensure_ascii=False))
    document.update(json.loads(before))
    found = outcome("us_csl", path)
    assert found == len(document["results"]) or "consolidated.json" in str(found)


def test_the_country_at_the_top_of_a_record_is_an_address(tmp_path: Path) -> None:
    record = {
        "id": "2446250b", "source": "Nonproliferation Sanctions (ISN) - State Department", "name": "SPC Example",
        "alt_names": ["Super Example"], "programs": ["Chemical and Biological Weapons Act"], "country": "TH",
    }  # fmt: skip
    found = by_id("us_csl", written(tmp_path / "consolidated.json", json.dumps({"results": [record]})))["2446250b"]
    assert [(one.text, one.country) for one in found.addresses] == [("TH", "th")]
    assert "country" not in dict(found.facts)


def test_a_field_that_is_new_is_counted_once(excerpt: Callable[[str], Path], tmp_path: Path) -> None:
    whole = json.loads(excerpt("csl_json/consolidated.json").read_text(encoding="utf-8"))
    known = {fault.field for fault in read_all("us_csl", excerpt("csl_json/consolidated.json"))[0].new_fields}
    for record in whole["results"]:
        record["also_known_as"] = ["Nobody reads this"]
    reader, found = read_all("us_csl", written(tmp_path / "new.json", json.dumps(whole)))
    assert [fault.field for fault in reader.new_fields if fault.field not in known] == ["also_known_as"]
    assert all(("also_known_as", "Nobody reads this") in one.facts for one in found.values())
