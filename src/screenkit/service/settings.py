"""`Settings`: the limits of the service, who may use it, and what it records."""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path

import attrs

from screenkit.audit import AuditLog
from screenkit.decisions import Decisions

from .guarding.keys import KeyFile


@attrs.frozen(kw_only=True)
class Settings:
    """How the service treats requests."""

    #: A folder of its own for as long as it runs.
    folder: Path
    #: The API keys; None where everybody who reaches the service may use all of it.
    keys: KeyFile | None = None
    #: The hosts that a request may be addressed to; empty for any. A browser that was tricked into resolving another
    #: name to this machine sends that name.
    hosts: tuple[str, ...] = ()
    #: The log that each screening is recorded in, if any.
    audit: AuditLog | None = None
    #: The key that records have in place of the customer's names; None where they have the names.
    subject_key: bytes | None = None
    #: Reviewers' decisions, which are applied to subjects with a customer key.
    decisions: Decisions | None = None
    #: The most bytes of a request's body.
    max_bytes: int = 1_000_000
    #: The most bytes of an uploaded book.
    max_upload_bytes: int = 10_000_000
    #: The most subjects of a request.
    max_subjects: int = 500
    #: The most requests that are screened or wait for it. The next one is answered 429.
    concurrency: int = 64
    #: How many requests are screened at the same time.
    threads: int = attrs.field(factory=lambda: os.cpu_count() or 1)
    #: The longest time of a request, in seconds. One that takes longer is answered 503.
    time_limit: float = 30.0
    #: The longest time in which an uploaded book is screened, in seconds.
    book_time_limit: float = 3_600.0
    #: How often the store is looked at for newer editions, in seconds.
    look_every: float = 5.0


def is_loopback(host: str) -> bool:
    """Whether an address to bind to is reached from this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


#: The names by which this machine's loopback is addressed.
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1", "[::1]")
