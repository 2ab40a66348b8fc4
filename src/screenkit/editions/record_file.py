"""Small JSON files that contain their own checksum: the records of a store.

A file is an object whose last key is the SHA-256 of the object without it. It is accepted only if it is, byte for byte,
what would be written for its values, so that every altered byte is noticed, white space included.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from screenkit.errors import StoreError

#: Version of the store's records. A record of another version is refused.
VERSION = 1
_SEAL, _VERSION = "seal", "version"


def record_bytes(values: Mapping[str, Any]) -> bytes:
    """The bytes of the file for these values."""
    body = {_VERSION: VERSION, **values}
    return _text({**body, _SEAL: hashlib.sha256(_text(body)).hexdigest()})


def _text(values: Mapping[str, Any]) -> bytes:
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


def read_record(path: Path) -> dict[str, Any]:
    """The values in a file.

    Raises `FileNotFoundError` if there is none, `StoreError` if it can't be read, was altered or has another version.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StoreError(f"{path}: can't be read: {error.strerror or error}. Check its permissions.") from error
    return parse_record(data, str(path))


def parse_record(data: bytes, path: str) -> dict[str, Any]:
    """The values in the bytes of a file; `path` is for the message. Raises `StoreError`, as `read_record` does."""
    remedy = "Restore it from a backup of the store, or remove it and install the list again."
    try:
        values = json.loads(data)
        seal, version = values.pop(_SEAL), values.pop(_VERSION)
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        raise StoreError(f"{path}: damaged: this is not a record of the store. {remedy}") from error
    if version != VERSION and hashlib.sha256(_text({_VERSION: version, **values})).hexdigest() == seal:
        raise StoreError(
            f"{path}: it has version {version!r}, and this screenkit reads {VERSION}. Use the screenkit that wrote it."
        )
    if record_bytes(values) != data:
        raise StoreError(f"{path}: damaged: its bytes are not the ones that were written. {remedy}")
    return dict(values)
