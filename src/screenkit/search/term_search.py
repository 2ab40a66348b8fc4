"""The search by terms: a query's spans are expanded, and the names that can score the points are looked up by them.

`expansion` and `candidates` do the work; here are what they need of the index, what each thread has of its own, and the
expansions that are remembered.
"""

from __future__ import annotations

import logging
import threading
from array import array
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import chain
from multiprocessing import current_process
from types import FunctionType

import numpy as np

from screenkit.comparison.alignment import ComparedSpans, Comparison, compared_spans
from screenkit.comparison.bounds import SPACE_NUMBERS
from screenkit.comparison.compared_name import ComparedName
from screenkit.comparison.lookups import asked_lookups, initial_letters, is_latin, letter_class
from screenkit.comparison.own_words import asked_sounds, is_organization
from screenkit.comparison.spans import Span
from screenkit.model import Space, Token, TokenKind
from screenkit.policy import Policy

from .arrays import Stored, stored_deletions
from .building import SALTS, SORTS
from .candidates import Candidates, QueryTerm, Wanted
from .expansion import Expansion, TermKeys
from .terms import Outline, TermDictionary

#: Whether the search runs compiled; where it does not, the same modules run as ordinary Python (docs/decisions/0005).
IS_COMPILED = not isinstance(Candidates.find, FunctionType)
#: Bytes of expansions that are remembered, roughly: of what was asked for since, and as much of what was before.
ROOM = 5_000_000
#: What one word takes beside its expansion.
_OVERHEAD = 700
_NOWHERE = (False, 0, 0)
#: What tells words apart that have other expansions: the word, and whether its sounds are looked up.
_WordKey = tuple[Token, bool]
_log = logging.getLogger(__name__)


@cache
def say_once_if_interpreted() -> None:
    """Log, once in a process and not in its workers, that without compiled modules a search is slower."""
    # A spawned worker unpickles before it knows its parent; its name it knows.
    if not IS_COMPILED and current_process().name == "MainProcess":
        _log.warning(
            "screenkit was installed without its compiled modules. Results are the same; searching takes two to five"
            " times as long. Install it from a wheel for this platform, or with a C compiler."
        )


class TermSearch:
    """Finds names by their terms. Safe to share between threads."""

    def __init__(self, stored: Stored, terms: TermDictionary, policy: Policy) -> None:
        say_once_if_interpreted()
        self._policy = policy
        sorts = set(np.unique(stored.array("key sorts")).tolist())
        #: Of a lookup's space and letters: the number of the space and the salt, where any key is stored so.
        self._sorts = {
            key: (SPACE_NUMBERS[key[0]], int(SALTS[sort]))
            for key, sort in SORTS.items()
            if key[0] in SPACE_NUMBERS and sort in sorts
        }
        self._is_transcribed = (Space.FOREIGN, False) in self._sorts
        #: Whether a listed organization has a word in Han or Hangul.
        self._is_native = any((space, False) in self._sorts for space in (Space.CHINESE, Space.KOREAN))
        self._by_letter, self._initials = _letter_places(stored, "word"), _letter_places(stored, "initial")
        self._keys = TermKeys(
            deletions=stored_deletions(stored, "key"),
            letters=stored.array("key letters").data,
            starts=stored.array("key starts").data,
            terms=stored.array("key terms").data,
            term_starts=stored.array("key term starts").data,
            by_letter=stored.array("word letter terms").data,
            initials=stored.array("initial letter terms").data,
        )
        self._terms = terms
        self._own = threading.local()
        self._expansions = Expansions()

    def search(self, asked: ComparedName, points: int, sure: Collection[int]) -> list[tuple[int, list[ComparedSpans]]]:
        """Names, rising, that can score the points by words, and those that are sure: each with the spans compared.

        There may be too many names and pairs, never too few.
        """
        spans, weights = asked.found, asked.weights
        hears = is_organization([token.kind for token in asked.name.tokens])
        groups = _equal_spans(spans)
        query = []
        for places in groups:
            span = spans[places[0]]
            weight = heaviest = sum([weights[at] for at in span.at])
            positions: Sequence[int] = span.at
            if len(places) > 1:
                each = [sum([weights[at] for at in spans[place].at]) for place in places]
                weight, heaviest = sum(each), max(each)
                positions = [at for place in places for at in spans[place].at]
            query.append(
                QueryTerm(weight, len(places), heaviest, positions, len(span.at) == 1, self._expand(span, hears))
            )

        def compare(term: int, listed: int) -> Comparison:
            return compared_spans(spans[groups[term][0]], self._terms.span(listed), self._policy)

        wanted = Wanted(points, asked.same_name(), asked.points_of_coverage(points))
        found = self._candidates().find(query, list(weights), asked.whole, wanted, sure, compare)
        if len(groups) == len(spans):
            return found
        return [
            (name, [(at, other, said) for term, other, said in pairs for at in groups[term]]) for name, pairs in found
        ]

    def outline(self, name: int) -> Outline:
        """The terms of a name by their numbers and weights."""
        return Outline(*self._candidates().outline(name))

    def _candidates(self) -> Candidates:
        own: Candidates | None = getattr(self._own, "candidates", None)
        if own is None:
            table = self._terms
            own = self._own.candidates = Candidates(table.postings, table.count, table.longest, self._policy)
        return own

    def _expand(self, span: Span, hears: bool) -> array[int]:
        hears = hears and (self._is_native or not is_latin(span.token.text))
        if len(span.at) > 1 and not span.is_compound:
            # Of words side by side six in seven pairs are new: they would only push out the words.
            return self._expansion().expand(self._lookups(span, hears), _NOWHERE)
        key = span.token, hears
        known = self._expansions.get(key)
        if known is None:
            first, *more = self._initial(span) or [_NOWHERE]
            known = self._expansion().expand(self._lookups(span, hears), first)
            for places in more:
                known = _merged(known, self._expansion().expand([], places))
            self._expansions.keep(key, known)
        return known

    def _expansion(self) -> Expansion:
        own: Expansion | None = getattr(self._own, "expansion", None)
        if own is None:
            own = self._own.expansion = Expansion(self._keys, self._terms.count, self._policy)
        return own

    def _lookups(self, span: Span, hears: bool) -> list[tuple[int, str, int, int, int, int]]:
        """What the terms similar to a span are looked up by, as `Expansion` takes it."""
        words = 1 if span.is_compound else len(span.at)
        asked = asked_lookups(span.token, self._policy, words=words, is_transcribed=self._is_transcribed)
        if hears:
            asked.extend(asked_sounds(span.token))
        found = []
        for one in asked:
            space, in_latin, key, radius, least = one
            sort = self._sorts.get((space, in_latin))
            if sort is not None:
                found.append((sort[0], key, sort[1], radius, radius or int(one.reach), least))
        return found

    def _initial(self, span: Span) -> list[tuple[bool, int, int]]:
        """Where the terms stand that a word may be the initial of (True), or that may be its initial (False)."""
        if span.token.kind is TokenKind.INITIAL:
            letters = initial_letters(span.token)
            return [(True, *self._by_letter[letter]) for letter in letters if letter in self._by_letter]
        places = self._initials.get(letter_class(span.token.key[0]))
        return [(False, *places)] if places else []


def _merged(one: array[int], other: array[int]) -> array[int]:
    """Two expansions as one: each term, followed by how similar it is at most."""
    found = dict(zip(one[::2], one[1::2], strict=True))
    for term, similarity in zip(other[::2], other[1::2], strict=True):
        found[term] = max(similarity, found.get(term, 0))
    return array("i", chain.from_iterable(found.items()))


class Expansions:
    """Expansions that were asked for lately. Safe to share between threads."""

    def __init__(self) -> None:
        # Threads share the dictionaries: a full one is replaced, never emptied under another's hands.
        self._young: dict[_WordKey, array[int]] = {}
        self._old: Mapping[_WordKey, array[int]] = {}
        self._size = 0

    def __len__(self) -> int:
        """How many are remembered; one may count twice."""
        return len(self._young) + len(self._old)

    def get(self, key: _WordKey) -> array[int] | None:
        """The expansion of a word, None where it is not remembered."""
        found = self._young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                self.keep(key, found)
        return found

    def keep(self, key: _WordKey, found: array[int]) -> None:
        """Remember the expansion of a word."""
        if self._size > ROOM:
            self._old, self._young, self._size = self._young, {}, 0
        self._young[key] = found
        self._size += _OVERHEAD + 4 * len(found)


def _letter_places(stored: Stored, name: str) -> dict[str, tuple[int, int]]:
    """Where the terms of each first letter stand: from, up to."""
    letters, starts = stored.array(f"{name} letters").tolist(), stored.array(f"{name} letter starts").tolist()
    return {chr(letter): (start, stop) for letter, start, stop in zip(letters, starts, starts[1:], strict=False)}


def _equal_spans(spans: Sequence[Span]) -> list[list[int]]:
    """The numbers of spans, equal ones together."""
    if len({span.token.text for span in spans}) == len(spans):
        return [[at] for at in range(len(spans))]
    groups: dict[tuple[Token, bool, bool], list[int]] = {}
    for at, span in enumerate(spans):
        groups.setdefault((span.token, len(span.at) > 1, span.is_compound), []).append(at)
    return list(groups.values())
