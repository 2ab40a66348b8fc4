"""`Records`: the records of screenings as JSON. What all of one screener's have in common is written once."""

from __future__ import annotations

import json
from typing import Any

from screenkit.results import Screening
from screenkit.results.record import shared


class Records:
    """Writes records. Most screenings find nothing, and nine tenths of the record of one are the same for all."""

    def __init__(self) -> None:
        # Of the screener whose record was written last: what its records share is told from others by identity.
        self._common: tuple[tuple[object, ...], str] = ((), "")

    def text(self, screening: Screening) -> str:
        """`Screening.to_dict()` as JSON."""
        before, after = screening.own_parts()
        return f"{_json(before)[:-1]},{self._shared(screening)},{_json(after)[1:]}"

    def _shared(self, one: Screening) -> str:
        parts = (one.editions, one.policy, one.version, one.components, one.tables)
        known, text = self._common
        if len(known) != len(parts) or any(ours is not theirs for ours, theirs in zip(known, parts, strict=True)):
            text = _json(shared(*parts))[1:-1]
            self._common = (parts, text)
        return text


def as_json(value: Any) -> bytes:
    """A value as JSON in UTF-8."""
    return in_utf8(_json(value))


def in_utf8(text: str) -> bytes:
    """A text in UTF-8. A lone surrogate in a list's remarks, which UTF-8 can't carry, becomes "?"."""
    return text.encode("utf-8", "replace")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
