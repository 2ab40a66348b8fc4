"""The points of every sample, from one run at the policy's floor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TypeVar

import attrs

from screenkit.comparison.designations import compare
from screenkit.model import Score
from screenkit.model.evidence import FULL_SCORE
from screenkit.policy import Policy
from screenkit.results import Hit, Screening
from screenkit.screener import Screener

from .curve import Curve
from .samples import LabeledPair, Samples

_Hit = TypeVar("_Hit", bound=Hit)


class Sort(StrEnum):
    """What a row shows."""

    #: A customer and the designation that it is.
    MATCH = "match"
    #: A customer and a designation that it is not.
    NON_MATCH = "non-match"
    #: A customer who is not listed.
    ORDINARY = "ordinary name"


@attrs.frozen(kw_only=True)
class Outcome:
    """The result for one row."""

    #: What the row shows.
    sort: Sort
    #: The line of its file at which it begins.
    line: int
    #: The customer's first name.
    name: str
    #: The points of the designation of a labeled row, or of the best hit of an ordinary name, 0 if it has none at the
    #: policy's floor. The row alerts at every threshold up to these points.
    points: int
    #: Source and id of the designation, or empty.
    designation: str = ""
    #: The listed name that matches best; empty for an ordinary name without a hit.
    listed_name: str = ""
    #: Why, as one paragraph.
    explanation: str = ""


def measure(screener: Screener, samples: Samples, *, at: dt.datetime, workers: int = 1) -> tuple[Outcome, ...]:
    """Screen every name once, at the policy's floor. The points tell the result at every higher threshold.

    `at` is the time of the screenings. Outcomes are in the order of the rows, the labeled ones first, and do not
    depend on the number of workers.
    """
    looked_up = [pair.subject for pair in samples.labeled if pair.targets]
    subjects = [*looked_up, *(customer.subject for customer in samples.ordinary)]
    found = screener.screen_many(subjects, threshold=screener.policy.floor, at=at, workers=workers)
    return tuple(_outcomes(samples, found, screener.policy))


def curve_of(outcomes: Iterable[Outcome], policy: Policy) -> Curve:
    """The curve of outcomes under a policy."""
    points: dict[Sort, list[int]] = {sort: [] for sort in Sort}
    for outcome in outcomes:
        points[outcome.sort].append(outcome.points)
    return Curve(
        floor=policy.threshold_points(policy.floor),
        matches=points[Sort.MATCH],
        non_matches=points[Sort.NON_MATCH],
        ordinary=points[Sort.ORDINARY],
    )


def reference(hit_or_pair: Hit | LabeledPair) -> str:
    """The source and id of a designation, such as "un_sc KPi.035"."""
    one = hit_or_pair.designation if isinstance(hit_or_pair, Hit) else hit_or_pair.targets[0]
    return f"{one.source} {one.id}".strip()


def _outcomes(samples: Samples, found: Iterator[Screening], policy: Policy) -> Iterator[Outcome]:
    for pair in samples.labeled:
        yield _labeled(pair, next(found) if pair.targets else None, policy)
    for customer, screening in zip(samples.ordinary, found, strict=True):
        name = customer.subject.names[0]
        made = Outcome(sort=Sort.ORDINARY, line=customer.line, name=name, points=0)
        if screening.hits:
            best = max(screening.hits, key=_points)
            made = _scored(attrs.evolve(made, designation=reference(best)), _points(best), best.result)
        yield made


def _labeled(pair: LabeledPair, screening: Screening | None, policy: Policy) -> Outcome:
    """The outcome of a labeled row. A designation that is not a hit is scored by itself, to show how far off it is."""
    made = Outcome(
        sort=Sort.MATCH if pair.is_match else Sort.NON_MATCH,
        line=pair.line,
        name=pair.subject.names[0],
        points=0,
        designation=reference(pair) if pair.targets else "",
    )
    hit = None if screening is None else _first(pair, screening.hits)
    suppressed = None if screening is None else _first(pair, screening.suppressed)
    if hit is not None:
        return _scored(made, _points(hit), hit.result)
    listed = pair.targets or (pair.listed_name,)
    score = max((compare(pair.subject, one, policy=policy) for one in listed), key=lambda one: one.points)
    if suppressed is None:
        return _scored(made, score.points, score)
    return _scored(made, score.points, suppressed.result, f"Suppressed ({suppressed.reason}). ")


def _first(pair: LabeledPair, hits: Iterable[_Hit]) -> _Hit | None:
    return next((hit for hit in hits if hit.designation in pair.targets), None)


def _scored(made: Outcome, points: int, score: Score, before: str = "") -> Outcome:
    listed_name = score.matched_name.text
    return attrs.evolve(made, points=points, listed_name=listed_name, explanation=before + score.explain())


def _points(hit: Hit) -> int:
    """The highest threshold at which it is a hit. An equal identifier is a hit at any threshold."""
    return FULL_SCORE if hit.result.is_identified else hit.points
