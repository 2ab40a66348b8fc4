"""A query's words in, the names that can reach the points with the words that meet out: by the compiled kernel.

Where `_kernel` was not compiled, `scanning` does the same, two to three times slower (docs/decisions/0004).
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from screenkit.model import Space, TokenKind
from screenkit.names.arabic_sound import EDIT as ARABIC_EDIT
from screenkit.names.slavic import CHEAPEST_EDIT
from screenkit.nearness import LONGEST_EDITED, RADII, asked_lookups
from screenkit.neighbourhood import hashed_key
from screenkit.policy import Policy
from screenkit.spans import Span, Words

from .arrays import Stored, Texts, stored_around
from .building import SALTS, SORTS
from .memory import SpanKey, SpanMemory, span_key
from .nearby import Lettered
from .scanning import Meeting, Scanning, Search
from .words import Outline, WordTable

try:
    from ._kernel import Kernel, Scratch
except ImportError:
    is_compiled = False
else:
    is_compiled = True

#: How the kernel numbers the sound spaces of lookups.
SPACES: Mapping[Space, int] = MappingProxyType({Space.LATIN: 0, Space.SLAVIC: 1, Space.ARABIC: 2})
_NOWHERE = (0, 0, 0)


class Compiled:
    """Finds names by their words with the kernel."""

    def __init__(self, stored: Stored, words: WordTable, policy: Policy) -> None:
        self._policy = policy
        sorts = set(np.unique(stored.array("key sorts")).tolist())
        #: Of a lookup's space and letters: the kernel's number of the space and the salt, where any key is stored so.
        self._sorts = {
            key: (SPACES[key[0]], int(SALTS[sort])) for key, sort in SORTS.items() if key[0] in SPACES and sort in sorts
        }
        self._by_letter, self._initials = Lettered(stored, "word"), Lettered(stored, "initial")
        self._kernel = Kernel(_arrays(stored, words, self._by_letter, self._initials), _numbers(policy))
        self._scratch = threading.local()
        self._memory = SpanMemory[bytes](len)

    def search(
        self, found: Sequence[Span], words: Words, points: int, sure: Collection[int]
    ) -> list[tuple[int, list[Meeting]]]:
        """Names that can score the points; see `Search`."""
        scratch = getattr(self._scratch, "held", None)
        if scratch is None:
            scratch = self._scratch.held = self._kernel.scratch()
        weights = words.weights
        held = _equal_spans(found)
        asked: list[tuple[int, int, int, Sequence[int], bool, bytes]] = []
        for places in held:
            span = found[places[0]]
            near = self._near(span, scratch)
            if len(places) == 1:
                heaviest = sum([weights[at] for at in span.at])
                asked.append((heaviest, 1, heaviest, span.at, len(span.at) == 1, near))
            else:
                heavy = [sum([weights[at] for at in found[place].at]) for place in places]
                positions = [at for place in places for at in found[place].at]
                asked.append((sum(heavy), len(places), max(heavy), positions, len(span.at) == 1, near))
        met = self._kernel.search(scratch, asked, list(weights), words.whole, points, sure)
        return [(row, [Meeting(held[span], other, word) for span, other, word, _ in those]) for row, those in met]

    def _near(self, span: Span, scratch: Scratch) -> bytes:
        """The words near a span, which are remembered by its own."""
        key = span_key(span)
        known = self._memory.get(key)
        if known is None:
            known = self._kernel.near(scratch, self._looked_up(span), self._initial(span))
            self._memory.keep(key, known)
        return known

    def outline(self, row: int) -> Outline:
        """The words of a name; see `Search`."""
        return Outline(*self._kernel.outline(row))

    def _looked_up(self, span: Span) -> list[tuple[int, str, str, int, int, int, int]]:
        """What the words near a span are looked up by, as the kernel takes it."""
        found = []
        for one in asked_lookups(span.token, self._policy, is_joined=len(span.at) > 1 and not span.is_compound):
            sort = self._sorts.get((one.space, one.is_latin))
            if sort is not None:
                hashed = hashed_key(one.key)
                found.append((sort[0], one.key, hashed, sort[1], one.radius, int(one.reach), one.least))
        return found

    def _initial(self, span: Span) -> tuple[int, int, int]:
        """Where the words stand that a span may be the initial of (1), or initials that may stand for it (0)."""
        if len(span.at) > 1 and not span.is_compound:
            return _NOWHERE
        is_initial = span.token.kind is TokenKind.INITIAL
        places = (self._by_letter if is_initial else self._initials).places.get(span.token.key[0])
        return (int(is_initial), *places) if places else _NOWHERE


def _equal_spans(found: Sequence[Span]) -> list[list[int]]:
    """The numbers of spans, equal ones together."""
    if len({span.token.text for span in found}) == len(found):
        return [[at] for at in range(len(found))]
    groups: dict[SpanKey, list[int]] = {}
    for at, span in enumerate(found):
        groups.setdefault(span_key(span), []).append(at)
    return list(groups.values())


def _arrays(
    stored: Stored, words: WordTable, by_letter: Lettered, initials: Lettered
) -> dict[str, NDArray[np.generic]]:
    around = stored_around(stored, "key")
    keys = Texts.stored(stored, "keys")
    return {
        "places": around.places,
        "forms": around.forms,
        "numbers": around.numbers,
        "reaches": around.reaches,
        "key data": np.frombuffer(stored.data("keys") or b"\0", dtype=np.uint8),
        "key starts": keys.starts,
        "held": stored.array("held"),
        "held starts": stored.array("held starts"),
        "posted rows": words.row_of[words.posted],
        "posted weights": words.span_weights[words.posted],
        "posted starts": words.posted_starts,
        "span weights": words.span_weights,
        "spans": stored.array("spans"),
        "row starts": stored.array("row starts"),
        "positions": stored.array("positions"),
        "position starts": stored.array("position starts"),
        "left": stored.array("word left"),
        "token weights": words.token_weights,
        "word lettered": by_letter.held,
        "initial lettered": initials.held,
        "whole": words.whole,
        "counts": words.counts,
        **{f"{space} radii": _radii(space) for space in SPACES},
    }


def _radii(space: Space) -> NDArray[np.uint8]:
    """Edits that a key may be away from another one, by the length of the shorter one."""
    return np.array([RADII[space](length) for length in range(LONGEST_EDITED + 2)], dtype=np.uint8)


def _numbers(policy: Policy) -> dict[str, int]:
    return {
        "edit share": policy.edit_share,
        "initial similarity": policy.initial_similarity,
        "lesser share": policy.lesser_share,
        "arabic edit": ARABIC_EDIT,
        "slavic cheap": CHEAPEST_EDIT,
    }


#: How an index is searched: by the kernel where it was compiled, else by numpy; tests try both.
ENGINES: tuple[type[Search], ...] = (Compiled, Scanning) if is_compiled else (Scanning,)
