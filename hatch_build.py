"""A checkout in, a wheel with the compiled kernel of the index out; a pure one where it can't be compiled.

Set SCREENKIT_PURE=1 to leave it out. The library does the same without it, two to three times slower.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

KERNEL = "screenkit.index._kernel"


class CompileKernel(BuildHookInterface):  # type: ignore[type-arg]  # the build's own, which checks no types
    """Compiles the kernel with the C compiler that Python was built for."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and have the result taken up."""
        if os.environ.get("SCREENKIT_PURE"):
            return
        # What is installed to be edited is imported from where it stands.
        folder = Path(self.root, "src") if version == "editable" else Path(mkdtemp(prefix="screenkit-kernel-"))
        built = compiled(Path(self.root), folder)
        if isinstance(built, str):
            self.app.display_warning(f"the kernel of the index is left out, searching will be slower: {built}")
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        if version != "editable":
            build_data["force_include"][str(built)] = f"screenkit/index/{built.name}"


def compiled(root: Path, folder: Path) -> Path | str:
    """The compiled kernel below a folder, or why there is none."""
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension
    from setuptools.errors import BaseError, CCompilerError

    work = mkdtemp(prefix="screenkit-build-")
    source = Path("src", *KERNEL.split(".")).with_suffix(".pyx")
    before = Path.cwd()
    os.chdir(root)
    try:
        extensions = cythonize([Extension(KERNEL, [str(source)])], build_dir=work, quiet=True)
        command = Distribution({"name": "screenkit", "ext_modules": extensions}).get_command_obj("build_ext")
        command.build_lib, command.build_temp = str(folder), work
        command.ensure_finalized()
        command.run()
    except (BaseError, CCompilerError) as error:
        return str(error)
    finally:
        os.chdir(before)
    return Path(command.get_outputs()[0])
