"""What to fetch, how far to go for it, and what came of it: the records that `fetch` takes and gives."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from .installed_edition import Validators

#: Is told, as bytes arrive: the file's name, how many there are, and of how many where the server says so.
Progress = Callable[[str, int, int | None], None]


@attrs.frozen(kw_only=True)
class FetchLimits:
    """How long, how much and how often."""

    #: Longest wait for a connection, in seconds.
    connect_seconds: float = 15
    #: Longest silence of the server, in seconds.
    silence_seconds: float = 60
    #: Longest time for one file, tries and pauses included, in seconds; looked at before each try and between reads.
    total_seconds: float = 1_800
    #: Most bytes received for one file; the longest official file has about 120 million.
    received_bytes: int = 1 << 30
    #: Most bytes that they may unpack to.
    unpacked_bytes: int = 1 << 30
    #: Most tries.
    tries: int = 5
    #: What the pause before a further try starts from; it doubles from try to try. In seconds.
    pause_seconds: float = 1
    #: Longest pause, in seconds; a server that asks for a longer one is left alone.
    longest_pause_seconds: float = 120


@attrs.frozen(kw_only=True)
class Wanted:
    """One file to fetch."""

    #: Its address: https, or http where a user gave it.
    url: str
    #: The name that it gets.
    name: str
    #: Whether a user gave the address, and so may have it plain http.
    is_given: bool = False
    #: What the server told of the file that is at hand, if one is: then only a newer one is sent.
    validators: Validators | None = None


@attrs.frozen(kw_only=True)
class Fetched:
    """What came of it."""

    #: What was wanted.
    wanted: Wanted
    #: Whether there is a file that differs from the one at hand; it is `name` in the folder.
    is_new: bool
    #: What the server tells the file's version by.
    validators: Validators
