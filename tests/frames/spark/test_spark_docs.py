"""Every ```py block of docs/how-to/spark.md runs under Spark, and prints what stands below it."""

from __future__ import annotations

import doctest
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "spark.md"
BLOCK = re.compile(r"^```py\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
@pytest.mark.filterwarnings("ignore:distutils Version classes are deprecated:DeprecationWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_blocks_of_the_page_run(
    session: Any, shared: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "consolidated.xml").symlink_to(shared("lists/un_sc/2025-11-20/consolidated.xml").resolve())
    monkeypatch.chdir(tmp_path)
    text = "\n".join(BLOCK.findall(PAGE.read_text(encoding="utf-8")))
    parsed = doctest.DocTestParser().get_doctest(text, {"spark": session}, PAGE.name, str(PAGE), 0)
    assert len(parsed.examples) > 5
    printed: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    runner.run(parsed, out=printed.append)
    assert not runner.failures, "".join(printed)
