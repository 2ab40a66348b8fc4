"""Digests of subjects and designations, which change if anything changes that a reviewer looked at.

Both are given as plain values, as `Screening.to_dict` has them, so that a decision can be made from a screening in
memory or from its JSON.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

#: Part of every digest, so that digests made by another rule are never equal to these.
_SUBJECT, _CONTENT = b"screenkit subject 1\0", b"screenkit content 1\0"
_HAVE_NO_ORDER = ("names", "countries", "identifiers")


def subject_digest(subject: Mapping[str, Any], key: bytes | None = None) -> str:
    """The SHA-256, or with a key the HMAC, of a subject's customer key, names and facts, in 64 hexadecimal digits.

    The order of names, countries and identifiers doesn't matter, nor how a birth date is written.
    """
    stated = {**subject, **{field: sorted(map(_canonical, subject[field])) for field in _HAVE_NO_ORDER}}
    if born := subject["birth_date"]:
        stated["birth_date"] = {part: born[part] for part in ("earliest", "latest", "circa")}
    data = _SUBJECT + _canonical(stated).encode()
    return hashlib.sha256(data).hexdigest() if key is None else hmac.new(key, data, "sha256").hexdigest()


def content_digest(designation: Mapping[str, Any]) -> str:
    """The SHA-256 of a list entry, in 64 hexadecimal digits.

    The edition doesn't matter, nor what screenkit's own tables say about a program.
    """
    stated = {field: value for field, value in designation.items() if field != "edition"}
    stated["programs"] = [[program["code"], program["detail"]] for program in designation["programs"]]
    return hashlib.sha256(_CONTENT + _canonical(stated).encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(_stated(value), sort_keys=True, separators=(",", ":"))


def _stated(value: object) -> object:
    """The value without empty fields, so that a field that a later version adds doesn't change digests."""
    if isinstance(value, Mapping):
        told = {field: _stated(item) for field, item in value.items()}
        return {field: item for field, item in told.items() if item not in (None, "", False, [], {})}
    if isinstance(value, list | tuple):
        return [_stated(item) for item in value]
    return value
