"""One server that most tests of the service share. They are skipped where the extra [service] is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from .server import Server, install_house, serving

NEEDED = ("fastapi", "uvicorn", "prometheus_client", "jinja2")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, visibly, what needs a package that is absent."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    for item in items:
        if missing and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=f"the extra [service] is not installed: {', '.join(missing)}"))


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the house list."""
    store = tmp_path_factory.mktemp("service") / "store"
    install_house(store)
    return store


@pytest.fixture(scope="session")
def server(house: Path) -> Iterator[Server]:
    """A server of the house list without keys. No test may change what it searches."""
    with serving(house) as running:
        yield running
