"""A `Screening` in, flat rows out, for CSV files and tables. It decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screenkit.model import Hit, Screening, SuppressedHit

#: The columns of a row, in order. A stable part of the output: columns are added at the end only.
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
)


def rows(screening: Screening) -> Iterator[Mapping[str, str]]:
    """One row per hit, then one per suppressed hit; every value is text, several values joined by "; "."""
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
    }
