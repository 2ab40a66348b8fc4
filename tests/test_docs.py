"""Every code block of the README and docs runs, and prints what stands below it.

A ```python block is a doctest. In a ```console block each line that begins with "$ screenkit" is run, in a folder
that holds the published files the text speaks of, and its output is compared to the letter. The store is one of the
block's own, and a server on loopback stands in for publishers.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "lists").rglob("*.md"))]
#: Names that the texts use for published files, and where these stand.
FILES = {
    "consolidated.xml": "lists/un_sc/2025-11-20/consolidated.xml",
    "april.xml": "lists/un_sc/2025-04-19/consolidated.xml",
    "cons_enhanced.xml": "lists/us_ofac_cons/2025-01-10/cons_enhanced.xml",
    "sdn": "lists/us_ofac_sdn/2023-12-28",
}
#: Sources that `screenkit update` finds at a server on loopback, and the files that it offers.
MIRRORED = {
    "un_sc": ("un_sc/2025-11-20/consolidated.xml",),
    "us_ofac_cons": ("us_ofac_cons/2025-01-10/cons_enhanced.xml",),
    "us_ofac_sdn": tuple(f"us_ofac_sdn/2023-12-28/{name}.csv" for name in ("sdn", "alt", "add")),
}
BLOCK = re.compile(r"^```(python|console)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
#: A block such as ```csv customers.csv is a file of that name for all blocks of its page.
FILE = re.compile(r"^```(?:csv|toml) (\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(language: str) -> list[tuple[str, str]]:
    return [
        (f"{page.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 1}", match[2])
        for page in PAGES
        for text in [page.read_text(encoding="utf-8")]
        for match in BLOCK.finditer(text)
        if match[1] == language
    ]


@pytest.fixture
def folder(tmp_path: Path, shared: Callable[[str], Path], request: pytest.FixtureRequest) -> Path:
    """A folder with the files that the block under test names; skips where one is not at hand."""
    block: str = request.getfixturevalue("block")
    for name, relative in FILES.items():
        if re.search(rf"(?<![\w/]){re.escape(name)}(?![\w.])", block):
            (tmp_path / name).symlink_to(shared(relative).resolve())
    page = ROOT / request.getfixturevalue("place").rpartition(":")[0]
    for match in FILE.finditer(page.read_text(encoding="utf-8")):
        (tmp_path / match[1]).write_text(match[2], encoding="utf-8")
    return tmp_path


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


@pytest.fixture(scope="session")
def mirror(shared: Callable[[str], Path]) -> Iterator[str]:
    """The addresses, for $SCREENKIT_URLS, of a server that offers published files; skips where they are not at hand."""
    handler = partial(_Quiet, directory=str(shared("lists")))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        yield " ".join(f"{source}={base}/{path}" for source, paths in MIRRORED.items() for path in paths)
        server.shutdown()


def test_there_are_blocks_to_run() -> None:
    assert len(blocks("python")) >= 1
    assert len(blocks("console")) >= 3


@pytest.mark.filterwarnings("ignore::screenkit.errors.StarterCoverageWarning")
@pytest.mark.parametrize(("place", "block"), blocks("python"), ids=[place for place, _ in blocks("python")])
def test_python_block(place: str, block: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    parsed = doctest.DocTestParser().get_doctest(block, {}, place, place, 0)
    assert parsed.examples, "a python block has examples that begin with >>>"
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    printed: list[str] = []
    runner.run(parsed, out=printed.append)
    assert not runner.failures, "".join(printed)


@pytest.mark.parametrize(("place", "block"), blocks("console"), ids=[place for place, _ in blocks("console")])
def test_console_block(place: str, block: str, folder: Path, request: pytest.FixtureRequest) -> None:
    command = shutil.which("screenkit", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert command, "the command screenkit is not installed"
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, expected = part.partition("\n")
        if not line.startswith("screenkit "):
            continue
        environment = {**os.environ, "COLUMNS": "110", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
        environment |= {"XDG_DATA_HOME": str(folder / "data"), "NO_PROXY": "127.0.0.1"}
        environment.pop("SCREENKIT_STORE", None)
        if "$ screenkit update" in block:
            environment["SCREENKIT_URLS"] = request.getfixturevalue("mirror")
        done = subprocess.run(
            [command, *shlex.split(line)[1:]], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        printed = "\n".join(row.rstrip() for row in (done.stdout + done.stderr).splitlines())
        assert ruled(printed) == ruled(expected), f"{place}: {line}"


def ruled(text: str) -> str:
    """A text with every ruled line as short as can be: how long rich draws one depends on its version."""
    return re.sub("─{20,}", "─", text.strip())
