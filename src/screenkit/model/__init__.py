"""The records of screening, all frozen: what is listed, who is screened, what is found and decided."""

from .dates import PartialDate
from .decision import Basis, Decision, Lapse, Outcome, Review
from .evidence import Evidence, EvidenceKind, Score
from .listed import (
    Address,
    Designation,
    Edition,
    Identifier,
    ListedName,
    NamePart,
    Place,
    Program,
    Relation,
    Unparsed,
)
from .name import Compound, Name, Reading, Role, Sound, Space, Step, Token, TokenKind
from .subject import Subject
from .terms import IdentifierType, Kind, Measure, NameType, Strength

__all__ = [
    "Address",
    "Basis",
    "Compound",
    "Decision",
    "Designation",
    "Edition",
    "Evidence",
    "EvidenceKind",
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
    "Sound",
    "Space",
    "Step",
    "Strength",
    "Subject",
    "Token",
    "TokenKind",
    "Unparsed",
]
