"""Decisions as rows of text, one text for each field, for the database and for CSV files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, cast

import attrs

from screenkit.errors import DecisionError
from screenkit.model import Decision
from screenkit.results.record import instant

_FIELDS: tuple[attrs.Attribute[Any], ...] = tuple(attrs.fields(Decision))
#: The columns, in order. They are stable: new columns are only added at the end.
COLUMNS = tuple(field.name for field in _FIELDS)


def to_texts(decision: Decision) -> tuple[str, ...]:
    """The texts of a decision, in the order of `COLUMNS`; the last is empty if it doesn't expire."""
    return tuple(_text(getattr(decision, column)) for column in COLUMNS)


def _text(value: object) -> str:
    if isinstance(value, dt.datetime):
        return instant(value)
    return "" if value is None else str(value)


def from_texts(texts: Sequence[str]) -> Decision:
    """The decision with these texts. Raises `DecisionError`, which names the first field that is invalid."""
    found = faults(texts)
    if found:
        raise DecisionError(found[0])
    return Decision(**_values(texts))


def faults(texts: Sequence[str]) -> list[str]:
    """What is wrong with the texts of a decision, one line for each field; values are not quoted."""
    if len(texts) != len(COLUMNS):
        return [f"a decision must have {len(COLUMNS)} fields, not {len(texts)}"]
    found = []
    for field, text in zip(_FIELDS, texts, strict=True):
        try:
            value = _READ.get(field.name, str)(text)
            if field.validator is not None:
                field.validator(None, field, value)
            elif field.converter is not None:
                cast(Callable[[Any], object], field.converter)(value)
        except DecisionError as error:
            found.append(str(error))
    if not found:
        try:
            Decision(**_values(texts))
        except DecisionError as error:
            found.append(str(error))
    return found


def _values(texts: Sequence[str]) -> dict[str, Any]:
    return {column: _READ.get(column, str)(text) for column, text in zip(COLUMNS, texts, strict=True)}


def _time(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise DecisionError("decided must have the form YYYY-MM-DDTHH:MM:SSZ") from None


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise DecisionError(
            "until must have the form YYYY-MM-DD; leave it empty if the decision doesn't expire"
        ) from None


_READ: Mapping[str, Callable[[str], Any]] = MappingProxyType({"decided": _time, "until": _day})
