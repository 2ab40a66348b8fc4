"""`POST /screen`, `GET /lists` and the probes: a real server answers as the library does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from screenkit import Designation, ListedName, Policy, Screener, Subject
from screenkit.audit import verify
from screenkit.decisions import Decisions
from screenkit.service.records import Records

from .server import Server, install_house, serving, until


def test_one_subject_is_answered_with_the_record_of_its_screening(server: Server, house: Path) -> None:
    answer = server.screen({"name": "Arkadi Zhukovski", "birth_date": "1961", "countries": ["ru"], "threshold": 0.7})
    assert answer.status_code == 200
    record = answer.json()
    subject = Subject("Arkadi Zhukovski", birth_date="1961", countries=["ru"])
    expected = Screener.open(store=house).screen(subject, threshold=0.7).to_dict()
    assert {**record, "time": ""} == {**json.loads(json.dumps(expected)), "time": ""}
    assert record["hits"][0]["designation"]["programs"][0]["authority"] == "Board order 7"


def test_several_subjects_each_have_their_own_parameters(server: Server) -> None:
    subjects = [
        {"name": "Arkady Zhukovsky", "limit": 1},
        {"name": "Maria Gonzalez Ortega"},
        {"names": ["Jemand", "Zhukovsky Shiping Co"], "kind": "company", "threshold": 0.75},
        {"name": "No such ship", "identifiers": ["IMO 9110236", {"type": "passport", "value": "X1", "country": "fr"}]},
    ]
    answer = server.screen({"subjects": subjects, "threshold": 0.8}).json()["screenings"]
    assert [one["threshold"] for one in answer] == [8000, 8000, 7500, 8000]
    assert [[hit["designation"]["id"] for hit in one["hits"]] for one in answer] == [["H1"], [], ["H2"], ["H3"]]
    assert [one["is_clear"] for one in answer] == [False, True, False, False]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({}, ["body"]),
        ({"name": ""}, ["body", "name"]),
        ({"name": " "}, ["body"]),
        ({"name": "x" * 5_000}, ["body", "name"]),
        ({"name": 7}, ["body", "name"]),
        ({"name": "x", "nmae": "y"}, ["body", "nmae"]),
        ({"name": "x", "threshold": 0.1}, ["body"]),
        ({"name": "x", "threshold": "0.7"}, ["body", "threshold"]),
        ({"name": "x", "limit": 0}, ["body", "limit"]),
        ({"name": "x", "birth_date": "1999-02-31"}, ["body"]),
        ({"name": "x", "identifiers": ["9"] * 101}, ["body", "identifiers"]),
        ({"name": "x", "identifiers": ["9" * 5_000]}, ["body", "identifiers", 0, "constrained-str"]),
        ({"name": "x", "customer": "\0"}, ["body"]),
        ({"subjects": []}, ["body", "subjects"]),
        ({"subjects": [{"name": "x"}, {"name": "x", "kind": "dragon"}]}, ["body", "subjects", 1]),
        ([], ["body"]),
        (None, ["body"]),
    ],
)
def test_what_cannot_be_screened_is_refused_with_its_place(server: Server, body: object, place: list[object]) -> None:
    answer = server.screen(body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["loc"] == place
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]


def test_more_subjects_than_are_allowed_are_refused(server: Server) -> None:
    assert server.screen({"subjects": [{"name": "x"}] * 501}).status_code == 422


def test_the_lists_say_their_dates_and_hashes(server: Server) -> None:
    told = server.get("/lists").json()
    (house,) = told["lists"]
    assert (house["source"], house["records"], house["verdict"]) == ("house", 3, "any age")
    assert len(house["sha256"]) == 64
    assert told["coverage"] == "house"


def test_the_probes_and_metrics(server: Server) -> None:
    assert server.get("/healthz").json() == {"status": "ok"}
    assert server.get("/readyz").json() == {"status": "ok"}
    server.screen({"name": "Arkady Zhukovsky"})
    text = server.get("/metrics").text
    assert 'screenkit_requests_total{method="POST",route="/screen",status="200"}' in text
    assert 'screenkit_designations{source="house"} 3.0' in text
    assert "screenkit_ready 1.0" in text


def test_a_required_list_that_is_missing_makes_it_unready(house: Path) -> None:
    with serving(house, "--require", "un_sc") as server:
        assert server.get("/healthz").status_code == 200
        answer = server.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["reasons"] == ["un_sc is required and not searched."]
        refused = server.screen({"name": "Arkady Zhukovsky"})
        assert refused.status_code == 503
        assert "un_sc" in refused.json()["detail"]


def test_the_starter_list_answers_and_is_not_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with serving(None) as server:
        assert server.screen({"name": "Dandong Hongxiang"}).json()["coverage"] == "starter"
        assert "demonstration" in server.get("/readyz").json()["reasons"][0]
        install_house(tmp_path / "screenkit")
        until(lambda: server.get("/readyz").status_code == 200)
        assert server.screen({"name": "Arkady Zhukovsky"}).json()["coverage"] == "house"


def test_screenings_are_recorded_with_or_without_names(house: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_bytes(b"0123456789abcdef0123")
    log = tmp_path / "audit.log"
    with serving(house, "--audit", str(log), "--subject-key", str(key)) as server:
        answer = server.screen({"subjects": [{"name": "Arkady Zhukovsky"}, {"name": "Maria Gonzalez"}]})
        assert answer.json()["screenings"][0]["subject"]["names"] == ["Arkady Zhukovsky"]
        assert server.screen({"name": "Jemand"}).status_code == 200
        head = log.read_text(encoding="utf-8")
        log.write_text(head.replace("hmac", "hmca"), encoding="utf-8")
        assert server.screen({"name": "Jemand"}).status_code == 503, "what can't be recorded isn't answered"
        log.write_text(head, encoding="utf-8")
    assert verify(log).is_intact
    assert sum('"hits"' in line for line in head.splitlines()) == 3
    assert "Zhukovsky" not in head.split('"hits"')[0]
    assert "Jemand" not in head


def test_decisions_are_applied_to_customers(house: Path, tmp_path: Path) -> None:
    decisions = Decisions.open(tmp_path / "decisions", create=True)
    screening = Screener.open(store=house).screen(Subject("Arkady Zhukovsky", customer="C1"))
    decisions.decide(screening, "H1", "cleared", reviewer="R", reason="another man", source="house")
    with serving(house, "--decisions", str(decisions.path)) as server:
        cleared = server.screen({"name": "Arkady Zhukovsky", "customer": "C1"}).json()
        assert "H1" in [hit["designation"]["id"] for hit in cleared["suppressed"]]
        assert (
            server.screen({"name": "Arkady Zhukovsky", "customer": "C2"}).json()["hits"][0]["designation"]["id"] == "H1"
        )
        assert server.screen({"name": "Arkady Zhukovsky"}).json()["is_reviewed"] is False


def test_a_record_is_the_one_of_the_screening() -> None:
    """Proves: what is written once for all records of a screener is what each would say, also after a swap."""
    records = Records()
    one = Screener([Designation(id="1", names=[ListedName("Arkady Zhukovsky")])])
    other = Screener([Designation(id="2", names=[ListedName("Perpetua Nkemelu")])], policy=Policy(threshold=0.9))
    for screener in (one, one, other, one):
        for name in ("Arkady Zhukovsky", "Nobody Atall"):
            found = screener.screen(name)
            assert json.loads(records.text(found)) == found.to_dict()
            assert list(json.loads(records.text(found))) == list(found.to_dict())
