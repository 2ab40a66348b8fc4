"""A policy file in, a `Policy` out, and where it differs from the default."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

import attrs

from screenkit.errors import InvalidPolicyError
from screenkit.model.record import plain
from screenkit.policy import Policy

#: Stands for the default policy in the place of a path.
DEFAULT = "default"
_READ = {".toml": tomllib.loads, ".json": json.loads}
#: A field's type -> whether a value of a file is one, and what it has to be.
_FITS: Mapping[str, tuple[tuple[type, ...], str]] = {
    "int": ((int,), "a whole number"),
    "float": ((int, float), "a number"),
    "bool": ((bool,), "true or false"),
    "tuple[str, ...]": ((list,), "a list of texts"),
    "dt.timedelta | None": ((int, float, type(None)), "seconds"),
}


def read_policy(path: str | PathLike[str]) -> Policy:
    """Read a policy from a TOML or JSON file of `Policy`'s fields; those it lacks are the default's.

    The text "default" is the default policy. The `fingerprint` of a policy in a screening's record may stand in it and
    is checked. Raises `InvalidPolicyError`, which names the file and every field that is unfit.
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
    except (ValueError, OverflowError) as error:  # the policy's own, and those of a span of time
        raise InvalidPolicyError(f"{path}: {error}") from error
    if fingerprint not in (None, policy.fingerprint):
        raise InvalidPolicyError(
            f"{path}: its fingerprint is not that of its values, {policy.fingerprint}; remove it or mend the values"
        )
    return policy


def differences(policy: Policy, other: Policy | None = None) -> tuple[tuple[str, Any, Any], ...]:
    """Where a policy differs from another, by default from the default one: (field, the other's value, its own).

    Values are plain ones, as in a file.
    """
    theirs, ours = plain(other or Policy()), plain(policy)
    return tuple((name, theirs[name], value) for name, value in ours.items() if value != theirs[name])


def _stated(path: Path) -> dict[str, Any]:
    read = _READ.get(path.suffix.lower())
    if read is None:
        raise InvalidPolicyError(f'{path}: a policy is a .toml or .json file, or "{DEFAULT}"')
    try:
        stated = read(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise InvalidPolicyError(f"{path}: can't be read: {error.strerror or error}. Check the path.") from error
    except ValueError as error:  # both formats' errors, and that of text that is no UTF-8
        raise InvalidPolicyError(f"{path}: is no {path.suffix[1:].upper()} in UTF-8: {error}") from error
    if not isinstance(stated, dict):
        raise InvalidPolicyError(f"{path}: holds no fields but a {type(stated).__name__}")
    return stated


def _fault(name: str, value: object) -> str:
    """What is unfit about a field's name or the type of its value; empty where nothing is."""
    field = attrs.fields_dict(Policy).get(name)
    if field is None:
        return f"{name} is no field of a policy"
    types, said = _FITS[str(field.type)]
    fits = isinstance(value, types) and (bool in types or not isinstance(value, bool))
    if fits and isinstance(value, list):
        fits = all(isinstance(one, str) for one in value)
    return "" if fits else f"{name} has to be {said}"
