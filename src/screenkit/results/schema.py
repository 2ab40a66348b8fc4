"""The JSON Schema (draft 2020-12) of what screenkit writes as JSON, made from the records' own types.

A version may add keys; it says so in the schema, which allows no others.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from screenkit.model import Designation, Edition, Evidence, ListedName, Measure, Reading, Review, Subject
from screenkit.policy import Policy

from .cautions import Caution
from .rows import COLUMNS as ROW_COLUMNS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]
_SIMPLE: Mapping[object, Schema] = types.MappingProxyType(
    {
        str: {"type": "string"},
        bool: {"type": "boolean"},
        int: {"type": "integer"},
        float: {"type": "number"},
        type(None): {"type": "null"},
        dt.timedelta: {"type": "number", "description": "Seconds."},
        dt.date: {"type": "string", "format": "date"},
        dt.datetime: {"type": "string", "format": "date-time"},
    }
)
_DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_TEXT, _COUNT, _FLAG = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "boolean"}
_POINTS = {"type": "integer", "minimum": 0, "maximum": 10_000}
_MAPPING = {"type": "object", "additionalProperties": _TEXT}


def record_schema() -> Schema:
    """The schema of a screening's record: `Screening.to_dict()`, `screenkit screen --json`."""
    made = _Schemas()
    hit = made.hit()
    made.defs["hit"] = _object(hit)
    made.defs["suppressed"] = _object({**hit, "reason": _TEXT})
    hidden = {"algorithm": {"const": "hmac-sha256"}, "digest": _DIGEST, "customer": {"type": ["string", "null"]}}
    edition = made.fields(Edition, left_out=("counts", "programs"))
    counts = {"type": "object", "additionalProperties": _COUNT}
    record: Schema = {
        "subject": {"anyOf": [made.of(Subject), _object(hidden)]},
        "hits": _array({"$ref": "#/$defs/hit"}),
        "suppressed": _array({"$ref": "#/$defs/suppressed"}),
        "total": _COUNT,
        "truncated": _FLAG,
        "is_clear": _FLAG,
        "needs_review": _FLAG,
        "cautions": _array(made.of(Caution)),
        "coverage": _TEXT,
        "old_editions": _array(_TEXT),
        "threshold": _POINTS,
        "editions": _array(_object({**edition, "counts": counts, "programs": counts, "records": _COUNT})),
        "policy": _object({"fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"}, **made.fields(Policy)}),
        "version": _TEXT,
        "components": _MAPPING,
        "tables": _MAPPING,
        "limit": {"type": ["integer", "null"]},
        "is_reviewed": _FLAG,
        "time": {"type": "string", "format": "date-time"},
    }
    return {"$schema": DIALECT, "title": "The record of a screening", **_object(record), "$defs": made.defs}


def row_schema(columns: Sequence[str], title: str) -> Schema:
    """The schema of a row that a batch or a rescreening writes as JSON lines; a column that may be empty is text."""
    made: Schema = dict.fromkeys(columns, _TEXT)
    made |= {"row": {"type": "integer", "minimum": 1}, "points": _POINTS}
    before = [column for column in columns if column.endswith("_before")]
    made |= {column: {"type": ["string", "integer", "null"]} for column in before}
    assert set(ROW_COLUMNS) <= set(columns)
    return {"$schema": DIALECT, "title": title, **_object(made)}


class _Schemas:
    """Schemas of records' types; each type is defined once, and referred to."""

    def __init__(self) -> None:
        self.defs: dict[str, Schema] = {}

    def hit(self) -> Schema:
        """The properties of a hit."""
        designation = _object(self.fields(Designation, left_out=("edition",)))
        self.defs["Designation"] = designation
        return {
            "points": _POINTS,
            "score": {"type": "number", "minimum": 0, "maximum": 1},
            "query": _TEXT,
            "matched_name": self.of(ListedName),
            "programs": _array(_TEXT),
            "measures": _array(self.of(Measure)),
            "source": _TEXT,
            "evidence": _array(self.of(Evidence)),
            "readings": _array(self.of(Reading)),
            "contradictions": _array({"enum": ["birth date", "gender", "kind", "country"]}),
            "confirmations": _array({"enum": ["birth date", "country", "gender", "identifier"]}),
            "explanation": _TEXT,
            "designation": {"$ref": "#/$defs/Designation"},
            "review": {"anyOf": [self.of(Review), {"type": "null"}]},
        }

    def fields(self, record: type[Any], left_out: Sequence[str] = ()) -> Schema:
        """The properties of a record, by its fields."""
        hints = get_type_hints(record)
        names = (field.name for field in attrs.fields(record))
        return {name: self.of(hints[name]) for name in names if name not in left_out}

    def of(self, sort: Any) -> Schema:
        """The schema of a type."""
        if sort in _SIMPLE:
            return dict(_SIMPLE[sort])
        origin, arguments = get_origin(sort), get_args(sort)
        if origin in (Union, types.UnionType):
            return {"anyOf": [self.of(one) for one in arguments]}
        if origin is Literal:
            return {"enum": list(arguments)}
        if origin is tuple:
            return self._tuple(arguments)
        if isinstance(sort, type) and issubclass(sort, StrEnum):
            return self._defined(sort.__name__, {"enum": [member.value for member in sort]})
        if attrs.has(sort):
            if sort.__name__ not in self.defs:
                self.defs[sort.__name__] = {}  # a record may have one of its own kind
                self.defs[sort.__name__] = _object(self.fields(sort))
            return {"$ref": f"#/$defs/{sort.__name__}"}
        raise TypeError(f"{sort} has no schema")

    def _tuple(self, arguments: Sequence[Any]) -> Schema:
        if arguments[-1] is Ellipsis:
            return _array(self.of(arguments[0]))
        items = [self.of(one) for one in arguments]
        return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}

    def _defined(self, name: str, schema: Schema) -> Schema:
        self.defs.setdefault(name, schema)
        return {"$ref": f"#/$defs/{name}"}


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
