"""A screening in, what a decision about one of its hits rests on out; hits and decisions in, hits with reviews out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from screenkit.errors import DecisionError
from screenkit.model import Basis, Decision, EvidenceKind, Hit, Lapse, Review, SuppressedHit
from screenkit.model.record import plain

from .digests import content_digest, subject_digest

#: A designation: its source id, and its id there.
Key = tuple[str, str]


def reviewed(screening: Mapping[str, Any], designation: str, source: str | None, key: bytes | None) -> dict[str, Any]:
    """What was reviewed, as fields of a `Decision`: a hit or suppressed hit of what `Screening.to_dict` gave.

    Raises `DecisionError` where there is no such hit, or where the record doesn't hold what was reviewed.
    """
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
                "the record was made without the subject's names; take one that has them, or screen again"
            )
        if subject.get("customer") is None:
            raise DecisionError("the subject has no customer key; screen Subject(..., customer=...), or by --customer")
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
            f"what was screened is no record of a screening ({type(error).__name__}). Give what Screening.to_dict or"
            " screenkit screen --json gave."
        ) from error


def _not_one(designation: str, source: str | None, sources: Iterable[str]) -> str:
    where = f" of source {source}" if source else ""
    lists = ", ".join(sources)
    if lists:
        return f"several lists have a hit {designation!r}: {lists}; give the source of the one that was reviewed"
    return f"the screening has no hit {designation!r}{where}; only what was shown can be decided on"


def settled(
    found: Iterable[Hit], latest: Mapping[Key, Decision], subject: Mapping[str, Any], key: bytes | None, at: dt.datetime
) -> tuple[list[Hit], list[SuppressedHit]]:
    """Hits and suppressed hits, each with its review: cleared ones are suppressed, confirmed ones are hits."""
    digest = subject_digest(subject, key) if latest else ""
    hits: list[Hit] = []
    suppressed: list[SuppressedHit] = []
    for hit in found:
        decision = latest.get((hit.designation.source, hit.designation.id))
        review: Review | None = None
        is_suppressed = isinstance(hit, SuppressedHit)
        if decision is not None:
            review = Review(decision=decision, lapses=_lapses(decision, hit, digest, at))
            is_suppressed = review.clears or (is_suppressed and not review.confirms)
        if is_suppressed:
            suppressed.append(SuppressedHit(designation=hit.designation, result=hit.result, review=review))
        else:
            hits.append(Hit(designation=hit.designation, result=hit.result, review=review))
    return hits, suppressed


def _lapses(decision: Decision, hit: Hit, subject: str, at: dt.datetime) -> tuple[Lapse, ...]:
    is_lapsed = {
        Lapse.EXPIRED: decision.until is not None and at.astimezone(dt.UTC).date() > decision.until,
        Lapse.SUBJECT: decision.subject != subject,
        Lapse.DESIGNATION: decision.content != content_digest(plain(hit.designation)),
        Lapse.NAME: decision.matched_name != hit.matched_name.text,
        Lapse.IDENTIFIER: hit.result.is_identified and decision.basis is not Basis.IDENTIFIER,
    }
    return tuple(lapse for lapse, holds in is_lapsed.items() if holds)
