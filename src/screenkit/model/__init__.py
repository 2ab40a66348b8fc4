"""The nouns of screening, frozen: what is listed, what is asked, what is found."""

from .asked import Subject
from .dates import PartialDate
from .decided import Basis, Decision, Lapse, Outcome, Review
from .found import Evidence, EvidenceKind, Hit, Score, Screening, SuppressedHit
from .listed import (
    Address,
    Designation,
    Edition,
    Identifier,
    IdentifierType,
    Kind,
    ListedName,
    Measure,
    NamePart,
    NameType,
    Place,
    Program,
    Relation,
    Strength,
    Unparsed,
)
from .normalized import Compound, Name, Reading, Role, Sound, Space, Step, Token, TokenKind

__all__ = [
    "Address",
    "Basis",
    "Compound",
    "Decision",
    "Designation",
    "Edition",
    "Evidence",
    "EvidenceKind",
    "Hit",
    "Identifier",
    "IdentifierType",
    "Kind",
    "Lapse",
    "ListedName",
    "Measure",
    "Name",
    "NamePart",
    "NameType",
    "Outcome",
    "PartialDate",
    "Place",
    "Program",
    "Reading",
    "Relation",
    "Review",
    "Role",
    "Score",
    "Screening",
    "Sound",
    "Space",
    "Step",
    "Strength",
    "Subject",
    "SuppressedHit",
    "Token",
    "TokenKind",
    "Unparsed",
]
