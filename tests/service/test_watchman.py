"""The service in the place of moov's Watchman: its search of version 2."""

from __future__ import annotations

from .server import Server


def test_a_search_has_watchmans_shape(server: Server) -> None:
    asked = {"name": "Arkadi Zhukovski", "type": "person", "birthDate": "1961-03-04", "limit": 1, "requestID": "r1"}
    answer = server.get("/v2/search", params=asked).json()
    (found,) = answer["entities"]
    assert (found["name"], found["entityType"], found["sourceID"]) == ("ZHUKOVSKY, Arkady Petrovich", "person", "H1")
    assert found["person"]["birthDate"] == "1961-03-04T00:00:00Z"
    assert found["person"]["gender"] == "male"
    assert found["person"]["governmentIDs"] == [{"type": "passport", "country": "ru", "identifier": "AB123456"}]
    assert found["business"] is None
    assert found["sanctionsInfo"]["programs"] == ["EXIT"]
    assert found["affiliations"] == [{"entityName": "Zhukovsky Shipping Company", "type": "owner of"}]
    assert 0.6 < found["match"] <= 1
    assert answer["requestID"] == "r1"


def test_its_parameters(server: Server) -> None:
    def ids(**asked: object) -> list[str]:
        return [one["sourceID"] for one in server.get("/v2/search", params=asked).json()["entities"]]

    assert ids(name="Zhukovsky Shipping", type="business") == ["H2"]
    assert ids(name="Zhukovsky Shipping", source="us_ofac") == []
    assert ids(name="x", altNames=["Arkady Star", "y"]) == ["H3"]
    assert ids(name="Arkadi Zhukovski", minMatch=1.0) == []
    assert server.get("/v2/search").status_code == 422
    assert server.get("/v2/search", params={"name": "x", "birthDate": "soon"}).status_code == 400
