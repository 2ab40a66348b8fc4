"""Builds the wheel: with the modules that have a `.pxd` beside them compiled, or a pure one where they can't be.

A `.pxd` gives the types that Cython compiles the ordinary `.py` beside it with. Set SCREENKIT_PURE=1 to compile
nothing. The library does the same without compiled modules; `screenkit --version` says which it runs.

The modules are compiled for Python's limited API, so that one wheel serves every CPython from 3.11 on. Two builds of
the same sources give the same bytes.

In an editable install the compiled modules lie beside their sources and are imported in place of them: install again
after changing one of these sources, or delete the compiled modules.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from setuptools import Extension

#: Every index is checked by the laws, on the same source run by Python.
DIRECTIVES = {
    "language_level": 3,
    "annotation_typing": False,
    "boundscheck": False,
    "wraparound": False,
    "cdivision": True,
    "initializedcheck": False,
}

#: CPython promises these functions to modules compiled once, from this version on (PEP 384). The builds without a
#: global lock don't have them, nor do other Pythons; there a module is compiled for one version.
OLDEST = (3, 11)
HAS_LIMITED_API = sys.implementation.name == "cpython" and not sysconfig.get_config_var("Py_GIL_DISABLED")

#: No debugging records, which name folders, and on Windows no time of day: the bytes depend on the sources alone.
COMPILER, LINKER = (["/Brepro"], ["/Brepro"]) if sys.platform == "win32" else (["-g0"], [])


class CompileModules(BuildHookInterface):  # type: ignore[type-arg]  # the build's own, which checks no types
    """Compiles modules with the C compiler that Python was built for."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and add the results to the wheel."""
        if os.environ.get("SCREENKIT_PURE"):
            return
        root = Path(self.root)
        # An editable install imports the modules from where their sources are.
        folder = root / "src" if version == "editable" else Path(mkdtemp(prefix="screenkit-compiled-"))
        built = compiled(root, folder)
        if isinstance(built, str):
            self.app.display_warning(f"nothing was compiled, so searching will be slower: {built}")
            return
        build_data["pure_python"] = False
        if HAS_LIMITED_API:
            platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["tag"] = f"cp{OLDEST[0]}{OLDEST[1]}-abi3-{platform}"
        else:
            build_data["infer_tag"] = True
        if version != "editable":
            for path in built:
                build_data["force_include"][str(path)] = path.relative_to(folder).as_posix()


def compiled(root: Path, folder: Path) -> list[Path] | str:
    """The compiled modules below a folder, or why there are none."""
    from Cython.Build import cythonize
    from setuptools import Distribution
    from setuptools.errors import BaseError, CCompilerError

    work = mkdtemp(prefix="screenkit-build-")
    before = Path.cwd()
    os.chdir(root)
    try:
        sources = [types.with_suffix(".py") for types in sorted(Path("src").rglob("*.pxd"))]
        extensions = cythonize(
            [_extension(source) for source in sources],
            build_dir=work,
            include_path=["src"],
            compiler_directives=DIRECTIVES,
            quiet=True,
        )
        command = Distribution({"name": "screenkit", "ext_modules": extensions}).get_command_obj("build_ext")
        command.build_lib, command.build_temp = str(folder), work
        command.parallel = True  # as many compilers as there are processors
        command.ensure_finalized()
        command.run()
    except (BaseError, CCompilerError) as error:
        return str(error)
    finally:
        os.chdir(before)
    built = [Path(output) for output in command.get_outputs()]
    for path in built:
        # Python would prefer a module compiled for its own version to one for all, however old it is.
        for older in path.parent.glob(f"{path.name.partition('.')[0]}.*{path.suffix}"):
            if older not in built:
                older.unlink()
    return built


def _extension(source: Path) -> Extension:
    """A module to be compiled from its source."""
    from setuptools import Extension

    return Extension(
        ".".join(source.with_suffix("").parts[1:]),
        [str(source)],
        define_macros=[("Py_LIMITED_API", f"0x{OLDEST[0]:02X}{OLDEST[1]:02X}0000")] if HAS_LIMITED_API else [],
        py_limited_api=HAS_LIMITED_API,
        extra_compile_args=COMPILER,
        extra_link_args=LINKER,
    )
