"""What a row of a batch keeps of its hit for a later decision: the column `decision_basis`, one JSON object."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from screenkit.errors import DecisionError
from screenkit.model import Basis, EvidenceKind, Subject
from screenkit.results import Hit
from screenkit.results.record import plain

from .digests import content_digest, subject_digest

#: The column of the rows of a batch and a rescreening.
COLUMN = "decision_basis"
_KEYS = ("subject", "source", "designation", "content", "matched_name", "basis", "policy")
_NO_FACTS: Mapping[str, Any] = MappingProxyType({"names": [], "countries": [], "identifiers": [], "birth_date": None})


def decision_basis(subject: Subject, hit: Hit, policy: str) -> str:
    """What a decision about a hit rests on, as JSON; empty for a subject without a customer key.

    It has the subject itself, because a digest of it is made under the key of the decisions file. `policy` is the
    fingerprint of the screening's policy.
    """
    if subject.customer is None:
        return ""
    is_identified = any(evidence.kind is EvidenceKind.IDENTIFIER for evidence in hit.evidence)
    values = (
        {field: value for field, value in plain(subject).items() if value not in (None, [])},
        hit.designation.source,
        hit.designation.id,
        content_digest(plain(hit.designation)),
        hit.matched_name.text,
        Basis.IDENTIFIER if is_identified else Basis.NAME,
        policy,
    )
    return json.dumps(dict(zip(_KEYS, values, strict=True)), ensure_ascii=False)


def about(cell: str) -> tuple[str, str, str]:
    """The customer's key, the source and the designation that a cell is about. Raises `DecisionError`."""
    stated = _read(cell)
    return stated["subject"]["customer"], stated["source"], stated["designation"]


def based_on(cell: object, key: bytes | None) -> dict[str, Any]:
    """The fields of a `Decision` that a cell of the column states. Raises `DecisionError`, which quotes nothing."""
    stated = _read(cell)
    customer = stated["subject"]["customer"]
    return {**stated, "customer": customer, "subject": subject_digest(stated["subject"], key)}


def _read(cell: object) -> dict[str, Any]:
    try:
        stated = json.loads(cell) if isinstance(cell, str) else None
        if not isinstance(stated, dict) or set(stated) != set(_KEYS):
            raise TypeError("it doesn't have the keys")
        subject = {**_NO_FACTS, **stated["subject"]}
        if not (isinstance(subject["customer"], str) and subject["names"]):
            raise TypeError("it has no customer")
        return {**stated, "subject": subject}
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise DecisionError(
            f"the row's {COLUMN} is empty or was altered; give the file of hits as `screenkit batch` wrote it, of a"
            " book with a column of customer keys"
        ) from error
