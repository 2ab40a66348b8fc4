"""Designations added and removed: the segments that a screener has afterwards. A segment itself never changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from screenkit.errors import InvalidRecordError, NoListError
from screenkit.model import Designation, Edition
from screenkit.policy import Policy

from .segment import LiveSegment, Segment

#: Designations beside the main part, added or removed, that are searched so up to this share of it: one in so many.
_SHARE = 4


def refuse_unfit(designations: Iterable[Designation]) -> None:
    """Raise `InvalidRecordError` for something else than designations, or two of one edition and id."""
    seen: set[tuple[Edition | None, str]] = set()
    for designation in designations:
        if not isinstance(designation, Designation):
            raise InvalidRecordError(f"a Screener takes Designations, not {type(designation).__name__}")
        key = (designation.edition, designation.id)
        if key in seen:
            raise InvalidRecordError(
                f"{designation.source or 'the list given'} has two designations of id {designation.id}"
            )
        seen.add(key)


def changed(
    segments: Sequence[LiveSegment],
    added: Sequence[Designation],
    removed: Iterable[Designation | str],
    policy: Policy,
) -> list[LiveSegment]:
    """Segments with designations added and removed (given as such or by id).

    An added designation replaces one of the same source and id. Raises `InvalidRecordError` where something is to be
    removed that isn't there.
    """
    gone = {item if isinstance(item, str) else (item.source, item.id) for item in removed}
    keys = [live.segment.keys() for live in segments]
    pairs = [zip(each, live.alive.tolist(), strict=True) for each, live in zip(keys, segments, strict=True)]
    there = {told for each in pairs for key, is_alive in each if is_alive for told in (key, key[1])}
    if gone - there:
        raise InvalidRecordError(f"to be removed but not there: {', '.join(sorted(map(str, gone - there)))}")
    refuse_unfit(added)
    gone |= {(designation.source, designation.id) for designation in added}
    left = [_without(gone, live, each) for live, each in zip(segments, keys, strict=True)]
    return _with(added, left, policy)


def _without(
    gone: Collection[str | tuple[str, str]], live: LiveSegment, keys: Iterable[tuple[str, str]]
) -> LiveSegment:
    stays = np.array([key not in gone and key[1] not in gone for key in keys], dtype=np.bool_)
    return LiveSegment(live.segment, live.alive & stays)


def _with(added: Sequence[Designation], segments: Sequence[LiveSegment], policy: Policy) -> list[LiveSegment]:
    """Segments with designations added: beside the main part, or all anew where those beside it have become many."""
    main, *beside = segments
    any_alive = [bool(live.alive.any()) for live in beside]
    others = [one for live in beside for one in live.designations()] if added else []
    count = sum(int(live.alive.sum()) for live in beside) + len(added)
    if _SHARE * (count + int((~main.alive).sum())) > len(main.segment):
        every = (*main.designations(), *(others or [one for live in beside for one in live.designations()]), *added)
        if not every:
            raise NoListError("there is no designation left to search; nothing found would mean nothing was searched")
        return [LiveSegment.whole(Segment.made(every, policy))]
    if added:
        return [main, LiveSegment.whole(Segment.made((*others, *added), policy))]
    return [main, *(live for live, is_alive in zip(beside, any_alive, strict=True) if is_alive)]
