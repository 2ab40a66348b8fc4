"""The JSON Schemas of what commands print with `--json`, beside records of screenings and rows of books."""

from __future__ import annotations

import attrs

from screenkit.calibrate import Change
from screenkit.calibrate.calibration import Near
from screenkit.calibrate.choosing import Choice
from screenkit.calibrate.samples import SampleFile
from screenkit.decisions import Recorded
from screenkit.editions.diff import FIELDS
from screenkit.editions.freshness import Verdict as Freshness
from screenkit.editions.store_records import InstalledEdition
from screenkit.editions.update import Verdict
from screenkit.model import Designation, EvidenceKind, Kind, Name
from screenkit.results.schema import edition_schema, policy_schema
from screenkit.results.schema_parts import (
    COUNT,
    DIGEST,
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

_MAYBE = or_null(TEXT)
#: An edition as messages name it, "un_sc@9743e2bb10ea".
_REFERENCE = {"type": "string", "pattern": "^.+@[0-9a-f]{12}$"}


def lists_schema() -> Schema:
    """The schema of a line of `screenkit lists --json`: an installed source, or one whose files are damaged."""
    made = Schemas()
    installed = {
        "source": TEXT,
        "verdict": {"enum": [verdict.value for verdict in Freshness]},
        "checked": TIME,
        "age_seconds": {"type": "integer"},
        "installed": TIME,
        "records": COUNT,
        **made.fields(InstalledEdition, left_out=("source",)),
    }
    damaged = {"source": TEXT, "verdict": {"const": "damaged"}, "damage": TEXT}
    return document("An installed list", {"anyOf": [object_of(installed), object_of(damaged)]}, made)


def update_schema() -> Schema:
    """The schema of a line of `screenkit update --json` and `screenkit bundle import --json`: what became of a list."""
    outcome = {
        "source": TEXT,
        "verdict": {"enum": [verdict.value for verdict in Verdict]},
        "edition": or_null(_REFERENCE),
        "sha256": or_null(DIGEST),
        "published": _MAYBE,
        "retrieved": _MAYBE,
        "designations": or_null(COUNT),
        "previous": or_null(_REFERENCE),
        "previous_designations": or_null(COUNT),
        "announcements": array_of(TEXT),
        "error": TEXT,
        "kept": array_of(TEXT),
    }
    return document("The update of a list", object_of(outcome))


def import_schema() -> Schema:
    """The schema of what `screenkit import --json` prints."""
    made = Schemas()
    stated = {"is_new": FLAG, "announcements": array_of(TEXT), "edition": made.of(InstalledEdition)}
    return document("The import of a list", object_of(stated), made)


def diff_schema() -> Schema:
    """The schema of a line of `screenkit diff --json`: a designation that was added, removed or changed."""
    made = Schemas()
    properties = made.fields(Designation, left_out=("edition",))
    told = {"source": TEXT, "id": TEXT, "kind": {"enum": [kind.value for kind in Kind]}, "name": TEXT}
    whole = {"change": {"enum": ["added", "removed"]}, **told, "designation": object_of(properties)}
    fields = {
        "type": "object",
        "properties": {field: _field_change(properties[field]) for field in FIELDS},
        "additionalProperties": False,
        "minProperties": 1,
    }
    changed = {"change": {"const": "changed"}, **told, "renamed_from": _MAYBE, "fields": fields}
    return document("A difference between two editions", {"anyOf": [object_of(whole), object_of(changed)]}, made)


def _field_change(field: Schema) -> Schema:
    """The values of a field that one of the editions lacks: its items, or the value itself."""
    values = array_of(field["items"] if field.get("type") == "array" else field)
    return object_of({"lost": values, "gained": values, "order": FLAG})


def replay_schema() -> Schema:
    """The schema of a line of `screenkit replay --json`: a record, and where its repetition differs."""
    places = array_of(object_of({"place": TEXT, "recorded": {}, "repeated": {}}))
    line = {"type": "integer", "minimum": 1}
    stated = {"line": line, "identical": FLAG, "differences": places, "versions": places}
    return document("The repetition of a record", object_of(stated))


def decisions_schema() -> Schema:
    """The schema of a line of `screenkit decisions list --json`."""
    return _of_record(Recorded, "A decision of a reviewer")


def policies_schema() -> Schema:
    """The schema of a line of `screenkit compare-policies --json`: a decision that the policies make differently."""
    return _of_record(Change, "A decision that two policies make differently")


def calibrate_schema() -> Schema:
    """The schema of what `screenkit calibrate --json` prints; shares are in hundred-thousandths."""
    made = Schemas()
    interval = {"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2}
    share = object_of({"count": COUNT, "of": COUNT, "share_100000": COUNT, "interval_100000": interval})
    made.defs["share"] = share
    point = {"threshold": POINTS, **{what: {"$ref": "#/$defs/share"} for what in ("recall", "alerts", "wrong")}}
    calibration = {
        "time": TIME,
        "version": TEXT,
        "components": mapping_of(TEXT),
        "tables": mapping_of(TEXT),
        "matches": made.of(SampleFile),
        "ordinary": made.of(SampleFile),
        "editions": array_of(edition_schema(made)),
        "policy": policy_schema(made),
        "differences": array_of(object_of({"field": TEXT, "default": {}, "value": {}})),
        "wanted": object_of({"recall": _MAYBE, "alerts": _MAYBE}),
        "choice": object_of({**made.fields(Choice), "is_reached": FLAG}),
        "line": object_of(point),
        "curve": array_of(object_of(point)),
        "scripts": array_of(object_of({"script": TEXT, **point})),
        "nearest": array_of(made.of(Near)),
    }
    return document("A calibration", object_of(calibration), made)


def normalize_schema() -> Schema:
    """The schema of what `screenkit normalize --json` prints."""
    return _of_record(Name, "A name as it is read")


def explain_schema() -> Schema:
    """The schema of what `screenkit explain --json` prints."""
    evidence = {
        "kind": {"enum": [kind.value for kind in EvidenceKind]},
        "points": {"type": "integer"},
        **dict.fromkeys(("query", "listed", "rule"), TEXT),
    }
    score = {"points": POINTS, "score": {"type": "number", "minimum": 0, "maximum": 1}}
    return document("The score of two names", object_of({**score, "evidence": array_of(object_of(evidence))}))


def read_schema() -> Schema:
    """The schema of what `screenkit read --json` prints, without --program."""
    pair = {"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2}
    counts = mapping_of(COUNT)
    tally = {
        "source": TEXT,
        "format": TEXT,
        "published": _MAYBE,
        "sha256": DIGEST,
        "designations": COUNT,
        "kinds": counts,
        "names": COUNT,
        "derived_names": COUNT,
        "scripts": counts,
        "programs": counts,
        "unknown_programs": counts,
        "shortfalls": mapping_of(pair),
        "contradicted_codes": mapping_of(array_of(TEXT)),
        "read": mapping_of(object_of({"read": COUNT, "stated": COUNT})),
        "losses": array_of(TEXT),
        "faults": array_of(TEXT),
    }
    return document("What is in a list file", object_of(tally))


def program_schema() -> Schema:
    """The schema of a line of `screenkit read --program CODE --json`."""
    kinds = {"enum": [kind.value for kind in Kind]}
    return document("A designation under a program", object_of({"id": TEXT, "kind": kinds, "name": TEXT}))


def _of_record(record: type[attrs.AttrsInstance], title: str) -> Schema:
    made = Schemas()
    return document(title, object_of(made.fields(record)), made)
