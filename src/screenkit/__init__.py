"""A counterparty's name in any script in; scored, explained sanctions hits with the matched program out.

The public names are resolved on first use (PEP 562), so that importing the package is cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screenkit.comparison.designations import compare
    from screenkit.decisions import Decisions
    from screenkit.errors import (
        AuditError,
        BatchError,
        CalibrationError,
        DamagedFileError,
        DecisionError,
        EditionRefusedError,
        FetchError,
        InvalidPolicyError,
        InvalidRecordError,
        InvalidSubjectError,
        ListFormatError,
        NoListError,
        ScreenkitError,
        ServiceError,
        SigningError,
        SourceError,
        StaleListError,
        StarterCoverageWarning,
        StoreError,
        UnknownSourceError,
    )
    from screenkit.installed_lists import screen
    from screenkit.live_screener import LiveScreener, live
    from screenkit.model import (
        Address,
        Decision,
        Designation,
        Edition,
        Evidence,
        EvidenceKind,
        Identifier,
        IdentifierType,
        Kind,
        Lapse,
        ListedName,
        Measure,
        Name,
        NamePart,
        NameType,
        Outcome,
        PartialDate,
        Place,
        Program,
        Reading,
        Relation,
        Review,
        Score,
        Strength,
        Subject,
    )
    from screenkit.names import normalize
    from screenkit.policy import Policy
    from screenkit.results import Hit, Screening, SuppressedHit
    from screenkit.screener import Screener
    from screenkit.sources import read

_MODEL = (
    "Address Decision Designation Edition Evidence EvidenceKind Identifier IdentifierType Kind Lapse ListedName"
    " Measure Name NamePart NameType Outcome PartialDate Place Program Reading Relation Review Score Strength"
    " Subject"
)
_ERRORS = (
    "AuditError BatchError CalibrationError DamagedFileError DecisionError EditionRefusedError FetchError"
    " InvalidPolicyError InvalidRecordError InvalidSubjectError ListFormatError NoListError ScreenkitError"
    " ServiceError SigningError SourceError StaleListError StarterCoverageWarning StoreError UnknownSourceError"
)
_HOMES = {
    **dict.fromkeys(_MODEL.split(), "screenkit.model"),
    **dict.fromkeys(("Hit", "Screening", "SuppressedHit"), "screenkit.results"),
    **dict.fromkeys(_ERRORS.split(), "screenkit.errors"),
    **dict.fromkeys(("LiveScreener", "live"), "screenkit.live_screener"),
    "Screener": "screenkit.screener",
    "screen": "screenkit.installed_lists",
    "Decisions": "screenkit.decisions",
    "compare": "screenkit.comparison.designations",
    "Policy": "screenkit.policy",
    "normalize": "screenkit.names",
    "read": "screenkit.sources",
}

__all__ = [
    "Address",
    "AuditError",
    "BatchError",
    "CalibrationError",
    "DamagedFileError",
    "Decision",
    "DecisionError",
    "Decisions",
    "Designation",
    "Edition",
    "EditionRefusedError",
    "Evidence",
    "EvidenceKind",
    "FetchError",
    "Hit",
    "Identifier",
    "IdentifierType",
    "InvalidPolicyError",
    "InvalidRecordError",
    "InvalidSubjectError",
    "Kind",
    "Lapse",
    "ListFormatError",
    "ListedName",
    "LiveScreener",
    "Measure",
    "Name",
    "NamePart",
    "NameType",
    "NoListError",
    "Outcome",
    "PartialDate",
    "Place",
    "Policy",
    "Program",
    "Reading",
    "Relation",
    "Review",
    "Score",
    "Screener",
    "Screening",
    "ScreenkitError",
    "ServiceError",
    "SigningError",
    "SourceError",
    "StaleListError",
    "StarterCoverageWarning",
    "StoreError",
    "Strength",
    "Subject",
    "SuppressedHit",
    "UnknownSourceError",
    "compare",
    "live",
    "normalize",
    "read",
    "screen",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        if name == "__version__":
            from importlib.metadata import version

            return version("screenkit")
        raise AttributeError(f"module 'screenkit' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
