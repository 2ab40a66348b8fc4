"""Who may do what: keys with scopes, hashed at rest, and nothing for others but on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screenkit import ServiceError
from screenkit.cli import main
from screenkit.service.guarding.keys import KeyFile, Scope

from .server import Server, serving

ONE = {"name": "Arkady Zhukovsky"}


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyFile:
    return KeyFile(tmp_path_factory.mktemp("keys") / "keys.json")


@pytest.fixture(scope="module")
def screening(keys: KeyFile) -> str:
    return keys.add("teller", [Scope.SCREEN])


@pytest.fixture(scope="module")
def guarded(house: Path, keys: KeyFile, screening: str) -> Iterator[Server]:
    with serving(house, "--keys", str(keys.path)) as running:
        yield running


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_a_key_is_kept_as_its_hash_in_a_file_of_its_owner(keys: KeyFile, screening: str) -> None:
    text = keys.path.read_text(encoding="utf-8")
    assert screening not in text
    assert screening.removeprefix("screenkit_") not in text
    assert keys.path.stat().st_mode & 0o077 == 0
    assert json.loads(text)["keys"][0]["name"] == "teller"


def test_a_request_needs_a_key_with_the_scope(guarded: Server, screening: str) -> None:
    for headers in ({}, bearer("wrong"), bearer(""), {"Authorization": screening}, {"X-API-Key": screening[:-1]}):
        answer = guarded.screen(ONE, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert guarded.screen(ONE, headers=bearer(screening)).status_code == 200
    assert guarded.screen(ONE, headers={"X-API-Key": screening}).status_code == 200
    assert guarded.screen(ONE, headers={"Authorization": f"ApiKey {screening}"}).status_code == 200
    for path in ("/lists", "/metrics"):
        assert guarded.get(path, headers=bearer(screening)).status_code == 403
        assert guarded.get(path).status_code == 401
    for path in ("/healthz", "/readyz"):
        assert guarded.get(path).status_code == 200
    assert any(line.get("key") == "teller" for line in guarded.log)
    assert screening not in guarded.text


def test_keys_are_added_and_revoked_while_it_runs(guarded: Server, keys: KeyFile) -> None:
    later = keys.add("auditor", [Scope.LISTS])
    assert guarded.get("/lists", headers=bearer(later)).status_code == 200
    assert guarded.screen(ONE, headers=bearer(later)).status_code == 403
    keys.revoke("auditor")
    assert guarded.get("/lists", headers=bearer(later)).status_code == 401
    with pytest.raises(ServiceError, match="no key in force"):
        keys.revoke("auditor")
    with pytest.raises(ServiceError, match="blank or taken"):
        keys.add("auditor", [Scope.LISTS])


def test_a_file_that_is_none_is_refused_and_lets_nobody_in(house: Path, tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "keys.json")
    key = file.add("teller", Scope)
    with serving(house, "--keys", str(file.path)) as server:
        file.path.write_text("{}", encoding="utf-8")
        assert server.screen(ONE, headers=bearer(key)).status_code == 500
        file.path.unlink()
        assert server.screen(ONE, headers=bearer(key)).status_code == 401
    assert "Traceback" not in server.text


def screenkit(*words: str, store: Path) -> Result:
    return CliRunner(env={"SCREENKIT_STORE": str(store), "SCREENKIT_CONFIG": ""}).invoke(main, words)


def test_another_address_than_loopback_needs_a_key(house: Path, tmp_path: Path) -> None:
    refused = screenkit("serve", "--host", "0.0.0.0", "--port", "0", store=house)
    assert refused.exit_code == 2
    assert "there is no API key" in refused.stderr
    file = KeyFile(tmp_path / "keys.json")
    file.add("teller", Scope)
    file.revoke("teller")
    refused = screenkit("serve", "--host", "::", "--keys", str(file.path), "--port", "0", store=house)
    assert "there is no API key" in refused.stderr


def test_the_commands(house: Path, tmp_path: Path) -> None:
    file = str(tmp_path / "keys.json")
    key = screenkit("keys", "add", "teller", "--scope", "screen", "--keys", file, store=house).stdout.strip()
    assert KeyFile(file).find(key) == KeyFile(file).read()[0]
    assert screenkit("keys", "revoke", "teller", "--keys", file, store=house).exit_code == 0
    listed = screenkit("keys", "list", "--keys", file, store=house).stdout
    assert "teller" in listed
    assert key not in listed
    assert screenkit("keys", "add", " ", "--keys", file, store=house).exit_code == 2
