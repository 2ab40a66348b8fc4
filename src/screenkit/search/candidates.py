"""The candidates of a query: the names whose terms can score the points wanted, by arithmetic on what is covered.

Each of the query's terms comes with its expansion. A term covers of a name at most its best similarity times its
weight; what all terms cover together has an upper bound (`comparison.bounds.ScoreBound`), and a name below the points
is left out. Terms in the most names are not searched by where no name can be covered enough without another one: they
are only added to the names found. `candidates.pxd` has the types that this module is compiled with; without a compiler
it runs as it is.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from screenkit.comparison.alignment import ComparedSpans, Comparison
from screenkit.comparison.bounds import ScoreBound
from screenkit.model.evidence import FULL_SCORE
from screenkit.policy import Policy

#: Going through the terms of a name costs as much as so many places where terms stand (measured on 400,000 names).
_NAME_COST = 50
_FULL = FULL_SCORE

# What is known of a name, side by side because each is a miss of the cache: the mark of the term that met it last, the
# best similarity and the most covered by that term, and what the query covers of both names. Marks rise: one above the
# query's own is of one of its terms.
_NAME = 5
_MARK, _BEST, _COVERED, _QUERY, _LISTED = range(_NAME)
# What is known of a term of the query: what it weighs together with its equals, how many those are, whether it is
# spared, its best similarity to the name at hand, and the most it covers of it.
_TERM = 5
_WEIGHT, _TIMES, _SPARED, _TERM_BEST, _TERM_COVERED = range(_TERM)
# A listed term that is similar to a term of the query: its number, how similar it is at most, the query's term, the
# next such entry of the same listed term (-1: none), and which of the comparisons made is theirs (-1: none yet).
_ENTRY = 5
_LISTED_TERM, _SIMILARITY, _QUERY_TERM, _NEXT, _COMPARISON = range(_ENTRY)


class QueryTerm(NamedTuple):
    """A term of a query, equal ones together."""

    #: What they weigh together, how many they are, and the weight of the heaviest.
    weight: int
    times: int
    heaviest: int
    #: The positions of all their words.
    positions: Sequence[int]
    #: Whether it is a single word.
    is_single: bool
    #: The listed terms that may be similar, each followed by how similar it is at most.
    expansion: array[int]


class Wanted(NamedTuple):
    """The points that a name has to be able to score by what is covered."""

    points: int
    #: Where a term of the name is as similar as this to one of the query's, fewer points are enough: a single name that
    #: is a person's surname adds to them (`comparison.single_names`).
    same: int
    points_of_same: int


class Postings(NamedTuple):
    """The names of an index as its arrays have them; nothing in them changes."""

    #: The names that each listed term occurs in, with its weight there, and where those of each term start.
    names: memoryview[int]
    weights: memoryview[int]
    starts: memoryview[int]
    #: The terms of each name, what each weighs there, and where those of each name start.
    terms: memoryview[int]
    term_weights: memoryview[int]
    name_starts: memoryview[int]
    #: The positions of the words of each term in its name, and where those of each term start.
    positions: memoryview[int]
    position_starts: memoryview[int]
    #: What all words of each name weigh, and how many they are.
    whole: memoryview[int]
    counts: memoryview[int]


class Candidates:
    """Finds the candidates of one query after another. For one thread."""

    def __init__(self, postings: Postings, terms: int, longest: int, policy: Policy, marked: int = 0) -> None:
        """Take the names, how many listed terms there are, and how many words the longest name has.

        `marked` is the last mark that was used; each query takes some.
        """
        self._names, self._weights, self._starts = postings.names, postings.weights, postings.starts
        self._terms, self._term_weights = postings.terms, postings.term_weights
        self._name_starts = postings.name_starts
        self._positions, self._position_starts = postings.positions, postings.position_starts
        self._whole, self._counts = postings.whole, postings.counts
        self._bound = ScoreBound(policy)
        count = len(postings.counts)
        self._known = array("q", bytes(8 * _NAME * count))
        # The query that met each listed term last, and the term's first entry.
        self._heads = array("q", bytes(8 * 2 * terms))
        self._touched, self._seen = array("i", bytes(4 * count)), array("i", bytes(4 * count))
        self._query = array("q", bytes(8 * _TERM * 64))
        self._query_best, self._query_weights = array("q", bytes(8 * 64)), array("q", bytes(8 * 64))
        self._listed_best = array("q", bytes(8 * longest))
        self._entries = array("i", bytes(4 * _ENTRY * 1024))
        # Where the entries of each of the query's terms start.
        self._bounds = array("q", bytes(8 * 65))
        self._marked = marked
        self._asked = 0
        # The comparisons that were made for the query at hand.
        self._comparisons: list[Comparison] = []

    def find(
        self,
        query: list[QueryTerm],
        weights: list[int],
        whole: int,
        wanted: Wanted,
        sure: Collection[int],
        compare: Callable[[int, int], Comparison],
    ) -> list[tuple[int, list[ComparedSpans]]]:
        """The names, by number and rising, that can score what is wanted, and the sure ones, whatever they can score.

        Each comes with the pairs of a query's term and one of its own that are similar, both by their place.
        `weights` is what each word of the query weighs, `whole` what all of them do. `compare` compares a term of the
        query, by its place, with a listed term, by its number: what takes long is asked once for each pair, and only
        for the terms of names that can score the points by the keys alone.
        """
        self._marked += 1
        self._asked = self._marked
        self._make_room(len(query), len(weights))
        for at in range(len(weights)):
            self._query_weights[at] = weights[at]
        self._enter(query)
        points, least = wanted.points, wanted.points_of_same
        found = self._reaching(query, whole, least)
        always = set(sure)
        if always:
            found = sorted(always.union(found))
        else:
            found.sort()
        candidates = []
        self._comparisons = []
        for name in found:
            is_sure = name in always
            if not is_sure and self._most(name, query, len(weights), whole) < least:
                continue
            pairs = self._compared(name, compare)
            most = self._most(name, query, len(weights), whole)
            if is_sure or most >= points or (most >= least and _has_same(pairs, wanted.same)):
                candidates.append((name, pairs))
        return candidates

    def _compared(self, name: int, compare: Callable[[int, int], Comparison]) -> list[ComparedSpans]:
        """The pairs of a name's terms and the query's that are similar, each compared now or for a name before."""
        entries, made, pairs = self._entries, self._comparisons, []
        start = self._name_starts[name]
        for other in range(self._name_starts[name + 1] - start):
            listed = self._terms[start + other]
            if self._heads[2 * listed] != self._asked:
                continue
            entry = self._heads[2 * listed + 1]
            while entry >= 0:
                if entries[entry + _COMPARISON] < 0:
                    comparison = compare(entries[entry + _QUERY_TERM], listed)
                    most = comparison.most
                    if most < entries[entry + _SIMILARITY]:
                        entries[entry + _SIMILARITY] = most
                    entries[entry + _COMPARISON] = len(made)
                    made.append(comparison)
                if entries[entry + _SIMILARITY]:
                    pairs.append((entries[entry + _QUERY_TERM], other, made[entries[entry + _COMPARISON]]))
                entry = entries[entry + _NEXT]
        return pairs

    def outline(self, name: int) -> tuple[list[int], list[tuple[int, ...]], list[int], int]:
        """The terms of a name by number, the positions of each, what each word weighs, and what all of them do."""
        start, stop = self._name_starts[name], self._name_starts[name + 1]
        terms: list[int] = []
        spans: list[tuple[int, ...]] = []
        for at in range(start, stop):
            terms.append(self._terms[at])
            first, after = self._position_starts[at], self._position_starts[at + 1]
            if after == first + 1:
                spans.append((self._positions[first],))
            else:
                spans.append(tuple([self._positions[place] for place in range(first, after)]))
        # The words of a name stand first among its terms.
        weights = [self._term_weights[at] for at in range(start, start + self._counts[name])]
        return terms, spans, weights, self._whole[name]

    def _make_room(self, terms: int, words: int) -> int:
        """See to it that so many terms and words of a query have their places, all empty."""
        if _TERM * terms > len(self._query):
            self._query = array("q", bytes(8 * _TERM * terms))
            self._bounds = array("q", bytes(8 * (terms + 1)))
        if words > len(self._query_best):
            self._query_best, self._query_weights = array("q", bytes(8 * words)), array("q", bytes(8 * words))
        return 0

    def _enter(self, query: list[QueryTerm]) -> int:
        """Enter the listed terms that are similar to each of the query's."""
        held, heads = self._query, self._heads
        place = 0
        for at in range(len(query)):
            term = query[at]
            held[_TERM * at + _WEIGHT], held[_TERM * at + _TIMES] = term.weight, term.times
            held[_TERM * at + _TERM_BEST] = held[_TERM * at + _TERM_COVERED] = 0
            self._bounds[at] = place
            expansion = term.expansion
            count = len(expansion)
            needed = place + _ENTRY * count // 2
            if needed > len(self._entries):
                self._grow(place, needed)
            entries = self._entries
            for one in range(0, count, 2):
                listed = expansion[one]
                entries[place + _LISTED_TERM], entries[place + _SIMILARITY] = listed, expansion[one + 1]
                entries[place + _QUERY_TERM], entries[place + _COMPARISON] = at, -1
                entries[place + _NEXT] = heads[2 * listed + 1] if heads[2 * listed] == self._asked else -1
                heads[2 * listed], heads[2 * listed + 1] = self._asked, place
                place += _ENTRY
        self._bounds[len(query)] = place
        return place

    def _grow(self, used: int, needed: int) -> int:
        """Make room for more entries."""
        grown = array("i", bytes(4 * 2 * needed))
        grown[:used] = self._entries[:used]
        self._entries = grown
        return 0

    def _reaching(self, query: list[QueryTerm], whole: int, points: int) -> list[int]:
        """The names whose terms can be similar enough to the query's."""
        held, known, seen = self._query, self._known, self._seen
        least = self._bound.least_coverage(points)
        enough = (least - 1) * whole
        left_out = self._spare(query, whole, least)
        heaviest = 0
        total = 0
        # What the terms that are spared can still add, and how many places they have.
        more = 0
        for at in range(len(query)):
            heaviest = max(heaviest, query[at].heaviest)
            if held[_TERM * at + _SPARED]:
                more += held[_TERM * at + _SPARED] * held[_TERM * at + _WEIGHT]
            else:
                total = self._cover(at, total, False)
        # Few of the names seen can still be covered enough; they alone are looked at again.
        left = 0
        for at in range(total):
            name = seen[at]
            if known[_NAME * name + _QUERY] + more > enough:
                seen[left] = name
                left += 1
            else:
                known[_NAME * name + _MARK] = 0
        by_name = left * _NAME_COST < left_out
        if not by_name:
            for at in range(len(query)):
                if held[_TERM * at + _SPARED]:
                    self._cover(at, 0, True)
        found = []
        for at in range(left):
            name = seen[at]
            if by_name:
                self._add_spared(name, len(query))
            covered = known[_NAME * name + _QUERY]
            if covered <= enough:
                continue
            # However many words are similar to one of a name's, only as many pairs are made as the name has words.
            most = self._counts[name] * heaviest * _FULL
            ours = self._bound.coverage(min(covered, most), whole)
            theirs = self._bound.coverage(known[_NAME * name + _LISTED], self._whole[name])
            if self._bound.points(ours, theirs) >= points:
                found.append(name)
        return found

    def _spare(self, query: list[QueryTerm], whole: int, least: int) -> int:
        """Mark the terms that are not searched by, with the best similarity of each; returns how many places they have.

        They are the single words in the most names, without which no name is covered enough.
        """
        held, entries = self._query, self._entries
        volumes = []
        for at in range(len(query)):
            volume = best = 0
            for entry in range(self._bounds[at], self._bounds[at + 1], _ENTRY):
                listed = entries[entry + _LISTED_TERM]
                volume += self._starts[listed + 1] - self._starts[listed]
                best = max(best, entries[entry + _SIMILARITY])
            held[_TERM * at + _SPARED] = 0
            if query[at].is_single:
                volumes.append((-volume, at, best))
        volumes.sort()
        # Coverage is rounded up: more than this is enough.
        allowed = (least - 1) * whole + 1
        places = 0
        for volume, at, best in volumes:
            allowed -= best * held[_TERM * at + _WEIGHT]
            if allowed <= 0:
                break
            held[_TERM * at + _SPARED] = best
            if best:
                places -= volume
        return places

    def _cover(self, term: int, total: int, is_seen_only: bool) -> int:
        """Add what a term of the query covers of all names, or of those seen already; returns how many are seen."""
        known, entries, touched, seen = self._known, self._entries, self._touched, self._seen
        self._marked += 1
        mark, asked = self._marked, self._asked
        count = 0
        for entry in range(self._bounds[term], self._bounds[term + 1], _ENTRY):
            listed, similarity = entries[entry + _LISTED_TERM], entries[entry + _SIMILARITY]
            for place in range(self._starts[listed], self._starts[listed + 1]):
                name = self._names[place]
                at = _NAME * name
                if known[at + _MARK] <= asked:
                    if is_seen_only:
                        continue
                    known[at + _QUERY] = known[at + _LISTED] = 0
                    seen[total] = name
                    total += 1
                covered = similarity * self._weights[place]
                if known[at + _MARK] != mark:
                    known[at + _MARK], known[at + _BEST], known[at + _COVERED] = mark, similarity, covered
                    touched[count] = name
                    count += 1
                else:
                    if known[at + _BEST] < similarity:
                        known[at + _BEST] = similarity
                    if known[at + _COVERED] < covered:
                        known[at + _COVERED] = covered
        weight, times = self._query[_TERM * term + _WEIGHT], self._query[_TERM * term + _TIMES]
        for one in range(count):
            at = _NAME * touched[one]
            known[at + _QUERY] += weight * known[at + _BEST]
            known[at + _LISTED] += times * known[at + _COVERED]
        return total

    def _add_spared(self, name: int, terms: int) -> int:
        """Add what the spared terms cover of a name, going through its own terms."""
        held, entries, known = self._query, self._entries, self._known
        for at in range(self._name_starts[name], self._name_starts[name + 1]):
            head = 2 * self._terms[at]
            if self._heads[head] != self._asked:
                continue
            entry = self._heads[head + 1]
            while entry >= 0:
                term, similarity = _TERM * entries[entry + _QUERY_TERM], entries[entry + _SIMILARITY]
                if held[term + _SPARED]:
                    covered = similarity * self._term_weights[at]
                    if held[term + _TERM_BEST] < similarity:
                        held[term + _TERM_BEST] = similarity
                    if held[term + _TERM_COVERED] < covered:
                        held[term + _TERM_COVERED] = covered
                entry = entries[entry + _NEXT]
        for term in range(0, _TERM * terms, _TERM):
            if held[term + _TERM_BEST]:
                known[_NAME * name + _QUERY] += held[term + _WEIGHT] * held[term + _TERM_BEST]
                known[_NAME * name + _LISTED] += held[term + _TIMES] * held[term + _TERM_COVERED]
                held[term + _TERM_BEST] = held[term + _TERM_COVERED] = 0
        return 0

    def _most(self, name: int, query: list[QueryTerm], words: int, whole: int) -> int:
        """The most that a name scores, each word by the best of its counterparts."""
        ours, theirs, entries = self._query_best, self._listed_best, self._entries
        count = self._counts[name]
        for at in range(words):
            ours[at] = 0
        for at in range(count):
            theirs[at] = 0
        start = self._name_starts[name]
        for other in range(start, self._name_starts[name + 1]):
            head = 2 * self._terms[other]
            if self._heads[head] != self._asked:
                continue
            best = 0
            entry = self._heads[head + 1]
            while entry >= 0:
                similarity = entries[entry + _SIMILARITY]
                best = max(best, similarity)
                for at in query[entries[entry + _QUERY_TERM]].positions:
                    if ours[at] < similarity:
                        ours[at] = similarity
                entry = entries[entry + _NEXT]
            for place in range(self._position_starts[other], self._position_starts[other + 1]):
                at = self._positions[place]
                if theirs[at] < best:
                    theirs[at] = best
        covered = listed = 0
        for at in range(words):
            covered += ours[at] * self._query_weights[at]
        # The words of a name stand first among its terms.
        for at in range(count):
            listed += theirs[at] * self._term_weights[start + at]
        return self._bound.points(self._bound.coverage(covered, whole), self._bound.coverage(listed, self._whole[name]))


def _has_same(pairs: list[ComparedSpans], same: int) -> bool:
    """Whether two terms are at least so similar."""
    return any(comparison.most >= same for _, _, comparison in pairs)
