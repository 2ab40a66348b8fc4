"""The record of a screening as plain values, with or without the customer's names and facts."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from screenkit.errors import AuditError
from screenkit.model.subject import Subject

if TYPE_CHECKING:
    from screenkit.model.evidence import Evidence, Score
    from screenkit.model.listed import Edition
    from screenkit.model.name import Reading
    from screenkit.policy import Policy

    from .screening import Hit

    _Hit = TypeVar("_Hit", bound=Hit)

#: Replaces the customer's names and facts in a record.
WITHHELD = "[withheld]"
#: The shortest key, in bytes. Names can be guessed, so only the key keeps a keyed hash secret.
SHORTEST_KEY = 16
#: Hashed first, so that one key can serve for subjects and for a log and their hashes are never confused.
_PURPOSE = b"screenkit record 1\0"
#: Evidence whose rule quotes a reading of the customer's name. The rules of other kinds are a closed set.
_READ_ALOUD = frozenset({"surname reading", "given name reading", "reading cap", "common words"})


def check_key(key: bytes) -> bytes:
    """Return a secret key. Raises `AuditError` if it is not bytes, or fewer than `SHORTEST_KEY`."""
    if not isinstance(key, bytes) or len(key) < SHORTEST_KEY:
        found = f"{len(key)} bytes" if isinstance(key, bytes) else type(key).__name__
        raise AuditError(
            f"the key must be at least {SHORTEST_KEY} random bytes, because names can be guessed; it is {found}"
        )
    return key


def subject_digest(subject: Subject, key: bytes) -> str:
    """The HMAC-SHA256 of a subject's names and facts, in the order and spelling given, as 64 hexadecimal digits."""
    text = json.dumps(plain(subject), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(check_key(key), _PURPOSE + text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def hidden_subject(subject: Subject, key: bytes) -> dict[str, str | None]:
    """What a record says of a subject whose names and facts are left out: a digest, and the customer key."""
    return {"algorithm": "hmac-sha256", "digest": subject_digest(subject, key), "customer": subject.customer}


def withheld(hit: _Hit) -> _Hit:
    """A hit without the customer's names and facts. What is listed stays, since it is public, and so do all points."""
    result: Score = hit.result
    readings = tuple(map(_unread, result.readings[:1])) + result.readings[1:]
    evidence = tuple(map(_unquoted, result.evidence))
    review = hit.review
    if review is not None:
        # A reviewer's reason may quote the customer, and a digest made without a key can be guessed.
        review = attrs.evolve(review, decision=attrs.evolve(review.decision, reason=WITHHELD, subject="0" * 64))
    kept = attrs.evolve(result, query=WITHHELD, evidence=evidence, readings=readings)
    return attrs.evolve(hit, result=kept, review=review)


def _unread(reading: Reading) -> Reading:
    return attrs.evolve(reading, text=WITHHELD, sounds=())


def _unquoted(evidence: Evidence) -> Evidence:
    rule = evidence.rule
    if evidence.kind in _READ_ALOUD and rule:
        # "Li Hongri / Ri Hong-il (ko: hanja / dprk)"
        rule = WITHHELD + "".join(rule.rpartition(" (")[1:]) if " (" in rule else WITHHELD
    return attrs.evolve(evidence, query=WITHHELD if evidence.query else "", rule=rule)


def hit_dict(hit: Hit) -> dict[str, Any]:
    """A hit as plain values."""
    designation = hit.designation
    stated = plain(designation)
    del stated["edition"]
    return {
        "points": hit.points,
        "score": hit.score,
        "query": hit.result.query,
        "matched_name": plain(hit.matched_name),
        "programs": [program.code for program in hit.programs],
        "measures": plain(hit.measures),
        "source": designation.source,
        "evidence": [plain(evidence) for evidence in hit.evidence],
        "readings": [plain(reading) for reading in hit.readings],
        "contradictions": list(hit.contradictions),
        "confirmations": list(hit.confirmations),
        "explanation": hit.explain(),
        "designation": stated,
        "review": plain(hit.review),
    }


def shared(
    editions: Iterable[Edition],
    policy: Policy,
    version: str,
    components: Iterable[tuple[str, str]],
    tables: Iterable[tuple[str, str]],
) -> dict[str, Any]:
    """What the records of all screenings with the same lists, policy and version have in common."""
    return {
        "editions": [{**plain(edition), "records": edition.records} for edition in editions],
        "policy": {"fingerprint": policy.fingerprint, **plain(policy)},
        "version": version,
        "components": dict(components),
        "tables": dict(tables),
    }


def instant(time: dt.datetime) -> str:
    """A time with a time zone as ISO 8601 in UTC, to the millisecond: "2026-01-31T08:15:00.250Z"."""
    return time.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


#: Types of most values of a record, which need no change.
_PLAIN = frozenset({str, int, float, bool})


def plain(value: object) -> Any:
    """A value as plain values: records and mappings as dicts, sequences as lists, dates as ISO text."""
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    record = type(value)
    if attrs.has(record):
        return {field.name: plain(getattr(value, field.name)) for field in attrs.fields(record)}
    return value
