"""Every code block of the README and docs runs and prints what is shown below it, and every path they name exists.

A ```python block is a doctest. In a ```console block each line that begins with "$ screenkit" is run, and its output is
compared to the letter; a server on loopback stands in for publishers. The blocks of the README and of the tutorial run
in their own order in one folder, as a reader types them; the README's also where lists are already installed. A block
of another page has a folder and a store of its own, with the published files that it names.

The blocks take minutes, and have a command of their own: python -m pytest -n auto --dist worksteal -m blocks
"""

from __future__ import annotations

import datetime as dt
import doctest
import importlib
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

import screenkit
from screenkit.editions.store import Incoming, Store

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
#: Read from the beginning to the end, so a block builds on those before it.
IN_ORDER = [README, ROOT / "docs/tutorial.md"]
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "lists").rglob("*.md"))]
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


def blocks_of(page: Path) -> Iterator[tuple[str, str, str]]:
    """Each block of a page: its language, its place and its text."""
    text = page.read_text(encoding="utf-8")
    for match in BLOCK.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield match[1], f"{page.relative_to(ROOT)}:{line}", match[2]


def blocks(language: str) -> list[tuple[str, str]]:
    pages = [page for page in PAGES if page not in IN_ORDER]
    return [(place, block) for page in pages for found, place, block in blocks_of(page) if found == language]


@pytest.fixture
def folder(tmp_path: Path, shared: Callable[[str], Path], request: pytest.FixtureRequest) -> Path:
    """A folder with the files that the block under test names; skips where one is not at hand."""
    block: str = request.getfixturevalue("block")
    for name, relative in FILES.items():
        if re.search(rf"(?<![\w/]){re.escape(name)}(?![\w.])", block):
            (tmp_path / name).symlink_to(shared(relative).resolve())
    write_files(ROOT / request.getfixturevalue("place").rpartition(":")[0], tmp_path)
    return tmp_path


def write_files(page: Path, folder: Path) -> None:
    """Put the files that a page shows into a folder."""
    for match in FILE.finditer(page.read_text(encoding="utf-8")):
        (folder / match[1]).write_text(match[2], encoding="utf-8")


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


@pytest.mark.blocks
@pytest.mark.filterwarnings("ignore::screenkit.errors.StarterCoverageWarning")
@pytest.mark.parametrize(("place", "block"), blocks("python"), ids=[place for place, _ in blocks("python")])
def test_python_block(place: str, block: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    run_python(place, block, {})


@pytest.mark.blocks
@pytest.mark.parametrize(("place", "block"), blocks("console"), ids=[place for place, _ in blocks("console")])
def test_console_block(place: str, block: str, folder: Path, request: pytest.FixtureRequest) -> None:
    urls = request.getfixturevalue("mirror") if "$ screenkit update" in block else ""
    for line, expected in commands(block):
        run_command(place, line, expected, folder, urls)


@pytest.mark.blocks
@pytest.mark.filterwarnings("ignore::screenkit.errors.StarterCoverageWarning")
@pytest.mark.parametrize("page", IN_ORDER, ids=lambda page: page.stem)
def test_a_page_in_its_own_order(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "lists").symlink_to(ROOT / "lists")
    write_files(page, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    session: dict[str, object] = {}
    urls = ""
    for language, place, block in blocks_of(page):
        if "$ screenkit update" in block:
            urls = request.getfixturevalue("mirror")
        if language == "python":
            run_python(place, block, session)
        for line, expected in commands(block) if language == "console" else ():
            run_command(place, line, expected, tmp_path, urls)


@pytest.mark.blocks
def test_readme_where_lists_are_installed(tmp_path: Path, shared: Callable[[str], Path]) -> None:
    """Each search of the README says which list it searches, so installed lists change nothing that it prints."""
    (tmp_path / "lists").symlink_to(ROOT / "lists")
    store = Store(tmp_path / "data/screenkit")
    for source in ("un_sc", "us_ofac_cons"):
        files = [Incoming(path=shared("lists") / path) for path in MIRRORED[source]]
        store.install(source, files, retrieved=dt.datetime.now(dt.UTC))
    for language, place, block in blocks_of(README):
        for line, expected in commands(block) if language == "console" else ():
            if line.split()[1] not in {"update", "lists"}:
                run_command(place, line, expected, tmp_path)


#: Pages whose paths and names are checked; the changelog may name what is gone.
NAMING = [README, ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", ROOT / "benchmarks/README.md", *PAGES]
PACKAGE = ROOT / "src/screenkit"
#: A path below a folder of the project or the package, such as benchmarks/speed.py or names/korean/.
FOLDERS = "|".join(sorted({folder.name for top in (ROOT, PACKAGE) for folder in top.glob("[a-z]*/")}))
PATH = re.compile(rf"(?<![\w./<>~-])((?:{FOLDERS})/[\w./-]+\w/?)(?![\w<*/(-])")
MODULE = re.compile(r"(?<![\w./-])\w+\.py\b")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)[^)]*\)")
DOTTED = re.compile(r"(?<![\w./@-])screenkit(?!\.toml)((?:\.[A-Za-z]\w*)+)")


@pytest.mark.parametrize("page", NAMING, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_names_exists(page: Path) -> None:
    """Each path, module, link and dotted name of a page is there, so a reader who follows one arrives."""
    text = page.read_text(encoding="utf-8")
    modules = {path.name for top in ("src", "tests", "tools", "benchmarks") for path in (ROOT / top).rglob("*.py")}
    tops = (ROOT, PACKAGE, page.parent)
    missing = [path for path in PATH.findall(text) if not any((top / path).exists() for top in tops)]
    missing += [module for module in MODULE.findall(text) if module not in modules]
    missing += [link for link in LINK.findall(text) if not (page.parent / link).exists()]
    missing += [f"screenkit{name}" for name in DOTTED.findall(text) if not is_importable(name[1:].split("."))]
    assert not missing


#: Words that only this project used so, and British spellings.
PRIVATE = re.compile(
    r"\b(nought|reckoned|gone by|taken up|told (?:from|apart)|sound (?:space|key)s?|neighbourhoods?|labelled|licence"
    r"|normalis\w+|romanis\w+|recognis\w+|colour|behaviour)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("page", NAMING, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_is_in_plain_american_english(page: Path) -> None:
    prose = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    assert not PRIVATE.findall(prose)


def is_importable(parts: list[str]) -> bool:
    """Whether screenkit has a module or a value of this dotted name."""
    found: object = screenkit
    for at, part in enumerate(parts, 1):
        path = PACKAGE.joinpath(*parts[:at])
        if path.is_dir() or path.with_suffix(".py").exists():
            try:
                found = importlib.import_module(".".join(["screenkit", *parts[:at]]))
            except ModuleNotFoundError as error:
                # A module that needs an extra, such as Spark's, is looked at as text where the extra is not installed.
                assert not str(error.name).startswith("screenkit"), error
                text = path.with_suffix(".py").read_text(encoding="utf-8")
                return all(re.search(rf"^(?:def|class) {name}\b|^{name}\b", text, re.MULTILINE) for name in parts[at:])
        elif hasattr(found, part):
            found = getattr(found, part)
        else:
            return False
    return True


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command line of a console block that runs screenkit, and what is printed below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, expected = part.partition("\n")
        if line.startswith("screenkit "):
            yield line, expected


def run_python(place: str, block: str, session: dict[str, object]) -> None:
    parsed = doctest.DocTestParser().get_doctest(block, session, place, place, 0)
    assert parsed.examples, "a python block has examples that begin with >>>"
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    printed: list[str] = []
    runner.run(parsed, out=printed.append, clear_globs=False)
    session.update(parsed.globs)
    assert not runner.failures, "".join(printed)


def run_command(place: str, line: str, expected: str, folder: Path, urls: str = "") -> None:
    command = shutil.which("screenkit", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert command, "the command screenkit is not installed"
    environment = {**os.environ, "COLUMNS": "110", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    # Published files are old; how old changes every day.
    environment |= {
        "SCREENKIT_MAX_LAG": "any",
        "XDG_DATA_HOME": str(folder / "data"),
        "NO_PROXY": "127.0.0.1",
        "SCREENKIT_URLS": urls,
    }
    environment.pop("SCREENKIT_STORE", None)
    done = subprocess.run(
        [command, *shlex.split(line)[1:]], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    printed = "\n".join(row.rstrip() for row in (done.stdout + done.stderr).splitlines())
    assert ruled(printed) == ruled(expected), f"{place}: {line}"


def ruled(text: str) -> str:
    """A text with every ruled line and gap as short as can be: how wide rich draws a column depends on its version.

    A table that says how long ago a list was checked is its words alone: on a busy machine that is a minute, and the
    other columns then are wider. A policy's fingerprint changes with every weight, and no page is about one: any does.
    """
    if "last checked" in text:
        checked = re.sub(r"less than a minute ago|\d+ minutes? ago", "now", text)
        return " ".join(sorted(re.findall(r"[^\s┃│┏┡└┳╇┴┓┩┘━─]+", checked)))
    narrow = re.sub(" {2,}", "  ", re.sub("─{20,}", "─", text.strip()))
    return re.sub(r"\bpolicy [0-9a-f]{12,}", "policy", narrow)
