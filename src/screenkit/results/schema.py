"""The JSON Schemas of records of screenings, and of the rows that books give.

A version may add keys; it says so in the schema, which allows no others.
"""

from __future__ import annotations

from collections.abc import Sequence

from screenkit.model import Designation, Edition, Evidence, ListedName, Measure, Reading, Review, Subject
from screenkit.policy import Policy

from .cautions import Caution
from .rows import COLUMNS as ROW_COLUMNS
from .schema_parts import (
    COUNT,
    DIGEST,
    FINGERPRINT,
    FLAG,
    POINTS,
    TEXT,
    TIME,
    Schema,
    Schemas,
    array_of,
    document,
    mapping_of,
    object_of,
    or_null,
)


def record_schema() -> Schema:
    """The schema of a screening's record: `Screening.to_dict()`, `screenkit screen --json`."""
    made = Schemas()
    hit = _hit(made)
    made.defs["hit"] = object_of(hit)
    made.defs["suppressed"] = object_of({**hit, "reason": TEXT})
    hidden = {"algorithm": {"const": "hmac-sha256"}, "digest": DIGEST, "customer": {"type": ["string", "null"]}}
    record: Schema = {
        "subject": {"anyOf": [made.of(Subject), object_of(hidden)]},
        "hits": array_of({"$ref": "#/$defs/hit"}),
        "suppressed": array_of({"$ref": "#/$defs/suppressed"}),
        "total": COUNT,
        "truncated": FLAG,
        "is_clear": FLAG,
        "needs_review": FLAG,
        "cautions": array_of(made.of(Caution)),
        "coverage": TEXT,
        "old_editions": array_of(TEXT),
        "threshold": POINTS,
        "editions": array_of(edition_schema(made)),
        "policy": policy_schema(made),
        "version": TEXT,
        "components": mapping_of(TEXT),
        "tables": mapping_of(TEXT),
        "limit": {"type": ["integer", "null"]},
        "is_reviewed": FLAG,
        "time": TIME,
    }
    return document("The record of a screening", object_of(record), made)


def edition_schema(made: Schemas) -> Schema:
    """The schema of an edition, with its count of designations."""
    return object_of(
        {**made.fields(Edition), "counts": mapping_of(COUNT), "programs": mapping_of(COUNT), "records": COUNT}
    )


def policy_schema(made: Schemas) -> Schema:
    """The schema of a policy, with its fingerprint."""
    return object_of({"fingerprint": FINGERPRINT, **made.fields(Policy)})


def row_schema(columns: Sequence[str], title: str) -> Schema:
    """The schema of a row that a batch or a rescreening writes as JSON lines; a column that may be empty is text."""
    made: Schema = dict.fromkeys(columns, TEXT)
    made |= {"row": {"type": "integer", "minimum": 1}, "points": POINTS}
    before = [column for column in columns if column.endswith("_before")]
    made |= {column: {"type": ["string", "integer", "null"]} for column in before}
    assert set(ROW_COLUMNS) <= set(columns)
    return document(title, object_of(made))


def _hit(made: Schemas) -> Schema:
    """The properties of a hit."""
    designation = object_of(made.fields(Designation, left_out=("edition",)))
    made.defs["Designation"] = designation
    return {
        "points": POINTS,
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "query": TEXT,
        "matched_name": made.of(ListedName),
        "programs": array_of(TEXT),
        "measures": array_of(made.of(Measure)),
        "source": TEXT,
        "evidence": array_of(made.of(Evidence)),
        "readings": array_of(made.of(Reading)),
        "contradictions": array_of({"enum": ["birth date", "gender", "kind", "country"]}),
        "confirmations": array_of({"enum": ["birth date", "country", "gender", "identifier"]}),
        "explanation": TEXT,
        "designation": {"$ref": "#/$defs/Designation"},
        "review": or_null(made.of(Review)),
    }
