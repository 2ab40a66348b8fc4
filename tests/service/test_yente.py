"""The service in yente's place: its own client works against it unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from screenkit.service.guarding.keys import KeyFile, Scope

from .server import Server, serving

yente_client = pytest.importorskip("yente_client", reason="yente-client is not installed")

H1 = "house:H1"


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[Any]:
    with yente_client.Client(base_url=server.base) as made:
        yield made


def test_the_probes_datasets_and_algorithms(client: Any) -> None:
    assert client.healthz().status == "ok"
    assert client.readyz().status == "ok"
    datasets = client.datasets()
    assert [one.name for one in datasets.datasets] == ["default", "house"]
    assert datasets.datasets[0].children == ["house"]
    assert datasets.datasets[1].entity_count == 3
    assert datasets.current == ["default", "house"]
    algorithms = client.algorithms()
    assert algorithms.best == algorithms.default == algorithms.algorithms[0].name == "screenkit"


def test_a_match_says_why(client: Any) -> None:
    person = yente_client.Person(name="Arkadi Zhukovski", birthDate="1961-03-04", nationality="ru")
    found = client.match(person, algorithm=yente_client.BEST_ALGORITHM)
    assert found.top.id == H1
    assert found.top.match
    assert found.top.schema_ == "Person"
    assert found.top.caption == "ZHUKOVSKY, Arkady Petrovich"
    assert found.top.datasets == ["house"]
    assert found.top.properties["birthDate"] == ["1961-03-04"]
    assert found.top.properties["programId"] == ["EXIT"]
    assert "birth_date" in found.top.explanations
    assert found.top.contributing_explanations
    assert sum(one.score for one in found.top.explanations.values()) == pytest.approx(found.top.score)
    assert found.query["properties"]["birthDate"] == ["1961-03-04"]


def test_parameters_of_a_match(client: Any) -> None:
    person = yente_client.Person(name="Arkadi Zhukovski")
    assert not client.match(person, threshold=1.0).top.match
    assert not client.match(person, cutoff=1.0, threshold=1.0).results
    assert not client.match(person, exclude_entities=[H1]).matches
    assert not client.match(person, exclude_datasets=["house"]).results
    assert client.match(person, datasets=["house"]).top.id == H1
    assert not client.match(person, exclude_schemata=["Person"]).matches
    assert len(client.match(person, cutoff=0.4, limit=1).results) == 1
    assert not client.match(person, topics=["role.pep"]).results


def test_match_iter_keeps_the_keys(client: Any) -> None:
    pairs = [
        ("one", yente_client.Person(name="아르카디 주콥스키")),
        ("two", yente_client.Company(name="شركة جوكوفسكي للشحن")),
        ("three", yente_client.Vessel(name="Other", imoNumber="9110236")),
        ("four", yente_client.Person(name="Maria Gonzalez Ortega")),
    ]
    found = dict(client.match_iter(pairs, workers=2))
    assert {key: one.top.id if one.top else None for key, one in found.items()} == {
        "one": H1,
        "two": "house:H2",
        "three": "house:H3",
        "four": None,
    }


def test_search_fetch_and_adjacent(client: Any) -> None:
    found = client.search("Zhukovsky Shipping", limit=5)
    assert {one.id for one in found.results} >= {"house:H2"}
    assert found.facets["datasets"].values[0].name == "house"
    assert not client.search("Zhukovsky", countries=["fr"]).results
    assert {one.schema_ for one in client.search("Zhukovsky Shipping", schema="Organization").results} == {
        "Organization"
    }
    entity = client.fetch(H1)
    assert entity.properties["notes"] == ["Met in 2020."]
    (sanction,) = entity.properties["sanctions"]
    assert sanction.properties["reason"] == ["Board order 7"]
    assert "sanctions" not in client.fetch(H1, nested=False).properties
    beside = client.adjacent(H1)
    (ownership,) = beside.adjacent["ownershipOwner"].results
    assert ownership.schema_ == "Ownership"
    assert ownership.properties["asset"][0].caption == "Zhukovsky Shipping Company"
    assert client.adjacent("house:H2", prop="ownershipAsset").total.value == 1
    assert client.adjacent(H1, prop="familyPerson").results == []


def test_what_is_wrong_is_refused_as_yente_does(client: Any) -> None:
    person = yente_client.Person(name="Arkadi Zhukovski")
    with pytest.raises(yente_client.NotFoundError):
        client.fetch("house:none")
    with pytest.raises(yente_client.NotFoundError):
        client.match(person, datasets=["nothing"])
    for options in ({"algorithm": "logic-v1"}, {"weights": {"name_literal": 0.5}}, {"changed_since": "2024-01-01"}):
        with pytest.raises(yente_client.BadRequestError):
            client.match(person, **options)
    with pytest.raises(yente_client.BadRequestError):
        client.match(yente_client.Person(birthDate="1961"))


def test_queries_of_one_batch_have_parameters_of_their_own(server: Server) -> None:
    person = {"schema": "Person", "properties": {"name": "Arkadi Zhukovski", "birthDate": ["unknown", "1961"]}}
    queries = {
        "a": person,
        "b": {**person, "params": {"threshold": 1.0}},
        "c": {**person, "params": {"exclude_entity_ids": ["H1", "house:H3"], "cutoff": 0.9}},
    }
    answer = server.post("/match/default", json={"queries": queries}, params={"threshold": 0.7})
    responses = answer.json()["responses"]
    assert [responses[name]["results"][0]["match"] for name in "ab"] == [True, False]
    assert responses["c"]["results"] == []
    assert responses["a"]["query"]["properties"]["birthDate"] == ["1961"]
    assert answer.headers["x-batch-size"] == "3"


def test_its_key_is_taken(house: Path, tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys.json")
    key = keys.add("client", [Scope.SCREEN])
    with serving(house, "--keys", str(keys.path)) as server:
        with yente_client.Client(base_url=server.base, api_key=key) as client:
            assert client.match(yente_client.Person(name="Arkadi Zhukovski")).top.id == H1
            with pytest.raises(yente_client.APIError):
                client.fetch(H1)
        with yente_client.Client(base_url=server.base) as client, pytest.raises(yente_client.AuthenticationError):
            client.match(yente_client.Person(name="Arkadi Zhukovski"))
