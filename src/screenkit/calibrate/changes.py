"""What two policies decide differently about a book of customers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

import attrs

from screenkit.comparison.designations import compare
from screenkit.model import Designation, Subject
from screenkit.policy import Policy
from screenkit.results import Hit, Screening
from screenkit.results.record import plain
from screenkit.screener import Screener

from .samples import Customer


class Verdict(StrEnum):
    """The result for a customer, or for one designation."""

    #: It alerts.
    HIT = "hit"
    #: It reaches the threshold only by a weak name, which is shown but does not alert.
    SUPPRESSED = "suppressed"
    #: Neither.
    CLEAR = "clear"


class ChangeSort(StrEnum):
    """What changes."""

    #: The result for the customer, for example from hit to clear.
    CUSTOMER = "customer"
    #: The result for a designation whose score crosses the threshold; the customer's result is the same.
    DESIGNATION = "designation"
    #: It is still a hit, but by another listed name.
    MATCHED_NAME = "matched name"


@attrs.frozen(kw_only=True)
class Side:
    """The result of one policy for a customer and a designation."""

    #: The result for the customer.
    customer: Verdict
    #: The result for the designation.
    verdict: Verdict
    #: The designation's points.
    points: int
    #: The listed name that matches best.
    matched_name: str
    #: Why, as one paragraph.
    explanation: str


@attrs.frozen(kw_only=True)
class Change:
    """A decision that the policies make differently."""

    #: What changes.
    sort: ChangeSort
    #: The line of the book that the customer's row begins in.
    line: int
    #: The customer's key; None if the book has none.
    customer: str | None
    #: The customer's first name.
    name: str
    #: The designation's source.
    source: str
    #: Its id.
    id: str
    #: Under the old policy.
    old: Side
    #: Under the new one.
    new: Side

    def to_dict(self) -> dict[str, Any]:
        """As plain values, ready for JSON."""
        stated: dict[str, Any] = plain(self)
        return stated


def changes(
    old: Screener, new: Screener, book: Iterable[Customer], *, at: dt.datetime, workers: int = 1
) -> Iterator[Change]:
    """Screen a book under two policies, each at its own threshold, and report where they decide differently.

    Both screeners must search the same editions. Changes are in the order of the book, and for each customer in the
    order of source and id. They do not depend on the number of workers.
    """
    book = tuple(book)
    subjects = [customer.subject for customer in book]
    before, after = (screener.screen_many(subjects, at=at, workers=workers) for screener in (old, new))
    for customer, one, other in zip(book, before, after, strict=True):
        yield from _changes(customer, one, other)


def _changes(customer: Customer, old: Screening, new: Screening) -> Iterator[Change]:
    found = [{_key(hit): (verdict, hit) for verdict, hit in _found(screening)} for screening in (old, new)]
    verdicts = _verdict(old), _verdict(new)
    for key in sorted({*found[0], *found[1]}):
        designation = next(held[key][1] for held in found if key in held).designation
        sides = [
            _side(customer.subject, designation, screening.policy, verdict, held.get(key))
            for screening, verdict, held in zip((old, new), verdicts, found, strict=True)
        ]
        sort = _sort(*sides)
        if sort is not None:
            yield Change(
                sort=sort,
                line=customer.line,
                customer=customer.subject.customer,
                name=customer.subject.names[0],
                source=designation.source,
                id=designation.id,
                old=sides[0],
                new=sides[1],
            )


def _sort(old: Side, new: Side) -> ChangeSort | None:
    if old.verdict is not new.verdict:
        return ChangeSort.CUSTOMER if old.customer is not new.customer else ChangeSort.DESIGNATION
    return ChangeSort.MATCHED_NAME if old.matched_name != new.matched_name else None


def _found(screening: Screening) -> Iterator[tuple[Verdict, Hit]]:
    yield from ((Verdict.HIT, hit) for hit in screening.hits)
    yield from ((Verdict.SUPPRESSED, hit) for hit in screening.suppressed)


def _verdict(screening: Screening) -> Verdict:
    return Verdict.HIT if screening.hits else Verdict.SUPPRESSED if screening.suppressed else Verdict.CLEAR


def _key(hit: Hit) -> tuple[str, str, str]:
    edition = hit.designation.edition
    return hit.designation.source, hit.designation.id, edition.sha256 if edition else ""


def _side(
    subject: Subject, designation: Designation, policy: Policy, customer: Verdict, found: tuple[Verdict, Hit] | None
) -> Side:
    """One side of a change. A designation that is not a hit is scored by itself, to show how far off it is."""
    verdict = Verdict.CLEAR if found is None else found[0]
    score = compare(subject, designation, policy=policy) if found is None else found[1].result
    return Side(
        customer=customer,
        verdict=verdict,
        points=score.points,
        matched_name=score.matched_name.text,
        explanation=score.explain(),
    )
