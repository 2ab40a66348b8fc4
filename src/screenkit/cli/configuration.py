"""The configuration file screenkit.toml and the options for the policy of a search, which go before it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
import click

from screenkit import InvalidPolicyError, Policy
from screenkit.calibrate import read_policy
from screenkit.editions.store_reader import VARIABLE as STORE_VARIABLE

from .options import PATH, Command, collected

#: The file's name, in the working folder or the nearest folder above it that has one.
NAME = "screenkit.toml"
#: The environment variable that names another file; empty for none.
VARIABLE = "SCREENKIT_CONFIG"
#: The environment variable for `max_lag`.
LAG_VARIABLE = "SCREENKIT_MAX_LAG"
#: The keys of the file -> the type of each value, and what it must be.
_KEYS: Mapping[str, tuple[type, str]] = {
    "store": (str, "the path of a folder"),
    "policy": (str, "the path of a policy file"),
    "required_sources": (list, "a list of source ids"),
    "max_age": (str, "a text with a unit, such as '24h'"),
    "max_lag": (str, "a text with a unit, such as '30d'"),
    "required_reviewers": (int, "a whole number"),
}


@attrs.frozen(kw_only=True)
class Configuration:
    """What a configuration file states; paths in it are relative to its folder."""

    #: The store's folder.
    store: Path | None = None
    #: The policy file.
    policy: Path | None = None
    #: Sources without which nothing may be searched.
    required_sources: tuple[str, ...] = ()
    #: How long ago a list may have been checked.
    max_age: str | None = None
    #: How long after its publication a list may have been fetched before that is said.
    max_lag: str | None = None
    #: How many reviewers have to clear a hit.
    required_reviewers: int | None = None


def read_configuration() -> Configuration:
    """Read the file that `$SCREENKIT_CONFIG` names, or the nearest screenkit.toml; without one nothing is stated.

    Raises `InvalidPolicyError`, which names the file and the key that is wrong.
    """
    stated = os.environ.get(VARIABLE)
    if stated is not None:
        return _read(Path(stated)) if stated else Configuration()
    here = Path.cwd()
    found = next((folder / NAME for folder in (here, *here.parents) if (folder / NAME).is_file()), None)
    return Configuration() if found is None else _read(found)


def use_store(configuration: Configuration) -> None:
    """Use the store that the file names, unless the environment names one."""
    if configuration.store is not None:
        os.environ.setdefault(STORE_VARIABLE, str(configuration.store))


def _read(path: Path) -> Configuration:
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidPolicyError(f"{path}: can't be read: {error.strerror or error}. Check the path.") from error
    except ValueError as error:
        raise InvalidPolicyError(f"{path}: is not TOML in UTF-8: {error}") from error
    for key, value in stated.items():
        if key not in _KEYS:
            raise InvalidPolicyError(f"{path}: {key} is not a key of the configuration; keys: {', '.join(_KEYS)}")
        sort, expected = _KEYS[key]
        if not isinstance(value, sort) or (isinstance(value, list) and not all(isinstance(one, str) for one in value)):
            raise InvalidPolicyError(f"{path}: {key} must be {expected}")
    folder = path.resolve().parent
    paths = {key: folder / Path(stated[key]).expanduser() for key in ("store", "policy") if key in stated}
    return Configuration(
        **paths,
        required_sources=tuple(stated.get("required_sources", ())),
        max_age=stated.get("max_age"),
        max_lag=stated.get("max_lag"),
        required_reviewers=stated.get("required_reviewers"),
    )


@attrs.frozen(kw_only=True)
class PolicyChoice:
    """The policy of a search, as the options, the environment and the configuration file state it."""

    #: The policy file.
    policy: Path | None
    #: Sources without which nothing may be searched.
    required: tuple[str, ...]
    #: How long ago a list may have been checked.
    max_age: str | None
    #: How many reviewers have to clear a hit.
    required_reviewers: int | None
    #: Whether hits that facts contradict are shown or suppressed; None for what the policy says.
    contradicted: str | None

    def chosen(self) -> Policy:
        """The policy. An option goes before the environment, and that before the configuration file."""
        stated = read_configuration()
        file = self.policy or stated.policy
        found = Policy() if file is None else read_policy(file)
        changes: dict[str, Any] = {}
        required = self.required or stated.required_sources
        if required:
            changes["required_sources"] = tuple(dict.fromkeys((*found.required_sources, *required)))
        max_age = self.max_age or stated.max_age
        if max_age is not None:
            changes["max_age"] = None if max_age == "any" else max_age
        if self.contradicted is not None:
            changes["suppress_contradicted"] = self.contradicted == "suppress"
        lag = os.environ.get(LAG_VARIABLE) or stated.max_lag
        if lag is not None:
            changes["max_lag"] = None if lag == "any" else lag
        reviewers = self.required_reviewers or stated.required_reviewers
        if reviewers is not None:
            changes["required_reviewers"] = reviewers
        return attrs.evolve(found, **changes)


def stated_policy() -> Policy:
    """The policy that the environment and the configuration file state."""
    return PolicyChoice(policy=None, required=(), max_age=None, required_reviewers=None, contradicted=None).chosen()


_OPTIONS = (
    click.option(
        "--policy",
        metavar="FILE",
        type=PATH,
        envvar="SCREENKIT_POLICY",
        help="A policy as TOML or JSON; by default the one in screenkit.toml, or the default policy.",
    ),
    click.option(
        "--require",
        "required",
        multiple=True,
        metavar="ID",
        envvar="SCREENKIT_REQUIRED_SOURCES",
        help="Refuse to search without this source; may be repeated.",
    ),
    click.option(
        "--max-age",
        metavar="AGE",
        envvar="SCREENKIT_MAX_AGE",
        help='How long ago a list may have been checked: "24h", "2d" or "any".',
    ),
    click.option(
        "--required-reviewers",
        type=click.IntRange(1),
        metavar="COUNT",
        envvar="SCREENKIT_REQUIRED_REVIEWERS",
        help="How many reviewers have to clear a hit before it is suppressed.",
    ),
    click.option(
        "--contradicted",
        type=click.Choice(("show", "suppress")),
        help="Show hits that a birth date, gender or kind contradicts, or suppress and count them.",
    ),
)


def policy_options(command: Command) -> Command:
    """Give a command the options for the policy of its search, as its argument `weighing`."""
    return collected(command, _OPTIONS, "weighing", PolicyChoice)
