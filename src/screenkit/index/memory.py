"""A span of a query in, what was found near it out, for as long as there is room: both engines remember so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from screenkit.model import Token
from screenkit.spans import Span

#: Bytes of what is remembered, roughly: of what was asked for since, and as much of what was asked for before.
ROOM = 5_000_000
#: What one span takes beside what was found near it.
OVERHEAD = 1_500
#: What tells spans apart that have something else near them: the word, whether it is joined, whether it is a compound.
SpanKey = tuple[Token, bool, bool]
_V = TypeVar("_V")


def span_key(span: Span) -> SpanKey:
    """What a span is remembered by."""
    return span.token, len(span.at) > 1, span.is_compound


class SpanMemory(Generic[_V]):
    """What was found near spans. Safe to share between threads."""

    def __init__(self, size: Callable[[_V], int]) -> None:
        """Begin with nothing; `size` tells how many bytes a value takes."""
        # Threads share the dictionaries: a full one is replaced, never emptied under another's hands.
        self._young: dict[SpanKey, _V] = {}
        self._old: dict[SpanKey, _V] = {}
        self._held = 0
        self._size = size

    def __len__(self) -> int:
        """How many spans are remembered; one may count twice."""
        return len(self._young) + len(self._old)

    def get(self, key: SpanKey) -> _V | None:
        """What was found near a span, None where it is not remembered."""
        found = self._young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                self.keep(key, found)
        return found

    def keep(self, key: SpanKey, value: _V) -> None:
        """Remember what was found near a span."""
        if self._held > ROOM:
            self._old, self._young, self._held = self._young, {}, 0
        self._young[key] = value
        self._held += OVERHEAD + self._size(value)
