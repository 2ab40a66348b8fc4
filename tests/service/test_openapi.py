"""The OpenAPI document: what the service answers is what it says, whatever is asked of it."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from .server import Server, serving

CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")


def test_problems_are_described_in_their_media_type(server: Server) -> None:
    paths = server.get("/openapi.json").json()["paths"]
    assert set(paths) == {
        *("/screen", "/lists", "/healthz", "/readyz", "/metrics", "/v2/search", "/algorithms", "/catalog"),
        *("/match/{dataset}", "/search/{dataset}", "/entities/{entity_id}", "/entities/{entity_id}/adjacent"),
        "/entities/{entity_id}/adjacent/{property}",
    }
    assert "application/problem+json" in paths["/screen"]["post"]["responses"]["422"]["content"]
    assert "application/json" in paths["/screen"]["post"]["responses"]["200"]["content"]


@pytest.mark.skipif(find_spec("schemathesis") is None, reason="schemathesis is not installed (the extra [browser])")
def test_schemathesis_finds_no_server_error(house: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "schemathesis.cli", "run", "--checks", ",".join(CHECKS), "--seed", "1"]
    with serving(house) as server:
        done = subprocess.run(
            [*command, "--max-examples", os.environ.get("SCREENKIT_EXAMPLES", "20"), f"{server.base}/openapi.json"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        told = [line for line in done.stdout.splitlines() if len(line) < 500]
        assert done.returncode == 0, "\n".join(told)
        assert '"event": "fault"' not in server.text
