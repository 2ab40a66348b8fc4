"""Files of policies, and where a policy differs from another."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

import attrs

from screenkit.errors import InvalidPolicyError
from screenkit.policy import Policy
from screenkit.results.record import plain

#: Names the default policy in place of a path.
DEFAULT = "default"
_READ = {".toml": tomllib.loads, ".json": json.loads}
#: A field's type -> the types of its values in a file, and what a value must be.
_FITS: Mapping[str, tuple[tuple[type, ...], str]] = {
    "int": ((int,), "a whole number"),
    "float": ((int, float), "a number"),
    "bool": ((bool,), "true or false"),
    "tuple[str, ...]": ((list,), "a list of texts"),
    "dt.timedelta | None": ((int, float, str, type(None)), "a text such as '24h', or seconds"),
}


def read_policy(path: str | PathLike[str]) -> Policy:
    """Read a policy from a TOML or JSON file of `Policy`'s fields; missing fields are the default's.

    The text "default" is the default policy. A file may have the `fingerprint` of a policy, as in the record of a
    screening, which is then checked. Raises `InvalidPolicyError`, which names the file and every wrong field.
    """
    if str(path) == DEFAULT:
        return Policy()
    path = Path(path)
    stated = _stated(path)
    fingerprint = stated.pop("fingerprint", None)
    faults = [fault for name, value in stated.items() if (fault := _fault(name, value))]
    if faults:
        raise InvalidPolicyError(f"{path}: " + "".join(f"\n  - {fault}" for fault in faults))
    try:
        policy = Policy(**stated)
    except (ValueError, OverflowError) as error:  # the errors of the policy, and of a span of time
        raise InvalidPolicyError(f"{path}: {error}") from error
    if fingerprint not in (None, policy.fingerprint):
        raise InvalidPolicyError(
            f"{path}: its fingerprint does not match its values, which have {policy.fingerprint}; remove"
            " it or correct the values"
        )
    return policy


def differences(policy: Policy, other: Policy | None = None) -> tuple[tuple[str, Any, Any], ...]:
    """Where a policy differs from another, by default from the default one: (field, the other's value, its own).

    The values are plain ones, as in a file.
    """
    theirs, ours = plain(other or Policy()), plain(policy)
    return tuple((name, theirs[name], value) for name, value in ours.items() if value != theirs[name])


def _stated(path: Path) -> dict[str, Any]:
    read = _READ.get(path.suffix.lower())
    if read is None:
        raise InvalidPolicyError(f'{path}: a policy must be a .toml or .json file, or "{DEFAULT}"')
    try:
        stated = read(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise InvalidPolicyError(f"{path}: can't be read: {error.strerror or error}. Check the path.") from error
    except ValueError as error:  # the errors of both formats, and of text that is not UTF-8
        raise InvalidPolicyError(f"{path}: is not {path.suffix[1:].upper()} in UTF-8: {error}") from error
    if not isinstance(stated, dict):
        raise InvalidPolicyError(f"{path}: must have the fields of a policy, not a {type(stated).__name__}")
    return stated


def _fault(name: str, value: object) -> str:
    """What is wrong with a field's name or the type of its value; empty if nothing is."""
    field = attrs.fields_dict(Policy).get(name)
    if field is None:
        return f"{name} is not a field of a policy"
    types, expected = _FITS[str(field.type)]
    fits = isinstance(value, types) and (bool in types or not isinstance(value, bool))
    if fits and isinstance(value, list):
        fits = all(isinstance(one, str) for one in value)
    return "" if fits else f"{name} must be {expected}"
