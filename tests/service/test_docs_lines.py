"""The lines of README.md and docs/how-to/serve.md that call a running service do what the pages say."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from .server import serving

ROOT = Path(__file__).parents[2]
PAGES = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/how-to/serve.md")]
LINES = [line for page in PAGES for line in re.findall(r"^curl .*$", page, re.MULTILINE)]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_curl_lines_are_answered_where_nothing_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert len(LINES) >= 3
    with serving(None) as server:
        for line in LINES:
            line = line.replace("http://127.0.0.1:8000", server.base)
            done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True, timeout=60)
            answer = json.loads(done.stdout)
            records = answer.get("screenings", [answer])
            found = [[hit["designation"]["id"] for hit in record["hits"]] for record in records]
            assert all("20565" in ids or "20564" in ids for ids in found)
