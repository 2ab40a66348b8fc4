"""Two names read as names of persons in, points and evidence by how surname and given name sound out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from screenkit.comparison.deductions import off_for_common
from screenkit.model import Evidence, EvidenceKind, Name, Reading, Role, Sound, Space
from screenkit.model.evidence import FULL_SCORE
from screenkit.names.chinese import similarity as near_chinese
from screenkit.names.japanese import similarity as near_japanese
from screenkit.names.korean.measure import similarity as near_korean
from screenkit.policy import Policy

_SOUND: Mapping[Space, Callable[[str, str], int]] = MappingProxyType(
    {Space.CHINESE: near_chinese, Space.KOREAN: near_korean, Space.JAPANESE: near_japanese}
)


def near_sound(space: Space, one: str, other: str) -> int:
    """How alike two keys of a person's reading are, from 0 to 10,000."""
    return _SOUND[space](one, other)


class ReadingScore(NamedTuple):
    """The points of two readings with their evidence, and the readings, the customer's first."""

    points: int
    evidence: tuple[Evidence, ...]
    readings: tuple[Reading, ...]


def score_readings(query: Name, listed: Name, policy: Policy) -> ReadingScore | None:
    """The best score of two readings in one sound space: surnames and given names have to be near, both."""
    best: tuple[int, Reading, Reading, int, int] | None = None
    for one in query.readings[1:]:
        for other in listed.readings[1:]:
            if one.space is not other.space:
                continue
            surnames, givens = (_near_parts(one, other, role) for role in (Role.SURNAME, Role.GIVEN))
            if not surnames or not givens:
                continue
            points = _reading_points(surnames, givens, min(one.cap, other.cap), policy)
            if best is None or points > best[0]:
                best = points, one, other, surnames, givens
    if best is None:
        return None
    points, one, other, surnames, givens = best
    limit = policy.same_script_cap if _is_same_native_script(query, listed) else FULL_SCORE
    return _reading_score(min(points, limit), (query, listed), (one, other), (surnames, givens), policy)


def shares_space(query: Name, listed: Name) -> bool:
    """Whether two names can be read as those of persons in one language: as two Korean names, or two Chinese ones."""
    spaces = {reading.space for reading in listed.readings[1:]}
    return any(reading.space in spaces for reading in query.readings[1:])


def _is_same_native_script(query: Name, listed: Name) -> bool:
    """Whether both names are written in Han, or both in Hangul: then the characters decide, not how they sound."""
    return query.scripts == listed.scripts and query.scripts in (("Han",), ("Hangul",))


def part_of(reading: Reading, role: Role) -> Sound | None:
    """The surname or given name of a reading."""
    return next((sound for sound in reading.sounds if sound.role is role), None)


def _near_parts(one: Reading, other: Reading, role: Role) -> int:
    left, right = part_of(one, role), part_of(other, role)
    return near_sound(one.space, left.key, right.key) if left and right else 0


def _reading_points(surnames: int, givens: int, cap: int, policy: Policy) -> int:
    share = policy.surname_share
    average = (share * surnames + (100 - share) * givens) // 100
    lack = (average - min(surnames, givens)) * policy.weakest_share // 100
    return (average - lack) * cap // FULL_SCORE


def _reading_bits(one: Reading, other: Reading, policy: Policy) -> int:
    """What sharing a reading tells: a surname little, each syllable of the given name as much."""
    givens = [part_of(reading, Role.GIVEN) for reading in (one, other)]
    syllables = min(max(len(_VOWELS.findall(given.key)), 1) for given in givens if given)
    return policy.surname_bits + syllables * policy.syllable_bits


#: Keys of all sound spaces have one run of vowels in a syllable.
_VOWELS = re.compile("[aeiouv]+")


def _reading_score(
    points: int,
    names: tuple[Name, Name],
    readings: tuple[Reading, Reading],
    similarities: tuple[int, int],
    policy: Policy,
) -> ReadingScore:
    one, other = readings
    query, listed = (name.text for name in names)
    heard = one.text if one.text == other.text else f"{one.text} / {other.text}"
    rule = f"{heard} ({one.language}: {one.system} / {other.system})"
    evidence: list[Evidence] = []
    shares = (policy.surname_share, 100 - policy.surname_share)
    for role, similarity, share in zip((Role.SURNAME, Role.GIVEN), similarities, shares, strict=True):
        kind = EvidenceKind.SURNAME_READING if role is Role.SURNAME else EvidenceKind.GIVEN_READING
        evidence.append(Evidence(kind=kind, points=similarity * share // 100, query=query, listed=listed, rule=rule))
    total = sum(item.points for item in evidence)
    if total != points:
        evidence.append(Evidence(kind=EvidenceKind.READING_CAP, points=points - total, rule=rule))
    bits = _reading_bits(one, other, policy) - (FULL_SCORE - points) * policy.change_bits // FULL_SCORE
    off = max(off_for_common(points, bits, policy.common_most, policy), -points)
    if off:
        evidence.append(Evidence(kind=EvidenceKind.COMMON_WORDS, points=off, query=query, rule=rule))
        points += off
    if points > policy.ceiling:
        evidence.append(Evidence(kind=EvidenceKind.CEILING, points=policy.ceiling - points))
        points = policy.ceiling
    return ReadingScore(points, tuple(evidence), readings)
