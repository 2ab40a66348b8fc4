"""Plain values in, a small JSON file that carries its own checksum out, and back.

The file is an object whose last key is the SHA-256 of the object without it. It is believed only if it is, byte for
byte, what would be written for the values in it: so every altered byte is noticed, white space included.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from screenkit.errors import StoreError

#: Version of the store's records. A record of another one is refused, not guessed at.
VERSION = 1
_SEAL, _VERSION = "seal", "version"


def sealed(values: Mapping[str, Any]) -> bytes:
    """The bytes that values are kept as."""
    body = {_VERSION: VERSION, **values}
    return _text({**body, _SEAL: hashlib.sha256(_text(body)).hexdigest()})


def _text(values: Mapping[str, Any]) -> bytes:
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


def unsealed(path: Path) -> dict[str, Any]:
    """The values that a file keeps.

    Raises `FileNotFoundError` where there is none, `StoreError` where it can't be read, was altered or is of another
    version.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StoreError(f"{path}: can't be read: {error.strerror or error}. Check its permissions.") from error
    return unsealed_bytes(data, str(path))


def unsealed_bytes(data: bytes, path: str) -> dict[str, Any]:
    """The values that bytes keep, of which `path` tells where they are from. Raises `StoreError`; see `unsealed`."""
    remedy = "Restore it from a copy of the store, or remove it and install the list again."
    try:
        values = json.loads(data)
        seal, version = values.pop(_SEAL), values.pop(_VERSION)
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        raise StoreError(f"{path}: damaged: no record of the store. {remedy}") from error
    if version != VERSION and hashlib.sha256(_text({_VERSION: version, **values})).hexdigest() == seal:
        raise StoreError(f"{path}: of version {version!r}; this screenkit reads {VERSION}. Use the one that wrote it.")
    if sealed(values) != data:
        raise StoreError(f"{path}: damaged: its bytes are not those written. {remedy}")
    return dict(values)
