"""What the templates show of a screening: hits with their names in pieces, points as bars, and facts side by side."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from screenkit.model import EvidenceKind, Subject
from screenkit.model.evidence import FULL_SCORE
from screenkit.results import Hit, Screening, SuppressedHit

from .marking import Piece, sides

#: Hits shown of one name; the heading says how many there are.
MOST_HITS = 25
_FACTS = (
    EvidenceKind.BIRTH_DATE,
    EvidenceKind.COUNTRY,
    EvidenceKind.GENDER,
    EvidenceKind.KIND,
    EvidenceKind.IDENTIFIER,
)
AGREES, CONTRADICTS, UNKNOWN = "agrees", "contradicts", "unknown"


@attrs.frozen(kw_only=True)
class Fact:
    """A fact of the customer beside that of the entry."""

    label: str
    given: str
    listed: str
    #: "agrees", "contradicts" or "unknown".
    verdict: str


@attrs.frozen(kw_only=True)
class Bar:
    """A contribution to the score: its points, and its width in percent of the full score."""

    reason: str
    points: int
    width: float


@attrs.frozen(kw_only=True)
class ShownHit:
    """A hit as it is shown."""

    hit: Hit
    query: list[Piece]
    listed: list[Piece]
    bars: list[Bar]
    facts: list[Fact]
    #: Why it is suppressed; empty if it is not.
    suppressed: str


@attrs.frozen(kw_only=True)
class Shown:
    """A screening as it is shown."""

    screening: Screening
    hits: list[ShownHit]
    suppressed: list[ShownHit]


def shown(screening: Screening) -> Shown:
    """A screening for the templates."""
    return Shown(
        screening=screening,
        hits=[_hit(hit, screening.subject) for hit in screening.hits[:MOST_HITS]],
        suppressed=[_hit(hit, screening.subject) for hit in screening.suppressed[:MOST_HITS]],
    )


def _hit(hit: Hit, subject: Subject) -> ShownHit:
    query, listed = sides(hit.result.query, hit.matched_name.text, hit.evidence)
    return ShownHit(
        hit=hit,
        query=query,
        listed=listed,
        bars=[
            Bar(reason=_reason(one.explain()), points=one.points, width=round(abs(one.points) * 100 / FULL_SCORE, 1))
            for one in hit.evidence
        ],
        facts=list(_facts(hit, subject)),
        suppressed=hit.reason if isinstance(hit, SuppressedHit) else "",
    )


def _reason(sentence: str) -> str:
    """A reason without its points, which are shown beside it."""
    return sentence.rpartition(" (")[0]


def _facts(hit: Hit, subject: Subject) -> Iterator[Fact]:
    one = hit.designation
    places = (*one.nationalities, *one.citizenships, *one.birth_places)
    codes = {place.country for place in places} | {address.country for address in one.addresses}
    stated = {
        EvidenceKind.BIRTH_DATE: (
            subject.birth_date.text if subject.birth_date else "",
            "; ".join(date.text for date in one.birth_dates),
        ),
        EvidenceKind.COUNTRY: (
            ", ".join(subject.countries),
            ", ".join(sorted(code for code in codes if code)),
        ),
        EvidenceKind.GENDER: (subject.gender or "", one.gender or ""),
        EvidenceKind.KIND: (_known(subject.kind), _known(one.kind)),
        EvidenceKind.IDENTIFIER: (
            "; ".join(each.value for each in subject.identifiers),
            "; ".join(f"{each.type.value} {each.value}" for each in one.identifiers),
        ),
    }
    for kind in _FACTS:
        given, listed = stated[kind]
        if given or listed:
            yield Fact(label=kind.value, given=given, listed=listed, verdict=_verdict(hit, kind, given, listed))


def _known(kind: str) -> str:
    return "" if kind == "unknown" else str(kind)


def _verdict(hit: Hit, kind: EvidenceKind, given: str, listed: str) -> str:
    """What evidence says of a fact. Of equal kinds there is none; other identifiers may be others of the same party."""
    evidence = next((one for one in hit.evidence if one.kind is kind), None)
    if evidence is None:
        return AGREES if kind is EvidenceKind.KIND and given and given == listed else UNKNOWN
    if evidence.agrees:
        return AGREES
    return CONTRADICTS if evidence.contradicts or evidence.points < 0 else UNKNOWN
