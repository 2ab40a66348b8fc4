"""What `POST /screen` takes and gives, as it is checked and as the OpenAPI document describes it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from screenkit.model import Identifier, IdentifierType, Subject
from screenkit.model.decision import LONGEST_TEXT
from screenkit.model.name_limits import LONGEST_NAME
from screenkit.model.stated import LONGEST_IDENTIFIER
from screenkit.model.subject import MOST_IDENTIFIERS
from screenkit.service.guarding.problems import FORMS
from screenkit.service.state import Order

#: The most names of a subject. A customer has a few; each costs a search.
MOST_NAMES = 50
#: The most countries of a subject, and the longest text of one.
_MOST_COUNTRIES, _LONGEST_COUNTRY = 50, 100

_Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
_Value = Annotated[str, Field(min_length=1, max_length=LONGEST_IDENTIFIER)]
_Threshold = Annotated[
    float | None, Field(default=None, ge=0, le=1, allow_inf_nan=False, description="Lowest score that is a hit.")
]
_Limit = Annotated[int | None, Field(default=None, ge=1, le=10_000, description="Most hits; all where it is left out.")]


class _Stated(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class IdentifierIn(_Stated):
    """A passport, tax number, IMO number and the like."""

    type: Literal[tuple(IdentifierType)] = "other"  # type: ignore[valid-type]  # the members of an enum
    value: _Value
    country: Annotated[str | None, Field(default=None, max_length=_LONGEST_COUNTRY)]

    def identifier(self) -> Identifier:
        """The identifier of the model."""
        return Identifier(type=IdentifierType(self.type), value=self.value, country=self.country)


class SubjectIn(_Stated):
    """A counterparty to be screened, and how. A fact that isn't known is left out."""

    name: Annotated[_Name | None, Field(default=None, description="The name, in any script and spelling.")]
    names: Annotated[
        list[_Name], Field(default=[], max_length=MOST_NAMES, description="Its names, where it has several.")
    ]
    kind: Annotated[
        str | None, Field(default=None, max_length=50, description="person, organization, vessel, aircraft.")
    ]
    birth_date: Annotated[str | None, Field(default=None, max_length=50, description="YYYY, YYYY-MM or YYYY-MM-DD.")]
    countries: Annotated[
        list[Annotated[str, Field(max_length=_LONGEST_COUNTRY)]],
        Field(default=[], max_length=_MOST_COUNTRIES, description="ISO 3166 codes or names."),
    ]
    gender: Annotated[str | None, Field(default=None, max_length=50, description="male or female.")]
    identifiers: Annotated[
        list[_Value | IdentifierIn],
        Field(default=[], max_length=MOST_IDENTIFIERS, description='"passport:A1234567:cn", "IMO 9116412" or objects.'),
    ]
    customer: Annotated[
        str | None,
        Field(default=None, max_length=LONGEST_TEXT, description="Your key; reviewers' decisions are kept under it."),
    ]
    threshold: _Threshold
    limit: _Limit

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if self.name is None and not self.names:
            raise ValueError("give name or names")
        return self

    def order(self, threshold: float | None = None, limit: int | None = None) -> Order:
        """What is to be screened; the arguments count where it states none. Raises `InvalidSubjectError`."""
        first = () if self.name is None else (self.name,)
        subject = Subject(
            tuple(dict.fromkeys((*first, *self.names))),
            kind=self.kind,  # type: ignore[arg-type]  # any text; one that is no kind is refused
            birth_date=self.birth_date,
            countries=self.countries,
            gender=self.gender,
            identifiers=[one if isinstance(one, str) else one.identifier() for one in self.identifiers],
            customer=self.customer,
        )
        return Order(
            subject=subject,
            threshold=threshold if self.threshold is None else self.threshold,
            limit=limit if self.limit is None else self.limit,
        )


class BatchIn(_Stated):
    """Several subjects, each with its own facts, threshold and limit."""

    subjects: Annotated[list[SubjectIn], Field(min_length=1)]
    threshold: Annotated[_Threshold, Field(description="For subjects that state none.")]
    limit: Annotated[_Limit, Field(description="For subjects that state none.")]


def _sort(value: Any) -> str:
    has_several = "subjects" in value if isinstance(value, dict) else isinstance(value, BatchIn)
    return FORMS[has_several]


ScreenIn = Annotated[Annotated[SubjectIn, Tag(FORMS[0])] | Annotated[BatchIn, Tag(FORMS[1])], Discriminator(_sort)]


class ScreeningOut(BaseModel):
    """The record of one screening: everything that `screenkit replay` needs to repeat it."""

    model_config = ConfigDict(extra="allow")

    subject: dict[str, Any]
    hits: list[dict[str, Any]]
    suppressed: list[dict[str, Any]]
    total: int
    truncated: bool
    is_clear: bool
    needs_review: bool
    cautions: list[dict[str, Any]]
    coverage: str
    threshold: int
    editions: list[dict[str, Any]]
    policy: dict[str, Any]
    version: str
    time: str


class ScreeningsOut(BaseModel):
    """The records of several screenings, in the order of the subjects."""

    screenings: list[ScreeningOut]


class ProblemOut(BaseModel):
    """Why a request was refused (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[dict[str, Any]] = []
