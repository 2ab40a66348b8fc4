"""The public contract: names others' code calls, and what importing costs."""

from __future__ import annotations

import subprocess
import sys

import screenkit

SURFACE = {
    "Address", "AuditError", "BatchError", "CalibrationError", "DamagedFileError", "Decision", "DecisionError",
    "Decisions", "Designation", "Edition", "EditionRefusedError",
    "Evidence", "EvidenceKind", "FetchError", "Hit", "Identifier", "IdentifierType",
    "InvalidPolicyError", "InvalidRecordError", "InvalidSubjectError", "Kind", "Lapse", "ListFormatError",
    "ListedName", "LiveScreener", "Measure", "Name", "NamePart", "NameType", "NoListError", "Outcome", "PartialDate",
    "Place", "Policy", "Program", "Reading", "Relation", "Review", "Score", "Screener", "Screening", "ScreenkitError",
    "ServiceError", "SigningError", "SourceError", "StaleListError", "StarterCoverageWarning", "StoreError", "Strength",
    "Subject", "SuppressedHit", "UnknownSourceError", "compare", "live", "normalize", "read", "screen",
}  # fmt: skip


def test_the_public_surface_is_exactly_this() -> None:
    assert set(screenkit.__all__) == SURFACE
    assert {*SURFACE, "__version__"} == set(dir(screenkit))
    for name in SURFACE:
        assert getattr(screenkit, name) is not None
    assert screenkit.__version__ == "0.1.0"


def test_every_public_name_says_what_it_is() -> None:
    undocumented = [name for name in SURFACE if not getattr(screenkit, name).__doc__]
    assert not undocumented


def test_an_unknown_attribute_is_an_attribute_error() -> None:
    assert not hasattr(screenkit, "no_such_name")


def test_importing_the_package_imports_nothing_heavy() -> None:
    script = "import sys, screenkit; print(sorted({'numpy', 'rapidfuzz', 'attrs', 'attr', 'rich'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
