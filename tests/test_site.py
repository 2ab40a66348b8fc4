"""What the documentation site is made with: the check of its links, and the references made for it."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).parents[1] / "tools/site"


def tool(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(TOOLS))
    try:
        return importlib.import_module(name)
    finally:
        for module in ("make_site", "broken_links", "commands"):
            sys.modules.pop(module, None)


def test_links_that_lead_nowhere_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there/index.html").write_text('<h1 id="top">There</h1>', encoding="utf-8")
    (tmp_path / "index.html").write_text(
        '<p id="here"><a href="#here">1</a> <a href="there/#top">2</a> <a href="https://example.com/">3</a>'
        '<a href="#gone">4</a> <a href="there/#gone">5</a> <a href="gone/">6</a> <img src="gone.png">'
        '<script src="https://example.com/script.js"></script>',
        encoding="utf-8",
    )
    assert tool("broken_links", monkeypatch).broken_links(tmp_path) == [
        "index.html links to #gone: there is no such anchor",
        "index.html links to there/#gone: there is no such anchor",
        "index.html links to gone/: there is no such page",
        "index.html links to gone.png: there is no such page",
        "index.html loads https://example.com/script.js",
    ]


def test_every_public_name_has_its_place_in_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    page = tool("make_site", monkeypatch).python_reference()
    assert "\n::: screenkit.screener.Screener\n" in page


def test_every_command_and_option_is_in_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    page = tool("commands", monkeypatch).command_reference()
    assert "\n## screenkit decisions clear\n" in page
    assert "| `--threshold FLOAT` | Lowest score that is a hit, from 0.40 to 1.00. |" in page
