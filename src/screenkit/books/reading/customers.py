"""How the values of a row become a `Subject`, or a `Rejection` that says why they can't: `read_row`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

import attrs

from screenkit.books.columns import Columns, identifier_type
from screenkit.errors import DecisionError, InvalidSubjectError
from screenkit.model import Subject
from screenkit.model.decision import check_text
from screenkit.model.subject import MOST_IDENTIFIERS

from . import facts
from .facts import text_of


@attrs.frozen(kw_only=True)
class Rejection:
    """A row that could not be screened, and why. It never quotes the row."""

    #: The row's number, the first customer's is 1.
    row: int
    #: The customer's key; empty if it couldn't be read.
    id: str = ""
    #: What is wrong with it.
    reason: str


@attrs.frozen(kw_only=True)
class UnreadFact:
    """A fact that can't be read, and without which the customer is screened."""

    #: "birth_date", "country", "kind", "gender" or "identifier".
    field: str
    #: Why it can't be read; it doesn't quote the cell.
    reason: str
    #: What the cell has.
    value: str = attrs.field(repr=False)


class ReadRow(NamedTuple):
    """What a row states."""

    #: The customer, or why there is none.
    made: Subject | Rejection
    #: The facts that can't be read.
    unread: tuple[UnreadFact, ...] = ()
    #: The fields of facts that the row states, readable or not.
    stated: tuple[str, ...] = ()


def subject_of(values: Sequence[object], columns: Columns, *, row: int) -> Subject | Rejection:
    """Make a subject of the values of a row, which are in the order of `columns.used`.

    Blank texts, None and NaN count as missing, and numbers as their digits. A name that can't be screened makes a
    `Rejection`. So does a fact that can't be read if `columns.unreadable_facts` is "reject"; otherwise it is left out.
    """
    return read_row(values, columns, row=row).made


def read_row(values: Sequence[object], columns: Columns, *, row: int) -> ReadRow:
    """`subject_of`, with the facts that can't be read, and those that the row states."""
    field, at = "id", _positions(columns)
    customer: str | None = None
    try:
        customer = None if at.id is None else _key_of(values[at.id])
        field = "name"
        names = _names(values, at.names)
        found, unread = _facts(values, at)
        if unread and columns.unreadable_facts == "reject":
            field = unread[0].field
            raise InvalidSubjectError(unread[0].reason)
        field = ""  # what Subject finds wrong it says with the field
        made = Subject(
            names,
            kind=next(iter(found["kind"]), None),
            birth_date=next(iter(found["birth_date"]), None),
            countries=found["country"],
            gender=next(iter(found["gender"]), None),
            identifiers=found["identifier"],
            customer=customer,
        )
    except InvalidSubjectError as error:
        return ReadRow(Rejection(row=row, id=customer or "", reason=f"{field}: {error}" if field else str(error)))
    missing = {fact.field for fact in unread}
    return ReadRow(made, tuple(unread), tuple(field for field in found if found[field] or field in missing))


#: Field, position, and the functions that take the texts from a cell and read each of them.
_Fact = tuple[str, int, Callable[[object], Iterator[Any]], Callable[[Any], Any]]


class _Positions:
    """The positions of the columns in the values of a row, and how each is read."""

    def __init__(self, columns: Columns) -> None:
        where = {column: at for at, column in enumerate(columns.used)}
        self.names = tuple(tuple(where[column] for column in name) for name in columns.names)
        self.id = None if columns.id is None else where[columns.id]
        self.facts: list[_Fact] = []
        if columns.birth_date is not None:
            read = partial(facts.birth_date, formats=columns.date_format)
            self.facts.append(("birth_date", where[columns.birth_date], facts.day_or_text, read))
        self.facts += [("country", where[column], facts.several, facts.country) for column in columns.countries]
        if columns.kind is not None:
            self.facts.append(("kind", where[columns.kind], facts.one, facts.kind))
        if columns.gender is not None:
            self.facts.append(("gender", where[columns.gender], facts.one, facts.gender))
        self.facts += [
            ("identifier", where[column], facts.several, partial(facts.identifier, sort=identifier_type(column)))
            for column in columns.identifiers
        ]


@lru_cache(maxsize=16)
def _positions(columns: Columns) -> _Positions:
    return _Positions(columns)


def _facts(values: Sequence[object], at: _Positions) -> tuple[dict[str, list[Any]], list[UnreadFact]]:
    """The facts in a row by field, and those that can't be read."""
    found: dict[str, list[Any]] = {"birth_date": [], "country": [], "kind": [], "gender": [], "identifier": []}
    unread: list[UnreadFact] = []
    for field, place, texts, read in at.facts:
        text: object = ""
        try:
            for text in texts(values[place]):
                try:
                    found[field].append(read(text))
                except InvalidSubjectError as error:
                    unread.append(UnreadFact(field=field, reason=str(error), value=str(text)))
        except InvalidSubjectError as error:  # the cell is no text
            unread.append(UnreadFact(field=field, reason=str(error), value=""))
    beyond = len(found["identifier"]) - MOST_IDENTIFIERS
    if beyond > 0:
        del found["identifier"][MOST_IDENTIFIERS:]
        reason = f"there are {beyond:,} more than the {MOST_IDENTIFIERS} that are screened"
        unread.append(UnreadFact(field="identifier", reason=reason, value=""))
    return found, unread


def key_of(values: Sequence[object], columns: Columns) -> str:
    """The customer's key in a row; empty if there is none that can be kept."""
    at = _positions(columns).id
    try:
        return (_key_of(values[at]) if at is not None else None) or ""
    except InvalidSubjectError:
        return ""


def _key_of(value: object) -> str | None:
    text = text_of(value)
    if text is None:
        return None
    try:
        return check_text(text, "the customer key")
    except DecisionError as error:
        raise InvalidSubjectError(str(error)) from None


def _names(values: Sequence[object], places: Sequence[Sequence[int]]) -> tuple[str, ...]:
    names: list[str] = []
    for place in places:
        if len(place) == 1:
            value = values[place[0]]
            names.extend(
                name for one in (value if isinstance(value, list | tuple) else (value,)) if (name := _name(one))
            )
        else:
            parts = [part for at in place if (part := _name(values[at]))]
            if parts:
                names.append(" ".join(parts))
    if not names:
        raise InvalidSubjectError("the name is missing")
    return tuple(dict.fromkeys(names)) if len(names) > 1 else tuple(names)


def _name(value: object) -> str | None:
    text = text_of(value)
    if text is None:
        return None
    if not isinstance(value, str):
        raise InvalidSubjectError(f"must be text, not {type(value).__name__}")
    if "\0" in text:
        raise InvalidSubjectError("has a NUL character, so the text is damaged or in another encoding")
    return text
