"""Limits of size, number and time, what surrounds every answer, the log, and the end."""

from __future__ import annotations

import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from .server import Server, serving, until

#: Takes some tenths of a second.
SLOW = {"subjects": [{"name": f"Arkady {at} " + "Zhukovsky Shipping Company " * 20} for at in range(500)]}


def test_a_body_that_is_too_large_is_refused(server: Server) -> None:
    assert server.post("/screen", data=b"x" * 1_000_001).status_code == 413

    def pieces() -> object:
        for _ in range(40):
            yield b"x" * 50_000

    # Without a length in advance.
    answer = server.post("/screen", data=pieces(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert server.get("/healthz").status_code == 200


def test_where_too_many_are_screened_the_next_is_asked_to_wait(house: Path) -> None:
    with serving(house, "--concurrency", "1") as server, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: server.screen(SLOW), range(8)))
        codes = {answer.status_code for answer in answers}
        assert codes == {200, 429}
        assert all(answer.headers["Retry-After"] == "1" for answer in answers if answer.status_code == 429)
        assert server.screen({"name": "x"}).status_code == 200


def test_a_request_that_takes_too_long_is_ended(house: Path) -> None:
    with serving(house, "--time-limit", "0.1") as server:
        started = time.monotonic()
        answer = server.screen(SLOW)
        assert answer.status_code == 503
        assert "0.1 seconds" in answer.json()["detail"]
        assert time.monotonic() - started < 5
        # A body that never ends is no different.
        address = server.base.removeprefix("http://").split(":")
        with socket.create_connection((address[0], int(address[1])), 10) as connection:
            connection.sendall(b"POST /screen HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n")
            connection.sendall(b"Content-Type: application/json\r\n\r\n{")
            assert b"503" in connection.recv(1_000)
        until(lambda: server.screen({"name": "x"}).status_code == 200)


def test_every_answer_has_its_id_and_the_security_headers(server: Server) -> None:
    for answer in (server.get("/healthz"), server.get("/none"), server.screen({}), server.screen({"name": "x"})):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Request-ID"]
        assert "server" not in answer.headers
    assert server.get("/healthz", headers={"X-Request-ID": "abc-1"}).headers["X-Request-ID"] == "abc-1"
    assert server.get("/healthz", headers={"X-Request-ID": "Zhukovsky Arkady"}).headers["X-Request-ID"] != "abc"


def test_a_host_name_that_is_none_of_its_own_is_refused(server: Server, house: Path) -> None:
    assert server.get("/lists", headers={"Host": "rebound.example"}).status_code == 421
    assert server.get("/lists", headers={"Host": "LOCALHOST:8000"}).status_code == 200
    with serving(house, "--allow-host", "screening.bank.example") as other:
        assert other.get("/lists", headers={"Host": "screening.bank.example"}).status_code == 200


def test_the_log_is_json_with_ids_and_without_names(house: Path) -> None:
    with serving(house) as server:
        marker = "Qzxmarker"
        server.screen({"name": f"Arkady {marker}", "customer": marker}, headers={"X-Request-ID": "one"})
        server.screen({"name": f"Arkady {marker}", "birth_date": marker, marker: marker})
        server.get(f"/{marker}?q={marker}")
        server.post("/screen", data=f'{{"name": "{marker}')
        assert server.stop() == 0
    log = server.log
    (line,) = (one for one in log if one.get("request_id") == "one")
    assert (line["route"], line["status"], line["subjects"], line["method"]) == ("/screen", 200, 1, "POST")
    assert marker not in server.text
    assert sum(one["event"] == "request" for one in log) == 4


def test_what_is_under_way_is_answered_before_it_ends(house: Path) -> None:
    answers: list[requests.Response] = []
    with serving(house) as server:
        asking = threading.Thread(target=lambda: answers.append(server.screen(SLOW)))
        asking.start()
        time.sleep(0.15)
        assert server.stop() == 0
        asking.join()
    assert answers[0].status_code == 200
    assert len(json.loads(answers[0].text)["screenings"]) == 500
