"""The nouns of screening, frozen: what is listed, what is asked, what is found."""

from .asked import Subject
from .dates import PartialDate
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
    "Compound",
    "Designation",
    "Edition",
    "Evidence",
    "EvidenceKind",
    "Hit",
    "Identifier",
    "IdentifierType",
    "Kind",
    "ListedName",
    "Measure",
    "Name",
    "NamePart",
    "NameType",
    "PartialDate",
    "Place",
    "Program",
    "Reading",
    "Relation",
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
