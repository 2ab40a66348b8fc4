"""Builds the documentation site in build/site/html, strictly, and checks every link of the built pages.

    python tools/site/make_site.py

The pages are the repository's own, at the places where they are, so that a link leads to the same page here as on a
Git host. Only the reference of Python and of the commands is made for the site, from the docstrings and from the
command line itself.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from broken_links import broken_links
from commands import command_reference

import screenkit

ROOT = Path(__file__).parents[2]
SITE = ROOT / "build/site"
#: What is shown, from the repository's root.
PAGES = ("*.md", "docs/**/*.*", "lists/**/*.md", "benchmarks/README.md")

#: A block that shows a file, as the pages and the tests that run them have it: ```csv customers.csv
NAMED_BLOCK = re.compile(r"^(```\w+) (\S+)$", re.MULTILINE)

#: The public names by what they are for, with a sentence on each kind.
NAMES = {
    "Screen": (
        "Where to start, and what a screening gives back.",
        "Screener LiveScreener live screen compare Subject Screening Hit SuppressedHit",
    ),
    "Scores": (
        "Why a name scores what it scores.",
        "Score Evidence EvidenceKind Policy",
    ),
    "Names": (
        "How a name is read.",
        "normalize Name Reading",
    ),
    "Lists": (
        "What publishers state. All records are frozen, and are made with keywords.",
        "read Edition Designation ListedName NamePart NameType Strength Kind Program Measure PartialDate Place Address"
        " Identifier IdentifierType Relation",
    ),
    "Decisions": (
        "What reviewers decided about hits, and how long it is valid.",
        "Decisions Decision Outcome Review Lapse",
    ),
    "Errors": (
        "Everything that screenkit raises on purpose.",
        "ScreenkitError AuditError BatchError CalibrationError DamagedFileError DecisionError EditionRefusedError"
        " FetchError InvalidPolicyError InvalidRecordError InvalidSubjectError ListFormatError NoListError ServiceError"
        " SigningError SourceError StaleListError StarterCoverageWarning StoreError UnknownSourceError",
    ),
}


def python_reference() -> str:
    """The page on all public names. Raises `ValueError` where the table and the public names differ."""
    shown = [name for _, names in NAMES.values() for name in names.split()]
    if sorted(shown) != sorted(screenkit.__all__):
        raise ValueError(f"NAMES and screenkit.__all__ differ: {sorted(set(shown) ^ set(screenkit.__all__))}")
    page = "# Python\n\nAll of it is imported from `screenkit`.\n"
    for title, (sentence, names) in NAMES.items():
        page += f"\n## {title}\n\n{sentence}\n"
        for name in names.split():
            page += f"\n::: {getattr(screenkit, name).__module__}.{name}\n"
    return page


def gather() -> None:
    """Put all pages and the settings into the folder that the site is built in.

    Raises `ValueError` for a page that the navigation doesn't lead to.
    """
    shutil.rmtree(SITE, ignore_errors=True)
    pages = SITE / "pages"
    for pattern in PAGES:
        for path in ROOT.glob(pattern):
            place = pages / path.relative_to(ROOT)
            place.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".md":
                text = NAMED_BLOCK.sub(r'\1 title="\2"', path.read_text(encoding="utf-8"))
                place.write_text(text, encoding="utf-8")
            else:
                shutil.copyfile(path, place)
    reference = pages / "reference"
    reference.mkdir()
    (reference / "python.md").write_text(python_reference(), encoding="utf-8")
    (reference / "commands.md").write_text(command_reference(), encoding="utf-8")
    here = Path(__file__).parent
    shutil.copyfile(here / "site.css", pages / "site.css")
    settings = (here / "zensical.toml").read_text(encoding="utf-8")
    (SITE / "zensical.toml").write_text(settings, encoding="utf-8")
    named = [path.relative_to(pages).as_posix() for path in pages.rglob("*.md")]
    if absent := [page for page in named if f'"{page}"' not in settings]:
        raise ValueError(f"the navigation in {here / 'zensical.toml'} lacks {', '.join(absent)}")


def main() -> None:
    gather()
    built = subprocess.run([sys.executable, "-m", "zensical", "build", "--strict"], cwd=SITE, check=False)
    sys.exit(built.returncode or "\n".join(broken_links(SITE / "html")) or None)


if __name__ == "__main__":
    main()
