"""The onboarding example of docs/how-to/embed.md takes on whom it should, and records what it was asked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from screenkit.audit import verify
from screenkit.editions.store import Store

from .server import install_house

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "embed.md"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    (text,) = re.findall(r"^```py\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    monkeypatch.setenv("SCREENKIT_STORE", str(tmp_path / "store"))
    monkeypatch.chdir(tmp_path)
    install_house(tmp_path / "store")
    names: dict[str, Any] = {}
    exec(compile(text, str(PAGE), "exec"), names)
    return names["app"]


# The oldest test client that is supported takes a name from where the newest anyio has it no longer.
@pytest.mark.filterwarnings("ignore:The anyio.abc.BlockingPortal alias:DeprecationWarning")
def test_a_customer_is_taken_on_only_if_nothing_was_found(app: Any, tmp_path: Path) -> None:
    from fastapi.testclient import TestClient

    with TestClient(app) as client:

        def answered(**stated: object) -> tuple[int, str]:
            answer = client.post("/customers", json={"key": "C1", **stated})
            return answer.status_code, answer.json().get("decision", "")

        assert answered(name="Maria Gonzalez Ortega") == (201, "taken on")
        assert answered(name="Аркадий Жуковский", birth_date="1961") == (202, "under review")
        assert answered(name="Maria", birth_date="soon") == (422, "not screened")
        assert answered(name=" ") == (422, "not screened")
        assert answered() == (422, "")
    assert Store(tmp_path / "store").sources() == ("house",)
    log = tmp_path / "onboarding.log"
    assert verify(log).is_intact
    assert log.read_text(encoding="utf-8").count('"needs_review"') == 2
