"""What the records of many screenings share, written once: a context, and records that refer to it.

A context is a line `{"context": {"editions": ..., "policy": ..., "version": ..., "components": ..., "tables": ...}}`.
A record that refers to it has, in the place of these fields, `"context": {"line": 1, "sha256": "..."}`: the number of
the line and the hash of the context.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import attrs

from screenkit.errors import AuditError

#: The fields of a record that screenings with the same lists, policy and version share.
FIELDS = ("editions", "policy", "version", "components", "tables")
KEY = "context"


@attrs.frozen
class Reference:
    """A context that was written: the number of its line, and its hash."""

    #: The number of the line, from 1.
    line: int
    #: The SHA-256 of the context, 64 hexadecimal digits.
    sha256: str


def is_screening(record: Mapping[str, Any]) -> bool:
    """Whether a record is of a screening, with all that is shared."""
    return isinstance(record, Mapping) and all(field in record for field in FIELDS)


def context_of(record: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The context of a record of a screening, as a record of its own, and its hash."""
    shared = {field: record[field] for field in FIELDS}
    return {KEY: shared}, _sha256(shared)


def referring(record: Mapping[str, Any], context: Reference) -> dict[str, Any]:
    """A record of a screening that refers to its context."""
    own = {field: value for field, value in record.items() if field not in FIELDS}
    return {**own, KEY: attrs.asdict(context)}


def reference_of(record: Mapping[str, Any]) -> Reference | None:
    """The context that a record refers to, if it does."""
    stated = record.get(KEY)
    if not isinstance(stated, Mapping) or set(stated) != {"line", "sha256"}:
        return None
    return Reference(stated["line"], stated["sha256"])


class Contexts:
    """The contexts of a file, in the order of its lines."""

    def __init__(self) -> None:
        """Begin without any."""
        self._found: dict[Reference, Mapping[str, Any]] = {}

    def take(self, number: int, record: Mapping[str, Any]) -> bool:
        """Whether a record is a context, which is then kept under the number of its line."""
        stated = record.get(KEY)
        is_context = set(record) == {KEY} and isinstance(stated, Mapping) and all(field in stated for field in FIELDS)
        if is_context and isinstance(stated, Mapping):
            self._found[Reference(number, _sha256(stated))] = stated
        return is_context

    def whole(self, record: Mapping[str, Any]) -> Mapping[str, Any]:
        """A record with the context that it refers to. Raises `AuditError` if that is missing."""
        reference = reference_of(record)
        if reference is None:
            return record
        if reference not in self._found:
            raise AuditError(
                f"refers to line {reference.line:,}, which is not in the file; give the whole log, and --line for one"
            )
        own = {field: value for field, value in record.items() if field != KEY}
        return {**own, **self._found[reference]}


def _sha256(shared: Mapping[str, Any]) -> str:
    text = json.dumps(shared, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
