"""JSON Schemas (draft 2020-12) of records, made from their types: `Schemas`.

A version may add keys; it says so in the schema, which allows no others.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

#: The dialect of all schemas.
DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: A schema, or the part of one.
Schema = dict[str, Any]
#: The schemas of values that occur everywhere.
TEXT, COUNT, FLAG = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "boolean"}
POINTS = {"type": "integer", "minimum": 0, "maximum": 10_000}
DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
FINGERPRINT = {"type": "string", "pattern": "^[0-9a-f]{16}$"}
TIME = {"type": "string", "format": "date-time"}
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


class Schemas:
    """Schemas of records' types; each type is defined once, and referred to."""

    def __init__(self) -> None:
        """Begin without a definition."""
        #: The types defined, by name: the schema's "$defs".
        self.defs: dict[str, Schema] = {}

    def fields(self, record: type[Any], left_out: Sequence[str] = ()) -> Schema:
        """The properties of a record, by its fields."""
        hints = get_type_hints(record)
        names = (field.name for field in attrs.fields(record))
        return {name: self.of(hints[name]) for name in names if name not in left_out}

    def of(self, sort: Any) -> Schema:
        """The schema of a type. Raises `TypeError` for one that is written as JSON nowhere."""
        if sort in _SIMPLE:
            return dict(_SIMPLE[sort])
        origin, arguments = get_origin(sort), get_args(sort)
        if origin in (Union, types.UnionType):
            return {"anyOf": [self.of(one) for one in arguments]}
        if origin is Literal:
            return {"enum": list(arguments)}
        if origin is tuple:
            return self._tuple(arguments)
        if origin is Mapping:
            return mapping_of(self.of(arguments[1]))
        if isinstance(sort, type) and issubclass(sort, StrEnum):
            return self._defined(sort.__name__, {"enum": [member.value for member in sort]})
        if attrs.has(sort):
            if sort.__name__ not in self.defs:
                self.defs[sort.__name__] = {}  # a record may have one of its own kind
                self.defs[sort.__name__] = object_of(self.fields(sort))
            return {"$ref": f"#/$defs/{sort.__name__}"}
        raise TypeError(f"{sort} has no schema")

    def _tuple(self, arguments: Sequence[Any]) -> Schema:
        if arguments[-1] is Ellipsis:
            return array_of(self.of(arguments[0]))
        items = [self.of(one) for one in arguments]
        return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}

    def _defined(self, name: str, schema: Schema) -> Schema:
        self.defs.setdefault(name, schema)
        return {"$ref": f"#/$defs/{name}"}


def array_of(items: Schema) -> Schema:
    """The schema of a list of such items."""
    return {"type": "array", "items": items}


def object_of(properties: Schema) -> Schema:
    """The schema of an object that has all of these properties and no others."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def mapping_of(values: Schema) -> Schema:
    """The schema of an object with any keys and such values."""
    return {"type": "object", "additionalProperties": values}


def or_null(schema: Schema) -> Schema:
    """The schema of such a value, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def document(title: str, schema: Schema, made: Schemas | None = None) -> Schema:
    """A whole schema, with its title and the definitions that it refers to."""
    stated: Schema = {"$schema": DIALECT, "title": title, **schema}
    return {**stated, "$defs": made.defs} if made is not None and made.defs else stated
