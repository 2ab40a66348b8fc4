"""The addresses of list files: which ones may be fetched, and how to show and record them without secrets.

Nothing here opens a connection; urllib3 only parses.
"""

from __future__ import annotations

import hashlib

import urllib3
from urllib3.util import Url, parse_url

from screenkit.errors import FetchError

from .request import FileRequest


def check_address(wanted: FileRequest) -> None:
    """Raise `FetchError` if an address may not be fetched."""
    url = _parsed(wanted.url)
    if not url.host or url.scheme not in ("https", "http"):
        raise FetchError(
            f"{shown(wanted.url)}: an address must begin with https://. For a file, use `screenkit import`."
        )
    if url.scheme == "http" and not wanted.is_given:
        raise FetchError(
            f"{shown(wanted.url)}: a publisher's list is only fetched over https. For a mirror, use --url."
        )


def shown(url: str) -> str:
    """An address without the parts that may be secret: user, password, query and fragment."""
    parsed = _parsed(url)
    return Url(parsed.scheme, None, parsed.host, parsed.port, parsed.path).url


def recorded(url: str) -> str:
    """An address as it may be stored: as `shown`, with a hash in place of what is left out."""
    kept = shown(url)
    return kept if kept == url else f"{kept}?sha256={hashlib.sha256(url.encode('utf-8')).hexdigest()[:16]}"


def is_open(url: str) -> bool:
    """Whether a file can be altered on the way from there: plain http from another machine."""
    parsed = _parsed(url)
    host = (parsed.host or "").strip("[]")
    return parsed.scheme == "http" and host != "localhost" and not host.startswith("127.") and host != "::1"


def server_of(url: str) -> tuple[str | None, str | None, int | None]:
    """The scheme, host and port of an address."""
    parsed = _parsed(url)
    return parsed.scheme, parsed.host, parsed.port


def _parsed(url: str) -> Url:
    try:
        return parse_url(url)
    except urllib3.exceptions.LocationParseError as error:
        raise FetchError("an address is not a URL; it must begin with https:// and name a server") from error
