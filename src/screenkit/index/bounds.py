"""Two names by their weights and how alike their spans are at most in, the most that they can score out."""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul
from typing import Protocol

from screenkit.policy import Policy


class Weighed(Protocol):
    """The words of a name by their weights, such as `Words`."""

    @property
    def weights(self) -> Sequence[int]:
        """What each word weighs."""

    @property
    def spans(self) -> Sequence[tuple[int, ...]]:
        """The positions of each span."""

    @property
    def whole(self) -> int:
        """The weight of all words, at least 1."""


def most_points(query: Weighed, listed: Weighed, alike: Sequence[tuple[int, int, int]], policy: Policy) -> int:
    """What two names that are not equal score at most by words whose spans are at most so alike: (points, span, span).

    Each word counts as if it had the best of its counterparts, and nothing is deducted.
    """
    ours, theirs = [0] * len(query.weights), [0] * len(listed.weights)
    for similarity, one, other in alike:
        for at in query.spans[one]:
            if ours[at] < similarity:
                ours[at] = similarity
        for at in listed.spans[other]:
            if theirs[at] < similarity:
                theirs[at] = similarity
    query_share = sum(map(mul, ours, query.weights)) * listed.whole
    listed_share = sum(map(mul, theirs, listed.weights)) * query.whole
    lesser, greater = min(query_share, listed_share), max(query_share, listed_share)
    share = policy.lesser_share
    most: int = -(-(share * lesser + (100 - share) * greater) // (100 * query.whole * listed.whole))
    return most
