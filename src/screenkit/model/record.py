"""A screening's parts in, the plain values of its record out, with the customer's words or without them."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from screenkit.errors import AuditError

from .asked import Subject

if TYPE_CHECKING:
    from .found import Evidence, Hit, Score
    from .normalized import Reading

    _Hit = TypeVar("_Hit", bound=Hit)

#: What stands in a record in the place of what the customer's name or facts say.
WITHHELD = "[withheld]"
#: The shortest key, in bytes: a name can be guessed, so all that a keyed hash hides rests on its key.
SHORTEST_KEY = 16
#: Told to the hash first, so that one key may serve for subjects and for a log without one passing for the other.
_PURPOSE = b"screenkit record 1\0"
#: Evidence whose rule quotes how the customer's name is read. The other kinds have rules of a closed vocabulary.
_READ_ALOUD = frozenset({"surname reading", "given name reading", "reading cap", "common words"})


def check_key(key: bytes) -> bytes:
    """Return a secret key; raise `AuditError` where it is no bytes, or fewer than `SHORTEST_KEY` of them."""
    if not isinstance(key, bytes) or len(key) < SHORTEST_KEY:
        found = f"{len(key)} bytes" if isinstance(key, bytes) else type(key).__name__
        raise AuditError(f"the key is {found}; give at least {SHORTEST_KEY} random bytes: names can be guessed")
    return key


def subject_digest(subject: Subject, key: bytes) -> str:
    """The HMAC-SHA256 of a subject's names and facts, in the order and spelling given, as 64 hexadecimal digits."""
    text = json.dumps(plain(subject), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(check_key(key), _PURPOSE + text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def hidden_subject(subject: Subject, key: bytes) -> dict[str, str | None]:
    """What a record holds of a subject whose names and facts it doesn't keep, the caller's key of it apart."""
    return {"algorithm": "hmac-sha256", "digest": subject_digest(subject, key), "customer": subject.customer}


def withheld(hit: _Hit) -> _Hit:
    """A hit without the customer's words; what is listed, which is public, stays, and so do all points."""
    result: Score = hit.result
    readings = tuple(map(_unread, result.readings[:1])) + result.readings[1:]
    evidence = tuple(map(_unquoted, result.evidence))
    review = hit.review
    if review is not None:
        # A reviewer's words may quote the customer's, and a digest made without a key can be guessed.
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
        "explanation": hit.explain(),
        "designation": stated,
        "review": plain(hit.review),
    }


def instant(time: dt.datetime) -> str:
    """A time that tells its zone as ISO 8601 in UTC, to the millisecond: "2026-01-31T08:15:00.250Z"."""
    return time.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def plain(value: object) -> Any:
    """A value as plain ones: records and mappings as dicts, sequences as lists, dates as ISO text, spans in seconds."""
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
