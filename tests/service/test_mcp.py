"""`screenkit mcp`, asked by the official SDK's own client over standard input and output."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from screenkit.editions.store import Store

mcp = pytest.importorskip("mcp", reason="the extra [mcp] is not installed")

_Asked = Callable[[Any], Coroutine[Any, Any, Any]]


def ask(store: Path, asked: _Asked) -> Any:
    """What a function gets that is given a session with the tools."""

    async def with_session() -> Any:
        environment = {**os.environ, "SCREENKIT_STORE": str(store), "SCREENKIT_CONFIG": ""}
        command = mcp.StdioServerParameters(command=sys.executable, args=["-m", "screenkit", "mcp"], env=environment)
        async with mcp.stdio_client(command) as streams, mcp.ClientSession(*streams) as session:
            await session.initialize()
            return await asked(session)

    return asyncio.run(with_session())


def test_the_tools_only_read(house: Path) -> None:
    async def asked(session: Any) -> Any:
        return (await session.list_tools()).tools

    tools = ask(house, asked)
    assert [tool.name for tool in tools] == ["screen", "explain", "lists"]
    assert all(tool.annotations.read_only_hint for tool in tools)
    assert all(tool.description for tool in tools)


def test_answers_carry_editions_and_dates(house: Path) -> None:
    async def asked(session: Any) -> Any:
        calls: tuple[tuple[str, dict[str, Any]], ...] = (
            ("screen", {"name": "아르카디 주콥스키", "birth_date": "1961"}),
            ("screen", {"name": "Maria Gonzalez Ortega"}),
            ("explain", {"name": "Arkady Zhukov", "source": "house", "id": "H1"}),
            ("lists", {}),
        )
        return [(await session.call_tool(name, given)).structured_content for name, given in calls]

    hit, clear, explained, lists = ask(house, asked)
    edition = Store(house).current("house").edition
    for answer in (hit, clear, explained, lists):
        assert answer["editions"][0]["sha256"] == edition.sha256
        assert answer["editions"][0]["retrieved"] == edition.retrieved
        assert answer["answered"].endswith("Z")
        assert answer["warnings"] == []
    assert hit["hits"][0]["id"] == "H1"
    assert hit["hits"][0]["programs"][0]["authority"] == "Board order 7"
    assert clear["is_clear"]
    assert sum(one["points"] for one in explained["evidence"]) == round(explained["score"] * 10_000)
    assert lists["lists"][0]["records"] == 3


def test_what_is_wrong_is_said_and_the_tools_go_on(house: Path) -> None:
    async def asked(session: Any) -> Any:
        wrong = [
            await session.call_tool("screen", {"name": " "}),
            await session.call_tool("screen", {"name": "x", "birth_date": "soon"}),
            await session.call_tool("explain", {"name": "x", "source": "house", "id": "none"}),
        ]
        return wrong, await session.call_tool("screen", {"name": "Arkady Star"})

    wrong, right = ask(house, asked)
    assert all(one.is_error for one in wrong)
    assert all("Traceback" not in one.content[0].text for one in wrong)
    assert "birth_date must be" in wrong[1].content[0].text
    assert right.structured_content["hits"][0]["id"] == "H3"
