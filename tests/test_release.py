"""What is packaged elsewhere says the same as pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RECIPE = (ROOT / "tools/release/recipe.yaml").read_text(encoding="utf-8")


def requirements(section: str) -> set[str]:
    """The packages of a section of the conda recipe, without blanks."""
    found = re.search(rf"^  {section}:\n((?:    - .*\n)+)", RECIPE, re.MULTILINE)
    assert found is not None
    return {line.removeprefix("    - ").replace(" ", "") for line in found[1].splitlines()}


def test_the_conda_recipe_needs_what_the_project_needs() -> None:
    python = f"python{PROJECT['project']['requires-python']}"
    assert requirements("run") == {*PROJECT["project"]["dependencies"], python}
    assert requirements("host") >= set(PROJECT["build-system"]["requires"])
    assert f'version: "{PROJECT["project"]["version"]}"' in RECIPE
    assert PROJECT["project"]["description"] in RECIPE


def test_wheels_are_built_for_the_oldest_python_since_they_serve_the_newer_ones() -> None:
    oldest = PROJECT["project"]["requires-python"].removeprefix(">=").replace(".", "")
    assert PROJECT["tool"]["cibuildwheel"]["build"] == f"cp{oldest}-*"
