"""What a decision about a hit is based on, and whether it still holds for later hits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any

from screenkit.errors import DecisionError
from screenkit.model import Basis, Decision, EvidenceKind, Lapse, Outcome, Review
from screenkit.results import Hit, SuppressedHit
from screenkit.results.record import plain

from .basis import COLUMN, based_on
from .digests import content_digest, subject_digest

#: A designation: its source id, and its id there.
Key = tuple[str, str]


def reviewed(screening: Mapping[str, Any], designation: str, source: str | None, key: bytes | None) -> dict[str, Any]:
    """The reviewed hit of a screening's record, or of a batch's row, as fields of a `Decision`.

    Raises `DecisionError` if there is no such hit, or if the record lacks what was reviewed.
    """
    if COLUMN in screening:
        told = based_on(screening[COLUMN], key)
        if told["designation"] != designation or source not in (None, told["source"]):
            raise DecisionError(_not_one(designation, source, ()))
        return told
    try:
        found = [
            hit
            for hit in (*screening["hits"], *screening["suppressed"])
            if hit["designation"]["id"] == designation and source in (None, hit["source"])
        ]
        if len(found) != 1:
            raise DecisionError(_not_one(designation, source, [hit["source"] for hit in found]))
        subject, (hit,) = screening["subject"], found
        if "names" not in subject:
            raise DecisionError(
                "the record was made without the subject's names; use a record that has them, or screen again"
            )
        if subject.get("customer") is None:
            raise DecisionError("the subject has no customer key; screen Subject(..., customer=...), or use --customer")
        kinds = {evidence["kind"] for evidence in hit["evidence"]}
        return {
            "customer": subject["customer"],
            "subject": subject_digest(subject, key),
            "source": hit["source"],
            "designation": designation,
            "content": content_digest(hit["designation"]),
            "matched_name": hit["matched_name"]["text"],
            "basis": Basis.IDENTIFIER if EvidenceKind.IDENTIFIER in kinds else Basis.NAME,
            "policy": screening["policy"]["fingerprint"],
        }
    except (LookupError, TypeError, AttributeError) as error:
        raise DecisionError(
            f"this is not the record of a screening ({type(error).__name__}). Give the result of Screening.to_dict or"
            " of screenkit screen --json."
        ) from error


def _not_one(designation: str, source: str | None, sources: Iterable[str]) -> str:
    where = f" of source {source}" if source else ""
    lists = ", ".join(sources)
    if lists:
        return f"several lists have a hit {designation!r}: {lists}; give the source of the hit that was reviewed"
    return f"the screening has no hit {designation!r}{where}; give the id of one of its hits"


def settled(
    found: Iterable[Hit],
    made: Mapping[Key, Sequence[Decision]],
    subject_of: Callable[[], str],
    at: dt.datetime,
    reviewers: int,
) -> tuple[list[Hit], list[SuppressedHit]]:
    """Hits and suppressed hits with their reviews: cleared ones are suppressed, confirmed ones are hits.

    `made` are the decisions about the customer, in order; `reviewers` is how many have to clear a hit.
    """
    digest = subject_of() if made else ""
    hits: list[Hit] = []
    suppressed: list[SuppressedHit] = []
    for hit in found:
        decisions = made.get((hit.designation.source, hit.designation.id))
        review: Review | None = None
        is_suppressed = isinstance(hit, SuppressedHit)
        if decisions:
            lapses = _lapses(decisions[-1], hit, digest, at)
            if not lapses and _clearing(decisions, hit, digest, at) < reviewers:
                lapses = (Lapse.REVIEWERS,)
            review = Review(decision=decisions[-1], lapses=lapses)
            is_suppressed = review.clears or (is_suppressed and not review.confirms)
        if is_suppressed:
            suppressed.append(SuppressedHit(**_of(hit), is_set_aside=hit.is_set_aside, review=review))
        else:
            hits.append(Hit(**_of(hit), review=review))
    return hits, suppressed


def _of(hit: Hit) -> dict[str, Any]:
    return {"designation": hit.designation, "result": hit.result}


def _clearing(decisions: Sequence[Decision], hit: Hit, subject: str, at: dt.datetime) -> int:
    """How many reviewers cleared a hit since it was last confirmed, by decisions that hold."""
    since = takewhile(lambda decision: decision.outcome is Outcome.CLEARED, reversed(decisions))
    holding = (decision for decision in since if not _lapses(decision, hit, subject, at))
    return len({" ".join(decision.reviewer.casefold().split()) for decision in holding})


def _lapses(decision: Decision, hit: Hit, subject: str, at: dt.datetime) -> tuple[Lapse, ...]:
    is_lapsed = {
        Lapse.EXPIRED: decision.until is not None and at.astimezone(dt.UTC).date() > decision.until,
        Lapse.SUBJECT: decision.subject != subject,
        Lapse.DESIGNATION: decision.content != content_digest(plain(hit.designation)),
        Lapse.NAME: decision.matched_name != hit.matched_name.text,
        Lapse.IDENTIFIER: hit.result.is_identified and decision.basis is not Basis.IDENTIFIER,
    }
    return tuple(lapse for lapse, holds in is_lapsed.items() if holds)
