"""Reviewers' decisions about both sides of a change of the lists: `DeltaDecisions`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TypeVar

import attrs

from screenkit.decisions import Decisions
from screenkit.model import Subject
from screenkit.results import Hit, SuppressedHit

from .delta import FORMER

_Hit = TypeVar("_Hit", bound=Hit)


@attrs.frozen
class DeltaDecisions(Decisions):
    """Decisions that also settle hits on former designations, by their ids without the mark."""

    def settle(
        self,
        subject: Subject,
        hits: Sequence[Hit],
        suppressed: Sequence[SuppressedHit],
        at: dt.datetime,
        *,
        reviewers: int = 1,
    ) -> tuple[list[Hit], list[SuppressedHit]]:
        """Apply the decisions to each side by itself."""
        now = super().settle(
            subject,
            [hit for hit in hits if not _is_former(hit)],
            [hit for hit in suppressed if not _is_former(hit)],
            at,
            reviewers=reviewers,
        )
        before = super().settle(subject, _unmarked(hits), _unmarked(suppressed), at, reviewers=reviewers)
        return [*now[0], *_marked(before[0])], [*now[1], *_marked(before[1])]


def _is_former(hit: Hit) -> bool:
    return hit.designation.id.endswith(FORMER)


def _unmarked(hits: Iterable[_Hit]) -> list[_Hit]:
    return [_renamed(hit, hit.designation.id.removesuffix(FORMER)) for hit in hits if _is_former(hit)]


def _marked(hits: Iterable[_Hit]) -> list[_Hit]:
    return [_renamed(hit, f"{hit.designation.id}{FORMER}") for hit in hits]


def _renamed(hit: _Hit, id: str) -> _Hit:
    return attrs.evolve(hit, designation=attrs.evolve(hit.designation, id=id))
