"""A screener and samples in, the points of each row out, by one run at the policy's floor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TypeVar

import attrs

from screenkit.matching import compare
from screenkit.model import Hit, Score, Screening
from screenkit.model.found import FULL_SCORE
from screenkit.policy import Policy
from screenkit.screener import Screener

from .curve import Curve
from .samples import LabelledPair, Samples

_Hit = TypeVar("_Hit", bound=Hit)


class Sort(StrEnum):
    """What a row is evidence of."""

    #: A customer and the designation that it is.
    MATCH = "match"
    #: A customer and a designation that it is not.
    NON_MATCH = "non-match"
    #: A customer who is nobody listed.
    ORDINARY = "ordinary name"


@attrs.frozen(kw_only=True)
class Outcome:
    """What became of one row."""

    #: What the row is evidence of.
    sort: Sort
    #: The line of its file that it begins in.
    line: int
    #: The customer's first name.
    name: str
    #: Points of what a labelled row names; of an ordinary name those of its best hit, 0 where it has none from the
    #: policy's floor on. The row alerts at every threshold up to them.
    points: int
    #: Source and id of the designation, or empty.
    designation: str = ""
    #: The listed name that explains best; empty for an ordinary name without a hit.
    listed_name: str = ""
    #: Why, as one paragraph.
    explanation: str = ""


def measure(screener: Screener, samples: Samples, *, at: dt.datetime, workers: int = 1) -> tuple[Outcome, ...]:
    """Screen every name once, at the policy's floor; all thresholds from there on follow from the points.

    `at` is the time of the screenings. Outcomes are in the order of the rows, labelled ones first, and do not depend on
    the count of workers.
    """
    looked_up = [pair.subject for pair in samples.labelled if pair.targets]
    subjects = [*looked_up, *(customer.subject for customer in samples.ordinary)]
    found = screener.screen_many(subjects, threshold=screener.policy.floor, at=at, workers=workers)
    return tuple(_outcomes(samples, found, screener.policy))


def curve_of(outcomes: Iterable[Outcome], policy: Policy) -> Curve:
    """The curve that outcomes under a policy make."""
    points: dict[Sort, list[int]] = {sort: [] for sort in Sort}
    for outcome in outcomes:
        points[outcome.sort].append(outcome.points)
    return Curve(
        floor=policy.threshold_points(policy.floor),
        matches=points[Sort.MATCH],
        non_matches=points[Sort.NON_MATCH],
        ordinary=points[Sort.ORDINARY],
    )


def reference(hit_or_pair: Hit | LabelledPair) -> str:
    """The source and id of a designation, such as "un_sc KPi.035"."""
    one = hit_or_pair.designation if isinstance(hit_or_pair, Hit) else hit_or_pair.targets[0]
    return f"{one.source} {one.id}".strip()


def _outcomes(samples: Samples, found: Iterator[Screening], policy: Policy) -> Iterator[Outcome]:
    for pair in samples.labelled:
        yield _labelled(pair, next(found) if pair.targets else None, policy)
    for customer, screening in zip(samples.ordinary, found, strict=True):
        name = customer.subject.names[0]
        made = Outcome(sort=Sort.ORDINARY, line=customer.line, name=name, points=0)
        if screening.hits:
            best = max(screening.hits, key=_points)
            made = _scored(attrs.evolve(made, designation=reference(best)), _points(best), best.result)
        yield made


def _labelled(pair: LabelledPair, screening: Screening | None, policy: Policy) -> Outcome:
    """What became of a labelled row; a designation that is no hit is scored by itself, to tell how far it is."""
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


def _first(pair: LabelledPair, hits: Iterable[_Hit]) -> _Hit | None:
    return next((hit for hit in hits if hit.designation in pair.targets), None)


def _scored(made: Outcome, points: int, score: Score, before: str = "") -> Outcome:
    listed_name = score.matched_name.text
    return attrs.evolve(made, points=points, listed_name=listed_name, explanation=before + score.explain())


def _points(hit: Hit) -> int:
    """The highest threshold at which it is a hit: an equal identifier is one whatever the threshold."""
    return FULL_SCORE if hit.result.is_identified else hit.points
