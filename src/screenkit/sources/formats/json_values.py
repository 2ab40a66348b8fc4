"""JSON values whose numbers are the digits as published.

So an id or a number of any length stays what it is. The values of a key that an object has twice are put
together. What isn't JSON or isn't text (NaN, half of a surrogate pair, thousands of levels) is refused.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import NoReturn

#: A JSON value whose numbers are text.
Json = str | bool | None | list["Json"] | dict[str, "Json"]

#: Lists within objects within lists ...: no published record comes near, and Python's own stack ends at 1,000.
MOST_LEVELS = 64


class UnfitValueError(Exception):
    """Text that is JSON, but of no use as a record; the message says why."""


def shown(value: Json) -> str:
    """A value as text: text stripped, null empty, the rest as JSON writes it."""
    if isinstance(value, str):
        return value.strip()
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def listed(value: Json) -> list[Json]:
    """The values of a field that holds one value or a list of them, those that are empty left out."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if one is False or (one.strip() if isinstance(one, str) else one)]


def checked(value: object) -> dict[str, Json]:
    """A record that is an object no deeper than `MOST_LEVELS` and nothing but characters.

    Raises `UnfitValueError`.
    """
    if not isinstance(value, dict):
        raise UnfitValueError("expected a JSON object")
    level, at = 0, list[object]([value])
    while at:
        level += 1
        if level > MOST_LEVELS:
            raise UnfitValueError(f"nested more than {MOST_LEVELS} levels deep")
        at = [inner for one in at for inner in _inside(one)]
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise UnfitValueError("half of a surrogate pair, which isn't a character") from None
    return value


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return [one for one in value.values() if isinstance(one, dict | list)]
    return [one for one in value if isinstance(one, dict | list)] if isinstance(value, list) else []


def _pairs(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        # Published files do have a key twice, and the standard leaves open which counts: so all values do.
        gathered: dict[str, list[Json]] = {}
        for key, value in pairs:
            so_far = gathered.setdefault(key, [])
            so_far += [one for one in (value if isinstance(value, list) else [value]) if one not in so_far]
        repeated = Counter(key for key, _ in pairs)
        for key in (key for key, count in repeated.items() if count > 1):
            found[key] = gathered[key][0] if len(gathered[key]) == 1 else gathered[key]
    return found


def _no_constant(name: str) -> NoReturn:
    raise UnfitValueError(f"{name} is not JSON")


#: Raises `json.JSONDecodeError`, `UnfitValueError` or, far beyond `MOST_LEVELS`, `RecursionError`.
DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_int=str, parse_float=str, parse_constant=_no_constant)
