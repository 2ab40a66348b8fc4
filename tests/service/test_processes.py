"""Several processes at one address: they share counts, sign-ins and uploads; one that ends is replaced."""

from __future__ import annotations

import os
import re
import signal
import socket
from pathlib import Path

import pytest

from screenkit.errors import ServiceError
from screenkit.service.guarding.keys import KeyFile, Scope
from screenkit.service.processes import listening

from .server import serving, until

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system can't fork")


def test_processes_share_what_is_counted_and_who_signed_in(house: Path, tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "keys.json")
    key = {"Authorization": f"Bearer {keys.add('ann', Scope)}"}
    with serving(house, "--workers", "2", "--keys", str(keys.path)) as server:

        def processes() -> set[str]:
            # Each request is a connection of its own, and comes to any of them.
            return set(re.findall(r"Started server process \[(\d+)\]", server.text))

        def counted() -> float:
            found = re.findall(
                r"^screenkit_subjects_total (\S+)", server.get("/metrics", headers=key).text, re.MULTILINE
            )
            return float(found[0])

        until(lambda: len(processes()) == 2)
        signed_in = server.post("/session", data={"key": key["Authorization"][7:]}, allow_redirects=False)
        for _ in range(20):
            assert server.screen({"name": "Arkady Zhukovsky"}, headers=key).json()["total"] == 1
            assert server.get("/", cookies=dict(signed_in.cookies)).status_code == 200
            assert counted() <= 20
        assert counted() == 20
        assert 'screenkit_designations{source="house"} 3.0' in server.get("/metrics", headers=key).text
        first = processes()
        os.kill(int(min(first)), signal.SIGKILL)
        until(lambda: len(processes()) == 3)
        assert server.screen({"name": "Arkady Zhukovsky"}, headers=key).json()["total"] == 1
        assert counted() == 21, "what an ended process counted is not lost"
        assert server.stop() == 0
    assert "process ended" in server.text
    for number in processes():
        with pytest.raises(ProcessLookupError):
            os.kill(int(number), 0)


def test_an_address_that_is_taken_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ServiceError, match="can't be listened at"):
        listening("127.0.0.1", taken.getsockname()[1], 2)
