"""A subject's facts and a designation's in, bounded and signed evidence out.

A fact that either side lacks contributes nothing. Agreement adds a little, contradiction takes away more,
and neither decides alone; an equal identifier is a hit of its own kind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from screenkit.model import Designation, Evidence, EvidenceKind, Identifier, IdentifierType, Kind, PartialDate, Subject
from screenkit.policy import Policy

from .identifiers import identifies

#: Papers that a state gives to its people: their issuing country is one a person is tied to.
_PAPERS = frozenset({IdentifierType.PASSPORT, IdentifierType.NATIONAL_ID})


def corroborates(evidence: Evidence) -> bool:
    """Whether this evidence is an agreement strong enough to let a weak alias alert."""
    return evidence.points > 0 and evidence.kind in (EvidenceKind.BIRTH_DATE, EvidenceKind.IDENTIFIER)


def compare_facts(subject: Subject, designation: Designation, policy: Policy) -> Iterator[Evidence]:
    """Evidence from birth dates, countries, genders and kinds, not yet bounded by the score it joins."""
    yield from _birth_date(subject, designation, policy)
    yield from _countries(subject, designation, policy)
    if subject.gender and designation.gender:
        agrees = subject.gender == designation.gender
        yield Evidence(
            kind=EvidenceKind.GENDER,
            points=policy.gender_gain if agrees else -policy.gender_loss,
            query=subject.gender,
            listed=designation.gender,
            rule="equals" if agrees else "differs from",
        )
    if Kind.UNKNOWN not in (subject.kind, designation.kind) and subject.kind is not designation.kind:
        yield Evidence(
            kind=EvidenceKind.KIND,
            points=-policy.kind_loss,
            query=subject.kind,
            listed=designation.kind,
            rule="differs",
        )


def equal_identifier(subject: Subject, designation: Designation) -> tuple[Identifier, Identifier] | None:
    """The first of the subject's identifiers that the designation has too, with its listed counterpart."""
    return next(
        ((one, other) for one in subject.identifiers for other in designation.identifiers if identifies(one, other)),
        None,
    )


def _birth_date(subject: Subject, designation: Designation, policy: Policy) -> Iterator[Evidence]:
    born = subject.birth_date
    if born is None or not designation.birth_dates:
        return
    points, rule, listed = max(
        ((*_agreement(born, listed, policy), listed) for listed in designation.birth_dates),
        key=lambda found: found[0],
    )
    yield Evidence(kind=EvidenceKind.BIRTH_DATE, points=points, query=born.text, listed=listed.text, rule=rule)


def _agreement(born: PartialDate, listed: PartialDate, policy: Policy) -> tuple[int, str]:
    """Points and rule of two dates; symmetric."""
    is_year_only = _is_new_year(born) or _is_new_year(listed)
    if born.is_exact and listed.is_exact and not is_year_only:
        if born.earliest == listed.earliest:
            return policy.birth_date_gain, "equals"
        if _is_swapped(born, listed):
            return policy.birth_year_gain, "has day and month swapped against"
    one, other = _span(born), _span(listed)
    gap = _years_between(one, other)
    if gap < 0 and (is_year_only or not (born.is_exact and listed.is_exact)):
        if max(one.years, other.years) > 2 * policy.about_years + 1:
            # "1950 to 1970": nearly every customer of a generation falls within it.
            return 0, "overlaps"
        return policy.birth_year_gain, "is in the same year as" if is_year_only else "allows"
    if (born.circa or listed.circa) and gap <= policy.about_years:
        return 0, "is about"
    if gap <= 1:
        return -policy.near_birth_date_loss, "is close to, but not"
    return -policy.birth_date_loss, "contradicts"


class _Span(NamedTuple):
    first: dt.date
    last: dt.date

    @property
    def years(self) -> int:
        return self.last.year - self.first.year + 1


def _is_new_year(date: PartialDate) -> bool:
    """Whether it is 1 January, which registries write where only the year is known."""
    return date.earliest == date.latest and (date.earliest.month, date.earliest.day) == (1, 1)


def _span(date: PartialDate) -> _Span:
    if _is_new_year(date):
        return _Span(date.earliest, date.earliest.replace(month=12, day=31))
    return _Span(date.earliest, date.latest)


def _years_between(one: _Span, other: _Span) -> int:
    """Calendar years from the end of the earlier span to the start of the later; -1 where the spans overlap."""
    if one.first <= other.last and other.first <= one.last:
        return -1
    return max(one.first.year - other.last.year, other.first.year - one.last.year)


def _is_swapped(born: PartialDate, listed: PartialDate) -> bool:
    one, other = born.earliest, listed.earliest
    return (one.year, one.month, one.day) == (other.year, other.day, other.month)


def _countries(subject: Subject, designation: Designation, policy: Policy) -> Iterator[Evidence]:
    if not subject.countries:
        return
    listed = {
        place.country for place in (*designation.nationalities, *designation.citizenships, *designation.birth_places)
    }
    listed |= {address.country for address in designation.addresses}
    listed |= {document.country for document in designation.identifiers if document.type in _PAPERS}
    stated = sorted(country for country in listed if country)
    if not stated:
        return
    shared = [country for country in subject.countries if country in stated]
    yield Evidence(
        kind=EvidenceKind.COUNTRY,
        points=policy.country_gain if shared else -policy.country_loss,
        query=", ".join(shared or subject.countries),
        listed=", ".join(stated),
        rule="is among" if shared else "is not among",
    )
