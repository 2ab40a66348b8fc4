"""A screening as flat rows, for CSV files and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from . import Hit, Screening, SuppressedHit

#: The columns of a row, in order. They are stable: new columns are only added at the end.
COLUMNS = (
    "query",
    "outcome",
    "points",
    "source",
    "id",
    "kind",
    "name",
    "matched_name",
    "programs",
    "measures",
    "birth_dates",
    "explanation",
    "contradictions",
    "review",
)


def rows(screening: Screening) -> Iterator[Mapping[str, str]]:
    """One row per hit, then one per suppressed hit; every value is text, and several values are joined by "; "."""
    for hit in screening.hits:
        yield _row(hit, "hit")
    for suppressed in screening.suppressed:
        yield _row(suppressed, f"suppressed: {suppressed.reason}")


def _row(hit: Hit | SuppressedHit, outcome: str) -> Mapping[str, str]:
    designation = hit.designation
    return {
        "query": hit.result.query,
        "outcome": outcome,
        "points": str(hit.points),
        "source": designation.source,
        "id": designation.id,
        "kind": designation.kind.value,
        "name": designation.name,
        "matched_name": hit.matched_name.text,
        "programs": "; ".join(program.code for program in hit.programs),
        "measures": "; ".join(hit.measures),
        "birth_dates": "; ".join(date.text for date in designation.birth_dates),
        "explanation": hit.explain(),
        "contradictions": "; ".join(hit.contradictions),
        "review": hit.review_state,
    }
