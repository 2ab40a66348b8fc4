"""What `POST /match/{dataset}` takes, and the subjects that its queries stand for."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from screenkit.errors import InvalidRecordError, InvalidSubjectError
from screenkit.model import Identifier, Kind, Subject
from screenkit.model.countries import country_code
from screenkit.model.decision import LONGEST_TEXT
from screenkit.model.name_limits import LONGEST_NAME
from screenkit.model.stated import LONGEST_IDENTIFIER
from screenkit.model.subject import MOST_IDENTIFIERS
from screenkit.service.guarding.problems import Problem
from screenkit.service.routes.models import MOST_NAMES
from screenkit.sources.ftm.schema import IDENTIFIERS, NAMES, PARTIES

#: Parts of a person's name, in the order in which they make a whole one.
_PARTS = ("firstName", "secondName", "middleName", "fatherName", "lastName")
_COUNTRIES = ("nationality", "citizenship", "country", "jurisdiction", "mainCountry", "birthCountry", "flag")
_Text = Annotated[str, Field(max_length=LONGEST_NAME)]
_Score = Annotated[float | None, Field(default=None, ge=0, le=1, allow_inf_nan=False)]
_Ids = Annotated[list[Annotated[str, Field(max_length=1_000)]], Field(default=[], max_length=1_000)]
#: The most results of a query that may be asked for.
MOST_RESULTS = 500


class Parameters(BaseModel):
    """How one query of a batch is matched, where that differs from the rest of it. yente has no such thing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    threshold: _Score
    cutoff: _Score
    limit: Annotated[int | None, Field(default=None, ge=1, le=MOST_RESULTS)]
    exclude_entity_ids: _Ids


class Example(BaseModel):
    """An entity to be matched: its schema and properties, and parameters of its own."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Annotated[str | None, Field(default=None, max_length=1_000)]
    schema_: Annotated[str, Field(alias="schema", max_length=100)]
    properties: Annotated[dict[str, _Text | list[_Text | None] | None], Field(max_length=200)]
    params: Parameters = Parameters()  # type: ignore[call-arg]  # all have defaults, within Annotated
    customer: Annotated[str | None, Field(default=None, max_length=LONGEST_TEXT, description="Your key.")]


class MatchIn(BaseModel):
    """A batch of entities to be matched, by names that the caller chooses."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    queries: Annotated[dict[str, Example], Field(min_length=1)]
    weights: dict[str, float] = {}
    config: dict[str, Any] = {}


def subject_of(example: Example) -> tuple[Subject, dict[str, list[str]]]:
    """The subject that an example stands for, and those of its properties that were read.

    As in yente, a fact that can't be read is left out; the answer shows what was read. Raises `Problem` where there is
    no name.
    """
    stated = {name: _values(value) for name, value in example.properties.items()}
    names = [text for name in NAMES for text in stated.get(name, ())]
    whole = " ".join(part for name in _PARTS for part in stated.get(name, ())[:1])
    if stated.get("lastName"):
        names.append(whole)
    names = list(dict.fromkeys(names))[:MOST_NAMES]
    read = {name: stated[name] for name in (*NAMES, *_PARTS) if stated.get(name)}
    facts: dict[str, Any] = {}
    for field, properties in (("birth_date", ("birthDate",)), ("gender", ("gender",))):
        for name, text in _pairs(stated, properties):
            if field not in facts and _can_be_read(field, text):
                facts[field], read[name] = text, [text]
    for name, text in _pairs(stated, _COUNTRIES):
        if country_code(text):
            facts.setdefault("countries", []).append(text)
            read.setdefault(name, []).append(text)
    for name, text in _pairs(stated, tuple(IDENTIFIERS)):
        if len(text) <= LONGEST_IDENTIFIER and len(facts.get("identifiers", ())) < MOST_IDENTIFIERS:
            facts.setdefault("identifiers", []).append(Identifier(type=IDENTIFIERS[name], value=text))
            read.setdefault(name, []).append(text)
    try:
        kind = PARTIES.get(example.schema_, Kind.UNKNOWN)
        return Subject(tuple(names), kind=kind, customer=example.customer, **facts), read
    except InvalidSubjectError as error:
        raise Problem(400, f"Cannot parse example entity: {error}") from None


def _values(value: str | list[str | None] | None) -> list[str]:
    given = [value] if isinstance(value, str) else value or []
    return [one for one in given if one and one.strip()]


def _pairs(stated: dict[str, list[str]], properties: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(name, text) for name in properties for text in stated.get(name, ())]


def _can_be_read(field: str, text: str) -> bool:
    try:
        Subject("x", **{field: text})  # type: ignore[arg-type]  # the field is one of texts
    except (InvalidSubjectError, InvalidRecordError):
        return False
    return True
