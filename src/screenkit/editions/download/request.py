"""What to download, within which limits, and the result: the records that `fetch` takes and returns."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from screenkit.editions.store_records import Validators

#: Called as bytes arrive: with the file's name, the bytes so far, and their total if the server states it.
Progress = Callable[[str, int, int | None], None]


@attrs.frozen(kw_only=True)
class FetchLimits:
    """The limits of a download."""

    #: Longest wait for a connection, in seconds.
    connect_seconds: float = 15
    #: Longest silence of the server, in seconds.
    silence_seconds: float = 60
    #: Longest time for one file, including retries and pauses, in seconds; checked before each try and between reads.
    total_seconds: float = 1_800
    #: Most bytes received for one file; the longest official file has about 120 million.
    received_bytes: int = 1 << 30
    #: Most bytes after unpacking.
    unpacked_bytes: int = 1 << 30
    #: Most tries.
    tries: int = 5
    #: Pause before the second try, in seconds; it doubles with each try.
    pause_seconds: float = 1
    #: Longest pause, in seconds; if a server asks for a longer one, the download fails.
    longest_pause_seconds: float = 120


@attrs.frozen(kw_only=True)
class FileRequest:
    """A file to download."""

    #: Its address: https, or http where a user gave it.
    url: str
    #: The name of the file.
    name: str
    #: Whether a user gave the address; then plain http is allowed.
    is_given: bool = False
    #: The validators of the file that we have, if any: then the server only sends a newer one.
    validators: Validators | None = None


@attrs.frozen(kw_only=True)
class FetchedFile:
    """The result of a download."""

    #: The request.
    wanted: FileRequest
    #: Whether a new file was downloaded; it has the name of the request.
    is_new: bool
    #: The validators of the current file.
    validators: Validators
