"""What the tests share: the excerpts, and the published list files where they are at hand."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from screenkit import Designation, Edition, Screener, read

EXCERPTS = Path(__file__).parent / "excerpts"
#: Published list files and labelled data, used where present and never part of the project.
SHARED = Path(os.environ.get("SCREENKIT_SHARED", Path(__file__).parents[2] / "shared"))

# How much the tests try: by default a short form, in which the laws try 25 examples each, and more on demand. On CI the
# examples are the same on every run.
settings.register_profile(
    "default",
    deadline=None,
    max_examples=25,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("full", settings.get_profile("default"), max_examples=100)
settings.register_profile("long", settings.get_profile("default"), max_examples=3_000, derandomize=False)
settings.load_profile(os.environ.get("SCREENKIT_LAWS", "default"))


@pytest.fixture(scope="session", autouse=True)
def _no_store_of_the_users(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests meet no store but those they make."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patch.delenv("SCREENKIT_STORE", raising=False)
        yield


@pytest.fixture(scope="session")
def excerpt() -> Callable[[str], Path]:
    """The path of a hand-written excerpt, a file or a folder below tests/excerpts."""

    def path(relative: str) -> Path:
        found = EXCERPTS / relative
        assert found.exists(), f"no excerpt {found}"
        return found

    return path


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """The path of a published file below the folder ../shared; the test skips, visibly, where it is absent."""

    def path(relative: str) -> Path:
        found = SHARED / relative
        if not found.exists():
            pytest.skip(f"published data not at hand: {found}")
        return found

    return path


#: What one reading of a published list gave: its designations, its edition, and how much of each sort was read.
Reading = tuple[list[Designation], Edition, Mapping[str, tuple[int, int]]]


@pytest.fixture(scope="session")
def kept_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """A file that the first test that asks for it makes, for all tests, whichever process they run in."""
    base = tmp_path_factory.getbasetemp()
    # The workers of pytest-xdist have a folder each inside that of the run.
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def kept(name: str, make: Callable[[Path], None]) -> Path:
        path = folder / name.replace("/", " ")
        with FileLock(f"{path}.lock"):
            if not path.exists():
                make(path)
        return path

    return kept


@pytest.fixture(scope="session")
def reading_of(
    shared: Callable[[str], Path], kept_once: Callable[[str, Callable[[Path], None]], Path]
) -> Callable[[str], Reading]:
    """What reading a published list gave. A run of the tests reads each list once."""

    def reading(edition: str) -> Reading:
        files = shared(f"lists/{edition}")

        def make(path: Path) -> None:
            reader = read(edition.partition("/")[0], files)
            designations = list(reader)
            path.write_bytes(pickle.dumps((designations, reader.edition, dict(reader.shares))))

        found: Reading = pickle.loads(kept_once(f"{edition}.reading", make).read_bytes())
        return found

    return reading


@pytest.fixture(scope="session")
def designations_of(reading_of: Callable[[str], Reading]) -> Callable[[str], list[Designation]]:
    """The designations of a published list, such as "un_sc/2025-11-20"."""
    return lambda edition: reading_of(edition)[0]


@pytest.fixture(scope="session")
def screener_of(
    designations_of: Callable[[str], list[Designation]], kept_once: Callable[[str, Callable[[Path], None]], Path]
) -> Callable[[str], Screener]:
    """A screener of a published list, such as "us_ofac_sdn/2023-12-28", that was indexed once and saved."""

    def screener(edition: str) -> Screener:
        return Screener.load(kept_once(f"{edition}.index", lambda path: Screener(designations_of(edition)).save(path)))

    return screener


@pytest.fixture
def damaged_copy(excerpt: Callable[[str], Path], tmp_path: Path) -> Callable[[str], Callable[[str, str], Path]]:
    """Of an excerpt: a function that copies it with one piece of its text, which stands there once, replaced."""

    def of(relative: str) -> Callable[[str, str], Path]:
        def replaced(old: str, new: str) -> Path:
            source = excerpt(relative)
            text = source.read_text(encoding="utf-8")
            assert text.count(old) == 1
            path = tmp_path / source.name
            path.write_text(text.replace(old, new), encoding="utf-8")
            return path

        return replaced

    return of


class _Interpreted:
    """Finds the sources of modules, whether or not they lie beside compiled ones."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """The source of a module that can be compiled: it has a `.pxd` beside it."""
        source = Path(path[0], f"{name.rpartition('.')[2]}.py") if path else Path()
        return spec_from_file_location(name, source) if source.with_suffix(".pxd").exists() else None


def _is_of_the_search(name: str) -> bool:
    return name == "screenkit.comparison.bounds" or f"{name}.".startswith("screenkit.search.")


@pytest.fixture(scope="session")
def both_searches() -> Mapping[str, Mapping[str, ModuleType]]:
    """The modules of the search by name, twice: as they are installed, and all run as ordinary Python."""
    installed = {name: module for name, module in sys.modules.items() if _is_of_the_search(name)}
    for name in installed:
        del sys.modules[name]
    sys.meta_path.insert(0, finder := _Interpreted())
    try:
        import_module("screenkit.search.index")
        interpreted = {name: module for name, module in sys.modules.items() if _is_of_the_search(name)}
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if _is_of_the_search(name)]:
            del sys.modules[name]
        sys.modules.update(installed)
        for name, module in installed.items():
            setattr(sys.modules[name.rpartition(".")[0]], name.rpartition(".")[2], module)
    return {"as installed": installed, "interpreted": interpreted}


@pytest.fixture(scope="session", params=["as installed", "interpreted"])
def search_modules(
    request: pytest.FixtureRequest, both_searches: Mapping[str, Mapping[str, ModuleType]]
) -> Mapping[str, ModuleType]:
    """The modules of the search by name, each in turn."""
    return both_searches[request.param]
