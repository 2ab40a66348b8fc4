"""The lines of an audit log, each of which contains the hash of the line before it.

A line is one JSON object, in exactly this form:

    {"line":1,"time":"2026-01-31T08:15:00.250Z","chain":"sha256","previous":"000...","record":{...},"hash":"9f2..."}

`line` is its number, `previous` the hash of the line before it (zeros for the first), and `hash` the hash of all bytes
before `,"hash"`: SHA-256, or HMAC-SHA256 with a key. Whoever can write the file can make a chain without a key again,
but not one with a key. A chain doesn't show that its last lines were cut off. Its head, which is the last hash and the
number of lines, does, if it is kept elsewhere.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from typing import Any

from screenkit.errors import AuditError
from screenkit.model.chain_head import Head
from screenkit.results.record import instant

_PLAIN, _KEYED = "sha256", "hmac-sha256"
#: Hashed first, so that one key can serve for subjects and for a log and their hashes are never confused.
_PURPOSE = b"screenkit audit 1\0"
_END = re.compile(rb',"hash":"([0-9a-f]{64})"\}\Z')
_KEYS = ["line", "time", "chain", "previous", "record"]
#: The problem of a chain that has a key, if none is given.
NEEDS_KEY = "was written with a key; give the key"


#: The head of a log without lines.
NO_LINES = Head(hash="0" * 64, count=0)


def make_line(record: Mapping[str, Any], before: Head, key: bytes | None) -> tuple[bytes, Head]:
    """The line of a record after the line of `before`, and the new head of the log. Raises `AuditError`."""
    values = {
        "line": before.count + 1,
        "time": instant(dt.datetime.now(dt.UTC)),
        "chain": _PLAIN if key is None else _KEYED,
        "previous": before.hash,
        "record": record,
    }
    try:
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        # The record is not quoted, because it may contain a customer's name.
        raise AuditError(f"the record can't be written as JSON ({type(error).__name__}); give plain values") from None
    body = text.encode("utf-8", "surrogatepass")[:-1]
    digest = _hash(body, key)
    line = body + f',"hash":"{digest}"}}\n'.encode("ascii")
    if read_line(line, key)[1]:
        # A list, or nested so deeply that only writing succeeds: no line could be appended after it.
        raise AuditError("the record can't be written as JSON and read again; give a mapping of plain values")
    return line, Head(hash=digest, count=before.count + 1)


def _hash(body: bytes, key: bytes | None) -> str:
    if key is None:
        return hashlib.sha256(body).hexdigest()
    return hmac.new(key, _PURPOSE + body, hashlib.sha256).hexdigest()


def follows(line: bytes, before: Head, key: bytes | None) -> bool:
    """Whether a line, with or without its line end, is as it was written after the line of `before`."""
    values, problem = read_line(line, key)
    return not problem and (values["line"], values["previous"]) == (before.count + 1, before.hash)


def read_line(line: bytes, key: bytes | None) -> tuple[dict[str, Any], str]:
    """The values of a line, and what is wrong with it, if anything."""
    end = _END.search(line.removesuffix(b"\n"))
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        values = None
    if end is None or not isinstance(values, dict) or list(values) != [*_KEYS, "hash"]:
        return {}, "is not a line of an audit log, or was altered"
    chain = _PLAIN if key is None else _KEYED
    if values["chain"] == _KEYED and key is None:
        return values, NEEDS_KEY
    if not hmac.compare_digest(_hash(line[: end.start()], key), values["hash"]):
        return values, "was altered" if values["chain"] == chain else "was altered, or was written without a key"
    if values["chain"] != chain or type(values["line"]) is not int or not isinstance(values["record"], dict):
        return values, "was altered: it doesn't have the form that was written"
    return values, ""
