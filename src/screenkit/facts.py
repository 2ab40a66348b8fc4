"""A subject's facts and a designation's in, bounded and signed evidence out.

A fact that either side lacks contributes nothing. Agreement adds a little, contradiction takes away more,
and neither decides alone; an equal identifier is a hit of its own kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from screenkit.model import (
    Designation,
    Evidence,
    EvidenceKind,
    Identifier,
    IdentifierType,
    Kind,
    PartialDate,
    Subject,
)
from screenkit.policy import Policy

_SEPARATORS = re.compile(r"[\W_]+")
_HEX_WALLET = re.compile(r"0x[0-9a-f]{40}\Z", re.IGNORECASE)
_IMO = re.compile(r"(?:imo)?(\d{7})\Z")
_BIC_BRANCH_OF_HEAD_OFFICE = "xxx"


def identifier_value(identifier: Identifier) -> str:
    """What an identifier's value is compared as: without separators and case, but for wallets, whose case counts."""
    value = identifier.value.strip()
    if identifier.type is IdentifierType.WALLET:
        return value.casefold() if _HEX_WALLET.match(value) else value
    folded = _SEPARATORS.sub("", value.casefold())
    if identifier.type is IdentifierType.BIC and len(folded) == 11:
        return folded.removesuffix(_BIC_BRANCH_OF_HEAD_OFFICE)
    imo = _IMO.match(folded) if identifier.type in (IdentifierType.IMO, IdentifierType.OTHER) else None
    return imo[1] if imo else folded


def lookup_keys(identifier: Identifier) -> tuple[str, ...]:
    """Keys of which two identifiers share at least one if `identifiers_agree`."""
    as_wallet = identifier.value.strip()
    value = identifier_value(identifier)
    return tuple(dict.fromkeys(key for key in (value.casefold(), _SEPARATORS.sub("", as_wallet.casefold())) if key))


def identifiers_agree(one: Identifier, other: Identifier) -> bool:
    """Whether two identifiers are the same number; a sort or country that isn't stated agrees with any."""
    if IdentifierType.OTHER not in (one.type, other.type) and one.type is not other.type:
        return False
    if one.country and other.country and one.country != other.country:
        return False
    if IdentifierType.WALLET in (one.type, other.type):
        values = {identifier.value.strip() for identifier in (one, other)}
        return len(values) == 1 or (
            all(map(_HEX_WALLET.match, values)) and len({value.casefold() for value in values}) == 1
        )
    value, other_value = identifier_value(one), identifier_value(other)
    return bool(value) and value == other_value


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
        (
            (one, other)
            for one in subject.identifiers
            for other in designation.identifiers
            if identifiers_agree(one, other)
        ),
        None,
    )


def _birth_date(subject: Subject, designation: Designation, policy: Policy) -> Iterator[Evidence]:
    born = subject.birth_date
    if born is None or not designation.birth_dates:
        return
    points, rule, listed = max(
        (_agreement(born, listed, policy) for listed in designation.birth_dates), key=lambda found: found[0]
    )
    yield Evidence(kind=EvidenceKind.BIRTH_DATE, points=points, query=born.text, listed=listed.text, rule=rule)


def _agreement(born: PartialDate, listed: PartialDate, policy: Policy) -> tuple[int, str, PartialDate]:
    if born.is_exact and listed.is_exact:
        if born.earliest == listed.earliest:
            return policy.birth_date_gain, "equals", listed
        if _is_swapped(born, listed):
            return policy.birth_year_gain, "has day and month swapped against", listed
        # 1 January is what registries write for "that year".
        is_year_only = (1, 1) in ((date.earliest.month, date.earliest.day) for date in (born, listed))
        if is_year_only and born.earliest.year == listed.earliest.year:
            return policy.birth_year_gain, "is in the same year as", listed
    elif born.earliest <= listed.latest and listed.earliest <= born.latest:
        return policy.birth_year_gain, "allows", listed
    years = max(born.earliest.year - listed.latest.year, listed.earliest.year - born.latest.year)
    if years <= 1:
        return -policy.near_birth_date_loss, "is close to, but not", listed
    return -policy.birth_date_loss, "contradicts", listed


def _is_swapped(born: PartialDate, listed: PartialDate) -> bool:
    one, other = born.earliest, listed.earliest
    return (one.year, one.month, one.day) == (other.year, other.day, other.month)


def _countries(subject: Subject, designation: Designation, policy: Policy) -> Iterator[Evidence]:
    listed = {
        place.country for place in (*designation.nationalities, *designation.citizenships, *designation.birth_places)
    }
    listed |= {address.country for address in designation.addresses}
    stated = sorted(country for country in listed if country)
    if not subject.countries or not stated:
        return
    shared = [country for country in subject.countries if country in stated]
    yield Evidence(
        kind=EvidenceKind.COUNTRY,
        points=policy.country_gain if shared else -policy.country_loss,
        query=", ".join(shared or subject.countries),
        listed=", ".join(stated),
        rule="is among" if shared else "is not among",
    )
