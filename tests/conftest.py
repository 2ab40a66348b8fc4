"""What the tests share: the excerpts, and the published list files where they are at hand."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, settings

EXCERPTS = Path(__file__).parent / "excerpts"
#: Published list files and labelled data, used where present and never part of the project.
SHARED = Path(os.environ.get("SCREENKIT_SHARED", Path(__file__).parents[2] / "shared"))

# The laws try the same examples on every run of CI, and more of them on demand.
settings.register_profile("default", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.register_profile("short", settings.get_profile("ci"), max_examples=20)
settings.register_profile("long", settings.get_profile("default"), max_examples=3_000)
settings.load_profile(os.environ.get("SCREENKIT_LAWS", "ci" if os.environ.get("CI") else "default"))


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


@pytest.fixture(scope="session", params=["as installed", "interpreted"])
def search_modules(request: pytest.FixtureRequest) -> Mapping[str, ModuleType]:
    """The modules of the search by name: as they are installed, and all run as ordinary Python."""

    installed = {name: module for name, module in sys.modules.items() if _is_of_the_search(name)}
    if request.param == "as installed":
        return installed
    finder = _Interpreted()
    for name in installed:
        del sys.modules[name]
    sys.meta_path.insert(0, finder)
    try:
        import_module("screenkit.search.index")
        return {name: module for name, module in sys.modules.items() if _is_of_the_search(name)}
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if _is_of_the_search(name)]:
            del sys.modules[name]
        sys.modules.update(installed)
        for name, module in installed.items():
            setattr(sys.modules[name.rpartition(".")[0]], name.rpartition(".")[2], module)
